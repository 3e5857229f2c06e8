"""One small test for each claim that data can settle; find a claim's by its id."""

from analysis.studies.evidence.claim_tests import (
    code_sets,
    costs,
    credential_pay,
    education,
    exams,
    operations,
    outlook,
    pay,
    remote,
    settings,
    states,
)
from analysis.studies.evidence.claim_tests.registry import ClaimTest, collect

TESTS: dict[str, ClaimTest] = collect(
    code_sets,
    costs,
    credential_pay,
    education,
    exams,
    operations,
    outlook,
    pay,
    remote,
    settings,
    states,
)

__all__ = ["TESTS", "ClaimTest"]
