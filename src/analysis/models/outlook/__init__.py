"""How many jobs, where, and how many openings: the outlook of an occupation."""

from analysis.models.outlook.age_structure import AgeStructure, age_structure
from analysis.models.outlook.ai_exposure import Exposure, exposure
from analysis.models.outlook.automation import Automation, automation_path
from analysis.models.outlook.automation_scenarios import AutomationScenario, automation_scenarios
from analysis.models.outlook.demand import DemandDrivers, demand_drivers
from analysis.models.outlook.employment_history import History, history
from analysis.models.outlook.industry_mix import Industries, industries
from analysis.models.outlook.occupation_outlook import Outlook
from analysis.models.outlook.openings import Openings, annual_openings, openings
from analysis.models.outlook.outlook_study import study
from analysis.models.outlook.projection_fan import Fan, fan, scenario_growth_pct
from analysis.models.outlook.projection_record import Record, record
from analysis.models.outlook.projection_vintages import Vintages, projections_by_vintage
from analysis.models.outlook.state_comparison import States, states
from analysis.models.turnover import SeparationRates, separation_rates, stock_flow

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
