"""Which of the guide's claims hold: every claim graded against official figures."""

from analysis.models.evidence.consistency import contradictions
from analysis.models.evidence.evidence_study import Answer, Evidence, study
from analysis.models.evidence.grading import (
    Claim,
    Comparison,
    Grade,
    Official,
    OlderFigure,
    Verdict,
    grade,
)
from analysis.models.evidence.guide_beside_official import (
    pay_bands_on_distribution,
    setting_shares,
    state_ranking,
)
from analysis.models.evidence.questions import questions_answered

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
