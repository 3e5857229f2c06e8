"""Read text files of records: find delimiter and encoding, keep every line.

Quotation marks decide where a row ends; rows that stray ones have joined are taken apart.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]
from pyarrow import csv as pa_csv

from analysis.cleaning.pay.header import (
    FIGURE,
    MOST_LINES_ABOVE,
    column_names,
    header_names,
    header_place,
)
from analysis.errors import WrongInput

MISFIT = "(line that does not fit the header)"
DELIMITERS = ",;\t|^~\x1f"
NO_DELIMITER = "\x1f"  # of a file with one column: a character that is not in it
SAMPLE_BYTES = 2**18
BLOCK_BYTES = 2**24  # no row may be longer
MOST_COLUMNS = 10_000
MISFIT_MESSAGE = re.compile(r"CSV parse error: (?:Row #\d+: )?Expected \d+ columns")
MOST_NULS = 0.02  # share of a text's characters; UTF-16 and binary files have far more
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def read_text_file(
    path: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    header_row: int | None = None,
) -> pd.DataFrame:
    """Read a delimited text file; quoted cells may hold newlines.

    Lines above the header, such as a title, are passed over; `header_row` says which line it is.

    Without a stated encoding a byte order mark tells it; else every cell is UTF-8, and a cell
    that is not is Windows-1252 (files are stuck together from several programs).

    Raises
    ------
    WrongInput
        Binary, wrongly encoded, a row beyond 16 MiB, or an open quotation mark.
    """
    with path.open("rb") as opened:
        sample = opened.read(SAMPLE_BYTES)
    marked = next((name for mark, name in BYTE_ORDER_MARKS.items() if sample.startswith(mark)), "")
    chosen = encoding or marked or "utf-8"
    start = _sample_text(sample, chosen, path)
    separator = delimiter or found_delimiter(start)
    rows = _numbered_rows(start, separator, path)
    lines_above, header = _header(rows, header_row, path)
    names = column_names(header)
    if len(sample) < SAMPLE_BYTES and _ends_at(lines_above, start, separator):
        return pd.DataFrame(columns=names, dtype="str")
    if len(names) > MOST_COLUMNS:
        raise WrongInput(
            f"The first line of {path.name} names {len(names):,} columns or more; at most "
            f"{MOST_COLUMNS:,} are read. Either it is no header, or the delimiter is another one."
        )
    is_utf8 = codecs.lookup(chosen).name.startswith("utf-8") and not encoding
    table, misfits = _parsed(
        path, separator, names, encoding="utf8" if is_utf8 else chosen, lines_above=lines_above
    )
    text = pa.table([_text(column) for column in table.columns], names=names)
    read = _with_misfits(text.to_pandas(), misfits)
    return _without_joined(read, misfits, joined_rows(text, separator))


def found_delimiter(text: str) -> str:
    r"""Find the delimiter: the one that cuts most lines into the same number of cells.

    Examples
    --------
    >>> found_delimiter('State;Pay\nCA;"54.200,00"\nNV;52.000,00')
    ';'
    >>> found_delimiter("Pay\n$54,200\n$52,000") == NO_DELIMITER
    True
    """
    best, best_score = NO_DELIMITER, 0.0
    for delimiter in DELIMITERS:
        if delimiter not in text:
            continue
        rows = [row for row in _rows(text, delimiter) if row][:200]
        width = _width_of_header(rows)
        share = sum(len(row) == width for row in rows) / max(len(rows), 1)
        score = share * min(width, 20) ** 0.5 if width > 1 else 0.0
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _width_of_header(rows: list[list[str]]) -> int:
    """Count the cells of the header: the first row, or the first of several cells below a title."""
    for row in rows[:MOST_LINES_ABOVE]:
        if len(row) > 1:
            is_header = row is rows[0] or not any(FIGURE.fullmatch(cell.strip()) for cell in row)
            return len(row) if is_header else 0
    return 0


def _sample_text(sample: bytes, encoding: str, path: Path) -> str:
    """Decode the start of a file, or say that it is no text."""
    try:
        codec = codecs.lookup(encoding)
    except LookupError:
        raise WrongInput(f"There is no encoding {encoding!r}. Try utf-8 or windows-1252.") from None
    text = codecs.getincrementaldecoder(codec.name)("replace").decode(sample)
    if text.count("\x00") > MOST_NULS * len(text):
        raise WrongInput(
            f"{path.name} is neither text, workbook nor Parquet: it holds binary data. If it is "
            'text in UTF-16, say so in the map: [file] encoding = "utf-16-le".'
        )
    return text.removeprefix("\ufeff")


def _rows(text: str, delimiter: str) -> Iterable[list[str]]:
    """Cut a sample into cells; its last, perhaps broken, row is left out."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=None), delimiter=delimiter))
    except csv.Error:  # an open quotation mark
        rows = [line.split(delimiter) for line in text.splitlines()]
    return rows[:-1] if len(rows) > 2 else rows


def _numbered_rows(text: str, delimiter: str, path: Path) -> list[tuple[int, list[str]]]:
    """Return the first rows that are not blank, each with the number of lines above it."""
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((before, row))
            before = reader.line_num
            if len(found) > MOST_LINES_ABOVE:
                break
    except csv.Error as error:
        if not found:
            raise WrongInput(f"The first line of {path.name} is no header: {error}.") from None
    if not found:
        raise WrongInput(f"{path.name} holds no more than blank lines. Export it again.")
    return found


def _header(
    rows: list[tuple[int, list[str]]], header_row: int | None, path: Path
) -> tuple[int, list[str]]:
    """Return the header and the number of lines above it."""
    if header_row is None:
        given = [row for _, row in rows]
        place = header_place(given)
        return rows[place][0], header_names(given, place)
    for lines_above, row in rows:
        if lines_above == header_row - 1:
            return lines_above, row
    raise WrongInput(
        f"{path.name} has no names of columns in line {header_row}; header_row must be one of its "
        f"first {MOST_LINES_ABOVE} lines that are not blank."
    )


def _ends_at(lines_above: int, text: str, delimiter: str) -> bool:
    """Check whether a whole file is a header alone, perhaps without a line end."""
    reader = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            if row and before > lines_above:
                return False
            before = reader.line_num
    except csv.Error:
        return False
    return True


def _parsed(
    path: Path, delimiter: str, names: list[str], *, encoding: str, lines_above: int
) -> tuple[pa.Table, dict[int, str]]:
    """Parse the file; return the table and the lines that do not fit, by row from 0.

    Lines are numbered only when read by one thread, and handed over only as text, so a file with
    misfits is read twice, the second time byte by byte as Latin-1 where it should be UTF-8.
    """
    misfits: list[pa_csv.InvalidRow] = []
    is_utf8 = encoding == "utf8"

    def keep(row: pa_csv.InvalidRow) -> str:
        misfits.append(row)
        return "skip"

    def read(*, again: bool) -> pa.Table:
        is_binary = is_utf8 and not again
        with path.open("rb") as opened:  # a path that is no text cannot be handed over
            return pa_csv.read_csv(
                opened,
                pa_csv.ReadOptions(
                    skip_rows=lines_above,
                    column_names=names,
                    skip_rows_after_names=1,
                    block_size=BLOCK_BYTES,
                    use_threads=not again,
                    encoding="latin-1" if is_utf8 and again else encoding,
                ),
                pa_csv.ParseOptions(
                    delimiter=delimiter,
                    newlines_in_values=True,
                    invalid_row_handler=keep if again else None,
                ),
                pa_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.binary() if is_binary else pa.string()),
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )

    try:
        try:
            table = read(again=False)
        except pa.ArrowInvalid as error:
            if not MISFIT_MESSAGE.match(str(error)):
                raise
            table = read(again=True)
    except UnicodeError as error:
        raise WrongInput(
            f"{path.name} is not {encoding} throughout: {error}. "
            "Leave the encoding out of the map, or state the right one."
        ) from None
    except MemoryError:  # to Arrow it is one more fault of the file
        raise
    except pa.ArrowException as error:
        raise WrongInput(_parse_message(path, error)) from None
    refuse_open_quotes(table, misfits, path, delimiter=delimiter)
    first_row = lines_above + 2  # rows are numbered from 1, lines above the header too
    lines = {row.number - first_row: row.text for row in misfits}
    if misfits and is_utf8:
        table = pa.table([_bytes(column) for column in table.columns], names=names)
        lines = {place: _decoded(line.encode("latin-1")) for place, line in lines.items()}
    return table, lines


def _bytes(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Turn text that was read as Latin-1 back into its bytes."""
    encoded = column.combine_chunks().dictionary_encode()
    values = [value.as_py().encode("latin-1") for value in encoded.dictionary]
    return pa.chunked_array([pa.array(values, pa.binary()).take(encoded.indices)])


def _parse_message(path: Path, error: pa.ArrowException) -> str:
    """Say in words why a file cannot be cut into rows."""
    if "straddling" in str(error) or "block" in str(error):
        return (
            f"{path.name} has a row longer than {BLOCK_BYTES // 2**20} MiB: either it has no line "
            "ends, or a quotation mark is opened and never closed. Export it again."
        )
    return f"{path.name} cannot be cut into rows and columns: {error}."


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Decode a column: UTF-8, and Windows-1252 for the cells that are not."""
    if column.type != pa.binary():
        return column
    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        encoded = column.combine_chunks().dictionary_encode()
        values = pa.array([_decoded(value.as_py()) for value in encoded.dictionary], pa.string())
        return pa.chunked_array([values.take(encoded.indices)])


def _decoded(cell: bytes) -> str:
    """Decode one cell as UTF-8, else Windows-1252, else Latin-1, which has no gaps."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return cell.decode(encoding)
        except UnicodeDecodeError:
            continue
    return cell.decode("latin-1")


def _with_misfits(table: pd.DataFrame, misfits: Mapping[int, str]) -> pd.DataFrame:
    """Put the lines that do not fit the header where they stood, in the column `MISFIT`."""
    if not misfits:
        return table
    rows = len(table) + len(misfits)
    fits = np.ones(rows, dtype=bool)
    fits[list(misfits)] = False
    lines = np.full(rows, None, dtype=object)
    lines[list(misfits)] = list(misfits.values())
    spread = table.set_axis(np.flatnonzero(fits), axis="index").reindex(range(rows))
    return spread.assign(**{MISFIT: pd.Series(lines, dtype="str")})


def _without_joined(
    table: pd.DataFrame, misfits: Mapping[int, str], joined: Mapping[int, str]
) -> pd.DataFrame:
    """Make lines that do not fit of rows that hold several, by row among those that did."""
    if not joined:
        return table
    fits = np.setdiff1d(np.arange(len(table)), list(misfits))
    lines = table[MISFIT].to_dict() if MISFIT in table else dict.fromkeys(range(len(table)))
    lines |= {fits[place]: line for place, line in joined.items()}
    rest = table.drop(columns=MISFIT, errors="ignore")
    rest.loc[fits[list(joined)]] = None
    return rest.assign(**{MISFIT: pd.Series(lines, dtype="str")})


SAMPLE_ROWS = 2_000
NEARLY_ALL = 0.95


def joined_rows(table: pa.Table, delimiter: str) -> dict[int, str]:
    r"""Return the rows, from 0, with a cell that holds the end of a row and the start of the next.

    Cut anew at its line ends, such a row gives two or more of the right length, with figures
    where the other rows have figures; a comment of several lines hardly ever does.

    Parameters
    ----------
    table : Table
        Cells as text.
    delimiter : str
        Cut the file into cells.

    Returns
    -------
    dict
        By row, its cells as one text.

    Examples
    --------
    >>> table = pa.table({"Pay": ["5", "8"], "State": ["CA\n6,NV", "OR"]})
    >>> joined_rows(table, ",")
    {0: '5,CA\n6,NV'}
    >>> joined_rows(table.set_column(1, "State", [["CA\nthe sunny, mild one", "OR"]]), ",")
    {}
    """
    found: dict[int, str] = {}
    width = table.num_columns
    with_figures: list[int] | None = None
    for place, column in enumerate(table.columns if width > 1 else ()):
        lines = pc.fill_null(pc.match_substring(column, "\n"), False)
        for row in pc.indices_nonzero(lines).to_pylist():
            if not _would_be_rows(column[row].as_py(), place, width, delimiter):
                continue
            cells = [column[row].as_py() or "" for column in table.columns]
            rows = _cut_anew(cells, place, delimiter)
            if with_figures is None:
                with_figures = [n for n in range(width) if _has_figures(table.column(n))]
            if with_figures and all(
                any(letter.isdigit() for letter in each[n]) for each in rows for n in with_figures
            ):
                found[row] = delimiter.join(cells)
    return found


def _would_be_rows(cell: str, place: int, width: int, delimiter: str) -> bool:
    """Say whether the lines of a cell, with the cells beside it, would each fill a row."""
    first, *between, last = (line.count(delimiter) for line in cell.split("\n"))
    return (
        place + first + 1 == width
        and last == place
        and all(delimiters + 1 == width for delimiters in between)
    )


def _cut_anew(cells: list[str], place: int, delimiter: str) -> list[list[str]]:
    """Cut the cell at a place into lines, and these into the cells they would have been."""
    lines = [line.split(delimiter) for line in cells[place].split("\n")]
    lines[0] = cells[:place] + lines[0]
    lines[-1] = lines[-1] + cells[place + 1 :]
    return lines


def _has_figures(column: pa.ChunkedArray) -> bool:
    """Say whether nearly all filled cells of a column's start hold a digit."""
    filled = [cell for cell in column[:SAMPLE_ROWS].to_pylist() if cell]
    digits = sum(any(letter.isdigit() for letter in cell) for cell in filled)
    return bool(filled) and digits >= NEARLY_ALL * len(filled)


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
        whole = _lines_of(column[row].as_py()).splitlines()[1:-1]
        if whole and all(line.count(delimiter) == delimiters for line in whole):
            return int(row) + 1
    return 0


def _ends_open(table: pa.Table, path: Path) -> bool:
    """Say whether the last cell goes over several lines and its quotation mark is never closed."""
    last = table.column(table.num_columns - 1)[-1].as_py() if table.num_rows else None
    if last is None or len(_lines_of(last).strip().splitlines()) < 2:
        return False
    with path.open("rb") as opened:
        opened.seek(max(0, path.stat().st_size - LARGEST_CELL_BYTES))
        return not opened.read().rstrip(b"\x00\r\n\t ").endswith(b'"')


def _lines_of(cell: bytes | str) -> str:
    """Decode a cell far enough to see its lines."""
    return cell if isinstance(cell, str) else cell.decode("latin-1")


def _is_open(path: Path, what: str) -> WrongInput:
    """Say that a quotation mark is never closed."""
    return WrongInput(
        f"{path.name} has {what}: a quotation mark is opened and never closed, and rows are lost "
        "in it. Mend or remove the mark."
    )
