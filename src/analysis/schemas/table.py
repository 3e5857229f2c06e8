"""Check a table against its schema, and name everything that is wrong with it.

Columns state their type, range and whether they may be missing (pandera). How columns and rows
relate is SQL that no row may break, so that a release of any size is checked inside DuckDB.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd
import pandera.pandas as pa
import pyarrow  # type: ignore[import-untyped]
from pandera.errors import SchemaErrors

from analysis.errors import WrongInput
from analysis.estimate import VERIFICATION

if TYPE_CHECKING:
    import duckdb

COMPARISONS = {
    "greater_than_or_equal_to": ">= {min_value}",
    "greater_than": "> {min_value}",
    "less_than_or_equal_to": "<= {max_value}",
    "less_than": "< {max_value}",
    "isin": "IN ({allowed_values})",
}
Rule = tuple[str, str]  # how a message names it, and SQL that is false where a row breaks it


class Table(pa.DataFrameModel):
    """A processed table: its columns, no others, in the types stated."""

    class Config:
        """Cast text to the stated types; refuse columns that are not stated."""

        coerce = True
        strict = True

    @classmethod
    def relations(cls) -> dict[str, str]:
        """Return what relates the columns and rows: SQL that no row may break, by its name.

        A missing value breaks nothing. `{rows}` stands for the table itself, in a subquery.
        """
        return {}


class CitedTable(Table):
    """A table whose every row names its own source and how far it was verified."""

    source_title: str
    source_url: str
    vintage: str
    verification: str = pa.Field(isin=VERIFICATION)


def ascend(columns: Iterable[str]) -> str:
    """Write the SQL that values do not fall from left to right, missing ones passed over.

    Examples
    --------
    >>> ascend(["p10", "p50", "p90"])
    'coalesce(p50 >= greatest(p10), true) AND coalesce(p90 >= greatest(p10, p50), true)'
    """
    names = list(columns)
    steps = [
        f"coalesce({name} >= greatest({', '.join(names[:place])}), true)"
        for place, name in enumerate(names)
        if place
    ]
    return " AND ".join(steps)


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
        valid = schema.validate(table, lazy=True)[order].reset_index(drop=True)
    except SchemaErrors as error:
        raise _refusal(schema, len(table), _broken_columns(error.failure_cases)) from None
    if relations := schema.relations():
        import duckdb  # not above: schemas outlive it, and DuckDB then warns of leaks at exit

        with duckdb.connect() as store:
            store.register("valid", pyarrow.Table.from_pandas(valid))
            if lines := list(_broken(store, "valid", relations.items())):
                raise _refusal(schema, len(valid), lines)
    return valid


def check_rows(store: "duckdb.DuckDBPyConnection", rows: str, schema: type[Table]) -> None:
    """Check rows in DuckDB against a schema, as `checked` does a frame.

    Parameters
    ----------
    store : DuckDBPyConnection
        Where the rows can be read.
    rows : str
        A table, or a table function, of SQL; it may have more columns than the schema.

    Raises
    ------
    WrongInput
        As `checked`.
    """
    rules = [*_column_rules(schema), *schema.relations().items()]
    key = ", ".join(schema.to_schema().unique or ())
    lines = list(_broken(store, rows, rules))
    repeated = f"SELECT count(*) AS times FROM {rows} GROUP BY {key} HAVING count(*) > 1"
    if key and (times := _one(store, f"SELECT sum(times)::BIGINT FROM ({repeated})")[0]):
        lines.append(f"- {key} are unique together: broken in {times:,} row(s)")
    if lines:
        raise _refusal(schema, _one(store, f"SELECT count(*) FROM {rows}")[0], lines)


def _column_rules(schema: type[Table]) -> Iterator[Rule]:
    """Yield what the fields of a schema say, as SQL."""
    for name, column in schema.to_schema().columns.items():
        if not column.nullable:
            yield f"{name} is stated", f"{name} IS NOT NULL"
        for check in column.checks:
            values = dict(check.statistics)
            if "allowed_values" in values:
                values["allowed_values"] = ", ".join(f"'{one}'" for one in values["allowed_values"])
            if check.name == "str_matches":
                pattern = getattr(values["pattern"], "pattern", values["pattern"])
                yield f"{name} is like {pattern}", f"regexp_matches({name}, '{pattern}')"
            else:
                words = COMPARISONS[str(check.name)].format(**values)
                yield f"{name} {words}", f"{name} {words}"


def _broken(store: "duckdb.DuckDBPyConnection", rows: str, rules: Iterable[Rule]) -> Iterator[str]:
    """Name each broken rule, the number of rows that break it and the first of them."""
    named = [(name, sql.replace("{rows}", rows)) for name, sql in rules]
    every = " AND ".join(f"coalesce({sql}, true)" for _, sql in named)
    if not _one(
        store, f"SELECT count(*) FROM (SELECT {every} AS holds FROM {rows}) WHERE NOT holds"
    )[0]:
        return
    columns = [column[0] for column in store.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()]
    for name, sql in named:
        shown = ", ".join(each for each in columns if re.search(rf"\b{each}\b", sql)) or "1"
        found = store.execute(
            f"SELECT {shown} FROM (SELECT *, {sql} AS holds FROM {rows}) WHERE NOT holds"
        )
        if first := found.fetchone():
            more = len(found.fetchall())
            yield f"- {name}: broken in {more + 1:,} row(s), first {_shown(found, first)}"


def _shown(found: "duckdb.DuckDBPyConnection", row: tuple[Any, ...]) -> str:
    """Show the values of a row by their columns."""
    names = [column[0] for column in found.description]
    return ", ".join(f"{name} {value!r}" for name, value in zip(names, row, strict=True))


def _broken_columns(failures: pd.DataFrame) -> Iterator[str]:
    """Name each rule of a column that is broken, with the number of values and the first."""
    for (column, check), cases in failures.groupby(["column", "check"], dropna=False, sort=False):
        case: dict[Any, Any] = cases.iloc[0].to_dict()
        place = "" if pd.isna(case["index"]) else f" (row {case['index']})"
        yield (
            f"- {column if isinstance(column, str) else 'table'}: {check} does not hold in "
            f"{len(cases)} place(s), first {case['failure_case']!r}{place}"
        )


def _refusal(schema: type[Table], rows: int, lines: Iterable[str]) -> WrongInput:
    """Write the message about a table that breaks its schema."""
    return WrongInput(
        "\n".join(
            [
                f"The table {schema.__name__} ({rows:,} rows) breaks its schema; "
                "nothing was written.",
                *lines,
                "Look at the raw file: a changed column, unit or code needs a change in its "
                "cleaner.",
            ]
        )
    )


def _one(store: "duckdb.DuckDBPyConnection", query: str) -> tuple[Any, ...]:
    """Return the only row of an answer."""
    return store.execute(query).fetchall()[0]
