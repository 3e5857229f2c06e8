"""The full-time coders a department needs, what a tool would change, and what it depends on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, SIMULATED, Range
from analysis.models.staffing.worklist import Worklist, reserve_for_target
from analysis.models.staffing.workload import StaffingNeed, required_fte
from analysis.studies.areas import CODERS, find_area
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, cite
from analysis.studies.official import published
from analysis.studies.part import Column, Part
from analysis.studies.staffing.inputs import (
    PERCENT,
    SPEED,
    Inputs,
    assistance_of,
    shares,
    staffing_inputs,
)
from analysis.studies.staffing.plan import DepartmentPlan
from analysis.studies.staffing.standards import ENCOUNTER_TYPES, NOTE, coding_standards
from analysis.studies.study import Study
from analysis.studies.tools import vendor_tool

MODEL = "model on the inputs listed below"
YES_NO = {True: "yes", False: "no"}
OWN = "Parameter of this report; the default is made up for a mid-size hospital"
LABELS = {
    "weekday": "{}: records over those of a mean day",
    "arrivals_cv": "Scatter of arrivals from day to day",
    "capacity_cv": "Scatter of the time coders have",
}
PRIORITY = ("inpatient", "ed", "outpatient")  # the order of coding
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")
ADOPTIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
TESTED_MODELS = (
    "gpt4_exact_icd_10",
    "gpt4_exact_cpt",
    "gpt4_inpatient_notes",
    "claude_3_inpatient_notes",
    "gpt35_inpatient_notes",
)


class Need(Study):
    """The need of a department; `Department` adds waits, hires and costs.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    plan : DepartmentPlan, optional
        The department; by default a made-up one of a mid-size hospital.
    draws, seed : int
        Of the simulations; the same seed gives the same study.

    Raises
    ------
    WrongInput
        Area unknown.
    """

    def __init__(
        self,
        tables: Tables,
        plan: DepartmentPlan | None = None,
        *,
        draws: int = DRAWS,
        seed: int = 0,
    ) -> None:
        self.tables, self.plan = tables, plan or DepartmentPlan()
        self.draws, self.seed = draws, seed
        self.area = find_area(tables["wages"], self.plan.area)

    @cached_property
    def inputs(self) -> Inputs:
        """Every uncertain input, by name."""
        return staffing_inputs(self.tables, self.plan, coding_standards(self.tables))

    @cached_property
    def middles(self) -> Inputs:
        """The inputs, each known to be at its middle."""
        return {name: each.at(each.range.middle) for name, each in self.inputs.items()}

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
    def worklist(self) -> Worklist:
        """The department's work by the working day, inputs in the middle."""
        by_type = self._need(self.middles, draws=1, reserve=1.0).by_type
        minutes = by_type.set_index("encounter_type")["minutes_per_record"]

        def share(name: str) -> float:
            return assumed(self.tables, f"staffing.{name}").middle / PERCENT

        return Worklist(
            records_per_day={name: self.plan.volumes[name] for name in PRIORITY},
            minutes_per_record={name: float(minutes[name]) for name in PRIORITY},
            weekday_weights=tuple(share(f"weekday.{day}") for day in WEEKDAYS),
            arrivals_cv=share("arrivals_cv"),
            capacity_cv=share("capacity_cv"),
        )

    @cached_property
    def reserve(self) -> float:
        """Coders over those that the volume keeps busy, for the target in days."""
        try:
            return reserve_for_target(
                self.worklist,
                target_days=self.plan.target_days,
                target_share=self.plan.target_share,
                seed=self.seed,
            )
        except ValueError:
            raise WrongInput(
                f"target_days must be more than {self.plan.target_days:g}, or target_share less "
                f"than {self.plan.target_share:g}: with so few records a day not even three times "
                "the coders would keep within it."
            ) from None

    @cached_property
    def need(self) -> StaffingNeed:
        """Full-time coders, in all and by encounter type."""
        return self._need(self.inputs)

    @cached_property
    def middle_fte(self) -> float:
        """The need with every input in the middle: the same whatever the seed."""
        return self._middle_fte({})

    @cached_property
    def by_type(self) -> Part:
        """Full-time coders by encounter type; the total last, whose minutes are missing."""
        need, fte = self.need.by_type, self.need.fte
        total = {
            "encounter_type": "All",
            "records_per_day": need["records_per_day"].sum(),
            "fte": fte.value,
            "fte_low": fte.low,
            "fte_high": fte.high,
        }
        named = need.assign(encounter_type=need["encounter_type"].map(ENCOUNTER_TYPES))
        return Part(
            table=pd.concat([named, pd.DataFrame([total])], ignore_index=True),
            columns={
                "encounter_type": "Encounter",
                "records_per_day": "Records a working day",
                "minutes_per_record": Column("Minutes a record", "{:.1f}"),
                "fte": Column("Full-time coders", "{:.1f}"),
                ("fte_low", "fte_high"): Column("from - to", coders_between),
            },
            source=SIMULATED,
            note=(
                f"Middle 90% of {self.draws:,} draws over the ranges listed below. Medians need "
                "not sum. Minutes with rework and the tool; coders with the reserve of "
                f"{PERCENT * (self.reserve - 1):.0f}% that the target in days takes."
            ),
        )

    @cached_property
    def by_adoption(self) -> Part:
        """Full-time coders from no record through the tool to all of them."""
        rows = []
        for adoption in sorted({*ADOPTIONS, self.plan.ai_adoption}):
            need = self._need(self.inputs, adoption=adoption)
            rows.append(
                {
                    "adoption_pct": 100 * adoption,
                    "fte": need.fte.value,
                    "fte_low": need.fte.low,
                    "fte_high": need.fte.high,
                    "fte_saved": need.fte_saved.value,
                    "saved_low": need.fte_saved.low,
                    "saved_high": need.fte_saved.high,
                }
            )
        return Part(
            table=pd.DataFrame(rows),
            columns={
                "adoption_pct": Column("Records through the tool", "{:.0f}%"),
                "fte": Column("Full-time coders", "{:.1f}"),
                ("fte_low", "fte_high"): Column("from - to", coders_between),
                "fte_saved": Column("Coders saved", "{:.1f}"),
                ("saved_low", "saved_high"): Column("saved, from - to", "{:,.1f}"),
            },
            source=SIMULATED,
            note=(
                "Routine share and time saved are vendors' claims, accuracy is the guide's. Saved: "
                "the same draws with and without the tool."
            ),
        )

    @cached_property
    def by_input(self) -> Part:
        """One input at a time at its limits, the others in the middle; the widest first."""
        rows = [
            {
                "name": name,
                "label": each.label,
                "fte_low_input": self._middle_fte({name: each.at(each.range.low)}),
                "fte_high_input": self._middle_fte({name: each.at(each.range.high)}),
            }
            for name, each in self.inputs.items()
            if each.range.low < each.range.high
        ]
        table = pd.DataFrame(rows)
        width = (table["fte_low_input"] - table["fte_high_input"]).abs()
        widest = width[width > 0].sort_values(ascending=False).index
        return Part(table=table.loc[widest].reset_index(drop=True), source=MODEL)

    @cached_property
    def standards(self) -> Part:
        """Every standard of coding speed, and the coders its type would need here at that speed."""
        table = coding_standards(self.tables)
        ends = {
            column: [
                self._coders_at(encounter_type, records)
                for encounter_type, records in zip(table["encounter_type"], table[end], strict=True)
            ]
            for column, end in (("fte_low", "records_high"), ("fte_high", "records_low"))
        }
        return Part(
            table=table.assign(**ends),
            columns={
                "encounter_type": Column("Encounter", ENCOUNTER_TYPES.__getitem__),
                "standard": "Standard",
                ("records_low", "records_high"): Column("Records in 8 hours", "{:,.0f}"),
                ("fte_low", "fte_high"): Column("Coders for it here", "{:,.1f}"),
                "is_used": Column("Sets the range", YES_NO.__getitem__, is_text=True),
                "origin": "Source [verified]",
            },
            note=NOTE,
            source=f"{GUIDE}; published standards, surveys and claims as named in each row",
        )

    @cached_property
    def accounts(self) -> Part:
        """What the tool saves at the plan's adoption, by each account.

        The base is the guide's accuracy with a vendor's time saving. The others put in place what
        one source says: a vendor's higher claims, and the accuracy that independent tests of
        general language models measured.
        """
        evidence = self.tables["automation_evidence"].set_index("id").loc[list(TESTED_MODELS)]
        tested, vendor = cite(evidence), vendor_tool(self.tables)
        claimed = dict.fromkeys(
            span.source
            for span in (vendor.routine_share, vendor.accuracy, vendor.review_time_saving)
        )
        changes: list[tuple[str, Mapping[str, Range], str]] = [
            (
                "guide's accuracy, one vendor's saving",
                {},
                f"{GUIDE}; {self.inputs['review_time_saving'].source} [claim]",
            ),
            (
                "another vendor's claims throughout",
                {
                    "routine_share": vendor.routine_share,
                    "tool_accuracy": vendor.accuracy,
                    "review_time_saving": vendor.review_time_saving,
                },
                "; ".join(claimed),
            ),
            (
                "accuracy as independent tests found, saving as claimed",
                {"tool_accuracy": shares(evidence)},
                f"{tested.source} [{tested.verification}] General language models, not coding "
                "products",
            ),
        ]
        rows = []
        for account, change, origin in changes:
            said = {**self.inputs}
            for name, span in change.items():
                said[name] = replace(said[name], range=span)
            saved = self._need(said).fte_saved
            rows.append(
                {
                    "account": account,
                    "accuracy": said["tool_accuracy"].range,
                    "saving": said["review_time_saving"].range,
                    "fte_saved": saved.value,
                    "saved_low": saved.low,
                    "saved_high": saved.high,
                    "origin": origin,
                }
            )
        return Part(
            table=pd.DataFrame(rows),
            columns={
                "account": "By this account",
                "accuracy": Column("Proposals right", _percent),
                "saving": Column("Time saved on those", _percent),
                "fte_saved": Column("Coders saved", _one_place),
                ("saved_low", "saved_high"): Column("from - to", _one_place_each),
                "origin": "Source [verified]",
            },
            source=SIMULATED,
            note=(
                f"Below 0 it costs time. With {PERCENT * self.plan.ai_adoption:.0f}% of records "
                "through the tool. None of these measures a coding product on a department's own "
                "records: put in your own."
            ),
        )

    @cached_property
    def day(self) -> Part:
        """The need split by the guide's shares of a coder's day."""
        told = self.tables["guide_ai_time_shares"]
        fte = self.need.fte.value or 0.0
        low, high = told["share_low_pct"], told["share_high_pct"]
        return Part(
            table=told[["activity", "share_low_pct", "share_high_pct"]].assign(
                fte_low=fte * low / PERCENT, fte_high=fte * high / PERCENT
            ),
            columns={
                "activity": "Activity",
                "share_low_pct": "Share of the day, from",
                "share_high_pct": "to",
                "fte_low": "Full-time coders, from",
                "fte_high": "to ",
            },
            source=f"{GUIDE}, shares of the day of a coder who works with AI; no time-use study "
            "named",
            note=f"The shares add up to {low.sum():.0f}% to {high.sum():.0f}%.",
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

    def _need(
        self,
        inputs: Inputs,
        *,
        adoption: float | None = None,
        draws: int | None = None,
        reserve: float | None = None,
    ) -> StaffingNeed:
        """Return the need of the plan's volumes on some inputs."""
        return required_fte(
            self.plan.volumes,
            {name: inputs[f"{SPEED}{name}"].range for name in ENCOUNTER_TYPES},
            shrinkage=inputs["shrinkage"].range,
            accuracy=inputs["accuracy"].range,
            rework_time_share=inputs["rework_time_share"].range,
            assistance=assistance_of(
                inputs, self.plan.ai_adoption if adoption is None else adoption
            ),
            reserve=self.reserve if reserve is None else reserve,
            draws=draws or self.draws,
            seed=self.seed,
        )

    def _middle_fte(self, changed: Inputs) -> float:
        """Return the need with some inputs changed, each range at its middle."""
        middles = {
            name: each.at(each.range.middle) for name, each in {**self.inputs, **changed}.items()
        }
        return self._need(middles, draws=1).fte.value or 0.0

    def _coders_at(self, encounter_type: str, records: float) -> float:
        """Return the coders one encounter type needs at a speed, all else in the middle."""
        name = f"{SPEED}{encounter_type}"
        alone = {**self.middles, name: self.middles[name].at(records)}
        by_type = self._need(alone, draws=1).by_type.set_index("encounter_type")
        return float(by_type["fte"][encounter_type])

    def _planned(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield label, value, kind and source of what is not drawn from a range."""
        plan, wage = self.plan, self.wage
        for name, label in ENCOUNTER_TYPES.items():
            yield f"{label} records a working day", f"{plan.volumes[name]:g}", "assumption", OWN
        team = "nine in ten of the need" if plan.coders is None else OWN
        yield "Records through the tool", f"{PERCENT * plan.ai_adoption:g}%", "assumption", OWN
        yield "Coders employed now", f"{self.coders:.1f}", "assumption", f"Assumption: {team}"
        target = f"{PERCENT * plan.target_share:g}% of days within {plan.target_days:g} days"
        yield "Target", target, "assumption", OWN
        for name in (*(f"weekday.{day}" for day in WEEKDAYS), "arrivals_cv", "capacity_cv"):
            row = assumed(self.tables, f"staffing.{name}")
            yield (
                LABELS[name.partition(".")[0]].format(name.partition(".")[2].title()),
                (f"{row.middle:g}%"),
                "assumption",
                row.source,
            )
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


def _percent(span: Range) -> str:
    low, high = f"{PERCENT * span.low:.0f}%", f"{PERCENT * span.high:.0f}%"
    return low if low == high else f"{low}{wording.UNBROKEN_TO}{high}"


def coders_between(low: float, high: float) -> str:
    """Write limits of full-time coders as the card of the need does."""
    return wording.interval(
        Estimate(value=low, low=low, high=high, unit="FTE", kind="simulation")
    ) or _one_place(low)


def _one_place(value: float) -> str:
    return wording.quantity(value, "", places=1)


def _one_place_each(low: float, high: float) -> str:
    return wording.span(low, high, _one_place, to=wording.UNBROKEN_TO)
