"""Find the rows of a processed table that a figure comes from, and cite them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_

import pandas as pd

from analysis.estimate import VERIFICATION
from analysis.models.ranges import Range
from analysis.studies.official import SOURCE

Tables = Mapping[str, pd.DataFrame]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """Where figures come from, and how far the least verified of them was verified.

    Parameters
    ----------
    source : str
        Titles and vintages, one after another.
    verification : str
        The weakest mark of all: one of `VERIFICATION`.
    """

    source: str
    verification: str

    def __add__(self, other: "Citation") -> "Citation":
        sources = dict.fromkeys([*self.source.split("; "), *other.source.split("; ")])
        return Citation(
            source="; ".join(filter(None, sources)),
            verification=max(self.verification, other.verification, key=VERIFICATION.index),
        )


def rows_where(table: pd.DataFrame, **equal: str | int) -> pd.DataFrame:
    """Keep the rows in which every named column equals its value.

    Raises
    ------
    ValueError
        No row does: the figure asked for is not in the table.

    Examples
    --------
    >>> rates = pd.DataFrame({"credential": ["CCA", "CCS"], "pass_rate_pct": [62.0, 84.0]})
    >>> rows_where(rates, credential="CCS")["pass_rate_pct"].item()
    84.0
    """
    kept = table[reduce(and_, (table[column].eq(value) for column, value in equal.items()))]
    if kept.empty:
        raise ValueError(f"The table holds no row with {equal}.")
    return kept


def assumed(tables: Tables, name: str) -> Range:
    """Return a row of the table `assumptions`; one that is never varied has equal limits.

    Examples
    --------
    >>> from analysis import processed
    >>> placement = assumed(processed.Tables(), "roi.placement_rate")
    >>> placement.low, placement.likely, placement.high
    (70.0, 85.0, 100.0)
    """
    row = rows_where(tables["assumptions"], id=name).iloc[0]
    low, high = row[["low", "high"]].fillna(row["value"])
    likely = None if pd.isna(row["value"]) else float(row["value"])
    return Range(low=float(low), high=float(high), likely=likely, source=str(row["source"]))


def latest(table: pd.DataFrame, by: str) -> pd.DataFrame:
    """Keep the rows of the latest `by`."""
    return table[table[by].eq(table[by].max())]


def cite(rows: pd.DataFrame) -> Citation:
    """Cite every source of the rows of a table of cited figures.

    Examples
    --------
    >>> rows = pd.DataFrame({"source_title": ["BLS"], "vintage": ["2024-34"],
    ...                      "verification": ["read in source"]})
    >>> cite(rows)
    Citation(source='BLS (2024-34)', verification='read in source')
    """
    named = (rows["source_title"] + " (" + rows["vintage"].fillna("undated") + ")").unique()
    return Citation(
        source="; ".join(named), verification=max(rows["verification"], key=VERIFICATION.index)
    )


def cite_oews(wages: pd.DataFrame) -> Citation:
    """Cite the latest OEWS release in the table `wages`."""
    return Citation(source=f"{SOURCE} (May {wages['year'].max()})", verification="read in source")


def row_of(table: pd.DataFrame, column: str, name: str) -> pd.Series:
    """Return the row in which `column` is `name`.

    Raises
    ------
    ValueError
        No row is, or more than one.

    Examples
    --------
    >>> fees = pd.DataFrame({"item": ["exam", "dues"], "usd": [425, 222]})
    >>> int(row_of(fees, "item", "dues")["usd"])
    222
    """
    rows = table[table[column].eq(name)]
    if len(rows) != 1:
        raise ValueError(f"{column} must be {name!r} in one row, found {len(rows)}.")
    return rows.iloc[0]
