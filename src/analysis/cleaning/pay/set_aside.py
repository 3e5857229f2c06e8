"""List the rows that are set aside: as they came, with the reason and what was found."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.pay.column_map import ColumnMap
from analysis.cleaning.pay.distinct import factorised, taken
from analysis.cleaning.pay.pay_header import joined_pay
from analysis.cleaning.pay.text_files import MISFIT, NEARLY_ALL


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
SUMMARY = "a summary of other rows, not a record"
SUMMARY_WORDS = (
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sub total",
    "sum",
    "average",
    "avg",
    "mean",
    "median",
    "minimum",
    "maximum",
    "min",
    "max",
    "count",
    "overall",
)
MOST_SUMMARIES = 0.05  # of the rows; "average" in more of them is an answer
FEWEST_SUMMARIES = 3
TIME_OF_DAY = re.compile(r"\d:[0-5]\d")
NUMBER = re.compile(r"[\s$]*-?\d[\d.,\s]*%?\s*")
LOOKED_AT = 200  # cells of a column, to see whether it holds time stamps
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
) -> tuple[NDArray[np.intp], pd.DataFrame, NDArray[np.bool_]]:
    """Part the rows that are kept from those set aside.

    Lines that do not fit the header, empty rows, summaries and repeats come before the `reasons`;
    the first that names a row holds for it. `codes` number the texts of the columns where they are
    known. Equal rows are repeats where an identifier or a time stamp is equal too, or the map says
    so; else they are people.

    Returns
    -------
    tuple of array, DataFrame and array
        Places of the rows that are kept; the others, with `COLUMNS` before their own; and for each
        row whether an equal row is kept before it.
    """
    repeats = repeated_rows(text, codes)
    are_repeats = _equal_rows_are_repeats(text, column_map)
    every = [
        Reason(text=MISFIT_REASON, field=MISFIT, rows=_misfits(text)),
        Reason(text=EMPTY, field="", rows=_empty(text)),
        Reason(text=SUMMARY, field="", rows=_summaries(text)),
        *([Reason(text=DUPLICATE, field="", rows=repeats >= 0)] if are_repeats else []),
        *reasons,
    ]
    first = _first_reason(every, len(text))
    aside = _set_aside(text, first, every, repeats, column_map)
    return np.flatnonzero(first < 0), aside, (repeats >= 0) & (not are_repeats)


def _equal_rows_are_repeats(text: pd.DataFrame, column_map: ColumnMap) -> bool:
    """Return what the map says, else whether a column tells records apart."""
    if column_map.file.equal_rows is not None:
        return column_map.file.equal_rows == "set aside"
    return bool(column_map.record_id) or any(_holds_time_stamps(text[name]) for name in text)


def _holds_time_stamps(column: pd.Series) -> bool:
    """Check that nearly all cells at the start of a column have a time of day."""
    cells = column.head(LOOKED_AT).dropna()
    return len(cells) > 0 and cells.str.contains(TIME_OF_DAY).mean() >= NEARLY_ALL


def _summaries(text: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which rows are totals, averages and the like: a word for it, and else only numbers."""
    spelled = {
        style(word)
        for word in SUMMARY_WORDS
        for style in (str.lower, str.upper, str.title, str.capitalize)
    }
    spelled |= {f"{word}:" for word in spelled}
    named = pd.DataFrame({name: text[name].isin(spelled) for name in text})
    found = named.any(axis="columns").to_numpy(copy=True)
    places = np.flatnonzero(found)
    if not 0 < len(places) <= max(FEWEST_SUMMARIES, MOST_SUMMARIES * len(text)):
        return np.zeros(len(text), dtype=np.bool_)
    rest = text.iloc[places].mask(named.iloc[places]).fillna("")
    is_number = rest.apply(lambda cells: cells.str.fullmatch(NUMBER)).astype("bool")
    is_blank = rest.apply(lambda cells: cells.str.strip().eq("")).astype("bool")
    has_number = is_number.any(axis="columns")
    found[places] = (is_number | is_blank).all(axis="columns") & has_number
    return found


def joined_columns(text: pd.DataFrame, columns: tuple[str, ...], field: str) -> pd.Series:
    """Return the column of a field; several become a list of credentials or the ends of a range."""
    if field == "pay":
        return joined_pay(text, columns)
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
