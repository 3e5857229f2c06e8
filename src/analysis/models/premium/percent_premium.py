"""Turn a difference in log pay into percent."""

import math

from analysis.estimate import NORMAL_90, Estimate


def percent_premium(coefficient: float, variance: float) -> Estimate:
    """Return the percent difference that a yes/no coefficient of log pay stands for.

    exp(b) - 1 overstates it on average, as b is estimated; Kennedy's estimate is
    100 (exp(b - V/2) - 1), with the standard error of van Garderen and Shah's
    approximation, 100 sqrt(exp(2b) (exp(-V) - exp(-2V))). The interval is that of
    b, in percent, so it is not symmetric and never below -100.

    Parameters
    ----------
    coefficient : float
        b, of an indicator in an equation of log pay.
    variance : float
        V, the square of its standard error; 0 or above.

    Returns
    -------
    Estimate
        In percent, with standard error and 90 % interval.

    Raises
    ------
    ValueError
        A number is missing, or the variance below 0.

    References
    ----------
    Kennedy (1981), American Economic Review 71(4). Van Garderen and Shah (2002),
    Econometrics Journal 5(1).

    Examples
    --------
    >>> found = percent_premium(0.2, 0.01)
    >>> round(found.value, 3), round(found.se, 3)
    (21.531, 12.123)
    """
    if not math.isfinite(coefficient) or not (math.isfinite(variance) and variance >= 0):
        raise ValueError(
            f"coefficient must be finite and variance 0 or above, not {coefficient}, {variance}."
        )
    half = NORMAL_90 * math.sqrt(variance)
    return Estimate(
        value=100 * math.expm1(coefficient - variance / 2),
        unit="percent",
        source="Kennedy (1981); van Garderen and Shah (2002)",
        kind="model",
        se=100 * math.exp(coefficient - variance / 2) * math.sqrt(-math.expm1(-variance)),
        low=100 * math.expm1(coefficient - half),
        high=100 * math.expm1(coefficient + half),
        note="association between otherwise like people, not what one person would gain",
    )
