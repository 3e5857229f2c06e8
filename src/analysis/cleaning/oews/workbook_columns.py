"""How the columns of the yearly workbooks are called, whatever the year calls them."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from analysis.cleaning.oews.measures import MEASURES
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
    found = {_plain(cell): place for place, cell in reversed(list(enumerate(header)))}
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
        needed += ["area_type", "area_title", "industry", "industry_title", "industry_group"]
    if absent := [" or ".join(COLUMNS[name]) for name in needed if name not in places]:
        raise WrongInput(
            f"{file} lacks the column(s) {', '.join(absent)}; it has "
            f"{', '.join(name for name in reversed(found) if name)}. If the agency renamed one, "
            "add its new name to cleaning/oews/workbook_columns.py. Nothing was written."
        )
    return places


def _plain(cell: object) -> str:
    """Write a heading in capitals, with underscores for whatever is between its words."""
    return re.sub(r"[^A-Z0-9]+", "_", str(cell).upper()).strip("_")
