"""Parse each distinct value of a column once, and give every row what its value means.

A survey of a million rows holds some ten spellings of each state and credential and a few
hundred thousand of pay; parsing those instead of the rows is what makes cleaning fast.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa  # type: ignore[import-untyped]
from numpy.typing import DTypeLike, NDArray

from analysis.cleaning.pay.words import NOT_STATED, PART_TIME, Unreadable

Parsed = TypeVar("Parsed")
SAID = {NOT_STATED, PART_TIME}  # what is understood, and states no value


@dataclass(frozen=True, slots=True, kw_only=True)
class Distinct:
    """The distinct texts of a column and which of them each row holds.

    Parameters
    ----------
    spellings : list of str
        Each text once, in order of appearance.
    codes : array of int
        One a row: the place in `spellings`, -1 where the cell is missing.
    """

    spellings: list[str]
    codes: NDArray[np.int32]

    def rows(self, of_values: Sequence[Any], missing: object, dtype: DTypeLike) -> NDArray[Any]:
        """Give each row the entry of its value; `missing` where the cell is missing.

        Examples
        --------
        >>> distinct_values(pd.Series(["a", None, "a"], dtype="str")).rows([7], 0, "int8").tolist()
        [7, 0, 7]
        """
        return np.asarray([*of_values, missing], dtype=dtype)[self.codes]

    def coded(self, of_values: Sequence[str | None]) -> "Coded":
        """Give each row the text of its value; missing where that is None or the cell missing.

        Examples
        --------
        >>> names = distinct_values(pd.Series(["ca", None, "CA"], dtype="str"))
        >>> names.coded(["CA", "CA"]).rows(slice(None)).tolist()
        ['CA', nan, 'CA']
        """
        return Coded(texts=tuple(of_values), codes=self.codes)

    def counts(self) -> NDArray[np.int64]:
        """Count the rows of each value."""
        return np.bincount(self.codes[self.codes >= 0], minlength=len(self.spellings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A column of few texts: which of `texts` each row holds, -1 where it is missing."""

    texts: tuple[str | None, ...]
    codes: NDArray[np.int32]

    def rows(self, which: "NDArray[np.intp] | slice") -> pd.Series:
        """Write out the texts of some rows."""
        return taken(self.texts, self.codes[which])


def distinct_values(column: pd.Series) -> Distinct:
    """Find the distinct texts of a column of text."""
    codes, values = pd.factorize(column)
    return Distinct(spellings=values.tolist(), codes=codes.astype(np.int32))


def factorised(column: pd.Series) -> NDArray[np.int32]:
    """Return a number for the text of each row, -1 where missing.

    Faster than `pandas.factorize` where most texts occur once, as identities do.

    Examples
    --------
    >>> factorised(pd.Series(["a", None, "b", "a"], dtype="str")).tolist()
    [0, -1, 1, 0]
    """
    texts = pa.array(column)
    pieces = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    encoded = pa.chunked_array(pieces, type=texts.type).dictionary_encode()
    numbers = [np.asarray(piece.indices.fill_null(-1), dtype=np.int32) for piece in encoded.chunks]
    return np.concatenate([np.empty(0, dtype=np.int32), *numbers])


def parse_each(values: Sequence[str], parse: Callable[[str], Parsed]) -> list[Parsed | Unreadable]:
    """Parse every value; where it cannot be read, the error stands in its place.

    Examples
    --------
    >>> from analysis.cleaning.pay.experience import parse_experience
    >>> [type(found).__name__ for found in parse_each(["8+", "lots"], parse_experience)]
    ['Experience', 'Unreadable']
    """
    found: list[Parsed | Unreadable] = []
    with _collector_at_rest():
        for value in values:
            try:
                found.append(parse(value))
            except Unreadable as error:
                found.append(error)
    return found


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Spare the search for cycles while many small results are made, none of which has one.

    The search walks all results made so far, again and again: a fifth of the time of cleaning.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def is_unread(found: object) -> bool:
    """Say whether a value was there but could not be read; a blank one says nothing."""
    return isinstance(found, Unreadable) and found.reason not in SAID


def unread_counts(texts: Distinct, parsed: Sequence[object]) -> dict[str, int]:
    """Count the rows of each text that was there but could not be read."""
    return {
        spelling: int(rows)
        for spelling, each, rows in zip(texts.spellings, parsed, texts.counts(), strict=True)
        if is_unread(each)
    }


def taken(values: Sequence[str | None], codes: NDArray[np.int32] | NDArray[np.int64]) -> pd.Series:
    """Pick texts by place; missing where the place is -1."""
    return pd.Series(pd.array(list(values), dtype="str").take(codes, allow_fill=True))


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Write every cell of a table as text; missing stays missing.

    Whole numbers lose a trailing ".0". A number with exactly three decimals gets a fourth, so
    that no locale can take it for thousands: 26.125 becomes "26.1250".

    Examples
    --------
    >>> as_text(pd.DataFrame({"pay": [54200.0, 26.125, None]}))["pay"].tolist()
    ['54200', '26.1250', nan]
    """
    columns = {str(name): _text(column) for name, column in table.items()}
    return pd.DataFrame(columns, index=table.index)


def _text(column: pd.Series) -> pd.Series:
    """Write one column as text."""
    if column.dtype == "str":
        return column
    filled = column.notna().to_numpy()
    cells = [_cell(cell) for cell in column[filled]]
    written = np.full(len(column), None, dtype=object)
    written[filled] = cells
    return pd.Series(written, index=column.index, dtype="str")


def _cell(cell: object) -> str:
    """Write one cell as text."""
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode("utf-8")
    if isinstance(cell, (float, np.floating)):
        return _number(float(cell))
    return str(cell).encode("utf-8", "replace").decode("utf-8")


def _number(value: float) -> str:
    """Write a number with the digits it has, never as a power of ten below 1e15."""
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return f"{text}0" if len(text.partition(".")[2]) == 3 and "e" not in text else text
