"""The whole percentile curve of a wage distribution, as a table to draw from."""

from collections.abc import Iterable

import pandas as pd

from analysis.models.wages.wage_distribution import WageDistribution


def percentile_curve(
    distribution: WageDistribution, *, percentiles: Iterable[float] = range(1, 100)
) -> pd.DataFrame:
    """Tabulate wages by percentile with their 90 % limits.

    Parameters
    ----------
    distribution : WageDistribution
        What to tabulate.
    percentiles : iterable of float
        Above 0 and below 100.

    Returns
    -------
    DataFrame
        One row a percentile: `percentile`, `wage_usd`, `low_usd`, `high_usd` (missing without a
        published standard error), `kind` ("official" at a published percentile, else "model")
        and `is_extrapolated`. Where the wage is top-coded it is missing and `low_usd` the bound.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({25: 40000, 50: 50000, 75: 60000})
    >>> percentile_curve(pay, percentiles=[50, 90])[["wage_usd", "kind"]].round().values.tolist()
    [[50000.0, 'official'], [70700.0, 'model']]
    """
    chosen = list(percentiles)
    estimates = [distribution.quantile_estimate(percent / 100) for percent in chosen]
    return pd.DataFrame(
        {
            "percentile": pd.Series(chosen, dtype="float64"),
            "wage_usd": pd.Series([found.value for found in estimates], dtype="float64"),
            "low_usd": pd.Series([found.low for found in estimates], dtype="float64"),
            "high_usd": pd.Series([found.high for found in estimates], dtype="float64"),
            "kind": pd.Series([found.kind for found in estimates], dtype="str"),
            "is_extrapolated": [distribution.is_extrapolated(percent / 100) for percent in chosen],
        }
    )
