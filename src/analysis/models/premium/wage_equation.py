"""Fit wage equations, refusing the quiet mistakes a formula allows."""

import difflib
import io
import tokenize
from collections.abc import Iterator, Sequence
from typing import Literal

import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
from numpy.typing import NDArray
from scipy import linalg
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis.errors import WrongInput
from analysis.models.survey.weighted import check_weights

Covariance = Literal["nonrobust", "HC0", "HC1", "HC2", "HC3", "cluster"]

# what a formula may call besides its columns (patsy's own names and numpy)
KNOWN = frozenset(
    {"np", "C", "Q", "I", "bs", "cr", "cc", "te", "center", "standardize", "scale", "in"}
    | {"Treatment", "Sum", "Poly", "Diff", "Helmert", "True", "False"}
)
LEVERAGE_OF_ONE = 1 - 1e-10


def wage_equation(
    data: pd.DataFrame,
    formula: str,
    *,
    weights: str | None = None,
    covariance: Covariance = "HC3",
    clusters: str | None = None,
) -> RegressionResultsWrapper:
    """Fit a linear wage equation by (weighted) least squares.

    Parameters
    ----------
    data : DataFrame
        One row a person. Rows with a missing value in a column of the formula
        are left out; `nobs` of the result says how many are used.
    formula : str
        As in R: "np.log(wage_usd) ~ certified + experience_years + C(state)".
        Every name must be a column, `np` or a function of patsy; a column whose
        name is no plain word is written Q("its name").
    weights : str, optional
        Column of sampling weights, 0 or above, none missing.
    covariance : {"nonrobust", "HC0", "HC1", "HC2", "HC3", "cluster"}
        How standard errors are made. HC3 (the default) holds for unequal
        variances, in small samples too.
    clusters : str, optional
        Column of cluster labels; the covariance is then "cluster".

    Returns
    -------
    RegressionResultsWrapper
        Of statsmodels: `params`, `bse`, `conf_int()`, `rsquared`, `summary()`.

    Raises
    ------
    WrongInput
        A name is no column, regressors are collinear, rows are too few, HC2 or
        HC3 meets a row that alone decides a coefficient, or weights or clusters
        are unusable.
    ValueError
        Clustered errors without clusters.

    Examples
    --------
    >>> people = pd.DataFrame({"pay": [40, 44, 50, 53], "certified": [0, 0, 1, 1]})
    >>> fit = wage_equation(people, "pay ~ certified")
    >>> round(float(fit.params["certified"]), 6), round(float(fit.bse["certified"]), 3)
    (9.5, 3.536)
    """
    if covariance == "cluster" and clusters is None:
        raise ValueError('covariance "cluster" needs clusters: the column of cluster labels.')
    frame = complete_rows(data, formula, also=[name for name in (weights, clusters) if name])
    if weights is None:
        model = smf.ols(formula, frame)
    else:
        model = smf.wls(formula, frame, weights=check_weights(frame[weights], rows=len(frame)))
    _check_design(model.wexog, model.exog_names)
    if clusters is not None:
        codes, labels = pd.factorize(frame[clusters])
        if len(labels) < 2:
            raise WrongInput(f"clustered errors need at least 2 clusters in {clusters!r}.")
        return model.fit(cov_type="cluster", cov_kwds={"groups": codes}, use_t=True)
    if covariance in ("HC2", "HC3"):
        _check_leverage(model.wexog, model.exog_names, covariance)
    return model.fit(cov_type=covariance, use_t=True)


def quantile_premium(
    data: pd.DataFrame, formula: str, *, quantile: float = 0.5
) -> RegressionResultsWrapper:
    """Fit a wage equation for a quantile of pay instead of its mean.

    A coefficient is the difference in that quantile of pay (of its logarithm)
    between otherwise like people, not what one person would gain. Standard
    errors are Powell's kernel (robust) ones with the Hall-Sheather bandwidth.

    Parameters
    ----------
    data, formula
        As in `wage_equation`.
    quantile : float
        Above 0, below 1; 0.5 for the median.

    Returns
    -------
    RegressionResultsWrapper
        Of statsmodels' QuantReg.

    Raises
    ------
    WrongInput
        As `wage_equation`.
    ValueError
        The quantile lies outside 0 to 1.

    References
    ----------
    Koenker and Bassett (1978), Regression quantiles.

    Examples
    --------
    >>> people = pd.DataFrame({"pay": [40, 41, 46, 50, 52, 59], "certified": [0, 0, 0, 1, 1, 1]})
    >>> fit = quantile_premium(people, "pay ~ certified")
    >>> round(float(fit.params["certified"]), 3)
    11.0
    """
    if not 0 < quantile < 1:
        raise ValueError(f"quantile must lie between 0 and 1 (0.5 is the median), not {quantile}.")
    frame = complete_rows(data, formula)
    model = smf.quantreg(formula, frame)
    _check_design(model.exog, model.exog_names)
    return model.fit(q=quantile, p_tol=1e-9, max_iter=10_000)


def complete_rows(data: pd.DataFrame, formula: str, *, also: Sequence[str] = ()) -> pd.DataFrame:
    """Return the rows that have every value the formula asks for, after checking its names.

    Raises
    ------
    WrongInput
        A name in the formula is no column, a column is absent from the data, or
        no row is complete.

    Examples
    --------
    >>> people = pd.DataFrame({"pay": [40.0, None], "years": [1, 2]})
    >>> len(complete_rows(people, "pay ~ years"))
    1
    """
    check_names(data, formula)
    if absent := [name for name in also if name not in data]:
        raise WrongInput(f"the data have no column {absent[0]!r}.{_nearest(absent[0], data)}")
    for name in also:
        if data[name].isna().any():
            row = data.index[data[name].isna()][0]
            raise WrongInput(f"{name!r} must not be missing; it is in row {row}.")
    frame = data.reset_index(drop=True)
    try:
        used = smf.ols(formula, frame).data.row_labels
    except Exception as error:
        raise WrongInput(
            f"the formula {formula!r} cannot be used on these data: {error}"
        ) from error
    complete: pd.DataFrame = frame.loc[used]
    trimmed = {
        str(name): complete[name].cat.remove_unused_categories()
        for name in complete.select_dtypes("category")
    }
    return complete.assign(**trimmed)


def check_names(data: pd.DataFrame, formula: str) -> None:
    """Refuse a formula with a name that is no column.

    The formula language would look such a name up among Python's variables, and
    may find one.

    Raises
    ------
    WrongInput
        A name is unknown, or a column bears the name of a function that is called.

    Examples
    --------
    >>> check_names(pd.DataFrame({"pay": [1.0], "years": [2]}), "np.log(pay) ~ years")
    """
    columns = set(data.columns)
    for name, is_called in _names(formula):
        if is_called and name in columns:
            raise WrongInput(
                f"the column {name!r} hides the function {name}() of the formula; rename it."
            )
        if name not in columns and name not in KNOWN:
            raise WrongInput(
                f"the formula names {name!r}, which is no column.{_nearest(name, data)}"
            )


def _names(formula: str) -> Iterator[tuple[str, bool]]:
    """Yield each name in the formula that stands alone, and whether it is called."""
    try:
        found = list(tokenize.generate_tokens(io.StringIO(formula).readline))
    except (tokenize.TokenError, SyntaxError) as error:
        raise WrongInput(f"the formula {formula!r} cannot be read: {error}") from error
    tokens = [token for token in found if token.string.strip()]
    strings = ["", *(token.string for token in tokens), ""]
    for position, token in enumerate(tokens, start=1):
        before, after = strings[position - 1], strings[position + 1]
        if token.type == tokenize.NAME and before != "." and after != "=":
            yield token.string, after == "("


def _nearest(name: str, data: pd.DataFrame) -> str:
    """Suggest the column that was probably meant."""
    columns = [str(column) for column in data.columns]
    starts = [column for column in columns if column.startswith((f"{name}.", f"{name} "))]
    if starts:
        return f" Write Q({starts[0]!r}) for the column of that name."
    close = difflib.get_close_matches(name, columns, n=1)
    return f" Did you mean {close[0]!r}?" if close else f" Columns: {', '.join(columns[:12])}."


def _check_design(design: NDArray[np.float64], names: list[str]) -> None:
    """Refuse collinear regressors (a pseudo-inverse would split them at will) and too few rows."""
    rows, count = design.shape
    if rows <= count:
        raise WrongInput(f"{count} coefficients need more than {count} complete rows, not {rows}.")
    scaled = design / np.maximum(np.linalg.norm(design, axis=0), np.finfo(float).tiny)
    _, triangle, order = linalg.qr(scaled, mode="economic", pivoting=True)
    depends = np.abs(np.diag(triangle)) < 1e-10
    if depends.any():
        culprits = ", ".join(sorted(names[column] for column in order[depends]))
        raise WrongInput(
            f"regressors are collinear: {culprits} follows from the others. Leave it out."
        )


def _check_leverage(design: NDArray[np.float64], names: list[str], covariance: str) -> None:
    """Refuse HC2 and HC3 where a row has leverage 1: they divide by 1 - leverage."""
    basis, _ = np.linalg.qr(design)
    alone = np.flatnonzero((basis**2).sum(axis=1) > LEVERAGE_OF_ONE)
    if alone.size:
        row = design[alone[0]]
        only = [
            name
            for name, value, column in zip(names, row, design.T, strict=True)
            if value and np.count_nonzero(column) == 1
        ]
        raise WrongInput(
            f"{covariance} errors are undefined: row {int(alone[0])} alone decides "
            f"{only[0] if only else 'a coefficient'}. Join that category to another, "
            "or ask for HC1."
        )
