"""How many coders a volume of records needs, and what their work costs.

Start with `study`; each of its parts is a function of its own here.
"""

from analysis.models.ranges import Range
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
from analysis.studies.staffing.coding_standards import coding_standards
from analysis.studies.staffing.department import Department
from analysis.studies.staffing.staffing_inputs import DepartmentPlan
from analysis.studies.staffing.staffing_study import study

__all__ = [
    "NO_ASSISTANCE",
    "Assistance",
    "BacklogCase",
    "DenialCase",
    "DenialCost",
    "Department",
    "DepartmentPlan",
    "HirePlan",
    "LabourCost",
    "Productivity",
    "Quality",
    "Queue",
    "Range",
    "Schedule",
    "StaffingNeed",
    "TypeNeed",
    "Volumes",
    "clearance_day",
    "coding_standards",
    "cost_per_record",
    "days_to_clear",
    "denial_cost",
    "erlang_c",
    "plan_hires",
    "required_fte",
    "servers_for_service_level",
    "simulate_backlog",
    "study",
]
