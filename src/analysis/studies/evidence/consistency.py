"""Where the guide disagrees with itself, worked out from its own tables."""

from collections.abc import Callable

import pandas as pd

from analysis.studies.evidence.self_checks import money, shares, timeline
from analysis.studies.evidence.self_checks.finding import Finding
from analysis.studies.lookup import Tables

CHECKS: tuple[Callable[[Tables], list[Finding]], ...] = (
    shares.setting_shares,
    shares.remote_as_the_norm,
    shares.time_shares,
    shares.software_errors,
    shares.growth_a_year,
    shares.certified_majority,
    shares.code_sets,
    money.exam_fee,
    money.first_certification,
    money.retakes,
    money.renewal,
    money.certified_premium,
    money.certified_tier,
    money.pay_bands,
    money.specialties,
    money.state_averages,
    timeline.training,
    timeline.path_to_credential,
    timeline.wait_for_the_exam,
    timeline.start_to_job,
    timeline.start_to_remote,
    timeline.experienced,
    timeline.tiers_of_years,
    timeline.management,
    timeline.study_load,
    timeline.minutes_a_record,
)


def contradictions(tables: Tables) -> pd.DataFrame:
    """Hold the guide's figures against each other.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The tables of the guide; no official figure is used.

    Returns
    -------
    DataFrame
        subject, part, claim_ids (joined by "; "), stated_low, stated_high (what the guide
        states), value_low, value_high (what follows from its own figures), unit,
        is_contradiction (False where the figures agree and only what follows is told), finding.

    Examples
    --------
    >>> from analysis import processed
    >>> found = contradictions(processed.Tables()).set_index(["subject", "part"])
    >>> found.loc[("First certification", "listed items"), ["value_low", "value_high"]].tolist()
    [880.0, 1080.0]
    """
    findings = [finding for check in CHECKS for finding in check(tables)]
    table = pd.DataFrame([_row(finding) for finding in findings])
    numbers = ["stated_low", "stated_high", "value_low", "value_high"]
    return table.astype(dict.fromkeys(numbers, "float64"))


def _row(finding: Finding) -> dict[str, object]:
    """Lay one finding out."""
    return {
        "subject": finding.subject,
        "part": finding.part,
        "claim_ids": "; ".join(finding.claim_ids),
        "stated_low": None if finding.stated is None else finding.stated.low,
        "stated_high": None if finding.stated is None else finding.stated.high,
        "value_low": finding.value.low,
        "value_high": finding.value.high,
        "unit": finding.unit,
        "is_contradiction": finding.is_contradiction,
        "finding": finding.finding,
    }
