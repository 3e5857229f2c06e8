"""Scenarios of automation: what tools save, when they come into use, and what has been observed."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from analysis.errors import WrongInput
from analysis.models.automation import (
    adoption,
    jobs_with_tools,
    labor_per_unit,
    time_saved,
    updated,
)
from analysis.studies.lookup import Tables, assumed
from analysis.studies.tools import INPUTS, guided_tool, vendor_tool

NAMES = ("none", "conservative", "moderate", "aggressive")
GRID = np.arange(-12.0, 12.5, 0.5)  # years about the assumed midpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomationScenario:
    """What tools may do to the work, and when; see `models.automation`.

    Parameters
    ----------
    name : str
        Of the scenario.
    saved : float
        Share of coding time saved on the records that go through the tool; at most 1, below 0
        where the tool costs time.
    adoption_ceiling : float
        Share of records that will in the end go through it, 0 to 1.
    adoption_midpoint : float
        Year in which half of the ceiling is reached.
    adoption_growth : float
        Steepness of the curve a year, above 0.
    inputs : tuple of (str, float, str)
        What the numbers were made from: name, value, source.

    Raises
    ------
    WrongInput
        A value lies outside its range.

    Examples
    --------
    >>> own = AutomationScenario(name="own", saved=0.2, adoption_ceiling=1.0,
    ...                          adoption_midpoint=2030, adoption_growth=0.4)
    >>> own.adoption([2030]).tolist()
    [0.5]
    """

    name: str
    saved: float
    adoption_ceiling: float
    adoption_midpoint: float
    adoption_growth: float
    inputs: tuple[tuple[str, float, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.saved <= 1:
            raise WrongInput(f"saved of scenario {self.name!r} must be at most 1: {self.saved}.")
        if not 0 <= self.adoption_ceiling <= 1:
            raise WrongInput(
                f"adoption_ceiling of scenario {self.name!r} must lie in 0 to 1: "
                f"{self.adoption_ceiling}."
            )
        if not self.adoption_growth > 0:
            raise WrongInput(
                f"adoption_growth of scenario {self.name!r} must be above 0: "
                f"{self.adoption_growth}."
            )

    def adoption(self, years: ArrayLike) -> NDArray[np.float64]:
        """Return the share of records that go through the tool, 0 to 1."""
        return adoption(
            years,
            ceiling=self.adoption_ceiling,
            midpoint=self.adoption_midpoint,
            growth=self.adoption_growth,
        )

    def jobs(self, baseline: "pd.Series[float]", *, demand_elasticity: float) -> "pd.Series[float]":
        """Return the jobs needed; `baseline` is without further tools, its index the year."""
        labor = labor_per_unit(self.adoption(baseline.index.to_numpy()), self.saved)
        jobs = jobs_with_tools(baseline, labor, demand_elasticity=demand_elasticity)
        return pd.Series(jobs, index=baseline.index)


NO_AUTOMATION = AutomationScenario(
    name="none", saved=0.0, adoption_ceiling=0.0, adoption_midpoint=2030.0, adoption_growth=1.0
)


def automation_scenarios(tables: Tables) -> dict[str, AutomationScenario]:
    """Build the named scenarios of coding from the tables, in the order of `NAMES`.

    Conservative takes the guide's accuracy and a vendor's saving at the ends that save least,
    moderate in their middles, aggressive another vendor's figures in theirs. Ceiling and midpoint
    of adoption are assumptions, one row of `assumptions` each.

    Examples
    --------
    >>> from analysis import processed
    >>> scenarios = automation_scenarios(processed.Tables())
    >>> [round(scenario.saved, 3) for scenario in scenarios.values()]
    [0.0, 0.028, 0.067, 0.306]
    """
    guided, vendor = guided_tool(tables), vendor_tool(tables)
    scenarios = {"none": NO_AUTOMATION}
    for name, tool in zip(NAMES[1:], (guided, guided, vendor), strict=True):
        values = tool.least if name == "conservative" else tool.middle
        curve = {
            "ceiling": assumed(tables, f"outlook.adoption_ceiling.{name}"),
            "midpoint": assumed(tables, f"outlook.adoption_midpoint.{name}"),
            "growth": assumed(tables, "outlook.adoption_growth"),
        }
        scenarios[name] = AutomationScenario(
            name=name,
            saved=time_saved(**values),
            adoption_ceiling=curve["ceiling"].middle / 100,
            adoption_midpoint=curve["midpoint"].middle,
            adoption_growth=curve["growth"].middle,
            inputs=(
                *((label, values[key], getattr(tool, key).source) for key, label in INPUTS.items()),
                ("share of records through the tool in the end", curve["ceiling"].middle / 100,
                 curve["ceiling"].source),
                ("year half of that is reached", curve["midpoint"].middle,
                 curve["midpoint"].source),
                ("steepness of adoption a year", curve["growth"].middle, curve["growth"].source),
            ),
        )  # fmt: skip
    return scenarios


def check_automation(scenario: str | AutomationScenario) -> None:
    """Raise unless the scenario has a name that is known, or is one.

    Raises
    ------
    WrongInput
        It has not.
    """
    if isinstance(scenario, str) and scenario not in NAMES:
        raise WrongInput(f"automation must be one of {', '.join(NAMES)}; found {scenario!r}.")


def observed_growth(
    national_wages: pd.DataFrame, occupation: str, years: "pd.Index[int]"
) -> pd.DataFrame:
    """Return what OEWS has shown since the base year, a row a year from the second on.

    year, log_growth (over the year before), standard_error (of log_growth, the errors of the two
    years taken as independent). Empty where no later year is published.
    """
    rows = national_wages[national_wages["occupation_code"].eq(occupation)]
    rows = rows[rows["year"].isin(years)].dropna(subset=["employment", "employment_rse_pct"])
    rows = rows.sort_values("year")
    relative = rows["employment_rse_pct"] / 100
    found = pd.DataFrame(
        {
            "year": rows["year"],
            "log_growth": np.log(rows["employment"]).diff(),
            "standard_error": np.hypot(relative, relative.shift()),
        }
    )
    return found[rows["year"].diff().eq(1)].reset_index(drop=True)


def update_adoption(
    scenario: AutomationScenario,
    baseline_jobs: "pd.Series[float]",
    observed: pd.DataFrame,
    *,
    projection_error: float,
    prior_error: float,
    demand_elasticity: float = 0.0,
) -> AutomationScenario:
    """Move the midpoint of adoption to where the observed years leave it.

    The midpoint is normal about the assumed one before; each observed year of growth, with its
    sampling error and that of a projection one year old, makes midpoints likelier that say about
    as much. Returned is the scenario at the mean after that.

    Parameters
    ----------
    scenario : AutomationScenario
        As assumed.
    baseline_jobs : Series of float
        Jobs without further automation; index year.
    observed : DataFrame
        Of `observed_growth`.
    projection_error : float
        Standard deviation of the log error of a projection after one year.
    prior_error : float
        Years, one standard deviation of the assumed midpoint.
    demand_elasticity : float
        At least 0.
    """
    if observed.empty or scenario.saved == 0 or scenario.adoption_ceiling == 0:
        return scenario
    midpoints = scenario.adoption_midpoint + GRID
    prior = np.exp(-0.5 * (GRID / prior_error) ** 2)
    place = baseline_jobs.index.get_indexer(pd.Index(observed["year"]))
    misses = []
    for midpoint in midpoints:
        moved = replace(scenario, adoption_midpoint=float(midpoint))
        jobs = moved.jobs(baseline_jobs, demand_elasticity=demand_elasticity)
        misses.append(observed["log_growth"].to_numpy() - np.diff(np.log(jobs))[place - 1])
    weights = updated(
        prior / prior.sum(),
        np.array(misses),
        errors=np.hypot(observed["standard_error"].to_numpy(dtype=float), projection_error),
    )
    return replace(scenario, adoption_midpoint=float(weights @ midpoints))
