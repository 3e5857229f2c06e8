"""How strong an omitted variable would have to be to change a coefficient.

From a coefficient, its plain standard error and its degrees of freedom, so that published
regressions can be judged too (`robustness_value`, `omitted_variable_bound`), or for a fitted
equation (`sensitivity`).

References
----------
Cinelli and Hazlett (2020), Making sense of sensitivity: extending omitted variable
bias, Journal of the Royal Statistical Society B 82(1). R package sensemakr.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import stats
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis.errors import WrongInput
from analysis.wording import untypeset


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


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity:
    """How an association would stand up to variables that were not measured.

    Parameters
    ----------
    term : str
        The coefficient in question.
    estimate, se : float
        With the plain (not robust) covariance, on which the theory rests.
    degrees_of_freedom : int
        Rows less coefficients.
    partial_r2 : float
        Share of the outcome's remaining variance that goes with the term, 0 to 1:
        a variable that explained all else would need this share of the term's.
    robustness_value : float
        Share of the remaining variance, of both term and outcome, that an omitted
        variable must explain to bring the estimate to zero.
    robustness_value_significance : float
        The same to make it insignificant at `alpha`.
    alpha : float
        Significance level.
    bounds : DataFrame
        For omitted variables as strong as, or a multiple of, a measured one:
        benchmark, multiple, r2_treatment, r2_outcome, estimate, se, t, low, high.
    """

    term: str
    estimate: float
    se: float
    degrees_of_freedom: int
    partial_r2: float
    robustness_value: float
    robustness_value_significance: float
    alpha: float
    bounds: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return one row with the estimate and its sensitivity; `bounds` has the rest."""
        names = [
            "term", "estimate", "se", "degrees_of_freedom", "partial_r2", "robustness_value",
            "robustness_value_significance", "alpha",
        ]  # fmt: skip
        return pd.DataFrame({name: [getattr(self, name)] for name in names})

    @untypeset
    def _repr_html_(self) -> str:
        """Show the robustness value in a sentence and the bounds as a table."""
        sentence = (
            f"<p>{self.term}: {self.estimate:.4g} (SE {self.se:.2g}). An omitted variable "
            f"explaining less than {100 * self.robustness_value:.1f} % of what remains of both "
            "could not account for all of this association.</p>"
        )
        if self.bounds.empty:
            return sentence
        return sentence + self.bounds.to_html(index=False, float_format="{:.4g}".format)


def sensitivity(
    results: RegressionResultsWrapper,
    term: str,
    *,
    benchmarks: Sequence[str] = (),
    multiples: Sequence[float] = (1, 2, 3),
    alpha: float = 0.05,
) -> Sensitivity:
    """Weigh how far omitted variables could account for a coefficient.

    Parameters
    ----------
    results
        Of `wage_equation`.
    term : str
        The coefficient in question, as in `results.params`.
    benchmarks : sequence of str
        Measured regressors to compare an omitted variable with.
    multiples : sequence of float
        How many times as strong as the benchmark it may be.
    alpha : float
        Significance level, and 1 less that of the intervals.

    Raises
    ------
    WrongInput
        A name is no regressor, or a multiple would explain more than all of the term.

    Examples
    --------
    >>> from analysis.models.premium.wage_equation import wage_equation
    >>> people = pd.DataFrame({"pay": [40, 44, 50, 53, 47], "certified": [0, 0, 1, 1, 1]})
    >>> found = sensitivity(wage_equation(people, "pay ~ certified"), "certified")
    >>> round(found.partial_r2, 3), round(found.robustness_value, 3)
    (0.747, 0.789)
    """
    names = list(results.model.exog_names)
    for name in (term, *benchmarks):
        if name not in names:
            raise WrongInput(f"{name!r} is no regressor of this equation: {', '.join(names)}.")
    plain = results.model.fit()
    estimate, se = float(plain.params[term]), float(plain.bse[term])
    df = int(plain.df_resid)
    rows = [
        {"benchmark": name, "multiple": multiple}
        | _benchmark_bound(plain, term, name, multiple, alpha=alpha)
        for name in benchmarks
        for multiple in multiples
    ]
    return Sensitivity(
        term=term,
        estimate=estimate,
        se=se,
        degrees_of_freedom=df,
        partial_r2=partial_r2(estimate, se, df),
        robustness_value=robustness_value(estimate, se, df),
        robustness_value_significance=robustness_value(estimate, se, df, alpha=alpha),
        alpha=alpha,
        bounds=pd.DataFrame(
            rows,
            columns=[
                "benchmark", "multiple", "r2_treatment", "r2_outcome", "estimate", "se", "t",
                "low", "high",
            ],
        ),
    )  # fmt: skip


def _benchmark_bound(
    plain: RegressionResultsWrapper, term: str, benchmark: str, multiple: float, *, alpha: float
) -> dict[str, float]:
    """Return the strength and the adjusted coefficient for one benchmark and multiple."""
    names = list(plain.model.exog_names)
    df = int(plain.df_resid)
    design = pd.DataFrame(plain.model.wexog, columns=names)
    with_outcome = partial_r2(float(plain.params[benchmark]), float(plain.bse[benchmark]), df)
    others = design.drop(columns=[term, benchmark]).to_numpy()
    left_term = _residuals(design[term].to_numpy(), others)
    left_benchmark = _residuals(design[benchmark].to_numpy(), others)
    with_term = float(
        (left_term @ left_benchmark) ** 2
        / ((left_term @ left_term) * (left_benchmark @ left_benchmark))
    )
    r2_treatment, r2_outcome = benchmark_strength(with_term, with_outcome, multiple=multiple)
    bound = omitted_variable_bound(
        float(plain.params[term]), float(plain.bse[term]), df,
        r2_treatment=r2_treatment, r2_outcome=r2_outcome, level=1 - alpha,
    )  # fmt: skip
    return {
        "r2_treatment": r2_treatment, "r2_outcome": r2_outcome, "estimate": bound.estimate,
        "se": bound.se, "t": bound.t, "low": bound.low, "high": bound.high,
    }  # fmt: skip


def _residuals(values: NDArray[np.float64], others: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take out of `values` what the other regressors explain."""
    if not others.shape[1]:
        return values
    return np.asarray(values - others @ np.linalg.lstsq(others, values, rcond=None)[0])


def _positive(se: float) -> float:
    """Refuse a standard error that is not above 0."""
    if not se > 0:
        raise ValueError(f"a standard error must be above 0, not {se}.")
    return se
