"""Standard errors of percentiles, from the one error OEWS publishes: that of the mean wage.

With r the relative standard error of the mean and s the standard deviation of log wages, r is
about s / sqrt(n); this gives the effective sample size n = (s / r)^2. Two assumptions: log wages
are about normal, and a percentile has the design effect of the mean. Not included: the error of
the curve between percentiles, and that of collecting wages in intervals.
"""

import numpy as np
import pandas as pd
from scipy.special import ndtri

from analysis.models.wages.curve import normal_density

SE_ASSUMPTION = (
    "Standard error approximated from the relative standard error of the mean wage, the only "
    "one published: log wages about normal, percentiles with the design effect of the mean."
)


def quantile_rse_pct(p: float, *, mean_rse_pct: float) -> float:
    """Give the relative standard error, percent, of the wage at share `p` of workers.

    r sqrt(p (1 - p)) / phi(z_p): the asymptotic error of a sample quantile under normal log
    wages. Taking r itself for every percentile would understate it.

    Examples
    --------
    >>> [round(quantile_rse_pct(p, mean_rse_pct=1.0), 2) for p in (0.1, 0.25, 0.5)]
    [1.71, 1.36, 1.25]
    """
    density = float(normal_density(np.array(ndtri(p))))
    return float(mean_rse_pct * np.sqrt(p * (1 - p)) / density)


def median_se(
    median_usd: "pd.Series[float]", *, mean_rse_pct: "pd.Series[float]"
) -> "pd.Series[float]":
    """Give the standard error, USD, of published medians; missing where either is.

    Examples
    --------
    >>> median_se(pd.Series([50_000.0]), mean_rse_pct=pd.Series([1.0])).round().tolist()
    [627.0]
    """
    return median_usd * mean_rse_pct * quantile_rse_pct(0.5, mean_rse_pct=1.0) / 100


def share_se(p: float, *, mean_rse_pct: float, log_wage_sd: float) -> float:
    """Give the standard error of the share `p`, 0 to 1, of workers who earn at most a wage.

    Binomial with the effective sample size: sqrt(p (1 - p)) r / s.

    Examples
    --------
    >>> round(share_se(0.5, mean_rse_pct=1.0, log_wage_sd=0.3), 4)
    0.0167
    """
    return float(np.sqrt(p * (1 - p)) * mean_rse_pct / 100 / log_wage_sd)
