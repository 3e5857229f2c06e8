"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS
from analysis.pay_records import RecordFile
from analysis.studies.areas import CODERS, NATION, Area, find_area
from analysis.studies.certification.exam_record import PassRecord, pass_record
from analysis.studies.certification.holding_costs import Exams, HoldingCosts, exams, holding_costs
from analysis.studies.certification.published_pay import (
    MemberGaps,
    PublishedPay,
    member_gaps,
    published_pay,
)
from analysis.studies.certification.record_analysis import RecordAnalysis, record_analysis
from analysis.studies.official import published
from analysis.studies.roi.credential_terms import find_credential
from analysis.studies.simulation_error import SimulationError, simulation_error
from analysis.studies.study import Figure, Study

ALL = "all"
EXAMPLE = "CPC"  # whose costs a report on all credentials leads with: the most held


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialWorth(Study):
    """What is known of the worth of a credential, or of all.

    Parameters
    ----------
    area : Area
        Whose official wages, and whose records.
    credential : str
        "all", or one.
    median_wage : Estimate
        Official, of the area.
    gaps, pay, passes, costs, exams : Part
        The published parts, each of the function of its name.
    records : RecordAnalysis
        What own records say; its parts are missing without them.
    simulation : SimulationError
        How far another seed may move the costs.
    """

    area: Area
    credential: str
    median_wage: Estimate
    gaps: MemberGaps
    pay: PublishedPay
    passes: PassRecord
    costs: HoldingCosts
    exams: Exams
    records: RecordAnalysis
    simulation: SimulationError

    @property
    def example(self) -> str:
        """The credential whose costs lead: the one asked for, or CPC."""
        return EXAMPLE if self.credential == ALL else self.credential

    @property
    def heading(self) -> str:
        """The credential and the place."""
        return f"{self.credential}, {self.area.name}"

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield "unadjusted_gap_pct", "Certified above not certified", self.gaps.latest, "neither"
        yield (
            "record_premium_pct",
            "The same in own records, like with like",
            self.records.premium,
            "neither",
        )
        passed = self.passes.latest(self.credential)
        yield "pass_rate_pct", "Passed the exam first time", passed, "higher"
        get, ten = self.costs.getting[self.example], self.costs.ten_years[self.example]
        yield "cost_to_get_usd", f"To get {self.example}, without training", get, "lower"
        yield "ten_year_cost_usd", f"To get and hold {self.example} ten years", ten, "lower"
        yield "median_wage_usd", "Median wage, certified or not", self.median_wage, "neither"


def study(
    tables: Mapping[str, pd.DataFrame],
    records: RecordFile | None = None,
    *,
    credential: str = ALL,
    area: str = NATION,
    draws: int = DRAWS,
    seed: int = 0,
) -> CredentialWorth:
    """Study what a credential is worth.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    records : RecordFile or None
        Own cleaned records (`cleaning.cleaned_records.read_cleaned_records`); without them what
        needs records says so.
    credential : str
        "all", or one of the tables' credentials.
    area : str
        "US", a postal code or the code of a metropolitan area: its official wages, and the
        records of its state.
    draws, seed : int
        Of the simulation of costs.

    Raises
    ------
    WrongInput
        Credential or area unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables(), credential="CCS")
    >>> round(found.gaps.latest.value, 1), found.records.premium.value is None
    (20.2, True)
    """
    place = find_area(tables["wages"], area)
    if credential != ALL:
        find_credential(tables, credential)
    costs = holding_costs(tables, credential, draws=draws, seed=seed)
    lead = EXAMPLE if credential == ALL else credential

    def headlines(other: int) -> dict[str, float]:
        found = holding_costs(tables, lead, draws=draws, seed=other)
        return {
            "cost_to_get_usd": float(found.getting[lead].value or 0.0),
            "ten_year_cost_usd": float(found.ten_years[lead].value or 0.0),
        }

    return CredentialWorth(
        area=place,
        credential=credential,
        median_wage=published(
            tables["wages"], "median_wage_usd", occupation_code=CODERS, area_code=place.code
        ),
        gaps=member_gaps(tables["member_salaries"]),
        pay=published_pay(tables, place, credential=credential),
        passes=pass_record(tables["pass_rates"], credential),
        costs=costs,
        exams=exams(tables["credentials"], credential),
        records=record_analysis(
            records, tables["price_parities"], area=place, credential=credential
        ),
        simulation=simulation_error(headlines, seed=seed),
    )
