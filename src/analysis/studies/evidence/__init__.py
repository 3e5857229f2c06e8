"""Which of the guide's claims hold: every claim graded against official figures."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.evidence.consistency import contradictions
    from analysis.studies.evidence.evidence_study import Answer, Evidence, study
    from analysis.studies.evidence.grading import (
        Claim,
        Comparison,
        Grade,
        Official,
        OlderFigure,
        Verdict,
        grade,
    )
    from analysis.studies.evidence.questions import questions_answered
    from analysis.studies.guide import (
        pay_bands_on_distribution,
        setting_shares,
        state_ranking,
    )
else:
    load_when_used(__name__)

__all__ = [
    "Answer",
    "Claim",
    "Comparison",
    "Evidence",
    "Grade",
    "Official",
    "OlderFigure",
    "Verdict",
    "contradictions",
    "grade",
    "pay_bands_on_distribution",
    "questions_answered",
    "setting_shares",
    "state_ranking",
    "study",
]
