"""The full-time coders a department needs, how the tool changes that, and what it depends on."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.ranges import DRAWS, SIMULATED
from analysis.models.staffing.staffing_need import StaffingNeed, required_fte
from analysis.models.staffing.workload import Productivity, Volumes
from analysis.studies.part import Part
from analysis.studies.staffing.coding_standards import ENCOUNTER_TYPES, Standards
from analysis.studies.staffing.staffing_inputs import (
    DepartmentPlan,
    StaffingInput,
    assistance_of,
    check_volumes,
    quality_of,
    schedule_of,
)

Inputs = Mapping[str, StaffingInput]

ADOPTIONS = (0.0, 0.25, 0.5, 0.75, 1.0)
SPEED = "records_per_8_hours_"


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedByType(Part):
    """Full-time coders by encounter type.

    Parameters
    ----------
    table : DataFrame
        encounter_type, records_per_day, minutes_per_record, fte, fte_low, fte_high; the total
        last, whose minutes are missing.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "encounter_type": "Encounter",
            "records_per_day": "Records a working day",
            "minutes_per_record": "Minutes a record",
            "fte": "Full-time coders",
            "fte_low": "from",
            "fte_high": "to",
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedByAdoption(Part):
    """Full-time coders as more records go through the tool.

    Parameters
    ----------
    table : DataFrame
        adoption_pct, fte, fte_low, fte_high, fte_saved, saved_low, saved_high.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "adoption_pct": "Records through the tool",
            "fte": "Full-time coders",
            "fte_low": "from",
            "fte_high": "to",
            "fte_saved": "Saved",
            "saved_low": "from ",
            "saved_high": "to ",
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedByInput(Part):
    """Full-time coders with one input at a time at its limits, the widest first.

    Parameters
    ----------
    table : DataFrame
        name, label, fte_low_input, fte_high_input (at the input's lower and upper limit).
    fte : float
        With every input in the middle.
    """

    fte: float


def department_need(
    inputs: Inputs,
    plan: DepartmentPlan,
    *,
    adoption: float | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> StaffingNeed:
    """Work out the full-time coders that the plan's volumes need.

    Parameters
    ----------
    inputs : mapping of StaffingInput
        By name, as `staffing_inputs` gives them.
    plan : DepartmentPlan
        Volumes and the share of records through the tool.
    adoption : float, optional
        In place of the plan's.
    draws, seed : int
        As in `required_fte`.

    Raises
    ------
    WrongInput
        No volume is above 0.
    """  # fmt: skip
    check_volumes(plan)
    return required_fte(
        Volumes(records_per_day=plan.volumes),
        Productivity(
            records_per_8_hours={name: inputs[f"{SPEED}{name}"].range for name in ENCOUNTER_TYPES}
        ),
        schedule_of(inputs),
        quality=quality_of(inputs),
        assistance=assistance_of(inputs, plan.ai_adoption if adoption is None else adoption),
        draws=draws,
        seed=seed,
    )


def middle_fte(inputs: Inputs, plan: DepartmentPlan) -> float:
    """Return the need with every input at its middle: the same whatever the seed."""
    middles = {name: each.at(each.range.middle) for name, each in inputs.items()}
    need = department_need(middles, plan, draws=1).fte.value
    return 0.0 if need is None else need


def need_by_type(need: StaffingNeed) -> NeedByType:
    """Tabulate the need by encounter type."""
    frame = need.to_frame()
    names = dict(ENCOUNTER_TYPES) | {"all": "All"}
    return NeedByType(
        table=frame.assign(encounter_type=frame["encounter_type"].map(names)),
        source=SIMULATED,
        note=(
            f"Middle 90% of {need.draws:,} draws over the ranges listed below. Medians need not "
            "sum. Minutes with rework and the tool."
        ),
    )


def need_by_adoption(
    inputs: Inputs, plan: DepartmentPlan, *, draws: int = DRAWS, seed: int = 0
) -> NeedByAdoption:
    """Work out the need from no record through the tool to all of them."""
    rows = []
    for adoption in sorted({*ADOPTIONS, plan.ai_adoption}):
        need = department_need(inputs, plan, adoption=adoption, draws=draws, seed=seed)
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
    return NeedByAdoption(
        table=pd.DataFrame(rows),
        source=SIMULATED,
        note=(
            "Routine share and time saved are vendors' claims, accuracy is the guide's. Saved: the "
            "same draws with and without the tool."
        ),
    )


def need_by_input(inputs: Inputs, plan: DepartmentPlan) -> NeedByInput:
    """Put one input at a time at its limits, the others in the middle."""
    middle = middle_fte(inputs, plan)
    rows = [
        {
            "name": name,
            "label": each.label,
            "fte_low_input": middle_fte({**inputs, name: each.at(each.range.low)}, plan),
            "fte_high_input": middle_fte({**inputs, name: each.at(each.range.high)}, plan),
        }
        for name, each in inputs.items()
        if each.range.low < each.range.high
    ]
    table = pd.DataFrame(rows)
    width = (table["fte_low_input"] - table["fte_high_input"]).abs()
    moving = table[width > 0]
    return NeedByInput(
        table=moving.loc[width[width > 0].sort_values(ascending=False).index].reset_index(
            drop=True
        ),
        fte=middle,
        source="model on the inputs listed below",
    )


def with_need(standards: Standards, inputs: Inputs, plan: DepartmentPlan) -> Standards:
    """Add to each standard the full-time coders its encounter type would need at that speed.

    Columns fte_low (at the faster end) and fte_high; all else in the middle, other types left out.
    """
    middles = {name: each.at(each.range.middle) for name, each in inputs.items()}

    def coders(encounter_type: str, records: float) -> float | None:
        name = f"{SPEED}{encounter_type}"
        alone = {**middles, name: middles[name].at(records)}
        by_type = department_need(alone, plan, draws=1).by_type
        return next(need.fte.value for need in by_type if need.encounter_type == encounter_type)

    table = standards.table
    ends = {
        column: pd.Series(
            [
                coders(encounter_type, records)
                for encounter_type, records in zip(table["encounter_type"], table[end], strict=True)
            ],
            index=table.index,
            dtype="float64",
        )
        for column, end in (("fte_low", "records_high"), ("fte_high", "records_low"))
    }
    return Standards(
        table=table.assign(**ends),
        note=standards.note,
        source=standards.source,
    )
