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
from analysis.models.staffing.queueing import erlang_c
from analysis.models.staffing.workload import BENCHMARK_HOURS
from analysis.studies.areas import CODERS
from analysis.studies.lookup import assumed
from analysis.studies.official import published
from analysis.studies.part import Column, Part
from analysis.studies.projections import separation_rates
from analysis.studies.simulation_error import SimulationError, simulation_error
from analysis.studies.staffing.inputs import (
    PERCENT,
    SPEED,
)
from analysis.studies.staffing.need import MODEL, Need
from analysis.studies.staffing.standards import ENCOUNTER_TYPES, GUIDE
from analysis.studies.study import Figure

OWN = "Parameter of this report; the default is made up for a mid-size hospital"
MINUTES_PER_HOUR = 60.0
SHOWN_SERVERS = 7
WORKING_DAYS_PER_MONTH = 21
WORKING_DAYS_PER_YEAR = 260  # 52 weeks of 5 days, as the volumes have it
HALF = 0.5  # of a coder: less is rounding
SIMULATED_FIGURES = (
    "fte", "fte_saved_by_tool", "payroll_usd", "denial_cost_usd", "inpatient_record_usd",
)  # fmt: skip
DENIALS_USED = (
    "initial_claims_2024",
    "initial_claims_2020",
    "initial_private_payers_2022",
    "cause_invalid_data_2016",
    "cause_documentation_2016",
    "fighting_cost_2022",
    "rework_cost_appeal_2016",
)
DENIALS_BESIDE = (
    "initial_charges_2016",
    "marketplace_all_2023",
    "denial_rate_practice",
    "avoidable_2020",
    "rework_cost_practice",
    "rework_cost_unowned",
)
UNDERSTATED = (
    "The BLS rate counts those who leave the labour force or the occupation. Coders who change "
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
        yield "fte_saved_by_tool", "Coders the tool saves, by claims", self.need.fte_saved, "higher"
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
    def wage(self) -> Estimate:
        """Median of the area."""
        wages = self.tables["wages"]
        area = self.area.code
        return published(wages, "median_wage_usd", occupation_code=CODERS, area_code=area)

    @cached_property
    def coders(self) -> float:
        """Full-time coders employed now."""
        vacant = assumed(self.tables, "staffing.vacant_share").middle / PERCENT
        return (1 - vacant) * self.middle_fte if self.plan.coders is None else self.plan.coders

    @cached_property
    def queue(self) -> Part:
        """The wait for a coder by Erlang C, from the fewest at work that keep up.

        All types wait in one line, arrive at random over 8 hours, and take the mean minutes of
        their mix. Coders employed are coders at work over the share of paid hours they code in.
        """
        by_type = self._need(self.middles, draws=1).by_type
        records = sum(self.plan.volumes.values())
        minutes = sum(by_type["records_per_day"] * by_type["minutes_per_record"])
        per_hour, service = records / BENCHMARK_HOURS, minutes / records
        load = per_hour * service / MINUTES_PER_HOUR
        at_work = 1 - self.middles["shrinkage"].range.middle
        fewest = math.floor(load) + 1
        queues = [
            erlang_c(arrivals_per_hour=per_hour, service_minutes=service, servers=servers)
            for servers in range(fewest, fewest + SHOWN_SERVERS)
        ]
        return Part(
            table=pd.DataFrame(
                {
                    "coders_at_work": queue.servers,
                    "coders_employed": queue.servers / at_work,
                    "busy_pct": 100 * queue.utilisation,
                    "waits_pct": 100 * queue.p_wait,
                    "mean_wait_minutes": queue.mean_wait_minutes,
                    "begun_within_hour_pct": 100 * queue.service_level(MINUTES_PER_HOUR),
                }
                for queue in queues
            ),
            columns={
                "coders_at_work": "Coders at work",
                "coders_employed": Column("Employed for that", "{:.1f}"),
                "busy_pct": Column("Busy", "{:.0f}%"),
                "waits_pct": Column("Records that wait", "{:.0f}%"),
                "mean_wait_minutes": Column("Mean wait, minutes", "{:.1f}"),
                "begun_within_hour_pct": Column("Begun within an hour", "{:.1f}%"),
            },
            source="Erlang C on the inputs listed below",
            note=(
                f"The volume alone keeps {load:.1f} coders busy. Assumes random arrivals over 8 "
                "hours, one line for all types and exponential times; night and weekend arrivals "
                "come on top."
            ),
        )

    @cached_property
    def backlogs(self) -> Part:
        """Records waiting to be coded, day by day (working days from 1), by who codes them."""
        arrivals = sum(self.plan.volumes.values())
        per_coder = arrivals / self.middle_fte
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
                f"{100 * self._new_coder_speed:.0f}% of full speed and reach it after "
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
    def assumptions(self) -> Part:
        """The planner's figures, the wage and every range drawn from."""
        rows = [*self._planned(), *(each.row() for each in self.inputs.values())]
        names = ["label", "limits", "kind", "origin"]
        heads = ("Input", "Value or range", "Kind", "Source, and note")
        return Part(
            table=pd.DataFrame(rows, columns=names),
            columns=dict(zip(names, heads, strict=True)),
            source="as named in each row",
            note="Ranges are drawn evenly, or with a peak where a likeliest value is named.",
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
    def _new_coder_speed(self) -> float:
        return assumed(self.tables, "staffing.new_coder_speed").middle / PERCENT

    def _team(self, *, turnover: float | None = None, most: float | None = None) -> pd.DataFrame:
        """Plan hires at a turnover; at most so many a month."""
        return plan_hires(
            months=self.plan.plan_months,
            opening_heads=self.coders,
            target_heads=self.target,
            annual_separation_rate=self.plan.turnover if turnover is None else turnover,
            months_to_productivity=self.plan.months_to_productivity,
            first_month_productivity=self._new_coder_speed,
            months_to_fill=self.plan.months_to_fill,
            max_hires_per_month=most,
        )

    def _planned(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield label, value, kind and source of what is not drawn from a range."""
        plan, wage = self.plan, self.wage
        for name, label in ENCOUNTER_TYPES.items():
            yield f"{label} records a working day", f"{plan.volumes[name]:g}", "assumption", OWN
        team = "nine in ten of the need" if plan.coders is None else OWN
        yield "Records through the tool", f"{PERCENT * plan.ai_adoption:g}%", "assumption", OWN
        yield "Coders employed now", f"{self.coders:.1f}", "assumption", f"Assumption: {team}"
        yield "Backlog now", f"{plan.backlog_days:g} days of arrivals", "assumption", OWN
        yield "Turnover a year", f"{PERCENT * plan.turnover:g}%", "assumption", OWN
        yield "Months to fill a post", f"{plan.months_to_fill}", "assumption", OWN
        yield "Months to full speed", f"{plan.months_to_productivity}", "assumption", OWN
        speed = assumed(self.tables, "staffing.new_coder_speed")
        yield "Speed of a new coder", f"{speed.middle:g}%", "assumption", speed.source
        yield "Paid hours", "40 a week, 5 days of 8", "assumption", "Assumption: full-time posts"
        yield (
            "Claims",
            "one a record",
            "assumption",
            "Assumption: some records have several or none",
        )
        paid = "not published" if wage.value is None else f"${wage.value:,.0f} a year"
        yield "Median wage of coders", paid, wage.kind, f"{wage.source}, {wage.year}".rstrip(", ")


def _cents(usd: float) -> str:
    return wording.usd(usd, cents=True)


def _thousands(usd: float) -> str:
    return wording.usd(round(usd, -3))
