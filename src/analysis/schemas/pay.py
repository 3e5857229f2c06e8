"""Records of pay as `workforce survey` cleans them: one row a person or job."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import Table

USD: dict[str, Any] = {"gt": 0, "le": 100_000_000, "nullable": True}
YEARS: dict[str, Any] = {"ge": 0, "le": 70, "nullable": True}
TEXT: dict[str, Any] = {"nullable": True}
PERIODS = ("hourly", "daily", "weekly", "biweekly", "semimonthly", "monthly", "annual")


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

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "annual_pay_usd is the middle of its range, whose ends do not fall": (
                "annual_pay_low_usd <= annual_pay_high_usd AND abs(annual_pay_usd - "
                "(annual_pay_low_usd + annual_pay_high_usd) / 2) <= 0.01"
            ),
            "annual_pay_usd and its ends are missing together": (
                "(annual_pay_usd IS NULL) = (annual_pay_low_usd IS NULL) AND (annual_pay_usd "
                "IS NULL) = (annual_pay_high_usd IS NULL)"
            ),
            "experience_years_high is not below experience_years_low": (
                "experience_years_low <= experience_years_high"
            ),
        }


SALARY_COLUMNS = {
    name: "float64" if "float" in str(kind) else "str"
    for name, kind in PayRecords.to_schema().dtypes.items()
}
