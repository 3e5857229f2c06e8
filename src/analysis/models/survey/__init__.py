"""Estimate from weighted survey data, with the sampling error that belongs to it.

`weighted_*` give the figure alone, `replicate_*` add the error that published replicate weights
imply (ACS, CPS), `margin_of_*` combine published margins. The conventions are those of R survey.
For a design with strata and clusters use the package svy, the oracle of the tests.
"""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.models.survey.margins import (
        margin_from_se,
        margin_of_percent_change,
        margin_of_product,
        margin_of_proportion,
        margin_of_ratio,
        margin_of_sum,
        se_from_margin,
    )
    from analysis.models.survey.replicates import (
        SurveyEstimate,
        replicate_mean,
        replicate_quantile,
        replicate_se,
        replicate_total,
    )
    from analysis.models.survey.weighted import (
        weighted_mean,
        weighted_quantile,
        weighted_ratio,
        weighted_total,
    )
else:
    load_when_used(__name__)

__all__ = [
    "SurveyEstimate",
    "margin_from_se",
    "margin_of_percent_change",
    "margin_of_product",
    "margin_of_proportion",
    "margin_of_ratio",
    "margin_of_sum",
    "replicate_mean",
    "replicate_quantile",
    "replicate_se",
    "replicate_total",
    "se_from_margin",
    "weighted_mean",
    "weighted_quantile",
    "weighted_ratio",
    "weighted_total",
]
