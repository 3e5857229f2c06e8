"""Compare pay between every two groups, holding covariates fixed and errors in check."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
from statsmodels.stats.multitest import multipletests

from analysis.errors import WrongInput
from analysis.models.premium.percent_premium import percent_premium
from analysis.models.premium.wage_equation import Covariance, wage_equation
from analysis.wording import untypeset


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PairwiseComparison:
    """Adjusted differences in log pay between all pairs of groups.

    Parameters
    ----------
    outcome, group : str
        Columns compared.
    covariates : tuple of str
        Held fixed.
    rows : int
        Rows used.
    table : DataFrame
        A row a pair: first, second, log_difference (first less second), se,
        p_value, p_holm, premium_pct, low_pct, high_pct (90 % interval).
    """

    outcome: str
    group: str
    covariates: tuple[str, ...]
    rows: int
    table: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Return the table, largest difference first."""
        order = self.table["log_difference"].abs().sort_values(ascending=False).index
        return self.table.loc[order].reset_index(drop=True)

    @untypeset
    def _repr_html_(self) -> str:
        """Show the pairs with premium and adjusted p-value."""
        held = ", ".join(self.covariates) or "nothing"
        columns = ["first", "second", "premium_pct", "low_pct", "high_pct", "p_holm"]
        return (
            f"<p>{self.outcome} by {self.group}, {self.rows:,} rows, held fixed: {held}. "
            "Differences are associations; p-values are Holm's.</p>"
            + self.to_frame()[columns].to_html(index=False, float_format="{:.3g}".format)
        )


def compare_groups(
    data: pd.DataFrame,
    *,
    outcome: str,
    group: str,
    covariates: Sequence[str] = (),
    weights: str | None = None,
    covariance: Covariance = "HC3",
) -> PairwiseComparison:
    """Compare log pay between every two groups, with Holm's adjustment for many tests.

    One wage equation, log(outcome) on group and covariates; each pair is a
    contrast of it. Holm's step-down keeps the chance of even one false finding
    at the level tested, whatever the dependence between pairs.

    Parameters
    ----------
    data : DataFrame
        One row a person; rows with a missing value are left out.
    outcome : str
        Column of pay; above 0.
    group : str
        Column of labels, such as the credential held.
    covariates : sequence of str
        Columns held fixed; text columns as categories.
    weights : str, optional
        Column of sampling weights.
    covariance : str
        As in `wage_equation`.

    Raises
    ------
    WrongInput
        Pay is not above 0, there are fewer than two groups, or as `wage_equation`.

    References
    ----------
    Holm (1979), A simple sequentially rejective multiple test procedure.

    Examples
    --------
    >>> people = pd.DataFrame({"pay": [40.0, 42, 50, 52, 60, 62], "held": list("aabbcc")})
    >>> found = compare_groups(people, outcome="pay", group="held")
    >>> found.to_frame()[["first", "second"]].values.tolist()
    [['c', 'a'], ['b', 'a'], ['c', 'b']]
    """
    columns = [outcome, group, *covariates, *([weights] if weights else [])]
    if absent := [name for name in columns if name not in data]:
        raise WrongInput(f"the data have no column {', '.join(map(repr, absent))}.")
    rows = data[columns].dropna()
    if not (rows[outcome] > 0).all():
        bad = rows.index[~(rows[outcome] > 0)][0]
        raise WrongInput(f"{outcome!r} must be above 0 to take its logarithm; row {bad} is not.")
    levels = sorted(rows[group].unique())
    if len(levels) < 2:
        raise WrongInput(f"{group!r} must have at least two groups with pay, found {levels}.")
    places = {level: place for place, level in enumerate(levels)}
    held = {f"covariate_{place}": rows[name] for place, name in enumerate(covariates)}
    frame = pd.DataFrame(
        {
            "log_pay": np.log(rows[outcome].astype(float)),
            "place": rows[group].map(places).astype(int),
            **held,
            **({"weight": rows[weights]} if weights else {}),
        }
    )
    formula = " + ".join(["log_pay ~ C(place)", *held])
    fit = wage_equation(
        frame, formula, weights="weight" if weights else None, covariance=covariance
    )
    pairs = [(second, first) for first, second in combinations(levels, 2)]
    contrasts = np.zeros((len(pairs), len(fit.params)))
    names = list(fit.params.index)
    for row, (first, second) in enumerate(pairs):
        for level, sign in ((first, 1.0), (second, -1.0)):
            if places[level]:
                contrasts[row, names.index(f"C(place)[T.{places[level]}]")] = sign
    tested = fit.t_test(contrasts)
    premiums = [
        percent_premium(float(effect), float(se) ** 2)
        for effect, se in zip(tested.effect, np.ravel(tested.sd), strict=True)
    ]
    p_values = np.ravel(tested.pvalue)
    table = pd.DataFrame(
        {
            "first": [first for first, _ in pairs],
            "second": [second for _, second in pairs],
            "log_difference": tested.effect,
            "se": np.ravel(tested.sd),
            "p_value": p_values,
            "p_holm": multipletests(p_values, method="holm")[1],
            "premium_pct": [premium.value for premium in premiums],
            "low_pct": [premium.low for premium in premiums],
            "high_pct": [premium.high for premium in premiums],
        }
    )
    return PairwiseComparison(
        outcome=outcome, group=group, covariates=tuple(covariates), rows=int(fit.nobs), table=table
    )
