"""Estimate from weighted survey data, with the sampling error that belongs to it.

`weighted_*` give the figure alone. `estimate_*` add the error of a design with
strata and clusters, `replicate_*` that of published replicate weights (ACS, CPS),
`margin_of_*` combine published margins. The conventions are those of R survey.
"""

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
    jackknife_weights,
    replicate_mean,
    replicate_quantile,
    replicate_se,
    replicate_total,
)
from analysis.models.survey.survey_design import Design, linearised_se
from analysis.models.survey.survey_estimates import (
    SurveyEstimate,
    estimate_mean,
    estimate_quantile,
    estimate_ratio,
    estimate_total,
)
from analysis.models.survey.weighted import (
    weighted_mean,
    weighted_quantile,
    weighted_ratio,
    weighted_total,
)

__all__ = [
    "Design",
    "SurveyEstimate",
    "estimate_mean",
    "estimate_quantile",
    "estimate_ratio",
    "estimate_total",
    "jackknife_weights",
    "linearised_se",
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
