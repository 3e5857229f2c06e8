"""The outlook of an occupation in an area: its parts, and the figures a report leads with."""

from collections.abc import Iterator
from dataclasses import dataclass

from analysis.estimate import Estimate
from analysis.studies.areas import Area
from analysis.studies.history import History
from analysis.studies.industries import Industries
from analysis.studies.outlook.age_structure import AgeStructure
from analysis.studies.outlook.ai_exposure import Exposure
from analysis.studies.outlook.automation import Automation
from analysis.studies.outlook.demand import DemandDrivers
from analysis.studies.outlook.openings import Openings
from analysis.studies.outlook.projection_fan import Fan, scenario_growth_pct
from analysis.studies.outlook.projection_record import Record
from analysis.studies.outlook.projection_vintages import TEN_YEAR_TOTAL, Vintages
from analysis.studies.places import States
from analysis.studies.study import Figure, Study

BACK_TEST = "BLS projections against OEWS, own comparison"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook(Study):
    """The outlook of an occupation in an area.

    Parameters
    ----------
    area : Area
        The place.
    occupation_code, occupation_title : str
        The occupation.
    horizon : int
        Last year looked at.
    scenario : str
        "low", "baseline" or "high"; see `fan`.
    employment, median_wage, jobs_per_1000, location_quotient : Estimate
        Published for the area; the last two are not published for the nation.
    history, projections, openings, industries, states, record, fan, automation, exposure, demand,
    age : Part
        The parts, each of the function of its name. Where data are missing a part has no rows and
        a `reason`.
    """

    area: Area
    occupation_code: str
    occupation_title: str
    horizon: int
    scenario: str
    employment: Estimate
    median_wage: Estimate
    jobs_per_1000: Estimate
    location_quotient: Estimate
    history: History
    projections: Vintages
    openings: Openings
    industries: Industries
    states: States
    record: Record
    fan: Fan
    automation: Automation
    exposure: Exposure
    demand: DemandDrivers
    age: AgeStructure

    @property
    def heading(self) -> str:
        """The occupation, the place and the year it looks ahead to."""
        return f"{self.occupation_title}, {self.area.name}, to {self.horizon}"

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield "employment", "Jobs", self.employment, "higher"
        yield "median_wage_usd", "Median wage", self.median_wage, "higher"
        yield "annual_openings", "Openings a year", self.openings.total, "higher"
        yield (
            "ten_year_growth_pct",
            "Projected growth over ten years, United States",
            self.growth,
            "higher",
        )
        yield (
            "employment_at_horizon",
            f"Jobs in {self.horizon}, United States",
            self.fan.at_horizon,
            "higher",
        )
        yield (
            "real_wage_growth_pct",
            "Real median wage, change since the first comparable year, United States",
            self.real_wage_growth,
            "higher",
        )
        yield (
            "projection_error_pct_points",
            "Mean miss of past projections",
            self.projection_error,
            "lower",
        )
        yield (
            "openings_with_automation",
            f"Openings in {self.horizon} with {self.automation.chosen} automation",
            self._automated("openings"),
            "higher",
        )
        yield (
            "entry_openings_with_automation",
            f"Entry openings in {self.horizon} with {self.automation.chosen} automation",
            self._automated("entry_openings"),
            "higher",
        )

    @property
    def growth(self) -> Estimate:
        """Growth over ten years as BLS projects it for the nation, or as the scenario has it."""
        source = self.projections.source or "BLS, Employment Projections"
        if self.projections.is_missing:
            return Estimate(value=None, unit="percent", source=source, note=self.projections.reason)
        latest = self.projections.latest
        period = str(latest["projection_period"])
        if self.scenario == "baseline":
            return Estimate(
                value=float(latest["ten_year_growth_pct"]),
                unit="percent",
                year=period,
                source=source,
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
