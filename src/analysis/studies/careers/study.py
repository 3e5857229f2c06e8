"""A move from one occupation to another: its terms, its worth, and what lies around it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.career import HORIZON_YEARS, CareerCase, CareerDraws, simulate
from analysis.models.ranges import Range, summarise_draws
from analysis.studies.areas import CODERS, HEALTH_MANAGERS, NATION, find_area, find_occupation
from analysis.studies.careers import ladder
from analysis.studies.experience_pay import area_pay
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, rows_where
from analysis.studies.official import published
from analysis.studies.part import Column, Part
from analysis.studies.projections import projected, years_between
from analysis.studies.study import Figure, Study

PROJECTIONS = "BLS, Employment Projections"
PERIOD = "2024-25"  # school year of the prices
TWO_YEAR = ("published tuition and fees, in-district, full time", "public two-year")
FOUR_YEAR = ("published tuition and fees, in-state", "public four-year")
BACHELOR = "Bachelor's degree"
MANAGEMENT, MIDDLE = "coding manager", "mid-career"
HALF, TAIL = 0.5, 0.05  # where a median, and the end of a 90 % interval, ceases to exist
LARGEST = 1e9  # in place of infinity, beyond the 95th percentile only
SIMULATED = "Simulation over BLS, OEWS wages, the guide's years and published tuition"
UNIT = "USD present value"


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


class Careers(Study):
    """Where an occupation leads, in an area.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    start, target : str
        SOC codes the wage table holds; different.
    area : str
        "US", a postal code or the code of a metropolitan area.
    discount_rate : float
        Real, a year.
    foregone_share : float
        Part of pay given up while studying for the move: 0 beside a full job, 1 in place of it.
    horizon_years : int
        Length of the careers compared.

    Raises
    ------
    WrongInput
        Area or occupation unknown, or start and target the same.

    Examples
    --------
    >>> from analysis import processed
    >>> found = Careers(processed.Tables())
    >>> found.wage_gain.value, found.terms.years_to_move.low, found.terms.years_to_move.high
    (72720.0, 5.0, 7.0)
    """

    def __init__(
        self,
        tables: Tables,
        *,
        start: str = CODERS,
        target: str = HEALTH_MANAGERS,
        area: str = NATION,
        discount_rate: float = 0.03,
        foregone_share: float = 0.0,
        horizon_years: int = HORIZON_YEARS,
    ) -> None:
        wages = tables["wages"]
        self.tables, self.start_code, self.target_code = tables, start, target
        self.discount_rate, self.foregone_share = discount_rate, foregone_share
        self.horizon_years = horizon_years
        self.area = find_area(wages, area)
        self.start_title = find_occupation(wages, start)
        self.target_title = find_occupation(wages, target)
        if start == target:
            raise WrongInput(f"target must be another occupation than start; both are {start}.")
        if not 0 <= foregone_share <= 1:
            raise WrongInput(f"foregone_share must lie within 0 to 1; found {foregone_share!r}.")

    @property
    def heading(self) -> str:
        """The move and the place."""
        return f"From {self.start_title.lower()} to {self.target_title.lower()}, {self.area.name}"

    @cached_property
    def start_wage(self) -> Estimate:
        """Median of the start, here."""
        return self._median(self.start_code)

    @cached_property
    def target_wage(self) -> Estimate:
        """Median of the target, here."""
        return self._median(self.target_code)

    @cached_property
    def wage_gain(self) -> Estimate:
        """Difference of the medians."""
        return ladder.difference(self.target_wage, self.start_wage)

    @cached_property
    def target_openings(self) -> Estimate:
        """Openings a year of the latest projection, national."""
        found = projected(self.tables["projections"], self.target_code)
        is_known = found is not None and found.annual_openings is not None
        return Estimate(
            kind="official",
            value=found.annual_openings if found else None,
            unit="openings a year",
            year=found.period if found and is_known else "",
            source=PROJECTIONS,
            note="A mean over ten years; all kinds of people compete for them."
            if is_known
            else f"No projection of {self.target_title.lower()} is in hand.",
        )

    @cached_property
    def terms(self) -> MoveTerms:
        """Years before the move, the education it asks for, and how far it leads."""
        return move_terms(self.tables, start=self.start_code, target=self.target_code)

    @cached_property
    def case(self) -> CareerCase | None:
        """Both careers; None where `missing` says why there is none."""
        if self.missing:
            return None
        pay = {
            name: area_pay(self.tables["wages"], occupation_code=code, area=self.area)[0]
            for name, code in (("start", self.start_code), ("target", self.target_code))
        }
        return CareerCase(
            **pay,
            years_to_move=self.terms.years_to_move,
            education_usd=self.terms.education_usd,
            ceiling_share=self.terms.ceiling_share,
            study_years=self.terms.study_years,
            foregone_share=self.foregone_share,
            discount_rate=self.discount_rate,
            horizon_years=self.horizon_years,
        )

    @cached_property
    def missing(self) -> str:
        """Why the careers cannot be compared here; empty where they can."""
        for code, title in (
            (self.start_code, self.start_title),
            (self.target_code, self.target_title),
        ):
            if area_pay(self.tables["wages"], occupation_code=code, area=self.area)[1]:
                return f"BLS does not publish what {title.lower()} are paid in {self.area.name}."
        return ""

    @cached_property
    def drawn(self) -> CareerDraws | None:
        """Simulated careers over the whole range of terms."""
        return None if self.case is None else simulate(self.case)

    @cached_property
    def gain(self) -> Estimate:
        """Moving and its education, less staying."""
        if self.case is None or self.drawn is None:
            return Estimate(
                value=None, unit=UNIT, source=SIMULATED, kind="simulation", note=self.missing
            )
        year = self.case.target.year
        return summarise_draws(self.drawn.gain_usd, unit=UNIT, source=SIMULATED, year=year)

    @cached_property
    def break_even(self) -> Estimate:
        """The chance of the move, percent, at which paying for its education breaks even."""
        if self.drawn is None:
            return _no_chance(self.missing)
        return break_even_chance(self.drawn)

    @cached_property
    def value(self) -> Part:
        """Moving against staying by the years before the move.

        Table of years_to_move, stay_usd, move_usd, education_usd, foregone_usd, gain_usd (present
        values, medians of the simulation) with the 90 % limits gain_low_usd and gain_high_usd, and
        break_even_pct (missing where the move itself gains nothing).
        """
        if self.case is None:
            return Part(reason=self.missing)
        wait = self.case.years_to_move
        waits = np.unique([wait.low, np.round(wait.middle), wait.high])
        rows = [_row(self.case, float(years)) for years in waits]
        columns: dict[object, str | Column] = {
            "years_to_move": "Move after, years",
            "stay_usd": Column("Staying", _thousands),
            "move_usd": Column("Moving", _thousands),
            "education_usd": Column("Education", _hundreds),
            "foregone_usd": Column("Pay given up to study", _hundreds),
            "gain_usd": Column("Gain", _thousands),
            ("gain_low_usd", "gain_high_usd"): Column(
                self.gain.limits.capitalize(),
                lambda low, high: ladder.pay_range(round(low, -3), round(high, -3)),
            ),
            "break_even_pct": "Breaks even at a chance of",
        }
        if not self.foregone_share:
            del columns["foregone_usd"]
        return Part(
            table=pd.DataFrame(rows).astype("float64"),
            columns=columns,
            note=" ".join([self.over, *self.assumptions]),
            source=SIMULATED,
        )

    @property
    def over(self) -> str:
        """Over how long, and at what rate, as a sentence."""
        rate = 100 * self.discount_rate
        return f"Over {self.horizon_years} years, at {rate:.1f}% discount a year."

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What was assumed, as sentences."""
        given_up = "no earnings are foregone"
        if self.foregone_share:
            given_up = f"{100 * self.foregone_share:.0f}% of pay is given up while studying"
        return (
            *self.terms.assumptions,
            f"Education is paid beside the job before the move; {given_up} and no grant is "
            "counted. Wages keep their purchasing power and do not grow otherwise.",
            "Everyone works through the whole span; that a move comes at all is not certain, which "
            "is what the break-even chance is for.",
        )

    @cached_property
    def paths(self) -> pd.DataFrame:
        """Pay by year: years (from the start), stay_usd, move_usd, move_low_usd, move_high_usd."""
        if self.drawn is None:
            return pd.DataFrame()
        low, middle, high = np.quantile(self.drawn.move_pay, [0.05, 0.5, 0.95], axis=0)
        return pd.DataFrame(
            {
                "years": np.arange(self.horizon_years) + 0.5,
                "stay_usd": np.median(self.drawn.stay_pay, axis=0),
                "move_usd": middle,
                "move_low_usd": low,
                "move_high_usd": high,
            }
        )

    @cached_property
    def ladder(self) -> Part:
        """The guide's, with official wages."""
        return ladder.ladder(self.tables, place=self.area, occupation=self.start_code)

    @cached_property
    def rungs(self) -> pd.DataFrame:
        """The vertical track of the ladder with known wages, lowest rung first."""
        rows = self.ladder.table
        if rows.empty:
            return rows
        known = rows["track"].eq("vertical") & rows["low_usd"].notna()
        return rows[known].reset_index(drop=True)

    @cached_property
    def managers_over_coders(self) -> float | None:
        """The median of the first rung of management over that of the rungs below it."""
        rows = self.rungs
        below, above = rows[rows["step"].le(2)], rows[rows["step"].ge(3)]
        if below.empty or above.empty or below["median_wage_usd"].isna().all():
            return None
        return float(above["median_wage_usd"].iloc[0] / below["median_wage_usd"].iloc[0])

    def track(self, *tracks: str) -> Part:
        """Return the ladder of some tracks: "vertical", "lateral", "credential"."""
        rows = self.ladder.table
        if rows.empty:
            return self.ladder
        return replace(self.ladder, table=rows[rows["track"].isin(tracks)].reset_index(drop=True))

    @cached_property
    def adjacent(self) -> Part:
        """Other occupations by wage gain."""
        return ladder.adjacent(self.tables, start=self.start_code, place=self.area)

    @cached_property
    def specialties(self) -> Part:
        """The guide's, on the wage distribution."""
        return ladder.specialties(self.tables, place=self.area, occupation=self.start_code)

    @cached_property
    def checklist(self) -> Part:
        """Competencies employers ask for."""
        return ladder.checklist(self.tables, occupation=self.start_code)

    @cached_property
    def tasks(self) -> Part:
        """By exposure to language models."""
        return ladder.exposed_tasks(self.tables, occupation=self.start_code)

    def _figures(self) -> Iterator[Figure]:
        """Yield what leads; a chance that does not exist is left out."""
        start, target = self.start_title.lower(), self.target_title.lower()
        yield "start_median_wage_usd", f"Median wage, {start}", self.start_wage, "higher"
        yield "target_median_wage_usd", f"Median wage, {target}", self.target_wage, "higher"
        yield "wage_gain_usd", "Difference of the medians", self.wage_gain, "higher"
        yield "lifetime_gain_usd", "Moving instead of staying", self.gain, "higher"
        if self.break_even.value is not None:
            label = "Chance of the move at which its education pays"
            yield "break_even_chance_pct", label, self.break_even, "lower"
        label = f"Openings a year, {target}, United States"
        yield "target_annual_openings", label, self.target_openings, "higher"

    def _median(self, code: str) -> Estimate:
        return published(
            self.tables["wages"],
            "median_wage_usd",
            occupation_code=code,
            area_code=self.area.code,
        )


study = Careers


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


def break_even_chance(drawn: CareerDraws) -> Estimate:
    """Return the chance of the move, percent, at which its education pays."""
    shares = drawn.break_even_pct
    without_gain = float(np.isinf(shares).mean())
    if not (drawn.education_usd + drawn.foregone_usd).any():
        return _no_chance("No education is priced, so nothing has to break even.")
    if without_gain > HALF:
        return _no_chance("The move gains nothing in most draws, even if it is certain.")
    if without_gain > TAIL:
        note = f"In {100 * without_gain:.0f}% of draws the move gains nothing at all."
        return replace(_no_chance(note), value=float(np.median(shares)))
    return summarise_draws(np.minimum(shares, LARGEST), unit="percent", source=SIMULATED)


def _no_chance(note: str) -> Estimate:
    return Estimate(value=None, unit="percent", source=SIMULATED, kind="simulation", note=note)


def _row(case: CareerCase, wait: float) -> dict[str, float | None]:
    """Compare for one wait."""
    drawn = simulate(replace(case, years_to_move=Range.known(wait)))
    gain = summarise_draws(drawn.gain_usd, unit=UNIT)
    return {
        "years_to_move": wait,
        "stay_usd": float(np.median(drawn.stay_usd)),
        "move_usd": float(np.median(drawn.move_usd)),
        "education_usd": float(np.median(drawn.education_usd)),
        "foregone_usd": float(np.median(drawn.foregone_usd)),
        "gain_usd": gain.value,
        "gain_low_usd": gain.low,
        "gain_high_usd": gain.high,
        "break_even_pct": break_even_chance(drawn).value,
    }


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
            "The education typical of one of the two occupations is not in hand, so none is priced."
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


def _thousands(usd: float) -> str:
    """Write simulated dollars to the thousand."""
    text = wording.quantity(usd, "USD", places=-3)
    return text.replace(wording.MINUS, ladder.UNBROKEN_MINUS)


def _hundreds(usd: float) -> str:
    """Write simulated dollars to the hundred."""
    return wording.quantity(usd, "USD", places=-2)
