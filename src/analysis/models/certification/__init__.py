"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from analysis.models.certification.certification_study import (
    CredentialWorth,
    exams,
    holding_costs,
    member_gaps,
    pass_record,
    published_pay,
    record_analysis,
    study,
)

__all__ = [
    "CredentialWorth",
    "exams",
    "holding_costs",
    "member_gaps",
    "pass_record",
    "published_pay",
    "record_analysis",
    "study",
]
