"""Weighted means, totals, ratios and quantiles; standard errors are elsewhere.

A row whose value is missing is left out, weight and all, so a total counts only
the rows that answered. Weights may be 0 but not missing or negative.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput

Floats = NDArray[np.float64]
Numbers = Sequence[float] | Floats | pd.Series

GUARD = 1e-12  # sums of weights are only exact to rounding


def numbers(values: Numbers, *, name: str) -> Floats:
    """Return `values` as floats, missing as NaN.

    Raises
    ------
    WrongInput
        A value is infinite.

    Examples
    --------
    >>> numbers(pd.Series([1, None], dtype="Int64"), name="pay")
    array([ 1., nan])
    """
    array = pd.Series(values).to_numpy(dtype=float, na_value=np.nan)
    if np.isinf(array).any():
        raise WrongInput(f"{name} must be finite; row {int(np.argmax(np.isinf(array)))} is not.")
    return np.asarray(array)


def check_weights(weights: Numbers, *, rows: int) -> Floats:
    """Return `weights` as floats, or say why they cannot weigh `rows` rows.

    Raises
    ------
    WrongInput
        There are more or fewer weights than rows, one is missing, infinite or
        negative, or all are 0.

    Examples
    --------
    >>> check_weights([1, 2], rows=2)
    array([1., 2.])
    """
    array = numbers(weights, name="weights")
    if array.size != rows:
        raise WrongInput(f"weights must be one a row: {array.size} weights, {rows} rows.")
    bad = np.isnan(array) | (array < 0)
    if bad.any():
        row = int(np.argmax(bad))
        raise WrongInput(
            f"weights must be 0 or above: {int(bad.sum())} of {rows} are not, "
            f"first row {row} with {array[row]:g}. Leave such rows out or give them weight 0."
        )
    if not array.any():
        raise WrongInput(f"weights must not all be 0: none of {rows} rows counts.")
    return array


def weighted_mean(values: Numbers, weights: Numbers) -> float:
    """Return sum(w y) / sum(w).

    Raises
    ------
    WrongInput
        The weights are unusable, or no row of positive weight has a value.

    Examples
    --------
    >>> weighted_mean([40_000, 60_000], [3, 1])
    45000.0
    """
    y, w = _answered(values, weights)
    return float(w @ y / w.sum())


def weighted_total(values: Numbers, weights: Numbers) -> float:
    """Return sum(w y) over the rows that have a value.

    Raises
    ------
    WrongInput
        The weights are unusable, or no row of positive weight has a value.

    Examples
    --------
    >>> weighted_total([1, 0, 1], [10, 20, 30])
    40.0
    """
    y, w = _answered(values, weights)
    return float(w @ y)


def weighted_ratio(numerator: Numbers, denominator: Numbers, weights: Numbers) -> float:
    """Return sum(w y) / sum(w x) over the rows that have both.

    Raises
    ------
    WrongInput
        The weights are unusable, no row has both, or the denominator adds up to 0.

    Examples
    --------
    >>> weighted_ratio([10, 20], [1, 4], [1, 1])
    6.0
    """
    y = numbers(numerator, name="numerator")
    x = numbers(denominator, name="denominator")
    if y.size != x.size:
        raise WrongInput(f"numerator and denominator must match: {y.size} and {x.size} rows.")
    w = check_weights(weights, rows=y.size)
    has = ~np.isnan(y) & ~np.isnan(x)
    total = float(w[has] @ x[has])
    if total == 0:
        raise WrongInput("the denominator of a ratio must not add up to 0.")
    return float(w[has] @ y[has]) / total


def weighted_quantile(values: Numbers, weights: Numbers, q: float) -> float:
    """Return the smallest value with at least the share `q` of the weight at or below it.

    The inverse of the weighted distribution function: R survey's rule "math",
    Hyndman and Fan's type 1. Always a value of the data. Shares are compared to
    within 1e-12, so that ten weights of 0.1 reach 0.5 at the fifth.

    Parameters
    ----------
    values, weights : sequence of float
        One of each a row; rows with a missing value are left out.
    q : float
        Share from 0 to 1; 0.5 for the median.

    Raises
    ------
    WrongInput
        The weights are unusable, or no row of positive weight has a value.
    ValueError
        `q` lies outside 0 to 1.

    Examples
    --------
    >>> weighted_quantile([30, 10, 20], [1, 1, 2], 0.5)
    20.0
    """
    if not 0 <= q <= 1:
        raise ValueError(f"q must lie in 0 to 1 (0.5 is the median), not {q}.")
    y, w = _answered(values, weights)
    return inverse_distribution(y, w, q)


def inverse_distribution(values: Floats, weights: Floats, q: float) -> float:
    """Return `weighted_quantile` without its checks; replicate weights may be below 0.

    Examples
    --------
    >>> inverse_distribution(np.array([10.0, 20.0]), np.array([1.0, 1.0]), 0.75)
    20.0
    """
    counted = weights != 0
    order = np.argsort(values[counted], kind="stable")
    ordered, running = values[counted][order], np.cumsum(weights[counted][order])
    reached = running >= (q - GUARD) * running[-1]
    return float(ordered[np.argmax(reached)] if reached.any() else ordered[-1])


def _answered(values: Numbers, weights: Numbers) -> tuple[Floats, Floats]:
    """Return values and weights of the rows that have a value."""
    y = numbers(values, name="values")
    w = check_weights(weights, rows=y.size)
    has = ~np.isnan(y)
    if not w[has].any():
        raise WrongInput(f"no row of positive weight has a value: 0 of {y.size} rows.")
    return y[has], w[has]
