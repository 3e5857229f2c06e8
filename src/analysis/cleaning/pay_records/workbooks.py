"""Read workbooks of records: one sheet, every cell as text, nothing computed."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

import pandas as pd
import python_calamine

from analysis.cleaning.pay_records.distinct import as_text
from analysis.cleaning.pay_records.text_files import column_names
from analysis.cleaning.zip_parts import BROKEN, CHUNK_BYTES, is_locked, pieces
from analysis.errors import WrongInput

MOST_UNPACKED_BYTES = 2 * 2**30
LARGEST_RATIO = 300.0  # real sheets pack 5 to 50 times; a bomb a thousand
RATIO_MATTERS_BYTES = 100 * 2**20
MOST_CELLS = 100_000_000  # the rectangle from A1 to the last cell: the reader fills all of it
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # what Excel wraps a locked file in
LONGEST_CELL_TAG = 64
CELL = re.compile(rb'<c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')


def read_workbook(path: Path, *, sheet: str | None = None) -> pd.DataFrame:
    """Read one sheet of a workbook: the one named, else the first visible one with rows.

    Formulas are not evaluated; their stored results are read. The first row with a value is the
    header.

    Raises
    ------
    WrongInput
        Encrypted, broken, no such sheet, or unpacking to more than a table can be.
    """
    with open_workbook(path) as workbook:
        return _table(_rows(workbook, sheet, path), path)


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


def _rows(
    workbook: "python_calamine.CalamineWorkbook", sheet: str | None, path: Path
) -> list[list[Any]]:
    """Return the rows of the sheet that is wanted."""
    if sheet is not None:
        if sheet not in workbook.sheet_names:
            raise WrongInput(
                f"{path.name} has no sheet {sheet!r}; it has {', '.join(workbook.sheet_names)}."
            )
        return workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
    for each in workbook.sheets_metadata:
        is_visible = each.visible == python_calamine.SheetVisibleEnum.Visible
        if is_visible and each.typ == python_calamine.SheetTypeEnum.WorkSheet:
            rows = workbook.get_sheet_by_name(each.name).to_python(skip_empty_area=True)
            if rows:
                return rows
    raise WrongInput(f"{path.name} has no sheet with rows. Export it again.")


def _table(rows: list[list[Any]], path: Path) -> pd.DataFrame:
    """Make the first row with a value the header, and text of the rest."""
    first = next((place for place, row in enumerate(rows) if any(_has_value(row))), None)
    if first is None:
        raise WrongInput(f"{path.name} has no sheet with rows. Export it again.")
    names = column_names(str(cell) for cell in rows[first])
    body = [row for row in rows[first + 1 :] if any(_has_value(row))]
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
            if width * height > MOST_CELLS:
                raise WrongInput(
                    f"{path.name} has a cell in column {width:,} of row {height:,}; at most "
                    f"{MOST_CELLS:,} cells are read. Delete what lies outside the table."
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
