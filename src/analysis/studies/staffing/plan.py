"""What a planner says about a department; every figure is the planner's own."""

import re
from typing import Annotated, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from analysis.errors import WrongInput
from analysis.models.ranges import Range
from analysis.studies.areas import NATION

RecordsPerDay = Annotated[float, Field(ge=0, le=100_000)]
OWN_SPEED = (
    "own records in 8 paid hours, above 0, one number or a range as in 16.5-19.2 (none: the "
    "published ranges); workforce productivity works it out from a log"
)
NUMBER = r"\d+(?:\.\d+)?"


def _span(text: str) -> Range:
    """Read "18" or "16.5-19.2"."""
    low, _, high = text.partition("-")
    return Range(low=float(low), high=float(high or low))


def _known_speed(given: object) -> str:
    """Refuse what is no speed."""
    text = str(given)
    if not re.fullmatch(f"{NUMBER}(?:-{NUMBER})?", text) or _span(text).low <= 0:
        raise ValueError(text)
    return text


Speed = Annotated[str, BeforeValidator(_known_speed)]


class DepartmentPlan(BaseModel):
    """A coding department; the defaults are made up for a mid-size hospital.

    A value out of range, or a department without records, is a `ValueError` when it is made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    area: str = NATION  # whose wages are paid
    inpatient_per_day: RecordsPerDay = Field(
        default=45, description="inpatient records a working day, 0 to 100,000"
    )
    outpatient_per_day: RecordsPerDay = Field(
        default=300, description="outpatient records a working day, 0 to 100,000"
    )
    ed_per_day: RecordsPerDay = Field(
        default=150, description="emergency records a working day, 0 to 100,000"
    )
    ai_adoption: float = Field(
        default=0.5, ge=0, le=1, description="a share from 0 to 1 of records through the tool"
    )
    quality_target: float = Field(
        default=0.95, ge=0.5, le=1, description="a share from 0.5 to 1 of records right first time"
    )
    shrinkage: float = Field(
        default=0.15, ge=0, le=0.6, description="a share from 0 to 0.6 of paid hours not coded in"
    )
    loading: float = Field(
        default=0.35, ge=0, le=2, description="a share from 0 to 2 of the wage paid on top of it"
    )
    turnover: float = Field(
        default=0.2, ge=0, le=0.9, description="a share from 0 to 0.9 of the team leaving a year"
    )
    coders: float | None = Field(
        default=None,
        ge=0,
        le=10_000,
        description="full-time coders employed now, 0 to 10,000 (none: nine in ten of the need)",
    )
    target_days: float = Field(
        default=3, ge=0.5, le=60, description="days of arrivals that may wait, 0.5 to 60"
    )
    target_share: float = Field(
        default=0.95,
        ge=0.5,
        le=0.99,
        description="a share from 0.5 to 0.99 of working days within the target",
    )
    inpatient_speed: Speed | None = Field(default=None, description=OWN_SPEED)
    outpatient_speed: Speed | None = Field(default=None, description=OWN_SPEED)
    ed_speed: Speed | None = Field(default=None, description=OWN_SPEED)
    backlog_days: float = Field(
        default=3, ge=0, le=365, description="days of arrivals not yet coded, 0 to 365"
    )
    months_to_fill: int = Field(
        default=2, ge=0, le=24, description="a whole number of months from 0 to 24"
    )
    months_to_productivity: int = Field(
        default=6, ge=0, le=36, description="a whole number of months from 0 to 36"
    )
    plan_months: int = Field(
        default=12, ge=1, le=60, description="a whole number of months from 1 to 60"
    )

    @property
    def volumes(self) -> dict[str, float]:
        """Records a working day by encounter type."""
        return {
            "inpatient": self.inpatient_per_day,
            "outpatient": self.outpatient_per_day,
            "ed": self.ed_per_day,
        }

    @property
    def speeds(self) -> dict[str, Range]:
        """Own records in 8 paid hours by encounter type, where the planner gives them."""
        given = {
            "inpatient": self.inpatient_speed,
            "outpatient": self.outpatient_speed,
            "ed": self.ed_speed,
        }
        return {name: _span(text) for name, text in given.items() if text is not None}

    @model_validator(mode="after")
    def _has_records(self) -> Self:
        if not any(self.volumes.values()):
            raise WrongInput(
                "one of inpatient_per_day, outpatient_per_day and ed_per_day must be above 0; "
                "found 0 for all. Put in the records that arrive on a working day."
            )
        return self
