"""Read anybody's records as text: CSV of any delimiter and encoding, workbooks, Parquet."""

import re
import stat
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.parquet as pq  # type: ignore[import-untyped]
import python_calamine

from analysis.cleaning.pay.column_map import FileFormat
from analysis.cleaning.pay.distinct import as_text
from analysis.cleaning.pay.header import (
    MOST_LINES_ABOVE,
    column_names,
    header_names,
    header_place,
)
from analysis.cleaning.pay.text_files import read_text_file
from analysis.cleaning.zip_parts import BROKEN, CHUNK_BYTES, is_locked, pieces
from analysis.errors import WrongInput

ZIP, OLD_EXCEL, PARQUET, GZIP = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"PAR1", b"\x1f\x8b"
MOST_CELLS = 200_000_000  # some 10 GB as text
MOST_PARQUET_BYTES = 8 * 2**30  # uncompressed


def read_records(path: Path, file: FileFormat | None = None) -> pd.DataFrame:
    """Read a file of records, every cell as the text it holds; empty cells are missing.

    The kind of file is told by its content, not its name. A line of a text file that does not
    fit the header becomes a row whose cells are all missing but the last, `MISFIT`, which holds
    the line; cleaning sets such rows aside.

    Parameters
    ----------
    path : Path
        CSV, Excel (.xlsx, .xlsm, .xlsb, .xls), OpenDocument or Parquet.
    file : FileFormat, optional
        Encoding, delimiter, sheet and line of the header, where they are known.

    Returns
    -------
    DataFrame
        Columns named as in the file; blank and repeated names get a number.

    Raises
    ------
    WrongInput
        Absent, no ordinary file, empty, a header without rows, encrypted, compressed, not what
        it claims to be, or too large to be records.
    """
    file = file or FileFormat()
    start = _first_bytes(path)
    if not start:
        raise WrongInput(f"{path.name} is empty. Export it again.")
    if start.startswith(GZIP):
        raise WrongInput(f"{path.name} is compressed with gzip. Unpack it first.")
    if start.startswith((ZIP, OLD_EXCEL)):
        table = read_workbook(path, sheet=file.sheet, header_row=file.header_row)
    elif start.startswith(PARQUET):
        table = _read_parquet(path)
    else:
        table = read_text_file(
            path,
            encoding=file.encoding,
            delimiter=file.delimiter,
            header_row=file.header_row,
        )
    if table.empty:
        raise WrongInput(f"{path.name} has a header but no rows. Export it again with its rows.")
    return table


def _first_bytes(path: Path) -> bytes:
    """Return the first bytes of an ordinary file; a pipe or a device could be read only once."""
    try:
        mode = path.stat().st_mode
        if stat.S_ISREG(mode):
            with path.open("rb") as opened:
                return opened.read(8)
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}. Check the path.") from None
    except ValueError as error:  # a NUL in the path
        raise WrongInput(f"{path} cannot be read: {error}. Check the path.") from None
    kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
    raise WrongInput(f"{path} is {kind}, not a file. Save the records as a file, and name that.")


def _read_parquet(path: Path) -> pd.DataFrame:
    """Read a Parquet file; nested columns are refused."""
    try:
        with pq.ParquetFile(path) as parquet:
            metadata, schema = parquet.metadata, parquet.schema_arrow
            groups = [metadata.row_group(place) for place in range(metadata.num_row_groups)]
            size = sum(group.total_byte_size for group in groups)
            if metadata.num_rows * len(schema) > MOST_CELLS or size > MOST_PARQUET_BYTES:
                raise WrongInput(
                    f"{path.name} unpacks to {metadata.num_rows:,} rows and {size / 2**30:.1f} "
                    f"GiB; at most {MOST_CELLS:,} cells and {MOST_PARQUET_BYTES / 2**30:.0f} GiB "
                    "are read. Split it."
                )
            if nested := [each.name for each in schema if pa.types.is_nested(each.type)]:
                raise WrongInput(
                    f"{path.name} has nested columns ({', '.join(nested)}); every cell must hold "
                    "one value. Write those as text."
                )
            table = parquet.read().rename_columns(column_names(schema.names))
    except MemoryError:  # to Arrow it is one more fault of the file
        raise
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # names of columns, too
        raise WrongInput(f"{path.name} is no readable Parquet file: {error}.") from None
    return as_text(table.to_pandas())


MOST_UNPACKED_BYTES = 2 * 2**30
LARGEST_RATIO = 300.0  # real sheets pack 5 to 50 times; a bomb a thousand
RATIO_MATTERS_BYTES = 100 * 2**20
MOST_SHEET_CELLS = 100_000_000  # the rectangle from A1 to the last cell: the reader fills all of it
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # what Excel wraps a locked file in
LONGEST_CELL_TAG = 64
CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')


def read_workbook(
    path: Path, *, sheet: str | None = None, header_row: int | None = None
) -> pd.DataFrame:
    """Read one sheet of a workbook: the one named, else the visible one with most filled cells.

    Formulas are not evaluated; their stored results are read. Rows above the header, such as a
    title, are passed over; `header_row` says which row it is. `attrs["sheet"]` of the result names
    the sheet, `attrs["other_sheets"]` those that hold a table too.

    Raises
    ------
    WrongInput
        Encrypted, broken, no such sheet, or unpacking to more than a table can be.
    """
    with open_workbook(path) as workbook:
        if sheet is not None and sheet not in workbook.sheet_names:
            raise WrongInput(
                f"{path.name} has no sheet {sheet!r}; it has {', '.join(workbook.sheet_names)}."
            )
        chosen = [sheet] if sheet is not None else _visible_sheets(workbook)
        tables = {name: _filled_rows(workbook, name) for name in chosen}
    tables = {name: rows for name, rows in tables.items() if rows}
    if not tables:
        raise WrongInput(f"{path.name} has no sheet with rows. Export it again.")
    name = max(tables, key=lambda name: _size(tables[name]))
    table = _table(tables[name], path, header_row)
    table.attrs["sheet"] = name
    table.attrs["other_sheets"] = [
        other for other in tables if other != name and len(tables[other]) > 1
    ]
    return table


@contextmanager
def open_workbook(path: Path) -> Iterator["python_calamine.CalamineWorkbook"]:
    """Open a workbook that nobody vouches for.

    Raises
    ------
    WrongInput
        Encrypted, broken, or unpacking to more than a table can be.
    """
    if zipfile.is_zipfile(path):
        _refuse_bombs(path)
    try:
        with (
            path.open("rb") as opened,
            python_calamine.CalamineWorkbook.from_filelike(opened) as workbook,
        ):
            yield workbook
    except python_calamine.PasswordError:
        raise _is_protected(path) from None
    except python_calamine.CalamineError as error:
        if _holds(path, ENCRYPTED_PACKAGE):
            raise _is_protected(path) from None
        raise WrongInput(f"{path.name} is no readable workbook: {error}. Save it again.") from None


def _visible_sheets(workbook: "python_calamine.CalamineWorkbook") -> list[str]:
    """Name the sheets that a reader of the workbook sees."""
    return [
        each.name
        for each in workbook.sheets_metadata
        if each.visible == python_calamine.SheetVisibleEnum.Visible
        and each.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]


def _filled_rows(
    workbook: "python_calamine.CalamineWorkbook", name: str
) -> list[tuple[int, list[Any]]]:
    """Return the rows of a sheet that hold something, each with its number from 1."""
    sheet = workbook.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=True)
    above = sheet.start[0] if sheet.start else 0
    return [
        (number, row) for number, row in enumerate(rows, start=above + 1) if any(_has_value(row))
    ]


def _size(rows: list[tuple[int, list[Any]]]) -> int:
    """Count the filled cells of the rows that have more than one."""
    counts = (sum(_has_value(row)) for _, row in rows)
    return sum(count for count in counts if count > 1)


def _table(rows: list[tuple[int, list[Any]]], path: Path, header_row: int | None) -> pd.DataFrame:
    """Make text of the rows below the header."""
    if header_row is None:
        given = [[str(cell) for cell in row] for _, row in rows[:MOST_LINES_ABOVE]]
        first = header_place(given)
        header = header_names(given, first)
    else:
        found = [place for place, (number, _) in enumerate(rows) if number == header_row]
        if not found:
            raise WrongInput(f"{path.name} has no names of columns in row {header_row}.")
        first = found[0]
        header = [str(cell) for cell in rows[first][1]]
    names = column_names(header)
    body = [row for _, row in rows[first + 1 :]]
    columns = zip(*body, strict=True) if body else [[] for _ in names]
    cells = {
        name: pd.Series([_plain(cell) for cell in column], dtype=object)
        for name, column in zip(names, columns, strict=True)
    }
    return as_text(pd.DataFrame(cells))


def _has_value(row: list[Any]) -> Iterable[bool]:
    """Say of each cell whether there is something in it."""
    return (cell != "" for cell in row)


def _plain(cell: object) -> object:
    """Make empty cells missing and dates ISO text."""
    if cell == "":
        return None
    if isinstance(cell, (datetime, date, time)):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else cell


def _is_protected(path: Path) -> WrongInput:
    """Say that a password is in the way."""
    return WrongInput(
        f"{path.name} is protected by a password. Open it in Excel and save it without one."
    )


def _holds(path: Path, mark: bytes) -> bool:
    """Look for some bytes in a file, in pieces."""
    before = b""
    with path.open("rb") as opened:
        while chunk := opened.read(CHUNK_BYTES):
            if mark in before + chunk:
                return True
            before = chunk[-len(mark) :]
    return False


def _refuse_bombs(path: Path) -> None:
    """Unpack every part in small pieces, keeping nothing, before a reader trusts the file.

    What a part claims of its own size is not believed: reading it through checks the size and
    the checksum.
    """
    most = max(RATIO_MATTERS_BYTES, LARGEST_RATIO * path.stat().st_size)
    most = min(most, MOST_UNPACKED_BYTES)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if any(is_locked(part) for part in archive.infolist()):
                raise _is_protected(path)
            if not any(name.startswith(("xl/", "content.xml")) for name in names):
                raise WrongInput(
                    f"{path.name} is a zip file, not a workbook: it holds {', '.join(names[:3])}. "
                    "Unpack it first."
                )
            unpacked = 0
            for name in names:
                with archive.open(name) as part:
                    is_sheet = name.startswith("xl/worksheets/")
                    unpacked += _checked_size(part, path, most - unpacked, is_sheet=is_sheet)
    except BROKEN as error:
        raise WrongInput(f"{path.name} is a broken workbook: {error}. Save it again.") from None


def _checked_size(part: IO[bytes], path: Path, most: float, *, is_sheet: bool) -> int:
    """Return the unpacked size of a part, bytes, or refuse it."""
    size, width, height, rest = 0, 0, 0, b""
    refusal = (
        f"{path.name} ({path.stat().st_size:,} bytes) unpacks to far more than a table can hold. "
        "It was not opened."
    )
    for chunk in pieces(part, most=most, refusal=refusal):
        size += len(chunk)
        if is_sheet:
            cells = CELL.findall(rest + chunk)
            rest = chunk[-LONGEST_CELL_TAG:]
            width = max([width, *(column_number(letters) for letters in {at for at, _ in cells})])
            height = max([height, *(int(row) for _, row in cells[-1:])])
            if width * height > MOST_SHEET_CELLS:
                raise WrongInput(
                    f"{path.name} has a cell in column {width:,} of row {height:,}; at most "
                    f"{MOST_SHEET_CELLS:,} cells are read. Delete what lies outside the table."
                )
    return size


def column_number(letters: bytes) -> int:
    """Return the number of a column by its letters.

    Examples
    --------
    >>> column_number(b"A"), column_number(b"AA"), column_number(b"XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
