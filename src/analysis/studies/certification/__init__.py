"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from analysis.studies.certification.certification_study import CredentialWorth, study
from analysis.studies.certification.exam_record import pass_record
from analysis.studies.certification.holding_costs import exams, holding_costs
from analysis.studies.certification.published_pay import member_gaps, published_pay
from analysis.studies.certification.record_analysis import record_analysis

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
