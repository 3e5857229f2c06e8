"""Hold a table to its schema, or say everything that is wrong with it."""

from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors
from pandera.typing.pandas import Series

from analysis.errors import WrongInput

VERIFICATION = ("read in source", "third party", "derived", "claim", "unverified")


class Table(pa.DataFrameModel):
    """A processed table: its columns, no others, in the types stated."""

    class Config:
        """Cast text to the stated types; refuse columns that are not stated."""

        coerce = True
        strict = True


class CitedTable(Table):
    """A table whose every row names its own source and how far it was verified."""

    source_title: str
    source_url: str
    vintage: str
    verification: str = pa.Field(isin=VERIFICATION)


def ascend(table: pd.DataFrame, columns: list[str]) -> "pd.Series[bool]":
    """Say for each row whether the values that are there never fall from left to right.

    Examples
    --------
    >>> table = pd.DataFrame({"p10": [1.0, 5.0], "p50": [None, 4.0], "p90": [2.0, 6.0]})
    >>> ascend(table, ["p10", "p50", "p90"]).tolist()
    [True, False]
    """
    values = table[columns].astype("float64")
    return (values.isna() | values.ge(values.cummax(axis=1))).all(axis=1)


def checked(table: pd.DataFrame, schema: type[Table]) -> pd.DataFrame:
    """Return `table` in the schema's column order and types.

    Raises
    ------
    WrongInput
        Some rule does not hold; the message names every broken rule, how many rows break it
        and the first of them.
    """
    order = list(schema.to_schema().columns)
    try:
        valid = schema.validate(table, lazy=True)
    except SchemaErrors as error:
        raise WrongInput(_message(schema.__name__, error.failure_cases, rows=len(table))) from None
    return valid[order].reset_index(drop=True)


def _message(name: str, failures: pd.DataFrame, *, rows: int) -> str:
    """List each broken rule once, with the number of rows and the first value found."""
    lines = [
        f"- {column if isinstance(column, str) else 'table'}: {check} does not hold in "
        f"{len(cases)} place(s) of {rows} rows, first {_first(cases)}"
        for (column, check), cases in failures.groupby(
            ["column", "check"], dropna=False, sort=False
        )
    ]
    return "\n".join(
        [
            f"The table {name} breaks its schema; nothing was written.",
            *lines,
            "Look at the raw file: a changed column, unit or code needs a change in its cleaner.",
        ]
    )


def _first(cases: pd.DataFrame) -> str:
    """Show the first failing value and where it stands."""
    case: dict[Any, Any] = cases.iloc[0].to_dict()
    place = "" if pd.isna(case["index"]) else f" (row {case['index']})"
    return f"{case['failure_case']!r}{place}"


__all__ = ["CitedTable", "Series", "Table", "ascend", "checked"]
