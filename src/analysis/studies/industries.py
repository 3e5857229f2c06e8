"""Which industries employ an occupation, and what they pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90, Estimate
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE
from analysis.studies.part import Part

Level = Literal["sector", "3-digit", "4-digit"]
LEVELS: Mapping[str, int] = MappingProxyType({"sector": 2, "3-digit": 3, "4-digit": 4})
COUNTED_ELSEWHERE: Mapping[str, str] = MappingProxyType(
    {
        # government with its schools and hospitals, which sectors 61 and 62 hold as well
        "sector": r"999[123]01",
        "3-digit": "",  # none; Arrow, which matches from Python 3.13, knows no (?!)
        # schools and hospitals again, by owner
        "4-digit": r"\d{3}00[1-9]",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Industries(Part):
    """The industries that employ most of an occupation, national.

    Parameters
    ----------
    table : DataFrame
        industry_code, industry_title, employment with its 90 % limits employment_low and
        employment_high, share_of_jobs_pct (of all jobs of the occupation), median_wage_usd; by
        employment. No job is counted in two rows.
    unpublished : DataFrame
        industry_code, industry_title, median_wage_usd of the industries whose employment BLS did
        not release; they are not small, they are unknown.
    level : str
        "sector", "3-digit" or "4-digit" (NAICS).
    covered_pct : Estimate
        Share of all jobs in the industries of this level whose employment is published.
    """

    unpublished: pd.DataFrame
    level: str
    covered_pct: Estimate


def industries(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    level: Level = "3-digit",
    top: int = 10,
) -> Industries:
    """List the industries that employ most of an occupation.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        Industries are published for the nation alone; for any other area the nation's are
        returned, and `note` says so.
    occupation : str
        SOC code.
    level : str
        How fine industries are.
    top : int
        At most so many industries, at least 1.

    Raises
    ------
    WrongInput
        Area, occupation or level unknown, or `top` below 1.

    Examples
    --------
    >>> from analysis import processed
    >>> largest = industries(processed.Tables(), level="4-digit", top=2).table
    >>> largest[["industry_title", "employment"]].values.tolist()
    [['General Medical and Surgical Hospitals', 51740.0], ['Offices of Physicians', 34860.0]]
    """
    place = find_area(tables["wages"], area)
    title = find_occupation(tables["wages"], occupation)
    if level not in LEVELS:
        raise WrongInput(f"level must be one of {', '.join(LEVELS)}; found {level!r}.")
    if top < 1:
        raise WrongInput(f"top must be at least 1, not {top}.")
    nation = national(tables["wages"], occupation)
    everywhere = nation.loc[nation["industry_code"].eq(ALL_INDUSTRIES), "employment"]
    total = float(everywhere.iloc[0]) if len(everywhere) else np.nan
    rows = nation[
        nation["industry_level"].eq(LEVELS[level])
        & ~nation["industry_code"].str.fullmatch(COUNTED_ELSEWHERE[level])
    ]
    known = rows.dropna(subset=["employment"]).sort_values("employment", ascending=False)
    covered = None if np.isnan(total) else 100 * float(known["employment"].sum()) / total
    margin = NORMAL_90 * known["employment"] * known["employment_rse_pct"] / 100
    table = known.assign(
        employment_low=known["employment"] - margin,
        employment_high=known["employment"] + margin,
        share_of_jobs_pct=100 * known["employment"] / total,
    )
    columns = [
        "industry_code", "industry_title", "employment", "employment_low", "employment_high",
        "share_of_jobs_pct", "median_wage_usd",
    ]  # fmt: skip
    unpublished = rows.loc[
        rows["employment"].isna(), ["industry_code", "industry_title", "median_wage_usd"]
    ]
    return Industries(
        table=table[columns].head(top).reset_index(drop=True),
        unpublished=unpublished.reset_index(drop=True),
        level=level,
        covered_pct=Estimate(
            kind="own tabulation",
            value=None if covered is None else min(covered, 100.0),
            unit="percent of jobs",
            year=f"May {int(nation['year'].max())}",
            source=SOURCE,
        ),
        columns={
            "industry_title": "Industry",
            "employment": "Jobs",
            "share_of_jobs_pct": "Share of all jobs, %",
            "median_wage_usd": "Median wage, USD a year",
        },
        note=_note(unpublished, place_name=None if place.is_nation else place.name),
        reason="" if len(table) else f"BLS publishes no industries for {title}.",
        source=SOURCE,
    )


def national(wages: pd.DataFrame, occupation: str) -> pd.DataFrame:
    """Keep the nation's rows of an occupation, one an industry."""
    return wages[wages["occupation_code"].eq(occupation) & wages["area_code"].eq(NATION)]


def with_columns(
    table: pd.DataFrame, wages: pd.DataFrame, *, occupation: str, columns: Sequence[str]
) -> pd.DataFrame:
    """Add columns of the published wages to a table with a row an industry."""
    published = national(wages, occupation)[["industry_code", *columns]]
    return table.merge(published, on="industry_code", how="left", validate="one_to_one")


def _note(unpublished: pd.DataFrame, *, place_name: str | None) -> str:
    """Say which industries lack a figure, and that the table is the nation's."""
    notes = []
    if place_name is not None:
        notes.append(f"Industries are published for the nation alone, not for {place_name}.")
    if len(unpublished):
        names = "; ".join(unpublished["industry_title"])
        notes.append(f"BLS did not release employment for: {names}.")
    return " ".join(notes)
