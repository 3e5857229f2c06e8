"""The answer of the evidence report."""

from analysis import wording
from analysis.answers.answer import Answer
from analysis.studies.evidence import Evidence


def evidence(study: Evidence) -> Answer:
    """Say how many of the guide's statements hold, and what the grades rest on."""
    counts, sorts = study.by_verdict, study.by_comparison
    fallen = wording.listed(
        [
            f"{counts[verdict]} {verdict}"
            for verdict in ("overstated", "understated", "outdated", "contradicted")
            if counts[verdict]
        ]
    )
    return Answer(
        f"Of the {len(study.statements)} statements of the 2026 career guide, {study.graded} can "
        f"be tested and {counts['supported']} hold. They hold in different ways: "
        f"{sorts['direct']} by a direct comparison, {sorts['proxy']} by the nearest measure there "
        f"is and {sorts['stale']} by an old figure. "
        f"Of the others {fallen.replace(' ', ' are ', 1)}. The guide disagrees with itself on "
        f"{study.subjects_in_conflict} subjects.",
        finding=(
            f"{counts['supported']} of the {study.graded} testable statements in the guide hold "
            "against US figures"
        ),
    )
