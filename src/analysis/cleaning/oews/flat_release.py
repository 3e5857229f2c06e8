"""Load the flat files of a release into the table `cells`, and count what became of each line."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from analysis.cleaning.oews import flat_cells
from analysis.cleaning.oews.flat_cells import OTHER_YEAR, SERIES_COLUMNS, UNKNOWN_TYPE
from analysis.cleaning.oews.padded_file import in_order, read_padded
from analysis.errors import WrongInput

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
    is_in_order : bool
        Whether `cells` has the order of a release.
    """

    rows_in: int
    rows_kept: int
    rows_set_aside: int
    set_aside: str
    other_years: tuple[int, ...] = ()
    is_in_order: bool = False


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
    series = flat_cells.series(data, year=year)
    is_mine = f"try_cast(year AS SMALLINT) = {year}"
    if counts_the_unreadable:
        is_mine = f"coalesce({is_mine}, true)"
    mine = f"reason NOT IN ('', '{OTHER_YEAR}') AND coalesce({is_mine}, false)"
    set_aside = f"SELECT {', '.join(SERIES_COLUMNS)}, reason FROM ({series}) WHERE {mine}"
    if padded := read_padded(data, year=year):
        store.register("cells", in_order(padded, year=year))
        return Counts(
            rows_in=padded.lines,
            rows_kept=padded.lines,
            rows_set_aside=0,
            set_aside=set_aside,
            is_in_order=True,
        )
    store.execute(f"CREATE TABLE cells AS {flat_cells.cells(data, year=year)}")
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
            f"SELECT try_cast(year AS SMALLINT) FROM {flat_cells.data_file(data)} "
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
            "cleaning/oews/measures.py."
        )


def _repeats(store: duckdb.DuckDBPyConnection, data: Path, year: int) -> WrongInput:
    """Say how many series have more than one line, and name the first."""
    series, first, times = store.execute(
        "SELECT count(*), min(series), arg_min(times, series) FROM (SELECT trim(series_id) AS "
        f"series, count(*) AS times FROM ({flat_cells.series(data, year=year)}) "
        "WHERE reason = '' GROUP BY series, period HAVING count(*) > 1)"
    ).fetchall()[0]
    return WrongInput(
        f"{data.name} holds {series:,} series more than once for May {year}; the first, {first}, "
        f"{times} times. A release has each once: download it again."
    )
