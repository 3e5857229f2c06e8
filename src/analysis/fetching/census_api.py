"""Ask the Census API for the person records of some occupations.

The API takes at most 50 variables a call, and a record with its 80 replicate weights has some
hundred. Each call therefore repeats the two that name a person, SERIALNO and SPORDER, by which the
answers are joined, one to one.
"""

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import WrongInput
from analysis.files import replacing

MOST_VARIABLES = 50
PERSON = ("SERIALNO", "SPORDER")
OCCUPATION = "OCCP"
RECORD = (
    *("PUMA", "PWGTP", "ADJINC", "AGEP", "SEX", "SCHL"),
    *("COW", "ESR", "INDP", "NAICSP", "WKHP", "WAGP"),
)
REPLICATES = tuple(f"PWGTP{number}" for number in range(1, 81))
RENAMED = (  # name before, name since, first year of the new one
    ("ST", "STATE", 2023),
    ("WKW", "WKWN", 2019),
    ("JWTR", "JWTRNS", 2019),
)


def calls(year: int) -> tuple[tuple[str, ...], ...]:
    """Share the variables of a year's person records out over calls of at most 50.

    Examples
    --------
    >>> [len(call) for call in calls(2024)]
    [49, 49, 3]
    >>> calls(2018)[0][:5]
    ('SERIALNO', 'SPORDER', 'ST', 'WKW', 'JWTR')
    """
    named = tuple(new if year >= since else old for old, new, since in RENAMED)
    variables = (*named, *RECORD, *REPLICATES)
    room = MOST_VARIABLES - len(PERSON) - 1  # the occupation asked for comes back as well
    return tuple(
        (*PERSON, *variables[start : start + room]) for start in range(0, len(variables), room)
    )


def parameters(call: Sequence[str], occupations: Sequence[int]) -> tuple[tuple[str, str], ...]:
    """Write the query of a call; the server keeps only the occupations."""
    codes = ",".join(f"{code:04d}" for code in occupations)
    return (("get", ",".join(call)), (OCCUPATION, codes))


def joined(answers: Sequence[Path], place: Path) -> int:
    """Join the answers of all calls by person, and write them as one comma-separated file.

    Returns
    -------
    int
        How many persons.

    Raises
    ------
    WrongInput
        An answer lacks the person or names one twice, or the answers are not of the same persons.
    """
    tables = [_persons(answer) for answer in answers]
    header = list(PERSON)
    for columns, _ in tables:
        header += [name for name in columns if name not in header]
    people = tables[0][1].keys()
    for columns, rows in tables[1:]:
        if rows.keys() != people:
            differ = len(rows.keys() ^ people)
            raise WrongInput(
                f"the calls are not of the same persons: the one with {columns[2]} differs in "
                f"{differ:,}. The release may have changed between them: fetch again"
            )
    with replacing(place) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="")
        writer = csv.DictWriter(text, header, lineterminator="\n")
        writer.writeheader()
        for person in people:
            writer.writerow(
                {name: cell for _, rows in tables for name, cell in rows[person].items()}
            )
        text.flush()
        text.detach()  # the file is closed by what opened it
    return len(people)


def _persons(answer: Path) -> tuple[list[str], dict[tuple[str, ...], dict[str, str]]]:
    """Read an answer: its columns, and its rows by person."""
    columns, *rows = json.loads(answer.read_bytes())
    if not all(cell is None or isinstance(cell, str) for row in (columns, *rows) for cell in row):
        raise WrongInput("an answer has a cell that is neither text nor empty")
    if not set(PERSON) <= set(columns):
        raise WrongInput(f"an answer lacks {' and '.join(PERSON)}; it has {columns[:5]}")
    if wrong := next((row for row in rows if len(row) != len(columns)), None):
        raise WrongInput(f"an answer has a row of {len(wrong)} cells under {len(columns)} names")
    found = {}
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        person = tuple(cells[name] for name in PERSON)
        if person in found:
            raise WrongInput(f"an answer has SERIALNO {person[0]}, SPORDER {person[1]} twice")
        found[person] = cells
    return columns, found
