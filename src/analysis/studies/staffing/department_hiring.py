"""The hires a department needs over the coming months, by how many people leave."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.staffing.hiring import HirePlan, plan_hires
from analysis.studies.areas import CODERS
from analysis.studies.part import Part
from analysis.studies.projections import separation_rates
from analysis.studies.staffing.staffing_inputs import DepartmentPlan

FIRST_MONTH_SPEED = 0.4  # assumption; no study of new coders is in hand
UNDERSTATED = (
    "The BLS rate counts those who leave the labour force or the occupation. Coders who change "
    "employer come on top, so it understates what a department sees."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HiringPlan(Part):
    """Hires month by month.

    Parameters
    ----------
    table : DataFrame
        As `plan_hires` returns it.
    unfilled : DataFrame
        The same with nobody hired.
    by_turnover : DataFrame
        turnover_pct, basis, hires, leavers, mean_gap_fte: over the months of the plan.
    coders, target : float
        Employed at the start, and wanted.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "month": "Month",
            "heads_start": "Coders at its start",
            "hires": "Hired",
            "leavers": "Leave (expected)",
            "heads_end": "at its end",
            "productive_fte": "Working at full speed, FTE",
            "gap_fte": "Short of the target",
        }
    )

    unfilled: pd.DataFrame
    by_turnover: pd.DataFrame
    coders: float
    target: float

    @property
    def hires(self) -> int:
        """People hired over the months of the plan."""
        return int(self.table["hires"].sum())


def hiring_plan(
    separations: pd.DataFrame, plan: DepartmentPlan, *, coders: float, fte: float
) -> HiringPlan:
    """Plan hires that bring a team to its need and keep it there.

    Parameters
    ----------
    separations : DataFrame
        The processed table of that name.
    plan : DepartmentPlan
        Turnover, months to fill a post and to full speed.
    coders : float
        Full-time coders employed now.
    fte : float
        The need; the target is the next whole coder.
    """
    target = math.ceil(fte)

    def planned(turnover: float, most: float | None = None) -> pd.DataFrame:
        return plan_hires(
            HirePlan(
                months=plan.plan_months,
                opening_heads=coders,
                target_heads=target,
                annual_separation_rate=turnover,
                months_to_productivity=plan.months_to_productivity,
                first_month_productivity=FIRST_MONTH_SPEED,
                months_to_fill=plan.months_to_fill,
                max_hires_per_month=most,
            )
        )

    rates = separation_rates(separations, CODERS)
    bases = {"this plan (assumption)": plan.turnover}
    if rates is not None:
        named = f"BLS, {rates.projection_period}: exits and transfers"
        bases = {named: rates.separation_rate} | bases
    months = {basis: planned(turnover) for basis, turnover in bases.items()}
    return HiringPlan(
        table=months["this plan (assumption)"],
        unfilled=planned(plan.turnover, most=0),
        by_turnover=pd.DataFrame(
            [
                {
                    "turnover_pct": 100 * bases[basis],
                    "basis": basis,
                    "hires": table["hires"].sum(),
                    "leavers": table["leavers"].sum(),
                    "mean_gap_fte": table["gap_fte"].mean(),
                }
                for basis, table in months.items()
            ]
        ),
        coders=coders,
        target=target,
        source="model; turnover as named",
        note=(
            f"From {coders:.1f} coders to {target}. Posts take {plan.months_to_fill} months to "
            f"fill; new coders start at {100 * FIRST_MONTH_SPEED:.0f}% of full speed and reach it "
            f"after {plan.months_to_productivity} months (assumptions)."
        ),
    )
