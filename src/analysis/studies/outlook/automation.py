"""What automation would do to jobs and openings, year by year: scenarios, none a forecast.

Automation lowers the jobs that a volume of work needs. People leave anyway, so a fall slower
than turnover costs nobody the job they have: it costs the next person the opening.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.models.automation import labor_per_unit
from analysis.models.outlook import SeparationRates, stock_flow
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.lookup import Tables, assumed
from analysis.studies.official import published
from analysis.studies.outlook.fan import Fan, fan
from analysis.studies.outlook.scenarios import (
    AutomationScenario,
    automation_scenarios,
    check_automation,
    observed_growth,
    update_adoption,
)
from analysis.studies.part import Column, Part
from analysis.studies.projections import separation_rates

SOURCE = "own scenarios on BLS projections and separation rates"
FLOWS = ["jobs_change", "exits", "transfers", "openings", "layoffs"]
FEWEST_JOBS = 100  # of an area: fewer are one or two employers
LEVERS = (0.0, 0.5, 1.0)  # demand elasticities shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation(Part):
    """Jobs and openings under each scenario of automation.

    Parameters
    ----------
    table : DataFrame
        scenario, year, adoption (share of records that go through tools), labor_per_unit (base
        year = 1), baseline_jobs (without further automation), jobs, jobs_change, exits, transfers
        (people who leave in the year), openings (people hired), layoffs (jobs cut beyond what
        turnover absorbs). Flows are missing in the base year.
    chosen : str
        Name of the scenario asked for.
    inputs : Part
        scenario, input, value, source.
    summary : Part
        One row a scenario: what it assumes, and what it comes to in the last year.
    area_code : str
        Whose jobs these are: the nation's where those of the area are not published.
    """

    chosen: str
    inputs: Part = field(default_factory=Part)
    summary: Part = field(default_factory=Part)
    area_code: str

    @property
    def path(self) -> pd.DataFrame:
        """The rows of the chosen scenario."""
        if self.is_missing:
            return self.table
        return self.table[self.table["scenario"].eq(self.chosen)].reset_index(drop=True)

    @property
    def finding(self) -> str:
        """What the chosen scenario comes to, as a title."""
        rows = self.summary.table
        row = rows[rows["scenario"].eq(self.chosen)].iloc[0]
        jobs = "US jobs" if self.area_code == NATION else "jobs"
        size = wording.percent(abs(row["jobs_change_pct"]), decimals=0)
        moved = f"{'fall' if row['jobs_change_pct'] < 0 else 'rise'} {size}"
        borne = "no layoffs" if row["layoffs"] == 0 else "layoffs"
        given = "Without" if self.chosen == "none" else f"With {self.chosen}"
        year = int(self.table["year"].max())
        return f"{given} automation {jobs} {moved} by {year}, with {borne}"


def automation_path(
    tables: Tables,
    *,
    area: str = NATION,
    occupation: str = CODERS,
    horizon: int = 2034,
    scenario: str | AutomationScenario = "moderate",
    baseline: Fan | None = None,
    demand_elasticity: float | None = None,
) -> Automation:
    """Follow jobs, turnover and openings under automation to a horizon.

    Demand is the projection; what was automated by the base year is in it. BLS says its
    projection already allows for some such tools, so scenarios count part of the effect twice:
    they are no headline. When tools come into use is updated by each year since the base that
    OEWS has observed (`update_adoption`).

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or a metropolitan area; the nation's pace and rates are applied to its
        published employment. Where that is missing, the nation is shown, and `note` says so.
    occupation : str
        SOC code; the named scenarios are of coding alone.
    horizon : int
        Last year, within the latest projection.
    scenario : str or AutomationScenario
        "none", "conservative", "moderate", "aggressive", or one of your own.
    baseline : Fan or None
        Path without further automation (its scenario's); the BLS projection by default.
    demand_elasticity : float or None
        Percent more coding asked for where it costs 1 % less, at least 0; the assumption of the
        tables where None.

    Raises
    ------
    WrongInput
        Area, occupation, horizon or scenario unknown, or an elasticity below 0.

    Examples
    --------
    >>> from analysis import processed
    >>> result = automation_path(processed.Tables(), scenario="moderate")
    >>> int(result.path["year"].iloc[-1]), float(result.path["layoffs"].sum())
    (2034, 0.0)
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    check_automation(scenario)
    if demand_elasticity is None:
        demand_elasticity = assumed(tables, "outlook.demand_elasticity").likely or 0.0
    if not demand_elasticity >= 0:
        raise WrongInput(f"demand_elasticity must be at least 0; found {demand_elasticity}.")
    if baseline is None:
        baseline = fan(tables, occupation=occupation, horizon=horizon)
    rates = separation_rates(tables["separations"], occupation, period=baseline.period)
    chosen = scenario if isinstance(scenario, str) else scenario.name
    named = automation_scenarios(tables)
    if occupation != CODERS:
        named = {"none": named["none"]}
    if isinstance(scenario, AutomationScenario):
        named = {**named, chosen: scenario}
    reason = _why_not(title, baseline, rates)
    if not reason and chosen not in named:
        reason = f"Tools are described for coding alone, not for {title}."
    if reason or rates is None or baseline.spread is None:
        reason = reason or f"Errors of projections of {title} are not known."
        return Automation(reason=reason, source=SOURCE, chosen=chosen, area_code=place.code)
    national = baseline.table.set_index("year")["scenario_employment"]
    observed = observed_growth(tables["national_wages"], occupation, national.index)
    prior_error = assumed(tables, "outlook.adoption_midpoint_error").middle
    after = {
        name: update_adoption(
            item,
            national,
            observed,
            projection_error=baseline.spread.root_mean_square(1),
            prior_error=prior_error,
            demand_elasticity=demand_elasticity,
        )
        for name, item in named.items()
    }
    jobs = published(
        tables["wages"], "employment", occupation_code=occupation, area_code=place.code
    )
    if jobs.value is not None and jobs.value < FEWEST_JOBS:
        few = f"{place.name} has fewer than {FEWEST_JOBS} jobs: too few for scenarios."
        return Automation(reason=few, source=SOURCE, chosen=chosen, area_code=place.code)
    is_national = place.is_nation or jobs.value is None
    path = national if is_national else national * ((jobs.value or 0.0) / national.iloc[0])
    table = pd.concat(
        [
            scenario_path(path, rates, item, demand_elasticity=demand_elasticity)
            for item in after.values()
        ],
        ignore_index=True,
    )
    inputs = pd.DataFrame(
        [(name, *row) for name, item in named.items() for row in item.inputs],
        columns=["scenario", "input", "value", "source"],
    )
    return Automation(
        table=table,
        chosen=chosen,
        inputs=Part(
            table=inputs,
            columns={
                "scenario": "Scenario",
                "input": "Input",
                "value": Column("Value", "{:g}"),
                "source": "Source [verified]",
            },
            note=(
                f"Shares of records or of coding time. Demand elasticity: {demand_elasticity:g} "
                f"({assumed(tables, 'outlook.demand_elasticity').source.lower()})."
            ),
            source="as named in each row",
        ),
        summary=_summary(named, after, path, rates, national, observed, demand_elasticity),
        area_code=NATION if is_national else place.code,
        note=_note(place.name, is_nation=place.is_nation, is_national=is_national),
        source=SOURCE,
    )


def scenario_path(
    baseline_jobs: "pd.Series[float]",
    rates: SeparationRates,
    scenario: AutomationScenario,
    *,
    demand_elasticity: float = 0.0,
) -> pd.DataFrame:
    """Follow one scenario; see `Automation.table`.

    Parameters
    ----------
    baseline_jobs : Series of float
        Jobs without further automation; index year, without gaps.
    rates : SeparationRates
        Of the occupation.
    scenario : AutomationScenario
        What tools do.
    demand_elasticity : float
        See `models.automation.jobs_with_tools`.
    """
    adopted = scenario.adoption(baseline_jobs.index.to_numpy())
    flows = stock_flow(scenario.jobs(baseline_jobs, demand_elasticity=demand_elasticity), rates)
    return flows.assign(
        scenario=scenario.name,
        adoption=adopted,
        labor_per_unit=labor_per_unit(adopted, scenario.saved),
        baseline_jobs=baseline_jobs.to_numpy(),
    )[["scenario", "year", "adoption", "labor_per_unit", "baseline_jobs", "jobs", *FLOWS]]


def _summary(
    named: Mapping[str, AutomationScenario],
    after: Mapping[str, AutomationScenario],
    path: "pd.Series[float]",
    rates: SeparationRates,
    national: "pd.Series[float]",
    observed: pd.DataFrame,
    demand_elasticity: float,
) -> Part:
    """Sum up each scenario in a row; see `Automation.summary`."""
    rows = []
    for name, item in after.items():
        flows = scenario_path(path, rates, item, demand_elasticity=demand_elasticity)
        first, last = flows.iloc[0], flows.iloc[-1]
        falls = float(-flows["jobs_change"].clip(upper=0).sum())
        layoffs = float(flows["layoffs"].sum())
        answers = {
            f"openings_at_{elasticity:g}": float(
                scenario_path(path, rates, item, demand_elasticity=elasticity)["openings"].iloc[-1]
            )
            for elasticity in LEVERS
        }
        rows.append(
            {
                "scenario": name,
                "saved_pct": 100 * item.saved,
                "midpoint_assumed": named[name].adoption_midpoint,
                "midpoint_updated": item.adoption_midpoint,
                "adoption_pct": 100 * float(last["adoption"]),
                "jobs_change_pct": 100 * float(last["jobs"] / first["jobs"] - 1),
                "layoffs": layoffs,
                "absorbed_by_turnover_pct": 100 * (1 - layoffs / falls) if falls > 0 else np.nan,
                "openings": float(last["openings"]),
                **answers,
                "first_year_miss": _first_year_miss(named[name], national, observed),
            }
        )
    table = pd.DataFrame(rows)
    is_none = table["scenario"].eq("none")
    midpoints = ["midpoint_assumed", "midpoint_updated"]
    table[midpoints] = table[midpoints].mask(is_none)
    year = int(path.index[-1])
    seen = "" if observed.empty else f" of {int(observed['year'].iloc[0])}"
    return Part(
        table=table,
        columns={
            "scenario": "Scenario",
            "saved_pct": "Time saved on a record that goes through the tool",
            "midpoint_assumed": Column("Half adopted, assumed", "{:.0f}"),
            "midpoint_updated": Column("after the observed years", "{:.1f}"),
            "adoption_pct": Column(f"Records through it in {year}", _whole_percent),
            "jobs_change_pct": Column(
                f"Jobs to {year}", lambda pct: wording.signed(wording.percent(pct))
            ),
            "layoffs": Column("Layoffs", _hundreds),
            **{
                f"openings_at_{elasticity:g}": Column(
                    f"Openings in {year}, demand elasticity {elasticity:g}", _hundreds
                )
                for elasticity in LEVERS
            },
            "first_year_miss": Column(f"Growth{seen} off by, sampling errors", "{:.1f}"),
        },
        note=(
            "The tool saves what it saves on the staffing page. BLS already allows for some AI "
            "tools, so part of every effect counts twice. Demand elasticity: percent more coding "
            "asked for where it costs 1% less; the scenarios themselves take "
            f"{demand_elasticity:g}."
        ),
        source=SOURCE,
    )


def _first_year_miss(
    scenario: AutomationScenario, national: "pd.Series[float]", observed: pd.DataFrame
) -> float:
    """Return the observed less the scenario's growth of the first year, in sampling errors."""
    if observed.empty:
        return np.nan
    first = observed.iloc[0]
    jobs = scenario.jobs(national, demand_elasticity=0.0).to_numpy()
    return float((first["log_growth"] - np.log(jobs[1] / jobs[0])) / first["standard_error"])


def _why_not(title: str, baseline: Fan, rates: SeparationRates | None) -> str:
    """Say what is lacking to follow automation; empty when nothing is."""
    if baseline.is_missing:
        return baseline.reason
    if baseline.table["scenario_employment"].isna().any():
        return f"There is no {baseline.scenario} path for {title}: {baseline.note}"
    if rates is None:
        return f"BLS separation rates of {title} for {baseline.period} are not available."
    return ""


def _note(name: str, *, is_nation: bool, is_national: bool) -> str:
    """Say what scenarios are, and whose jobs they show."""
    notes = [
        "Scenarios, not forecasts: inputs are vendors' and the guide's figures and assumptions. "
        "BLS already allows for some AI tools, so part of the effect counts twice."
    ]
    if not is_nation and is_national:
        notes.append(f"Employment in {name} is not published: jobs of the United States are shown.")
    elif not is_nation:
        notes.append(f"National growth and separation rates applied to employment in {name}.")
    return " ".join(notes)


def _whole_percent(share: float) -> str:
    return wording.percent(share, decimals=0)


def _hundreds(people: float) -> str:
    return wording.count(round(people, -2))
