"""A credential's return when its inputs are uncertain: draws, one input at a time, break-even."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.roi.case import PERCENT, Case, FloatArray
from analysis.models.roi.cash_flow import SINGLE_CASES
from analysis.models.roi.value import ValueTables, expected_npv, net_present_value, value_tables

DRAWS = 100_000
SEED = 2026
CHUNK = 50_000  # draws at a time: the arrays stay in the processor's cache
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
BINS = 60
SIMULATED = "Monte Carlo draws from the table of inputs"
LOWEST_RATE, HIGHEST_RATE = -0.5, 0.5
RATE_STEP = 0.02  # the discount rate in the tornado: two points down and up
BREAK_EVEN = "Net present value set to 0, all else at its most likely value"
LIMITS = {"premium_pct": (-90.0, 1000.0), "pass_rate_pct": (1.0, 100.0)}
WORDS = {"premium_pct": "premium", "pass_rate_pct": "pass rate"}
SHARES = (1.0, 0.75, 0.5, 0.25, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What the draws came to.

    Parameters
    ----------
    p_gain : Estimate
        Probability in percent that the net present value is above 0, with its standard error of
        simulation; no limits, for how little the draws leave open says nothing of the inputs.
    p_gain_if_employed : Estimate
        The same among draws in which the training is completed and work found.
    mean_usd : Estimate
        Mean net present value, likewise. It lies below the value at the most likely inputs where
        the limits reach further to the worse side.
    npv_usd : Estimate
        Median, 5th and 95th percentile.
    quantiles : DataFrame
        percentile, npv_usd.
    histogram : DataFrame
        low_usd, high_usd, share of draws; from about the 1st to the 99th percentile, and 0 is
        between two bars.
    draws, seed : int
        Of the simulation.
    """

    p_gain: Estimate
    p_gain_if_employed: Estimate
    mean_usd: Estimate
    npv_usd: Estimate
    quantiles: pd.DataFrame
    histogram: pd.DataFrame
    draws: int
    seed: int


def simulate(case: Case, *, draws: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw every input as its distribution says and value each draw.

    Inputs are drawn independently. Completing and finding work come true or not in each draw and
    the exam takes a number of attempts, so the spread is that of single people, not of averages.

    Parameters
    ----------
    case : Case
        With its inputs.
    draws : int
        At least 2; a million takes about a second.
    seed : int
        0 or above; the same seed gives the same draws.

    Raises
    ------
    WrongInput
        Too few draws or a negative seed.
    """
    if draws < 2 or seed < 0:
        raise WrongInput(f"draws must be at least 2 and seed 0 or above; found {draws} and {seed}.")
    random = np.random.default_rng(seed)
    tables = value_tables(case)
    worth = np.empty(draws)
    is_employed = np.empty(draws, dtype=bool)
    for start in range(0, draws, CHUNK):
        size = min(CHUNK, draws - start)
        drawn = {item.name: item.draw(random, size) for item in case.inputs}
        worth[start : start + size] = net_present_value(tables, drawn)
        is_employed[start : start + size] = (drawn["completion_rate_pct"] > 0) & (
            drawn["placement_rate_pct"] > 0
        )
    return _summary(worth, is_employed, draws=draws, seed=seed)


def tornado(case: Case) -> pd.DataFrame:
    """Tabulate the net present value with one input at a time at its limits.

    Returns
    -------
    DataFrame
        name, label, unit, low, mode, high (the input), npv_low_usd, npv_usd, npv_high_usd (at its
        low, most likely and high value; a low input may give the high value), swing_usd; a row an
        input that is varied, and one for the discount rate two points down and up; widest first.
    """
    tables = value_tables(case)
    expected = case.most_likely
    rows = [
        {
            "name": item.name,
            "label": item.label,
            "unit": item.estimate.unit,
            "low": item.low,
            "mode": item.value,
            "high": item.high,
            "npv_low_usd": _npv(tables, expected, item.name, item.low),
            "npv_high_usd": _npv(tables, expected, item.name, item.high),
        }
        for item in case.inputs
        if item.is_varied
    ]
    rate = case.discount_rate
    low, high = max(LOWEST_RATE, rate - RATE_STEP), min(HIGHEST_RATE, rate + RATE_STEP)
    rows.append(
        {
            "name": "discount_rate",
            "label": "Discount rate",
            "unit": "percent",
            "low": PERCENT * low,
            "mode": PERCENT * rate,
            "high": PERCENT * high,
            "npv_low_usd": expected_npv(replace(case, discount_rate=low)),
            "npv_high_usd": expected_npv(replace(case, discount_rate=high)),
        }
    )
    table = pd.DataFrame(rows).assign(npv_usd=float(net_present_value(tables, expected)))
    ends = table[["npv_low_usd", "npv_high_usd"]]
    ordered = table.assign(swing_usd=ends.max(axis=1) - ends.min(axis=1))
    return ordered.sort_values("swing_usd", ascending=False, ignore_index=True)


def break_even(case: Case) -> dict[str, Estimate]:
    """Find the values at which a case is worth nothing, all else at its most likely.

    Returns
    -------
    dict of str to Estimate
        "premium_pct" (of holders over coders without the credential), "pass_rate_pct" (of an
        attempt), "tuition_usd" (of the whole training); without a value where there is none, and
        then `note` says why.
    """
    tables, expected = value_tables(case), case.most_likely
    premium, passing = (
        _root(tables, expected, name, case.input(name).estimate.unit) for name in LIMITS
    )
    if premium.value is not None and premium.value < 0:
        premium = replace(premium, note="Below 0: official pay alone makes up for the cost.")
    return {
        "premium_pct": premium,
        "pass_rate_pct": passing,
        "tuition_usd": _tuition(tables, expected),
    }


def premium_sensitivity(case: Case) -> pd.DataFrame:
    """Tabulate the net present value as the published premium is shrunk.

    Returns
    -------
    DataFrame
        premium_share, premium_pct, npv_usd; rows at 1, 0.75, 0.5, 0.25 and 0 of the case's premium.
    """
    tables, expected = value_tables(case), case.most_likely
    published = expected["premium_pct"]
    rows = [
        {
            "premium_share": share,
            "premium_pct": share * published,
            "npv_usd": _npv(tables, expected, "premium_pct", share * published),
        }
        for share in SHARES
    ]
    return pd.DataFrame(rows)


def _root(tables: ValueTables, expected: Mapping[str, float], name: str, unit: str) -> Estimate:
    """Find the value of one input between its limits at which the case is worth nothing."""

    def worth(value: float) -> float:
        return _npv(tables, expected, name, value)

    low, high = LIMITS[name]
    if worth(low) * worth(high) > 0:
        sign = "pays" if worth(high) > 0 else "does not pay"
        return _estimate(None, unit, f"It {sign} at any {WORDS[name]}.")
    return _estimate(float(brentq(worth, low, high, xtol=1e-9)), unit)


def _tuition(tables: ValueTables, expected: Mapping[str, float]) -> Estimate:
    """Return the tuition that takes the whole value: it enters in proportion."""
    free = _npv(tables, expected, "tuition_usd", 0.0)
    slope = free - _npv(tables, expected, "tuition_usd", 1.0)
    if free < 0 or slope <= 0:
        return _estimate(None, "USD", "It does not pay even where the training is free.")
    return _estimate(free / slope, "USD")


def _npv(tables: ValueTables, expected: Mapping[str, float], name: str, value: float) -> float:
    return float(net_present_value(tables, {**expected, name: value}))


def _estimate(value: float | None, unit: str, note: str = "") -> Estimate:
    return Estimate(value=value, unit=unit, source=BREAK_EVEN, kind="model", note=note)


def _summary(
    worth: FloatArray, is_employed: NDArray[np.bool_], *, draws: int, seed: int
) -> Simulation:
    """Describe the draws."""
    values = np.percentile(worth, PERCENTILES)
    low, median, high = np.percentile(worth, (5, 50, 95))
    width = (values[-1] - values[0]) / BINS or 1.0
    first, last = np.floor(values[0] / width), np.ceil(values[-1] / width)
    shares, edges = np.histogram(worth, bins=width * np.arange(first, last + 1))  # 0 is an edge
    note = f"{draws:,} draws, seed {seed}"
    return Simulation(
        p_gain=_share(worth > 0, note=note),
        p_gain_if_employed=_share(worth[is_employed] > 0, note=note),
        mean_usd=Estimate(
            value=float(worth.mean()),
            se=float(worth.std(ddof=1)) / draws**0.5,
            unit="USD",
            source=SIMULATED,
            kind="simulation",
            note=note,
        ),
        npv_usd=Estimate(
            value=float(median),
            low=float(low),
            high=float(high),
            unit="USD",
            source=SIMULATED,
            kind="simulation",
            note=f"Median and middle 90 % of {note}.",
            limits=SINGLE_CASES,
        ),
        quantiles=pd.DataFrame({"percentile": PERCENTILES, "npv_usd": values}),
        histogram=pd.DataFrame(
            {"low_usd": edges[:-1], "high_usd": edges[1:], "share": shares / draws}
        ),
        draws=draws,
        seed=seed,
    )


def _share(is_true: NDArray[np.bool_], *, note: str) -> Estimate:
    """Return a share of draws in percent and its standard error; None where there are none."""
    if not is_true.size:
        return Estimate(
            value=None,
            unit="percent",
            source=SIMULATED,
            kind="simulation",
            note=f"In none of {note} is the training completed and work found.",
        )
    share = float(is_true.mean())
    return Estimate(
        value=PERCENT * share,
        se=PERCENT * (share * (1 - share) / is_true.size) ** 0.5,
        unit="percent",
        source=SIMULATED,
        kind="simulation",
        note=note,
    )
