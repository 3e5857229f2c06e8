"""Log wages as a monotone curve over normal scores: through the percentiles, lognormal beyond."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import PchipInterpolator
from scipy.special import ndtr

FloatArray = NDArray[np.float64]

QUADRATURE_NODES = 24  # Gauss-Legendre nodes a segment: exact to rounding for curves this smooth
BISECTIONS = 60  # halvings of the span between the outer knots: below the spacing of floats


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WageCurves:
    """The log quantile functions of `n` wage distributions that share their knots.

    Between knots each is a PCHIP in the normal score z (monotone, exact at the knots); beyond
    them a straight line in z, that is a lognormal tail.

    Parameters
    ----------
    scores : FloatArray
        Normal scores of the knots, ascending, shape (k,).
    log_wages : FloatArray
        Log wages at the knots, never descending, shape (k, n).
    lower_slope, upper_slope : FloatArray
        Slopes of the tails in log wage a normal score, above 0, shape (n,).
    """

    scores: FloatArray
    log_wages: FloatArray
    lower_slope: FloatArray
    upper_slope: FloatArray

    @classmethod
    def through(
        cls,
        scores: FloatArray,
        log_wages: FloatArray,
        *,
        bound_scores: FloatArray | None = None,
        log_bounds: FloatArray | None = None,
    ) -> "WageCurves":
        """Lay curves through knots; the slope of the last two knots continues as the tail.

        Where the last knots are tied the tail takes the chord from the outermost knot to the
        nearest knot with another wage. Where a top-coded percentile says that the wage at
        `bound_scores` is at least exp(`log_bounds`), the upper tail is steep enough to reach it
        (NaN where there is no bound).

        Examples
        --------
        >>> curves = WageCurves.through(np.array([-1.0, 1.0]), np.array([[10.0], [10.4]]))
        >>> curves.upper_slope
        array([0.2])
        """
        upper_slope = _slope_to_next_wage(scores[::-1], log_wages[::-1])
        if bound_scores is not None and log_bounds is not None:
            to_bound = (log_bounds - log_wages[-1]) / (bound_scores - scores[-1])
            upper_slope = np.fmax(upper_slope, to_bound)
        return cls(
            scores=scores,
            log_wages=log_wages,
            lower_slope=_slope_to_next_wage(scores, log_wages),
            upper_slope=upper_slope,
        )

    def log_quantiles(self, scores: FloatArray) -> FloatArray:
        """Read the log wages at normal scores of shape (m,); the result has shape (m, n)."""
        inner = np.clip(scores, self.scores[0], self.scores[-1])
        curve = PchipInterpolator(self.scores, self.log_wages, axis=0)
        below = np.minimum(scores - self.scores[0], 0.0)[:, None] * self.lower_slope
        above = np.maximum(scores - self.scores[-1], 0.0)[:, None] * self.upper_slope
        return np.asarray(curve(inner) + below + above, dtype=np.float64)

    def means(self) -> FloatArray:
        """Integrate the wages over all workers, in the unit of the knots; shape (n,).

        The tails are closed: a log wage a + bz over z < c has the mean part
        exp(a + b^2/2) * Phi(c - b). Between the knots Gauss-Legendre in z.
        """
        first, last = self.scores[0], self.scores[-1]
        low, high = self.lower_slope, self.upper_slope
        below = np.exp(self.log_wages[0] - low * first + low**2 / 2) * ndtr(first - low)
        above = np.exp(self.log_wages[-1] - high * last + high**2 / 2) * ndtr(high - last)
        nodes, weights = np.polynomial.legendre.leggauss(QUADRATURE_NODES)
        half = np.diff(self.scores) / 2
        middle = (self.scores[1:] + self.scores[:-1]) / 2
        at = (middle[:, None] + half[:, None] * nodes).ravel()
        mass = (half[:, None] * weights).ravel() * normal_density(at)
        between = mass @ np.exp(self.log_quantiles(at))
        return np.asarray(below + between + above, dtype=np.float64)

    def scores_of(self, log_wages: FloatArray) -> FloatArray:
        """Invert the first curve at log wages of shape (m,); on a flat part any score of it."""
        knots = self.log_wages[:, 0]
        curve = PchipInterpolator(self.scores, knots)
        low = np.full(log_wages.shape, self.scores[0])
        high = np.full(log_wages.shape, self.scores[-1])
        for _ in range(BISECTIONS):
            middle = (low + high) / 2
            is_above = curve(middle) > log_wages
            low, high = np.where(is_above, low, middle), np.where(is_above, middle, high)
        below = np.minimum(log_wages - knots[0], 0.0) / self.lower_slope[0]
        above = np.maximum(log_wages - knots[-1], 0.0) / self.upper_slope[0]
        return np.asarray((low + high) / 2 + below + above, dtype=np.float64)


def normal_density(scores: FloatArray) -> FloatArray:
    """Evaluate the standard normal density."""
    return np.asarray(np.exp(-(scores**2) / 2) / np.sqrt(2 * np.pi), dtype=np.float64)


def _slope_to_next_wage(scores: FloatArray, log_wages: FloatArray) -> FloatArray:
    """Give the chord from the first knot to the nearest knot that has another wage."""
    slope = np.full(log_wages.shape[1], np.nan)
    for score, log_wage in zip(scores[1:], log_wages[1:], strict=True):
        chord = (log_wage - log_wages[0]) / (score - scores[0])
        slope = np.where(np.isnan(slope) & (log_wage != log_wages[0]), chord, slope)
    return slope
