"""Decompose a pay gap between two groups into what their make-up accounts for, and the rest.

Standard errors are those of the delta method with regressors taken as drawn at
random, from each row's influence on means and coefficients (robust to unequal
variances): what the bootstrap of R oaxaca estimates by resampling. Stata's oaxaca
prints the like with its robust variance; its default assumes equal variances.
They hold to first order, so the interaction's comes out low in small groups of
similar make-up. Group shares are taken as fixed.

References
----------
Jann (2008), The Blinder-Oaxaca decomposition for linear regression models, Stata
Journal 8(4). Gardeazabal and Ugidos (2004), More on identification in detailed wage
decompositions. R package oaxaca (Hlavac).
"""

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput
from analysis.models.premium.decomposition import (
    PARTS,
    Decomposition,
    Fit,
    Floats,
    group_means,
    least_squares,
    mapped,
    standard_errors,
)
from analysis.models.survey.weighted import check_weights

Reference = Literal["first", "second", "average", "cotton", "neumark", "pooled"]
REFERENCES = ("first", "second", "average", "cotton", "neumark", "pooled")
CONSTANT = "constant"


def decompose(
    data: pd.DataFrame,
    *,
    outcome: str,
    group: str,
    first: object,
    regressors: Sequence[str],
    reference: Reference,
    weights: str | None = None,
    categories: Mapping[str, Sequence[str]] | None = None,
) -> Decomposition:
    """Decompose the gap in the mean of `outcome` (Blinder and Oaxaca).

    With group means x1, x2 (constant included), coefficients b1, b2 and reference b:
    explained (x1 - x2)'b, unexplained x1'(b1 - b) + x2'(b - b2); endowments
    (x1 - x2)'b2, coefficients x2'(b1 - b2), interaction (x1 - x2)'(b1 - b2).

    Parameters
    ----------
    data : DataFrame
        One row a person. Rows with a missing value in a column used are left out.
    outcome, group : str
        Columns; `group` has two values.
    first : object
        The value of `group` whose mean comes first in the gap.
    regressors : sequence of str
        Numeric or yes/no columns; one category of each kind left out.
    reference : {"first", "second", "average", "cotton", "neumark", "pooled"}
        b: the first or second group's; their average (Reimers); their average by
        group size (Cotton); of both groups fitted as one, without a group indicator
        (Neumark) or with one that is then left out (Jann: "pooled"). Without the
        indicator part of the gap itself is counted as explained.
    weights : str, optional
        Column of sampling weights.
    categories : mapping, optional
        For results that do not depend on which category was left out: its name,
        and the columns of the others, {"high_school": ["college", "no_school"]}.
        Coefficients are then measured from the mean of all categories, and the one
        left out gets a row of its own.

    Raises
    ------
    WrongInput
        A column is absent or not numeric, `group` has not two values or lacks
        `first`, a group is too small or its regressors are collinear.
    ValueError
        Unknown reference.

    Examples
    --------
    >>> people = pd.DataFrame(
    ...     {
    ...         "pay": [50, 54, 61, 40, 45, 47],
    ...         "years": [2, 4, 7, 1, 3, 5],
    ...         "cpc": [1, 1, 1, 0, 0, 0],
    ...     }
    ... )
    >>> found = decompose(
    ...     people, outcome="pay", group="cpc", first=1, regressors=["years"], reference="second"
    ... )
    >>> round(found.gap, 3), round(found.explained, 3), round(found.unexplained, 3)
    (11.0, 2.333, 8.667)
    """
    if reference not in REFERENCES:
        raise ValueError(f"reference must be one of {', '.join(REFERENCES)}, not {reference!r}.")
    columns = [outcome, group, *regressors, *([weights] if weights else [])]
    rows = _complete(data, columns, numeric=[outcome, *regressors])
    second = _other_value(rows[group], first)
    is_first = (rows[group] == first).to_numpy(dtype=bool)
    y = rows[outcome].to_numpy(dtype=float)
    x = np.column_stack([np.ones(len(rows)), rows[list(regressors)].to_numpy(dtype=float)])
    w = np.ones(len(rows)) if weights is None else check_weights(rows[weights], rows=len(rows))
    names = [CONSTANT, *regressors]

    fits = [least_squares(x, y, w * inside, names) for inside in (is_first, ~is_first)]
    means = [group_means(x, w * inside) for inside in (is_first, ~is_first)]
    star = _reference(reference, fits, x, y, w, is_first, names)
    if categories:
        spread, gather, names = _normalisation(names, categories, rows)
        fits = [mapped(fit, spread) for fit in fits]
        star = mapped(star, spread)
        means = [mapped(mean, gather) for mean in means]

    values, influences = _parts(means, fits, star)
    outcome_means = [group_means(y[:, None], w * inside) for inside in (is_first, ~is_first)]
    mean_first, mean_second = (float(mean.coefficients[0]) for mean in outcome_means)
    gap_influence = outcome_means[0].influence - outcome_means[1].influence
    totals = {name: float(part.sum()) for name, part in values.items()}
    errors = {name: float(standard_errors(part.sum(axis=1))) for name, part in influences.items()}
    return Decomposition(
        outcome=outcome,
        group=group,
        first=first,
        second=second,
        reference=reference,
        rows_first=int((w[is_first] > 0).sum()),
        rows_second=int((w[~is_first] > 0).sum()),
        rows_left_out=len(data) - len(rows),
        mean_first=mean_first,
        mean_second=mean_second,
        gap=mean_first - mean_second,
        gap_se=float(standard_errors(gap_influence[:, 0])),
        unexplained_first=totals["unexplained_first"],
        unexplained_second=totals["unexplained_second"],
        by_regressor=_by_regressor(names, values, influences),
        reference_coefficients=pd.Series(star.coefficients, index=names, name="coefficient"),
        **{name: totals[name] for name in PARTS},
        **{f"{name}_se": errors[name] for name in PARTS},
    )


def _parts(
    means: list[Fit], fits: list[Fit], star: Fit
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    """Return each part by regressor, and each row's influence on it."""
    (m1, d1), (m2, d2) = ((mean.coefficients, mean.influence) for mean in means)
    (b1, e1), (b2, e2) = ((fit.coefficients, fit.influence) for fit in fits)
    b, e = star.coefficients, star.influence
    products = {
        "explained": [(m1 - m2, d1 - d2, b, e)],
        "unexplained_first": [(m1, d1, b1 - b, e1 - e)],
        "unexplained_second": [(m2, d2, b - b2, e - e2)],
        "unexplained": [(m1, d1, b1 - b, e1 - e), (m2, d2, b - b2, e - e2)],
        "endowments": [(m1 - m2, d1 - d2, b2, e2)],
        "coefficients": [(m2, d2, b1 - b2, e1 - e2)],
        "interaction": [(m1 - m2, d1 - d2, b1 - b2, e1 - e2)],
    }
    values = {
        name: np.sum([mean * price for mean, _, price, _ in terms], axis=0)
        for name, terms in products.items()
    }
    influences = {
        name: np.sum(
            [of_mean * price + mean * of_price for mean, of_mean, price, of_price in terms], axis=0
        )
        for name, terms in products.items()
    }
    return values, influences


def _by_regressor(
    names: list[str], values: dict[str, Floats], influences: dict[str, Floats]
) -> pd.DataFrame:
    """Tabulate the parts by regressor, errors beside them."""
    columns: dict[str, Floats] = {}
    for name in ("explained", "unexplained"):
        columns |= {name: values[name], f"{name}_se": standard_errors(influences[name])}
    columns |= {name: values[name] for name in ("unexplained_first", "unexplained_second")}
    for name in ("endowments", "coefficients", "interaction"):
        columns |= {name: values[name], f"{name}_se": standard_errors(influences[name])}
    return pd.DataFrame(columns, index=pd.Index(names, name="regressor"))


def _reference(
    reference: Reference,
    fits: list[Fit],
    x: Floats,
    y: Floats,
    w: Floats,
    is_first: NDArray[np.bool_],
    names: list[str],
) -> Fit:
    """Return the reference coefficients and the rows' influence on them."""
    if reference == "neumark":
        return least_squares(x, y, w, names)
    if reference == "pooled":
        both = least_squares(np.column_stack([x, ~is_first]), y, w, [*names, "the group"])
        return Fit(coefficients=both.coefficients[:-1], influence=both.influence[:, :-1])
    share = {
        "first": 1.0,
        "second": 0.0,
        "average": 0.5,
        "cotton": float(w[is_first].sum() / w.sum()),
    }[reference]
    return Fit(
        coefficients=share * fits[0].coefficients + (1 - share) * fits[1].coefficients,
        influence=share * fits[0].influence + (1 - share) * fits[1].influence,
    )


def _normalisation(
    names: list[str], categories: Mapping[str, Sequence[str]], rows: pd.DataFrame
) -> tuple[Floats, Floats, list[str]]:
    """Return the maps of coefficients and means that give every category a row."""
    spread = np.vstack([np.eye(len(names)), np.zeros((len(categories), len(names)))])
    gather = spread.copy()
    for row, (left_out, members) in enumerate(categories.items(), start=len(names)):
        if unknown := [name for name in members if name not in names[1:]]:
            raise WrongInput(f"categories must be among the regressors; {unknown[0]!r} is not.")
        table = rows[list(members)].to_numpy(dtype=float)
        if left_out in names or not np.isin(table, [0, 1]).all() or (table.sum(axis=1) > 1).any():
            raise WrongInput(
                f"the categories beside {left_out!r} must be 0 or 1, at most one of them 1 in a "
                "row, and the one left out no regressor."
            )
        places = [names.index(name) for name in members]
        average = np.zeros(len(names))
        average[places] = 1 / (len(places) + 1)
        spread[0] += average
        spread[[*places, row]] -= average
        gather[row, 0] = 1.0
        gather[row, places] = -1.0
    return spread, gather, [*names, *categories]


def _complete(data: pd.DataFrame, columns: list[str], *, numeric: list[str]) -> pd.DataFrame:
    """Return the rows with every value, after checking that the columns can be used."""
    if absent := [name for name in columns if name not in data]:
        raise WrongInput(f"the data have no column {', '.join(map(repr, absent))}.")
    if len(set(columns)) < len(columns) or CONSTANT in columns:
        raise WrongInput(f"columns must differ, and none be called {CONSTANT!r}: {columns}.")
    for name in numeric:
        if not pd.api.types.is_numeric_dtype(data[name]):
            raise WrongInput(
                f"{name!r} must be numeric or yes/no, not {data[name].dtype}: "
                "make an indicator of each category but one."
            )
    return data[columns].dropna()


def _other_value(groups: pd.Series, first: object) -> object:
    """Return the second of the two values of the group column."""
    values = list(groups.unique())
    if len(values) != 2 or first not in values:
        raise WrongInput(
            f"{groups.name!r} must have two values, one of them {first!r}; found {values[:5]}."
        )
    return next(value for value in values if value != first)
