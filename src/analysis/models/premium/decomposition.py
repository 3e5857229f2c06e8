"""What a decomposition of a pay gap says, and how it shows itself."""

from dataclasses import dataclass

import pandas as pd

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

    def _repr_html_(self) -> str:
        """Show the gap in a sentence and its parts as a table."""
        return (
            f"<p>{self.outcome}: {self.first} {self.mean_first:,.4g}, {self.second} "
            f"{self.mean_second:,.4g} ({self.group}; reference: {self.reference}). "
            "The unexplained part is an association, not an effect.</p>"
            + self.to_frame().to_html(index=False, float_format="{:,.4g}".format)
        )
