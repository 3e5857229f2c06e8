"""Write small workbooks as the BLS names and heads them, year by year."""

from pathlib import Path

import openpyxl

WAGES = {
    "TOT_EMP": 194_720, "EMP_PRSE": 1.1, "H_MEAN": 27.3, "A_MEAN": 56_790, "MEAN_PRSE": 0.4,
    "H_PCT10": 17.79, "H_PCT25": 20.91, "H_MEDIAN": 24.59, "H_PCT75": 31.16, "H_PCT90": 39.01,
    "A_PCT10": 37_000, "A_PCT25": 43_490, "A_MEDIAN": 51_140, "A_PCT75": 64_820, "A_PCT90": 81_150,
}  # fmt: skip
CODER = {"OCC_CODE": "29-2072", "OCC_TITLE": "Medical Records Specialists"}
NATION = {
    "AREA": 99, "AREA_TITLE": "U.S.", "AREA_TYPE": 1, "PRIM_STATE": "US", "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": 1235,
    **CODER, "O_GROUP": "detailed", **WAGES, "ANNUAL": None, "HOURLY": None,
}  # fmt: skip
CALIFORNIA = {
    **NATION, "AREA": 6, "AREA_TITLE": "California", "AREA_TYPE": 2, "PRIM_STATE": "CA",
    "TOT_EMP": 20_000, "JOBS_1000": 1.1, "LOC_QUOTIENT": 0.9,
}  # fmt: skip
LOS_ANGELES = {
    **CALIFORNIA, "AREA": 31080, "AREA_TITLE": "Los Angeles-Long Beach-Anaheim, CA", "AREA_TYPE": 4,
    "TOT_EMP": 7_000,
}  # fmt: skip
NORTH_COAST = {
    **LOS_ANGELES, "AREA": 600007, "AREA_TITLE": "North Coast Region of California", "AREA_TYPE": 6,
    "TOT_EMP": 300,
}  # fmt: skip
HOSPITALS = {
    **NATION, "NAICS": 622000, "NAICS_TITLE": "Hospitals", "I_GROUP": "3-digit", "TOT_EMP": 55_000,
}  # fmt: skip
TOP_CODE = "# = indicates a wage equal to or greater than $115.00 per hour or $239,200 per year"


def write(path: Path, *rows: dict, notes: str = TOP_CODE, drop: tuple[str, ...] = ()) -> Path:
    """Write rows under the headings that any of them has, and a second sheet of notes."""
    book = openpyxl.Workbook()
    sheet = book.active
    names = [name for name in dict.fromkeys(key for row in rows for key in row) if name not in drop]
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    if notes:
        book.create_sheet("Field Descriptions").append([notes])
    book.save(path)
    return path


def renamed(row: dict, **names: str) -> dict:
    """Give headings the names of another year; an empty name leaves the column out."""
    return {names.get(key, key): value for key, value in row.items() if names.get(key, key)}
