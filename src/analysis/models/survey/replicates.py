"""Standard errors from replicate weights: the ACS and CPS (SDR), and the jackknife (JK1)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
from scipy import stats

from analysis.errors import WrongInput
from analysis.models.survey.weighted import (
    Floats,
    Numbers,
    check_weights,
    inverse_distribution,
    numbers,
)

Method = Literal["sdr", "jk1"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEstimate:
    """An estimate from a sample, with its sampling error.

    Parameters
    ----------
    value, se : float
        In the unit of the data.
    degrees_of_freedom : int
        Replicates less 1.
    rows : int
        Rows of positive weight that had a value.
    """

    value: float
    se: float
    degrees_of_freedom: int
    rows: int

    def interval(self, level: float = 0.90) -> tuple[float, float]:
        """Return value -+ t se at `level`, with Student's t.

        Examples
        --------
        >>> found = SurveyEstimate(value=2.5, se=1.0, degrees_of_freedom=3, rows=4)
        >>> [round(limit, 3) for limit in found.interval()]
        [0.147, 4.853]
        """
        half = float(stats.t.ppf((1 + level) / 2, self.degrees_of_freedom)) * self.se
        return self.value - half, self.value + half


def replicate_se(
    estimate: float,
    replicates: Sequence[float] | Floats | pd.Series,
    *,
    method: Method = "sdr",
    sampling_fraction: float = 0.0,
) -> float:
    """Return the standard error of `estimate` from the same estimate on each replicate.

    "sdr" (successive differences, as the Census Bureau's 80 replicates):
    sqrt(4/R sum (x_r - x)^2). "jk1" (drop one cluster of R):
    sqrt((1 - f) (R - 1)/R sum (x_r - x)^2). Both centre on the full-sample
    estimate x, not on the mean of the replicates, which is always smaller.

    Parameters
    ----------
    estimate : float
        With the full-sample weights.
    replicates : sequence of float
        With each set of replicate weights.
    method : {"sdr", "jk1"}
        How the replicates were made.
    sampling_fraction : float
        Share f of the population's clusters that was drawn; "jk1" only.

    Raises
    ------
    ValueError
        There are fewer than 2 replicates, one is missing, or the method is unknown.

    References
    ----------
    Census Bureau, 2024 ACS PUMS User Guide, section VII.B.

    Examples
    --------
    >>> replicate_se(100.0, [101.0] * 40 + [97.0] * 40)
    4.472135954999...
    """
    copies = np.asarray(replicates, dtype=float)
    if copies.ndim != 1 or copies.size < 2:
        raise ValueError(f"replicates must be at least 2 numbers, not of shape {copies.shape}.")
    if not (np.isfinite(copies).all() and np.isfinite(estimate)):
        raise ValueError("the estimate and its replicates must be finite; some are not.")
    squares = float(np.sum((copies - estimate) ** 2))
    if method == "sdr":
        return float(np.sqrt(4 / copies.size * squares))
    if method == "jk1":
        share = (1 - sampling_fraction) * (copies.size - 1) / copies.size
        return float(np.sqrt(share * squares))
    raise ValueError(f'method must be "sdr" or "jk1", not {method!r}.')


def replicate_total(
    values: Numbers,
    weights: Numbers,
    replicate_weights: pd.DataFrame | Floats,
    *,
    method: Method = "sdr",
) -> SurveyEstimate:
    """Return the weighted total with its standard error (see `replicate_mean`).

    Examples
    --------
    >>> replicate_total([1, 1], [10, 20], np.array([[11, 9.0], [20, 20]])).value
    30.0
    """
    return _replicated(lambda y, w: float(w @ y), values, weights, replicate_weights, method)


def replicate_mean(
    values: Numbers,
    weights: Numbers,
    replicate_weights: pd.DataFrame | Floats,
    *,
    method: Method = "sdr",
) -> SurveyEstimate:
    """Return the weighted mean with its standard error.

    Parameters
    ----------
    values, weights : sequence of float
        One of each a row. Rows with a missing value are left out.
    replicate_weights : DataFrame or array
        A row a row of data, a column a replicate. They may be below 0, as some
        of the Census Bureau's are.
    method : {"sdr", "jk1"}
        How the replicates were made (see `replicate_se`).

    Raises
    ------
    WrongInput
        Weights are unusable, rows do not match, or a replicate weight is missing.

    Examples
    --------
    >>> found = replicate_mean([1, 3], [1, 1], np.array([[2.0, 0.0], [0.0, 2.0]]))
    >>> found.value, round(found.se, 4)
    (2.0, 2.0)
    """
    return _replicated(
        lambda y, w: float(w @ y / w.sum()), values, weights, replicate_weights, method
    )


def replicate_quantile(
    values: Numbers,
    weights: Numbers,
    replicate_weights: pd.DataFrame | Floats,
    q: float,
    *,
    method: Method = "sdr",
) -> SurveyEstimate:
    """Return the weighted quantile with its standard error (see `replicate_mean`).

    Where many people report the same rounded pay, every replicate may give the
    same quantile and the standard error comes out as 0. That is a defect of the
    method on a plateau, not certainty: use `survey.estimate_quantile`.

    Examples
    --------
    >>> weights = np.array([[1.0, 3.0], [1.0, 1.0], [3.0, 1.0]])
    >>> replicate_quantile([1, 2, 3], [1, 1, 1], weights, 0.5).value
    2.0
    """
    if not 0 <= q <= 1:
        raise ValueError(f"q must lie in 0 to 1 (0.5 is the median), not {q}.")
    return _replicated(
        lambda y, w: inverse_distribution(y, w, q), values, weights, replicate_weights, method
    )


def _replicated(
    statistic: Callable[[Floats, Floats], float],
    values: Numbers,
    weights: Numbers,
    replicate_weights: pd.DataFrame | Floats,
    method: Method,
) -> SurveyEstimate:
    """Compute a statistic with the full weights and with each replicate."""
    y = numbers(values, name="values")
    w = check_weights(weights, rows=y.size)
    copies = np.asarray(replicate_weights, dtype=float)
    if copies.ndim != 2 or len(copies) != y.size:
        raise WrongInput(
            f"replicate weights must have one row for each of {y.size}, not shape {copies.shape}."
        )
    if not np.isfinite(copies).all():
        raise WrongInput("replicate weights must be finite; some are missing or infinite.")
    has = ~np.isnan(y)
    if not w[has].any():
        raise WrongInput(f"no row of positive weight has a value: 0 of {y.size} rows.")
    value = statistic(y[has], w[has])
    found = [statistic(y[has], column) for column in copies[has].T]
    return SurveyEstimate(
        value=value,
        se=replicate_se(value, found, method=method),
        degrees_of_freedom=copies.shape[1] - 1,
        rows=int(np.count_nonzero(w[has])),
    )
