"""One small test for each statement that data can settle; find a statement's by its id."""

from collections.abc import Mapping
from types import MappingProxyType

from analysis.studies.evidence.grading import Test
from analysis.studies.evidence.statement_tests import credentials, education, pay, work

TESTS: Mapping[str, Test] = MappingProxyType(
    {**credentials.TESTS, **education.TESTS, **pay.TESTS, **work.TESTS}
)

__all__ = ["TESTS"]
