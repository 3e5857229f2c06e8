"""Wages and employment as the OEWS publishes them, and price levels over time and place."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import CitedTable, Table, ascend

PERCENTILES = ["p10_wage_usd", "p25_wage_usd", "median_wage_usd", "p75_wage_usd", "p90_wage_usd"]
HOURLY_PERCENTILES = [name.replace("_wage_usd", "_hourly_wage_usd") for name in PERCENTILES]
HOURS_A_YEAR = 2080  # OEWS footnote 2: annual wage = 2,080 x hourly wage
ROUNDING_USD = 0.01 * HOURS_A_YEAR + 5  # a cent an hour: May 2013 has 36.32 beside 75,530
FEWEST_JOBS, MOST_JOBS = 100_000_000, 200_000_000  # of all occupations; 1999 had 127 million
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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "annual percentiles do not fall": ascend(PERCENTILES),
            "hourly percentiles do not fall": ascend(HOURLY_PERCENTILES),
            **{
                f"{annual} is 2,080 times {hourly}, within rounding": (
                    f"is_top_coded OR abs({annual} - {HOURS_A_YEAR} * {hourly}) <= {ROUNDING_USD}"
                )
                for annual, hourly in zip(
                    ["mean_wage_usd", *PERCENTILES],
                    ["mean_hourly_wage_usd", *HOURLY_PERCENTILES],
                    strict=True,
                )
            },
            "employment is missing where is_employment_suppressed": (
                "NOT is_employment_suppressed OR employment IS NULL"
            ),
            "median_wage_usd is missing where is_wage_suppressed": (
                "NOT is_wage_suppressed OR median_wage_usd IS NULL"
            ),
            "employment of an industry is at most that of all industries": (
                "industry_level = 0 OR employment <= (SELECT max(whole.employment) FROM {rows} "
                "AS whole WHERE whole.industry_level = 0 AND whole.year = year AND "
                "whole.area_code = area_code AND whole.occupation_code = occupation_code)"
            ),
            "employment of all occupations is that of the country": (
                "area_code <> 'US' OR industry_code <> '000000' OR occupation_code <> '00-0000' "
                f"OR employment BETWEEN {FEWEST_JOBS} AND {MOST_JOBS}"
            ),
        }


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "annual percentiles do not fall": ascend(PERCENTILES),
            "the mean lies between the 10th and the 90th percentile": (
                "mean_wage_usd BETWEEN p10_wage_usd AND p90_wage_usd"
            ),
            "employment is rounded to ten, in jobs": "employment % 10 = 0",
        }


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "employment is rounded to ten, in jobs": "employment % 10 = 0",
            "employment of one occupation in a state": (
                "occupation_code = '00-0000' OR employment <= 1000000"
            ),
        }


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


POSTAL_CODE: dict[str, Any] = {"str_matches": r"^[A-Z]{2}$"}
INDEX: dict[str, Any] = {"gt": 0, "lt": 1_000}


class ConsumerPrices(CitedTable):
    """CPI-U of a year, 1982-84 = 100: annual average and May, the month of the OEWS."""

    year: int = pa.Field(unique=True, ge=1913, le=2100)
    cpi_annual: float = pa.Field(nullable=True, **INDEX)
    cpi_may: float = pa.Field(nullable=True, **INDEX)
    months_published: int = pa.Field(ge=1, le=12)
    note: str = pa.Field(nullable=True)


class PriceParities(CitedTable):
    """Regional price parities of a state and year, United States = 100 in each year."""

    year: int = pa.Field(ge=2008, le=2100)
    state: str = pa.Field(**POSTAL_CODE)
    area_name: str
    price_parity: float = pa.Field(ge=50, le=200)
    price_parity_goods: float = pa.Field(ge=50, le=200, nullable=True)
    price_parity_housing: float = pa.Field(ge=20, le=300, nullable=True)
    price_parity_utilities: float = pa.Field(ge=20, le=300, nullable=True)
    price_parity_other: float = pa.Field(ge=50, le=200, nullable=True)

    class Config:
        """One row a state and year."""

        unique = ("state", "year")


class PovertyGuidelines(CitedTable):
    """Poverty guideline of a year, USD a year."""

    year: int = pa.Field(ge=1980, le=2100)
    area: str = pa.Field(isin=["48 states + DC", "Alaska", "Hawaii"])
    poverty_guideline_usd: float = pa.Field(ge=1_000, le=100_000)
    each_additional_person_usd: float = pa.Field(ge=500, le=50_000)

    class Config:
        """One row a year and area."""

        unique = ("year", "area")
