"""What a job pays in a place, and where an offer stands."""

from analysis.studies.salary.salary_study import (
    Salary,
    study,
)

__all__ = [
    "Salary",
    "study",
]
