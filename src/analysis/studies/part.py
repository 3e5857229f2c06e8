"""A part of a study: one tidy table, and what a reader must know before reading it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pandas as pd

from analysis.wording import BLANK, untypeset

__all__ = ["BLANK", "Column", "Part", "headers", "plain_number"]

Form = str | Callable[..., str]


@dataclass(frozen=True, slots=True)
class Column:
    """How a column is read: its header, and the form of a value ("{:.3f}", or a function).

    Of two columns a form of text makes a range, "{:.1f}%" for "1.0% to 2.0%"; a function takes a
    value of each. Words are aligned left (`is_text`), as columns of text are anyhow.
    """

    header: str
    form: Form
    is_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Part:
    """One table of a study with its caveats.

    Parameters
    ----------
    table : DataFrame
        Tidy; no rows where the data are not in hand.
    note : str
        What the table covers and how it may mislead; may be empty.
    reason : str
        Why there is no table, as a sentence; empty where there is one.
    source : str
        Who published the figures, or the method that made them.
    columns : mapping
        The columns people should see, in order: by name (or several read as one), the header, or
        a `Column`.

    Examples
    --------
    >>> part = Part(reason="Not published.")
    >>> part.is_missing, part.reason
    (True, 'Not published.')
    """

    table: pd.DataFrame = field(default_factory=pd.DataFrame)
    note: str = ""
    reason: str = ""
    source: str = ""
    columns: Mapping[Any, str | Column] = field(default_factory=dict)

    @property
    def is_missing(self) -> bool:
        """True where there is nothing to show; `reason` then says why."""
        return self.table.empty

    def __repr__(self) -> str:
        return self.reason or f"{len(self.table)} rows. Source: {self.source}"

    def to_frame(self) -> pd.DataFrame:
        """Return the table; the caller may change it."""
        return self.table.copy()

    @untypeset
    def _repr_html_(self) -> str:
        """Show the table, its caveats and its source in a notebook."""
        if self.is_missing:
            return f"<p>{escape(self.reason)}</p>"
        shown = self.table.rename(columns=headers(self.columns))
        html = shown.to_html(index=False, na_rep=BLANK, float_format=plain_number, border=0)
        lines = (self.note, f"Source: {self.source}." if self.source else "")
        return html + "".join(f"<p>{escape(line)}</p>" for line in lines if line)


def plain_number(value: float) -> str:
    """Write a number for a table in a notebook: whole from a thousand on, else four digits.

    Examples
    --------
    >>> plain_number(194720.0), plain_number(0.23529), plain_number(-1.44198)
    ('194,720', '0.2353', '-1.442')
    """
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def headers(columns: Mapping[Any, str | Column]) -> dict[Any, str]:
    """Return the header of each column."""
    return {name: c.header if isinstance(c, Column) else c for name, c in columns.items()}
