"""Any part of a study as a table: headers from its columns, figures worded by their unit."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.part import Column, Part, headers
from analysis.tabular.table import Table, table
from analysis.wording import BLANK, MINUS, UNBROKEN_TO, span

WORDS = ("yes", "no")
WHOLE = ("employment", "jobs", "openings", "base_employment", "projected_employment")


def of(
    part: Part, caption: str, *, columns: Sequence[Any] = (), most: int | None = None
) -> Table | str:
    """Show a part of a study as a table.

    Parameters
    ----------
    part : Part
        With `columns` for what people should see; without them every column is shown by its name.
    caption : str
        What the table says.
    columns : sequence of str
        Which columns, in order; all of the part where empty.
    most : int or None
        At most so many rows, from the top.

    Returns
    -------
    Table or str
        Where the part is missing, the sentence that says why.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> vintages = outlook.projections_by_vintage(processed.Tables())
    >>> print(of(vintages, "Projections", columns=["projection_period", "annual_openings"], most=2))
    Projections
    Projection Openings a year
       2014-24               –
       2016-26          15,800
    """
    if part.is_missing:
        return Reason(part.reason)
    rows = part.table if most is None else part.table.head(most)
    every = part.columns or {name: str(name) for name in rows}
    chosen = {name: every[name] for name in columns} if columns else every
    named = headers(chosen)
    shown = {named[name]: _column(rows, name, column) for name, column in chosen.items()}
    text = {named[name] for name, column in chosen.items() if _is_text(rows, name, column)}
    return table(rows, shown, caption=caption, source=part.source, text=text, note=part.note)


def beside_figure(part: Part, caption: str) -> Table | None:
    """Show a part whose figure stands beside it; None where it is missing: the figure says why."""
    shown = of(part, caption)
    return shown if isinstance(shown, Table) else None


def _column(rows: pd.DataFrame, name: Any, column: str | Column) -> "pd.Series[str]":
    """Write one column, or several as one."""
    if not isinstance(column, Column):
        return words(rows[name].replace("", None), name)
    if isinstance(name, str):
        return rows[name].map(lambda value: _formed(value, column.form)).astype("str")
    form = column.form if callable(column.form) else _range(column.form)
    cells = [form(*values) for values in rows[list(name)].itertuples(index=False)]
    return pd.Series(cells, index=rows.index, dtype="str")


def _is_text(rows: pd.DataFrame, name: Any, column: str | Column) -> bool:
    """Return True for words, which are aligned left."""
    if isinstance(column, Column) and column.is_text:
        return True
    return isinstance(name, str) and rows[name].dtype == "str"


def _range(form: str) -> Callable[[Any, Any], str]:
    """Return a function that writes a range, its words kept on one line."""
    write = form.format
    return lambda low, high: span(low, high, write, to=UNBROKEN_TO).replace("-", MINUS)


def _formed(value: Any, form: Any) -> str:
    """Write a value in a form; a dash where there is none."""
    if pd.isna(value):
        return BLANK
    return form.format(value) if isinstance(form, str) else form(value)


def words(values: "pd.Series[Any]", name: str) -> "pd.Series[str]":
    """Word a column by the unit its name ends in; what is missing becomes a dash.

    Examples
    --------
    >>> words(pd.Series([51140.0, None]), "median_wage_usd").tolist()
    ['$51,140', '–']
    >>> words(pd.Series([3.14159]), "growth_pct").tolist()
    ['3.1%']
    >>> words(pd.Series([0.37]), "jobs_per_1000").tolist()
    ['0.37']
    """
    return values.map(lambda value: _worded(value, name)).astype("str")


def _worded(value: Any, name: str) -> str:
    """Word one value."""
    if pd.isna(value):
        return BLANK
    if isinstance(value, str):
        return value
    if name.startswith("is_"):
        return WORDS[0] if value else WORDS[1]
    if name.endswith("year"):
        return str(int(value))
    if "_usd" in name:
        return wording.usd(float(value), cents="hourly" in name)
    if name.endswith(("_pct", "_percent")):
        return wording.percent(float(value))
    if float(value).is_integer() or (name.startswith(WHOLE) and "_per_" not in name):
        return wording.count(float(value))
    return wording.quantity(float(value), "", places=2)
