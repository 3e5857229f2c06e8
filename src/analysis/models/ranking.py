"""Rank areas and say how sure the ranks are."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput

DRAWS = 10_000  # standard error of a probability at most 0.005


def rank_areas(
    estimates: pd.DataFrame,
    *,
    top: int = 3,
    draws: int = DRAWS,
    seed: int = 0,
    is_highest_first: bool = True,
) -> pd.DataFrame:
    """Rank areas by value, with a 90 % interval of the rank and the probability of the top.

    The errors are taken as independent and normal: every draw adds one to each value and ranks
    again. Ties within a draw are broken at random, so `p_top` sums to `top`.

    Parameters
    ----------
    estimates : DataFrame
        area_code, area_name, value, standard_error (in the unit of value).
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
        `rank_low` and `rank_high` (5th and 95th percentile of the simulated ranks), `p_top` and
        `p_top_simulation_error` (its standard error from the finite number of draws). Ranked
        areas come first, in order. Areas without a value or a standard error follow: no rank,
        no probability, and the `reason`; they are not last, they are unknown.

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
    ranks = _simulated_ranks(known, draws=draws, seed=seed, is_highest_first=is_highest_first)
    p_top = (ranks <= top).mean(axis=0)
    low, high = _rank_interval(ranks)
    ranked = known.assign(
        rank=known["value"].rank(method="min", ascending=not is_highest_first).astype("Int64"),
        rank_low=pd.array(low, dtype="Int64"),
        rank_high=pd.array(high, dtype="Int64"),
        p_top=p_top,
        p_top_simulation_error=np.sqrt(p_top * (1 - p_top) / draws),
    )
    return (
        estimates.join(ranked[ranked.columns.difference(estimates.columns, sort=False)])
        .assign(reason=reason)
        .sort_values(["rank", "area_code"], na_position="last")
        .reset_index(drop=True)
    )


def _simulated_ranks(
    known: pd.DataFrame, *, draws: int, seed: int, is_highest_first: bool
) -> NDArray[np.int64]:
    """Draw values and rank them; shape (draws, areas), rank 1 first."""
    random = np.random.default_rng(seed)
    shape = (draws, len(known))
    value = known["value"].to_numpy(dtype=np.float64)
    error = known["standard_error"].to_numpy(dtype=np.float64)
    drawn = value + error * random.standard_normal(shape)
    order = np.lexsort((random.random(shape), -drawn if is_highest_first else drawn), axis=1)
    ranks = np.empty(shape, dtype=np.int64)
    np.put_along_axis(ranks, order, np.arange(1, len(known) + 1)[None, :], axis=1)
    return ranks


def _rank_interval(ranks: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give the 5th and 95th percentile of the ranks of each area, as ranks that occurred."""
    if ranks.size == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    low, high = np.quantile(ranks, [0.05, 0.95], axis=0, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)


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
