"""What an omitted variable of given strength does to a coefficient, from three numbers.

Coefficient, plain standard error and degrees of freedom are enough, so published
regressions can be judged too; `sensitivity` does it for a fitted equation.

References
----------
Cinelli and Hazlett (2020), Making sense of sensitivity: extending omitted variable
bias, Journal of the Royal Statistical Society B 82(1). R package sensemakr.
"""

import math
from dataclasses import dataclass

from scipy import stats

from analysis.errors import WrongInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjusted:
    """A coefficient as it would be had the omitted variable been in the equation.

    Parameters
    ----------
    estimate, se : float
        In the unit of the coefficient; brought towards zero.
    low, high : float
        Limits of the interval at the level asked for.
    """

    estimate: float
    se: float
    low: float
    high: float

    @property
    def t(self) -> float:
        """Estimate over standard error; infinite where nothing is left to err."""
        return self.estimate / self.se if self.se else math.copysign(math.inf, self.estimate)


def partial_r2(estimate: float, se: float, degrees_of_freedom: int) -> float:
    """Return the share of remaining variance that goes with a coefficient: t^2/(t^2 + df).

    Examples
    --------
    >>> round(partial_r2(0.09731582, 0.02325654, 783), 5)
    0.02187
    """
    squared = (estimate / _positive(se)) ** 2
    return squared / (squared + degrees_of_freedom)


def robustness_value(
    estimate: float,
    se: float,
    degrees_of_freedom: int,
    *,
    share: float = 1.0,
    alpha: float | None = None,
) -> float:
    """Return the strength of an omitted variable that would cancel a coefficient.

    With f = share |t|/sqrt(df), less the critical t over sqrt(df - 1) where
    `alpha` is given: (sqrt(f^4 + 4 f^2) - f^2)/2, the share of the remaining
    variance of both term and outcome that the variable must explain.

    Parameters
    ----------
    estimate, se : float
        Coefficient and its plain standard error.
    degrees_of_freedom : int
        Rows less coefficients; above 1.
    share : float
        Part of the coefficient to cancel; 1 brings it to zero.
    alpha : float, optional
        Cancel its significance at this level instead.

    Returns
    -------
    float
        From 0 (not significant to begin with) to 1.

    Examples
    --------
    >>> round(robustness_value(0.09731582, 0.02325654, 783), 5)
    0.13878
    """
    strength = share * abs(estimate / _positive(se)) / math.sqrt(degrees_of_freedom)
    critical = 0.0
    if alpha is not None:
        t = float(stats.t.ppf(1 - alpha / 2, degrees_of_freedom - 1))
        critical = t / math.sqrt(degrees_of_freedom - 1)
    if strength <= critical:
        return 0.0
    if critical > 0 and strength > 1 / critical:
        return (strength**2 - critical**2) / (1 + strength**2)
    f2 = (strength - critical) ** 2
    return (math.sqrt(f2**2 + 4 * f2) - f2) / 2


def omitted_variable_bound(
    estimate: float,
    se: float,
    degrees_of_freedom: int,
    *,
    r2_treatment: float,
    r2_outcome: float,
    level: float = 0.95,
) -> Adjusted:
    """Return the coefficient had an omitted variable of given strength been included.

    Bias = se sqrt(df R2_y R2_d / (1 - R2_d)), taken off towards zero; the error
    becomes se sqrt((1 - R2_y)/(1 - R2_d) df/(df - 1)).

    Parameters
    ----------
    estimate, se : float
        Coefficient and its plain standard error.
    degrees_of_freedom : int
        Rows less coefficients; above 1.
    r2_treatment : float
        Share of the term's remaining variance the variable explains; 0 to below 1.
    r2_outcome : float
        Share of the outcome's remaining variance; 0 to 1.
    level : float
        Of the interval.

    Raises
    ------
    ValueError
        A share lies outside its range.

    Examples
    --------
    >>> bound = omitted_variable_bound(
    ...     0.09731582, 0.02325654, 783, r2_treatment=0.0091643, r2_outcome=0.1246409
    ... )
    >>> round(bound.estimate, 4), round(bound.se, 4)
    (0.0752, 0.0219)
    """
    if not (0 <= r2_treatment < 1 and 0 <= r2_outcome <= 1):
        raise ValueError(
            f"shares must lie in 0 to 1, r2_treatment below 1: not {r2_treatment}, {r2_outcome}."
        )
    df = degrees_of_freedom
    bias = _positive(se) * math.sqrt(df * r2_outcome * r2_treatment / (1 - r2_treatment))
    adjusted = math.copysign(1.0, estimate) * (abs(estimate) - bias)
    adjusted_se = se * math.sqrt((1 - r2_outcome) / (1 - r2_treatment) * df / (df - 1))
    half = float(stats.t.ppf((1 + level) / 2, df)) * adjusted_se
    return Adjusted(estimate=adjusted, se=adjusted_se, low=adjusted - half, high=adjusted + half)


def benchmark_strength(
    r2_treatment: float, r2_outcome: float, *, multiple: float = 1.0
) -> tuple[float, float]:
    """Return the strength of an omitted variable `multiple` times that of a measured one.

    Parameters
    ----------
    r2_treatment : float
        Partial R2 of the measured variable with the term, given the other regressors.
    r2_outcome : float
        Its partial R2 with the outcome, given the term and the others.
    multiple : float
        Times as strong, with both.

    Returns
    -------
    tuple of float
        Shares of the remaining variance of term and outcome, the latter at most 1.

    Raises
    ------
    WrongInput
        The multiple asks for more than all of the term's variance.

    Examples
    --------
    >>> benchmark_strength(0.5, 0.1, multiple=0.5)[0]
    0.5
    """
    of_term = multiple * r2_treatment / (1 - r2_treatment)
    if of_term >= 1 or multiple * r2_treatment >= 1:
        raise WrongInput(
            f"an omitted variable {multiple:g} times as strong as one of partial R2 "
            f"{r2_treatment:.3f} would explain more than all of the term; take a smaller multiple."
        )
    shared = multiple * r2_treatment**2 / ((1 - multiple * r2_treatment) * (1 - r2_treatment))
    reach = (math.sqrt(multiple) + math.sqrt(shared)) / math.sqrt(1 - shared)
    return of_term, min(reach**2 * r2_outcome / (1 - r2_outcome), 1.0)


def _positive(se: float) -> float:
    """Refuse a standard error that is not above 0."""
    if not se > 0:
        raise ValueError(f"a standard error must be above 0, not {se}.")
    return se
