"""What a credential is worth: published averages with their bias, exams, costs, own records."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.certification.certification import Certification
    from analysis.studies.certification.certification import Certification as study  # noqa: N813
    from analysis.studies.certification.holding_costs import holding_costs
    from analysis.studies.certification.published import (
        exams,
        member_gaps,
        pass_rates,
        published_pay,
    )
    from analysis.studies.certification.record_analysis import RecordAnalysis
else:
    load_when_used(__name__)

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
