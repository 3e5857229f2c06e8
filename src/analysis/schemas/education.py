"""What programmes cost and what their graduates earn."""

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import CitedTable

MONEY = {"ge": 0, "le": 1_000_000, "nullable": True}


class Programmes(CitedTable):
    """One College Scorecard programme of CIP 51.07 at one school."""

    unitid: str
    opeid6: str
    school: str
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    control: str
    cip_code: str
    credential_level: int = pa.Field(ge=1, le=8)
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

    @pa.dataframe_check
    def premium_is_earnings_less_threshold(cls, table: pd.DataFrame) -> "pd.Series[bool]":  # noqa: N805, D102
        premium = table["median_earnings_usd"] - table["earnings_threshold_state_usd"]
        off = (premium - table["earnings_premium_state_usd"]).abs()
        return off.le(0.5) | off.isna()


class ProgrammeCosts(CitedTable):
    """Prices, completion and outcomes of short programmes, as cited."""

    item: str
    value: float
    unit: str
    sector: str = pa.Field(nullable=True)
    period: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)


class EducationEarnings(CitedTable):
    """Median usual weekly earnings of full-time workers of 25 and over by education."""

    year: int = pa.Field(ge=1990, le=2100)
    education: str
    median_weekly_earnings_usd: float = pa.Field(ge=100, le=10_000, nullable=True)
    unemployment_rate_pct: float = pa.Field(ge=0, le=100, nullable=True)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row a year and level of education."""

        unique = ("year", "education")


class HighSchoolEarnings(CitedTable):
    """Earnings of high-school graduates of 25-34 in a state, USD a year."""

    state: str = pa.Field(unique=True, str_matches=r"^[A-Z]{2}$")
    high_school_earnings_usd: float = pa.Field(ge=5_000, le=200_000)
    note: str = pa.Field(nullable=True)
