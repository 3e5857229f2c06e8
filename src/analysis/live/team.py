"""Your own volumes, target, tool and team: the need, the backlog, the hires and the pay."""

from typing import Any

import pandas as pd

from analysis import wording
from analysis.live.piece import Field, Piece
from analysis.models.ranges import Range
from analysis.models.staffing.worklist import DAYS, MOST_RESERVE_PCT, RUNS
from analysis.studies.staffing import Department
from analysis.studies.staffing.inputs import PERCENT, SPEED
from analysis.studies.staffing.study import WORKING_DAYS_PER_MONTH

DRAWN = (  # in the order in which `required_fte` draws them
    "shrinkage", "accuracy", "rework_time_share",
    "routine_share", "tool_accuracy", "review_time_saving", "wrong_proposal_penalty",
)  # fmt: skip


def team(study: Department) -> Piece:
    """Make the form that staffs a department on its own figures.

    Its script mirrors `required_fte`, `reserve_for_target`, `plan_hires` and `simulate_backlog`
    draw by draw; what the form does not ask stays as in the report.

    Examples
    --------
    >>> from analysis import processed
    >>> team(Department(processed.Tables(), draws=100))
    Your own volumes and team (a form, answered on the page of the report)
    """
    fields = _fields(study)
    return Piece(
        kind="team",
        legend="Your own volumes and team",
        fields=fields,
        facts=facts(study),
        table=pd.DataFrame(
            {
                "Figure": [field.label for field in fields],
                "In this report": [
                    wording.quantity(field.value, "", places=0 if field.step >= 1 else 1)
                    for field in fields
                ],
                "Unit": [field.unit for field in fields],
            }
        ),
        caption="The figures of this report",
        instead=(
            "On the page of the report, with scripts allowed, these figures can be changed here. "
            "Without, give them as parameters: workforce report staffing -p inpatient_per_day=60."
        ),
        note=(
            "Limits: middle 90% of simulated cases, the same draws as the report's. Coding speed, "
            "time lost, rework and the effect of AI assistance stay as in the report."
        ),
    )


def facts(study: Department) -> dict[str, Any]:
    """Return all that the script computes from."""
    plan, inputs, worklist = study.plan, study.inputs, study.worklist
    return {
        "values": _values(study),
        "seed": study.seed,
        "draws": study.draws,
        "ranges": [_ends(inputs[name].range) for name in DRAWN],
        "speeds": {name: _ends(inputs[f"{SPEED}{name}"].range) for name in plan.volumes},
        "priority": list(worklist.records_per_day),
        "weekday_weights": list(worklist.weekday_weights),
        "arrivals_cv": worklist.arrivals_cv,
        "capacity_cv": worklist.capacity_cv,
        "days": DAYS,
        "runs": RUNS,
        "most_reserve_pct": MOST_RESERVE_PCT,
        "backlog_days": plan.backlog_days,
        "months": plan.plan_months,
        "months_to_fill": plan.months_to_fill,
        "months_to_productivity": plan.months_to_productivity,
        "new_coder_speed": study.new_coder_speed,
        "days_per_month": WORKING_DAYS_PER_MONTH,
        "loaded_wage_usd": None
        if study.wage.value is None
        else study.wage.value * (1 + inputs["loading"].range.middle),
    }


def _values(study: Department) -> dict[str, float]:
    """Return what the form asks, as the report has it."""
    plan = study.plan
    return {
        **{f"{name}_per_day": records for name, records in plan.volumes.items()},
        "adoption_pct": PERCENT * plan.ai_adoption,
        "target_days": plan.target_days,
        "target_share_pct": PERCENT * plan.target_share,
        "turnover_pct": PERCENT * plan.turnover,
        "coders": study.coders,
    }


def _ends(span: Range) -> list[float | None]:
    return [span.low, span.high, span.likely]


def _fields(study: Department) -> tuple[Field, ...]:
    """List what can be asked, with limits that hold the report's own values."""
    asked = (
        ("inpatient_per_day", "Inpatient records", "a working day", 0, 100_000, 1, 2_000),
        ("outpatient_per_day", "Outpatient records", "a working day", 0, 100_000, 1, 2_000),
        ("ed_per_day", "Emergency records", "a working day", 0, 100_000, 1, 2_000),
        ("adoption_pct", "Records with AI assistance", "percent", 0, 100, 1, 100),
        ("target_days", "Days of arrivals that may wait", "days", 0.5, 60, 0.5, 10),
        ("target_share_pct", "Days on which that must hold", "percent", 50, 99, 1, 99),
        ("turnover_pct", "Turnover", "percent a year", 0, 90, 1, 90),
        ("coders", "Coders employed now", "full-time", 0, 10_000, 0.1, 500),
    )
    values = {**_values(study), "coders": round(study.coders, 1)}
    return tuple(
        Field(
            name=name,
            label=label,
            unit=unit,
            low=low,
            high=high,
            step=step,
            value=values[name],
            slider=(low, max(slider, values[name])),
        )
        for name, label, unit, low, high, step, slider in asked
    )
