"""The answer of the evidence report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.evidence import Evidence


def evidence(study: Evidence) -> Answer:
    """Say how many of the guide's claims hold."""
    answer = study.answer
    verdicts = wording.listed(
        [
            f"{count} {verdict}"
            for verdict, count in answer.by_verdict.items()
            if verdict not in ("supported", "not comparable", "not testable") and count
        ]
    )
    return Answer(
        f"Of the guide's {answer.claims} claims {answer.graded} can be held against data. "
        f"{answer.supported} of these hold; {verdicts}. The guide disagrees with itself in "
        f"{answer.contradictions} places."
    )
