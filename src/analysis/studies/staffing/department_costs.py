"""What coding costs a department: a record, a year's pay, denials it could prevent."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, MIDDLE_OF_DRAWS, SIMULATED
from analysis.models.staffing.coding_costs import (
    DenialCase,
    DenialCost,
    LabourCost,
    cost_per_record,
    denial_cost,
)
from analysis.models.staffing.staffing_need import StaffingNeed
from analysis.studies.lookup import Tables
from analysis.studies.part import Part
from analysis.studies.staffing.coding_standards import ENCOUNTER_TYPES
from analysis.studies.staffing.department_need import SPEED, Inputs
from analysis.studies.staffing.staffing_inputs import GUIDE, DepartmentPlan

WORKING_DAYS_PER_YEAR = 260  # 52 weeks of 5 days, as the volumes have it
USED = (
    "initial denial rate, share of claims",
    "initial denial rate, share of CLAIMS",
    "initial denial rate, private payers",
    "cause of denial: missing or invalid claim data",
    "cause of denial: medical documentation requested",
    "cost of fighting a denial",
    "cost to rework / appeal a denied claim",
)
BESIDE = (
    "initial denial rate, share of CHARGES",
    "all claims denied",
    "average denial rate, most practices",
    "denials potentially avoidable",
    "cost to rework a denied claim",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordCosts(Part):
    """Labour in one coded record, by encounter type.

    Parameters
    ----------
    table : DataFrame
        encounter_type, cost_usd, low_usd, high_usd, year_usd (its records of a year).
    by_type : mapping of Estimate
        By encounter type, USD a record; empty where the wage is missing.
    payroll : Estimate
        USD a year for the need.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "encounter_type": "Encounter",
            "cost_usd": "A coded record",
            "low_usd": "from",
            "high_usd": "to",
            "year_usd": "A year of them",
        }
    )

    by_type: Mapping[str, Estimate]
    payroll: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialFigures(Part):
    """Every published figure about denials that bears on coding, used or set beside.

    Parameters
    ----------
    table : DataFrame
        measure, amount (worded with its unit), period, is_used, origin (source and mark).
    cost : DenialCost
        A year's denials and what those that coding could prevent cost.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "measure": "Figure",
            "amount": "Value",
            "period": "Of",
            "is_used": "Used here",
            "origin": "Source [verified]",
        }
    )

    cost: DenialCost


def record_costs(
    inputs: Inputs,
    plan: DepartmentPlan,
    need: StaffingNeed,
    wage: Estimate,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> RecordCosts:
    """Cost the labour in a coded record of each type, before rework and without the tool.

    Parameters
    ----------
    wage : Estimate
        Median of the area, USD a year; where it is missing, so are the costs.
    """
    unit, source = "USD a year", f"{SIMULATED}; {wage.source}, {wage.year}"
    if wage.value is None:
        reason = f"Costs need a wage, and there is none: {wage.note}"
        missing = Estimate(value=None, unit=unit, source=wage.source, kind="simulation",
                           note=reason)  # fmt: skip
        return RecordCosts(table=pd.DataFrame(), reason=reason, by_type={}, payroll=missing)
    by_type = {
        name: cost_per_record(
            LabourCost(
                wage_usd=wage.value,
                load_share=inputs["loading"].range,
                records_per_8_hours=inputs[f"{SPEED}{name}"].range,
                shrinkage=inputs["shrinkage"].range,
            ),
            draws=draws,
            seed=seed,
        )
        for name in ENCOUNTER_TYPES
    }
    rows = [
        {
            "encounter_type": ENCOUNTER_TYPES[name],
            "cost_usd": cost.value,
            "low_usd": cost.low,
            "high_usd": cost.high,
            "year_usd": (cost.value or 0.0) * plan.volumes[name] * WORKING_DAYS_PER_YEAR,
        }
        for name, cost in by_type.items()
    ]
    loaded = wage.value * (1 + inputs["loading"].range.middle)
    return RecordCosts(
        table=pd.DataFrame(rows),
        by_type=by_type,
        payroll=Estimate(
            value=loaded * (need.fte.value or 0.0),
            low=loaded * (need.fte.low or 0.0),
            high=loaded * (need.fte.high or 0.0),
            unit=unit,
            source=source,
            kind="simulation",
            note="Limits of the coders needed; wage and loading at their middle.",
            limits=MIDDLE_OF_DRAWS,
        ),
        source=source,
        note=(
            f"Median wage of {wage.value:,.0f} USD with benefits, taxes and overhead on top "
            "(assumption). Before rework and without the tool; who codes inpatient records is "
            "often paid more than the median."
        ),
    )


def denial_figures(
    tables: Tables, inputs: Inputs, plan: DepartmentPlan, *, draws: int = DRAWS, seed: int = 0
) -> DenialFigures:
    """Cost a year's denials that coding could prevent, beside every figure that bears on it.

    One claim a record (assumption), over 260 working days.
    """
    records = sum(plan.volumes.values()) * WORKING_DAYS_PER_YEAR
    cost = denial_cost(
        DenialCase(
            claims_per_year=records,
            denial_rate=inputs["denial_rate"].range,
            coding_share=inputs["coding_share"].range,
            rework_cost_usd=inputs["rework_cost_usd"].range,
        ),
        draws=draws,
        seed=seed,
    )
    denials = tables["denials"]
    rows = denials[denials["measure"].isin([*USED, *BESIDE])]
    guide = tables["guide_denials"]
    rate = guide[guide["kind"].eq("rate")].dropna(subset=["low_pct"])
    published = pd.DataFrame(
        {
            "measure": rows["measure"],
            "amount": rows["unit"].map(_sign) + rows["value_text"] + rows["unit"].map(_unit),
            "period": rows["period"].fillna("undated"),
            "is_used": rows["measure"].isin(USED),
            "origin": rows["source_title"] + " [" + rows["verification"] + "]",
        }
    )
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
    table = pd.concat([published, guided], ignore_index=True)
    order = table["is_used"].map({True: 0, False: 1})
    return DenialFigures(
        table=table.loc[order.sort_values(kind="stable").index].reset_index(drop=True),
        cost=cost,
        source="as named in each row",
        note=(
            "Rates count claims, charges or a payer's plans and do not compare. Most are vendors' "
            "figures. Revenue never recovered is not in the cost."
        ),
    )


def _sign(unit: str) -> str:
    """Return what stands before a published figure."""
    return "$" if unit.startswith("USD") else ""


def _unit(unit: str) -> str:
    """Return what stands after a published figure."""
    if unit.startswith("USD"):
        return " a claim"
    return "% of denials" if "denials" in unit else "%"
