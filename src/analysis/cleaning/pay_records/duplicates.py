"""Find rows that repeat an earlier row in every column."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.pay_records.distinct import factorised


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
