"""Judge each wanted record: whether it can be read, is a person, and is there once."""

import duckdb

from analysis.cleaning.acs.person_files import CODED, WHOLE_NUMBERS, PersonColumns
from analysis.errors import WrongInput

PERSON_CODES = "acs/person_codes.csv"
WHOLE_WEIGHT = "-?[0-9]{1,6}(?:[.]0+)?"  # a replicate weight may be below 0
NO_PERSON = "no person: SPORDER or PWGTP is empty or 0"
NOT_ASKED = {  # as the Census API writes it
    "wage": -1,
    "hours": 0,
    "weeks": 0,
    "travel_to_work": 0,
    "education": 0,
    "class_of_worker": 0,
    "employment_status": 0,
}


def judge(
    database: duckdb.DuckDBPyConnection,
    columns: PersonColumns,
    *,
    file: str,
    set_unreadable_aside: bool,
) -> None:
    """Fill the table `judged`: the wanted records, each with a reason against it or none.

    Needs the tables `wanted`, `codes` (variable, code) and `states` (fips).

    Raises
    ------
    WrongInput
        Some record cannot be read, unless such are to be set aside, or a person is there twice.
    """
    cases = " ".join(f"WHEN {broken} THEN {reason}" for broken, reason in _reasons(columns))
    no_person = " OR ".join(
        f"coalesce({asked(name)}, 0) = 0 AND (cell(judged.{name}) IS NULL OR {asked(name)} = 0)"
        for name in ("person_number", "person_weight")
    )
    database.execute(
        f"CREATE TABLE judged AS SELECT judged.*, CASE WHEN {no_person} THEN '{NO_PERSON}' "
        f"{cases} END AS reason FROM wanted AS judged"
    )
    _refuse_unreadable(database, file, set_unreadable_aside=set_unreadable_aside)
    _refuse_repeated(database, file)


def coded(columns: PersonColumns) -> list[str]:
    """List what is a code with a meaning in the table of codes."""
    names = [name for name in CODED if name in columns.columns]
    return [*names, "weeks"] if has_classes_of_weeks(columns) else names


def has_classes_of_weeks(columns: PersonColumns) -> bool:
    """Say whether weeks are classes (WKW, to 2018) rather than numbers."""
    return columns.columns["weeks"].upper() == "WKW"


def asked(name: str) -> str:
    """Write the whole number of a cell, missing where the question was not asked."""
    number = f"whole(judged.{name})"
    return f"nullif({number}, {NOT_ASKED[name]})" if name in NOT_ASKED else number


def _reasons(columns: PersonColumns) -> list[tuple[str, str]]:
    """List what may be wrong with a record: a condition of SQL, and the reason in words."""
    named = columns.columns
    found = []
    for name in [name for name in WHOLE_NUMBERS if name in named]:
        broken = f"cell(judged.{name}) IS NOT NULL AND whole(judged.{name}) IS NULL"
        found.append((broken, f"'{named[name]} is no whole number: ' || judged.{name}"))
    found += [
        (f"cell(judged.{name}) IS NULL", f"'{named[name]} is empty'")
        for name in ("state", "age", "sex")
    ]
    if columns.replicates:
        weights = ", ".join(f"cell(judged.{name})" for name in columns.replicates)
        all_whole = f"({WHOLE_WEIGHT},){{{len(columns.replicates) - 1}}}{WHOLE_WEIGHT}"
        found.append(
            (
                f"NOT regexp_full_match(concat_ws(',', {weights}), '{all_whole}')",
                "'a replicate weight (PWGTP1 to PWGTP80) is empty or no whole number'",
            )
        )
    if "income_adjustment" in columns.columns:
        broken = "TRY_CAST(cell(judged.income_adjustment) AS DOUBLE) IS NULL"
        words = "'ADJINC is no number: ' || coalesce(judged.income_adjustment, 'empty')"
        found.append((broken, words))
    found.append(
        (
            "whole(judged.state) NOT IN (SELECT fips FROM states)",
            f"'{named['state']} is no state of data/raw/geography/states.csv: ' || judged.state",
        )
    )
    for name in coded(columns):
        variable = named[name].upper()
        known = f"SELECT code FROM codes WHERE variable = '{variable}'"
        words = f"'{variable} has a code that is not in data/raw/{PERSON_CODES}: ' || judged.{name}"
        found.append((f"{asked(name)} NOT IN ({known})", words))
    for name in ("occupation", "industry"):
        broken = f"cell(judged.{name}) IS NOT NULL AND whole(judged.{name}) IS NULL"
        found.append((broken, f"'{named[name]} is no code of digits: ' || judged.{name}"))
    return found


def _refuse_unreadable(
    database: duckdb.DuckDBPyConnection, file: str, *, set_unreadable_aside: bool
) -> None:
    """Refuse a file with records that cannot be read, unless they are to be set aside."""
    rows = database.execute(
        "SELECT count(*), min(reason), arg_min(serial_number, reason) FROM judged "
        f"WHERE reason <> '{NO_PERSON}'"
    ).fetchall()
    count, first, serial = rows[0]
    if count and not set_unreadable_aside:
        raise WrongInput(
            f"{file}: {count:,} record(s) cannot be read; {first} (SERIALNO {serial}). Nothing was "
            "written. A column may have moved or a code be new: look at the data dictionary of "
            "the year. If these records are simply bad, --set-aside keeps them apart."
        )


def _refuse_repeated(database: duckdb.DuckDBPyConnection, file: str) -> None:
    """Refuse a person that is there twice."""
    repeated = database.execute(
        "SELECT cell(serial_number), whole(person_number), count(*) AS times FROM judged "
        "WHERE reason IS NULL GROUP BY ALL HAVING times > 1 ORDER BY ALL LIMIT 1"
    ).fetchall()
    if repeated:
        serial, person, times = repeated[0]
        raise WrongInput(
            f"{file} has SERIALNO {serial}, SPORDER {person} {times} times: a part of the release "
            "was given twice, or parts of two years. Nothing was written."
        )
