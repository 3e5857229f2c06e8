"""Take the records that are wanted out of person files of any size.

The text of the wanted records goes into a table on disk. DuckDB streams the files, so that memory
does not grow with them. A comma-separated file is first narrowed to the lines that may be of an
occupation: looking for the digits of a code in whole lines costs a tenth of splitting every line
into its 290 fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from analysis.cleaning.acs.person_files import PersonColumns, PersonFile, person_columns
from analysis.errors import WrongInput

NEVER_IN_A_FILE = "\x01"
LONGEST_LINE_BYTES = 2**20  # a PUMS line is some 1,200 bytes
ONE_LINE_IN = 64  # of the others, to tell a state's largest wage and codes that have moved


def narrowed(
    database: duckdb.DuckDBPyConnection,
    file: PersonFile,
    *,
    occupations: Sequence[int],
    scratch: Path,
) -> tuple[PersonFile, int]:
    """Write the lines that may be of the occupations, and one in 64 of the others, to a file.

    Returns
    -------
    PersonFile, int
        The narrowed file, in `scratch`, and how many lines of records the whole file has. The
        file itself where it has quotes: a quoted field may run over lines.
    """
    place = scratch / f"narrowed-{file.path.stem}.csv"
    source = str(file.path).replace("'", "''")
    lines = (
        f"read_csv('{source}', auto_detect=false, header=true, delim=chr(1), quote='', escape='', "
        f"max_line_size={LONGEST_LINE_BYTES}, columns={{'line': 'VARCHAR'}})"
    )
    records, quoted = database.execute(
        f"SELECT count(line), count_if(contains(line, '\"')) FROM {lines}"
    ).fetchall()[0]
    if quoted:
        return file, int(records)
    may_be = " OR ".join(f"contains(line, '{code}')" for code in occupations)
    target = str(place).replace("'", "''")
    database.execute(
        f"COPY (SELECT line FROM {lines} WHERE {may_be} OR hash(line) % {ONE_LINE_IN} = 0) "
        f"TO '{target}' (FORMAT csv, HEADER false, DELIMITER '{NEVER_IN_A_FILE}', QUOTE '', "
        "ESCAPE '')"
    )
    return replace(file, path=place, has_header=False), int(records)


MEMORY = "600MB"
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


def opened_database(scratch: Path) -> duckdb.DuckDBPyConnection:
    """Open a new database on disk, in `scratch`, with bounded memory; close it after use."""
    database = duckdb.connect(str(scratch / "records.duckdb"), config={"memory_limit": MEMORY})
    database.execute("SET enable_progress_bar = false")  # it would go to standard output
    database.execute(CELL)
    database.execute(WHOLE)
    return database


def take_wanted(
    database: duckdb.DuckDBPyConnection,
    files: Sequence[PersonFile],
    *,
    occupations: Sequence[int],
    scratch: Path,
) -> Wanted:
    """Fill the tables `wanted` (text) and `state_top` (the top-code of wages) of `database`.

    Parameters
    ----------
    database : DuckDBPyConnection
        From `opened_database`.
    files : sequence of PersonFile
        Parts of one release, with the same columns.
    occupations : sequence of int
        Census occupation codes; empty takes every record.
    scratch : Path
        A folder for what is needed on the way.

    Raises
    ------
    WrongInput
        A part has other columns, a line cannot be read, an occupation is no code, or none of
        the records is wanted.
    """
    columns = _same_columns(files)
    codes = ", ".join(str(code) for code in occupations)
    is_wanted = f"coalesce(whole(occupation) IN ({codes}), false)" if codes else "true"
    try:
        read, rows_in = list(files), 0
        for place, each in enumerate(files):
            if codes and not each.is_parquet:
                read[place], records = narrowed(
                    database, each, occupations=occupations, scratch=scratch
                )
            if read[place] == each:
                records = _count(database, f"SELECT count(*) FROM {_reader(each)}")
            rows_in += records
        _fill_counts(database, read, files[0].name)
        listed = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in columns.read)
        database.execute(
            f"CREATE TABLE wanted AS SELECT {listed} FROM ({_scan(read)}) WHERE {is_wanted}"
        )
        if read != list(files) and _may_hold_a_top_code(database):
            _fill_counts(database, files, files[0].name)
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        raise WrongInput(_unreadable(files, error)) from None
    database.execute(
        "CREATE TABLE state_top AS SELECT state, max(wage) AS wage FROM counts "
        f"GROUP BY state HAVING arg_max(records, wage) >= {SHARED_TOP}"
    )
    rows_wanted = _count(database, "SELECT count(*) FROM wanted")
    if not rows_in:
        raise WrongInput(f"{files[0].name} has a header but no record. Fetch it again.")
    if not rows_wanted:
        raise WrongInput(
            f"None of the {rows_in:,} records of {files[0].name} has occupation {codes}. Census "
            "codes (OCCP) are wanted, not SOC codes: 3515 is medical records specialists."
        )
    return Wanted(columns=columns, rows_in=rows_in, rows_other_occupations=rows_in - rows_wanted)


def _fill_counts(
    database: duckdb.DuckDBPyConnection, files: Sequence[PersonFile], name: str
) -> None:
    """Count records by state and wage; refuse occupations that are no codes."""
    database.execute(
        "CREATE OR REPLACE TABLE counts AS SELECT whole(state) AS state, whole(wage) AS wage, "
        "count(*) AS records, min(occupation) FILTER (cell(occupation) IS NOT NULL AND "
        f"whole(occupation) IS NULL) AS no_code FROM ({_scan(files)}) GROUP BY ALL"
    )
    first = database.execute("SELECT min(no_code) FROM counts").fetchall()[0][0]
    if first is not None:
        raise WrongInput(
            f"{name} has occupations (OCCP) that are no codes of digits, such as {first!r}. The "
            "columns may have moved: fetch the file again, or export it with the codes."
        )


def _may_hold_a_top_code(database: duckdb.DuckDBPyConnection) -> bool:
    """Say whether some wanted wage is the largest of its state among the records seen so far.

    Where a record seen earns more, the wage is no top-code, and the whole file need not be seen.
    """
    return bool(
        _count(
            database,
            "SELECT count(*) FROM (SELECT whole(state) AS state, max(whole(wage)) AS wage "
            "FROM wanted GROUP BY ALL) AS mine JOIN (SELECT state, max(wage) AS wage "
            "FROM counts GROUP BY state) AS seen USING (state) WHERE mine.wage >= seen.wage",
        )
    )


def _scan(files: Sequence[PersonFile]) -> str:
    """Read what is read of all files, as text."""
    return " UNION ALL BY NAME ".join(
        f"SELECT {_selected(person_columns(each.header, file=each.name))} FROM {_reader(each)}"
        for each in files
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
        f"read_csv({place}, auto_detect=false, header={file.has_header}, delim=',', quote='\"', "
        "escape='\"', "
        f"max_line_size={LONGEST_LINE_BYTES}, columns={{{types}}})"
    )


def _quoted(name: str) -> str:
    """Quote a name of SQL."""
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """Quote a text of SQL."""
    return "'" + text.replace("'", "''") + "'"


def _unreadable(files: Sequence[PersonFile], error: duckdb.Error) -> str:
    """Say which file broke where, in a line."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    names = ", ".join(file.name for file in files)
    if "disk" in str(error).lower():
        return f"{names} could not be read for want of room: {lines[0]} Make room in TMPDIR."
    return (
        f"{names} cannot be read as a release has it: {' '.join(lines[:2])[:300]} "
        "A line may be cut off or have too many fields: fetch the file again."
    )


def _count(database: duckdb.DuckDBPyConnection, query: str) -> int:
    """Return the one number of a query."""
    return int(database.execute(query).fetchall()[0][0])
