"""Write tables for spreadsheets so that no text in them is run as a formula."""

import re

import pandas as pd

FORMULA = re.compile(r"^[\s\x00]*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]")


def neutralised(table: pd.DataFrame) -> pd.DataFrame:
    """Put an apostrophe before every text that a spreadsheet would run as a formula.

    Column names too. Numbers stay numbers.

    Examples
    --------
    >>> neutralised(pd.DataFrame({"=A1": ["@cmd", "fine"], "pay": [-1, 2]})).to_dict("list")
    {"'=A1": ["'@cmd", 'fine'], 'pay': [-1, 2]}
    """
    columns = {str(name): _neutral(table[name]) for name in table.columns}
    named = pd.DataFrame(columns, index=table.index)
    return named.rename(columns={name: _safe(name) for name in named.columns})


def spreadsheet_csv(table: pd.DataFrame) -> bytes:
    """Write a table as CSV that a spreadsheet can open without running anything in it."""
    return neutralised(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _neutral(column: pd.Series) -> pd.Series:
    """Neutralise the texts of a column; each distinct text is looked at once."""
    if pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_datetime64_dtype(
        column.dtype
    ):
        return column
    distinct = [value for value in pd.unique(column.dropna()) if isinstance(value, str)]
    unsafe = {value: _safe(value) for value in distinct if _safe(value) != value}
    return column.replace(unsafe) if unsafe else column


def _safe(text: str) -> str:
    """Neutralise one text."""
    return f"'{text}" if FORMULA.match(text) else text
