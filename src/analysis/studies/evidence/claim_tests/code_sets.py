"""Claims about the code sets in force."""

import pandas as pd

from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import Tables, cite

HIPAA_SETS = r"(ICD-10-(?:CM|PCS))"  # as the sources name them
GUIDE_DIAGNOSES = "diagnoses"


@tests("code-sets-count")
def number_of_code_sets(tables: Tables, claim: Claim) -> Official:
    """Count the ICD-10 sets that HIPAA names and the guide's sets for all else."""
    hipaa = _statements(tables, "HIPAA code sets")
    named = hipaa["statement"].str.extractall(HIPAA_SETS)[0].unique()
    others = tables["guide_code_sets"].query("covers != @GUIDE_DIAGNOSES")["code_set"]
    count = float(len(named) + len(others))
    return Official(
        low=count,
        high=count,
        unit=claim.unit,
        year=str(hipaa["vintage"].iloc[-1]),
        cited=cite(hipaa),
        reason=f"HIPAA names {' and '.join(named)}, which with {' and '.join(others)} makes "
        f"{count:.0f}; the guide leaves out the set for inpatient procedures.",
    )


@tests("code-sets-icd11-replaced", "code-sets-icd11-in-use", "regulation-icd-annual")
def icd_11(tables: Tables, _: Claim) -> Official:
    """Ask which diagnosis codes the United States uses."""
    in_force = _statements(tables, "ICD-10-CM Official Guidelines|codes are to be used")
    no_date = _statements(tables, "no official implementation date")
    return Official(
        text="ICD-10-CM in force; no US date for ICD-11",
        year=str(in_force["vintage"].iloc[-1]),
        cited=cite(pd.concat([in_force, no_date])),
        holds=False,
        reason="US diagnoses are still coded in ICD-10-CM, which is issued anew each fiscal year; "
        "ICD-11 has no US date, and no source in hand knows an adopted US version of it.",
    )


def _statements(tables: Tables, words: str) -> pd.DataFrame:
    """Find the statements on the code sets in force that contain `words`.

    Raises
    ------
    ValueError
        None does: the facts have changed, and so may the grade.
    """
    status = tables["code_set_status"]
    found = status[status["statement"].str.contains(words, regex=True)]
    if found.empty:
        raise ValueError(f"No statement of code_set_status contains {words!r} any more.")
    return found
