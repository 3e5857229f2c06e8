"""How many jobs, where, and how many openings: the outlook of an occupation."""

from analysis.models.outlook import SeparationRates, annual_openings, stock_flow
from analysis.studies.history import History, history
from analysis.studies.industries import Industries, industries
from analysis.studies.outlook.age_structure import AgeStructure, age_structure
from analysis.studies.outlook.ai_exposure import Exposure, exposure
from analysis.studies.outlook.automation import Automation, automation_path
from analysis.studies.outlook.automation_scenarios import AutomationScenario, automation_scenarios
from analysis.studies.outlook.demand import DemandDrivers, demand_drivers
from analysis.studies.outlook.occupation_outlook import Outlook
from analysis.studies.outlook.openings import Openings, openings
from analysis.studies.outlook.outlook_study import study
from analysis.studies.outlook.projection_fan import Fan, fan, scenario_growth_pct
from analysis.studies.outlook.projection_record import Record, record
from analysis.studies.outlook.projection_vintages import Vintages, projections_by_vintage
from analysis.studies.places import States, states
from analysis.studies.projections import separation_rates

__all__ = [
    "AgeStructure",
    "Automation",
    "AutomationScenario",
    "DemandDrivers",
    "Exposure",
    "Fan",
    "History",
    "Industries",
    "Openings",
    "Outlook",
    "Record",
    "SeparationRates",
    "States",
    "Vintages",
    "age_structure",
    "annual_openings",
    "automation_path",
    "automation_scenarios",
    "demand_drivers",
    "exposure",
    "fan",
    "history",
    "industries",
    "openings",
    "projections_by_vintage",
    "record",
    "scenario_growth_pct",
    "separation_rates",
    "states",
    "stock_flow",
    "study",
]
