"""Methods for staffing a coding department: workload, need, hiring, backlog, queues, costs."""

from analysis.models.staffing.backlog import (
    BacklogCase,
    clearance_day,
    days_to_clear,
    simulate_backlog,
)
from analysis.models.staffing.coding_costs import (
    DenialCase,
    DenialCost,
    LabourCost,
    cost_per_record,
    denial_cost,
)
from analysis.models.staffing.hiring import HirePlan, plan_hires
from analysis.models.staffing.queueing import Queue, erlang_c, servers_for_service_level
from analysis.models.staffing.staffing_need import StaffingNeed, TypeNeed, required_fte
from analysis.models.staffing.workload import (
    NO_ASSISTANCE,
    Assistance,
    Productivity,
    Quality,
    Schedule,
    Volumes,
)

__all__ = [
    "NO_ASSISTANCE",
    "Assistance",
    "BacklogCase",
    "DenialCase",
    "DenialCost",
    "HirePlan",
    "LabourCost",
    "Productivity",
    "Quality",
    "Queue",
    "Schedule",
    "StaffingNeed",
    "TypeNeed",
    "Volumes",
    "clearance_day",
    "cost_per_record",
    "days_to_clear",
    "denial_cost",
    "erlang_c",
    "plan_hires",
    "required_fte",
    "servers_for_service_level",
    "simulate_backlog",
]
