"""Employment projections and what drives them."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import CitedTable, Table

CODE: dict[str, Any] = {"str_matches": r"^\d\d-\d{4}$"}
ROUNDING = 100  # BLS rounds employment to the nearest hundred, here in jobs
ROUNDING_OF_CHANGE = 1.5 * ROUNDING


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "change is projected less base employment, within rounding": (
                "abs(projected_employment - base_employment - employment_change) <= "
                f"{ROUNDING_OF_CHANGE}"
            ),
            "growth is change over base, within rounding": (
                "abs(100 * employment_change / base_employment - growth_pct) <= "
                f"0.05 + {100 * ROUNDING} / base_employment"
            ),
            "a projection is of ten years": "projected_year - base_year = 10",
            "openings a year are a share of the jobs": (
                "annual_openings BETWEEN 0.01 * base_employment AND 0.4 * base_employment"
            ),
            "the wage is of about the base year": "wage_year - base_year BETWEEN -2 AND 3",
            "the median wage is one a year": "median_wage_usd BETWEEN 5000 AND 2000000",
        }


class ProjectionEvaluation(CitedTable):
    """What the BLS found when it held its own projections against what came."""

    projection_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    measure: str
    value: float
    unit: str

    class Config:
        """One row a projection and measure."""

        unique = ("projection_period", "measure")


class ProjectionCases(Table):
    """A BLS projection against the employment that a later edition shows for the same years."""

    projection_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    outcome_period: str = pa.Field(str_matches=r"^\d{4}-\d\d$")
    horizon_years: int = pa.Field(ge=1, le=10)
    occupation_code: str = pa.Field(**CODE)
    occupation_title: str
    base_employment: float = pa.Field(gt=0)
    projected_employment: float = pa.Field(gt=0)
    actual_employment: float = pa.Field(gt=0)
    projected_log_growth: float
    actual_log_growth: float
    log_error: float

    class Config:
        """One row an occupation, projection period and horizon."""

        unique = ("occupation_code", "projection_period", "horizon_years")

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "growth is the log of actual over base employment": (
                "abs(ln(actual_employment / base_employment) - actual_log_growth) <= 0.0001"
            ),
            "the projected pace compounds to the ten years": (
                "abs(ln(projected_employment / base_employment) * horizon_years / 10 - "
                "projected_log_growth) <= 0.0001"
            ),
            "the error is actual less projected growth": (
                "abs(actual_log_growth - projected_log_growth - log_error) <= 0.0001"
            ),
        }


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "the separation rate is exits plus transfers, within rounding": (
                "abs(exit_rate_pct + transfer_rate_pct - separation_rate_pct) <= 0.11"
            ),
            "exits are to transfers as their rates are, within rounding": (
                "abs(annual_exits * transfer_rate_pct - annual_transfers * exit_rate_pct) <= "
                f"0.05 * (annual_exits + annual_transfers) + {ROUNDING} * separation_rate_pct"
            ),
            "openings are separations and growth": (
                "annual_openings BETWEEN 0.5 * (annual_exits + annual_transfers) "
                "AND 2 * (annual_exits + annual_transfers)"
            ),
        }


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "older age groups are part of all people": (
                "coalesce(population_65_and_over <= population, true) AND "
                "coalesce(population_85_and_over <= population_65_and_over, true)"
            ),
        }


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "alpha is at most beta, and beta at most gamma": "alpha <= beta AND beta <= gamma",
        }


class AcsShares(CitedTable):
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
