"""Take the records that are wanted out of person files of any size, in two passes.

The first pass counts, state by state; the second keeps the text of the wanted records in a
table on disk. DuckDB streams both, so that memory does not grow with the files.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from analysis.cleaning.acs.person_columns import PersonColumns, person_columns
from analysis.cleaning.acs.person_files import PersonFile
from analysis.errors import WrongInput

MEMORY = "600MB"
LONGEST_LINE_BYTES = 2**20  # a PUMS line is some 1,200 bytes
SHARED_TOP = 3  # records that share a state's largest wage before it is taken for a top-code
# Blank in files, "N" or "*" from the Census API: the question was not asked of this person.
CELL = "CREATE MACRO cell(x) AS nullif(nullif(nullif(trim(x), ''), 'N'), '*')"
WHOLE = (
    "CREATE MACRO whole(x) AS CASE WHEN regexp_full_match(cell(x), '-?[0-9]{1,9}([.]0+)?') "
    "THEN CAST(cell(x) AS BIGINT) END"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the two passes found.

    Parameters
    ----------
    columns : PersonColumns
        Of the files.
    rows_in : int
        Records in all files.
    rows_other_occupations : int
        Records whose occupation was not asked for, or that have none.
    """

    columns: PersonColumns
    rows_in: int
    rows_other_occupations: int


@contextmanager
def opened_database() -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database of its own on disk, gone after the block, with bounded memory."""
    with TemporaryDirectory(prefix="acs-") as folder:
        place = Path(folder) / "records.duckdb"
        with duckdb.connect(str(place), config={"memory_limit": MEMORY}) as database:
            database.execute(CELL)
            database.execute(WHOLE)
            yield database


def take_wanted(
    database: duckdb.DuckDBPyConnection,
    files: Sequence[PersonFile],
    *,
    occupations: Sequence[int],
) -> Wanted:
    """Fill the tables `wanted` (text) and `state_top` of `database`.

    Parameters
    ----------
    database : DuckDBPyConnection
        From `opened_database`.
    files : sequence of PersonFile
        Parts of one release, with the same columns.
    occupations : sequence of int
        Census occupation codes; empty takes every record.

    Raises
    ------
    WrongInput
        A part has other columns, a line cannot be read, an occupation is no code, or none of
        the records is wanted.
    """
    columns = _same_columns(files)
    names = columns.read
    scan = " UNION ALL BY NAME ".join(
        f"SELECT {_selected(person_columns(each.header, file=each.name))} FROM {_reader(each)}"
        for each in files
    )
    codes = ", ".join(str(code) for code in occupations)
    is_wanted = f"whole(occupation) IN ({codes})" if codes else "true"
    try:
        database.execute(
            f"CREATE TABLE counts AS SELECT whole(state) AS state, whole(wage) AS wage, "
            f"count(*) AS records, count(*) FILTER (coalesce({is_wanted}, false)) AS wanted, "
            "min(occupation) FILTER (cell(occupation) IS NOT NULL AND whole(occupation) IS NULL) "
            f"AS no_code FROM ({scan}) GROUP BY ALL"
        )
        _refuse_no_codes(database, files[0].name)
        listed = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in names)
        database.execute(f"CREATE TABLE wanted AS SELECT {listed} FROM ({scan}) WHERE {is_wanted}")
    except duckdb.Error as error:
        raise WrongInput(_unreadable(files, error)) from None
    database.execute(
        "CREATE TABLE state_top AS SELECT state, max(wage) AS wage FROM counts "
        f"GROUP BY state HAVING arg_max(records, wage) >= {SHARED_TOP}"
    )
    rows_in, rows_wanted = _row(database, "SELECT sum(records), sum(wanted) FROM counts")
    if not rows_in:
        raise WrongInput(f"{files[0].name} has a header but no record. Fetch it again.")
    if not rows_wanted:
        raise WrongInput(
            f"None of the {rows_in:,} records of {files[0].name} has occupation {codes}. Census "
            "codes (OCCP) are wanted, not SOC codes: 3515 is medical records specialists."
        )
    return Wanted(
        columns=columns, rows_in=int(rows_in), rows_other_occupations=int(rows_in - rows_wanted)
    )


def _same_columns(files: Sequence[PersonFile]) -> PersonColumns:
    """Return the columns of all parts, which must be of one vintage."""
    found = [person_columns(each.header, file=each.name) for each in files]
    for each, columns in zip(files, found, strict=True):
        if {name.upper() for name in columns.read.values()} != {
            name.upper() for name in found[0].read.values()
        }:
            differ = sorted(set(columns.read.values()) ^ set(found[0].read.values()))
            raise WrongInput(
                f"{each.name} and {files[0].name} differ in {', '.join(differ[:5])}: they are not "
                "parts of one release. Ingest each by itself."
            )
    return found[0]


def _selected(columns: PersonColumns) -> str:
    """List the columns that are read, as text, under the names they get."""
    return ", ".join(
        f"CAST({_quoted(column)} AS VARCHAR) AS {name}" for name, column in columns.read.items()
    )


def _reader(file: PersonFile) -> str:
    """Write the table function that reads a file; types are ours, nothing is guessed."""
    place = "'" + str(file.path).replace("'", "''") + "'"
    if file.is_parquet:
        return f"read_parquet({place})"
    types = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in file.header)
    return (
        f"read_csv({place}, auto_detect=false, header=true, delim=',', quote='\"', escape='\"', "
        f"max_line_size={LONGEST_LINE_BYTES}, columns={{{types}}})"
    )


def _quoted(name: str) -> str:
    """Quote a name of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """Quote a text of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _refuse_no_codes(database: duckdb.DuckDBPyConnection, file: str) -> None:
    """Refuse occupations that are no codes: the column has moved."""
    count, first = _row(database, "SELECT count(no_code), min(no_code) FROM counts")
    if count:
        raise WrongInput(
            f"{file} has occupations (OCCP) that are no codes of digits, such as {first!r}. The "
            "columns may have moved: fetch the file again, or export it with the codes."
        )


def _unreadable(files: Sequence[PersonFile], error: duckdb.Error) -> str:
    """Say which file broke where, in a line."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    names = ", ".join(file.name for file in files)
    if isinstance(error, duckdb.OutOfMemoryException) or "disk" in str(error).lower():
        return f"{names} could not be read for want of room: {lines[0]} Make room in TMPDIR."
    return (
        f"{names} cannot be read as a release has it: {' '.join(lines[:2])[:300]} "
        "A line may be cut off or have too many fields: fetch the file again."
    )


def _row(database: duckdb.DuckDBPyConnection, query: str) -> tuple[int, ...]:
    """Return the one row of a query."""
    return database.execute(query).fetchall()[0]
