"""Which areas, occupations and years a report may be asked for: those of the wages in hand."""

from functools import cache
from pathlib import Path

import pandas as pd

from analysis import processed
from analysis.errors import WrongInput
from analysis.releases import COMMAND, occupations_of, releases, wages_of
from analysis.studies.areas import ALL_OCCUPATIONS, find_area, find_occupation

AREA_COLUMNS = ["occupation_code", "area_code", "area_name", "area_type", "state"]


@cache
def known_tables() -> processed.Tables:
    """Return the tables that say what is known; each is read once a process, not once a value."""
    return processed.Tables()


@cache
def bundled_codes(column: str) -> frozenset[str]:
    """Return what a column of the bundled wages holds; thousands of reports ask."""
    return frozenset(known_tables()["wages"][column])


def known_area(code: str) -> str:
    """Accept an area the wage table holds."""
    written = code.strip()
    if written.upper() in bundled_codes("area_code"):
        return written.upper()
    wages = wages_with(written.upper())
    is_code = written.upper() in set(wages["area_code"])
    return find_area(wages, written.upper() if is_code else written).code


def wages_with(area: str) -> pd.DataFrame:
    """Return the bundled wages, or those of the newest release that has an area they lack."""
    bundled = known_tables()["wages"]
    if area in bundled_codes("area_code"):
        return bundled
    columns = bundled.columns.tolist()
    ingested = (wages_of(each, [ALL_OCCUPATIONS], columns=columns) for each in releases())
    return next((wages for wages in ingested if area in set(wages["area_code"])), bundled)


def known_occupation(code: str) -> str:
    """Accept an occupation that the bundled wages or an ingested release hold."""
    written = code.strip()
    try:
        find_occupation(known_tables()["wages"], written)
    except WrongInput as error:
        if not any(written in occupations_of(each) for each in releases()):
            raise WrongInput(f"{error} Others come with a whole release: `{COMMAND}`.") from None
    return written


def release_path(area: str, occupations: list[str], year: int | None = None) -> Path | None:
    """Find the ingested release that holds an area, occupations and a year; None: the bundled one.

    Raises
    ------
    WrongInput
        No release in hand holds them together.
    """
    if year is None and bundled_codes("occupation_code").issuperset(occupations):
        return None
    tables = processed.Tables.of_release(occupations, year=year)
    if tables.release is None:
        return None
    find_area(wages_of(tables.release, [*occupations, ALL_OCCUPATIONS], columns=AREA_COLUMNS), area)
    return tables.release.path
