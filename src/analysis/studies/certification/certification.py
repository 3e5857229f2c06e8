"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from collections.abc import Iterator
from functools import cached_property

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS
from analysis.pay_records import RecordFile
from analysis.studies.areas import CODERS, NATION, find_area
from analysis.studies.certification.holding_costs import HoldingCosts, holding_costs
from analysis.studies.certification.published import (
    exams,
    latest_gap,
    latest_pass_rate,
    member_gaps,
    pass_finding,
    pass_rates,
    pay_finding,
    price_year,
    published_pay,
)
from analysis.studies.certification.record_analysis import RecordAnalysis
from analysis.studies.credentials import find_credential
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.part import Part
from analysis.studies.simulation_error import SimulationError, simulation_error
from analysis.studies.study import Figure, Study

ALL = "all"
EXAMPLE = "CPC"  # whose costs a report on all credentials leads with: the most held


class Certification(Study):
    """What is known of the worth of a credential, or of all.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    records : RecordFile or None
        Own cleaned records of pay; what needs them says so where there are none.
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
    >>> found = Certification(processed.Tables(), credential="CCS")
    >>> round(found.latest_gap.value, 1), found.records.premium.value is None
    (20.2, True)
    """

    headlines = ("unadjusted_gap_pct", "ten_year_cost_usd")

    def __init__(
        self,
        tables: Tables,
        records: RecordFile | None = None,
        *,
        credential: str = ALL,
        area: str = NATION,
        draws: int = DRAWS,
        seed: int = 0,
    ) -> None:
        self.tables, self.credential, self.draws, self.seed = tables, credential, draws, seed
        self.area = find_area(tables["wages"], area)
        if credential != ALL:
            find_credential(tables, credential)
        self._record_file = records

    @property
    def example(self) -> str:
        """The credential whose costs lead: the one asked for, or CPC."""
        return EXAMPLE if self.credential == ALL else self.credential

    @property
    def heading(self) -> str:
        """The credential and the place."""
        return f"{self.credential}, {self.area.name}"

    @cached_property
    def median_wage(self) -> Estimate:
        """Official, of the area."""
        return published(
            self.tables["wages"],
            "median_wage_usd",
            occupation_code=CODERS,
            area_code=self.area.code,
        )

    @cached_property
    def gaps(self) -> Part:
        """The pay of certified and other members, survey by survey."""
        return member_gaps(self.tables["member_salaries"])

    @cached_property
    def latest_gap(self) -> Estimate:
        """The gap of the latest survey, percent, unadjusted."""
        return latest_gap(self.gaps)

    @property
    def gap_range(self) -> str:
        """The smallest and the largest gap of all surveys, in words."""
        every = self.gaps.table["gap_pct"]
        return f"{every.min():.0f}% and {every.max():.0f}%"

    @cached_property
    def pay(self) -> Part:
        """Every published figure of pay by credential."""
        return published_pay(self.tables, self.area, credential=self.credential)

    @property
    def pay_finding(self) -> str:
        """How the guide's means compare with the official one."""
        return pay_finding(self.pay, self.area)

    @property
    def pass_finding(self) -> str:
        """How the pass rates of an exam moved."""
        return pass_finding(self.passes)

    @property
    def prices_of(self) -> str:
        """The May whose prices older pay is shown at."""
        return f"May {price_year(self.tables)}"

    @cached_property
    def passes(self) -> Part:
        """First-time pass rates by year."""
        return pass_rates(self.tables["pass_rates"], self.credential)

    @cached_property
    def pass_rate(self) -> Estimate:
        """The latest first-time pass rate; of all exams that with the most takers."""
        return latest_pass_rate(self.passes, self.credential)

    @cached_property
    def exams(self) -> Part:
        """Form, fees, upkeep and holders as published."""
        return exams(self.tables["credentials"], self.credential)

    @cached_property
    def costs(self) -> HoldingCosts:
        """What each credential costs to get and to hold."""
        return holding_costs(self.tables, self.credential, draws=self.draws, seed=self.seed)

    @property
    def cost_to_get(self) -> Estimate:
        """Of the example."""
        return self.costs.getting[self.example]

    @property
    def ten_year_cost(self) -> Estimate:
        """Of getting and holding the example."""
        return self.costs.ten_years[self.example]

    @cached_property
    def simulation(self) -> SimulationError:
        """How far another seed may move the costs."""

        def headlines(seed: int) -> dict[str, float]:
            found = holding_costs(self.tables, self.example, draws=self.draws, seed=seed)
            return {
                "cost_to_get_usd": float(found.getting[self.example].value or 0.0),
                "ten_year_cost_usd": float(found.ten_years[self.example].value or 0.0),
            }

        return simulation_error(headlines, seed=self.seed)

    @cached_property
    def records(self) -> RecordAnalysis:
        """What own records say."""
        return RecordAnalysis(
            self._record_file,
            self.tables["price_parities"],
            area=self.area,
            credential=self.credential,
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield (
            "unadjusted_gap_pct",
            "Pay of certified members above others, as reported",
            self.latest_gap,
            "neither",
        )
        if self._record_file is not None:
            label = "The same in your own records, otherwise alike"
            yield "record_premium_pct", label, self.records.premium, "neither"
        yield "pass_rate_pct", "Passed the exam first time", self.pass_rate, "higher"
        label = f"To get {self.example}, without training"
        yield "cost_to_get_usd", label, self.cost_to_get, "lower"
        label = f"To get and hold {self.example} ten years"
        yield "ten_year_cost_usd", label, self.ten_year_cost, "lower"
        yield "median_wage_usd", "Median wage, certified or not", self.median_wage, "neither"
