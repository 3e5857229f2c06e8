"""The flat files of a release: one line a series becomes one row a cell.

The series id holds seasonal code, area type, area, industry, occupation and data type at fixed
places. The file is read once: lines that cannot be used meet in one row without a cell, and are
read again, to be set aside, only where there are any.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.cleaning.cited import Cleaned
from analysis.cleaning.oews.code_lists import load_lists, top_codes
from analysis.cleaning.oews.store import quoted
from analysis.cleaning.oews.wage_rows import DATA_TYPES, wage_rows
from analysis.errors import WrongInput

SERIES_COLUMNS = ("series_id", "year", "period", "value", "footnote_codes")
SERIES_LENGTH = 25
CELL_LENGTH = 23  # all but the data type
BETWEEN_NOTES = "[,; ]+"
UNKNOWN_TYPE = "unknown data type"
OTHER_YEAR = "another year"


def data_file(data: Path) -> str:
    """Name a data file to DuckDB: five columns of text, no quotes."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in SERIES_COLUMNS)
    return (
        f"read_csv('{quoted(data)}', delim='\t', header=true, auto_detect=false, quote='', "
        f"escape='', nullstr='', columns={{{columns}}})"
    )


def series_sql(data: Path, *, year: int) -> str:
    """Write the SQL that reads a data file: its five columns, and cell, data_type and amount.

    `reason` says why a line is not of the release of `year`, and is empty where it is. The plain
    case comes first, since almost every line is one.
    """
    is_plain = (
        f"year = '{year}' AND data_type BETWEEN 1 AND {len(DATA_TYPES)} "
        f"AND strlen(series_id) >= {SERIES_LENGTH} AND trim(substr(series_id, 26)) = '' "
        "AND (amount IS NOT NULL OR trim(value) = '-')"
    )
    return (
        f"SELECT *, CASE WHEN {is_plain} THEN '' "
        f"WHEN series_id IS NULL OR strlen(trim(series_id)) <> {SERIES_LENGTH} "
        f"THEN 'series id is not {SERIES_LENGTH} characters long' "
        f"WHEN data_type IS NULL OR NOT data_type BETWEEN 1 AND {len(DATA_TYPES)} "
        f"THEN '{UNKNOWN_TYPE}' "
        "WHEN amount IS NULL AND (value IS NULL OR trim(value) <> '-') "
        "THEN 'value is neither a number nor -' "
        "WHEN try_cast(year AS SMALLINT) IS NULL THEN 'year is not a number' "
        f"WHEN try_cast(year AS SMALLINT) <> {year} THEN '{OTHER_YEAR}' ELSE '' END AS reason "
        f"FROM (SELECT *, substr(series_id, 1, {CELL_LENGTH}) AS cell, "
        f"try_cast(substr(series_id, {CELL_LENGTH + 1}, 2) AS UTINYINT) AS data_type, "
        f"try_cast(value AS DOUBLE) AS amount FROM {data_file(data)})"
    )


def cells_sql(data: Path, *, year: int) -> str:
    """Write the SQL that turns one line a series into one row a cell of the release of `year`.

    A row has the measures, `lines` (as many as it was made from), `types` (different ones among
    them: fewer, if a series repeats) and `marks`: a text a line that has a footnote or no amount,
    "13:8", of data type and footnote. `oews_area` is missing in the one row of the lines that are
    not of the release.
    """
    amounts = ", ".join(
        f"max(amount) FILTER (data_type = {int(code)}) AS {name}"
        for code, name in DATA_TYPES.items()
    )
    mark = (
        "CASE WHEN amount IS NULL OR footnote_codes IS NOT NULL "
        "THEN substr(series_id, 24, 2) || ':' || coalesce(footnote_codes, '') END AS mark"
    )
    present = " | ".join(
        f"(({name} IS NOT NULL)::INTEGER << {int(code)})" for code, name in DATA_TYPES.items()
    )
    return (
        f"SELECT CAST({year} AS BIGINT) AS year, substr(cell, 5, 7) AS oews_area, "
        "substr(cell, 12, 6) AS industry_code, substr(cell, 18, 6) AS occupation_code, "
        f"{', '.join(DATA_TYPES.values())}, lines, "
        f"bit_count({present} | coalesce(absent, 0)) AS types, {_separate('marks')} AS marks "
        "FROM ("
        f"SELECT CASE WHEN reason = '' THEN cell END AS cell, {amounts}, count(*) AS lines, "
        "bit_or(CASE WHEN amount IS NULL AND reason = '' THEN 1::INTEGER << data_type END) "
        "AS absent, "
        "list(mark) FILTER (mark IS NOT NULL AND reason = '') AS marks "
        f"FROM (SELECT *, {mark} FROM ({series_sql(data, year=year)})) GROUP BY 1)"
    )


def _separate(marks: str) -> str:
    """Write the SQL that makes two marks of "13:4,5", and orders them."""
    return (
        f"list_sort(flatten(list_transform({marks}, lambda mark: list_transform("
        f"string_split_regex(trim(mark[4:]), '{BETWEEN_NOTES}'), lambda note: mark[1:3] || note))))"
    )


HEADER_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What became of the rows of a release.

    Parameters
    ----------
    rows_in, rows_kept, rows_set_aside : int
        Lines or rows of workbooks.
    set_aside : str
        SQL of the rows set aside, with their reason.
    other_years : tuple of int
        Years of the file that are releases of their own.
    """

    rows_in: int
    rows_kept: int
    rows_set_aside: int
    set_aside: str
    other_years: tuple[int, ...] = ()


def load_flat(
    store: duckdb.DuckDBPyConnection,
    data: Path,
    *,
    year: int,
    counts_the_unreadable: bool = True,
    stops_at_new_types: bool = True,
) -> Counts:
    """Make the table `cells` of the lines of one year.

    Parameters
    ----------
    data : Path
        `oe.data.*`.
    year : int
        May of this year.
    counts_the_unreadable : bool
        Whether lines without a readable year are this release's to set aside.
    stops_at_new_types : bool
        Whether lines of a data type without a name stop the loading, or are set aside.

    Raises
    ------
    WrongInput
        A column is missing, a series repeats, or the agency added a data type.
    """
    series = series_sql(data, year=year)
    is_mine = f"try_cast(year AS SMALLINT) = {year}"
    if counts_the_unreadable:
        is_mine = f"coalesce({is_mine}, true)"
    mine = f"reason NOT IN ('', '{OTHER_YEAR}') AND coalesce({is_mine}, false)"
    set_aside = f"SELECT {', '.join(SERIES_COLUMNS)}, reason FROM ({series}) WHERE {mine}"
    store.execute(f"CREATE TABLE cells AS {cells_sql(data, year=year)}")
    lines, kept, strange = store.execute(
        "SELECT coalesce(sum(lines), 0)::BIGINT, "
        "coalesce(sum(types) FILTER (oews_area IS NOT NULL), 0)::BIGINT, "
        "coalesce(sum(lines) FILTER (oews_area IS NULL), 0)::BIGINT FROM cells"
    ).fetchall()[0]
    if lines - kept - strange:
        raise _repeats(store, data, year)
    if not strange:
        return Counts(rows_in=lines, rows_kept=kept, rows_set_aside=0, set_aside=set_aside)
    if stops_at_new_types:
        _refuse_new_types(store, set_aside, data)
    if not kept:
        raise WrongInput(f"{data.name} has no line of May {year} that can be read.")
    unused = int(store.execute(f"SELECT count(*) FROM ({set_aside})").fetchall()[0][0])
    others = store.execute(
        f"SELECT try_cast(year AS SMALLINT) AS other, count(*) FROM ({series}) "
        f"WHERE reason <> '' AND NOT ({mine}) GROUP BY other ORDER BY other"
    ).fetchall()
    return Counts(
        rows_in=lines - sum(count for _, count in others),
        rows_kept=kept,
        rows_set_aside=unused,
        set_aside=set_aside,
        other_years=tuple(other for other, _ in others if other is not None),
    )


def check_header(data: Path) -> None:
    """Hold the first line of a data file to the five columns of the agency.

    Raises
    ------
    WrongInput
        It has others.
    """
    with data.open("rb") as file:
        first = file.readline(HEADER_BYTES).decode("utf-8", errors="replace")
    found = tuple(name.strip().lower() for name in first.removeprefix("\ufeff").split("\t"))
    if found != SERIES_COLUMNS:
        raise WrongInput(
            f"{data.name} must begin with the columns {', '.join(SERIES_COLUMNS)}, tab separated; "
            f"found {first[:80].strip()!r}. Download it again, or pass the file it was made from."
        )


def first_year(data: Path) -> int:
    """Read the year of the first line that has one.

    Raises
    ------
    WrongInput
        The header is another one, or no line has a year.
    """
    check_header(data)
    with duckdb.connect() as store:
        found = store.execute(
            f"SELECT try_cast(year AS SMALLINT) FROM {data_file(data)} "
            "WHERE try_cast(year AS SMALLINT) IS NOT NULL LIMIT 1"
        ).fetchall()
    if not found:
        raise WrongInput(f"{data.name} has no line with a year. Download it again.")
    return int(found[0][0])


def _refuse_new_types(store: duckdb.DuckDBPyConnection, set_aside: str, data: Path) -> None:
    """Stop at data types that were not there before: their values have no column."""
    found = store.execute(
        f"SELECT DISTINCT substr(series_id, 24, 2) AS code FROM ({set_aside}) "
        f"WHERE reason = '{UNKNOWN_TYPE}' ORDER BY code"
    ).fetchall()
    if found:
        codes = ", ".join(code for (code,) in found)
        raise WrongInput(
            f"{data.name} has lines of data type {codes}, which is not one of 01 to 17. Nothing "
            "was written: look it up in oe.datatype, and give it a name in "
            "cleaning/oews/wage_rows.py."
        )


def _repeats(store: duckdb.DuckDBPyConnection, data: Path, year: int) -> WrongInput:
    """Say how many series have more than one line, and name the first."""
    series, first, times = store.execute(
        "SELECT count(*), min(series), arg_min(times, series) FROM (SELECT trim(series_id) AS "
        f"series, count(*) AS times FROM ({series_sql(data, year=year)}) "
        "WHERE reason = '' GROUP BY series, period HAVING count(*) > 1)"
    ).fetchall()[0]
    return WrongInput(
        f"{data.name} holds {series:,} series more than once for May {year}; the first, {first}, "
        f"{times} times. A release has each once: download it again."
    )


def clean_oews(
    data: Path, *, area: Path, industry: Path, occupation: Path, footnote: Path, states: Path
) -> Cleaned:
    """Turn the flat files of a release into one row an occupation, area and industry.

    Parameters
    ----------
    data : Path
        `oe.data.*`: tab separated; series_id, year, period, value, footnote_codes.
    area, industry, occupation, footnote : Path
        The code lists of the same release.
    states : Path
        FIPS and postal codes, comma separated.

    Returns
    -------
    Cleaned
        The table keeps `schemas.wages.Wages`. Wages are nominal, employment is in jobs.
        Suppressed values are missing and flagged, top-coded wages are the bound and named in
        `top_coded`. `rows_in` counts series: a kept series is a cell of the table.

    Raises
    ------
    WrongInput
        The top code cannot be read from the footnotes, a series repeats, or the file holds
        several years.
    """
    year = first_year(data)
    with duckdb.connect() as store:
        load_lists(store, area=area, industry=industry, occupation=occupation, states=states)
        top = top_codes(store, footnote)
        counts = load_flat(store, data, year=year, stops_at_new_types=False)
        if counts.other_years:
            others = ", ".join(str(other) for other in counts.other_years)
            raise WrongInput(f"{data.name} must hold one year; found {year} and {others}.")
        table = store.execute(
            f"SELECT * EXCLUDE (oews_area, footnoted) FROM ({wage_rows(top)}) "
            "ORDER BY year, oews_area, industry_code, occupation_code"
        ).df()
        set_aside = store.execute(counts.set_aside).df()
    return Cleaned(
        table=table, set_aside=set_aside, rows_in=counts.rows_in, rows_kept=counts.rows_kept
    )
