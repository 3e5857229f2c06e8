"""Means, totals, ratios and quantiles of a designed survey, with linearised errors.

Each is a total of its linearised values, whose error `survey_design` gives; a
domain keeps the whole design and sets weights outside it to 0, as in R survey.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats

from analysis.errors import WrongInput
from analysis.estimate import Estimate, Kind
from analysis.models.survey.survey_design import Design, linearised_se
from analysis.models.survey.weighted import (
    Floats,
    Numbers,
    check_weights,
    inverse_distribution,
    numbers,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyEstimate:
    """An estimate from a sample, with its sampling error.

    Parameters
    ----------
    value, se : float
        In the unit of the data.
    degrees_of_freedom : int
        Clusters less strata (counted in the domain), or what the replicates allow.
    rows : int
        Rows of positive weight that had a value.
    limits : tuple of float, optional
        Interval that was estimated as such (quantiles), with its `level`.
    level : float, optional
        Confidence level of `limits`.
    """

    value: float
    se: float
    degrees_of_freedom: int
    rows: int
    limits: tuple[float, float] | None = None
    level: float | None = None

    def interval(self, level: float = 0.90) -> tuple[float, float]:
        """Return value -+ t se at `level`, or the limits where they were estimated at it.

        Raises
        ------
        ValueError
            No degree of freedom is left, or the limits are at another level.
        """
        if self.limits is not None:
            if level != self.level:
                raise ValueError(f"these limits are at level {self.level}, not {level}.")
            return self.limits
        half = student_t(level, self.degrees_of_freedom) * self.se
        return self.value - half, self.value + half

    def to_estimate(
        self, *, unit: str, year: str = "", source: str = "", kind: Kind = "official"
    ) -> Estimate:
        """Return a publishable figure with the 90 % interval."""
        low, high = self.interval(0.90)
        return Estimate(
            value=self.value, unit=unit, year=year, source=source, kind=kind, se=self.se,
            low=low, high=high, note=f"{self.rows:,} rows in the sample",
        )  # fmt: skip

    def to_frame(self) -> pd.DataFrame:
        """Return one row: value, se, low, high, degrees_of_freedom, rows."""
        low, high = self.interval(0.90 if self.level is None else self.level)
        return pd.DataFrame(
            {
                "value": [self.value],
                "se": [self.se],
                "low": [low],
                "high": [high],
                "degrees_of_freedom": [self.degrees_of_freedom],
                "rows": [self.rows],
            }
        )

    def _repr_html_(self) -> str:
        """Show the estimate as a small table."""
        return self.to_frame().to_html(index=False, float_format="{:,.5g}".format)


def estimate_mean(
    values: Numbers, design: Design, *, domain: NDArray[np.bool_] | pd.Series | None = None
) -> SurveyEstimate:
    """Estimate the mean and its linearised standard error.

    Parameters
    ----------
    values : sequence of float
        One a row of the design. A row with a missing value counts as outside
        the domain, but its cluster stays in the design.
    design : Design
        Weights, strata and clusters of the whole sample.
    domain : sequence of bool, optional
        The rows that are meant. Pass the whole sample and say which rows here:
        cutting the data first loses clusters and understates the error.

    Raises
    ------
    WrongInput
        Rows do not match, no row is left, or a stratum has a single cluster.

    Examples
    --------
    >>> design = Design(weights=[1, 1, 1, 1], psu=["a", "a", "b", "b"])
    >>> found = estimate_mean([1, 3, 5, 7], design)
    >>> found.value, found.se
    (4.0, 2.0)
    """
    y, inside, weights = _rows(values, design, domain)
    mean = float(weights @ y / weights.sum())
    return _estimate(mean, weights * (y - mean) / weights.sum(), design, inside)


def estimate_total(
    values: Numbers, design: Design, *, domain: NDArray[np.bool_] | pd.Series | None = None
) -> SurveyEstimate:
    """Estimate the total and its linearised standard error (see `estimate_mean`).

    Examples
    --------
    >>> estimate_total([1, 3], Design(weights=[10, 10])).value
    40.0
    """
    y, inside, weights = _rows(values, design, domain)
    return _estimate(float(weights @ y), weights * y, design, inside)


def estimate_ratio(
    numerator: Numbers,
    denominator: Numbers,
    design: Design,
    *,
    domain: NDArray[np.bool_] | pd.Series | None = None,
) -> SurveyEstimate:
    """Estimate the ratio of two totals and its linearised standard error (see `estimate_mean`).

    Raises
    ------
    WrongInput
        As `estimate_mean`, or the denominator adds up to 0.

    Examples
    --------
    >>> estimate_ratio([10, 20], [1, 4], Design(weights=[1, 1])).value
    6.0
    """
    lower = numbers(denominator, name="denominator")
    upper = numbers(numerator, name="numerator")
    if lower.size != upper.size:
        raise WrongInput(f"numerator and denominator must match: {upper.size}, {lower.size} rows.")
    y, inside, weights = _rows(np.where(np.isnan(lower), np.nan, upper), design, domain)
    x = np.where(inside, lower, 0.0)
    total = float(weights @ x)
    if total == 0:
        raise WrongInput("the denominator of a ratio must not add up to 0.")
    ratio = float(weights @ y) / total
    return _estimate(ratio, weights * (y - ratio * x) / total, design, inside)


def estimate_quantile(
    values: Numbers,
    design: Design,
    q: float,
    *,
    domain: NDArray[np.bool_] | pd.Series | None = None,
    level: float = 0.90,
) -> SurveyEstimate:
    """Estimate a quantile with Woodruff's interval.

    With F the estimated share at or below the quantile, the limits are the
    quantiles of F -+ t se(F), and the standard error their distance over 2 t:
    R survey's svyquantile(interval.type = "mean"). F, not q, is the centre: where
    many report the same pay the two differ.

    Parameters
    ----------
    values : sequence of float
        One a row of the design; missing as in `estimate_mean`.
    design : Design
        Weights, strata and clusters of the whole sample.
    q : float
        Share from 0 to 1; 0.5 for the median.
    domain : sequence of bool, optional
        The rows that are meant.
    level : float
        Confidence level of the limits (R's default is 0.95).

    Raises
    ------
    WrongInput
        As `estimate_mean`.
    ValueError
        `q` lies outside 0 to 1, or no degree of freedom is left.

    References
    ----------
    Woodruff (1952), Confidence intervals for medians and other position measures.

    Examples
    --------
    >>> estimate_quantile(range(1, 100), Design(weights=[1] * 99), 0.5).limits
    (42.0, 59.0)
    """
    if not 0 <= q <= 1:
        raise ValueError(f"q must lie in 0 to 1 (0.5 is the median), not {q}.")
    y, inside, weights = _rows(values, design, domain)
    value = inverse_distribution(y[inside], weights[inside], q)
    share = estimate_mean((y <= value).astype(float), design, domain=inside)
    t = student_t(level, share.degrees_of_freedom)
    low, high = (
        inverse_distribution(y[inside], weights[inside], min(max(at, 0.0), 1.0))
        for at in (share.value - t * share.se, share.value + t * share.se)
    )
    return SurveyEstimate(
        value=value, se=(high - low) / (2 * t), degrees_of_freedom=share.degrees_of_freedom,
        rows=share.rows, limits=(low, high), level=level,
    )  # fmt: skip


def student_t(level: float, degrees_of_freedom: int) -> float:
    """Return the two-sided t quantile at `level`.

    Examples
    --------
    >>> round(student_t(0.95, 14), 4)
    2.1448
    """
    if degrees_of_freedom < 1:
        raise ValueError(
            f"an interval needs at least 1 degree of freedom, not {degrees_of_freedom}: "
            "the rows come from too few clusters."
        )
    return float(stats.t.ppf((1 + level) / 2, degrees_of_freedom))


def _rows(
    values: Numbers, design: Design, domain: NDArray[np.bool_] | pd.Series | None
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    """Return values (0 outside), which rows are inside, and weights (0 outside)."""
    y = numbers(values, name="values")
    weights = check_weights(design.weights, rows=y.size)
    inside = ~np.isnan(y) & (weights > 0)
    if domain is not None:
        wanted = np.asarray(domain)
        if wanted.dtype != bool or wanted.shape != y.shape:
            raise WrongInput(f"domain must say True or False for each of {y.size} rows.")
        inside &= wanted
    if not inside.any():
        raise WrongInput(f"no row of positive weight has a value: 0 of {y.size} rows.")
    return np.where(inside, y, 0.0), inside, np.where(inside, weights, 0.0)


def _estimate(
    value: float, scores: Floats, design: Design, inside: NDArray[np.bool_]
) -> SurveyEstimate:
    """Put the estimate together with its error; count freedom where the domain is."""
    cluster_stratum, cluster, _ = design.clusters()
    present = np.unique(cluster[inside])
    return SurveyEstimate(
        value=value,
        se=linearised_se(scores, design),
        degrees_of_freedom=int(present.size - np.unique(cluster_stratum[present]).size),
        rows=int(inside.sum()),
    )
