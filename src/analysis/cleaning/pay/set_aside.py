"""List the rows that are set aside: as they came, with the reason and what was found."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.pay.column_map import ColumnMap
from analysis.cleaning.pay.distinct import factorised, taken
from analysis.cleaning.pay.text_files import MISFIT


def repeated_rows(
    table: pd.DataFrame, codes: Mapping[str, NDArray[np.int32]] | None = None
) -> NDArray[np.int64]:
    """Return for each row the place of the first row equal to it; -1 where there is none.

    Rows are grouped column by column, and those that are alone in their group drop out early,
    so that most columns are compared for a few rows only.

    Parameters
    ----------
    table : DataFrame
        Columns of text.
    codes : mapping of str to array, optional
        Columns whose texts are numbered already, -1 where missing; they are compared first.

    Examples
    --------
    >>> repeated_rows(pd.DataFrame({"a": ["x", "y", "x"], "b": ["1", "1", "1"]})).tolist()
    [-1, -1, 0]
    """
    known = dict(codes or {})
    repeats = np.full(len(table), -1, dtype=np.int64)
    rows = np.arange(len(table))
    group = np.zeros(len(table), dtype=np.int64)
    for name in [*known, *(name for name in table.columns if name not in known)]:
        numbers = known[name][rows] if name in known else factorised(table[name].iloc[rows])
        group = pd.factorize(group * (int(numbers.max(initial=0)) + 2) + numbers + 1)[0]
        is_shared = np.bincount(group)[group] > 1
        rows, group = rows[is_shared], group[is_shared]
        if not len(rows):
            return repeats
    _, first, place = np.unique(group, return_index=True, return_inverse=True)
    earliest = rows[first][place]
    is_later = earliest < rows
    repeats[rows[is_later]] = earliest[is_later]
    return repeats


DUPLICATE = "repeats an earlier row in every column"
EMPTY = "empty row"
MISFIT_REASON = "the line does not fit the header"
COLUMNS = ("row", "reason", "column", "found", "repeats_row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why rows are set aside: the words, the field at fault, and which rows."""

    text: str
    field: str
    rows: NDArray[np.bool_]


def split_rows(
    text: pd.DataFrame,
    reasons: list[Reason],
    column_map: ColumnMap,
    codes: Mapping[str, NDArray[np.int32]],
) -> tuple[NDArray[np.intp], pd.DataFrame]:
    """Part the rows that are kept from those set aside.

    Lines that do not fit the header, empty rows and repeats come before the `reasons`; the first
    that names a row holds for it. `codes` number the texts of the columns where they are known.

    Returns
    -------
    tuple of array and DataFrame
        Places of the rows that are kept; the others, with `COLUMNS` before their own.
    """
    repeats = repeated_rows(text, codes)
    every = [
        Reason(text=MISFIT_REASON, field=MISFIT, rows=_misfits(text)),
        Reason(text=EMPTY, field="", rows=_empty(text)),
        Reason(text=DUPLICATE, field="", rows=repeats >= 0),
        *reasons,
    ]
    first = _first_reason(every, len(text))
    return np.flatnonzero(first < 0), _set_aside(text, first, every, repeats, column_map)


def joined_columns(text: pd.DataFrame, columns: tuple[str, ...], field: str) -> pd.Series:
    """Return the column of a field; several become a list of credentials or the ends of a range."""
    if len(columns) == 1:
        return text[columns[0]]
    separator = "; " if field == "credentials" else " - "
    joined = text[columns[0]].fillna("").str.strip()
    for name in columns[1:]:
        other = text[name].fillna("").str.strip()
        is_new = other.ne("") & other.ne(joined)
        joined = joined.mask(is_new & joined.ne(""), joined + separator + other)
        joined = joined.mask(joined.eq(""), other)
    return joined.mask(joined.eq(""))


def _misfits(text: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which rows are lines that did not fit the header."""
    if MISFIT not in text:
        return np.zeros(len(text), dtype=np.bool_)
    return text[MISFIT].notna().to_numpy()


def _empty(text: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which rows hold nothing."""
    filled = np.zeros(len(text), dtype=np.bool_)
    for name in text.columns:
        if filled.all():
            break
        filled |= (text[name].notna() & text[name].ne("")).to_numpy()
    return ~filled


def _first_reason(reasons: list[Reason], rows: int) -> NDArray[np.int64]:
    """Return the place of the first reason that names each row; -1 for rows that are kept."""
    first = np.full(rows, -1, dtype=np.int64)
    for place in range(len(reasons) - 1, -1, -1):
        first[reasons[place].rows] = place
    return first


def _set_aside(
    text: pd.DataFrame,
    reason: NDArray[np.int64],
    reasons: list[Reason],
    repeats: NDArray[np.int64],
    column_map: ColumnMap,
) -> pd.DataFrame:
    """List the rows that are set aside, as they came, with the reason before them."""
    rows = np.flatnonzero(reason >= 0)
    why = reason[rows]
    original = text.iloc[rows].reset_index(drop=True)
    columns = {**column_map.columns(), MISFIT: (MISFIT,)}
    found = pd.Series(np.full(len(rows), None, dtype=object))
    for place in np.unique(why):
        names = columns.get(reasons[place].field, ())
        if names:
            found[why == place] = joined_columns(original[why == place], names, "")
    is_repeat = np.isin(why, [i for i, each in enumerate(reasons) if each.text == DUPLICATE])
    repeats_row = np.where(is_repeat, repeats[rows] + 1, 0)
    ours = pd.DataFrame(
        {
            "row": rows + 1,
            "reason": taken([each.text for each in reasons], why),
            "column": taken([" + ".join(columns.get(each.field, ())) for each in reasons], why),
            "found": found.astype("str"),
            "repeats_row": pd.array(repeats_row, dtype="Int64"),
        }
    )
    ours["repeats_row"] = ours["repeats_row"].mask(ours["repeats_row"].eq(0))
    renamed = {name: f"{name} (given)" for name in original if name in COLUMNS}
    return pd.concat([ours, original.rename(columns=renamed)], axis="columns")
