"""What an occupation pays in an area: the distribution, offers and bands on it, its test."""

from analysis.models.pay_bands import place_bands
from analysis.models.wage_distribution import WageDistribution
from analysis.models.wage_holdout import (
    PERCENTILE_COLUMNS,
    HoldoutSummary,
    holdout_mean_errors,
    summarise_holdout,
)

__all__ = [
    "PERCENTILE_COLUMNS",
    "HoldoutSummary",
    "WageDistribution",
    "holdout_mean_errors",
    "place_bands",
    "summarise_holdout",
]
