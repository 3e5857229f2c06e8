"""The answer of each report in a sentence, made from its numbers and their intervals."""

from analysis.answers.answer import Answer
from analysis.answers.credential_return import roi
from analysis.answers.evidence import evidence
from analysis.answers.outlook import outlook
from analysis.answers.staffing import staffing

__all__ = ["Answer", "evidence", "outlook", "roi", "staffing"]
