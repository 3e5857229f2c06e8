"""How many coders a volume of records needs, and what their work costs."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.staffing.plan import DepartmentPlan
    from analysis.studies.staffing.study import Department
    from analysis.studies.staffing.study import Department as study  # noqa: N813
else:
    load_when_used(__name__)

__all__ = ["Department", "DepartmentPlan", "study"]
