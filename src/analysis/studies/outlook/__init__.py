"""How many jobs, where, and how many openings: the outlook of an occupation."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.outlook.automation import Automation, automation_path
    from analysis.studies.outlook.fan import Fan, fan
    from analysis.studies.outlook.openings import Openings, openings, projections_by_vintage
    from analysis.studies.outlook.scenarios import AutomationScenario, automation_scenarios
    from analysis.studies.outlook.study import Outlook
else:
    load_when_used(__name__)

__all__ = [
    "Automation",
    "AutomationScenario",
    "Fan",
    "Openings",
    "Outlook",
    "automation_path",
    "automation_scenarios",
    "fan",
    "openings",
    "projections_by_vintage",
]
