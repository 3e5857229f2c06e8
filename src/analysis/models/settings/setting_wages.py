"""What an occupation is paid by industry, and which industries are not published."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.areas import NATION, find_area, find_occupation
from analysis.models.estimate import NORMAL_90
from analysis.models.occupations import CODERS
from analysis.models.official import SOURCE
from analysis.models.outlook.industry_mix import Level, industries, with_columns
from analysis.models.part import Part
from analysis.models.wages.wage_error import median_se

EVERY = 1_000  # more than there are industries


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingWages(Part):
    """Industries with their jobs and their median wage, national.

    Parameters
    ----------
    table : DataFrame
        industry_code, industry_title, employment, share_of_jobs_pct, median_wage_usd with its
        90 % limits low_usd and high_usd (missing without a published error), is_collapsed; by
        employment.
    level : str
        "sector", "3-digit" or "4-digit" (NAICS).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "industry_title": "Industry",
            "employment": "Jobs",
            "share_of_jobs_pct": "Of all jobs",
            "median_wage_usd": "Median wage, USD a year",
            "low_usd": "from",
            "high_usd": "to",
        }
    )

    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpublished(Part):
    """Industries whose jobs BLS did not release; they are unknown, not small.

    Parameters
    ----------
    table : DataFrame
        industry_code, industry_title, median_wage_usd (missing where that is withheld too).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "industry_title": "Industry",
            "industry_code": "NAICS",
            "median_wage_usd": "Median wage, USD a year",
        }
    )


def setting_wages(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    level: Level = "4-digit",
    top: int = 15,
) -> SettingWages:
    """List the largest industries of an occupation with what they pay.

    Parameters are those of `industry_mix.industries`; outside the nation the nation's industries
    are returned, and `note` says so.

    Raises
    ------
    WrongInput
        Area, occupation or level unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> paid = setting_wages(processed.Tables(), top=2).table
    >>> paid[["low_usd", "median_wage_usd"]].round(-1).values.tolist()
    [[59210.0, 59460.0], [45950.0, 47120.0]]
    """
    mix = industries(tables, area=area, occupation=occupation, level=level, top=top)
    if mix.is_missing:
        return SettingWages(table=mix.table, level=level, reason=mix.reason)
    table = with_columns(
        mix.table,
        tables["wages"],
        occupation=occupation,
        columns=["mean_wage_rse_pct", "is_collapsed"],
    )
    median = table["median_wage_usd"]
    margin = NORMAL_90 * median_se(median, mean_rse_pct=table["mean_wage_rse_pct"])
    place = find_area(tables["wages"], area)
    columns = [
        "industry_code", "industry_title", "employment", "share_of_jobs_pct", "median_wage_usd",
        "low_usd", "high_usd", "is_collapsed",
    ]  # fmt: skip
    return SettingWages(
        table=table.assign(low_usd=median - margin, high_usd=median + margin)[columns],
        level=level,
        note=nation_alone(place.name) if not place.is_nation else "",
        source=SOURCE,
    )


def unpublished(
    tables: Mapping[str, pd.DataFrame],
    *,
    occupation: str = CODERS,
    level: Level = "4-digit",
) -> Unpublished:
    """List the industries whose jobs are withheld."""
    title = find_occupation(tables["wages"], occupation)
    mix = industries(tables, occupation=occupation, level=level, top=EVERY)
    named = f"of {title.lower()}"
    return Unpublished(
        table=mix.unpublished,
        note="Not published is not zero: BLS withholds a cell that rests on too few reports.",
        reason=mix.reason
        or ("" if len(mix.unpublished) else f"Every industry {named} is published."),
        source=SOURCE,
    )


def nation_alone(place_name: str) -> str:
    """Say that the industries shown are the nation's."""
    return (
        f"BLS publishes industries for the nation alone, not for {place_name}: these are the "
        "nation's."
    )
