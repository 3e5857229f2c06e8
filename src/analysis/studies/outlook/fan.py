"""How far a projection may be off, by how far earlier ones were."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.projection_error import Spread, held_out_coverage, measure_spread
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS
from analysis.studies.lookup import Tables
from analysis.studies.outlook.openings import (
    TEN_YEAR_TOTAL,
    YEARS,
    projections_by_vintage,
)
from analysis.studies.outlook.record import cases_of_size, size_in_words
from analysis.studies.part import Column, Part

ScenarioName = Literal["low", "baseline", "high"]
SCENARIOS: Mapping[str, float] = MappingProxyType({"low": 0.25, "high": 0.75})
NAMES = ("low", "baseline", "high")
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
SOURCE = "BLS, Employment Projections; width from past errors"
QUARTER = {"low": "lower", "high": "upper"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan(Part):
    """The latest projection to a horizon, with the spread of past errors; national.

    Parameters
    ----------
    table : DataFrame
        year (from the base year), bls_path (jobs, the self-employed included, at the pace that
        compounds to the projection), p05, p25, p50, p75, p95 (what so many percent of outcomes
        would not exceed, if errors are as they were), scenario_employment (the path of the
        scenario). Without a record of errors only bls_path and the baseline are filled.
    spread : Spread or None
        None where errors are not known.
    scenario : str
        "low", "baseline" or "high".
    period : str
        Of the projection: "2024-34".
    base_employment, projected_employment : float or None
        Jobs at the ends of the ten years; None where there is no projection.
    """

    spread: Spread | None
    scenario: str
    period: str = ""
    base_employment: float | None = None
    projected_employment: float | None = None

    @property
    def at_horizon(self) -> Estimate:
        """Employment in the last year: the scenario's path with the 90 % range of outcomes."""
        if self.is_missing:
            return Estimate(value=None, unit="jobs", note=self.reason, source=SOURCE, kind="model")
        last = self.table.iloc[-1]
        value, low, high = (last[name] for name in ("scenario_employment", "p05", "p95"))
        return Estimate(
            value=None if pd.isna(value) else float(value),
            low=None if pd.isna(low) else float(low),
            high=None if pd.isna(high) else float(high),
            unit="jobs",
            year=str(int(last["year"])),
            source=SOURCE,
            kind="model",
            note=self.note,
        )

    @property
    def finding(self) -> str:
        """What the path comes to in the last year, as a title."""
        end = self.at_horizon
        if self.scenario == "baseline":
            title = f"BLS expects {wording.count(end.value)} jobs in {end.year}"
        else:
            jobs = wording.count(None if end.value is None else _to_thousands(end.value))
            title = f"{self.scenario.capitalize()} scenario: {jobs} jobs in {end.year}"
        if end.low is None or end.high is None:
            return f"{title}; no range is known"
        low, high = (wording.count(_to_thousands(limit)) for limit in (end.low, end.high))
        return f"{title}; past misses suggest {low} to {high}"

    @property
    def growth_pct(self) -> float | None:
        """Growth of the scenario over the ten years of the projection; None without a path."""
        if self.base_employment is None or self.projected_employment is None:
            return None
        shift = float(_shift(self.spread, np.array([YEARS]), self.scenario)[0])
        growth = 100 * (self.projected_employment / self.base_employment * shift - 1)
        return None if np.isnan(growth) else growth


def fan(
    tables: Tables,
    *,
    occupation: str = CODERS,
    horizon: int = 2034,
    scenario: ScenarioName = "baseline",
) -> Fan:
    """Lay the latest projection out by year, as wide as past projections were wrong.

    The width is that of occupations of the same size: empirical quantiles of their errors, which
    grow with a power of the horizon (`models.projection_error`). The middle of the fan is the
    middle of outcomes, not the BLS path: projections of large occupations fell short on average.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code.
    horizon : int
        Last year of the fan; after the base year, not after the last year projected.
    scenario : str
        "baseline" is the BLS projection; "low" and "high" are the quarters of the fan: if errors
        are as they were, employment ends below the one and above the other one time in four each.

    Raises
    ------
    WrongInput
        Occupation or scenario unknown, or horizon out of range.

    Examples
    --------
    >>> from analysis import processed
    >>> path = fan(processed.Tables()).table
    >>> path["bls_path"].iloc[[0, -1]].round().tolist()
    [194800.0, 208600.0]
    """
    check_scenario(scenario)
    check_horizon(tables["projections"], horizon)
    vintages = projections_by_vintage(tables, occupation=occupation)
    if vintages.is_missing:
        return Fan(reason=vintages.reason, spread=None, scenario=scenario)
    latest = vintages.table.iloc[-1]
    base, projected = float(latest["base_employment"]), float(latest["projected_employment"])
    is_total = occupation == ALL_OCCUPATIONS
    spread = None if is_total else measure_spread(cases_of_size(tables, base))
    years = np.arange(horizon - int(latest["base_year"]) + 1)
    path = base * (projected / base) ** (years / YEARS)
    outcomes = {
        f"p{round(100 * share):02d}": path * _quantile(spread, years, share) for share in QUANTILES
    }
    return Fan(
        table=pd.DataFrame(
            {
                "year": years + int(latest["base_year"]),
                "bls_path": path,
                **outcomes,
                "scenario_employment": path * _shift(spread, years, scenario),
            }
        ),
        spread=spread,
        scenario=scenario,
        period=str(latest["projection_period"]),
        base_employment=base,
        projected_employment=projected,
        note=_note(latest, spread, scenario),
        source=SOURCE,
    )


def coverage(tables: Tables, fan: Fan) -> Part:
    """Show how often past outcomes fell within such a fan, each occupation left out in turn."""
    if fan.spread is None or fan.base_employment is None:
        return Part(reason=fan.reason or "No record of errors to test the fan on.")
    table = held_out_coverage(cases_of_size(tables, fan.base_employment))
    years = table["horizon_years"].astype("str").where(table["horizon_years"].notna(), "all")
    return Part(
        table=table.assign(years_on=years),
        columns={
            "years_on": "Years on",
            "n_cases": "Projections",
            "cover_50_pct": Column("Within the inner band (half)", _whole_percent),
            "cover_90_pct": Column("Within the outer band (90%)", _whole_percent),
        },
        note=(
            f"Occupations of {size_in_words(fan.base_employment)}; each was tested on the errors "
            f"of the others. Errors grow with the {fan.spread.exponent:.2f}th power of the years."
        ),
        source=SOURCE,
    )


def check_scenario(scenario: str) -> None:
    """Raise unless the scenario has a name that is known.

    Raises
    ------
    WrongInput
        It has not.
    """
    if scenario not in NAMES:
        raise WrongInput(f"scenario must be one of {', '.join(NAMES)}; found {scenario!r}.")


def check_horizon(projections: pd.DataFrame, horizon: int) -> None:
    """Raise unless the latest projections reach the horizon.

    Raises
    ------
    WrongInput
        It is not a year after the base year and up to the last year projected.
    """
    latest = projections.sort_values("base_year").iloc[-1]
    first, last = int(latest["base_year"]) + 1, int(latest["projected_year"])
    if isinstance(horizon, bool) or not isinstance(horizon, int | np.integer):
        raise WrongInput(f"horizon must be a year from {first} to {last}; found {horizon!r}.")
    if not first <= horizon <= last:
        raise WrongInput(
            f"horizon must be a year from {first} to {last}, the span of the latest projection "
            f"({latest['projection_period']}); found {horizon}. Errors of projections are measured "
            "for ten years at most."
        )


def _shift(
    spread: Spread | None, years: "np.ndarray[tuple[int], np.dtype[np.int64]]", scenario: str
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the factor from the BLS path to that of a scenario; missing without a record."""
    if scenario == "baseline":
        return np.ones(len(years))
    return _quantile(spread, years, SCENARIOS[scenario])


def _quantile(
    spread: Spread | None, years: "np.ndarray[tuple[int], np.dtype[np.int64]]", share: float
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Return the factor from the BLS path to a quantile of outcomes; missing without a record."""
    if spread is None:
        return np.where(years == 0, 1.0, np.nan)
    return np.exp(spread.log_error(years, share))


def _note(latest: "pd.Series[float]", spread: Spread | None, scenario: str) -> str:
    """Say what the path is and what the range rests on."""
    period = str(latest["projection_period"])
    if spread is None:
        return f"The BLS projection {period}, without a range. {TEN_YEAR_TOTAL}"
    what = (
        f"The BLS projection {period}."
        if scenario == "baseline"
        else f"{scenario.capitalize()} scenario of this report, not a BLS projection: the "
        f"{QUARTER[scenario]} quarter of past outcomes around it. BLS: "
        f"{wording.signed(wording.percent(float(latest['ten_year_growth_pct'])))} over {period}."
    )
    return (
        f"{what} Range: nine in ten outcomes, if errors are as in {spread.n_cases} past "
        f"projections of {spread.n_occupations} occupations of "
        f"{size_in_words(float(latest['base_employment']))}, up to {spread.longest_horizon} years "
        f"old. {TEN_YEAR_TOTAL}"
    )


def _to_thousands(jobs: float) -> float:
    """Round to a thousand, or to three digits where there are fewer than a hundred thousand."""
    return float(f"{jobs:.3g}") if jobs < 100_000 else round(jobs, -3)


def _whole_percent(share: float) -> str:
    """Write a share of some hundred cases."""
    return wording.percent(share, decimals=0)
