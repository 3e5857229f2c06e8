"""What a department's staffing rests on: every input with its range, its kind and its source."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analysis.estimate import Kind
from analysis.models.ranges import Range
from analysis.models.staffing.workload import MOST_SHRINKAGE, Assistance
from analysis.studies.lookup import Tables, assumed, cite
from analysis.studies.part import BLANK
from analysis.studies.staffing.plan import DepartmentPlan
from analysis.studies.staffing.standards import ENCOUNTER_TYPES, speed_range
from analysis.studies.tools import guided_tool

PERCENT = 100.0
SPEED = "records_per_8_hours_"

OWN_LOG = "Own speed, a parameter of this report"

Unit = Literal["share", "USD", "records"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingInput:
    """One quantity the staffing of a department rests on.

    Parameters
    ----------
    label : str
        What people read.
    range : Range
        Limits and likeliest value; equal limits where it is taken as known.
    unit : str
        "share" (0 to 1), "USD" or "records".
    kind : str
        "guide", "vendor figure", "third party" (surveys of the industry) or "assumption".
    verification : str
        "read in source", "third party", "claim", "unverified", "guide" or "assumption".
    source, note : str
        Who says so, and what to know.
    """

    label: str
    range: Range
    unit: Unit = "share"
    kind: Kind = "assumption"
    verification: str = "assumption"
    source: str = "Assumption: a parameter of this report; put in your own figure"
    note: str = ""

    def at(self, value: float) -> "StaffingInput":
        """Return the input known to be `value`."""
        return replace(self, range=Range.known(value))

    def row(self) -> tuple[str, str, str, str]:
        """Return label, limits with their unit, kind, and source with mark and note."""
        ends = (self.range.low, self.range.likely, self.range.high)
        low, likely, high = (BLANK if end is None else self._worded(end) for end in ends)
        limits = low if low == high else f"{low} to {high}"
        peak = "" if self.range.likely is None else f", likeliest {likely}"
        mark = "" if self.kind == "assumption" == self.verification else f" [{self.verification}]"
        return self.label, f"{limits}{peak}", self.kind, f"{self.source}{mark}. {self.note}".strip()

    def _worded(self, value: float) -> str:
        if self.unit == "share":
            return f"{PERCENT * value:.3g}%"
        return f"${value:,.2f}" if self.unit == "USD" else f"{value:,.3g}"


Inputs = Mapping[str, StaffingInput]


def staffing_inputs(
    tables: Tables, plan: DepartmentPlan, standards: pd.DataFrame
) -> dict[str, StaffingInput]:
    """Return every uncertain input by name: speeds, time lost, rework, the tool, denials.

    Parameters
    ----------
    tables : mapping of DataFrame
        Processed tables assumptions, automation_evidence, denials, guide_quality.
    plan : DepartmentPlan
        The planner's own figures.
    standards : DataFrame
        Of `coding_standards`.
    """
    shrinkage_spread = assumed(tables, "staffing.shrinkage_spread").middle / PERCENT
    rework = assumed(tables, "staffing.rework_time")
    loading_spread = assumed(tables, "staffing.loading_spread").middle / PERCENT
    return {
        **{f"{SPEED}{name}": _speed(standards, plan, name) for name in ENCOUNTER_TYPES},
        "shrinkage": _planned(
            "Paid time not spent coding", plan.shrinkage, shrinkage_spread, most=MOST_SHRINKAGE
        ),
        "accuracy": _planned("Records right the first time", plan.quality_target, 0.0),
        "rework_time_share": StaffingInput(
            label="Time to correct a wrong record, over the time to code it",
            range=Range(low=rework.low / PERCENT, high=rework.high / PERCENT),
            source=rework.source,
        ),
        **_tool_inputs(tables),
        "loading": _planned(
            "Benefits, taxes and overhead over the wage", plan.loading, loading_spread
        ),
        **_denial_inputs(tables),
    }


def assistance_of(inputs: Inputs, adoption: float) -> Assistance:
    """Return the tool that the inputs describe."""
    return Assistance(
        adoption=adoption,
        routine_share=inputs["routine_share"].range,
        accuracy=inputs["tool_accuracy"].range,
        review_time_saving=inputs["review_time_saving"].range,
        penalty=inputs["wrong_proposal_penalty"].range,
    )


def shares(rows: pd.DataFrame) -> Range:
    """Return the percentages of cited rows, from the lowest to the highest, as shares."""
    return Range(
        low=float(rows["value_low"].min()) / PERCENT, high=float(rows["value_high"].max()) / PERCENT
    )


def _speed(standards: pd.DataFrame, plan: DepartmentPlan, encounter_type: str) -> StaffingInput:
    label = f"{ENCOUNTER_TYPES[encounter_type]} records in 8 paid hours"
    if own := plan.speeds.get(encounter_type):
        return StaffingInput(label=label, range=own, unit="records", source=OWN_LOG)
    span, is_guided = speed_range(standards, encounter_type)
    return StaffingInput(
        label=label,
        range=span,
        unit="records",
        kind="guide" if is_guided else "vendor figure",
        verification="guide" if is_guided else "claim",
        source=span.source,
        note="" if is_guided else "The guide gives none: claims only.",
    )


def _planned(label: str, value: float, spread: float, *, most: float = math.inf) -> StaffingInput:
    """Return a figure of the planner, give or take `spread`, from 0 to at most `most`."""
    if not spread:
        return StaffingInput(label=label, range=Range.known(value))
    return StaffingInput(
        label=label,
        range=Range(low=max(0.0, value - spread), high=min(most, value + spread), likely=value),
        note=f"Taken to be known to {PERCENT * spread:.0f} percentage points.",
    )


def _tool_inputs(tables: Tables) -> dict[str, StaffingInput]:
    """Return what is said of tools that propose codes, as the outlook page has it."""
    tool = guided_tool(tables)

    def told(label: str, span: Range, kind: Kind) -> StaffingInput:
        mark = "assumption" if kind == "assumption" else "claim"
        source = span.source.removesuffix(f" [{mark}]")
        return StaffingInput(label=label, range=span, kind=kind, verification=mark, source=source)

    return {
        "routine_share": told(
            "Records simple enough for the tool, of those it sees",
            tool.routine_share,
            "vendor figure",
        ),
        "tool_accuracy": told("Proposals of the tool that are right", tool.accuracy, "guide"),
        "review_time_saving": told(
            "Time saved by reviewing a right proposal", tool.review_time_saving, "vendor figure"
        ),
        "wrong_proposal_penalty": told(
            "Extra time after a wrong proposal, over the time to code",
            tool.wrong_proposal_penalty,
            "assumption",
        ),
    }


def _denial_inputs(tables: Tables) -> dict[str, StaffingInput]:
    """Return denial rate, share that coding could prevent, and cost of rework, of hospitals."""
    denials = tables["denials"].set_index("id")
    value = denials["value_low"]
    floor = assumed(tables, "staffing.coding_floor").middle / PERCENT

    def cited(given: StaffingInput, *names: str) -> StaffingInput:
        found = cite(denials.loc[list(names)])
        return replace(given, source=found.source, verification=found.verification)

    invalid, asked = "cause_invalid_data_2016", "cause_documentation_2016"
    rates = ("initial_claims_2020", "initial_private_payers_2022")
    return {
        "denial_rate": cited(
            StaffingInput(
                label="Claims denied at first",
                range=Range(low=value[rates[0]] / PERCENT, high=value[rates[1]] / PERCENT),
                kind="third party",
                note="Shares of claims of hospitals, of all payers and of private ones; shares of "
                "charges and of marketplace plans are other things, and whether the 11.8% of 2024 "
                "is of claims or of dollars is disputed: they are left out.",
            ),
            *rates,
        ),
        "coding_share": cited(
            StaffingInput(
                label="Denials that right coding would have prevented",
                range=Range(
                    low=floor * (value[invalid] / PERCENT),
                    high=value[invalid] / PERCENT + value[asked] / PERCENT,
                    likely=value[invalid] / PERCENT,
                ),
                note="A proxy: denials for missing or invalid claim data; half of them at least "
                "(assumption), with those for documentation at most. Nobody publishes coding "
                "alone.",
            ),
            invalid,
            asked,
        ),
        "rework_cost_usd": cited(
            StaffingInput(
                label="Cost to rework a denied claim",
                range=Range(
                    low=float(value["fighting_cost_2022"]),
                    high=float(value["rework_cost_appeal_2016"]),
                ),
                unit="USD",
                kind="third party",
                note="Hospitals; $25 is a figure for practices, $181 has no owner.",
            ),
            "fighting_cost_2022",
            "rework_cost_appeal_2016",
        ),
    }
