"""Which of the guide's claims hold: every claim graded against official figures."""

from analysis.models.evidence.evidence_study import (
    Answer,
    Claim,
    Comparison,
    Evidence,
    Grade,
    Official,
    OlderFigure,
    Verdict,
    contradictions,
    grade,
    pay_bands_on_distribution,
    questions_answered,
    setting_shares,
    state_ranking,
    study,
)

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
