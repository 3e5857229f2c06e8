"""Wages and employment as the OEWS publishes them."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import CitedTable, Table, ascend

PERCENTILES = ["p10_wage_usd", "p25_wage_usd", "median_wage_usd", "p75_wage_usd", "p90_wage_usd"]
HOURLY_PERCENTILES = [name.replace("_wage_usd", "_hourly_wage_usd") for name in PERCENTILES]
HOURS_A_YEAR = 2080  # OEWS footnote 2: annual wage = 2,080 x hourly wage
SOC = r"^\d\d-\d{4}$"
POSTAL = r"^[A-Z]{2}$"
AREA_TYPES = ["nation", "state", "metropolitan", "nonmetropolitan"]
YEAR: dict[str, Any] = {"ge": 1988, "le": 2100}
WAGE: dict[str, Any] = {"ge": 5_000, "le": 2_000_000, "nullable": True}
HOURLY_WAGE: dict[str, Any] = {"ge": 2, "le": 1_000, "nullable": True}
SHARE: dict[str, Any] = {"ge": 0, "le": 100, "nullable": True}
COUNT: dict[str, Any] = {"ge": 0, "nullable": True}
JOBS: dict[str, Any] = {"le": 170_000_000, **COUNT}  # the country has some 155 million
LEVEL: dict[str, Any] = {"ge": 0, "le": 5}


class Wages(Table):
    """One OEWS estimate: an occupation in an area and an industry, in May of `year`."""

    year: int = pa.Field(**YEAR)
    occupation_code: str = pa.Field(str_matches=SOC)
    occupation_title: str
    area_code: str
    area_name: str
    area_type: str = pa.Field(isin=AREA_TYPES)
    state: str = pa.Field(str_matches=POSTAL)
    industry_code: str
    industry_title: str
    industry_level: int = pa.Field(**LEVEL)
    employment: float = pa.Field(**JOBS)
    employment_rse_pct: float = pa.Field(**SHARE)
    mean_wage_usd: float = pa.Field(**WAGE)
    mean_wage_rse_pct: float = pa.Field(**SHARE)
    p10_wage_usd: float = pa.Field(**WAGE)
    p25_wage_usd: float = pa.Field(**WAGE)
    median_wage_usd: float = pa.Field(**WAGE)
    p75_wage_usd: float = pa.Field(**WAGE)
    p90_wage_usd: float = pa.Field(**WAGE)
    mean_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    p10_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    p25_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    median_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    p75_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    p90_hourly_wage_usd: float = pa.Field(**HOURLY_WAGE)
    jobs_per_1000: float = pa.Field(**COUNT)
    location_quotient: float = pa.Field(**COUNT)
    is_employment_suppressed: bool
    is_wage_suppressed: bool
    is_top_coded: bool
    is_collapsed: bool
    top_coded: str
    footnotes: str

    class Config:
        """One row an occupation, area, industry and year."""

        unique = ("occupation_code", "area_code", "industry_code", "year")

    @pa.dataframe_check
    @classmethod
    def percentiles_ascend(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold every percentile to at least the one before it."""
        return ascend(table, PERCENTILES) & ascend(table, HOURLY_PERCENTILES)

    @pa.dataframe_check
    @classmethod
    def annual_is_2080_times_hourly(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the annual median to 2,080 times the hourly one, within rounding."""
        by_the_hour = HOURS_A_YEAR * table["median_hourly_wage_usd"]
        off = (table["median_wage_usd"] - by_the_hour).abs()
        rounding = 0.005 * HOURS_A_YEAR + 5
        return off.le(rounding) | off.isna() | table["is_top_coded"]

    @pa.dataframe_check
    @classmethod
    def suppressed_is_missing(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold suppressed figures to be missing, never zero."""
        jobs = table["is_employment_suppressed"] <= table["employment"].isna()
        return jobs & (table["is_wage_suppressed"] <= table["median_wage_usd"].isna())

    @pa.dataframe_check
    @classmethod
    def parts_do_not_exceed_the_whole(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the jobs of an industry to at most those of all industries."""
        key = ["occupation_code", "area_code", "year"]
        whole = (
            table[table["industry_level"] == 0]
            .set_index(key)["employment"]
            .rename("whole_employment")
        )
        of_whole = table[key].join(whole, on=key)["whole_employment"]
        return ~table["employment"].gt(of_whole)


class NationalWages(CitedTable):
    """National OEWS estimates of an occupation code over the years."""

    year: int = pa.Field(**YEAR)
    occupation_code: str = pa.Field(str_matches=SOC)
    occupation_title: str
    employment: float = pa.Field(**JOBS)
    employment_rse_pct: float = pa.Field(**SHARE)
    mean_wage_usd: float = pa.Field(**WAGE)
    mean_wage_rse_pct: float = pa.Field(**SHARE)
    p10_wage_usd: float = pa.Field(**WAGE)
    p25_wage_usd: float = pa.Field(**WAGE)
    median_wage_usd: float = pa.Field(**WAGE)
    p75_wage_usd: float = pa.Field(**WAGE)
    p90_wage_usd: float = pa.Field(**WAGE)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row an occupation code and year."""

        unique = ("occupation_code", "year")

    @pa.dataframe_check
    @classmethod
    def percentiles_ascend(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold every percentile to at least the one before it."""
        return ascend(table, PERCENTILES)


class StateWages(CitedTable):
    """OEWS state estimates of earlier years, as far as they are in hand."""

    year: int = pa.Field(**YEAR)
    state: str = pa.Field(str_matches=POSTAL)
    occupation_code: str = pa.Field(str_matches=SOC)
    employment: float = pa.Field(**JOBS)
    mean_wage_usd: float = pa.Field(**WAGE)
    is_wage_suppressed: bool

    class Config:
        """One row a state, occupation and year."""

        unique = ("state", "occupation_code", "year")


class States(Table):
    """States and territories, and their place on a grid of tiles."""

    fips: str = pa.Field(unique=True, str_matches=r"^\d\d$")
    postal: str = pa.Field(unique=True, str_matches=r"^[A-Z]{2}$")
    name: str = pa.Field(unique=True)
    grid_row: int = pa.Field(ge=0, le=20)
    grid_column: int = pa.Field(ge=0, le=20)

    class Config:
        """One tile a place."""

        unique = ("grid_row", "grid_column")
