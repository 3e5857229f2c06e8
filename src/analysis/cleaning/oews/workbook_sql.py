"""How the columns of the yearly workbooks are called, and their rows as SQL: one row a cell."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from analysis.cleaning.oews.wage_rows import (
    ANNUAL_WAGES,
    DATA_TYPES,
    HOURLY_OR_ANNUAL,
    HOURLY_WAGES,
    MEASURES,
    NOT_RELEASED,
    TOP_CODED,
)
from analysis.errors import WrongInput

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "area": ("AREA",),
        "area_title": ("AREA_TITLE", "AREA_NAME"),
        "area_type": ("AREA_TYPE",),
        "state": ("PRIM_STATE", "ST"),
        "state_name": ("STATE",),
        "industry": ("NAICS",),
        "industry_title": ("NAICS_TITLE",),
        "industry_group": ("I_GROUP",),
        "ownership": ("OWN_CODE",),
        "occupation": ("OCC_CODE",),
        "occupation_title": ("OCC_TITLE",),
        "occupation_group": ("O_GROUP", "OCC_GROUP", "GROUP"),
        "is_annual_only": ("ANNUAL",),
        "is_hourly_only": ("HOURLY",),
        "employment": ("TOT_EMP",),
        "employment_rse_pct": ("EMP_PRSE",),
        "mean_hourly_wage_usd": ("H_MEAN",),
        "mean_wage_usd": ("A_MEAN",),
        "mean_wage_rse_pct": ("MEAN_PRSE",),
        **{
            f"{ours}_{kind}wage_usd": (f"{letter}_{theirs}",)
            for kind, letter in (("hourly_", "H"), ("", "A"))
            for ours, theirs in (
                ("p10", "PCT10"),
                ("p25", "PCT25"),
                ("median", "MEDIAN"),
                ("p75", "PCT75"),
                ("p90", "PCT90"),
            )
        },
        "jobs_per_1000": ("JOBS_1000", "JOBS_1000_ORIG"),
        "location_quotient": ("LOC_QUOTIENT", "LOC_Q", "LOCQUOTIENT"),
    }
)
OF_AN_AREA = ("jobs_per_1000", "location_quotient")  # only in workbooks of states and metros
NEEDED = ("occupation", "occupation_title", *(name for name in MEASURES if name not in OF_AN_AREA))


def place_columns(header: Iterable[object], *, kind: str, file: str) -> dict[str, int]:
    """Find the place of each column of ours in the header of a workbook.

    Parameters
    ----------
    header : iterable
        Cells of the first row; case, spaces and underscores do not matter.
    kind : str
        "national", "state", "msa", "nat3d", "all_data", ...: says which columns it must have.
    file : str
        For the message.

    Raises
    ------
    WrongInput
        A column is missing; the message names it and what was found.

    Examples
    --------
    >>> names = ["occ code", "occ title", *(COLUMNS[name][0] for name in NEEDED[2:])]
    >>> place_columns(names, kind="national", file="national_M2012_dl.xls")["occupation_title"]
    1
    """
    found = {plain_heading(cell): place for place, cell in reversed(list(enumerate(header)))}
    places = {
        ours: found[theirs]
        for ours, names in COLUMNS.items()
        for theirs in [next((name for name in names if name in found), "")]
        if theirs
    }
    needed = [*NEEDED]
    if not kind.startswith("nat"):
        needed += ["area"]
    if kind.startswith("nat") and kind != "national":
        needed += ["industry", "industry_title"]
    if kind == "all_data":
        needed += ["area_type", "area_title", "industry", "industry_title"]
    if absent := [" or ".join(COLUMNS[name]) for name in needed if name not in places]:
        raise WrongInput(
            f"{file} lacks the column(s) {', '.join(absent)}; it has "
            f"{', '.join(name for name in reversed(found) if name)}. If the agency renamed one, "
            "add its new name to cleaning/oews/workbook_sql.py. Nothing was written."
        )
    return places


def plain_heading(cell: object) -> str:
    """Write a heading in capitals, with underscores for whatever is between its words."""
    return re.sub(r"[^A-Z0-9]+", "_", str(cell).upper()).strip("_")


WITHHELD = "('*', '**', '~')"
IS_CODE = "('*', '**', '~', '#')"
AREA_KINDS = {"1": "N", "2": "S", "3": "S", "4": "M", "6": "M"}  # 3 is a territory
KIND_OF_FILE = {"state": "S", "msa": "M", "aaa": "M", "bos": "M"}
LEVELS = {
    "cross-industry": 0,
    "cross-industry, ownership": 1,
    "sector": 2,
    "3-digit": 3,
    "4-digit": 4,
    "5-digit": 5,
    "6-digit": 5,
}
LEVEL_OF_FILE = {"natsector": 2, "nat3d": 3, "nat4d": 4, "nat5d": 5}
REPEATED = "repeated"  # truly: not by ownership, level, detail or workbook
SECTOR_END = "CAST(coalesce(nullif(split_part(industry, '-', 2), ''), industry) AS INTEGER) + 1"
CELL = "oews_area, industry_code, occupation_code"


def rows_of_books(year: int) -> str:
    """Write the SQL that gives every row of `written` its codes, marks and reason.

    A cell may be there several times: by ownership and as a whole, as a broad and as its only
    detailed occupation, at two levels of industry, in two workbooks. The widest, most detailed
    one is kept; the reason of the others says what they are. Truly equal ones are `repeated`.
    """
    finest = (
        "strlen(coalesce(ownership, '')) DESC, industry_level, "
        "(occupation_group IS DISTINCT FROM 'detailed'), CAST(book AS INTEGER)"
    )
    of_cell = f"PARTITION BY {CELL}, unreadable = ''"
    first = f"OVER ({of_cell} ORDER BY {finest})"
    return (
        "SELECT *, CASE WHEN unreadable <> '' THEN unreadable "
        "WHEN ownership IS DISTINCT FROM best_ownership THEN 'part of an industry, by ownership' "
        "WHEN ownerships > 1 THEN 'an industry published by ownership alone' WHEN place = 1 THEN ''"
        " WHEN industry_level <> best_level THEN 'the industry is there at a wider level' "
        "WHEN occupation_group IS DISTINCT FROM best_group "
        "THEN 'the occupation of this code is there in detail' "
        "WHEN book <> best_book THEN 'the cell is in another workbook too' "
        f"ELSE '{REPEATED}' END AS reason "
        f"FROM (SELECT *, row_number() {first} AS place, first(ownership) {first} AS "
        f"best_ownership, first(industry_level) {first} AS best_level, first(occupation_group) "
        f"{first} AS best_group, first(book) {first} AS best_book, count(DISTINCT ownership) "
        f"OVER ({of_cell}, strlen(ownership)) AS ownerships FROM ({_coded(year)}))"
    )


def _coded(year: int) -> str:
    """Write the SQL that translates the codes of the workbooks; the cells stay as they were."""
    return (
        f"SELECT *, CAST({year} AS BIGINT) AS year, {_area()} AS oews_area, "
        f"{_industry()} AS industry_code, {_level()} AS industry_level, "
        "replace(occupation, '-', '') AS occupation_code, "
        f"{_marks()} AS marks, {_unreadable()} AS unreadable "
        "FROM (SELECT * REPLACE (lower(trim(occupation_group)) AS occupation_group), "
        f"{_area_kind()} AS area_kind FROM written)"
    )


def _area_kind() -> str:
    """Write the SQL of the kind of area: N, S or M, as in the flat files."""
    by_type = " ".join(f"WHEN '{code}' THEN '{kind}'" for code, kind in AREA_KINDS.items())
    by_file = " ".join(f"WHEN '{file}' THEN '{kind}'" for file, kind in KIND_OF_FILE.items())
    return (
        f"CASE WHEN area_type IS NOT NULL THEN CASE area_type {by_type} END "
        f"WHEN kind LIKE 'nat%' THEN 'N' ELSE CASE kind {by_file} END END"
    )


def _area() -> str:
    """Write the SQL of the seven digits the flat files have for an area."""
    return (
        "CASE area_kind WHEN 'N' THEN '0000000' WHEN 'S' THEN lpad(area, 2, '0') || '00000' "
        "ELSE lpad(area, 7, '0') END"
    )


def _industry() -> str:
    """Write the SQL of the industry code: sectors as '31--34', as the flat files have them."""
    is_sector = "regexp_full_match(industry, '\\d\\d(-\\d\\d)?')"
    return (
        f"CASE WHEN industry IS NULL THEN '000000' WHEN {is_sector} THEN industry[1:2] || "
        f"CASE WHEN {SECTOR_END} > 99 THEN '-' ELSE '--' END || ({SECTOR_END}) "
        "ELSE lpad(industry, 6, '0') END"
    )


def _level() -> str:
    """Write the SQL of how fine an industry is, 0 for all."""
    by_group = " ".join(f"WHEN '{group}' THEN {level}" for group, level in LEVELS.items())
    by_file = " ".join(
        f"WHEN kind LIKE '{file}%' THEN {level}" for file, level in LEVEL_OF_FILE.items()
    )
    return (
        f"CASE WHEN industry_group IS NOT NULL THEN CASE lower(industry_group) {by_group} END "
        f"{by_file} WHEN coalesce(industry, '000000') = '000000' THEN 0 "
        "WHEN regexp_full_match(industry, '\\d\\d(-\\d\\d)?') THEN 2 "
        "WHEN industry LIKE '%000' THEN 3 WHEN industry LIKE '%00' THEN 4 ELSE 5 END"
    )


def _marks() -> str:
    """Write the SQL that makes footnotes of the codes: '13:8', data type and footnote."""
    return f"list_filter([{', '.join(_mark())}], lambda mark: mark IS NOT NULL)"


def _mark() -> Iterator[str]:
    """Write the SQL of the mark of each measure; missing where it has none."""
    for code, name in DATA_TYPES.items():
        other = {**dict.fromkeys(HOURLY_WAGES, "is_annual_only")}
        other |= dict.fromkeys(ANNUAL_WAGES, "is_hourly_only")
        by_choice = (
            f"WHEN {name} IN {WITHHELD} AND lower({other[name]}) IN ('true', 'x', '1') "
            f"THEN '{code}:{HOURLY_OR_ANNUAL}' "
            if name in other
            else ""
        )
        yield (
            f"CASE {by_choice}WHEN {name} IN {WITHHELD} THEN '{code}:{NOT_RELEASED}' "
            f"WHEN {name} = '#' THEN '{code}:{TOP_CODED}' END"
        )


def _unreadable() -> str:
    """Write the SQL that says why a row cannot be read; the empty text where it can."""
    numbers = " ".join(
        f"WHEN {name} IS NOT NULL AND {name} NOT IN {IS_CODE} "
        f"AND try_cast(replace({name}, ',', '') AS DOUBLE) IS NULL "
        f"THEN '{COLUMNS[name][0]} is neither a number nor a code'"
        for name in MEASURES
    )
    return (
        "CASE WHEN NOT regexp_full_match(coalesce(occupation, ''), '\\d\\d-\\d{4}') "
        "THEN 'OCC_CODE is not like 29-2072' WHEN area_kind <> 'N' AND area IS NULL "
        "THEN 'AREA is empty' "
        f"{numbers} ELSE '' END"
    )


CELLS = (
    f"SELECT year, {CELL}, "
    + ", ".join(f"try_cast(replace({name}, ',', '') AS DOUBLE) AS {name}" for name in MEASURES)
    + ", 1 AS lines, 1 AS types, marks FROM rows WHERE reason = ''"
)
SET_ASIDE = f"SELECT {', '.join(COLUMNS)}, book, reason FROM rows WHERE reason <> ''"
LISTS: Mapping[str, str] = MappingProxyType(
    {
        "industries": (
            "SELECT industry_code, coalesce(min(industry_title), 'Cross-industry') AS "
            "industry_title, min(industry_level) AS industry_level FROM rows "
            "WHERE reason = '' GROUP BY industry_code"
        ),
        "occupations": (
            "SELECT occupation_code, min(occupation_title) AS occupation_title FROM rows "
            "WHERE reason = '' GROUP BY occupation_code"
        ),
        "places": (
            "SELECT oews_area, min(area_kind) AS kind, "
            "coalesce(min(area_title), min(state_name), 'National') AS area_name, "
            "coalesce(min(state) FILTER (length(state) = 2), "
            "nullif(regexp_extract(min(area_title), ', ([A-Z][A-Z])', 1), '')) AS state "
            "FROM rows WHERE reason = '' GROUP BY oews_area"
        ),
    }
)
