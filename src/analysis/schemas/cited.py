"""Cited figures: credentials, operations, and what this project assumes."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import CitedTable, Table

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
    exam_fee_two_attempts_usd: float = pa.Field(**FEE)
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


class CitedRange(CitedTable):
    """A cited figure, a point (low = high), a range, or only words; found by its id."""

    id: str = pa.Field(unique=True, str_matches=r"^[a-z0-9_]+$")
    value_low: float = pa.Field(nullable=True)
    value_high: float = pa.Field(nullable=True)
    value_text: str
    unit: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "value_low is at most value_high": "value_low <= value_high",
        }


class Denials(CitedRange):
    """Denial rates, causes and costs."""

    measure: str
    period: str = pa.Field(nullable=True)
    population: str = pa.Field(nullable=True)


class Productivity(CitedRange):
    """How much a coder codes; no national standard exists."""

    setting: str
    statistic: str


class AutomationEvidence(CitedRange):
    """Exposure measures, measured accuracy, adoption surveys and vendor claims, by `kind`."""

    kind: str = pa.Field(
        isin=[
            "task exposure",
            "LLM accuracy",
            "CAC productivity",
            "adoption",
            "staffing",
            "vendor claim",
            "official view",
            "O*NET technology",
        ]
    )
    item: str
    records: str = pa.Field(nullable=True)
    source_url: str = pa.Field(nullable=True)
    vintage: str = pa.Field(nullable=True)


class CodeSetStatus(CitedTable):
    """What the agencies say about the diagnosis code set in force."""

    statement: str


class Assumptions(Table):
    """A number that no statistic gives: a stated choice, an assumption, a figure from memory.

    `value` is the likeliest; it is missing where any value between the limits is as likely, and the
    limits are missing where the number is never varied.
    """

    id: str = pa.Field(unique=True, str_matches=r"^[a-z_]+(\.[a-z_]+)+$")
    value: float = pa.Field(nullable=True)
    low: float = pa.Field(nullable=True)
    high: float = pa.Field(nullable=True)
    unit: str
    basis: str
    source: str

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "value or limits: one is stated": (
                "(low IS NULL) = (high IS NULL) AND (low IS NOT NULL OR value IS NOT NULL)"
            ),
            "value lies within its limits, which rise or are equal": (
                "low <= high AND coalesce(value BETWEEN low AND high, true)"
            ),
        }


class LadderOccupations(Table):
    """An own mapping, every row of it an assumption with its reason.

    `occupation_code` is missing where no occupation in hand fits; the percentiles say which part of
    the occupation's pay a title is taken to hold.
    """

    track: str = pa.Field(isin=["vertical", "lateral", "credential", "medical", "functional"])
    title: str
    occupation_code: str = pa.Field(str_matches=r"^\d\d-\d{4}$", nullable=True)
    low_percentile: float = pa.Field(gt=0, lt=100, nullable=True)
    high_percentile: float = pa.Field(gt=0, lt=100, nullable=True)
    guide_band: str = pa.Field(nullable=True)
    credential: str = pa.Field(nullable=True)
    why: str

    class Config:
        """One row a title and track."""

        unique = ("track", "title")

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "an occupation comes with rising percentiles of its pay": (
                "(occupation_code IS NOT NULL) = coalesce(low_percentile < high_percentile, false)"
            ),
        }
