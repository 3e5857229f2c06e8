"""Pay bands held against the distribution of pay."""

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.models.wages.wage_distribution import WageDistribution


def place_bands(distribution: WageDistribution, bands: pd.DataFrame) -> pd.DataFrame:
    """Place pay bands on a distribution.

    Parameters
    ----------
    distribution : WageDistribution
        The pay they are held against, in the same year's dollars.
    bands : DataFrame
        `low_usd` and `high_usd`; missing where a band is open at that end.

    Returns
    -------
    DataFrame
        `bands` with `low_percentile` and `high_percentile` (0 to 100, missing at an open end),
        `share_inside` (share of workers, 0 to 1; an open end counts to the end) and
        `is_extrapolated` (an end lies beyond the published percentiles).

    Raises
    ------
    WrongInput
        A column is missing, or a band ends below its start.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({25: 40000, 50: 50000, 75: 60000})
    >>> bands = pd.DataFrame({"low_usd": [40000, 60000], "high_usd": [50000, None]})
    >>> place_bands(pay, bands)["share_inside"].round(2).tolist()
    [0.25, 0.25]
    """
    if lacking := [name for name in ("low_usd", "high_usd") if name not in bands]:
        raise WrongInput(f"Pay bands must have the columns low_usd and high_usd; no {lacking}.")
    if (upside_down := bands["low_usd"] > bands["high_usd"]).any():
        raise WrongInput(
            "A pay band must not end below its start; found "
            f"{bands.loc[upside_down, ['low_usd', 'high_usd']].iloc[0].tolist()}."
        )
    low = _shares_or_missing(distribution, bands["low_usd"])
    high = _shares_or_missing(distribution, bands["high_usd"])
    return bands.assign(
        low_percentile=100 * low,
        high_percentile=100 * high,
        share_inside=high.fillna(1.0) - low.fillna(0.0),
        is_extrapolated=distribution.is_extrapolated(low.to_numpy())
        | distribution.is_extrapolated(high.to_numpy()),
    )


def _shares_or_missing(distribution: WageDistribution, usd: pd.Series) -> pd.Series:
    """Give the share below each wage; missing where the wage is missing."""
    wages = usd.to_numpy(dtype=np.float64, na_value=np.nan)
    shares = np.full(wages.shape, np.nan)
    is_known = ~np.isnan(wages)
    shares[is_known] = distribution.percentile_of(wages[is_known])
    return pd.Series(shares, index=usd.index)
