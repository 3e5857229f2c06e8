"""Who is trained for the field, what comes of it, and the rules of Workforce Pell."""

from typing import Any

import pandera.pandas as pa

from analysis.schemas.table import CitedTable, Table

CIP = r"^\d{2}\.\d{4}$"
SHARE: dict[str, Any] = {"ge": 0, "le": 100, "nullable": True}


class Completions(Table):
    """Awards of a state's institutions in one program and level, first majors."""

    academic_year: str = pa.Field(str_matches=r"^\d{4}-\d{2}$")
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    cip_code: str = pa.Field(str_matches=CIP)
    cip_title: str
    award_level: str
    awards: int = pa.Field(ge=0)
    institutions: int = pa.Field(ge=1)

    class Config:
        """One row a year, state, program and award level."""

        unique = ("academic_year", "state", "cip_code", "award_level")


class ProgramOccupations(Table):
    """A program and an occupation it prepares for, by the official crosswalk."""

    cip_code: str = pa.Field(str_matches=CIP)
    cip_title: str
    occupation_code: str = pa.Field(str_matches=r"^\d{2}-\d{4}$")
    occupation_title: str

    class Config:
        """One row a program and occupation."""

        unique = ("cip_code", "occupation_code")


class Postings(Table):
    """Job postings on Indeed in a month, 1 February 2020 = 100; an index, not a count."""

    month: str = pa.Field(unique=True, str_matches=r"^\d{4}-\d{2}$")
    all_postings_index: float = pa.Field(gt=0)
    medical_information_index: float = pa.Field(gt=0, nullable=True)


class TrainingOutcomes(Table):
    """What became of those who completed a program in New Jersey, by wage records."""

    cip_code: str = pa.Field(str_matches=CIP)
    quarters_after: int = pa.Field(isin=[2, 4, 8])
    completers: int = pa.Field(ge=0)
    employed_in_state_pct: float = pa.Field(**SHARE)
    mean_quarterly_wage_usd: float = pa.Field(ge=0, le=100_000, nullable=True)

    class Config:
        """One row a program and number of quarters after."""

        unique = ("cip_code", "quarters_after")


class PellRules(CitedTable):
    """A federal screen of Workforce Pell."""

    id: str = pa.Field(unique=True, str_matches=r"^[a-z_]+$")
    screen: str
    requirement: str
    minimum: float = pa.Field(nullable=True)
    below: float = pa.Field(nullable=True)
    unit: str = pa.Field(nullable=True)
    from_award_year: str = pa.Field(str_matches=r"^\d{4}-\d{2}$")
    authority: str = pa.Field(isin=["statute", "regulation"])
    clause: str
    note: str = pa.Field(nullable=True)


class StateRules(CitedTable):
    """A condition of a state on an occupation; `group`s are all needed, rows of one group not."""

    id: str = pa.Field(unique=True, str_matches=r"^[a-z_]+$")
    state: str = pa.Field(str_matches=r"^[A-Z]{2}$")
    purpose: str
    group: str
    rule: str
    measure: str
    comparison: str = pa.Field(isin=["at least", "above"], nullable=True)
    benchmark: str = pa.Field(nullable=True)
    amount: float = pa.Field(ge=0, nullable=True)
    note: str = pa.Field(nullable=True)

    @classmethod
    def relations(cls) -> dict[str, str]:
        return {
            "a rule that is applied has an amount": "measure = 'other' OR amount IS NOT NULL",
        }
