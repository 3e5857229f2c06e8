"""Price levels over time and over the country."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.promise import CitedTable

STATE: dict[str, Any] = {"str_matches": r"^[A-Z]{2}$"}
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
    state: str = pa.Field(**STATE)
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
