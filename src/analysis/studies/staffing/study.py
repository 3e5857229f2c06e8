"""How many coders a volume of records needs, how long records wait, whom to hire, what it costs."""

import math
from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models.ranges import MIDDLE_OF_DRAWS, SIMULATED
from analysis.models.staffing.backlog import simulate_backlog
from analysis.models.staffing.costs import DenialCost, cost_per_record, denial_cost
from analysis.models.staffing.hiring import plan_hires
from analysis.models.staffing.worklist import DAYS, RUNS, days_waiting
from analysis.studies.areas import CODERS
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import assumed
from analysis.studies.part import Column, Part
from analysis.studies.projections import separation_rates
from analysis.studies.simulation_error import SimulationError, simulation_error
from analysis.studies.staffing.inputs import (
    PERCENT,
    SPEED,
)
from analysis.studies.staffing.need import MODEL, Need
from analysis.studies.staffing.standards import ENCOUNTER_TYPES
from analysis.studies.study import Figure

WORKING_DAYS_PER_MONTH = 21
WORKING_DAYS_PER_YEAR = 260  # 52 weeks of 5 days, as the volumes have it
HALF = 0.5  # of a coder: less is rounding
SIMULATED_FIGURES = (
    "fte", "fte_saved_by_tool", "days_within_target_pct",
    "payroll_usd", "denial_cost_usd", "inpatient_record_usd",
)  # fmt: skip
DENIALS_USED = (
    "initial_claims_2020",
    "initial_private_payers_2022",
    "cause_invalid_data_2016",
    "cause_documentation_2016",
    "fighting_cost_2022",
    "rework_cost_appeal_2016",
)
DENIALS_BESIDE = (
    "initial_claims_2024",
    "initial_charges_2016",
    "marketplace_all_2023",
    "denial_rate_practice",
    "avoidable_2020",
    "rework_cost_practice",
    "rework_cost_unowned",
)
UNDERSTATED = (
    "The BLS rate counts those who leave the labor force or the occupation. Coders who change "
    "employer come on top, so it understates what a department sees."
)


class Department(Need):
    """The staffing of a department.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.staffing import DepartmentPlan
    >>> found = Department(processed.Tables(), DepartmentPlan(inpatient_per_day=0))
    >>> found.need.fte.low < found.need.fte.value < found.need.fte.high
    True
    """

    @property
    def heading(self) -> str:
        """The place."""
        return f"Coding department, {self.area.name}"

    def _figures(self) -> Iterator[Figure]:
        yield "fte", "Full-time coders needed", self.need.fte, "neither"
        yield (
            "fte_saved_by_tool",
            "Coders that AI assistance saves, by vendors' figures",
            self.need.fte_saved,
            "higher",
        )
        within = "Days within the target, team of today"
        yield "days_within_target_pct", within, self.days_within_target, "higher"
        yield "backlog_days", "Backlog at the end if nobody is hired", self.last_backlog, "lower"
        yield "hires", f"Hires in {self.plan.plan_months} months", self.planned_hires, "lower"
        yield "payroll_usd", "Pay of the coders needed", self.payroll, "lower"
        yield "inpatient_record_usd", "Cost of a coded inpatient record", self.record_cost, "lower"
        yield (
            "denial_cost_usd",
            "Rework of denials that coding could prevent",
            self.denial_cost.cost,
            "lower",
        )
        yield "median_wage_usd", "Median wage of coders", self.wage, "neither"

    @cached_property
    def waits(self) -> Part:
        """How long records wait at each size of team: a year simulated by the working day.

        The backlog is that of the encounter type that waits longest, in days of its arrivals.
        """
        workload = self.middle_fte / self.reserve
        step = max(1, round(workload / PERCENT))
        last = math.ceil(workload)
        team = np.array([n for n in range(last - 2 * step, last + 4 * step, step) if n > 0])
        waits = days_waiting(self.worklist, [*team / workload, self.coders / workload],
                             seed=self.seed)  # fmt: skip
        within = PERCENT * (waits <= self.plan.target_days).mean(axis=(1, 2))
        table = pd.DataFrame(
            {
                "coders": [*team, self.coders],
                "busy_pct": PERCENT * workload / np.maximum([*team, self.coders], workload),
                "within_pct": within,
                "mean_days": waits.mean(axis=(1, 2)),
                "p95_days": np.quantile(waits, 0.95, axis=(1, 2)),
                "is_team_of_today": [False] * len(team) + [True],
            }
        )
        return Part(
            table=table.sort_values("coders", kind="stable", ignore_index=True),
            columns={
                "coders": Column("Coders employed", "{:.1f}"),
                "busy_pct": Column("Busy", "{:.0f}%"),
                "within_pct": Column("Days within the target", "{:.0f}%"),
                "mean_days": Column("Mean backlog, days", "{:.1f}"),
                "p95_days": Column("19 days in 20 at most", "{:.1f}"),
                "is_team_of_today": "Team of today",
            },
            source="simulation by working day on the inputs listed below",
            note=(
                f"Target: at most {self.plan.target_days:g} days of arrivals wait, of the type "
                "that waits longest (inpatient is coded first, then emergency, then outpatient). "
                f"{RUNS} simulated years of {DAYS} working days that begin without a backlog; "
                "Monday brings most. Coding days only: time before the record is complete and the "
                "bill hold come on top (DNFB)."
            ),
        )

    @property
    def days_within_target(self) -> Estimate:
        """Percent of working days on which the team of today keeps the target."""
        table = self.waits.table
        return Estimate(
            value=float(table.loc[table["is_team_of_today"], "within_pct"].iloc[0]),
            unit="percent of working days",
            source=MODEL,
            kind="simulation",
            note=f"At most {self.plan.target_days:g} days of arrivals wait, in a year that begins "
            "without a backlog.",
        )

    @cached_property
    def backlogs(self) -> Part:
        """Records waiting to be coded, day by day (working days from 1), by who codes them."""
        arrivals = sum(self.plan.volumes.values())
        per_coder = arrivals * self.reserve / self.middle_fte
        teams = {
            "team of today, kept": np.full(self.plan.plan_months, self.coders),
            "nobody hired": self._team(most=0)["productive_fte"].to_numpy(),
            "with the hires planned": self.hiring.table["productive_fte"].to_numpy(),
        }
        frames = [
            simulate_backlog(
                days=self.plan.plan_months * WORKING_DAYS_PER_MONTH,
                arrivals_per_day=arrivals,
                capacity_per_day=np.repeat(per_coder * fte, WORKING_DAYS_PER_MONTH).tolist(),
                opening_backlog=self.plan.backlog_days * arrivals,
            ).assign(team=team)
            for team, fte in teams.items()
        ]
        table = pd.concat(frames, ignore_index=True)
        return Part(
            table=pd.DataFrame(
                {
                    "team": table["team"],
                    "day": table["day"],
                    "backlog_records": table["backlog"],
                    "backlog_days": table["backlog"] / arrivals,
                }
            ),
            source="day-by-day model on the inputs listed below",
            note=(
                f"Opening backlog {self.plan.backlog_days:g} days of arrivals, {self.coders:.1f} "
                "coders today (assumptions). No overtime and no outside coders."
            ),
        )

    @property
    def last_backlog(self) -> Estimate:
        """Days of arrivals not yet coded at the end of the plan, leavers not replaced."""
        table = self.backlogs.table
        left = table[table["team"].eq("nobody hired")]
        return Estimate(
            value=float(left["backlog_days"].iloc[-1]),
            unit="days of arrivals",
            source=MODEL,
            kind="model",
            note="No interval: the planner's own figures at their middle.",
        )

    @property
    def target(self) -> int:
        """The next whole coder above the need."""
        return math.ceil(self.middle_fte)

    @cached_property
    def hiring(self) -> Part:
        """Hires month by month that bring the team to its target, as `plan_hires` plans them."""
        return Part(
            table=self._team(),
            columns={
                "month": "Month",
                "heads_start": "Coders at its start",
                "hires": "Hired",
                "leavers": "Leave (expected)",
                "heads_end": "at its end",
                "productive_fte": "Working at full speed, FTE",
                "gap_fte": "Short of the target",
            },
            source="model; turnover as named",
            note=(
                f"From {self.coders:.1f} coders to {self.target}. Posts take "
                f"{self.plan.months_to_fill} months to fill; new coders start at "
                f"{100 * self.new_coder_speed:.0f}% of full speed and reach it after "
                f"{self.plan.months_to_productivity} months (assumptions)."
            ),
        )

    @property
    def hires(self) -> int:
        """People hired over the months of the plan."""
        return int(self.hiring.table["hires"].sum())

    @property
    def last_gap(self) -> float:
        """Coders short of the target at the end of the plan, beginners counted by their speed."""
        return float(self.hiring.table["gap_fte"].iloc[-1])

    @property
    def is_target_reached(self) -> bool:
        """True where the team ends the plan less than half a coder short of the target."""
        return self.last_gap < HALF

    @property
    def planned_hires(self) -> Estimate:
        """People hired over the months of the plan."""
        return Estimate(
            value=float(self.hires),
            unit="people",
            source=MODEL,
            kind="model",
            note=f"At {100 * self.plan.turnover:.0f}% turnover a year, an assumption.",
        )

    @cached_property
    def turnover(self) -> Part:
        """Hires over the months of the plan by how many leave."""
        bases = {"this plan (assumption)": self.plan.turnover}
        rates = separation_rates(self.tables["separations"], CODERS)
        if rates is not None:
            named = f"BLS, {rates.projection_period}: exits and transfers"
            bases = {named: rates.separation_rate} | bases
        teams = {basis: self._team(turnover=turnover) for basis, turnover in bases.items()}
        return Part(
            table=pd.DataFrame(
                {
                    "turnover_pct": 100 * bases[basis],
                    "basis": basis,
                    "hires": team["hires"].sum(),
                    "leavers": team["leavers"].sum(),
                    "mean_gap_fte": team["gap_fte"].mean(),
                }
                for basis, team in teams.items()
            ),
            columns={
                "turnover_pct": "Turnover a year",
                "basis": "By",
                "hires": Column("Hires", "{:.0f}"),
                "leavers": Column("Leavers expected", "{:.1f}"),
                "mean_gap_fte": Column("Coders short, on average", "{:.1f}"),
            },
            source="model; turnover as named",
            note=UNDERSTATED,
        )

    @cached_property
    def costs_by_type(self) -> Mapping[str, Estimate]:
        """Labor in a coded record by encounter type, USD; empty where the wage is missing."""
        if self.wage.value is None:
            return {}
        return {
            name: cost_per_record(
                wage_usd=self.wage.value,
                load_share=self.inputs["loading"].range,
                records_per_8_hours=self.inputs[f"{SPEED}{name}"].range,
                shrinkage=self.inputs["shrinkage"].range,
                draws=self.draws,
                seed=self.seed,
            )
            for name in ENCOUNTER_TYPES
        }

    @cached_property
    def costs(self) -> Part:
        """Labor in a coded record, before rework and without the tool, and in a year of them."""
        if self.wage.value is None:
            reason = f"Costs need a wage, and there is none: {self.wage.note}"
            return Part(table=pd.DataFrame(), reason=reason)
        return Part(
            table=pd.DataFrame(
                {
                    "encounter_type": ENCOUNTER_TYPES[name],
                    "cost_usd": cost.value,
                    "low_usd": cost.low,
                    "high_usd": cost.high,
                    "year_usd": (cost.value or 0.0)
                    * self.plan.volumes[name]
                    * WORKING_DAYS_PER_YEAR,
                }
                for name, cost in self.costs_by_type.items()
            ),
            columns={
                "encounter_type": "Encounter",
                "cost_usd": Column("A coded record", _cents),
                "low_usd": Column("from", _cents),
                "high_usd": Column("to", _cents),
                "year_usd": Column("A year of them", _thousands),
            },
            source=self._cost_source,
            note=(
                f"Median wage of {self.wage.value:,.0f} USD with benefits, taxes and overhead on "
                "top (assumption). Before rework and without the tool; who codes inpatient records "
                "is often paid more than the median."
            ),
        )

    @property
    def payroll(self) -> Estimate:
        """Pay of the coders needed, USD a year."""
        unit, fte = "USD a year", self.need.fte
        if self.wage.value is None:
            return Estimate(value=None, unit=unit, source=self.wage.source, kind="simulation",
                            note=self.costs.reason)  # fmt: skip
        loaded = self.wage.value * (1 + self.inputs["loading"].range.middle)
        return Estimate(
            value=loaded * (fte.value or 0.0),
            low=loaded * (fte.low or 0.0),
            high=loaded * (fte.high or 0.0),
            unit=unit,
            source=self._cost_source,
            kind="simulation",
            note="Limits of the coders needed; wage and loading at their middle.",
            limits=MIDDLE_OF_DRAWS,
        )

    @property
    def record_cost(self) -> Estimate:
        """Labor in a coded inpatient record."""
        none = Estimate(value=None, unit="USD", kind="simulation", note=self.costs.reason)
        return self.costs_by_type.get("inpatient", none)

    @cached_property
    def denial_cost(self) -> DenialCost:
        """A year's denials that coding could prevent: one claim a record, 260 working days."""
        return denial_cost(
            claims_per_year=sum(self.plan.volumes.values()) * WORKING_DAYS_PER_YEAR,
            denial_rate=self.inputs["denial_rate"].range,
            coding_share=self.inputs["coding_share"].range,
            rework_cost_usd=self.inputs["rework_cost_usd"].range,
            draws=self.draws,
            seed=self.seed,
        )

    @cached_property
    def denials(self) -> Part:
        """Every published figure about denials that bears on coding, used or shown beside."""
        denials, guide = self.tables["denials"], self.tables["guide_denials"]
        rows = denials[denials["id"].isin([*DENIALS_USED, *DENIALS_BESIDE])]
        rate = guide[guide["kind"].eq("rate")].dropna(subset=["low_pct"])
        is_money = rows["unit"].str.startswith("USD")
        share = rows["unit"].str.contains("denials").map({True: "% of denials", False: "%"})
        published_figures = pd.DataFrame(
            {
                "measure": rows["measure"],
                "amount": is_money.map({True: "$", False: ""})
                + rows["value_text"]
                + share.mask(is_money, " a claim"),
                "period": rows["period"].fillna("undated"),
                "is_used": rows["id"].isin(DENIALS_USED),
                "origin": rows["source_title"] + " [" + rows["verification"] + "]",
            }
        ).sort_values("is_used", ascending=False, kind="stable")
        guided = pd.DataFrame(
            {
                "measure": rate["item"],
                "amount": rate["low_pct"].map("{:.0f}".format)
                + " to "
                + rate["high_pct"].map("{:.0f}%".format),
                "period": "undated",
                "is_used": False,
                "origin": f"{GUIDE} [guide]",
            }
        )
        return Part(
            table=pd.concat([published_figures, guided], ignore_index=True),
            columns={
                "measure": "Figure",
                "amount": "Value",
                "period": "Of",
                "is_used": "Used here",
                "origin": "Source [verified]",
            },
            source="as named in each row",
            note=(
                "Rates count claims, charges or a payer's plans and do not compare. Most are "
                "vendors' figures. Revenue never recovered is not in the cost."
            ),
        )

    @cached_property
    def simulation(self) -> SimulationError:
        """How far another seed may move each simulated key figure."""
        return simulation_error(self._headlines, seed=self.seed)

    def _headlines(self, seed: int) -> dict[str, float]:
        other = Department(self.tables, self.plan, draws=self.draws, seed=seed)
        values = {figure.name: figure.estimate.value for figure in other.key_figures()}
        return {name: float(v) for name in SIMULATED_FIGURES if (v := values[name]) is not None}

    @property
    def _cost_source(self) -> str:
        return f"{SIMULATED}; {self.wage.source}, {self.wage.year}"

    @property
    def new_coder_speed(self) -> float:
        """Of full speed, in the first month."""
        return assumed(self.tables, "staffing.new_coder_speed").middle / PERCENT

    def _team(self, *, turnover: float | None = None, most: float | None = None) -> pd.DataFrame:
        """Plan hires at a turnover; at most so many a month."""
        return plan_hires(
            months=self.plan.plan_months,
            opening_heads=self.coders,
            target_heads=self.target,
            annual_separation_rate=self.plan.turnover if turnover is None else turnover,
            months_to_productivity=self.plan.months_to_productivity,
            first_month_productivity=self.new_coder_speed,
            months_to_fill=self.plan.months_to_fill,
            max_hires_per_month=most,
        )


def _cents(usd: float) -> str:
    return wording.usd(usd, cents=True)


def _thousands(usd: float) -> str:
    return wording.usd(round(usd, -3))
