"""Set published averages of certified and not certified respondents side by side."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublishedGap:
    """Gaps between two published averages, year by year, adjusted for nothing.

    Parameters
    ----------
    table : DataFrame
        year, certified_usd, not_certified_usd, gap_usd, gap_pct (certified over not
        certified, less 100 %), by year; gaps missing where an average is.
    """

    table: pd.DataFrame

    @property
    def statement(self) -> str:
        """The latest gap in a sentence that claims no more than the averages do."""
        known = self.table.dropna(subset=["gap_pct"])
        if known.empty:
            return "No year has both averages."
        year, gap_pct = known["year"].iloc[-1], float(known["gap_pct"].iloc[-1])
        more = "more" if gap_pct >= 0 else "less"
        spread = (
            f" Over {len(known)} surveys the gap ran from {known['gap_pct'].min():.0f} % to "
            f"{known['gap_pct'].max():.0f} %."
            if len(known) > 1
            else ""
        )
        return (
            f"Certified respondents reported {abs(gap_pct):.0f} % {more} on average than those not "
            f"certified ({year}). The gap is unadjusted: the groups also differ in "
            f"experience, job and who answered.{spread}"
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the table."""
        return self.table.copy()

    def _repr_html_(self) -> str:
        """Show the statement and the table."""
        table = self.table.to_html(
            index=False, float_format="{:,.1f}".format, na_rep="not published"
        )
        return f"<p>{self.statement}</p>{table}"


def published_gap(
    averages: pd.DataFrame,
    *,
    certified: str = "certified_usd",
    not_certified: str = "not_certified_usd",
    year: str = "year",
) -> PublishedGap:
    """Compute the unadjusted gap between two published averages, year by year.

    Parameters
    ----------
    averages : DataFrame
        A row a survey.
    certified, not_certified, year : str
        Its columns: average pay in USD a year, and the year. A missing average
        leaves its gap missing.

    Raises
    ------
    WrongInput
        A column is absent, a year repeats, or an average is not above 0.

    Examples
    --------
    >>> averages = pd.DataFrame(
    ...     {"year": [2025], "certified_usd": [66_979], "not_certified_usd": [55_721]}
    ... )
    >>> published_gap(averages).to_frame()["gap_pct"].round(1).tolist()
    [20.2]
    """
    columns = {year: "year", certified: "certified_usd", not_certified: "not_certified_usd"}
    if absent := [name for name in columns if name not in averages]:
        raise WrongInput(f"the averages have no column {', '.join(map(repr, absent))}.")
    table = averages[list(columns)].rename(columns=columns).sort_values("year", ignore_index=True)
    if table["year"].duplicated().any():
        twice = table.loc[table["year"].duplicated(), "year"].iloc[0]
        raise WrongInput(f"each year must appear once; {twice} appears again.")
    with_, without = table["certified_usd"], table["not_certified_usd"]
    if (with_ <= 0).any() or (without <= 0).any():
        raise WrongInput("averages must be above 0 USD; leave unpublished ones missing.")
    return PublishedGap(
        table=table.assign(gap_usd=with_ - without, gap_pct=100 * (with_ / without - 1))
    )
