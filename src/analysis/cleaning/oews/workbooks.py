"""Load the yearly workbooks of a release into the tables that flat files make: one a cell.

In a workbook `*` and `**` mark an estimate not released, `#` a wage at or above the top code, and
`~` a share of reports not released. They become the footnotes of the flat files.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from analysis.cleaning.oews.code_lists import area_columns, read_top_codes
from analysis.cleaning.oews.flat import Counts
from analysis.cleaning.oews.release_files import WORKBOOK, WORKBOOK_ENDS, Workbooks
from analysis.cleaning.oews.store import quoted, text_file
from analysis.cleaning.oews.wage_rows import TopCodes
from analysis.cleaning.oews.workbook_sql import (
    CELLS,
    COLUMNS,
    LISTS,
    REPEATED,
    SET_ASIDE,
    place_columns,
    rows_of_books,
)
from analysis.cleaning.pay.files import open_workbook
from analysis.errors import WrongInput

MOST_ROWS_BEFORE_HEADER = 20
LONGEST_NOTE = 2_000


def load_workbooks(
    store: duckdb.DuckDBPyConnection, files: Workbooks, *, states: Path, aside: Path
) -> TopCodes:
    """Make the tables `cells`, `areas`, `industries` and `occupations` of the workbooks of a year.

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
    return _top_codes(store, files)


def count_workbooks(store: duckdb.DuckDBPyConnection) -> Counts:
    """Count what became of every row of the workbooks."""
    rows_in, unused = store.execute(
        "SELECT count(*), count(*) FILTER (reason <> '') FROM rows"
    ).fetchall()[0]
    kept = store.execute("SELECT count(*) FROM cells").fetchall()[0][0]
    return Counts(rows_in=rows_in, rows_kept=kept, rows_set_aside=unused, set_aside=SET_ASIDE)


def _rows(book: Path, number: int) -> Iterator[list[object]]:
    """Yield the rows of the sheet with estimates, in our order of columns."""
    named = WORKBOOK.match(book.name)
    kind = named[1].lower() if named else ""
    with open_workbook(book) as workbook:
        for sheet in workbook.sheet_names:
            rows = iter(workbook.get_sheet_by_name(sheet).iter_rows())
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
        f"{book.name} has no sheet with a column OCC_CODE in its first "
        f"{MOST_ROWS_BEFORE_HEADER} rows. Download it from the agency again."
    )


def _header(rows: Iterator[list[Any]]) -> list[Any] | None:
    """Read on to the row of headings; None where the sheet has none."""
    for _, row in zip(range(MOST_ROWS_BEFORE_HEADER), rows, strict=False):
        if any("".join(str(cell).upper().split()).replace("_", "") == "OCCCODE" for cell in row):
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
                "meaning in cleaning/oews/workbook_cells.py."
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


def _top_codes(store: duckdb.DuckDBPyConnection, files: Workbooks) -> TopCodes:
    """Read the top codes out of the notes of the workbooks."""
    for place in (*files.notes, *files.books):
        for text in _notes(place):
            if found := read_top_codes(text):
                return found
    capped = store.execute(
        "SELECT count(*) FROM cells WHERE len(list_filter(marks, lambda mark: mark[4:] = '5')) > 0"
    ).fetchall()[0][0]
    if capped:
        raise WrongInput(
            f"The workbooks of {files.year} top-code wages in {capped:,} row(s), and no sheet says "
            "at what level. Put the agency's field descriptions beside them (a sheet or text file "
            "named field_descriptions with '$115.00 per hour or $239,200 per year')."
        )
    return TopCodes(hourly_usd=float("inf"), annual_usd=float("inf"))


def _notes(place: Path) -> Iterator[str]:
    """Yield the text cells of sheets without estimates, and the lines of text files."""
    if place.suffix.lower() not in WORKBOOK_ENDS:
        yield from place.read_text(encoding="utf-8", errors="replace").splitlines()
        return
    with open_workbook(place) as workbook:
        for sheet in workbook.sheet_names:
            rows = list(workbook.get_sheet_by_name(sheet).iter_rows())[:LONGEST_NOTE]
            if _header(iter(rows)) is None:
                yield from (" ".join(str(cell) for cell in row) for row in rows)
