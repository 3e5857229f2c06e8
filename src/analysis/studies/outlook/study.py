"""How many jobs, where, and how many openings: the outlook of an occupation in an area."""

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.history import History, history
from analysis.studies.industries import Industries, industries
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.outlook.ai_exposure import Exposure, exposure
from analysis.studies.outlook.automation import Automation, automation_path, check_automation
from analysis.studies.outlook.automation_scenarios import AutomationScenario
from analysis.studies.outlook.fan import (
    Fan,
    check_horizon,
    check_scenario,
    fan,
    scenario_growth_pct,
)
from analysis.studies.outlook.openings import (
    PROJECTIONS,
    TEN_YEAR_TOTAL,
    Openings,
    openings,
    projections_by_vintage,
)
from analysis.studies.outlook.people import age_structure, demand_drivers
from analysis.studies.outlook.record import Record, bls_evaluation, record
from analysis.studies.part import Part
from analysis.studies.places import States, states
from analysis.studies.study import Figure, Study

BACK_TEST = "BLS projections against OEWS, own comparison"


class Outlook(Study):
    """The outlook of an occupation in an area.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or the code of a metropolitan area.
    occupation : str
        SOC code the wage table holds.
    horizon : int
        Last year looked at, within the latest projection.
    scenario : str
        "low", "baseline" or "high"; see `fan`.
    automation : str or AutomationScenario
        "none", "conservative", "moderate", "aggressive", or one of your own.

    Raises
    ------
    WrongInput
        A parameter is out of range or unknown; the message names it and says what is allowed.

    Examples
    --------
    >>> from analysis import processed
    >>> outlook = Outlook(processed.Tables())
    >>> [(figure.name, figure.estimate.value) for figure in outlook.key_figures()][:3]
    [('employment', 194720.0), ('median_wage_usd', 51140.0), ('annual_openings', 14200.0)]
    """

    def __init__(
        self,
        tables: Tables,
        *,
        area: str = NATION,
        occupation: str = CODERS,
        horizon: int = 2034,
        scenario: Literal["low", "baseline", "high"] = "baseline",
        automation: str | AutomationScenario = "moderate",
    ) -> None:
        check_scenario(scenario)
        check_horizon(tables["projections"], horizon)
        check_automation(automation)
        self.tables, self.horizon, self.scenario = tables, horizon, scenario
        self.area, self.occupation_code = find_area(tables["wages"], area), occupation
        self.occupation_title = find_occupation(tables["wages"], occupation)
        self.automation_scenario = automation

    @property
    def heading(self) -> str:
        """The occupation, the place and the year it looks ahead to."""
        return f"{self.occupation_title}, {self.area.name}, to {self.horizon}"

    @cached_property
    def employment(self) -> Estimate:
        """Jobs in the area."""
        return self._published("employment")

    @cached_property
    def median_wage(self) -> Estimate:
        """USD a year in the area."""
        return self._published("median_wage_usd")

    @cached_property
    def history(self) -> History:
        """Employment and median wage by year, national."""
        return history(self.tables, area=self.area.code, occupation=self.occupation_code)

    @cached_property
    def projections(self) -> Part:
        """What BLS projected, edition by edition, national."""
        return projections_by_vintage(self.tables, occupation=self.occupation_code)

    @cached_property
    def openings(self) -> Openings:
        """Openings a year in the area, under the scenario."""
        return openings(
            self.tables,
            area=self.area.code,
            occupation=self.occupation_code,
            ten_year_growth_pct=(
                None if self.scenario == "baseline" else scenario_growth_pct(self.fan)
            ),
        )

    @cached_property
    def industries(self) -> Industries:
        """The largest employers, national."""
        return industries(self.tables, area=self.area.code, occupation=self.occupation_code)

    @cached_property
    def states(self) -> States:
        """Every state and territory."""
        return states(self.tables, occupation=self.occupation_code)

    @cached_property
    def record(self) -> Record:
        """How past projections fared."""
        return record(self.tables)

    @cached_property
    def bls_evaluation(self) -> Part:
        """What BLS found of its own projections."""
        return bls_evaluation(self.tables)

    @cached_property
    def fan(self) -> Fan:
        """The latest projection with the spread of past errors, national."""
        return fan(
            self.tables,
            occupation=self.occupation_code,
            horizon=self.horizon,
            scenario=self.scenario,
            past=self.record,
        )

    @cached_property
    def automation(self) -> Automation:
        """Jobs and openings under each scenario of automation."""
        return automation_path(
            self.tables,
            area=self.area.code,
            occupation=self.occupation_code,
            horizon=self.horizon,
            scenario=self.automation_scenario,
            baseline=self.fan,
        )

    @cached_property
    def exposure(self) -> Exposure:
        """How exposed the tasks are to language models."""
        return exposure(self.tables, occupation=self.occupation_code)

    @cached_property
    def demand(self) -> Part:
        """What is said to drive demand, national."""
        return demand_drivers(self.tables)

    @cached_property
    def age(self) -> Part:
        """Who works in the occupation, national."""
        return age_structure(self.tables, occupation=self.occupation_code)

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        chosen = self.automation.chosen
        yield "employment", "Jobs", self.employment, "higher"
        yield "median_wage_usd", "Median wage", self.median_wage, "higher"
        yield "annual_openings", "Openings a year", self.openings.total, "higher"
        name, label = "ten_year_growth_pct", "Projected growth over ten years, United States"
        yield name, label, self.growth, "higher"
        name, label = "employment_at_horizon", f"Jobs in {self.horizon}, United States"
        yield name, label, self.fan.at_horizon, "higher"
        name = "real_wage_growth_pct"
        label = "Real median wage, change since the first comparable year, United States"
        yield name, label, self.real_wage_growth, "higher"
        name, label = "projection_error_pct_points", "Mean miss of past projections"
        yield name, label, self.projection_error, "lower"
        with_tools = f"in {self.horizon} with {chosen} automation"
        name, label = "openings_with_automation", f"Openings {with_tools}"
        yield name, label, self._automated("openings"), "higher"
        name, label = "entry_openings_with_automation", f"Entry openings {with_tools}"
        yield name, label, self._automated("entry_openings"), "higher"

    @property
    def growth(self) -> Estimate:
        """Growth over ten years as BLS projects it for the nation, or as the scenario has it."""
        if self.projections.is_missing:
            return Estimate(
                kind="official",
                value=None,
                unit="percent",
                source=PROJECTIONS,
                note=self.projections.reason,
            )
        latest = self.projections.table.iloc[-1]
        period = str(latest["projection_period"])
        if self.scenario == "baseline":
            return Estimate(
                kind="official",
                value=float(latest["ten_year_growth_pct"]),
                unit="percent",
                year=period,
                source=PROJECTIONS,
                note=TEN_YEAR_TOTAL,
            )
        return Estimate(
            value=scenario_growth_pct(self.fan),
            unit="percent",
            year=period,
            source=self.fan.source,
            kind="model",
            note=self.fan.note,
        )

    @property
    def real_wage_growth(self) -> Estimate:
        """Change of the national real median wage over the latest span that compares."""
        growth = self.history.growth
        rows = growth[growth["measure"].eq("median_wage_real_usd")]
        if rows.empty:
            return Estimate(
                kind="official",
                value=None,
                unit="percent",
                source=self.history.source,
                note="Fewer than two comparable years are in hand.",
            )
        row = rows.sort_values("to_year").iloc[-1]
        return Estimate(
            value=float(row["growth_pct"]),
            unit="percent",
            year=f"May {row['from_year']} to May {row['to_year']}",
            source=f"{self.history.source}; CPI-U of May",
            kind="model",
            note="No interval: BLS publishes no standard error of the median.",
        )

    @property
    def projection_error(self) -> Estimate:
        """Mean absolute error of past projections, over all horizons of the back-test."""
        cases = self.record.table
        cases = cases[cases["is_like_for_like"]] if len(cases) else cases
        error = self.record.mean_absolute_error()
        return Estimate(
            value=error,
            unit="percentage points",
            source=BACK_TEST,
            kind="model",
            note="No projection can be tested."
            if error is None
            else (
                f"After {cases['horizon_years'].min()} to {cases['horizon_years'].max()} years, in "
                f"{cases['occupation_code'].nunique()} occupations. {self.record.note}"
            ),
        )

    def _automated(self, column: str) -> Estimate:
        """Return one flow of the chosen automation scenario at the horizon, to two digits.

        Missing where the part shows the nation's jobs for want of the area's.
        """
        reason, value = self.automation.reason, None
        if not reason and self.automation.area_code != self.area.code:
            reason = f"Employment in {self.area.name} is not published."
        elif not reason:
            value = float(f"{self.automation.path[column].iloc[-1]:.2g}")
        return Estimate(
            value=value,
            unit="openings a year",
            year=str(self.horizon),
            source=self.automation.source,
            kind="assumption",
            note=reason or self.automation.note,
        )

    def _published(self, measure: str) -> Estimate:
        return published(
            self.tables["wages"],
            measure,
            occupation_code=self.occupation_code,
            area_code=self.area.code,
        )
