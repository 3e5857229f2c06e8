"""How well the wage curve does: predict the published means that it never saw."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.models.wages.curve import FloatArray, WageCurves
from analysis.models.wages.distribution import PERCENTILE_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldoutSummary:
    """The size of the hold-out errors over areas.

    Parameters
    ----------
    median_absolute_error_pct, p90_absolute_error_pct : float or None
        Median and 90th percentile of the absolute errors, percent of the published mean; None
        where no area could be compared.
    n : int
        Areas compared.
    n_set_apart : int
        Areas without an error, each with its reason in the table.
    """

    median_absolute_error_pct: float | None
    p90_absolute_error_pct: float | None
    n: int
    n_set_apart: int


def holdout_mean_errors(wages: pd.DataFrame) -> pd.DataFrame:
    """Fit each row's percentiles and compare the mean they imply with the published mean.

    Parameters
    ----------
    wages : DataFrame
        One row an area: area_code, p10_wage_usd, p25_wage_usd, median_wage_usd, p75_wage_usd,
        p90_wage_usd, mean_wage_usd, is_top_coded (the highest percentile is a bound),
        is_collapsed.

    Returns
    -------
    DataFrame
        Same rows and index: area_code, mean_wage_usd, predicted_mean_wage_usd, error_pct
        (predicted less published, percent of published), is_top_coded, is_collapsed, and
        `reason`, empty unless there is no error to give.

    Examples
    --------
    >>> us = pd.DataFrame({
    ...     "area_code": ["US"], "p10_wage_usd": [37000.0], "p25_wage_usd": [43490.0],
    ...     "median_wage_usd": [51140.0], "p75_wage_usd": [64820.0], "p90_wage_usd": [81150.0],
    ...     "mean_wage_usd": [56790.0], "is_top_coded": [False], "is_collapsed": [False]})
    >>> holdout_mean_errors(us)["error_pct"].round(1).tolist()
    [-1.3]
    """
    published = wages[list(PERCENTILE_COLUMNS)].to_numpy(dtype=np.float64, na_value=np.nan)
    means = wages["mean_wage_usd"].to_numpy(dtype=np.float64, na_value=np.nan)
    is_top_coded = wages["is_top_coded"].to_numpy(dtype=bool)
    reasons = _reasons(published, means, is_top_coded)
    usable = reasons == ""
    predicted = np.full(len(wages), np.nan)
    predicted[usable] = _predicted_means(published[usable], is_top_coded[usable])
    return pd.DataFrame(
        {
            "area_code": wages["area_code"],
            "mean_wage_usd": wages["mean_wage_usd"],
            "predicted_mean_wage_usd": predicted,
            "error_pct": 100 * (predicted / means - 1),
            "is_top_coded": wages["is_top_coded"],
            "is_collapsed": wages["is_collapsed"],
            "reason": pd.Series(reasons, index=wages.index, dtype="str"),
        },
        index=wages.index,
    )


def summarise_holdout(errors: pd.DataFrame) -> HoldoutSummary:
    """Condense the table of `holdout_mean_errors`; filter it first to leave areas out.

    Examples
    --------
    >>> summarise_holdout(pd.DataFrame({"error_pct": [-1.0, 2.0, None]}))
    HoldoutSummary(median_absolute_error_pct=1.5, p90_absolute_error_pct=1.9, n=2, n_set_apart=1)
    """
    sizes = errors["error_pct"].dropna().abs()
    return HoldoutSummary(
        median_absolute_error_pct=float(sizes.median()) if len(sizes) else None,
        p90_absolute_error_pct=float(sizes.quantile(0.9)) if len(sizes) else None,
        n=len(sizes),
        n_set_apart=len(errors) - len(sizes),
    )


def _reasons(published: FloatArray, means: FloatArray, is_top_coded: np.ndarray) -> np.ndarray:
    """Say for each row why it cannot be compared; empty where it can."""
    knots = pd.DataFrame(np.where(_bounds(published, is_top_coded), np.nan, published))
    top = pd.DataFrame(published).max(axis=1).to_numpy()
    filled = knots.ffill(axis=1)
    reasons = [
        (knots.nunique(axis=1).to_numpy() < 2, "fewer than two different percentiles"),
        ((filled.diff(axis=1) < 0).any(axis=1).to_numpy(), "percentiles descend"),
        (np.isnan(means), "no published mean"),
        (is_top_coded & (means >= top), "published mean is top-coded"),
    ]
    return np.select([broken for broken, _ in reasons], [text for _, text in reasons], default="")


def _bounds(published: FloatArray, is_top_coded: np.ndarray) -> np.ndarray:
    """Mark the percentiles that are bounds: in a top-coded row, the highest value."""
    highest = pd.DataFrame(published).max(axis=1).to_numpy()[:, None]
    return np.asarray(is_top_coded[:, None] & (published == highest))


def _predicted_means(published: FloatArray, is_top_coded: np.ndarray) -> FloatArray:
    """Predict the mean of each row, all rows with the same knots at once."""
    scores = ndtri(np.array(list(PERCENTILE_COLUMNS.values())) / 100)
    bounds = _bounds(published, is_top_coded)
    has_bound = bounds.any(axis=1)
    first_bound = bounds.argmax(axis=1)
    bound_scores = np.where(has_bound, scores[first_bound], np.nan)
    log_bounds = np.log(np.where(has_bound, published[np.arange(len(bounds)), first_bound], np.nan))
    is_knot = ~bounds & ~np.isnan(published)
    predicted = np.empty(len(published))
    patterns, pattern_of_row = np.unique(is_knot, axis=0, return_inverse=True)
    for number, pattern in enumerate(patterns):
        rows = pattern_of_row == number
        predicted[rows] = WageCurves.through(
            scores[pattern],
            np.log(published[np.ix_(rows, pattern)]).T,
            bound_scores=bound_scores[rows],
            log_bounds=log_bounds[rows],
        ).means()
    return predicted
