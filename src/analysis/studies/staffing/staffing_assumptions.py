"""Everything a staffing study assumes or takes from a source, in one list."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.part import BLANK, Part
from analysis.studies.staffing.coding_standards import ENCOUNTER_TYPES
from analysis.studies.staffing.department_hiring import FIRST_MONTH_SPEED
from analysis.studies.staffing.department_need import Inputs
from analysis.studies.staffing.staffing_inputs import PERCENT, DepartmentPlan, StaffingInput

OWN = "Parameter of this report; the default is made up for a mid-size hospital"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions(Part):
    """Every input of the study.

    Parameters
    ----------
    table : DataFrame
        label, limits (worded with unit), kind, origin (source and mark), note.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"label": "Input", "limits": "Value or range", "kind": "Kind", "origin": "Source, and note"}
    )


def assumptions(
    inputs: Inputs, plan: DepartmentPlan, *, wage: Estimate, coders: float
) -> Assumptions:
    """List the planner's figures, the wage and every range drawn from."""
    rows = [*_planned(plan, coders), _wage(wage), *(_drawn(each) for each in inputs.values())]
    return Assumptions(
        table=pd.DataFrame(rows, columns=["label", "limits", "kind", "origin"]),
        source="as named in each row",
        note="Ranges are drawn evenly, or with a peak where a likeliest value is named.",
    )


def _planned(plan: DepartmentPlan, coders: float) -> Iterator[tuple[str, str, str, str]]:
    """Word the planner's own figures."""
    for name, label in ENCOUNTER_TYPES.items():
        yield f"{label} records a working day", f"{plan.volumes[name]:g}", "assumption", OWN
    team = "nine in ten of the need" if plan.coders is None else OWN
    yield "Records through the tool", f"{PERCENT * plan.ai_adoption:g}%", "assumption", OWN
    yield "Coders employed now", f"{coders:.1f}", "assumption", f"Assumption: {team}"
    yield "Backlog now", f"{plan.backlog_days:g} days of arrivals", "assumption", OWN
    yield "Turnover a year", f"{PERCENT * plan.turnover:g}%", "assumption", OWN
    yield "Months to fill a post", f"{plan.months_to_fill}", "assumption", OWN
    yield "Months to full speed", f"{plan.months_to_productivity}", "assumption", OWN
    speed = f"{PERCENT * FIRST_MONTH_SPEED:g}%"
    yield "Speed of a new coder", speed, "assumption", "Assumption: no study is in hand"
    yield "Paid hours", "40 a week, 5 days of 8", "assumption", "Assumption: full-time posts"
    yield "Claims", "one a record", "assumption", "Assumption: some records have several or none"


def _wage(wage: Estimate) -> tuple[str, str, str, str]:
    """Word the official wage."""
    shown = "not published" if wage.value is None else f"${wage.value:,.0f} a year"
    return "Median wage of coders", shown, wage.kind, f"{wage.source}, {wage.year}".rstrip(", ")


def _drawn(each: StaffingInput) -> tuple[str, str, str, str]:
    """Word one range."""
    ends = (each.range.low, each.range.likely, each.range.high)
    low, likely, high = (BLANK if end is None else _worded(end, each.unit) for end in ends)
    limits = low if low == high else f"{low} to {high}"
    peak = "" if each.range.likely is None else f", likeliest {likely}"
    mark = "" if each.kind == "assumption" == each.verification else f" [{each.verification}]"
    return each.label, f"{limits}{peak}", each.kind, f"{each.source}{mark}. {each.note}".strip()


def _worded(value: float, unit: str) -> str:
    """Write one limit in its unit."""
    if unit == "share":
        return f"{PERCENT * value:.3g}%"
    return f"${value:,.2f}" if unit == "USD" else f"{value:,.3g}"
