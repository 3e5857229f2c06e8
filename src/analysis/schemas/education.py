"""What programmes cost and what their graduates earn."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import CitedTable, Table

MONEY: dict[str, Any] = {"ge": 0, "le": 1_000_000, "nullable": True}


class Programmes(CitedTable):
    """One College Scorecard programme of CIP 51.07 at one school."""

    unitid: str
    opeid6: str
    school: str
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$", nullable=True)
    control: str
    cip_code: str
    credential_level: int = pa.Field(isin=[*range(1, 9), 99])
    credential: str
    completers: float = pa.Field(ge=0, nullable=True)
    median_earnings_usd: float = pa.Field(**MONEY)
    earnings_horizon: str = pa.Field(nullable=True)
    earnings_threshold_state_usd: float = pa.Field(**MONEY)
    earnings_threshold_national_usd: float = pa.Field(**MONEY)
    earnings_premium_state_usd: float = pa.Field(nullable=True)
    earnings_premium_national_usd: float = pa.Field(nullable=True)
    value_flag: str
    median_debt_usd: float = pa.Field(**MONEY)
    debt_to_earnings_ratio: float = pa.Field(ge=0, nullable=True)

    class Config:
        """One row a school, programme and credential."""

        unique = ("unitid", "opeid6", "cip_code", "credential_level")

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "the premium is earnings less the threshold": (
                "abs(median_earnings_usd - earnings_threshold_state_usd - "
                "earnings_premium_state_usd) <= 0.5"
            ),
        }


class ProgrammeCosts(CitedTable):
    """Prices, completion and outcomes of short programmes, as cited."""

    item: str
    value: float
    unit: str
    sector: str = pa.Field(nullable=True)
    period: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)


class EducationEarnings(CitedTable):
    """Median usual weekly earnings of full-time workers of 25 and over by education.

    `period` is a calendar year ("2024") or a quarter ("2025Q3"); the two do not compare.
    """

    period: str = pa.Field(str_matches=r"^\d{4}(Q[1-4])?$")
    education: str
    median_weekly_earnings_usd: float = pa.Field(ge=100, le=10_000, nullable=True)
    unemployment_rate_pct: float = pa.Field(ge=0, le=100, nullable=True)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row a period and level of education."""

        unique = ("period", "education")


class EarningsProfiles(Table):
    """Wages of a group of people of an age, sex and attachment to work, ACS 2024 1-year PUMS.

    California and Texas are missing, from the nation's rows too. `universe` "labor_force" counts
    whoever works or seeks work, wages of 0 included, as the federal earnings threshold does;
    "full_time_year_round" 35 hours and 50 weeks or more. Dollars of 2024.
    """

    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    worker_group: str
    universe: str = pa.Field(isin=["labor_force", "full_time_year_round", "all_wage_earners"])
    sex: str = pa.Field(isin=["all", "women", "men"])
    age_low: int = pa.Field(ge=16, le=64)
    age_high: int = pa.Field(ge=16, le=64)
    persons_sampled: int = pa.Field(ge=1)
    persons_weighted: float = pa.Field(ge=1)
    p10_wage_usd: float = pa.Field(ge=0)
    p25_wage_usd: float = pa.Field(ge=0)
    median_wage_usd: float = pa.Field(ge=0)
    p75_wage_usd: float = pa.Field(ge=0)
    p90_wage_usd: float = pa.Field(ge=0)
    mean_wage_usd: float = pa.Field(ge=0)
    median_se_usd: float = pa.Field(ge=0)

    class Config:
        """One row a state, group, universe, sex and ages."""

        unique = ("state", "worker_group", "universe", "sex", "age_low", "age_high")

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "percentiles never fall": (
                "p10_wage_usd <= p25_wage_usd AND p25_wage_usd <= median_wage_usd "
                "AND median_wage_usd <= p75_wage_usd AND p75_wage_usd <= p90_wage_usd"
            )
        }


class Taxes(Table):
    """Income and payroll tax of a single person of 30 without dependents, on wages alone, 2025.

    Computed with taxsim-py; a tax below 0 is a refundable credit. States and DC only.
    """

    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    wage_usd: float = pa.Field(ge=0, le=1_000_000)
    federal_tax_usd: float = pa.Field(ge=-10_000, le=500_000)
    state_tax_usd: float = pa.Field(ge=-10_000, le=200_000)
    payroll_tax_usd: float = pa.Field(ge=0, le=100_000)

    class Config:
        """One row a state and wage."""

        unique = ("state", "wage_usd")


class HighSchoolEarnings(CitedTable):
    """Earnings of high-school graduates of 25-34 in a state, USD a year."""

    state: str = pa.Field(unique=True, str_matches=r"^[A-Z]{2}$")
    high_school_earnings_usd: float = pa.Field(ge=5_000, le=200_000)
    note: str = pa.Field(nullable=True)
