"""The code lists of a flat release as tables: areas, industries, occupations and the top code."""

import re
from pathlib import Path

import duckdb

from analysis.cleaning.oews.store import text_file
from analysis.cleaning.oews.wage_rows import TOP_CODED, TopCodes
from analysis.errors import WrongInput

AREA_TYPES = {"N": "nation", "S": "state", "M": "metropolitan or nonmetropolitan"}
TOP_CODE = re.compile(
    r"\$\s*([\d,.]+)\s*(?:per|an|/)\s*hour\s*(?:or|and)\s*\$\s*([\d,.]+)\s*(?:per|a|/)\s*year",
    re.IGNORECASE,
)


def load_lists(
    store: duckdb.DuckDBPyConnection, *, area: Path, industry: Path, occupation: Path, states: Path
) -> None:
    """Make the tables `areas`, `industries` and `occupations` that `wage_rows` joins.

    Raises
    ------
    WrongInput
        A list lacks a column or has an area type nobody has seen.
    """
    codes = text_file(states, delimiter=",")
    _create(store, "industries", _industries(industry), industry)
    _create(store, "occupations", _occupations(occupation), occupation)
    _create(store, "areas", _areas(area, codes), area)
    known = ", ".join(f"'{code}'" for code in AREA_TYPES)
    strange = store.execute(
        f"SELECT DISTINCT coalesce(areatype_code, 'none') FROM {text_file(area)} "
        f"WHERE areatype_code IS NULL OR trim(areatype_code) NOT IN ({known})"
    ).fetchall()
    if strange:
        raise WrongInput(
            f"{area.name} has area types {', '.join(sorted(code for (code,) in strange))}; known "
            f"are {', '.join(f'{code} ({name})' for code, name in AREA_TYPES.items())}. Nothing "
            "was written: a new kind of area needs a line in cleaning/oews/code_lists.py."
        )


def top_codes(store: duckdb.DuckDBPyConnection, footnote: Path) -> TopCodes:
    """Read the hourly and annual top code out of the release's own footnote.

    Raises
    ------
    WrongInput
        It does not say them.
    """
    notes = store.execute(
        f"SELECT footnote_text FROM {text_file(footnote)} WHERE trim(footnote_code) = '{TOP_CODED}'"
    ).fetchall()
    text = str(notes[0][0]) if notes else ""
    found = read_top_codes(text)
    if found is None:
        raise WrongInput(
            f"{footnote.name} must say the top code as '$115.00 per hour or $239,200 per year' "
            f"under code {TOP_CODED}; found {text!r}. Check the release's footnotes."
        )
    return found


def read_top_codes(text: str) -> TopCodes | None:
    """Read top codes out of a sentence.

    Examples
    --------
    >>> read_top_codes("equal to or greater than $115.00 per hour or $239,200 per year.")
    TopCodes(hourly_usd=115.0, annual_usd=239200.0)
    """
    found = TOP_CODE.search(text)
    if found is None:
        return None
    hourly, annual = (float(amount.rstrip(".").replace(",", "")) for amount in found.groups())
    return TopCodes(hourly_usd=hourly, annual_usd=annual)


def area_columns(oews_area: str, kind: str) -> str:
    """Write the SQL of our area code and type: US, a postal code, or the code of a local area."""
    return (
        f"CASE WHEN {kind} = 'N' THEN 'US' WHEN {kind} = 'S' THEN postal "
        f"ELSE regexp_replace({oews_area}, '^00', '') END AS area_code, "
        f"CASE WHEN {kind} = 'N' THEN 'nation' WHEN {kind} = 'S' THEN 'state' "
        f"WHEN {oews_area} LIKE '00%' THEN 'metropolitan' ELSE 'nonmetropolitan' END AS area_type"
    )


def _areas(area: Path, states: str) -> str:
    """Write the SQL that names each area."""
    return (
        f"SELECT trim(area_code) AS oews_area, trim(area_name) AS area_name, "
        f"{area_columns('trim(area.area_code)', 'trim(areatype_code)')}, "
        "CASE trim(areatype_code) WHEN 'N' THEN 'US' ELSE postal END AS state "
        f"FROM {text_file(area)} AS area LEFT JOIN {states} ON trim(state_code) = fips"
    )


def _industries(industry: Path) -> str:
    """Write the SQL that names each industry."""
    return (
        "SELECT trim(industry_code) AS industry_code, trim(industry_name) AS industry_title, "
        f"CAST(trim(display_level) AS BIGINT) AS industry_level FROM {text_file(industry)}"
    )


def _occupations(occupation: Path) -> str:
    """Write the SQL that names each occupation."""
    return (
        "SELECT trim(occupation_code) AS occupation_code, "
        f"trim(occupation_name) AS occupation_title FROM {text_file(occupation)}"
    )


def _create(store: duckdb.DuckDBPyConnection, table: str, query: str, file: Path) -> None:
    """Make a table of a code list."""
    try:
        store.execute(f"CREATE TABLE {table} AS {query}")
    except (duckdb.BinderException, duckdb.InvalidInputException, duckdb.ConversionException) as e:
        raise WrongInput(
            f"{file.name} is not the code list it was: {str(e).splitlines()[0]} Compare its "
            "header with that of data/raw/oews, and mend cleaning/oews/code_lists.py."
        ) from None
