"""A table as people read it: caption, units in the header, figures right-aligned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

import pandas as pd

from analysis.wording import UNBROKEN_TO, untypeset

SHORT, LONG = 12, 60  # characters
WIDEST_LINE = 200
TO = UNBROKEN_TO
# JupyterLab aligns every cell right; a report has its own style.
LAB_STYLE = (
    "<style>.jp-RenderedHTMLCommon table[data-sortable] :is(th, td):not(.number) "
    "{ text-align: left }</style>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Text ready to be read, and the frame it was made from.

    Parameters
    ----------
    frame : DataFrame
        The values as they are, for whoever computes on.
    shown : DataFrame
        The same rows as text; its column names are headers with unit. The first column names
        the row.
    caption : str
        What the table says, as a sentence.
    source : str
        Who published the figures.
    numeric : frozenset of str
        Columns of `shown` to align right.
    note : str
        How to read it; may be empty.
    """

    frame: pd.DataFrame
    shown: pd.DataFrame
    caption: str
    source: str
    numeric: frozenset[str]
    note: str = ""

    def to_frame(self) -> pd.DataFrame:
        """Return the values behind the table."""
        return self.frame

    @untypeset
    def _repr_html_(self) -> str:
        shown = self.shown.astype("str")
        marks = [self._mark(name, texts) for name, texts in shown.items()]
        head = "".join(
            f'<th scope="col"{mark}>{escape(str(name))}</th>'
            for name, mark in zip(shown, marks, strict=True)
        )
        body = "".join(
            f"<tr>{_cells(row, marks)}</tr>" for row in shown.itertuples(index=False, name=None)
        )
        foot = escape(" ".join(filter(None, [self.note, f"Source: {self.source}."])))
        return (
            f"{LAB_STYLE}<table data-sortable><caption>{escape(self.caption)}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
            f'<p class="source">{foot}</p>'
        )

    def __repr__(self) -> str:
        lines = self.shown.to_string(index=False).split("\n")
        if len(lines[0]) > WIDEST_LINE:  # columns of sentences would be mostly blanks
            rows = [list(self.shown), *self.shown.astype("str").to_numpy().tolist()]
            lines = [" | ".join(map(str, row)) for row in rows]
        return "\n".join([self.caption, *lines])

    def _mark(self, name: object, texts: "pd.Series[str]") -> str:
        """Mark a numeric column, and words too short to break or long enough to need room."""
        if name in self.numeric:
            return ' class="number"'
        longest = texts.str.len().max()
        if longest <= SHORT:
            return ' class="short"'
        return ' class="long"' if longest > LONG else ""


def _cells(row: Sequence[str], marks: Sequence[str]) -> str:
    """Write one row; its first cell is its header."""
    first, *rest = zip(row, marks, strict=True)
    header = f'<th scope="row"{first[1]}>{escape(first[0])}</th>'
    return header + "".join(f"<td{mark}>{escape(text)}</td>" for text, mark in rest)


def table(
    frame: pd.DataFrame,
    columns: Mapping[str, "pd.Series[str]"],
    *,
    caption: str,
    source: str,
    text: frozenset[str] | set[str] = frozenset(),
    note: str = "",
) -> Table:
    """Make a table from columns already put into words.

    Parameters
    ----------
    frame : DataFrame
        The values behind it.
    columns : mapping
        Header (with unit) to the column's text, in reading order; the first names the row.
    caption, source, note
        As in `Table`.
    text : set of str
        Headers of columns that hold words; all but the first and these are aligned right.

    Examples
    --------
    >>> jobs = pd.DataFrame({"state": ["Guam"], "employment": [70.0]})
    >>> shown = {"State": jobs["state"], "Jobs": jobs["employment"].map("{:.0f}".format)}
    >>> print(table(jobs, shown, caption="Jobs by state", source="BLS"))
    Jobs by state
    State Jobs
     Guam   70
    """
    shown = pd.DataFrame(dict(columns)).reset_index(drop=True)
    numeric = frozenset(list(columns)[1:]) - frozenset(text)
    return Table(
        frame=frame, shown=shown, caption=caption, source=source, numeric=numeric, note=note
    )
