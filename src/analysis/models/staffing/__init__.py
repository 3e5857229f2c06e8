"""Methods for staffing a coding department: workload, worklist, hiring, backlog, queues, costs."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.models.staffing.backlog import simulate_backlog
    from analysis.models.staffing.costs import DenialCost, cost_per_record, denial_cost
    from analysis.models.staffing.hiring import plan_hires
    from analysis.models.staffing.queueing import Queue, erlang_c
    from analysis.models.staffing.worklist import Worklist, days_waiting, reserve_for_target
    from analysis.models.staffing.workload import Assistance, StaffingNeed, required_fte
else:
    load_when_used(__name__)

__all__ = [
    "Assistance",
    "DenialCost",
    "Queue",
    "StaffingNeed",
    "Worklist",
    "cost_per_record",
    "days_waiting",
    "denial_cost",
    "erlang_c",
    "plan_hires",
    "required_fte",
    "reserve_for_target",
    "simulate_backlog",
]
