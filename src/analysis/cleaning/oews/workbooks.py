"""Load the yearly workbooks of a release into the tables that flat files make: one a cell.

In a workbook `*` and `**` mark an estimate not released, `#` a wage at or above the top code, and
`~` a share of reports not released. They become the footnotes of the flat files.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from analysis.cleaning.oews.code_lists import area_columns, read_top_codes
from analysis.cleaning.oews.flat import Counts
from analysis.cleaning.oews.release_files import WORKBOOK_ENDS, Workbooks, kind_of
from analysis.cleaning.oews.store import quoted, text_file
from analysis.cleaning.oews.wage_rows import NO_TOP_CODE, TopCodes
from analysis.cleaning.oews.workbook_sql import (
    CELLS,
    COLUMNS,
    LISTS,
    REPEATED,
    SET_ASIDE,
    place_columns,
    plain_heading,
    rows_of_books,
)
from analysis.cleaning.pay.files import open_workbook
from analysis.errors import WrongInput

MOST_ROWS_BEFORE_HEADER = 20
LONGEST_NOTE = 2_000


def load_workbooks(
    store: duckdb.DuckDBPyConnection,
    files: Workbooks,
    *,
    states: Path,
    aside: Path,
    top_code_usd: float | None = None,
) -> TopCodes:
    """Make the tables `cells`, `areas`, `industries` and `occupations` of the workbooks of a year.

    Parameters
    ----------
    top_code_usd : float, optional
        USD a year, where no sheet says it.

    Raises
    ------
    WrongInput
        A workbook cannot be opened or lacks a column, an area type or industry level is new, a
        row repeats, or the top code cannot be found though a wage is top-coded.
    """
    rows = aside / f"rows_{files.year}.tsv"
    with rows.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", quoting=csv.QUOTE_ALL)
        writer.writerow(["book", "kind", *COLUMNS])
        for number, book in enumerate(files.books):
            writer.writerows(_rows(book, number))
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in ("book", "kind", *COLUMNS))
    store.execute(
        f"CREATE VIEW written AS SELECT * FROM read_csv('{quoted(rows)}', delim='\t', quote='\"', "
        "escape='\"', header=true, all_varchar=true, nullstr='', auto_detect=false, "
        f"columns={{{types}}})"
    )
    store.execute(f"CREATE TABLE rows AS {rows_of_books(files.year)}")
    _refuse_drift(store, files)
    store.execute(f"CREATE TABLE cells AS {CELLS}")
    for table, query in LISTS.items():
        store.execute(f"CREATE TABLE {table} AS {query}")
    store.execute(
        f"CREATE TABLE areas AS SELECT oews_area, area_name, {area_columns('oews_area', 'kind')}, "
        "CASE WHEN kind = 'N' THEN 'US' ELSE coalesce(state, postal) END AS state "
        f"FROM places LEFT JOIN {text_file(states, delimiter=',')} ON oews_area[1:2] = fips"
    )
    return _top_codes(store, files, top_code_usd)


def count_workbooks(store: duckdb.DuckDBPyConnection) -> Counts:
    """Count what became of every row of the workbooks."""
    rows_in, unused = store.execute(
        "SELECT count(*), count(*) FILTER (reason <> '') FROM rows"
    ).fetchall()[0]
    kept = store.execute("SELECT count(*) FROM cells").fetchall()[0][0]
    return Counts(rows_in=rows_in, rows_kept=kept, rows_set_aside=unused, set_aside=SET_ASIDE)


def _rows(book: Path, number: int) -> Iterator[list[object]]:
    """Yield the rows of the sheet with estimates, in our order of columns."""
    kind = kind_of(book)
    for sheet in _sheets(book):
        rows = iter(sheet)
        header = _header(rows)
        if header is None:
            continue
        places = place_columns(header, kind=kind, file=book.name)
        for row in rows:
            cells = [_text(row[places[name]]) if name in places else "" for name in COLUMNS]
            if any(cells):
                yield [number, kind, *cells]
        return
    raise WrongInput(
        f"{book.name} has no sheet with the columns OCC_CODE and TOT_EMP in its first "
        f"{MOST_ROWS_BEFORE_HEADER} rows. Download it from the agency again."
    )


def _sheets(book: Path) -> Iterator[Iterable[list[Any]]]:
    """Yield the rows of each sheet; a file of separated text is one."""
    if book.suffix.lower() == ".csv":
        text = io.StringIO(book.read_bytes().decode("utf-8-sig", errors="replace"), newline="")
        rows = list(csv.reader(text))
        width = max(map(len, rows), default=0)
        yield [row + [""] * (width - len(row)) for row in rows]
        return
    with open_workbook(book) as workbook:
        for name in workbook.sheet_names:
            yield workbook.get_sheet_by_name(name).iter_rows()


def _header(rows: Iterator[list[Any]]) -> list[Any] | None:
    """Read on to the row of headings; None where the sheet has none.

    A sheet that explains the columns lists them in a column, not in a row.
    """
    for _, row in zip(range(MOST_ROWS_BEFORE_HEADER), rows, strict=False):
        if {plain_heading(cell) for cell in row} >= {"OCC_CODE", "TOT_EMP"}:
            return row
    return None


def _text(cell: object) -> str:
    """Write a cell as text: a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _refuse_drift(store: duckdb.DuckDBPyConnection, files: Workbooks) -> None:
    """Stop where a code is new or a cell is there twice."""
    for column, meaning, what in (
        ("area_type", "area_kind", "area types"),
        ("industry_group", "industry_level", "industry levels"),
    ):
        found = store.execute(
            f"SELECT DISTINCT coalesce({column}, 'none') FROM rows "
            f"WHERE {meaning} IS NULL AND unreadable = '' ORDER BY 1"
        ).fetchall()
        if found:
            raise WrongInput(
                f"The workbooks of {files.year} have {what} nobody has seen: "
                f"{', '.join(code for (code,) in found)}. Nothing was written: give them a "
                "meaning in cleaning/oews/workbook_sql.py."
            )
    repeated = store.execute(
        "SELECT count(*), any_value(book), any_value(area), any_value(industry), "
        "any_value(occupation) FROM rows "
        f"WHERE reason = '{REPEATED}'"
    ).fetchall()[0]
    if repeated[0]:
        book = files.books[int(repeated[1])].name
        raise WrongInput(
            f"{book}: {repeated[0]:,} row(s) repeat a cell, as area {repeated[2]}, industry "
            f"{repeated[3] or 'all'}, occupation {repeated[4]}. Download it again."
        )


def _top_codes(
    store: duckdb.DuckDBPyConnection, files: Workbooks, stated_usd: float | None
) -> TopCodes:
    """Read the top codes out of the notes of the workbooks; else take the one that is stated."""
    found = next(filter(None, map(read_top_codes, _every_note(files))), None)
    stated = None if stated_usd is None else TopCodes.of_year(stated_usd)
    if found and stated and found != stated:
        raise WrongInput(
            f"The workbooks of {files.year} say that wages are top-coded at "
            f"{found.annual_usd:,.0f} a year; --top-code says {stated.annual_usd:,.0f}. Leave it "
            "out."
        )
    if top := found or stated:
        return top
    capped = store.execute(
        "SELECT count(*) FROM cells WHERE len(list_filter(marks, lambda mark: mark[4:] = '5')) > 0"
    ).fetchall()[0][0]
    if capped:
        raise WrongInput(
            f"The workbooks of {files.year} top-code wages in {capped:,} row(s), and no sheet says "
            "at what level. Look it up in the agency's field descriptions of that year, and state "
            "it in USD a year, --top-code 208000; or put the file beside them."
        )
    return NO_TOP_CODE


def _every_note(files: Workbooks) -> Iterator[str]:
    """Yield the notes beside and in the workbooks."""
    for place in (*files.notes, *files.books):
        yield from _notes(place)


def _notes(place: Path) -> Iterator[str]:
    """Yield the text cells of sheets without estimates, and the lines of text files."""
    if place.suffix.lower() not in WORKBOOK_ENDS:
        yield from place.read_text(encoding="utf-8", errors="replace").splitlines()
        return
    for sheet in _sheets(place):
        rows = list(islice(sheet, LONGEST_NOTE))
        if _header(iter(rows)) is None:
            yield from (" ".join(str(cell) for cell in row) for row in rows)
