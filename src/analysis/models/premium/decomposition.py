"""A decomposition of a pay gap, and the least squares and means with influences it rests on.

An estimate moves by about the sum of the rows' influences; the squares of those add
up to its variance (the sandwich), and any smooth function of several estimates gets
its error by combining influences before squaring. Factors n/(n - k) are included.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import linalg

from analysis.errors import WrongInput
from analysis.wording import untypeset

Floats = NDArray[np.float64]

PARTS = ("explained", "unexplained", "endowments", "coefficients", "interaction")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Decomposition:
    """A gap in mean pay and its parts, in the unit of the outcome.

    Twofold: gap = explained + unexplained. Threefold: gap = endowments +
    coefficients + interaction. The unexplained part is an association: it holds
    whatever was not measured, not the effect of belonging to a group.

    Parameters
    ----------
    outcome, group : str
        Column names.
    first, second : object
        Values of `group`; the gap is first minus second.
    reference : str
        Whose coefficients price the difference in make-up.
    rows_first, rows_second, rows_left_out : int
        Rows used, and rows with a missing value.
    mean_first, mean_second : float
        Mean outcome.
    gap, gap_se : float
        Difference of the means and its standard error.
    explained, explained_se : float
        Difference in regressors, at the reference coefficients.
    unexplained, unexplained_se : float
        The rest, of which `unexplained_first` lies with the first group (it is paid
        above the reference) and `unexplained_second` with the second (below it).
    endowments, coefficients, interaction : float
        Threefold parts, from the second group's point of view, with `_se` each.
    by_regressor : DataFrame
        A row a regressor: explained, explained_se, unexplained, unexplained_se,
        unexplained_first, unexplained_second, and the threefold parts with errors.
        How unexplained falls on constant and regressors depends on their zero.
    reference_coefficients : Series
        By regressor, "constant" first.
    """

    outcome: str
    group: str
    first: object
    second: object
    reference: str
    rows_first: int
    rows_second: int
    rows_left_out: int
    mean_first: float
    mean_second: float
    gap: float
    gap_se: float
    explained: float
    explained_se: float
    unexplained: float
    unexplained_se: float
    unexplained_first: float
    unexplained_second: float
    endowments: float
    endowments_se: float
    coefficients: float
    coefficients_se: float
    interaction: float
    interaction_se: float
    by_regressor: pd.DataFrame
    reference_coefficients: pd.Series

    def to_frame(self) -> pd.DataFrame:
        """Return a row a part: value, se, share of the gap in percent (missing if no gap)."""
        names = ["gap", *PARTS]
        values = [float(getattr(self, name)) for name in names]
        return pd.DataFrame(
            {
                "part": names,
                "value": values,
                "se": [float(getattr(self, f"{name}_se")) for name in names],
                "share_of_gap_pct": [
                    100 * value / self.gap if self.gap else None for value in values
                ],
            }
        )

    @untypeset
    def _repr_html_(self) -> str:
        """Show the gap in a sentence and its parts as a table."""
        return (
            f"<p>{self.outcome}: {self.first} {self.mean_first:,.4g}, {self.second} "
            f"{self.mean_second:,.4g} ({self.group}; reference: {self.reference}). "
            "The unexplained part is an association, not an effect.</p>"
            + self.to_frame().to_html(index=False, float_format="{:,.4g}".format)
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Fit:
    """Estimates, and each row's influence on them.

    Parameters
    ----------
    coefficients : array
        One an estimate.
    influence : array
        A row a row of data, a column an estimate.
    """

    coefficients: Floats
    influence: Floats


def least_squares(x: Floats, y: Floats, w: Floats, names: list[str]) -> Fit:
    """Fit y on x by weighted least squares.

    Parameters
    ----------
    x : array
        A row a row of data, a column a regressor, the constant first.
    y, w : array
        Outcome and weights; rows of weight 0 do not count.
    names : list of str
        Of the columns of `x`, for messages.

    Raises
    ------
    WrongInput
        Rows are too few, or regressors collinear.

    Examples
    --------
    >>> x = np.array([[1.0, 0], [1, 1], [1, 2]])
    >>> fit = least_squares(x, np.array([1.0, 3, 5]), np.ones(3), ["constant", "years"])
    >>> fit.coefficients.round(6).tolist()
    [1.0, 2.0]
    """
    used = w > 0
    rows, count = int(used.sum()), x.shape[1]
    if rows <= count:
        raise WrongInput(f"{count} coefficients need more than {count} rows a group, not {rows}.")
    root = np.sqrt(w)
    scale = np.abs(x[used]).max(axis=0).clip(min=np.finfo(float).tiny)
    basis, triangle = np.linalg.qr(root[:, None] * x / scale)
    if np.linalg.matrix_rank(triangle) < count:
        flat = [name for name, values in zip(names, x[used].T, strict=True) if not np.ptp(values)]
        raise WrongInput(
            "regressors are collinear within a group"
            + (f": {', '.join(flat[1:])} does not vary there." if flat[1:] else "; leave one out.")
        )
    inverse = linalg.solve_triangular(triangle, np.eye(count)) / scale[:, None]
    b = np.asarray(inverse @ (basis.T @ (root * y)))
    scores = (root * (y - x @ b))[:, None] * basis @ inverse.T
    return Fit(coefficients=b, influence=scores * np.sqrt(rows / (rows - count)))


def group_means(x: Floats, w: Floats) -> Fit:
    """Return the weighted mean of each column; rows of weight 0 do not count.

    Examples
    --------
    >>> fit = group_means(np.array([[1.0], [2], [3]]), np.ones(3))
    >>> float(fit.coefficients[0]), round(float(standard_errors(fit.influence)[0]), 4)
    (2.0, 0.5774)
    """
    rows = int((w > 0).sum())
    mean = w @ x / w.sum()
    influence = w[:, None] * (x - mean) / w.sum() * np.sqrt(rows / max(rows - 1, 1))
    return Fit(coefficients=mean, influence=influence)


def mapped(fit: Fit, matrix: Floats) -> Fit:
    """Apply a linear map to estimates and influences.

    Examples
    --------
    >>> fit = group_means(np.array([[1.0, 5], [3, 5]]), np.ones(2))
    >>> mapped(fit, np.array([[1.0, -1.0]])).coefficients
    array([-3.])
    """
    return Fit(coefficients=matrix @ fit.coefficients, influence=fit.influence @ matrix.T)


def standard_errors(influence: Floats) -> Floats:
    """Return the standard error of each column from the rows' influence on it.

    Examples
    --------
    >>> standard_errors(np.array([[3.0], [4.0]]))
    array([5.])
    """
    return np.asarray(np.sqrt((influence**2).sum(axis=0)))
