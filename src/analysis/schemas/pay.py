"""Records of pay as `workforce survey` cleans them: one row a person or job."""

from typing import Any

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import Table

USD: dict[str, Any] = {"gt": 0, "le": 100_000_000, "nullable": True}
YEARS: dict[str, Any] = {"ge": 0, "le": 70, "nullable": True}
TEXT: dict[str, Any] = {"nullable": True}
PERIODS = ("hourly", "daily", "weekly", "biweekly", "semimonthly", "monthly", "annual")
CENT = 0.01


class PayRecords(Table):
    """Pay is US dollars a year; "none" is an answer, missing is not.

    Where several credentials are held, bodies, levels and status stand in the order of
    `credentials`.
    """

    record_id: str
    annual_pay_usd: float = pa.Field(**USD)
    annual_pay_low_usd: float = pa.Field(**USD)
    annual_pay_high_usd: float = pa.Field(**USD)
    bonus_usd: float = pa.Field(**USD)
    pay_period: str = pa.Field(isin=PERIODS, **TEXT)
    hours_per_week: float = pa.Field(ge=1, le=100, **TEXT)
    experience_years_low: float = pa.Field(**YEARS)
    experience_years_high: float = pa.Field(**YEARS)
    credentials: str = pa.Field(**TEXT)
    credential_bodies: str = pa.Field(**TEXT)
    credential_level: str = pa.Field(**TEXT)
    credential_status: str = pa.Field(**TEXT)
    unknown_credentials: str = pa.Field(**TEXT)
    setting: str = pa.Field(**TEXT)
    remote: str = pa.Field(isin=("yes", "no", "hybrid"), **TEXT)
    state: str = pa.Field(str_matches=r"^[A-Z]{2}(; [A-Z]{2})*$", **TEXT)
    education: str = pa.Field(**TEXT)
    job_title: str = pa.Field(**TEXT)
    weight: float = pa.Field(ge=0)
    flags: str = pa.Field(**TEXT)

    @pa.dataframe_check
    @classmethod
    def pay_is_the_middle_of_its_range(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Check that pay is half the sum of its ends, which do not fall, or all are missing."""
        low, high = table["annual_pay_low_usd"], table["annual_pay_high_usd"]
        pay = table["annual_pay_usd"]
        is_middle = (pay - (low + high) / 2).abs().le(CENT) & low.le(high)
        return is_middle | (low.isna() & high.isna() & pay.isna())

    @pa.dataframe_check
    @classmethod
    def experience_does_not_fall(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Check that the upper end of experience, where stated, is not below the lower."""
        return ~table["experience_years_high"].lt(table["experience_years_low"])


SALARY_COLUMNS = {
    name: "float64" if "float" in str(kind) else "str"
    for name, kind in PayRecords.to_schema().dtypes.items()
}
