"""Person records of the American Community Survey."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import Table

MISSING: dict[str, Any] = {"nullable": True}
EARLIEST_YEAR = 2008  # education was coded otherwise before
DECIMAL = 1e-6  # ADJINC has six


class AcsPersons(Table):
    """One person of the sample; replicate weights stand beside these columns."""

    survey_year: int = pa.Field(ge=EARLIEST_YEAR, le=2100)
    serial_number: str = pa.Field(str_length={"min_value": 1})
    person_number: int = pa.Field(ge=1, le=99)
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    puma: str = pa.Field(str_matches=r"^\d{5}$", **MISSING)
    occupation_census_code: str = pa.Field(str_matches=r"^\d{4}$", **MISSING)
    industry_census_code: str = pa.Field(str_matches=r"^\d{4}$", **MISSING)
    naics_code: str = pa.Field(**MISSING)
    wage_reported_usd: float = pa.Field(ge=0, le=9_999_999, **MISSING)
    income_adjustment: float = pa.Field(ge=0.9, le=1.5, **MISSING)
    wage_usd: float = pa.Field(ge=0, **MISSING)
    is_wage_top_coded: bool
    hours_per_week: float = pa.Field(ge=1, le=99, **MISSING)
    is_hours_top_coded: bool
    weeks_worked_low: float = pa.Field(ge=1, le=52, **MISSING)
    weeks_worked_high: float = pa.Field(ge=1, le=52, **MISSING)
    age_years: int = pa.Field(ge=0, le=120)
    sex: str
    education: str = pa.Field(**MISSING)
    class_of_worker: str = pa.Field(**MISSING)
    employment_status: str = pa.Field(**MISSING)
    travel_to_work: str = pa.Field(**MISSING)
    works_from_home: pd.BooleanDtype = pa.Field(**MISSING)
    person_weight: int = pa.Field(ge=1)

    class Config:
        """One row a person of a household or group quarters, and year."""

        unique = ("serial_number", "person_number", "survey_year")

    @pa.dataframe_check
    @classmethod
    def wage_is_reported_times_adjustment(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the adjusted wage to the reported one times the factor, missing with either."""
        product = table["wage_reported_usd"] * table["income_adjustment"]
        off = (table["wage_usd"] - product).abs()
        return off.le(0.01) | (off.isna() & product.isna() & table["wage_usd"].isna())

    @pa.dataframe_check
    @classmethod
    def works_from_home_is_a_way_to_travel(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the flag to the words of the way to work."""
        says_home = table["travel_to_work"].eq("worked from home")
        return table["works_from_home"].fillna(value=False).eq(says_home).astype(bool)
