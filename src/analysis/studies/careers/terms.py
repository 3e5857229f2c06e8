"""On what terms one occupation becomes another: years before, education, its price, a ceiling."""

from dataclasses import dataclass

import pandas as pd

from analysis.models.ranges import Range
from analysis.studies.areas import CODERS, HEALTH_MANAGERS
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, rows_where
from analysis.studies.projections import projected, years_between

PERIOD = "2024-25"  # school year of the prices
TWO_YEAR = ("published tuition and fees, in-district, full time", "public two-year")
FOUR_YEAR = ("published tuition and fees, in-state", "public four-year")
BACHELOR = "Bachelor's degree"
MANAGEMENT, MIDDLE = "coding manager", "mid-career"


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTerms:
    """What a move takes.

    Parameters
    ----------
    years_to_move : Range
        Years in the start occupation.
    education_usd : Range
        Price of the further education, before grants.
    study_years : float
        Of full-time study for it.
    ceiling_share : Range
        Share of the target's workers whom the mover never overtakes.
    assumptions : tuple of str
        How the terms were made, as sentences.
    """

    years_to_move: Range
    education_usd: Range
    study_years: float
    ceiling_share: Range
    assumptions: tuple[str, ...]


def move_terms(tables: Tables, *, start: str = CODERS, target: str = HEALTH_MANAGERS) -> MoveTerms:
    """Gather the terms of a move.

    Examples
    --------
    >>> from analysis import processed
    >>> terms = move_terms(processed.Tables())
    >>> terms.education_usd.low, terms.education_usd.high, terms.study_years
    (27270.0, 34830.0, 3.0)
    """
    wait, said = _wait(tables, target)
    before = projected(tables["projections"], start)
    after = projected(tables["projections"], target)
    levels = tuple(each.typical_entry_education if each else None for each in (before, after))
    price, priced = _price(tables["programme_costs"], *levels)
    ceiling, capped = _ceiling(tables, target)
    return MoveTerms(
        years_to_move=wait,
        education_usd=price,
        study_years=years_between(*levels) or 0.0,
        ceiling_share=ceiling,
        assumptions=(
            said,
            priced,
            "Staying climbs the official percentiles: entry at the 10th, the 25th after two years, "
            "the median after eight, the 75th after twenty. The mover enters the new occupation "
            "at its 10th percentile and climbs it likewise.",
            capped,
        ),
    )


def _wait(tables: Tables, target: str) -> tuple[Range, str]:
    """Return the years before the move and where they come from."""
    if target == HEALTH_MANAGERS:
        row = rows_where(tables["guide_ladder"], title=MANAGEMENT).iloc[0]
        said = (
            "The guide has managers after {low:.0f} to {high:.0f} years of coding, and asks them "
            "for leadership training alone."
        )
    else:
        row = rows_where(tables["guide_salary_by_experience"], tier=MIDDLE).iloc[0]
        said = (
            "The guide names no years for this move; its mid-career span of {low:.0f} to "
            "{high:.0f} years is taken."
        )
    low, high = float(row["years_low"]), float(row["years_high"])
    return Range(low=low, high=high, source=GUIDE), said.format(low=low, high=high)


def _ceiling(tables: Tables, target: str) -> tuple[Range, str]:
    """Return how far up the mover climbs, and why."""
    if target == HEALTH_MANAGERS:
        row = rows_where(tables["ladder_occupations"], title=MANAGEMENT).iloc[0]
        low, high = float(row["low_percentile"]), float(row["high_percentile"])
        why = (
            ", the part of the occupation taken for coding managers: it also holds the heads of "
            "hospitals."
        )
    else:
        taken = assumed(tables, "careers.ceiling_share")
        low, high, why = taken.low, taken.high, "."
    return Range(low=low / 100, high=high / 100, source="assumption"), (
        f"The climb ends between the {low:.0f}th and the {high:.0f}th percentile{why}"
    )


def _price(costs: pd.DataFrame, start: str | None, target: str | None) -> tuple[Range, str]:
    """Return the price of the education between two levels and how it was made.

    A bachelor's degree: at least as many years as lie between at a public four-year college less
    those a public two-year college covers, at most all of them at the four-year one.
    """
    years = years_between(start, target)
    if years is None:
        return Range.known(0.0), (
            "The education typical of one of the two occupations is not known, so none is priced."
        )
    if years == 0:
        return Range.known(0.0), (
            f"BLS finds no more education typical of the target ({target}) than of the start "
            f"({start}), so none is priced."
        )
    two_year, four_year = (
        float(rows_where(costs, item=item, sector=sector, period=PERIOD)["value"].iloc[0])
        for item, sector in (TWO_YEAR, FOUR_YEAR)
    )
    price, where = Range.known(years * two_year), "at a public two-year college"
    if target == BACHELOR:
        at_four = min(years, 2.0)
        low = at_four * four_year + (years - at_four) * two_year
        price = Range(low=low, high=years * four_year)
        where = "at public colleges, begun at a two-year one or not,"
    return price, (
        f"BLS finds typical: {start} for the start, {target} for the target. The study between, "
        f"{years:.0f} full-time {'year' if years == 1 else 'years'}, is priced {where} at the "
        f"published tuition of {PERIOD}."
    )
