"""Find quotation marks that were opened and not closed: their cells swallow the rows after them."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import csv as pa_csv

from analysis.errors import WrongInput

LARGEST_CELL_BYTES = 2**16


def refuse_open_quotes(
    table: pa.Table, misfits: Iterable[pa_csv.InvalidRow], path: Path, *, delimiter: str
) -> None:
    """Raise where a cell of a parsed file holds rows of it.

    Parameters
    ----------
    table : Table
        The rows that fit the header, cells as text or bytes.
    misfits : iterable of InvalidRow
        The rows that do not.
    path : Path
        The file, to see how it ends.
    delimiter : str
        Cuts a swallowed line into as many cells as there are columns.

    Raises
    ------
    WrongInput
        A cell of more than 64 KiB, a mark open at the end of a line or of the file, or a cell of
        several lines each of which would be a row.
    """
    for name in table.column_names:
        longest = pc.max(pc.binary_length(table.column(name))).as_py() or 0
        if longest > LARGEST_CELL_BYTES:
            raise _is_open(path, f"a cell of {longest:,} bytes in the column {name!r}")
        if row := _first_with_rows_in_it(table, name, delimiter):
            raise _is_open(path, f"whole rows in a cell of the column {name!r}, near row {row:,}")
    for misfit in misfits:
        if "\n" in misfit.text and misfit.text.count('"') % 2:
            raise _is_open(path, f"a line without an end, line {misfit.number:,}")
    if _ends_open(table, path):
        raise _is_open(path, f"a last row without an end, row {table.num_rows:,}")


def _first_with_rows_in_it(table: pa.Table, name: str, delimiter: str) -> int:
    r"""Return the first row, from 1, whose cell holds lines that would be rows; 0 where none does.

    The first and last line of such a cell are parts of rows, those between are whole. A comment
    of several lines has such a line by chance where there are few columns, so all must be.
    """
    delimiters = table.num_columns - 1
    column = table.column(name)
    line_end = b"\n" if pa.types.is_binary(column.type) else "\n"
    rows = pc.indices_nonzero(pc.fill_null(pc.match_substring(column, line_end), False))
    for row in rows.to_pylist() if delimiters > 1 else ():
        whole = _text(column[row].as_py()).splitlines()[1:-1]
        if whole and all(line.count(delimiter) == delimiters for line in whole):
            return int(row) + 1
    return 0


def _ends_open(table: pa.Table, path: Path) -> bool:
    """Say whether the last cell goes over several lines and its quotation mark is never closed."""
    last = table.column(table.num_columns - 1)[-1].as_py() if table.num_rows else None
    if last is None or len(_text(last).strip().splitlines()) < 2:
        return False
    with path.open("rb") as opened:
        opened.seek(max(0, path.stat().st_size - LARGEST_CELL_BYTES))
        return not opened.read().rstrip(b"\x00\r\n\t ").endswith(b'"')


def _text(cell: bytes | str) -> str:
    """Decode a cell far enough to see its lines."""
    return cell if isinstance(cell, str) else cell.decode("latin-1")


def _is_open(path: Path, what: str) -> WrongInput:
    """Say that a quotation mark is never closed."""
    return WrongInput(
        f"{path.name} has {what}: a quotation mark is opened and never closed, and rows are lost "
        "in it. Mend or remove the mark."
    )
