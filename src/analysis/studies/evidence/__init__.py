"""Which of the guide's statements hold: each graded against official figures."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.evidence.evidence import Evidence
    from analysis.studies.evidence.evidence import Evidence as study  # noqa: N813
    from analysis.studies.evidence.grading import (
        Comparison,
        Official,
        Statement,
        Verdict,
        grade,
    )
else:
    load_when_used(__name__)

__all__ = ["Comparison", "Evidence", "Official", "Statement", "Verdict", "grade", "study"]
