"""How far projections were off, and how that grows with their age."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from scipy.stats import norm

INTERVALS = (0.5, 0.9)
ALL_CASES, MEAN_OF_OCCUPATIONS = "all cases", "mean of occupations"
SHAPES: Mapping[str, float] = MappingProxyType({"square root of the horizon": 0.5, "horizon": 1.0})


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the error of a projection grows with its age.

    The standard deviation of the log of actual over projected employment after h years is
    `log_error_first_year` * h ** `exponent`.

    Parameters
    ----------
    log_error_first_year : float
        Root mean square of log error / h ** exponent; every occupation weighs the same, however
        many cases it has.
    exponent : float
        0.5 where errors of successive years are independent, 1 where the projected pace is wrong
        by the same amount every year.
    n_cases, n_occupations : int
        Measured on.
    longest_horizon : int
        Years; beyond them the spread is an extrapolation.
    """

    log_error_first_year: float
    exponent: float
    n_cases: int
    n_occupations: int
    longest_horizon: int

    def log_error(self, years: float) -> float:
        """Return the standard deviation of the log error after `years`; at least 0."""
        return self.log_error_first_year * float(years**self.exponent)


def measure_spread(cases: pd.DataFrame, *, exponent: float) -> Spread | None:
    """Measure how far projections were off; None without cases.

    Parameters
    ----------
    cases : DataFrame
        Rows of `Record.table`: occupation_code, horizon_years, log_error.
    exponent : float
        How errors grow with the horizon; see `Spread`.

    Examples
    --------
    An occupation missed by 0.02 after one year and 0.04 after two, another by 0.04 after two:
    0.02 a year both.

    >>> cases = pd.DataFrame({"occupation_code": ["a", "a", "b"],
    ...                       "horizon_years": [1, 2, 2], "log_error": [0.02, -0.04, 0.04]})
    >>> measure_spread(cases, exponent=1.0).log_error(10)
    0.2
    """
    if cases.empty:
        return None
    yearly = cases["log_error"] / cases["horizon_years"] ** exponent
    by_occupation = yearly.pow(2).groupby(cases["occupation_code"]).mean()
    return Spread(
        log_error_first_year=float(np.sqrt(by_occupation.mean())),
        exponent=exponent,
        n_cases=len(cases),
        n_occupations=len(by_occupation),
        longest_horizon=int(cases["horizon_years"].max()),
    )


def compare_shapes(cases: pd.DataFrame) -> pd.DataFrame:
    """Compare the ways errors may grow with the horizon; see `Fan.spreads`."""
    rows = []
    for shape, exponent in SHAPES.items():
        spread = measure_spread(cases, exponent=exponent)
        rows.append(
            {
                "shape": shape,
                "log_error_first_year": None if spread is None else spread.log_error_first_year,
                "held_out_log_score": _held_out_score(cases, exponent),
            }
        )
    table = pd.DataFrame(rows).astype(
        {"log_error_first_year": "float64", "held_out_log_score": "float64"}
    )
    score = table["held_out_log_score"]
    return table.assign(is_chosen=score.eq(score.max()))


def held_out_coverage(cases: pd.DataFrame, spread: Spread | None) -> pd.DataFrame:
    """Count how often outcomes fell within the interval measured on other occupations."""
    columns = ["occupation_code", "n_cases", "cover_50_pct", "cover_90_pct"]
    if spread is None:
        return pd.DataFrame(columns=columns)
    scores = cases["log_error"] / _held_out_errors(cases, spread.exponent)
    within = {
        f"cover_{round(100 * share)}_pct": 100.0 * scores.abs().le(norm.ppf(0.5 + share / 2))
        for share in INTERVALS
    }
    inside = pd.DataFrame({"occupation_code": cases["occupation_code"], "n_cases": 1, **within})
    inside = inside[scores.notna()]
    how = {"n_cases": "sum", "cover_50_pct": "mean", "cover_90_pct": "mean"}
    by_occupation = inside.groupby("occupation_code", as_index=False).agg(how)
    everyone = inside.drop(columns="occupation_code").agg(how).to_frame().T
    mean = by_occupation.drop(columns="occupation_code").agg(how).to_frame().T
    return pd.concat(
        [
            by_occupation,
            everyone.assign(occupation_code=ALL_CASES),
            mean.assign(occupation_code=MEAN_OF_OCCUPATIONS),
        ],
        ignore_index=True,
    )[columns].astype({"n_cases": "int64"})


def chosen_spread(cases: pd.DataFrame, spreads: pd.DataFrame) -> Spread | None:
    """Measure the spread of the shape that foretold best; None without cases."""
    chosen = spreads.loc[spreads["is_chosen"], "shape"]
    return None if chosen.empty else measure_spread(cases, exponent=SHAPES[chosen.iloc[0]])


def compare_forecasts(
    cases: pd.DataFrame, forecasts: Mapping[str, str], *, exponent: float
) -> pd.DataFrame:
    """Judge forecasts with their spread, each on the cases where all of them exist.

    Parameters
    ----------
    cases : DataFrame
        Rows of `Record.table`.
    forecasts : mapping of str
        Name to the column of growth it foretold, percent.
    exponent : float
        How errors grow with the horizon; see `Spread`.

    Returns
    -------
    DataFrame
        forecast, n_cases, log_error_first_year, cover_50_pct, cover_90_pct, crps (mean continuous
        ranked probability score of log growth, lower is better; a normal spread measured on the
        other occupations; Gneiting and Raftery 2007). Every occupation weighs the same.
    """
    common = cases.dropna(subset=list(forecasts.values()))
    rows = []
    for name, column in forecasts.items():
        judged = common.assign(
            log_error=np.log1p(common["actual_growth_pct"] / 100) - np.log1p(common[column] / 100)
        )
        spread = measure_spread(judged, exponent=exponent)
        if spread is None:
            continue
        coverage = held_out_coverage(judged, spread).set_index("occupation_code")
        rows.append(
            {
                "forecast": name,
                "n_cases": spread.n_cases,
                "log_error_first_year": spread.log_error_first_year,
                **coverage.loc[MEAN_OF_OCCUPATIONS, ["cover_50_pct", "cover_90_pct"]].to_dict(),
                "crps": _held_out_crps(judged, exponent),
            }
        )
    return pd.DataFrame(rows)


def normal_crps(score: "pd.Series[float]") -> "pd.Series[float]":
    """Return the continuous ranked probability score of a standard normal at `score`.

        z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)

    Examples
    --------
    >>> normal_crps(pd.Series([0.0])).round(4).tolist()
    [0.2337]
    """
    return score.mul(2 * norm.cdf(score) - 1).add(2 * norm.pdf(score) - 1 / np.sqrt(np.pi))


def _held_out_errors(cases: pd.DataFrame, exponent: float) -> "pd.Series[float]":
    """Return the error to expect of each case, by the other occupations; missing without any."""
    expected = pd.Series(np.nan, index=cases.index, dtype="float64")
    for occupation in cases["occupation_code"].unique():
        is_own = cases["occupation_code"].eq(occupation)
        spread = measure_spread(cases[~is_own], exponent=exponent)
        if spread is not None:
            by_age = spread.log_error_first_year * cases["horizon_years"] ** exponent
            expected = expected.where(~is_own, by_age)
    return expected


def _mean_of_occupations(values: "pd.Series[float]", cases: pd.DataFrame) -> float:
    """Average within occupations, then over them; missing values are left out."""
    known = values.dropna()
    return float(known.groupby(cases.loc[known.index, "occupation_code"]).mean().mean())


def _held_out_score(cases: pd.DataFrame, exponent: float) -> float:
    """Return the mean log density of the errors under the spread of the other occupations."""
    expected = _held_out_errors(cases, exponent)
    density = norm.logpdf(cases["log_error"], scale=expected)
    return _mean_of_occupations(pd.Series(density, index=cases.index), cases)


def _held_out_crps(cases: pd.DataFrame, exponent: float) -> float:
    """Return the mean score of the errors under the spread of the other occupations."""
    expected = _held_out_errors(cases, exponent)
    return _mean_of_occupations(normal_crps(cases["log_error"] / expected) * expected, cases)
