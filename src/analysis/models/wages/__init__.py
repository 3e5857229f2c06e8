"""What an occupation pays in an area: the distribution, offers and bands on it, its test."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.models.wages.distribution import (
        PERCENTILE_COLUMNS,
        WageDistribution,
        percentile_curve,
        place_bands,
    )
    from analysis.models.wages.error import median_se, quantile_rse_pct
    from analysis.models.wages.holdout import (
        HoldoutSummary,
        holdout_mean_errors,
        summarise_holdout,
    )
else:
    load_when_used(__name__)

__all__ = [
    "PERCENTILE_COLUMNS",
    "HoldoutSummary",
    "WageDistribution",
    "holdout_mean_errors",
    "median_se",
    "percentile_curve",
    "place_bands",
    "quantile_rse_pct",
    "summarise_holdout",
]
