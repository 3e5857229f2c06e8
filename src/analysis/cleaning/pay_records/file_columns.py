"""Describe the columns of a file of records as they came, and what in them was not understood."""

import numpy as np
import pandas as pd

from analysis.cleaning.pay_records.column_map import ColumnMap
from analysis.cleaning.pay_records.distinct import Distinct


def described_columns(
    text: pd.DataFrame, fields: dict[str, Distinct], column_map: ColumnMap
) -> pd.DataFrame:
    """Describe every column as it came: column, field, filled, distinct.

    `filled` counts rows; `distinct` counts texts and is missing where a column was not read.

    Examples
    --------
    >>> from analysis.cleaning.pay_records.distinct import distinct_values
    >>> text = pd.DataFrame({"Where": ["CA", "", "CA"]}, dtype="str")
    >>> fields = {"state": distinct_values(text["Where"])}
    >>> described_columns(text, fields, ColumnMap(state=("Where",))).to_numpy().tolist()
    [['Where', 'state', 2, 2]]
    """
    field_of = {
        column: field for field, columns in column_map.columns().items() for column in columns
    }
    known = {
        columns[0]: fields[field]
        for field, columns in column_map.columns().items()
        if len(columns) == 1 and field in fields
    }
    rows = [
        {
            "column": str(name),
            "field": field_of.get(str(name), ""),
            "filled": _filled(column, known.get(str(name))),
            "distinct": len(known[str(name)].spellings) if str(name) in known else None,
        }
        for name, column in text.items()
    ]
    table = pd.DataFrame(rows, columns=["column", "field", "filled", "distinct"])
    return table.astype({"column": "str", "field": "str", "filled": "int64", "distinct": "Int64"})


def _filled(column: pd.Series, known: Distinct | None) -> int:
    """Count the rows of a column that hold something."""
    if known is None:
        return int((column.notna() & column.ne("")).sum())
    is_text = np.array([text != "" for text in known.spellings], dtype=np.bool_)
    return int(known.counts()[is_text].sum())


def unread_texts(unread: dict[str, dict[str, int]]) -> pd.DataFrame:
    """List the texts that were not understood: field, found, rows; the most frequent first.

    Examples
    --------
    >>> unread_texts({"state": {"Mars": 2, "Venus": 3}}).to_numpy().tolist()
    [['state', 'Venus', 3], ['state', 'Mars', 2]]
    """
    rows = [
        (field, found, count) for field, texts in unread.items() for found, count in texts.items()
    ]
    table = pd.DataFrame(rows, columns=["field", "found", "rows"])
    table = table.astype({"field": "str", "found": "str", "rows": "int64"})
    return table.sort_values(
        ["field", "rows", "found"], ascending=[True, False, True], ignore_index=True
    )
