"""How many coders a volume of records needs, and what their work costs: all parts in one study."""

from collections.abc import Mapping

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS
from analysis.studies.areas import CODERS, NATION, find_area
from analysis.studies.official import published
from analysis.studies.simulation_error import simulation_error
from analysis.studies.staffing.coding_queue import backlogs, coding_queue
from analysis.studies.staffing.coding_standards import coding_speeds, coding_standards
from analysis.studies.staffing.department import Department
from analysis.studies.staffing.department_costs import denial_figures, record_costs
from analysis.studies.staffing.department_hiring import hiring_plan
from analysis.studies.staffing.department_need import (
    Inputs,
    department_need,
    middle_fte,
    need_by_adoption,
    need_by_input,
    need_by_type,
    with_need,
)
from analysis.studies.staffing.staffing_assumptions import assumptions
from analysis.studies.staffing.staffing_inputs import DepartmentPlan, staffing_inputs
from analysis.studies.staffing.tool_accounts import coder_day, tool_accounts

VACANT_SHARE = 0.1  # of posts, where nobody says how many coders there are


def study(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    plan: DepartmentPlan | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Department:
    """Study how many coders a department needs, what they cost and whom to hire.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or the code of a metropolitan area: whose wages are paid.
    plan : DepartmentPlan, optional
        The department; by default a made-up one of a mid-size hospital.
    draws, seed : int
        Of the simulations; the same seed gives the same study.

    Raises
    ------
    WrongInput
        Area unknown, or no volume above 0.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables(), plan=DepartmentPlan(inpatient_per_day=0))
    >>> found.need.fte.low < found.need.fte.value < found.need.fte.high
    True
    """
    plan = plan or DepartmentPlan()
    place = find_area(tables["wages"], area)
    wage = published(
        tables["wages"], "median_wage_usd", occupation_code=CODERS, area_code=place.code
    )
    standards = coding_standards(tables)
    inputs = staffing_inputs(tables, plan, coding_speeds(standards))
    need = department_need(inputs, plan, draws=draws, seed=seed)
    fte = middle_fte(inputs, plan)
    coders = (1 - VACANT_SHARE) * fte if plan.coders is None else plan.coders
    hiring = hiring_plan(tables["separations"], plan, coders=coders, fte=fte)

    def headlines(other: int) -> dict[str, float]:
        return _headlines(tables, inputs, plan, wage, draws=draws, seed=other)

    return Department(
        area=place,
        plan=plan,
        need=need,
        wage=wage,
        by_type=need_by_type(need),
        by_adoption=need_by_adoption(inputs, plan, draws=draws, seed=seed),
        by_input=need_by_input(inputs, plan),
        standards=with_need(standards, inputs, plan),
        accounts=tool_accounts(tables, inputs, plan, draws=draws, seed=seed),
        day=coder_day(tables["guide_ai_time_shares"], need),
        queue=coding_queue(inputs, plan),
        backlogs=backlogs(inputs, plan, coders=coders, hires=hiring.table, leavers=hiring.unfilled),
        hiring=hiring,
        costs=record_costs(inputs, plan, need, wage, draws=draws, seed=seed),
        denials=denial_figures(tables, inputs, plan, draws=draws, seed=seed),
        assumptions=assumptions(inputs, plan, wage=wage, coders=coders),
        simulation=simulation_error(headlines, seed=seed),
    )


def _headlines(
    tables: Mapping[str, pd.DataFrame],
    inputs: Inputs,
    plan: DepartmentPlan,
    wage: Estimate,
    *,
    draws: int,
    seed: int,
) -> dict[str, float]:
    """Return the simulated headlines by the name of their key figure."""
    need = department_need(inputs, plan, draws=draws, seed=seed)
    costs = record_costs(inputs, plan, need, wage, draws=draws, seed=seed)
    denials = denial_figures(tables, inputs, plan, draws=draws, seed=seed)
    found = {
        "fte": need.fte,
        "fte_saved_by_tool": need.fte_saved,
        "payroll_usd": costs.payroll,
        "denial_cost_usd": denials.cost.cost,
        **({"inpatient_record_usd": costs.by_type["inpatient"]} if costs.by_type else {}),
    }
    return {name: float(each.value) for name, each in found.items() if each.value is not None}
