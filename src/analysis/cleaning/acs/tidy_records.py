"""Turn judged records from the text of the release into numbers with units and words."""

from pathlib import Path

import duckdb

from analysis.cleaning.acs.person_files import OPTIONAL_NAMES, PersonColumns
from analysis.cleaning.acs.record_checks import asked, coded, has_classes_of_weeks
from analysis.errors import WrongInput

WORKED_FROM_HOME = 11  # of JWTRNS and JWTR alike
MOST_HOURS = 99  # "99 or more"
ADJUSTMENT_UNIT = 1_000_000  # ADJINC has six decimals and no point; the Census API writes the point


def tidy(
    database: duckdb.DuckDBPyConnection,
    columns: PersonColumns,
    *,
    year: int | None,
    income_adjustment: float | None,
    file: str,
) -> None:
    """Fill the tables `tidy` and `set_aside` from `judged`, `codes`, `states` and `state_top`.

    Parameters
    ----------
    database : DuckDBPyConnection
        After `judge`.
    columns : PersonColumns
        Of the files.
    year : int, optional
        Survey year, for files whose serial numbers do not begin with it.
    income_adjustment : float, optional
        ADJINC as a factor, for files that lack the column.
    file : str
        Named in messages.

    Raises
    ------
    WrongInput
        The year is not known, or differs from the one given.
    """
    years = _survey_year(database, year, file)
    listed = _tidied(columns, years, income_adjustment)
    database.execute(
        f"CREATE TABLE tidy AS SELECT {listed} FROM judged {_joins(columns)} WHERE reason IS NULL"
    )
    database.execute("CREATE TABLE set_aside AS SELECT * FROM judged WHERE reason IS NOT NULL")


def _joins(columns: PersonColumns) -> str:
    """Join the state, its top-code and the meaning of every code."""
    meanings = (
        f"LEFT JOIN codes AS {name}_code ON {name}_code.variable = "
        f"'{columns.columns[name].upper()}' AND {name}_code.code = {asked(name)}"
        for name in coded(columns)
    )
    return " ".join(
        [
            "LEFT JOIN states ON states.fips = whole(judged.state)",
            "LEFT JOIN state_top ON state_top.state = whole(judged.state)",
            *meanings,
        ]
    )


def _tidied(columns: PersonColumns, years: str, income_adjustment: float | None) -> str:
    """List the columns of the tidy table, in the order of the schema."""
    here = {name: f"cell(judged.{name})" for name in columns.columns}
    nothing = {name: "CAST(NULL AS VARCHAR)" for name in OPTIONAL_NAMES if name not in here}
    text = {**here, **nothing}
    wage = f"CAST({asked('wage')} AS DOUBLE)"
    factor = _factor(columns, income_adjustment)
    home = f"{asked('travel_to_work')} = {WORKED_FROM_HOME}"
    is_classed = has_classes_of_weeks(columns)
    weeks = [f"weeks_code.{end}" if is_classed else asked("weeks") for end in ("low", "high")]
    status = "employment_status_code.meaning"
    if "employment_status" not in here:
        status = text["employment_status"]
    listed = {
        "survey_year": years,
        "serial_number": text["serial_number"],
        "person_number": asked("person_number"),
        "state": "states.postal",
        "puma": f"lpad({text['puma']}, 5, '0')",
        "occupation_census_code": f"lpad(CAST({asked('occupation')} AS VARCHAR), 4, '0')",
        "industry_census_code": f"lpad(CAST({asked('industry')} AS VARCHAR), 4, '0')",
        "naics_code": text["naics"],
        "wage_reported_usd": wage,
        "income_adjustment": factor,
        "wage_usd": f"round({wage} * {factor}, 2)",
        "is_wage_top_coded": "coalesce(whole(judged.wage) = state_top.wage, false)",
        "hours_per_week": f"CAST({asked('hours')} AS DOUBLE)",
        "is_hours_top_coded": f"coalesce(whole(judged.hours) = {MOST_HOURS}, false)",
        "weeks_worked_low": f"CAST({weeks[0]} AS DOUBLE)",
        "weeks_worked_high": f"CAST({weeks[1]} AS DOUBLE)",
        "age_years": asked("age"),
        "sex": "sex_code.meaning",
        "education": "education_code.meaning",
        "class_of_worker": "class_of_worker_code.meaning",
        "employment_status": status,
        "travel_to_work": "travel_to_work_code.meaning",
        "works_from_home": home,
        "person_weight": asked("person_weight"),
    }
    weights = {
        f"replicate_weight_{number}": f"CAST(CAST(cell(judged.pwgtp{number}) AS DOUBLE) AS INTEGER)"
        for number in range(1, len(columns.replicates) + 1)
    }
    return ", ".join(f"{cell} AS {name}" for name, cell in {**listed, **weights}.items())


def _factor(columns: PersonColumns, income_adjustment: float | None) -> str:
    """Write the factor that brings a wage into dollars of the survey year."""
    if "income_adjustment" not in columns.columns:
        given = "NULL" if income_adjustment is None else repr(float(income_adjustment))
        return f"CAST({given} AS DOUBLE)"
    read = "CAST(cell(judged.income_adjustment) AS DOUBLE)"
    unit = ADJUSTMENT_UNIT
    return f"(CASE WHEN {read} > 1000 THEN {read} / {unit} ELSE {read} END)"


def _survey_year(database: duckdb.DuckDBPyConnection, year: int | None, file: str) -> str:
    """Write the survey year of a record: what its serial number begins with, else as given."""
    begins = (
        "CASE WHEN regexp_full_match(cell(serial_number), '20[0-9]{2}(HU|GQ|[0-9]{2})[0-9]{7}') "
        "THEN CAST(substr(cell(serial_number), 1, 4) AS BIGINT) END"
    )
    query = f"SELECT DISTINCT {begins} FROM judged WHERE reason IS NULL"
    found = {row[0] for row in database.execute(query).fetchall()}
    if None in found and year is None:
        raise WrongInput(
            f"{file} does not say its year: serial numbers of before 2017 do not begin with it. "
            "Say it: --year 2016."
        )
    if year is not None and (differ := sorted(found - {None, year})):
        raise WrongInput(f"{file} is of {differ[0]} by its serial numbers, not of --year {year}.")
    return f"coalesce({begins}, {year})" if year is not None else begins


def write_parquet(
    database: duckdb.DuckDBPyConnection, table: str, place: Path, *, notes: dict[str, str]
) -> None:
    """Write a table of the database as Parquet, sorted by person, with notes in its footer."""
    pairs = ", ".join("{}: '{}'".format(k, v.replace("'", "''")) for k, v in notes.items())
    target = str(place).replace("'", "''")
    database.execute(
        f"COPY (SELECT * FROM {table} ORDER BY serial_number, person_number) TO '{target}' "
        f"(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false, KV_METADATA {{{pairs}}})"
    )
