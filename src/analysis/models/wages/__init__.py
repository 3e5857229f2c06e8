"""What an occupation pays in an area: the distribution, offers and bands on it, its test."""

from analysis.models.wages.pay_bands import place_bands
from analysis.models.wages.percentile_curve import percentile_curve
from analysis.models.wages.wage_distribution import WageDistribution
from analysis.models.wages.wage_holdout import (
    HoldoutSummary,
    holdout_mean_errors,
    summarise_holdout,
)
from analysis.models.wages.wage_knots import PERCENTILE_COLUMNS

__all__ = [
    "PERCENTILE_COLUMNS",
    "HoldoutSummary",
    "WageDistribution",
    "holdout_mean_errors",
    "percentile_curve",
    "place_bands",
    "summarise_holdout",
]
