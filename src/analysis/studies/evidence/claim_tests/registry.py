"""Tie each test of a claim to the claims it tests."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import Tables

Look = Callable[[Tables, Claim], Official]


@dataclass(frozen=True, slots=True)
class ClaimTest:
    """A function that looks up what the data say, and the claims it does so for.

    Parameters
    ----------
    claim_ids : tuple of str
        Of the table `guide_claims`.
    look : callable
        Takes the processed tables and the claim.
    """

    claim_ids: tuple[str, ...]
    look: Look

    def __call__(self, tables: Tables, claim: Claim) -> Official:
        """Look up what the data say about `claim`."""
        return self.look(tables, claim)


def tests(*claim_ids: str) -> Callable[[Look], ClaimTest]:
    """Mark a function as the test of the claims `claim_ids`."""
    return lambda look: ClaimTest(claim_ids, look)


def collect(*modules: ModuleType) -> dict[str, ClaimTest]:
    """Gather the tests that modules define, by claim.

    Raises
    ------
    ValueError
        Two tests are of the same claim.
    """
    found: dict[str, ClaimTest] = {}
    for module in modules:
        for test in vars(module).values():
            for claim_id in test.claim_ids if isinstance(test, ClaimTest) else ():
                if claim_id in found:
                    raise ValueError(f"{claim_id} has two tests; {module.__name__} holds one.")
                found[claim_id] = test
    return found
