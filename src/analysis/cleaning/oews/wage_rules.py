"""What the wage table promises, asked of a release in SQL: no row of it need pass through pandas.

The limits are those of `schemas.wages`; a test holds both forms to the same verdicts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import duckdb

from analysis.cleaning.oews.measures import ANNUAL_WAGES, HOURLY_WAGES
from analysis.errors import WrongInput
from analysis.schemas.wages import (
    AREA_TYPES,
    COUNT,
    HOURLY_PERCENTILES,
    HOURLY_WAGE,
    HOURS_A_YEAR,
    JOBS,
    LEVEL,
    PERCENTILES,
    POSTAL,
    SHARE,
    SOC,
    WAGE,
    YEAR,
)

SIGNS = (("ge", ">="), ("le", "<="))
RANGES: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "year": YEAR,
        "industry_level": LEVEL,
        "employment": JOBS,
        "employment_rse_pct": SHARE,
        "mean_wage_rse_pct": SHARE,
        **dict.fromkeys(ANNUAL_WAGES, WAGE),
        **dict.fromkeys(HOURLY_WAGES, HOURLY_WAGE),
        "jobs_per_1000": COUNT,
        "location_quotient": COUNT,
    }
)
PATTERNS = {"occupation_code": SOC, "state": POSTAL}
PRESENT = (
    "year", "occupation_code", "occupation_title", "area_code", "area_name", "area_type", "state",
    "industry_code", "industry_title", "industry_level", "is_employment_suppressed",
    "is_wage_suppressed", "is_top_coded", "is_collapsed", "top_coded", "footnotes",
)  # fmt: skip
KEY = ("occupation_code", "area_code", "industry_code", "year")
FEWEST_JOBS, MOST_JOBS = 50_000_000, 500_000_000  # of all occupations in the United States


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One promise.

    Parameters
    ----------
    name : str
        As a message has it.
    holds : str
        SQL of one row of the table `tidy`; neither false nor missing where the promise is kept.
    shown : str
        SQL of what to show of a row that breaks it.
    """

    name: str
    holds: str
    shown: str


def check_wages(store: duckdb.DuckDBPyConnection, *, table: str = "tidy") -> None:
    """Hold the table `tidy` to the promises of the wage table.

    Raises
    ------
    WrongInput
        Some rule does not hold; the message names every broken one, how many rows break it and
        one of them.
    """
    every = " AND ".join(f"({rule.holds})" for rule in RULES)
    rows, broken = _one(
        store, f"SELECT count(*), count(*) FILTER (NOT coalesce({every}, false)) FROM {table}"
    )
    lines = list(_broken_rules(store, table)) if broken else []
    if repeated := _one(store, _repeated(table))[0]:
        lines.append(f"- {', '.join(KEY)} repeat in {repeated:,} row(s)")
    if over := _one(store, _parts_over_the_whole(table))[0]:
        lines.append(f"- jobs of an industry exceed those of all industries in {over:,} row(s)")
    jobs = _one(store, f"SELECT max(employment) FROM {table} WHERE {IS_THE_NATION}")[0]
    if jobs is not None and not FEWEST_JOBS <= jobs <= MOST_JOBS:
        lines.append(
            f"- all occupations in the United States must be jobs, {FEWEST_JOBS:,} to "
            f"{MOST_JOBS:,}; found {jobs:,.0f}: the unit has changed"
        )
    if lines:
        raise WrongInput(
            "\n".join(
                [
                    f"The release breaks what the wage table promises ({rows:,} rows); "
                    "nothing was written.",
                    *lines,
                    "Look at the files: a changed column, unit or code needs a change in "
                    "src/analysis/cleaning/oews.",
                ]
            )
        )


def _broken_rules(store: duckdb.DuckDBPyConnection, table: str) -> Iterator[str]:
    """Say of each broken rule how many rows break it, and show one."""
    key = " || ', ' || ".join(f"coalesce(CAST({name} AS VARCHAR), '?')" for name in KEY)
    for rule in RULES:
        is_broken = f"NOT coalesce({rule.holds}, false)"
        count, place, found = _one(
            store,
            f"SELECT count(*), any_value({key}), any_value(CAST({rule.shown} AS VARCHAR)) "
            f"FROM {table} WHERE {is_broken}",
        )
        if count:
            yield f"- {rule.name} does not hold in {count:,} row(s), as {found} ({place})"


IS_THE_NATION = "area_code = 'US' AND industry_code = '000000' AND occupation_code = '00-0000'"


def rules_of_wages() -> Iterator[Rule]:
    """Yield every promise that a row keeps or breaks by itself."""
    for name, limits in RANGES.items():
        bounds = [f"{name} {sign} {limits[word]}" for word, sign in SIGNS if word in limits]
        yield Rule(
            name=" and ".join(bounds), holds=_if_there(name, " AND ".join(bounds)), shown=name
        )
    for name in (name for name in PRESENT if name not in RANGES):
        yield Rule(name=f"{name}: a value", holds=f"{name} IS NOT NULL", shown="'none'")
    for name, pattern in PATTERNS.items():
        holds = f"regexp_matches({name}, '{pattern}')"
        yield Rule(name=f"{name}: like {pattern}", holds=holds, shown=name)
    kinds = ", ".join(f"'{kind}'" for kind in AREA_TYPES)
    yield Rule(name=f"area_type: {kinds}", holds=f"area_type IN ({kinds})", shown="area_type")
    for percentiles in (PERCENTILES, HOURLY_PERCENTILES):
        yield Rule(
            name=f"{percentiles[0]} to {percentiles[-1]} must not fall",
            holds=" AND ".join(_ascend(percentiles)),
            shown=f"[{', '.join(percentiles)}]",
        )
    rounding = 0.005 * HOURS_A_YEAR + 5
    yield Rule(
        name="median_wage_usd: 2,080 times the hourly median",
        holds=(
            "is_top_coded OR median_wage_usd IS NULL OR median_hourly_wage_usd IS NULL OR "
            f"abs(median_wage_usd - {HOURS_A_YEAR} * median_hourly_wage_usd) <= {rounding}"
        ),
        shown="[median_wage_usd, median_hourly_wage_usd]",
    )
    for flag, measure in (
        ("is_employment_suppressed", "employment"),
        ("is_wage_suppressed", "median_wage_usd"),
    ):
        yield Rule(
            name=f"{measure}: missing where {flag}",
            holds=f"NOT {flag} OR {measure} IS NULL",
            shown=measure,
        )


def _ascend(columns: list[str]) -> Iterator[str]:
    """Write the SQL that holds each value to the highest one before it."""
    for before, column in pairwise(range(len(columns))):
        highest = f"greatest({', '.join(columns[: before + 1])}, NULL)"
        yield f"({columns[column]} IS NULL OR {highest} IS NULL OR {columns[column]} >= {highest})"


def _if_there(name: str, holds: str) -> str:
    """Ask a promise of the values that are there; or of all, where none may be missing."""
    return holds if name in PRESENT else f"{name} IS NULL OR ({holds})"


def _repeated(table: str) -> str:
    """Count rows whose key another row has too."""
    return (
        f"SELECT coalesce(sum(times), 0)::BIGINT FROM (SELECT count(*) AS times FROM {table} "
        f"GROUP BY {', '.join(KEY)} HAVING count(*) > 1)"
    )


def _parts_over_the_whole(table: str) -> str:
    """Count industries with more jobs than all industries together."""
    return (
        f"SELECT count(*) FROM {table} AS part JOIN {table} AS whole "
        "USING (occupation_code, area_code, year) WHERE part.industry_level > 0 "
        "AND whole.industry_level = 0 AND part.employment > whole.employment"
    )


def _one(store: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Return the only row of an answer."""
    return store.execute(query).fetchall()[0]


RULES = tuple(rules_of_wages())
