"""Narrow a comma-separated file to the lines that may be of an occupation.

Looking for the digits of a code in whole lines costs a tenth of splitting every line into its 290
fields. The lines found are a superset of those wanted, and are then read properly.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import duckdb

from analysis.cleaning.acs.person_files import PersonFile

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
