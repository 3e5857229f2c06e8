"""How pay spreads within the settings that employ an occupation."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.areas import NATION, find_area
from analysis.models.occupations import CODERS
from analysis.models.official import SOURCE
from analysis.models.outlook.industry_mix import Level, industries, with_columns
from analysis.models.part import Part
from analysis.models.settings.setting_wages import nation_alone
from analysis.models.wages.wage_knots import PERCENTILE_COLUMNS


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingSpread(Part):
    """The published percentiles of pay by industry, national.

    Parameters
    ----------
    table : DataFrame
        industry_code, industry_title, employment, p10_wage_usd, p25_wage_usd, median_wage_usd,
        p75_wage_usd, p90_wage_usd; by employment. Industries without all five are left out.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "industry_title": "Industry",
            "employment": "Jobs",
            "p10_wage_usd": "10th percentile, USD a year",
            "p25_wage_usd": "25th",
            "median_wage_usd": "Median",
            "p75_wage_usd": "75th",
            "p90_wage_usd": "90th",
        }
    )


def setting_spread(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    level: Level = "3-digit",
    top: int = 10,
) -> SettingSpread:
    """List the percentiles of pay in the largest industries of an occupation.

    Parameters are those of `industry_mix.industries`; outside the nation the nation's industries
    are returned, and `note` says so.

    Raises
    ------
    WrongInput
        Area, occupation or level unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> spread = setting_spread(processed.Tables(), top=2).table
    >>> spread[["p10_wage_usd", "p90_wage_usd"]].values.tolist()
    [[35900.0, 75060.0], [39530.0, 90120.0]]
    """
    mix = industries(tables, area=area, occupation=occupation, level=level, top=top)
    columns = list(PERCENTILE_COLUMNS)
    if mix.is_missing:
        return SettingSpread(table=mix.table, reason=mix.reason)
    named = mix.table[["industry_code", "industry_title", "employment"]]
    table = with_columns(named, tables["wages"], occupation=occupation, columns=columns).dropna(
        subset=columns
    )
    place = find_area(tables["wages"], area)
    return SettingSpread(
        table=table.reset_index(drop=True),
        note="" if place.is_nation else nation_alone(place.name),
        reason="" if len(table) else "No industry has all five percentiles published.",
        source=SOURCE,
    )
