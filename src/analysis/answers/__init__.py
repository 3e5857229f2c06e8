"""The answer of each report in a sentence, made from its numbers and their intervals."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.answers.answer import Answer
    from analysis.answers.careers import careers
    from analysis.answers.certification import certification
    from analysis.answers.credential_return import roi
    from analysis.answers.evidence import evidence
    from analysis.answers.outlook import outlook
    from analysis.answers.pell import pell, pell_cover
    from analysis.answers.program import program
    from analysis.answers.salary import salary
    from analysis.answers.settings import settings
    from analysis.answers.staffing import staffing
    from analysis.answers.supply import supply
else:
    load_when_used(__name__)

__all__ = [
    "Answer",
    "careers",
    "certification",
    "evidence",
    "outlook",
    "pell",
    "pell_cover",
    "program",
    "roi",
    "salary",
    "settings",
    "staffing",
    "supply",
]
