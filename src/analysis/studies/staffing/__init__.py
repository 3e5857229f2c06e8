"""How many coders a volume of records needs, and what their work costs."""

from analysis.studies.staffing.plan import DepartmentPlan
from analysis.studies.staffing.study import Department

study = Department

__all__ = ["Department", "DepartmentPlan", "study"]
