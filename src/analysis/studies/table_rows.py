"""Pick the one row of a table that a name stands for."""

import pandas as pd


def row_of(table: pd.DataFrame, column: str, name: str) -> pd.Series:
    """Return the row in which `column` is `name`.

    Raises
    ------
    ValueError
        No row is, or more than one.

    Examples
    --------
    >>> fees = pd.DataFrame({"item": ["exam", "dues"], "usd": [425, 222]})
    >>> int(row_of(fees, "item", "dues")["usd"])
    222
    """
    rows = table[table[column].eq(name)]
    if len(rows) != 1:
        raise ValueError(f"{column} must be {name!r} in one row, found {len(rows)}.")
    return rows.iloc[0]
