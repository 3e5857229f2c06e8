"""What a department's staffing rests on: every input with its range, its kind and its source."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.ranges import Range
from analysis.models.staffing.workload import (
    MOST_SHRINKAGE,
    ROUTINE_SHARE,
    Assistance,
    Quality,
    Schedule,
)
from analysis.studies.lookup import Tables, cite, rows_where

GUIDE = "career guide 2026"
PERCENT = 100.0
SHRINKAGE_SPREAD = 0.05  # either side
LOADING_SPREAD = 0.10  # either side
REWORK_SHARE = Range(low=0.25, high=1.0)
CODING_FLOOR = 0.5  # of the share of denials with missing or invalid data

Unit = Literal["share", "USD", "records"]
InputKind = Literal["guide", "claim", "industry survey", "assumption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffingInput:
    """One quantity the staffing of a department rests on.

    Parameters
    ----------
    name, label : str
        Identifier, and what people read.
    range : Range
        Limits and likeliest value; equal limits where it is taken as known.
    unit : str
        "share" (0 to 1), "USD" or "records".
    kind : str
        "guide", "claim", "industry survey" or "assumption".
    verification : str
        "read in source", "third party", "claim", "unverified", "guide" or "assumption".
    source, note : str
        Who says so, and what to know.
    """

    name: str
    label: str
    range: Range
    unit: Unit
    kind: InputKind
    verification: str
    source: str
    note: str = ""

    def at(self, value: float) -> "StaffingInput":
        """Return the input known to be `value`."""
        return replace(self, range=Range.known(value))


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentPlan:
    """What a planner says about the department; every figure is the planner's own.

    Parameters
    ----------
    inpatient_per_day, outpatient_per_day, ed_per_day : float
        Records that arrive to be coded on a working day.
    ai_adoption : float
        Share of records that go through a tool that proposes codes, 0 to 1.
    quality_target : float
        Share of records right the first time, 0 to 1.
    shrinkage : float
        Share of paid hours not coded in.
    loading : float
        Benefits, payroll tax and overhead, as a share of the wage.
    turnover : float
        Share of the team that leaves within a year.
    coders : float or None
        Full-time coders employed now; None takes nine in ten of the need.
    backlog_days : float
        Records not yet coded, in days of arrivals.
    months_to_fill, months_to_productivity : int
        Before a post is filled, and until a new coder works at full speed.
    plan_months : int
        Months to plan.
    """

    inpatient_per_day: float = 45.0
    outpatient_per_day: float = 300.0
    ed_per_day: float = 150.0
    ai_adoption: float = 0.5
    quality_target: float = 0.95
    shrinkage: float = 0.15
    loading: float = 0.35
    turnover: float = 0.20
    coders: float | None = None
    backlog_days: float = 3.0
    months_to_fill: int = 2
    months_to_productivity: int = 6
    plan_months: int = 12

    @property
    def volumes(self) -> dict[str, float]:
        """Records a working day by encounter type."""
        return {
            "inpatient": self.inpatient_per_day,
            "outpatient": self.outpatient_per_day,
            "ed": self.ed_per_day,
        }


def check_volumes(plan: DepartmentPlan) -> None:
    """Refuse a department without records.

    Raises
    ------
    WrongInput
        No volume is above 0.
    """
    if not any(plan.volumes.values()):
        raise WrongInput(
            "one of inpatient_per_day, outpatient_per_day and ed_per_day must be above 0; found "
            "0 for all. Put in the records that arrive on a working day."
        )


def staffing_inputs(
    tables: Tables, plan: DepartmentPlan, speeds: Iterable[StaffingInput]
) -> dict[str, StaffingInput]:
    """Gather every uncertain input by name: speeds, time lost, rework, the tool, denials.

    Parameters
    ----------
    tables : mapping of DataFrame
        Processed tables guide_quality, automation_evidence, denials, guide_denials.
    plan : DepartmentPlan
        The planner's own figures.
    speeds : iterable of StaffingInput
        Records in 8 paid hours by encounter type (`coding_standards.coding_speeds`).
    """
    found = [
        *speeds,
        _planned("shrinkage", "Paid hours not coded in", plan.shrinkage, SHRINKAGE_SPREAD,
                 most=MOST_SHRINKAGE),
        _planned("accuracy", "Records right the first time", plan.quality_target, 0.0),
        StaffingInput(
            name="rework_time_share",
            label="Time to put a wrong record right, over the time to code it",
            range=REWORK_SHARE,
            unit="share",
            kind="assumption",
            verification="assumption",
            source="Assumption: no study is in hand",
        ),
        *_tool_inputs(tables),
        _planned("loading", "Benefits, taxes and overhead over the wage", plan.loading,
                 LOADING_SPREAD),
        *_denial_inputs(tables),
    ]  # fmt: skip
    return {each.name: each for each in found}


def schedule_of(inputs: Mapping[str, StaffingInput]) -> Schedule:
    """Put the inputs about time together."""
    return Schedule(shrinkage=inputs["shrinkage"].range)


def quality_of(inputs: Mapping[str, StaffingInput]) -> Quality:
    """Put the inputs about rework together."""
    return Quality(
        accuracy=inputs["accuracy"].range, rework_time_share=inputs["rework_time_share"].range
    )


def assistance_of(inputs: Mapping[str, StaffingInput], adoption: float) -> Assistance:
    """Put the inputs about the tool together."""
    return Assistance(
        adoption=adoption,
        routine_share=inputs["routine_share"].range,
        accuracy=inputs["tool_accuracy"].range,
        review_time_saving=inputs["review_time_saving"].range,
        penalty=inputs["wrong_proposal_penalty"].range,
    )


def _planned(
    name: str, label: str, value: float, spread: float, *, most: float = math.inf
) -> StaffingInput:
    """Return a figure of the planner, give or take `spread`, from 0 to at most `most`."""
    drawn = (
        Range(low=max(0.0, value - spread), high=min(most, value + spread), likely=value)
        if spread
        else Range.known(value)
    )
    return StaffingInput(
        name=name,
        label=label,
        range=drawn,
        unit="share",
        kind="assumption",
        verification="assumption",
        source="Assumption: a parameter of this report; put in your own figure",
        note=f"Taken to be known to {PERCENT * spread:.0f} percentage points." if spread else "",
    )


def _tool_inputs(tables: Tables) -> list[StaffingInput]:
    """Return what is claimed for tools that propose codes."""
    accuracy = rows_where(tables["guide_quality"], claim_id="ai-accuracy-routine").iloc[0]
    vendors = rows_where(tables["automation_evidence"], kind="vendor claim")
    saving = vendors[vendors["item"].str.startswith("CAC reduces manual coding time")]
    cited = cite(saving)
    return [
        StaffingInput(
            name="routine_share",
            label="Records simple enough for the tool, of those it sees",
            range=ROUTINE_SHARE,
            unit="share",
            kind="claim",
            verification="claim",
            source=ROUTINE_SHARE.source,
        ),
        StaffingInput(
            name="tool_accuracy",
            label="Proposals of the tool that are right",
            range=Range(low=accuracy["low"] / PERCENT, high=accuracy["high"] / PERCENT),
            unit="share",
            kind="guide",
            verification="claim",
            source=f"{GUIDE}, routine cases; no study named",
        ),
        StaffingInput(
            name="review_time_saving",
            label="Time saved by reviewing a right proposal",
            range=Range(
                low=float(saving["value_low"].item()) / PERCENT,
                high=float(saving["value_high"].item()) / PERCENT,
            ),
            unit="share",
            kind="claim",
            verification=cited.verification,
            source=f"{cited.source}, attributed to MGMA 2024",
        ),
        StaffingInput(
            name="wrong_proposal_penalty",
            label="Extra time after a wrong proposal, over the time to code",
            range=Range(low=0.0, high=0.5),
            unit="share",
            kind="assumption",
            verification="assumption",
            source="Assumption: from free to half as long again; no study is in hand",
        ),
    ]


def _denial_inputs(tables: Tables) -> list[StaffingInput]:
    """Return denial rate, share that coding could prevent, and cost of rework, of hospitals."""
    denials = tables["denials"]
    hospital = rows_where(denials, measure="initial denial rate, share of claims")
    older = rows_where(denials, measure="initial denial rate, share of CLAIMS")
    private = rows_where(denials, measure="initial denial rate, private payers")
    data = rows_where(denials, measure="cause of denial: missing or invalid claim data")
    papers = rows_where(denials, measure="cause of denial: medical documentation requested")
    fight = rows_where(denials, measure="cost of fighting a denial")
    appeal = rows_where(denials, measure="cost to rework / appeal a denied claim")
    rates, causes = cite(pd.concat([hospital, older, private])), cite(pd.concat([data, papers]))
    costs = cite(pd.concat([fight, appeal]))
    invalid, asked = _share(data), _share(papers)
    return [
        StaffingInput(
            name="denial_rate",
            label="Claims denied at first",
            range=Range(low=_share(older), high=_share(private), likely=_share(hospital)),
            unit="share",
            kind="industry survey",
            verification=rates.verification,
            source=rates.source,
            note="Shares of claims of hospitals; shares of charges and of marketplace plans are "
            "other things and are left out.",
        ),
        StaffingInput(
            name="coding_share",
            label="Denials that right coding would have prevented",
            range=Range(low=CODING_FLOOR * invalid, high=invalid + asked, likely=invalid),
            unit="share",
            kind="assumption",
            verification=causes.verification,
            source=causes.source,
            note="A proxy: denials for missing or invalid claim data; half of them at least "
            "(assumption), with those for documentation at most. Nobody publishes coding alone.",
        ),
        StaffingInput(
            name="rework_cost_usd",
            label="Cost to rework a denied claim",
            range=Range(
                low=float(fight["value_low"].item()), high=float(appeal["value_low"].item())
            ),
            unit="USD",
            kind="industry survey",
            verification=costs.verification,
            source=costs.source,
            note="Hospitals; $25 is a figure for practices, $181 has no owner.",
        ),
    ]


def _share(row: pd.DataFrame) -> float:
    """Return a percentage of one row as a share."""
    return float(row["value_low"].item()) / PERCENT
