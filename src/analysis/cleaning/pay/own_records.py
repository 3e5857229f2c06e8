"""A file of pay records, read and cleaned in one call; and tables written for spreadsheets."""

import re
from pathlib import Path

import pandas as pd

from analysis import sources
from analysis.cleaning.pay import vocabulary
from analysis.cleaning.pay.column_guess import guess_column_map
from analysis.cleaning.pay.column_map import FileFormat, read_column_map
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.records import clean_records
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
    known = known_spellings()
    if columns is None:
        column_map = guess_column_map(read_records(place, FileFormat()), known).column_map
    else:
        column_map = read_column_map(_found(columns))
    table = clean_records(read_records(place, column_map.file), column_map, known).salaries
    return RecordFile(
        table=table,
        name=place.name,
        sha256=sources.sha256_of(place)[:SHOWN_DIGITS],
        is_synthetic=says_synthetic(place.name, table["record_id"]),
    )


def known_spellings() -> vocabulary.Vocabulary:
    """Read the spellings of credentials, settings and states that the project knows."""
    return vocabulary.vocabulary_of(
        credentials=sources.read_raw(vocabulary.CREDENTIAL_ALIASES),
        settings=sources.read_raw(vocabulary.SETTING_ALIASES),
        states=sources.read_raw(vocabulary.STATE_ALIASES),
    )


def _found(path: str | Path) -> Path:
    """Return a file that is there, from the working folder or from the project's."""
    given = Path(path).expanduser()
    places = [place for place in (given, sources.ROOT / given) if place.is_file()]
    if not places:
        raise WrongInput(f"file must be one that exists; {str(path)!r} does not.")
    return places[0]


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
