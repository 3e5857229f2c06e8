"""Pay by experience: a path through the percentiles of an occupation, which is an assumption."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.models.wages.distribution import WageDistribution

FloatArray = NDArray[np.float64]

# Assumption: years of experience and the share of the occupation that earns less. With people
# leaving at the rate BLS publishes (6.4 % a year) the normal scores of this path average zero over
# the workforce, so that the path gives back the published median (see `workforce_score`).
EXPERIENCE_YEARS = (0.0, 2.0, 8.0, 20.0)
EXPERIENCE_SHARES = (0.10, 0.25, 0.50, 0.75)
CAREER_YEARS = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMoments:
    """Mean and spread of the experience path's normal scores over a workforce.

    Parameters
    ----------
    mean : float
        0 where the path gives back the published median.
    within_sd : float
        Spread of pay positions at equal experience that makes the whole as wide as published.
    """

    mean: float
    within_sd: float


def experience_score(years: float | Sequence[float] | FloatArray) -> FloatArray:
    """Return the normal score of pay at `years` of experience: p10 at entry, p75 from year 20.

    Straight between 0 years (10th percentile), 2 (25th), 8 (median) and 20 (75th), then level. An
    assumption: OEWS knows no experience. See `workforce_score` for what supports it.

    Examples
    --------
    >>> ndtr(experience_score([0, 2, 8, 30])).round(2)
    array([0.1 , 0.25, 0.5 , 0.75])
    """
    scores = np.interp(np.asarray(years, float), EXPERIENCE_YEARS, ndtri(EXPERIENCE_SHARES))
    return np.asarray(scores, dtype=np.float64)


def workforce_score(annual_separation_rate: float) -> ScoreMoments:
    """Average the experience path over a workforce of up to 40 years that people leave steadily.

    Parameters
    ----------
    annual_separation_rate : float
        Share that leaves in a year, 0 or above, below 1.

    Examples
    --------
    >>> moments = workforce_score(0.064)
    >>> round(moments.mean, 2), round(moments.within_sd, 2)
    (0.0, 0.82)
    """
    years = np.linspace(0, CAREER_YEARS, 4001)
    weights = (1 - annual_separation_rate) ** years
    scores = experience_score(years)
    mean = float(np.average(scores, weights=weights))
    between = float(np.average((scores - mean) ** 2, weights=weights))
    return ScoreMoments(mean=mean, within_sd=max(0.0, 1 - between) ** 0.5)


def pay_by_experience(
    pay: WageDistribution, years: Sequence[float] | FloatArray, *, position: float = 0.0
) -> FloatArray:
    """Read the annual wage in USD at each number of years of experience.

    Parameters
    ----------
    pay : WageDistribution
        Of the occupation in the area.
    years : sequence of float
        Of experience.
    position : float
        How far a person stands above (below) others of equal experience, as a normal score.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({10: 37000, 25: 43490, 50: 51140})
    >>> pay_by_experience(pay, [0, 2, 8]).round()
    array([37000., 43490., 51140.])
    """
    return pay.quantile(ndtr(experience_score(years) + position))
