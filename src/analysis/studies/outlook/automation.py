"""What automation would do to jobs and openings, year by year.

Automation lowers the jobs that a volume of work needs. People leave anyway, so a fall slower
than turnover costs nobody the job they have: it costs the next person the opening.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.models.outlook import SeparationRates, stock_flow
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.official import published
from analysis.studies.outlook.automation_scenarios import (
    NAMES,
    AutomationScenario,
    automation_scenarios,
)
from analysis.studies.outlook.fan import Fan, fan
from analysis.studies.part import Part
from analysis.studies.projections import separation_rates

SOURCE = "own scenarios on BLS projections and separation rates"
FLOWS = ("jobs_change", "exits", "transfers", "openings", "layoffs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Automation(Part):
    """Jobs and openings under each scenario of automation.

    Parameters
    ----------
    table : DataFrame
        scenario, year, adoption (share of work done with tools), labour_per_unit (base year = 1),
        baseline_jobs (without further automation), jobs, jobs_change, exits, transfers (people
        who leave in the year), openings (people hired), layoffs (jobs cut beyond what turnover
        absorbs), entry_openings (openings made of work a newcomer can do). Flows are missing in
        the base year.
    chosen : str
        Name of the scenario asked for.
    inputs : DataFrame
        scenario, input, value, source.
    area_code : str
        Whose jobs these are: the nation's where those of the area are not published.
    """

    chosen: str
    inputs: pd.DataFrame
    area_code: str

    @property
    def path(self) -> pd.DataFrame:
        """The rows of the chosen scenario."""
        if self.is_missing:
            return self.table
        return self.table[self.table["scenario"].eq(self.chosen)].reset_index(drop=True)

    @property
    def summary(self) -> pd.DataFrame:
        """One row a scenario: the change from the first to the last year, and who bears it.

        scenario, jobs_change, jobs_change_pct, absorbed_by_turnover_pct (share of all yearly
        falls met without layoffs; missing where jobs never fall), layoffs, openings_last_year,
        entry_openings_last_year, entry_openings_change_pct (last year against the same year
        without automation; missing where none is shown).
        """
        if self.is_missing:
            return pd.DataFrame()
        rows = [
            _summary(name, rows.reset_index(drop=True))
            for name, rows in self.table.groupby("scenario", sort=False)
        ]
        table = pd.DataFrame(rows)
        without = table.loc[table["scenario"].eq("none"), "entry_openings_last_year"]
        change = (
            np.nan
            if without.empty
            else 100 * (table["entry_openings_last_year"] / without.iloc[0] - 1)
        )
        return table.assign(entry_openings_change_pct=change)


def automation_path(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    horizon: int = 2034,
    scenario: str | AutomationScenario = "moderate",
    baseline: Fan | None = None,
) -> Automation:
    """Follow jobs, turnover and openings under automation to a horizon.

    Demand is the projection divided by the gain in productivity since the base year; what was
    automated by then is in the base. BLS says its projection already allows for some such tools,
    so scenarios may count part of the effect twice. Entry openings are openings times the share
    of exposed work still done by people, base year = 1: tools take routine work first, and that
    is what newcomers start on.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        "US", a postal code or a metropolitan area; the nation's pace and rates are applied to its
        published employment. Where that is missing, the nation is shown, and `note` says so.
    occupation : str
        SOC code.
    horizon : int
        Last year, within the latest projection.
    scenario : str or AutomationScenario
        "none", "conservative", "moderate", "aggressive", or one of your own.
    baseline : Fan or None
        Path without further automation (its scenario's); the BLS projection by default.

    Raises
    ------
    WrongInput
        Area, occupation, horizon or scenario unknown.

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
    named = automation_scenarios(tables, occupation=occupation)
    if baseline is None:
        baseline = fan(tables, occupation=occupation, horizon=horizon)
    rates = separation_rates(tables["separations"], occupation)
    if isinstance(scenario, AutomationScenario):
        named = {**named, scenario.name: scenario}
    chosen = scenario if isinstance(scenario, str) else scenario.name
    if reason := _why_not(title, baseline, rates, is_exposure_known=chosen in named):
        return _missing(reason, chosen=chosen, area_code=place.code)
    if rates is None:
        raise ValueError("rates are missing without a reason")
    jobs = published(
        tables["wages"], "employment", occupation_code=occupation, area_code=place.code
    )
    is_national = place.is_nation or jobs.value is None
    path = baseline.table.set_index("year")["scenario_employment"]
    if not is_national and jobs.value is not None:
        path = path * (jobs.value / path.iloc[0])
    return Automation(
        table=pd.concat(
            [scenario_path(path, rates, item) for item in named.values()], ignore_index=True
        ),
        chosen=chosen,
        inputs=pd.concat([item.to_frame() for item in named.values()], ignore_index=True),
        area_code=NATION if is_national else place.code,
        note=" ".join(
            (
                _note(place.name, is_nation=place.is_nation, is_national=is_national),
                _first_year(tables["national_wages"], occupation, path, rates, named[chosen]),
            )
        ).strip(),
        source=SOURCE,
    )


def check_automation(scenario: str | AutomationScenario) -> None:
    """Raise unless the scenario has a name that is known, or is one.

    Raises
    ------
    WrongInput
        It has not.
    """
    if isinstance(scenario, str) and scenario not in NAMES:
        raise WrongInput(f"automation must be one of {', '.join(NAMES)}; found {scenario!r}.")


def scenario_path(
    baseline_jobs: "pd.Series[float]", rates: SeparationRates, scenario: AutomationScenario
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
    """
    years = [int(year) for year in baseline_jobs.index]
    labour = np.array([scenario.labour_per_unit(year) for year in years])
    routine = np.array([scenario.routine_share_left(year) for year in years])
    relative = labour / labour[0]
    flows = stock_flow(baseline_jobs * relative, rates)
    return flows.assign(
        scenario=scenario.name,
        adoption=[scenario.adoption(year) for year in years],
        labour_per_unit=relative,
        baseline_jobs=baseline_jobs.to_numpy(),
        entry_openings=flows["openings"] * routine / routine[0],
    )[
        ["scenario", "year", "adoption", "labour_per_unit", "baseline_jobs", "jobs", *FLOWS,
         "entry_openings"]
    ]  # fmt: skip


def _summary(name: object, rows: pd.DataFrame) -> dict[str, object]:
    """Sum up one scenario."""
    first, last = rows.iloc[0], rows.iloc[-1]
    falls = float(-rows["jobs_change"].clip(upper=0).sum())
    layoffs = float(rows["layoffs"].sum())
    return {
        "scenario": name,
        "jobs_change": float(last["jobs"] - first["jobs"]),
        "jobs_change_pct": 100 * float(last["jobs"] / first["jobs"] - 1),
        "absorbed_by_turnover_pct": 100 * (1 - layoffs / falls) if falls > 0 else np.nan,
        "layoffs": layoffs,
        "openings_last_year": float(last["openings"]),
        "entry_openings_last_year": float(last["entry_openings"]),
    }


def _why_not(
    title: str, baseline: Fan, rates: SeparationRates | None, *, is_exposure_known: bool
) -> str:
    """Say what is lacking to follow automation; empty when nothing is."""
    if baseline.is_missing:
        return baseline.reason
    if baseline.table["scenario_employment"].isna().any():
        return f"There is no {baseline.scenario} path for {title}: {baseline.note}"
    if rates is None:
        return f"BLS separation rates of {title} are not in hand."
    if not is_exposure_known:
        return f"How far the tasks of {title} are exposed to automation is not in hand."
    return ""


def _missing(reason: str, *, chosen: str, area_code: str) -> Automation:
    """Give a result that says why there is none."""
    return Automation(
        table=pd.DataFrame(),
        reason=reason,
        source=SOURCE,
        chosen=chosen,
        inputs=pd.DataFrame(columns=["scenario", "input", "value", "source"]),
        area_code=area_code,
    )


def _note(name: str, *, is_nation: bool, is_national: bool) -> str:
    """Say what scenarios are, and whose jobs they show."""
    notes = [
        "Scenarios, not forecasts: inputs are the guide's claims, surveys and task labels. BLS "
        "already allows for some AI tools, so part of the effect may count twice."
    ]
    if not is_nation and is_national:
        notes.append(f"Employment in {name} is not published: the nation's jobs are shown.")
    elif not is_nation:
        notes.append(f"National growth and separation rates applied to employment in {name}.")
    return " ".join(notes)


def _first_year(
    national_wages: pd.DataFrame,
    occupation: str,
    path: "pd.Series[float]",
    rates: SeparationRates,
    scenario: AutomationScenario,
) -> str:
    """Hold the first year of a scenario against what OEWS has shown since; empty without it."""
    outcome = national_wages[national_wages["occupation_code"].eq(occupation)]
    jobs = outcome.dropna(subset=["employment"]).set_index("year")["employment"]
    base = int(path.index[0])
    if len(path) < 2 or base not in jobs.index or base + 1 not in jobs.index:
        return ""
    said = scenario_path(path, rates, scenario)["jobs"]
    return (
        f"Nationally OEWS employment changed by {100 * (jobs[base + 1] / jobs[base] - 1):+.1f}% "
        f"from {base} to {base + 1}; the scenario has {100 * (said[1] / said[0] - 1):+.1f}%."
    )
