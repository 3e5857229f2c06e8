"""A file of pay records, read and cleaned in one call; and tables written for spreadsheets."""

import re
from pathlib import Path

import pandas as pd

from analysis import sources
from analysis.cleaning.pay.column_guess import NAME_IT, guess_column_map
from analysis.cleaning.pay.column_map import ColumnMap, read_column_map
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.records import CleanedRecords, clean_records
from analysis.cleaning.pay.vocabulary import known_spellings
from analysis.errors import WrongInput
from analysis.pay_records import (
    SHOWN_DIGITS,
    RecordFile,
    says_synthetic,
)


def read_own_records(file: str | Path, *, columns: str | Path | None = None) -> RecordFile:
    """Read a survey, an HR export or a job-board dump, and clean it.

    Parameters
    ----------
    file : str or Path
        CSV, Excel or Parquet, from the working folder or from the project's.
    columns : str or Path or None
        The TOML that says which column holds what; None guesses from headers and values, which
        `workforce survey FILE --guess` shows.

    Raises
    ------
    WrongInput
        There is no such file, it cannot be read, or no column of it holds pay.

    Examples
    --------
    >>> demo = "data/raw/demo_survey"
    >>> own = read_own_records(f"{demo}/demo_survey_synthetic.csv", columns=f"{demo}/columns.toml")
    >>> own.is_synthetic, bool(own.table["annual_pay_usd"].gt(0).all())
    (True, True)
    """
    place = _found(file)
    if columns is None:
        column_map = guess_column_map(read_records(place), known_spellings()).column_map
    else:
        column_map = read_column_map(_found(columns))
    table = clean_file(place, column_map).salaries
    return RecordFile(
        table=table,
        name=place.name,
        sha256=sources.sha256_of(place)[:SHOWN_DIGITS],
        is_synthetic=says_synthetic(place.name, table["record_id"]),
    )


def clean_file(file: Path, column_map: ColumnMap) -> CleanedRecords:
    """Read and clean a file of records that a map describes.

    Raises
    ------
    WrongInput
        The file cannot be read, the map names a column that is absent, or no pay was found: none
        is mapped, or none could be read in any row.
    """
    table = read_records(file, column_map.file)
    column_map.check(table)
    if not column_map.pay:
        raise WrongInput(f"The column map names no pay. {_seen(table)} {NAME_IT}")
    cleaned = clean_records(table, column_map, known_spellings())
    if cleaned.salaries["annual_pay_usd"].isna().all():
        reasons = cleaned.set_aside[["reason", "found"]].value_counts().head(3).reset_index()
        why = "; ".join(f"{row['found']!r}: {row['reason']}" for row in reasons.to_dict("records"))
        raise WrongInput(
            f"No row of {file.name} has pay that could be used, of {cleaned.rows_in:,}. The map "
            f"gives pay = {', '.join(column_map.pay)}. {why and f'Found there: {why}. '}"
            f"{_seen(table)} {NAME_IT}"
        )
    return cleaned


def _seen(table: pd.DataFrame) -> str:
    """Say what the columns of a file are."""
    shown = ", ".join(repr(str(name)) for name in list(table.columns)[:MOST_SHOWN])
    rest = len(table.columns) - MOST_SHOWN
    return f"The file has the columns {shown}{f' and {rest:,} more' if rest > 0 else ''}."


def _found(path: str | Path) -> Path:
    """Return a file that is there, from the working folder or from the project's."""
    given = Path(path).expanduser()
    places = [place for place in (given, sources.ROOT / given) if place.is_file()]
    if not places:
        raise WrongInput(f"file must be one that exists; {str(path)!r} does not.")
    return places[0]


MOST_SHOWN = 20
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
