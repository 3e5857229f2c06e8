"""Credentials: what they cost, who passes, what members say they earn."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.promise import CitedTable

FEE: dict[str, Any] = {"ge": 0, "le": 5_000, "nullable": True}


class Credentials(CitedTable):
    """The exam and the upkeep of a credential; USD of the year of `vintage`."""

    credential: str = pa.Field(unique=True)
    body: str = pa.Field(isin=["AAPC", "AHIMA", "NHA"])
    questions: float = pa.Field(ge=1, le=500, nullable=True)
    questions_scored: float = pa.Field(ge=1, le=500, nullable=True)
    exam_minutes: float = pa.Field(ge=10, le=600, nullable=True)
    passing: str = pa.Field(nullable=True)
    exam_fee_usd: float = pa.Field(**FEE)
    exam_fee_nonmember_usd: float = pa.Field(**FEE)
    membership_usd_per_year: float = pa.Field(**FEE)
    student_membership_usd_per_year: float = pa.Field(**FEE)
    continuing_education: str = pa.Field(nullable=True)
    active_holders: float = pa.Field(ge=0, nullable=True)
    holders_as_of: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)


class PassRates(CitedTable):
    """First-time pass rate of an exam in a year."""

    credential: str
    year: int = pa.Field(ge=2000, le=2100)
    first_time_testers: float = pa.Field(ge=0, nullable=True)
    pass_rate_pct: float = pa.Field(ge=0, le=100)
    note: str = pa.Field(nullable=True)

    class Config:
        """One row a credential and year."""

        unique = ("credential", "year")


class MemberSalaries(CitedTable):
    """One figure of an AAPC member survey: self-selected members, unadjusted."""

    survey: str
    survey_year: int = pa.Field(ge=2000, le=2100)
    statistic: str
    group: str
    measure: str = pa.Field(isin=["mean", "median", "share"])
    value: float = pa.Field(gt=0)
    unit: str = pa.Field(isin=["USD a year", "percent"])
    note: str = pa.Field(nullable=True)

    class Config:
        """One row a survey and statistic."""

        unique = ("survey", "statistic")
