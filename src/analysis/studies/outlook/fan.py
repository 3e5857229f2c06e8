"""How far a projection may be off, by how far earlier ones were."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import norm

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.projection_error import (
    Spread,
    chosen_spread,
    compare_forecasts,
    compare_shapes,
    held_out_coverage,
)
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS
from analysis.studies.outlook.openings import (
    TEN_YEAR_TOTAL,
    YEARS,
    projections_by_vintage,
)
from analysis.studies.outlook.record import GROWTH, Record, record
from analysis.studies.part import Column, Part

ScenarioName = Literal["low", "baseline", "high"]
SCENARIOS: Mapping[str, float] = MappingProxyType({"low": 0.25, "baseline": 0.5, "high": 0.75})
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
SOURCE = "BLS, Employment Projections; width from the back-test"
SCENARIO_MEANING = (
    "baseline is the BLS projection; low and high are the quarters of the fan: if errors are as "
    "they were, employment ends below low one time in four, above high one time in four"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fan(Part):
    """The latest projection to a horizon, with the spread that past errors suggest; national.

    Parameters
    ----------
    table : DataFrame
        year (from the base year), p05, p25, p50, p75, p95 (jobs, the self-employed included; p50
        is the BLS projection at the pace that compounds to it), scenario_employment (the path of
        the chosen scenario). Without a track record only p50 and the baseline are filled.
    spread : Spread or None
        None where there is no track record.
    spreads : DataFrame
        shape, log_error_first_year, held_out_log_score (mean log density of the cases of an
        occupation under the spread of the others; higher is better), is_chosen.
    coverage : DataFrame
        occupation_code, n_cases, cover_50_pct, cover_90_pct: how often the outcome fell within
        the interval that the other occupations' errors gave. The last two rows are "all cases"
        and "mean of occupations", in which those with many cases do not weigh more.
    benchmarks : DataFrame
        forecast, n_cases, log_error_first_year, cover_50_pct, cover_90_pct, crps: the projection
        and the two naive forecasts, each with a spread of its own; see `compare_forecasts`.
    scenario : str
        "low", "baseline" or "high".
    base_employment, projected_employment : float or None
        Jobs at the ends of the ten years; None where there is no projection.
    """

    spread: Spread | None
    spreads: pd.DataFrame
    coverage: pd.DataFrame
    benchmarks: pd.DataFrame
    scenario: str
    base_employment: float | None = None
    projected_employment: float | None = None

    @property
    def covered(self) -> Part:
        """How often outcomes fell within the bands, each occupation left out in turn."""
        return Part(
            table=self.coverage,
            reason=(
                self.reason or "There is no track record to test the bands on."
                if self.coverage.empty
                else ""
            ),
            note=self.note,
            source=self.source,
            columns={
                "occupation_code": "Left out",
                "n_cases": "Cases",
                "cover_50_pct": Column("Within the band for half", _whole_percent),
                "cover_90_pct": Column("Within the band for 90%", _whole_percent),
            },
        )

    @property
    def at_horizon(self) -> Estimate:
        """Employment in the last year: the scenario's path with the 90 % interval of the fan."""
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


def fan(
    tables: Mapping[str, pd.DataFrame],
    *,
    occupation: str = CODERS,
    horizon: int = 2034,
    scenario: ScenarioName = "baseline",
    past: Record | None = None,
) -> Fan:
    """Lay the latest projection out by year, as wide as past projections were wrong.

    The width is pooled over every occupation in hand and its like-for-like cases. Whether errors
    grow with the horizon or with its square root is decided by which foretold the errors of each
    occupation better from those of the others. Errors are taken as normal in logs and centred on
    the projection: the record is too thin to correct it.

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
    past : Record or None
        The track record, when already at hand.

    Raises
    ------
    WrongInput
        Occupation or scenario unknown, or horizon out of range.

    Examples
    --------
    >>> from analysis import processed
    >>> path = fan(processed.Tables()).table
    >>> path["p50"].iloc[[0, -1]].round().tolist()
    [194800.0, 208600.0]
    """
    check_scenario(scenario)
    check_horizon(tables["projections"], horizon)
    vintages = projections_by_vintage(tables, occupation=occupation)
    past = record(tables) if past is None else past
    usable = past.table[past.table["is_like_for_like"]] if len(past.table) else past.table
    spreads = compare_shapes(usable)
    if vintages.is_missing:
        return Fan(
            table=pd.DataFrame(),
            reason=vintages.reason,
            spread=None,
            spreads=spreads,
            coverage=pd.DataFrame(),
            benchmarks=pd.DataFrame(),
            scenario=scenario,
        )
    latest = vintages.table.iloc[-1]
    base, projected = float(latest["base_employment"]), float(latest["projected_employment"])
    spread = None if occupation == ALL_OCCUPATIONS else chosen_spread(usable, spreads)
    years = np.arange(horizon - int(latest["base_year"]) + 1)
    path = base * (projected / base) ** (years / YEARS)
    quantiles = {
        f"p{round(100 * share):02d}": path * _shift(spread, years, share) for share in QUANTILES
    }
    return Fan(
        table=pd.DataFrame(
            {
                "year": years + int(latest["base_year"]),
                **quantiles,
                "scenario_employment": path * _shift(spread, years, SCENARIOS[scenario]),
            }
        ),
        spread=spread,
        spreads=spreads,
        coverage=held_out_coverage(usable, spread),
        benchmarks=pd.DataFrame()
        if spread is None
        else compare_forecasts(usable, GROWTH, exponent=spread.exponent),
        scenario=scenario,
        base_employment=base,
        projected_employment=projected,
        note=_note(str(latest["projection_period"]), spread),
        source=SOURCE,
    )


def scenario_growth_pct(fan: Fan) -> float | None:
    """Return the growth over ten years of the fan's scenario; None where it has no path.

    Examples
    --------
    >>> from analysis import processed
    >>> round(scenario_growth_pct(fan(processed.Tables())), 2)
    7.08
    """
    if fan.base_employment is None or fan.projected_employment is None:
        return None
    shift = float(_shift(fan.spread, np.array([YEARS]), SCENARIOS[fan.scenario])[0])
    growth = 100 * (fan.projected_employment / fan.base_employment * shift - 1)
    return None if np.isnan(growth) else growth


def check_scenario(scenario: str) -> None:
    """Raise unless the scenario has a name that is known.

    Raises
    ------
    WrongInput
        It has not.
    """
    if scenario not in SCENARIOS:
        raise WrongInput(f"scenario must be one of {', '.join(SCENARIOS)}; found {scenario!r}.")


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


def _shift(spread: Spread | None, years: NDArray[np.int64], share: float) -> NDArray[np.float64]:
    """Return the factor from the path to a quantile of the fan; missing without a record."""
    if share == 0.5:
        return np.ones(years.shape)
    if spread is None:
        return np.where(years == 0, 1.0, np.nan)
    factor: NDArray[np.float64] = np.exp(
        norm.ppf(share) * spread.log_error_first_year * years**spread.exponent
    )
    return factor


def _whole_percent(share: float) -> str:
    """Write a share of few cases."""
    return wording.percent(share, decimals=0)


def _note(period: str, spread: Spread | None) -> str:
    """Say what the fan is and what it rests on."""
    if spread is None:
        return (
            f"The BLS projection {period}, without a fan: its record is of single occupations. "
            f"{TEN_YEAR_TOTAL}"
        )
    return (
        f"The BLS projection {period}. The width is how far the pace of earlier projections was "
        f"off: {spread.n_cases} cases of {spread.n_occupations} occupations, at most "
        f"{spread.longest_horizon} years old; beyond that it is carried on. Scenarios: "
        f"{SCENARIO_MEANING}. {TEN_YEAR_TOTAL}"
    )
