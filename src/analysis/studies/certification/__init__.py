"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from analysis.studies.certification.certification import Certification
from analysis.studies.certification.holding_costs import holding_costs
from analysis.studies.certification.published import exams, member_gaps, pass_rates, published_pay
from analysis.studies.certification.record_analysis import RecordAnalysis

study = Certification

__all__ = [
    "Certification",
    "RecordAnalysis",
    "exams",
    "holding_costs",
    "member_gaps",
    "pass_rates",
    "published_pay",
    "study",
]
