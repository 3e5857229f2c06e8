"""What a planner says about a department; every figure is the planner's own."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from analysis.errors import WrongInput
from analysis.studies.areas import NATION

RecordsPerDay = Annotated[float, Field(ge=0, le=100_000)]


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

    @model_validator(mode="after")
    def _has_records(self) -> Self:
        if not any(self.volumes.values()):
            raise WrongInput(
                "one of inpatient_per_day, outpatient_per_day and ed_per_day must be above 0; "
                "found 0 for all. Put in the records that arrive on a working day."
            )
        return self
