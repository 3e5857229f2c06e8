"""Say how strong an omitted variable would have to be to change a fitted coefficient.

References
----------
Cinelli and Hazlett (2020), Making sense of sensitivity: extending omitted variable
bias, Journal of the Royal Statistical Society B 82(1). R package sensemakr.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis.errors import WrongInput
from analysis.models.premium.omitted_variable import (
    benchmark_strength,
    omitted_variable_bound,
    partial_r2,
    robustness_value,
)


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
