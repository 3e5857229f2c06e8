"""The flat files of a release, as SQL: one line a series becomes one row a cell.

The series id holds seasonal code, area type, area, industry, occupation and data type at fixed
places. The file is read once: lines that cannot be used meet in one row without a cell, and are
read again, to be set aside, only where there are any.
"""

from pathlib import Path

from analysis.cleaning.oews.measures import DATA_TYPES

SERIES_COLUMNS = ("series_id", "year", "period", "value", "footnote_codes")
SERIES_LENGTH = 25
CELL_LENGTH = 23  # all but the data type
BETWEEN_NOTES = "[,; ]+"
UNKNOWN_TYPE = "unknown data type"
OTHER_YEAR = "another year"


def text_file(path: Path, *, delimiter: str = "\t") -> str:
    """Name a delimited file to DuckDB, every column text and its name without padding."""
    return (
        f"read_csv('{quoted(path)}', delim='{delimiter}', header=true, all_varchar=true, "
        "nullstr='', normalize_names=true)"
    )


def quoted(path: Path) -> str:
    """Write a path so that it can stand between single quotes in SQL."""
    return str(path).replace("'", "''")


def data_file(data: Path) -> str:
    """Name a data file to DuckDB: five columns of text, no quotes."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in SERIES_COLUMNS)
    return (
        f"read_csv('{quoted(data)}', delim='\t', header=true, auto_detect=false, quote='', "
        f"escape='', nullstr='', columns={{{columns}}})"
    )


def series(data: Path, *, year: int) -> str:
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


def cells(data: Path, *, year: int) -> str:
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
        f"FROM (SELECT *, {mark} FROM ({series(data, year=year)})) GROUP BY 1)"
    )


def _separate(marks: str) -> str:
    """Write the SQL that makes two marks of "13:4,5", and orders them."""
    return (
        f"list_sort(flatten(list_transform({marks}, lambda mark: list_transform("
        f"string_split_regex(trim(mark[4:]), '{BETWEEN_NOTES}'), lambda note: mark[1:3] || note))))"
    )
