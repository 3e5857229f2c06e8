"""A move from one occupation to another: its terms, its worth, and what lies around it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.career import HORIZON_YEARS, CareerCase, CareerDraws, simulate
from analysis.models.ranges import Range, summarise_draws
from analysis.studies.areas import (
    ALL_OCCUPATIONS,
    CODERS,
    HEALTH_MANAGERS,
    NATION,
    find_area,
    find_occupation,
)
from analysis.studies.careers import ladder
from analysis.studies.careers.terms import MoveTerms, move_terms
from analysis.studies.experience_pay import area_pay
from analysis.studies.lookup import Tables
from analysis.studies.official import ALL_INDUSTRIES, published
from analysis.studies.part import Column, Part
from analysis.studies.projections import projected
from analysis.studies.study import Figure, Study

PROJECTIONS = "BLS, Employment Projections"
HALF, TAIL = 0.5, 0.05  # where a median, and the end of a 90 % interval, ceases to exist
LARGEST = 1e9  # in place of infinity, beyond the 95th percentile only
SIMULATED = "Random draws from BLS, OEWS wages, the guide's years and published tuition"
UNIT = "USD present value"


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
            else f"No projection of {self.target_title.lower()} is available.",
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
        start, target = (
            area_pay(self.tables["wages"], occupation_code=code, area=self.area)[0]
            for code in (self.start_code, self.target_code)
        )
        return CareerCase(
            start=start,
            target=target,
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
    def level_gain(self) -> Estimate:
        """The gain if pay does not climb with experience: all at the median from the first day."""
        if self.case is None:
            return self.gain
        drawn = simulate(replace(self.case, climbs=False))
        year = self.case.target.year
        return summarise_draws(drawn.gain_usd, unit=UNIT, source=SIMULATED, year=year)

    @cached_property
    def chance_bound(self) -> Estimate:
        """Openings of the target over people in occupations paid less, percent, over the wait.

        Over the middle of the wait, w years: 100 (1 - (1 - openings / people)^w), national. The
        people are those of the occupations in the wage table that pay less than the target, each a
        possible feeder; feeders that are not in it (registered nurses) lower the chance further.
        """
        wages = self.tables["wages"]
        rows = wages[wages["area_code"].eq(NATION) & wages["industry_code"].eq(ALL_INDUSTRIES)]
        rows = rows[rows["occupation_code"].ne(ALL_OCCUPATIONS)].set_index("occupation_code")
        pays_less = rows["median_wage_usd"].lt(rows["median_wage_usd"][self.target_code])
        people = float(rows.loc[pays_less, "employment"].sum())
        openings = self.target_openings.value
        unit, source = "percent", f"{PROJECTIONS}; BLS, OEWS employment"
        if openings is None or not people:
            note = self.target_openings.note or "No occupation in the table pays less."
            return Estimate(value=None, unit=unit, source=source, kind="model", note=note)
        wait = self.terms.years_to_move.middle
        return Estimate(
            value=100 * (1 - (1 - min(1.0, openings / people)) ** wait),
            unit=unit,
            year=self.target_openings.year,
            source=source,
            kind="model",
            note=f"If {openings:,.0f} openings a year went to none but the {people:,.0f} people in "
            f"{int(pays_less.sum())} occupations near by that pay less, United States, over "
            f"{wait:.0f} years. Registered nurses and others compete too, so the chance is lower.",
        )

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
            note=" ".join([self.over, *self.assumptions, self._otherwise]),
            source=SIMULATED,
        )

    @property
    def _otherwise(self) -> str:
        """What the gain would be by the other account of pay."""
        gain = self.level_gain
        return (
            "That pay climbs is one of two accounts: age explains 4% of the variance of coders' "
            f"log pay in the census sample. At level medians the gain is {wording.amount(gain)} "
            f"({wording.interval(gain)})."
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
            label = "Chance of promotion at which the degree breaks even"
            yield "break_even_chance_pct", label, self.break_even, "lower"
            label = f"Chance of the move at most, {target}, United States"
            yield "highest_chance_pct", label, self.chance_bound, "higher"
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


def _thousands(usd: float) -> str:
    """Write simulated dollars to the thousand."""
    text = wording.quantity(usd, "USD", places=-3)
    return text.replace(wording.MINUS, ladder.UNBROKEN_MINUS)


def _hundreds(usd: float) -> str:
    """Write simulated dollars to the hundred."""
    return wording.quantity(usd, "USD", places=-2)
