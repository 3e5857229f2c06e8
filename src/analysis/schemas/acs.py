"""Person records of the American Community Survey."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.table import Table

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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "wage_usd is wage_reported_usd times income_adjustment": (
                "abs(wage_usd - wage_reported_usd * income_adjustment) <= 0.01 AND (wage_usd "
                "IS NULL) = (wage_reported_usd IS NULL OR income_adjustment IS NULL)"
            ),
            "works_from_home is a way to travel to work": (
                "coalesce(works_from_home, false) = coalesce(travel_to_work = 'worked from "
                "home', false)"
            ),
        }
