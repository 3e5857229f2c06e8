"""How many jobs, where, and how many openings: the outlook of an occupation in an area."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Literal

import pandas as pd

from analysis import wording
from analysis.estimate import OWN_INTERVAL, Estimate
from analysis.studies.ai_exposure import exposure
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.history import History, history
from analysis.studies.industries import Industries, industries
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.outlook.automation import Automation, automation_path
from analysis.studies.outlook.fan import (
    Fan,
    check_horizon,
    check_scenario,
    coverage,
    fan,
)
from analysis.studies.outlook.openings import (
    PROJECTIONS,
    TEN_YEAR_TOTAL,
    Openings,
    openings,
    projections_by_vintage,
)
from analysis.studies.outlook.people import age_structure, demand_drivers
from analysis.studies.outlook.record import (
    bls_evaluation,
    cases_of_size,
    record,
    size_in_words,
    typical_error,
)
from analysis.studies.outlook.scenarios import AutomationScenario, check_automation
from analysis.studies.part import Part
from analysis.studies.places import States, states
from analysis.studies.study import Figure, Study


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
    demand_elasticity : float or None
        Percent more coding asked for where it costs 1 % less; the assumption of the tables where
        None.

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
        demand_elasticity: float | None = None,
    ) -> None:
        check_scenario(scenario)
        check_horizon(tables["projections"], horizon)
        check_automation(automation)
        self.tables, self.horizon, self.scenario = tables, horizon, scenario
        self.area, self.occupation_code = find_area(tables["wages"], area), occupation
        self.occupation_title = find_occupation(tables["wages"], occupation)
        self.automation_scenario, self.demand_elasticity = automation, demand_elasticity

    headlines = ("employment", "median_wage_usd", "annual_openings")

    @property
    def heading(self) -> str:
        """The occupation, the place and the year it looks ahead to."""
        return f"{self.occupation_title}, {self.area.name}, to {self.horizon}"

    @property
    def is_coders(self) -> bool:
        """True of the occupation that holds most coders."""
        return self.occupation_code == CODERS

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
            ten_year_growth_pct=(None if self.scenario == "baseline" else self.fan.growth_pct),
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
    def record(self) -> Part:
        """How past projections of occupations of this size fared."""
        base = self.fan.base_employment
        if base is None:
            return Part(reason=self.fan.reason)
        return record(cases_of_size(self.tables, base), size=size_in_words(base))

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
        )

    @cached_property
    def coverage(self) -> Part:
        """How often past outcomes fell within such a fan."""
        return coverage(self.tables, self.fan)

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
            demand_elasticity=self.demand_elasticity,
        )

    @cached_property
    def exposure(self) -> Part:
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
        path = "" if self.scenario == "baseline" else f", {self.scenario} scenario"
        yield "employment", "Jobs", self.employment, "higher"
        yield "median_wage_usd", "Median wage", self.median_wage, "higher"
        yield "annual_openings", f"Openings a year{path}", self.openings.total, "higher"
        name, label = "ten_year_growth_pct", f"Growth over ten years{path}, United States"
        yield name, label, self.growth, "higher"
        name, label = "employment_at_horizon", f"Jobs in {self.horizon}{path}, United States"
        yield name, label, self.fan.at_horizon, "higher"
        name, label = "real_wage_growth_pct", "Pay after inflation, United States"
        yield name, label, self.real_wage_growth, "higher"
        name, label = "projection_error_pct", "Typical miss of past projections, United States"
        yield name, label, self.projection_error, "lower"

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
        is_bls = self.scenario == "baseline"
        return Estimate(
            kind="official" if is_bls else "model",
            value=float(latest["ten_year_growth_pct"]) if is_bls else self.fan.growth_pct,
            unit="percent",
            year=str(latest["projection_period"]),
            source=PROJECTIONS if is_bls else self.fan.source,
            note=TEN_YEAR_TOTAL if is_bls else self.fan.note,
        )

    @property
    def real_wage_growth(self) -> Estimate:
        """Change of the national real median wage over the latest span that compares."""
        growth = self.history.growth
        rows = growth[growth["measure"].eq("median_wage_real_usd")]
        source = f"{self.history.source}; CPI-U of May"
        if rows.empty:
            return Estimate(
                kind="model",
                value=None,
                unit="percent",
                source=source,
                note="Fewer than two comparable years are available.",
            )
        row = rows.sort_values("to_year").iloc[-1]
        low, high = (row[f"growth_{end}_pct"] for end in ("low", "high"))
        return Estimate(
            kind="model",
            value=float(row["growth_pct"]),
            low=None if pd.isna(low) else float(low),
            high=None if pd.isna(high) else float(high),
            limits=OWN_INTERVAL,
            unit="percent",
            year=f"May {row['from_year']} to May {row['to_year']}",
            source=source,
            note="The interval is ours: BLS publishes the error of the mean wage alone.",
        )

    @property
    def projection_error(self) -> Estimate:
        """What half of past projections missed by more than, after ten years."""
        return typical_error(self.record.table, note=self.record.note or self.record.reason)

    @property
    def openings_finding(self) -> str:
        """What openings are made of, as a title; empty where they are not known."""
        parts = self.openings
        if parts.total.value is None or parts.growth.value is None:
            return ""
        total = wording.amount(parts.total)
        leave = (parts.exits.value or 0.0) + (parts.transfers.value or 0.0)
        if parts.growth.value < 0:
            lost = wording.amount(replace(parts.growth, value=-parts.growth.value))
            return (
                f"{total} openings a year: {wording.amount(replace(parts.total, value=leave))} "
                f"leave, {lost} jobs are not refilled"
            )
        share = wording.percent(100 * leave / (leave + parts.growth.value), decimals=0)
        return f"{total} openings a year, {share} of them to replace people who leave"

    def _published(self, measure: str) -> Estimate:
        return published(
            self.tables["wages"],
            measure,
            occupation_code=self.occupation_code,
            area_code=self.area.code,
        )
