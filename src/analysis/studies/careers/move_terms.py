"""On what terms one occupation becomes another: years before, education, its price, a ceiling."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.models.ranges import Range
from analysis.studies.areas import CODERS, HEALTH_MANAGERS
from analysis.studies.lookup import rows_where
from analysis.studies.projections import projected, years_between

PERIOD = "2024-25"  # school year of the prices
TWO_YEAR = ("published tuition and fees, in-district, full time", "public two-year")
FOUR_YEAR = ("published tuition and fees, in-state", "public four-year")
BACHELOR = "Bachelor's degree"
MANAGEMENT = "coding manager"
MIDDLE = "mid-career"
OTHER_CEILING = Range(low=0.50, high=0.75, source="assumption")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveTerms:
    """What a move takes.

    Parameters
    ----------
    years_to_move : Range
        Years in the start occupation.
    education_usd : Range
        Price of the further education, before grants.
    ceiling_share : Range
        Share of the target's workers whom the mover never overtakes.
    start_education, target_education : str or None
        Typical for entry (BLS); None where not in hand.
    assumptions : tuple of str
        How the terms were made, as sentences.
    """

    years_to_move: Range
    education_usd: Range
    ceiling_share: Range
    start_education: str | None
    target_education: str | None
    assumptions: tuple[str, ...]


def move_terms(
    tables: Mapping[str, pd.DataFrame], *, start: str = CODERS, target: str = HEALTH_MANAGERS
) -> MoveTerms:
    """Gather the terms of a move.

    Parameters
    ----------
    tables : mapping of DataFrame
        Needs projections, programme_costs, guide_ladder, ladder_occupations and
        guide_salary_by_experience.
    start, target : str
        SOC codes.

    Examples
    --------
    >>> from analysis import processed
    >>> terms = move_terms(processed.Tables())
    >>> terms.education_usd.low, terms.education_usd.high
    (27270.0, 34830.0)
    """
    wait, said = _wait(tables, target)
    before = projected(tables["projections"], start)
    after = projected(tables["projections"], target)
    start_education = before.typical_entry_education if before else None
    target_education = after.typical_entry_education if after else None
    price, priced = _price(tables["programme_costs"], start_education, target_education)
    ceiling, capped = _ceiling(tables["ladder_occupations"], target)
    return MoveTerms(
        years_to_move=wait,
        education_usd=price,
        ceiling_share=ceiling,
        start_education=start_education,
        target_education=target_education,
        assumptions=(
            said,
            priced,
            "Staying climbs the official percentiles: entry at the 10th, the 25th after two years, "
            "the median after eight, the 75th after twenty. The mover enters the new occupation "
            "at its 10th percentile and climbs it likewise.",
            capped,
            "Education is paid beside the job before the move; no earnings are foregone and no "
            "grant is counted. Wages keep their purchasing power and do not grow otherwise.",
            "Everyone works through the whole span; that a move comes at all is not certain, which "
            "is what the break-even chance is for.",
        ),
    )


def _wait(tables: Mapping[str, pd.DataFrame], target: str) -> tuple[Range, str]:
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
    return Range(low=low, high=high, source="career guide"), said.format(low=low, high=high)


def _ceiling(mapped: pd.DataFrame, target: str) -> tuple[Range, str]:
    """Return how far up the mover climbs, and why."""
    if target != HEALTH_MANAGERS:
        low, high = OTHER_CEILING.low, OTHER_CEILING.high
        return OTHER_CEILING, (
            f"The climb ends between the {100 * low:.0f}th and the {100 * high:.0f}th percentile."
        )
    row = rows_where(mapped, title=MANAGEMENT).iloc[0]
    low, high = float(row["low_percentile"]), float(row["high_percentile"])
    return Range(low=low / 100, high=high / 100, source="assumption"), (
        f"The climb ends between the {low:.0f}th and the {high:.0f}th percentile, the part of the "
        "occupation taken for coding managers: it also holds the heads of hospitals."
    )


def _price(costs: pd.DataFrame, start: str | None, target: str | None) -> tuple[Range, str]:
    """Return the price of the education between two levels and how it was made.

    A bachelor's degree: at least as many years as lie between at a public four-year college less
    those a public two-year college covers, at most all of them at the four-year one.
    """
    years = years_between(start, target)
    if years is None:
        return Range.known(0.0), (
            "The education typical of one of the two occupations is not in hand, so none is priced."
        )
    if years == 0:
        return Range.known(0.0), (
            f"BLS finds no more education typical of the target ({target}) than of the start "
            f"({start}), so none is priced."
        )
    two_year, four_year = _tuition(costs, *TWO_YEAR), _tuition(costs, *FOUR_YEAR)
    if target != BACHELOR:
        price = Range.known(years * two_year)
        where = "at a public two-year college"
    else:
        at_four = min(years, 2.0)
        price = Range(
            low=at_four * four_year + (years - at_four) * two_year, high=years * four_year
        )
        where = "at public colleges, begun at a two-year one or not,"
    return price, (
        f"BLS finds typical: {start} for the start, {target} for the target. The study between, "
        f"{years:.0f} full-time {'year' if years == 1 else 'years'}, is priced {where} at the "
        f"published tuition of {PERIOD}."
    )


def _tuition(costs: pd.DataFrame, item: str, sector: str) -> float:
    """Look up a published yearly price."""
    return float(rows_where(costs, item=item, sector=sector, period=PERIOD)["value"].iloc[0])
