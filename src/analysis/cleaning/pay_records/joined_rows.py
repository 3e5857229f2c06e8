"""Find rows that two stray quotation marks have joined: one cell runs from a row into the next."""

import pyarrow as pa  # type: ignore[import-untyped]
import pyarrow.compute as pc  # type: ignore[import-untyped]

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
