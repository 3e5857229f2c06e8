"""Rank areas and say how sure the ranks are.

Two questions, two methods. Which areas are likely to be among the first: normal-normal empirical
Bayes (Efron and Morris 1975), since the largest of many rough estimates is mostly luck. Which
ranks an area may have: rank confidence sets (Mogstad, Romano, Shaikh and Wilhelm 2024), which hold
whatever the true values are.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from analysis.errors import WrongInput

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

DRAWS = 10_000  # standard error of a probability at most 0.005
SET_DRAWS = 1_000  # of the greatest of many differences, of which a 90th percentile is taken
COVERAGE = 0.90
FEWEST_TO_POOL = 3


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shrunk:
    """Estimates drawn toward their common mean, the rougher the further.

    Parameters
    ----------
    mean, error : FloatArray
        Posterior means and standard deviations, in the unit of the estimates.
    center, spread : float
        Mean and standard deviation of the true values, as estimated.
    """

    mean: FloatArray
    error: FloatArray
    center: float
    spread: float


def shrink(values: FloatArray, errors: FloatArray) -> Shrunk:
    """Estimate true values that are normal about a common mean (empirical Bayes).

    value_i | true_i ~ N(true_i, error_i^2), true_i ~ N(center, spread^2); center and spread by
    maximum likelihood of the estimates.

    Parameters
    ----------
    values, errors : FloatArray
        Estimates and their standard errors, above 0 or all 0; fewer than three stay as they are.

    Examples
    --------
    Four exact estimates and a rough one above them all: it is drawn in, they stay.

    >>> found = shrink(np.array([8.0, 9.0, 11.0, 12.0, 20.0]), np.array([0.1] * 4 + [8.0]))
    >>> found.mean.round(1)
    array([ 8. ,  9. , 11. , 12. , 10.5])
    """
    if len(values) < FEWEST_TO_POOL or np.ptp(values) == 0:
        center = float(values.mean()) if len(values) else np.nan
        return Shrunk(mean=values, error=errors, center=center, spread=np.nan)

    def center_at(spread: float) -> float:
        return float(np.average(values, weights=1 / (spread**2 + errors**2)))

    def minus_log_likelihood(log_spread: float) -> float:
        variance = np.exp(2 * log_spread) + errors**2
        miss = values - center_at(float(np.exp(log_spread)))
        return float((np.log(variance) + miss**2 / variance).sum() / 2)

    scale = np.log(np.std(values))
    best = minimize_scalar(
        minus_log_likelihood,
        bounds=(scale - 6, scale + 2),
        method="bounded",
        options={"xatol": 1e-6},
    )
    spread = float(np.exp(best.x))
    kept = spread**2 / (spread**2 + errors**2)
    center = center_at(spread)
    return Shrunk(
        mean=center + kept * (values - center),
        error=np.sqrt(kept) * errors,
        center=center,
        spread=spread,
    )


def rank_sets(
    values: FloatArray,
    errors: FloatArray,
    *,
    wanted: BoolArray | None = None,
    coverage: float = COVERAGE,
    draws: int = SET_DRAWS,
    seed: int = 0,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the lowest and the highest rank of each area, a confidence set of its own each.

    An area is compared with every other. Those differences that are beyond what the largest of so
    many would be by chance are real, stepwise (Romano and Wolf 2005); its best rank is one more
    than the areas that are really above, its worst the number of areas less those really below.
    Rank 1 is the highest value.

    Parameters
    ----------
    values, errors : FloatArray
        Independent estimates and their standard errors.
    wanted : BoolArray or None
        For which areas; all where None.
    coverage : float
        How often the set of an area is to hold its true rank.
    draws, seed : int
        Of the simulation of the largest difference.

    Examples
    --------
    >>> rank_sets(np.array([60.0, 59.0, 40.0]), np.array([1.0, 1.0, 1.0]))
    (array([1, 1, 3]), array([2, 2, 3]))
    """
    count = len(values)
    noise = np.random.default_rng(seed).standard_normal((draws, count)) * errors
    chosen = np.arange(count) if wanted is None else np.flatnonzero(wanted)
    low, high = np.ones(len(chosen), dtype=np.int64), np.full(len(chosen), count, dtype=np.int64)
    for place, own in enumerate(chosen):
        others = np.arange(count) != own
        scale = _scale(errors[own], errors[others])
        above = (values[others] - values[own]) / scale
        chance = (noise[:, others] - noise[:, [own]]) / scale
        real = _stepwise(np.concatenate([above, -above]), np.hstack([chance, -chance]), coverage)
        low[place] += real[: count - 1].sum()
        high[place] -= real[count - 1 :].sum()
    return low, high


def contenders(
    values: FloatArray,
    errors: FloatArray,
    *,
    top: int,
    coverage: float = COVERAGE,
    draws: int = SET_DRAWS,
    seed: int = 0,
) -> BoolArray:
    """Mark the areas that may be among the first `top`: all that are, are marked.

    With probability `coverage` no area among the true first is left out: all pairs are compared
    at once, stepwise, and an area is out if `top` or more others are really above it.

    Examples
    --------
    >>> contenders(np.array([60.0, 59.0, 40.0]), np.array([1.0, 1.0, 1.0]), top=1)
    array([ True,  True, False])
    """
    count = len(values)
    noise = np.random.default_rng(seed).standard_normal((draws, count)) * errors
    own, other = np.nonzero(~np.eye(count, dtype=bool))
    scale = _scale(errors[own], errors[other])
    above = (values[other] - values[own]) / scale
    chance = (noise[:, other] - noise[:, own]) / scale
    real = _stepwise(above, chance, coverage)
    return np.bincount(own[real], minlength=count) < top


def rank_areas(
    estimates: pd.DataFrame,
    *,
    top: int = 3,
    draws: int = DRAWS,
    seed: int = 0,
    is_highest_first: bool = True,
) -> pd.DataFrame:
    """Rank areas by value, with the ranks each may have and the probability of the top.

    The errors are taken as independent and normal.

    Parameters
    ----------
    estimates : DataFrame
        area_code, area_name, value, standard_error (in the unit of value), and, if there,
        is_pooled: which areas are drawn toward their common mean (all where it is not) and
        is_listed: for which areas `rank_low` and `rank_high` are wanted.
    top : int
        Size of the top group, at least 1; with fewer ranked areas all are in it.
    draws : int
        Simulated rankings, at least 1.
    seed : int
        Of the simulation.
    is_highest_first : bool
        Rank 1 is the highest value.

    Returns
    -------
    DataFrame
        The columns of `estimates`, then `rank` (published; ties share the better rank),
        `rank_low` and `rank_high` (90 % rank confidence set, see `rank_sets`), `likely_value`
        (see `shrink`), `p_top` (probability to be among the first, from draws of what is likely;
        ties are broken at random, so that it sums to `top`) and `p_top_simulation_error` (its
        standard error from the finite number of draws). Ranked areas come first, in order. Areas
        without a value or a standard error follow: no rank, no probability, and the `reason`;
        they are not last, they are unknown.

    Raises
    ------
    WrongInput
        A column is missing, an area occurs twice, or a standard error is below 0.
    ValueError
        `top` or `draws` below 1.

    Examples
    --------
    >>> pay = pd.DataFrame({
    ...     "area_code": ["AL", "DC", "RI", "VT"],
    ...     "area_name": ["Alabama", "District of Columbia", "Rhode Island", "Vermont"],
    ...     "value": [43810.0, 72040.0, 63960.0, None],
    ...     "standard_error": [400.0, 900.0, 700.0, None]})
    >>> rank_areas(pay, top=1)[["area_code", "rank", "p_top", "reason"]].values.tolist()
    [['DC', 1, 1.0, ''], ['RI', 2, 0.0, ''], ['AL', 3, 0.0, ''], ['VT', <NA>, nan, 'no value']]
    """
    _check(estimates, top=top, draws=draws)
    estimates = estimates.reset_index(drop=True)
    value, error = estimates["value"], estimates["standard_error"]
    reason = pd.Series("", index=estimates.index, dtype="str")
    reason = reason.mask(error.isna(), "no standard error").mask(value.isna(), "no value")
    known = estimates[reason.eq("")]
    sign = 1.0 if is_highest_first else -1.0
    values, errors = (known[name].to_numpy(dtype=float) for name in ("value", "standard_error"))
    likely, likely_error = values.copy(), errors.copy()
    pooled = _marked(known, "is_pooled")
    drawn_in = shrink(values[pooled], errors[pooled])
    likely[pooled], likely_error[pooled] = drawn_in.mean, drawn_in.error
    p_top = _share_on_top(sign * likely, likely_error, top=top, draws=draws, seed=seed)
    listed = _marked(known, "is_listed")
    low, high = rank_sets(sign * values, errors, wanted=listed, seed=seed)
    ranked = known.assign(
        rank=known["value"].rank(method="min", ascending=not is_highest_first).astype("Int64"),
        rank_low=pd.Series(low, index=known.index[listed], dtype="Int64"),
        rank_high=pd.Series(high, index=known.index[listed], dtype="Int64"),
        likely_value=likely,
        p_top=p_top,
        p_top_simulation_error=np.sqrt(p_top * (1 - p_top) / draws),
    )
    return (
        estimates.join(ranked[ranked.columns.difference(estimates.columns, sort=False)])
        .assign(reason=reason)
        .sort_values(["rank", "area_code"], na_position="last")
        .reset_index(drop=True)
    )


def chance_of_more(first: float, first_se: float, second: float, second_se: float) -> float:
    """Return the probability, 0 to 1, that the first of two estimates is truly the larger.

    Both are taken as normal and independent: the chance is that of a standard normal variable to
    lie below (first - second) / sqrt(first_se^2 + second_se^2); without any error 0, 1/2 or 1.

    Examples
    --------
    >>> round(chance_of_more(52_000.0, 500.0, 51_000.0, 500.0), 3)
    0.921
    """
    spread = math.hypot(first_se, second_se)
    if not spread:
        return 0.5 + 0.5 * ((first > second) - (first < second))
    return NormalDist().cdf((first - second) / spread)


def _stepwise(found: FloatArray, chance: FloatArray, coverage: float) -> BoolArray:
    """Mark what is beyond the largest that chance would give among those not yet marked."""
    real = np.zeros(len(found), dtype=bool)
    while not real.all():
        limit = np.quantile(chance[:, ~real].max(axis=1), coverage)
        more = (found > limit) & ~real
        if not more.any():
            break
        real |= more
    return real


def _scale(first: FloatArray, second: FloatArray) -> FloatArray:
    """Return the standard errors of differences; of two exact values a hair, not 0."""
    return np.maximum(np.hypot(first, second), np.finfo(np.float64).tiny ** 0.5)


def _share_on_top(
    values: FloatArray, errors: FloatArray, *, top: int, draws: int, seed: int
) -> FloatArray:
    """Return how often each area is among the highest `top` in simulated rankings."""
    random = np.random.default_rng(seed)
    shape = (draws, len(values))
    drawn = values + errors * random.standard_normal(shape)
    order = np.lexsort((random.random(shape), -drawn), axis=1)[:, :top]
    return np.bincount(order.ravel(), minlength=len(values)) / draws


def _marked(areas: pd.DataFrame, column: str) -> BoolArray:
    """Return a mark of each area; all are marked where there is no such column."""
    if column not in areas:
        return np.ones(len(areas), dtype=bool)
    return areas[column].to_numpy(dtype=bool)


def _check(estimates: pd.DataFrame, *, top: int, draws: int) -> None:
    """Raise unless the areas can be ranked."""
    columns = ["area_code", "area_name", "value", "standard_error"]
    if lacking := [name for name in columns if name not in estimates]:
        raise WrongInput(f"Estimates to rank must have the columns {columns}; no {lacking}.")
    if (twice := estimates["area_code"].duplicated()).any():
        raise WrongInput(
            f"Each area must occur once; {estimates.loc[twice, 'area_code'].iloc[0]} does not. "
            "Filter to one occupation, industry and year."
        )
    if (estimates["standard_error"] < 0).any():
        raise WrongInput("Standard errors must not be below 0.")
    if top < 1 or draws < 1:
        raise ValueError(f"top and draws must be at least 1, not {top} and {draws}.")
