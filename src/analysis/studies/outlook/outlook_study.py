"""How many jobs, where, and how many openings: the outlook of an occupation."""

from collections.abc import Mapping

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.history import history
from analysis.studies.industries import industries
from analysis.studies.official import published
from analysis.studies.outlook.age_structure import age_structure
from analysis.studies.outlook.ai_exposure import exposure
from analysis.studies.outlook.automation import automation_path
from analysis.studies.outlook.automation_scenarios import AutomationScenario
from analysis.studies.outlook.demand import demand_drivers
from analysis.studies.outlook.occupation_outlook import Outlook
from analysis.studies.outlook.openings import openings
from analysis.studies.outlook.projection_fan import ScenarioName, fan, scenario_growth_pct
from analysis.studies.outlook.projection_record import record
from analysis.studies.outlook.projection_vintages import projections_by_vintage
from analysis.studies.places import states


def study(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    horizon: int = 2034,
    scenario: ScenarioName = "baseline",
    automation: str | AutomationScenario = "moderate",
) -> Outlook:
    """Study the outlook of an occupation in an area.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or the code of a metropolitan area.
    occupation : str
        SOC code the wage table holds.
    horizon : int
        Last year looked at, within the latest projection.
    scenario : str
        "low", "baseline" or "high"; see `fan`.
    automation : str or AutomationScenario
        "none", "conservative", "moderate", "aggressive", or one of your own.

    Raises
    ------
    WrongInput
        A parameter is out of range or unknown; the message names it and says what is allowed.

    Examples
    --------
    >>> from analysis import processed
    >>> outlook = study(processed.Tables())
    >>> [(figure.name, figure.estimate.value) for figure in outlook.key_figures()][:3]
    [('employment', 194720.0), ('median_wage_usd', 51140.0), ('annual_openings', 14200.0)]
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    past = record(tables, occupation=occupation)
    ahead = fan(tables, occupation=occupation, horizon=horizon, scenario=scenario, past=past)

    def figure(measure: str) -> Estimate:
        return published(tables["wages"], measure, occupation_code=occupation, area_code=place.code)

    return Outlook(
        area=place,
        occupation_code=occupation,
        occupation_title=title,
        horizon=horizon,
        scenario=scenario,
        employment=figure("employment"),
        median_wage=figure("median_wage_usd"),
        jobs_per_1000=figure("jobs_per_1000"),
        location_quotient=figure("location_quotient"),
        history=history(tables, area=area, occupation=occupation),
        projections=projections_by_vintage(tables, occupation=occupation),
        openings=openings(
            tables,
            area=area,
            occupation=occupation,
            ten_year_growth_pct=None if scenario == "baseline" else scenario_growth_pct(ahead),
        ),
        industries=industries(tables, area=area, occupation=occupation),
        states=states(tables, occupation=occupation),
        record=past,
        fan=ahead,
        automation=automation_path(
            tables,
            area=area,
            occupation=occupation,
            horizon=horizon,
            scenario=automation,
            baseline=ahead,
        ),
        exposure=exposure(tables, occupation=occupation),
        demand=demand_drivers(tables),
        age=age_structure(tables, occupation=occupation),
    )
