"""Where an occupation leads: its ladder, a move and its worth, and what lies beside it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, HEALTH_MANAGERS, NATION, Area, find_area, find_occupation
from analysis.studies.careers.adjacent_occupations import Adjacent, adjacent, difference
from analysis.studies.careers.career_ladder import Ladder, ladder
from analysis.studies.careers.career_simulation import HORIZON_YEARS, CareerCase
from analysis.studies.careers.career_value import CareerValue, career_value, no_value
from analysis.studies.careers.competencies import Checklist, ExposedTasks, checklist, exposed_tasks
from analysis.studies.careers.move_terms import MoveTerms, move_terms
from analysis.studies.careers.specialties import Specialties, specialties
from analysis.studies.experience_pay import area_pay
from analysis.studies.official import published
from analysis.studies.projections import projected
from analysis.studies.study import Figure, Study

PROJECTIONS = "BLS, Employment Projections"


@dataclass(frozen=True, slots=True, kw_only=True)
class Careers(Study):
    """Where an occupation leads, in an area.

    Parameters
    ----------
    area : Area
        The place.
    start_code, start_title, target_code, target_title : str
        The occupations.
    start_wage, target_wage, wage_gain : Estimate
        Medians here, and their difference.
    target_openings : Estimate
        A year, national.
    terms : MoveTerms
        Years before the move, and the education it asks for.
    ladder : Ladder
        The guide's, with official wages.
    value : CareerValue
        Moving against staying.
    adjacent : Adjacent
        Other occupations by wage gain.
    specialties : Specialties
        The guide's, on the wage distribution.
    checklist : Checklist
        Competencies employers ask for.
    tasks : ExposedTasks
        By exposure to language models.
    """

    area: Area
    start_code: str
    start_title: str
    target_code: str
    target_title: str
    start_wage: Estimate
    target_wage: Estimate
    wage_gain: Estimate
    target_openings: Estimate
    terms: MoveTerms
    ladder: Ladder
    value: CareerValue
    adjacent: Adjacent
    specialties: Specialties
    checklist: Checklist
    tasks: ExposedTasks

    @property
    def heading(self) -> str:
        """The move and the place."""
        return f"From {self.start_title.lower()} to {self.target_title.lower()}, {self.area.name}"

    def _figures(self) -> Iterator[Figure]:
        """Yield what leads; a chance that does not exist is left out."""
        yield (
            "start_median_wage_usd",
            f"Median wage, {self.start_title.lower()}",
            self.start_wage,
            "higher",
        )
        yield (
            "target_median_wage_usd",
            f"Median wage, {self.target_title.lower()}",
            self.target_wage,
            "higher",
        )
        yield "wage_gain_usd", "Difference of the medians", self.wage_gain, "higher"
        yield "lifetime_gain_usd", "Moving instead of staying", self.value.gain, "higher"
        if self.value.break_even.value is not None:
            yield (
                "break_even_chance_pct",
                "Chance of the move at which its education pays",
                self.value.break_even,
                "lower",
            )
        yield (
            "target_annual_openings",
            f"Openings a year, {self.target_title.lower()}, United States",
            self.target_openings,
            "higher",
        )


def study(
    tables: Mapping[str, pd.DataFrame],
    *,
    start: str = CODERS,
    target: str = HEALTH_MANAGERS,
    area: str = NATION,
    discount_rate: float = 0.03,
    horizon_years: int = HORIZON_YEARS,
) -> Careers:
    """Study where an occupation leads.

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
    horizon_years : int
        Length of the careers compared.

    Raises
    ------
    WrongInput
        Area or occupation unknown, or start and target the same.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables())
    >>> found.wage_gain.value, found.terms.years_to_move.low, found.terms.years_to_move.high
    (72720.0, 5.0, 7.0)
    """
    wages = tables["wages"]
    place = find_area(wages, area)
    titles = {code: find_occupation(wages, code) for code in (start, target)}
    if start == target:
        raise WrongInput(f"target must be another occupation than start; both are {start}.")

    def median(code: str) -> Estimate:
        return published(wages, "median_wage_usd", occupation_code=code, area_code=place.code)

    terms = move_terms(tables, start=start, target=target)
    return Careers(
        area=place,
        start_code=start,
        start_title=titles[start],
        target_code=target,
        target_title=titles[target],
        start_wage=median(start),
        target_wage=median(target),
        wage_gain=difference(median(target), median(start)),
        target_openings=_openings(tables["projections"], target, titles[target]),
        terms=terms,
        ladder=ladder(tables, area=place.code, occupation=start),
        value=_value(
            wages,
            terms,
            start=start,
            target=target,
            place=place,
            discount_rate=discount_rate,
            horizon_years=horizon_years,
        ),
        adjacent=adjacent(tables, start=start, area=place.code),
        specialties=specialties(tables, area=place.code, occupation=start),
        checklist=checklist(tables, occupation=start),
        tasks=exposed_tasks(tables, occupation=start),
    )


def _value(
    wages: pd.DataFrame,
    terms: MoveTerms,
    *,
    start: str,
    target: str,
    place: Area,
    discount_rate: float,
    horizon_years: int,
) -> CareerValue:
    """Compare the careers where both occupations are published in the place itself."""
    stays, elsewhere = area_pay(wages, occupation_code=start, area=place)
    moves, elsewhere_too = area_pay(wages, occupation_code=target, area=place)
    if elsewhere or elsewhere_too:
        title = find_occupation(wages, start if elsewhere else target)
        return no_value(f"BLS does not publish what {title.lower()} are paid in {place.name}.")
    return career_value(
        CareerCase(
            start=stays,
            target=moves,
            years_to_move=terms.years_to_move,
            education_usd=terms.education_usd,
            ceiling_share=terms.ceiling_share,
            discount_rate=discount_rate,
            horizon_years=horizon_years,
        ),
        assumptions=terms.assumptions,
    )


def _openings(projections: pd.DataFrame, code: str, title: str) -> Estimate:
    """Give the openings a year of the latest projection, national."""
    found = projected(projections, code)
    if found is None or found.annual_openings is None:
        return Estimate(
            value=None,
            unit="openings a year",
            source=PROJECTIONS,
            note=f"No projection of {title.lower()} is in hand.",
        )
    return Estimate(
        value=found.annual_openings,
        unit="openings a year",
        year=found.period,
        source=PROJECTIONS,
        note="A mean over ten years; all kinds of people compete for them.",
    )
