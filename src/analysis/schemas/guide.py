"""The 2026 career guide as data: figures to be graded, never official."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import Table

AMOUNT: dict[str, Any] = {"ge": 0, "nullable": True}


class Guide(Table):
    """A table of the guide; each row names the claim it belongs to."""

    claim_id: str


class Claims(Table):
    """Every checkable claim of the guide, in our words."""

    claim_id: str = pa.Field(unique=True)
    section: str
    topic: str
    statement: str
    subject: str
    metric: str
    low: float = pa.Field(nullable=True)
    high: float = pa.Field(nullable=True)
    unit: str = pa.Field(nullable=True)
    comparator: str = pa.Field(nullable=True)
    occurs: int = pa.Field(ge=1)
    is_consistent: bool
    note: str = pa.Field(nullable=True)

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "low is at most high": "low <= high",
        }


class Untested(Table):
    """Claims that no table in hand can settle: why, and what data would."""

    claim_id: str = pa.Field(unique=True)
    topic: str
    is_numeric: bool
    why: str
    data_needed: str = pa.Field(nullable=True)
    side_evidence: str = pa.Field(nullable=True)
    side_source: str = pa.Field(nullable=True)


class SalaryByExperience(Guide):
    """Pay bands by years of experience, USD a year."""

    tier: str = pa.Field(unique=True)
    years_low: float = pa.Field(**AMOUNT)
    years_high: float = pa.Field(**AMOUNT)
    salary_low_usd: float = pa.Field(**AMOUNT)
    salary_high_usd: float = pa.Field(**AMOUNT)
    years_claim_id: str = pa.Field(nullable=True)


class SalaryByCredential(Guide):
    """Average pay by credential, USD a year."""

    credential: str = pa.Field(unique=True)
    body: str
    salary_mean_usd: float = pa.Field(**AMOUNT)


class SalaryBySpecialty(Guide):
    """Pay ranges by specialty, USD a year."""

    specialty: str = pa.Field(unique=True)
    salary_low_usd: float = pa.Field(**AMOUNT)
    salary_high_usd: float = pa.Field(**AMOUNT)


class SalaryByState(Guide):
    """Average pay by state, USD a year."""

    state: str = pa.Field(unique=True)
    area_name: str
    salary_mean_usd: float = pa.Field(**AMOUNT)


class Settings(Guide):
    """Shares of employment by setting; the shares add up to 100."""

    setting: str = pa.Field(unique=True)
    share_pct: float = pa.Field(ge=0, le=100)
    characteristics: str

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "shares add up to 100": "(SELECT sum(share_pct) FROM {rows}) = 100",
        }


class EducationPaths(Guide):
    """Months and cost of the ways into the occupation."""

    path: str = pa.Field(unique=True)
    months_low: float = pa.Field(**AMOUNT)
    months_high: float = pa.Field(**AMOUNT)
    cost_low_usd: float = pa.Field(**AMOUNT)
    cost_high_usd: float = pa.Field(**AMOUNT)
    cost_claim_id: str = pa.Field(nullable=True)


class CertificationCosts(Guide):
    """What the guide says a credential costs, USD."""

    item: str = pa.Field(unique=True)
    low_usd: float = pa.Field(**AMOUNT)
    high_usd: float = pa.Field(**AMOUNT)
    period: str = pa.Field(isin=["once", "year"])
    kind: str


class CertificationExam(Guide):
    """What the guide says about exams."""

    measure: str = pa.Field(unique=True)
    low: float = pa.Field(**AMOUNT)
    high: float = pa.Field(**AMOUNT)
    unit: str


class Timeline(Guide):
    """Months from stage to stage."""

    stage: str = pa.Field(unique=True)
    months_low: float = pa.Field(**AMOUNT)
    months_high: float = pa.Field(**AMOUNT)
    kind: str


class TimeShares(Guide):
    """Shares of coder time, percent."""

    activity: str = pa.Field(unique=True)
    share_low_pct: float = pa.Field(ge=0, le=100)
    share_high_pct: float = pa.Field(ge=0, le=100)


class GuideProductivity(Guide):
    """Cases a coder is asked for a day."""

    setting: str = pa.Field(unique=True)
    unit: str
    per_day_low: float = pa.Field(**AMOUNT)
    per_day_high: float = pa.Field(**AMOUNT)


class Ladder(Guide):
    """Rungs of the career, vertical, lateral or by credential."""

    track: str = pa.Field(isin=["vertical", "lateral", "credential"])
    step: float = pa.Field(nullable=True)
    title: str = pa.Field(unique=True)
    years_low: float = pa.Field(**AMOUNT)
    years_high: float = pa.Field(**AMOUNT)


class GuideDenials(Guide):
    """Denial rates, causes and answers to them."""

    item: str = pa.Field(unique=True)
    kind: str
    low_pct: float = pa.Field(ge=0, le=100, nullable=True)
    high_pct: float = pa.Field(ge=0, le=100, nullable=True)
    detail: str


class Remote(Guide):
    """Shares, requirements and effects of remote work."""

    item: str
    kind: str
    low: float = pa.Field(**AMOUNT)
    high: float = pa.Field(**AMOUNT)
    unit: str = pa.Field(nullable=True)
    detail: str


class Quality(Guide):
    """Accuracy required of people and reached by software, percent."""

    subject: str = pa.Field(unique=True)
    measure: str
    low: float = pa.Field(ge=0, le=100, nullable=True)
    high: float = pa.Field(ge=0, le=100, nullable=True)
    unit: str


class Drivers(Guide):
    """What the guide says drives demand."""

    driver: str = pa.Field(unique=True)
    mechanism: str


class Competencies(Guide):
    """Abilities employers are said to ask for."""

    competency: str
    kind: str
    detail: str = pa.Field(nullable=True)


class CodeSets(Guide):
    """Code sets and the status the guide gives them."""

    code_set: str = pa.Field(unique=True)
    covers: str
    status_in_guide: str
    updates_per_year: float = pa.Field(**AMOUNT)
    updates_claim_id: str = pa.Field(nullable=True)


class GuideCredentials(Guide):
    """Credentials the guide names."""

    credential: str = pa.Field(unique=True)
    name: str
    body: str = pa.Field(isin=["AAPC", "AHIMA"])
    focus: str


class Automation(Guide):
    """Billing tasks the guide says are automated."""

    task: str = pa.Field(unique=True)
    detail: str


class Specializations(Guide):
    """Medical and functional specialisations."""

    specialization: str = pa.Field(unique=True)
    kind: str = pa.Field(isin=["medical", "functional"])
    detail: str
