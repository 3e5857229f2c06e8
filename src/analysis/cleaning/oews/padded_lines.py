"""Read padded lines by their places: all lines of a block at once, with no parser between.

The agency pads the fields of its data file and sorts it by series, so that each field lies at one
place in every line and the lines of a cell follow each other. Where one line is otherwise, or would
be set aside, nothing is returned: `flat_cells` reads it and says what became of each.
"""

import re
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.cleaning.oews.flat_cells import BETWEEN_NOTES, CELL_LENGTH, SERIES_LENGTH
from analysis.cleaning.oews.measures import DATA_TYPES

LONGEST_VALUE = 15  # digits that a float holds exactly
POWERS_OF_TEN = np.array([float(10**power) for power in range(LONGEST_VALUE)])
Starts = npt.NDArray[np.int64]
Field = npt.NDArray[np.bytes_]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineForm:
    """What all lines of one year have in common.

    Parameters
    ----------
    between : bytes
        What stands between series and value: blanks, year and period.
    value_length : int
        Of the value, with the blanks before it.
    line_end : bytes
        A newline, or a carriage return and a newline.
    """

    between: bytes
    value_length: int
    line_end: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class PaddedCells:
    """The cells of some lines, in their order.

    Parameters
    ----------
    lines : int
        How many they were made from.
    names : array of bytes
        The first 23 characters of the series of each cell.
    amounts : array of float
        A row a data type, a column a cell; NaN where the agency has no figure.
    marks : dict
        The footnotes, by the number of the cell: "13:8", of data type and footnote, in order.
    """

    lines: int
    names: Field
    amounts: npt.NDArray[np.float64]
    marks: dict[int, list[str]]


def line_form(line: bytes, *, year: int) -> LineForm | None:
    r"""Read the form of lines off one of them; nothing if it is none of `year`, or not padded so.

    Examples
    --------
    >>> line_form(b"OEUN000000000000000000001     \t2025\tA01\t   155495190\t\n", year=2025)
    LineForm(between=b'     \t2025\tA01\t', value_length=12, line_end=b'\n')
    """
    found = re.fullmatch(
        rb"\S{%d}( *\t%d\t\S+\t)([ \d.-]{1,%d})\t[^\r\n]*(\r?\n)"
        % (SERIES_LENGTH, year, LONGEST_VALUE),
        line,
    )
    if found is None:
        return None
    return LineForm(between=found[1], value_length=len(found[2]), line_end=found[3])


def cells_of(text: bytes, form: LineForm) -> PaddedCells | None:
    """Make cells of whole lines, or nothing unless every line is as it should be.

    That is: of this form, of a known data type that comes after the one before in its cell, and
    with a number or "-" for a value.
    """
    signs = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(signs == ord("\n")) + 1
    starts = np.concatenate([[0], ends[:-1]])
    value_start = SERIES_LENGTH + len(form.between)
    value_end = value_start + form.value_length
    notes_start, notes_end = starts + value_end + 1, ends - len(form.line_end)
    if not (
        text.isascii()
        and text.endswith(b"\n")
        and (notes_start <= notes_end).all()
        and (signs[notes_end] == form.line_end[0]).all()
        and (signs[notes_start - 1] == ord("\t")).all()
        and (_field(text, starts, SERIES_LENGTH, value_start) == form.between).all()
    ):
        return None
    names = _field(text, starts, 0, CELL_LENGTH)
    begins = np.concatenate([[True], names[1:] != names[:-1]])
    tens, ones = _turned(_field(text, starts, CELL_LENGTH, SERIES_LENGTH)) - ord("0")
    types = 10 * tens + ones
    amounts = _amounts(_turned(_field(text, starts, value_start, value_end)))
    noted = np.flatnonzero(notes_start < notes_end)
    notes = [
        text[start:end].decode()
        for start, end in zip(notes_start[noted].tolist(), notes_end[noted].tolist(), strict=True)
    ]
    if (
        amounts is None
        or not (_turned(names[begins]) > ord(" ")).all()
        or not ((tens < 10) & (ones < 10) & (types >= 1) & (types <= len(DATA_TYPES))).all()
        or not (begins[1:] | (types[1:] > types[:-1])).all()
        or not all(note.isprintable() for note in notes)
    ):
        return None
    cell = np.cumsum(begins) - 1
    by_type = np.full((len(DATA_TYPES), cell[-1] + 1), np.nan)
    by_type[types - 1, cell] = amounts
    return PaddedCells(
        lines=len(starts),
        names=names[begins],
        amounts=by_type,
        marks=_marks(cell[noted].tolist(), types[noted].tolist(), notes),
    )


def _field(text: bytes, starts: Starts, first: int, end: int) -> Field:
    """Return what every line has from one place to another."""
    length = end - first
    anywhere = np.ndarray(len(text) - end + 1, f"S{length}", text, offset=first, strides=(1,))
    field: Field = anywhere[starts]
    return field


def _turned(field: Field) -> npt.NDArray[np.uint8]:
    """Return the signs of a field: a row a place, a column a line."""
    return np.ascontiguousarray(field.view(np.uint8).reshape(len(field), -1).T)


def _amounts(signs: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64] | None:
    """Read values, NaN for "-"; nothing unless each is a number or "-" behind blanks alone."""
    digits = signs - ord("0")
    is_digit, is_point, is_blank = digits < 10, signs == ord("."), signs == ord(" ")
    is_missing = (signs[-1] == ord("-")) & is_blank[:-1].all(axis=0)
    if (
        not (is_digit | is_point | is_blank)[:-1].all()
        or (is_blank[1:] & ~is_blank[:-1]).any()
        or (is_point.sum(axis=0, dtype=np.uint8) > 1).any()
        or not (is_digit[-1] | is_missing).all()
    ):
        return None
    whole = np.zeros(signs.shape[1], np.int64)
    decimals = np.zeros(signs.shape[1], np.uint8)
    for place in np.flatnonzero(~is_blank.all(axis=1)):
        whole = np.where(is_digit[place], 10 * whole + digits[place], whole)
        decimals += is_point[place] * np.uint8(len(signs) - 1 - place)
    return np.where(is_missing, np.nan, whole / POWERS_OF_TEN[decimals])


def _marks(cells: list[int], types: list[int], notes: list[str]) -> dict[int, list[str]]:
    """Make marks of the footnotes of lines, by the number of their cell."""
    marks_of = {
        (data_type, note): [
            f"{data_type:02}:{each}" for each in sorted(re.split(BETWEEN_NOTES, note.strip(" ")))
        ]
        for data_type, note in set(zip(types, notes, strict=True))
    }
    marks: dict[int, list[str]] = defaultdict(list)
    for cell, data_type, note in zip(cells, types, notes, strict=True):
        marks[cell] += marks_of[data_type, note]
    return dict(marks)
