"""A credential's return when its inputs are uncertain and luck has its part."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.studies.roi.return_case import HIGHEST_RATE, LOWEST_RATE, ReturnCase
from analysis.studies.roi.return_inputs import PERCENT
from analysis.studies.roi.return_value import net_present_value, value_tables

FloatArray = NDArray[np.float64]

DRAWS = 100_000
SEED = 2026
CHUNK = 50_000  # draws at a time: the arrays stay in the processor's cache
PERCENTILES = (1, 5, 10, 25, 50, 75, 90, 95, 99)
BINS = 60
SIMULATED = "Monte Carlo simulation over the table of inputs"
SINGLE_CASES = "middle 90% of single cases"
RATE_STEP = 0.02  # the discount rate in the tornado: two points down and up


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What the draws came to.

    Parameters
    ----------
    p_gain : Estimate
        Probability in percent that the net present value is above 0, with its simulation error.
    p_gain_if_employed : Estimate
        The same among draws in which the training is completed and work found.
    mean_usd : Estimate
        Mean net present value, with its simulation error. It lies below the value at the most
        likely inputs where the limits reach further to the worse side.
    npv_usd : Estimate
        Median, 5th and 95th percentile.
    quantiles : DataFrame
        percentile, npv_usd.
    histogram : DataFrame
        low_usd, high_usd, share of draws; from the 1st to the 99th percentile.
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

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the quantiles of the net present value."""
        return self.quantiles.copy()

    def _repr_html_(self) -> str:
        """Show the quantiles in a notebook."""
        table = self.quantiles.to_html(index=False, float_format="{:,.0f}".format, border=0)
        return f"{table}<p>{self.draws:,} draws, seed {self.seed}.</p>"


def simulate(case: ReturnCase, *, draws: int = DRAWS, seed: int = SEED) -> Simulation:
    """Draw every input as its distribution says and value each draw.

    Inputs are drawn independently. Completing and finding work come true or not in each draw and
    the exam takes a number of attempts, so the spread is that of single people, not of averages.

    Parameters
    ----------
    case : ReturnCase
        With its table of inputs.
    draws : int
        At least 2; a million takes about a second.
    seed : int
        0 or above; the same seed gives the same draws.

    Raises
    ------
    WrongInput
        Too few draws or a negative seed.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi.return_case import return_case
    >>> coder = return_case(processed.Tables(), pathway="certification_only")
    >>> simulate(coder, draws=1000, seed=1).draws
    1000
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


def tornado(case: ReturnCase) -> pd.DataFrame:
    """Tabulate the net present value with one input at a time at its limits.

    Parameters
    ----------
    case : ReturnCase
        With its table of inputs.

    Returns
    -------
    DataFrame
        name, label, unit, low, mode, high (the input), npv_low_usd, npv_usd, npv_high_usd (at its
        low, most likely and high value; a low input may give the high value), swing_usd; a row an
        input that is varied, and one for the discount rate two points down and up; widest first.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> tornado(case)["name"].head(2).tolist()
    ['pay_position', 'baseline_wage_usd']
    """
    tables = value_tables(case)
    expected = case.most_likely
    middle = float(net_present_value(tables, expected))
    rows = [
        {
            "name": item.name,
            "label": item.label,
            "unit": item.estimate.unit,
            "low": item.low,
            "mode": item.value,
            "high": item.high,
            "npv_low_usd": float(net_present_value(tables, {**expected, item.name: item.low})),
            "npv_high_usd": float(net_present_value(tables, {**expected, item.name: item.high})),
        }
        for item in case.inputs
        if item.is_varied
    ]
    low, high = _rates_around(case.discount_rate)
    rows.append(
        {
            "name": "discount_rate",
            "label": "Discount rate",
            "unit": "percent",
            "low": PERCENT * low,
            "mode": PERCENT * case.discount_rate,
            "high": PERCENT * high,
            "npv_low_usd": expected_npv(replace(case, discount_rate=low)),
            "npv_high_usd": expected_npv(replace(case, discount_rate=high)),
        }
    )
    table = pd.DataFrame(rows).assign(npv_usd=middle)
    ends = table[["npv_low_usd", "npv_high_usd"]]
    ordered = table.assign(swing_usd=ends.max(axis=1) - ends.min(axis=1))
    return ordered.sort_values("swing_usd", ascending=False, ignore_index=True)


def expected_npv(case: ReturnCase) -> float:
    """Return the net present value in USD at the most likely value of every input.

    Chances enter as such, so this is the expected value over completing and finding work.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> round(expected_npv(case), -2)
    47900.0
    """
    return float(net_present_value(value_tables(case), case.most_likely))


def _rates_around(rate: float) -> tuple[float, float]:
    """Return the discount rate a step down and up, within what is allowed."""
    return max(LOWEST_RATE, rate - RATE_STEP), min(HIGHEST_RATE, rate + RATE_STEP)


def _summary(
    worth: FloatArray, is_employed: NDArray[np.bool_], *, draws: int, seed: int
) -> Simulation:
    """Describe the draws."""
    values = np.percentile(worth, PERCENTILES)
    low, median, high = np.percentile(worth, (5, 50, 95))
    shares, edges = np.histogram(worth, bins=BINS, range=(values[0], values[-1]))
    note = f"{draws:,} draws, seed {seed}"
    return Simulation(
        p_gain=_share(worth > 0, note=note),
        p_gain_if_employed=_share(worth[is_employed] > 0, note=note),
        mean_usd=Estimate.with_se(
            float(worth.mean()),
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
    """Return a share of draws in percent with its simulation error; None where there are none."""
    if not is_true.size:
        return Estimate(
            value=None,
            unit="percent",
            source=SIMULATED,
            kind="simulation",
            note=f"In none of {note} is the training completed and work found.",
        )
    share = float(is_true.mean())
    return Estimate.with_se(
        PERCENT * share,
        se=PERCENT * (share * (1 - share) / is_true.size) ** 0.5,
        unit="percent",
        source=SIMULATED,
        kind="simulation",
        note=note,
    )
