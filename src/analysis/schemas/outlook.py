"""Employment projections and what drives them."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import CitedTable, Table

CODE: dict[str, Any] = {"str_matches": r"^\d\d-\d{4}$"}
ROUNDING = 100  # BLS rounds employment to the nearest hundred, here in jobs


class Projections(CitedTable):
    """One BLS projection of an occupation over ten years; jobs, not thousands."""

    projection_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    base_year: int = pa.Field(ge=2000, le=2100)
    projected_year: int = pa.Field(ge=2000, le=2100)
    occupation_code: str = pa.Field(**CODE)
    occupation_title: str
    base_employment: float = pa.Field(gt=0)
    projected_employment: float = pa.Field(gt=0)
    employment_change: float
    growth_pct: float = pa.Field(ge=-100, le=300)
    annual_openings: float = pa.Field(ge=0, nullable=True)
    median_wage_usd: float = pa.Field(ge=5_000, nullable=True)
    wage_year: float = pa.Field(nullable=True)
    typical_entry_education: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row an occupation and projection period."""

        unique = ("occupation_code", "projection_period")

    @pa.dataframe_check
    @classmethod
    def change_is_projected_less_base(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the change to projected less base employment, within rounding."""
        change = table["projected_employment"] - table["base_employment"]
        return (change - table["employment_change"]).abs().le(1.5 * ROUNDING)

    @pa.dataframe_check
    @classmethod
    def growth_is_change_over_base(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the growth rate to change over base, within rounding."""
        growth = 100 * table["employment_change"] / table["base_employment"]
        rounding = 0.05 + 100 * ROUNDING / table["base_employment"]
        return (growth - table["growth_pct"]).abs().le(rounding)

    @pa.dataframe_check
    @classmethod
    def period_is_ten_years(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold a projection to ten years."""
        return (table["projected_year"] - table["base_year"]).eq(10)


class ProjectionEvaluation(CitedTable):
    """What the BLS found when it held its own projections against what came."""

    projection_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    measure: str
    value: float
    unit: str

    class Config:
        """One row a projection and measure."""

        unique = ("projection_period", "measure")


class Separations(CitedTable):
    """Yearly separations of an occupation: people who leave work, people who change occupation."""

    projection_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    occupation_code: str = pa.Field(**CODE)
    occupation_title: str
    exit_rate_pct: float = pa.Field(ge=0, le=100)
    transfer_rate_pct: float = pa.Field(ge=0, le=100)
    separation_rate_pct: float = pa.Field(ge=0, le=100)
    annual_exits: float = pa.Field(ge=0)
    annual_transfers: float = pa.Field(ge=0)
    annual_openings: float = pa.Field(ge=0)

    class Config:
        """One row an occupation and projection period."""

        unique = ("occupation_code", "projection_period")

    @pa.dataframe_check
    @classmethod
    def rates_add_up(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold the separation rate to exits plus transfers, within rounding."""
        parts = table["exit_rate_pct"] + table["transfer_rate_pct"]
        return (parts - table["separation_rate_pct"]).abs().le(0.11)


class Population(CitedTable):
    """United States population by age, estimates and projections."""

    year: int = pa.Field(ge=1900, le=2100)
    kind: str = pa.Field(isin=["estimate", "projection", "projection base year"])
    population: float = pa.Field(gt=0, nullable=True)
    population_65_and_over: float = pa.Field(gt=0, nullable=True)
    population_85_and_over: float = pa.Field(gt=0, nullable=True)
    share_65_and_over_pct: float = pa.Field(ge=0, le=100, nullable=True)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row a year, kind and vintage."""

        unique = ("year", "kind", "vintage", "source_title")

    @pa.dataframe_check
    @classmethod
    def older_are_part_of_all(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold each age group to at most the one it is part of."""
        return ~table["population_65_and_over"].gt(table["population"]) & ~table[
            "population_85_and_over"
        ].gt(table["population_65_and_over"])


class HealthSpending(CitedTable):
    """National health expenditure: levels or growth of a series in a year or span."""

    series: str
    period: str = pa.Field(str_matches=r"^\d{4}(-\d\d)?$")
    kind: str
    amount_usd: float = pa.Field(gt=0, nullable=True)
    growth_pct: float = pa.Field(ge=-100, le=200, nullable=True)
    note: str = pa.Field(nullable=True)


class TaskExposure(CitedTable):
    """Exposure of an occupation's tasks to language models (Eloundou et al. 2024)."""

    occupation_code: str = pa.Field(str_matches=r"^\d\d-\d{4}\.\d\d$")
    task_id: str = pa.Field(unique=True)
    task: str
    model_label: str = pa.Field(isin=["E0", "E1", "E2"])
    human_label: str = pa.Field(isin=["E0", "E1", "E2"])
    alpha: float = pa.Field(ge=0, le=1)
    beta: float = pa.Field(ge=0, le=1)
    gamma: float = pa.Field(ge=0, le=1)

    @pa.dataframe_check
    @classmethod
    def exposure_widens(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold alpha to at most beta, beta to at most gamma."""
        return table["alpha"].le(table["beta"]) & table["beta"].le(table["gamma"])


class AgeAndWork(CitedTable):
    """Own tabulation of the American Community Survey for one Census occupation."""

    statistic: str = pa.Field(unique=True)
    value: float
    note: str = pa.Field(nullable=True)


class AcsShares(Table):
    """Own tabulation of the American Community Survey: shares of one Census occupation.

    The errors are approximate: the extract carries no replicate weights.
    """

    id: str = pa.Field(unique=True, str_matches=r"^[a-z0-9_]+$")
    statistic: str
    share_pct: float = pa.Field(ge=0, le=100)
    share_se_pct: float = pa.Field(gt=0)
    persons_sampled: int = pa.Field(gt=0)
    persons_weighted: int = pa.Field(gt=0)


class AcsGaps(CitedTable):
    """Own estimates from the American Community Survey: adjusted gaps in log pay, not effects."""

    id: str = pa.Field(unique=True, str_matches=r"^[a-z0-9_]+$")
    gap: str
    universe: str
    held_fixed: str
    log_points: float
    standard_error: float = pa.Field(gt=0)
    persons_sampled: float = pa.Field(nullable=True)
    coders_sampled: float = pa.Field(nullable=True)


class Lineage(Table):
    """Which occupation code carried an occupation in which years."""

    occupation_code: str = pa.Field(**CODE)
    published_as: str = pa.Field(**CODE)
    first_year: int = pa.Field(ge=1988, le=2100)
    last_year: int = pa.Field(ge=1988, le=2100)
    note: str

    class Config:
        """One row an occupation and the code it was published under."""

        unique = ("occupation_code", "published_as")
