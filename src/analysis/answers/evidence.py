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
        f"Of the {len(study.statements)} statements of the 2026 career guide {study.graded} can be "
        f"tested. {counts['supported']} hold: {sorts['direct']} by a direct comparison, "
        f"{sorts['proxy']} by the nearest measure there is and {sorts['stale']} by an old figure. "
        f"Of the others {fallen.replace(' ', ' are ', 1)}. The guide disagrees with itself on "
        f"{study.subjects_in_conflict} subjects."
    )
