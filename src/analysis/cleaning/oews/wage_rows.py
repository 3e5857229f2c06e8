"""What a cell of the OEWS holds, and cells to rows of the wage table, as SQL.

A suppressed figure is missing and flagged. A top-coded wage is kept at its bound and named. Two
percentiles that fell into one pay interval are flagged. None of the three is a zero.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Self

from analysis.schemas.wages import HOURS_A_YEAR

DATA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "01": "employment",
        "02": "employment_rse_pct",
        "03": "mean_hourly_wage_usd",
        "04": "mean_wage_usd",
        "05": "mean_wage_rse_pct",
        "06": "p10_hourly_wage_usd",
        "07": "p25_hourly_wage_usd",
        "08": "median_hourly_wage_usd",
        "09": "p75_hourly_wage_usd",
        "10": "p90_hourly_wage_usd",
        "11": "p10_wage_usd",
        "12": "p25_wage_usd",
        "13": "median_wage_usd",
        "14": "p75_wage_usd",
        "15": "p90_wage_usd",
        "16": "jobs_per_1000",
        "17": "location_quotient",
    }
)
MEASURES = tuple(DATA_TYPES.values())
ANNUAL_PERCENTILES = tuple(f"{knot}_wage_usd" for knot in ("p10", "p25", "median", "p75", "p90"))
ANNUAL_WAGES = ("mean_wage_usd", *ANNUAL_PERCENTILES)
HOURLY_WAGES = tuple(name for name in MEASURES if name.endswith("_hourly_wage_usd"))
HOURLY_OR_ANNUAL, TOP_CODED, NOT_RELEASED = "4", "5", "8"  # footnote codes of the flat files


NAME_OF = "MAP {" + ", ".join(f"'{code}': '{name}'" for code, name in DATA_TYPES.items()) + "}"
CODE_OF = {name: code for code, name in DATA_TYPES.items()}
WAGES = (*HOURLY_WAGES, *ANNUAL_WAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopCodes:
    """The wages at and above which a release publishes no figure.

    Parameters
    ----------
    hourly_usd, annual_usd : float
        USD an hour and USD a year, of the release's own notes.
    """

    hourly_usd: float
    annual_usd: float

    @classmethod
    def of_year(cls, annual_usd: float) -> Self:
        """Return the top codes of a wage a year: an hour is a 2,080th of it."""
        return cls(hourly_usd=annual_usd / HOURS_A_YEAR, annual_usd=annual_usd)


NO_TOP_CODE = TopCodes(hourly_usd=1e12, annual_usd=1e12)  # of a release that bounds no wage


def wage_rows(top: TopCodes) -> str:
    """Write the SQL that makes rows of the wage table out of the table `cells`.

    It joins the tables `areas`, `industries` and `occupations` of the same release. Beside the
    columns of the schema a row has `oews_area` and `footnoted`, the figures with a footnote:
    "employment: 8; p90_wage_usd: 5".
    """
    return (
        "SELECT year, occupation_code[1:2] || '-' || occupation_code[3:] AS occupation_code, "
        "occupation_title, area_code, area_name, area_type, state, industry_code, industry_title, "
        f"industry_level, {', '.join(MEASURES)}, is_employment_suppressed, is_wage_suppressed, "
        f"top_coded <> '' AS is_top_coded, {_is_collapsed(top)} AS is_collapsed, top_coded, "
        "footnotes, footnoted, oews_area "
        f"FROM (SELECT * REPLACE ({', '.join(_bounded(top))}) "
        f"FROM cells LEFT JOIN ({_meanings()}) ON marks IS NOT DISTINCT FROM read_marks "
        "WHERE oews_area IS NOT NULL) "
        "LEFT JOIN areas USING (oews_area) LEFT JOIN industries USING (industry_code) "
        "LEFT JOIN occupations USING (occupation_code)"
    )


def _meanings() -> str:
    """Write the SQL that says what marks mean: once for all cells that have the same.

    A release has a few dozen combinations of marks in its hundred thousands of cells.
    """
    wages = ", ".join(f"'{CODE_OF[name]}:{TOP_CODED}'" for name in WAGES)
    top_coded = f"list_filter(marks, lambda mark: mark IN ({wages}))"
    notes = "list_transform(marks, lambda mark: mark[4:])"
    figures = f"list_transform(marks, lambda mark: {NAME_OF}[mark[1:2]] || ': ' || mark[4:])"
    names = f"list_transform({top_coded}, lambda mark: {NAME_OF}[mark[1:2]])"
    return (
        f"SELECT read_marks, {_is_marked('employment', NOT_RELEASED)} AS is_employment_suppressed, "
        f"{' OR '.join(_is_marked(name, NOT_RELEASED) for name in ANNUAL_WAGES)} "
        "AS is_wage_suppressed, "
        f"{', '.join(f'{_is_marked(name, TOP_CODED)} AS is_bound_{name}' for name in WAGES)}, "
        f"array_to_string(list_sort({names}), '; ') AS top_coded, "
        f"array_to_string(list_sort(list_distinct({notes})), '; ') AS footnotes, "
        f"array_to_string({figures}, '; ') AS footnoted "
        "FROM (SELECT DISTINCT marks AS read_marks, "
        "coalesce(list_filter(marks, lambda mark: mark[4:] <> ''), []) AS marks FROM cells)"
    )


def _is_marked(measure: str, footnote: str) -> str:
    """Write the SQL that says whether a measure carries a footnote."""
    return f"list_contains(marks, '{CODE_OF[measure]}:{footnote}')"


def _bounded(top: TopCodes) -> Iterator[str]:
    """Write the SQL that puts the bound where a wage was top-coded.

    A few cells have a published percentile above the top code and a top-coded one after it: that
    one is at least as high as every percentile before it.
    """
    for names, bound in ((HOURLY_WAGES, top.hourly_usd), (ANNUAL_WAGES, top.annual_usd)):
        mean, *percentiles = names
        for name in names:
            lower = percentiles[: percentiles.index(name)] if name != mean else []
            least = f"greatest({', '.join([str(bound), *lower])})"
            yield f"CASE WHEN is_bound_{name} THEN {least} ELSE {name} END AS {name}"


def _is_collapsed(top: TopCodes) -> str:
    """Write the SQL that flags two neighbouring percentiles in one pay interval."""
    steps = " OR ".join(
        f"({low} = {high} AND {high} < {top.annual_usd})"
        for low, high in pairwise(ANNUAL_PERCENTILES)
    )
    return f"coalesce({steps}, false)"
