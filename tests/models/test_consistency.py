"""The guide against itself; the expected numbers are those of its hand-made review."""

import pandas as pd
import pytest

from analysis import processed
from analysis.studies.evidence.consistency import contradictions


@pytest.fixture(scope="module")
def tables():
    return processed.Tables()


@pytest.fixture(scope="module")
def found(tables):
    return contradictions(tables).table.set_index(["subject", "part"])


EXPECTED = [  # guide/consistency.md: subject, part, low, high, decimals given there
    ("Exam fee", "", 400, 460, 0),
    ("Length of training", "", 6, 24, 0),
    ("Setting shares", "settings-hospitals-share", 44.9, 44.9, 1),
    ("Setting shares", "settings-physician-offices-share", 35.9, 35.9, 1),
    ("Setting shares", "settings-billing-companies-share", 12.8, 12.8, 1),
    ("Setting shares", "settings-insurers-share", 6.4, 6.4, 1),
    ("Shares of coder time", "sum", 85, 110, 0),
    ("Shares of coder time", "check AI proposals", 35.9, 35.9, 1),
    ("Shares of coder time", "code hard cases", 28.2, 28.2, 1),
    ("Shares of coder time", "query providers", 23.1, 23.1, 1),
    ("Shares of coder time", "audit and quality", 12.8, 12.8, 1),
    ("Remote as the norm", "", 78, 78, 0),
    ("First certification", "listed items", 880, 1080, 0),
    ("First certification", "with the other exam fee", 820, 1080, 0),
    ("First certification", "with tuition", 2080, 16080, 0),
    ("Retakes", "sittings", 1.43, 1.67, 2),
    ("Retakes", "exam fees", 657, 767, 0),
    ("Retakes", "total", 1077, 1387, 0),
    ("Renewal", "", -20, 80, 0),
    ("Pay without a credential", "all five", 45616, 47517, 0),
    ("Pay without a credential", "CPC", 43360, 45167, 0),
    ("Pay without a credential", "CIC", 48080, 50083, 0),
    ("Certified tier", "mean of the credentials", 57020, 57020, 0),
    ("Certified tier", "step from the mean", 28.0, 47.3, 1),
    ("Pay bands", "gaps", 1000, 1000, 0),
    ("Pay bands", "rise of the middles", 25.3, 28.2, 1),
    ("Specialists", "", 7000, 7000, 0),
    ("State averages", "California", 62300, 62300, 0),
    ("State averages", "New York", 59800, 59800, 0),
    ("Path to a credential", "certificate", 11, 15, 0),
    ("Path to a credential", "associate degree", 26, 27, 0),
    ("Path to a credential", "self-study", 8, 12, 0),
    ("Path to a credential", "certificate and wait", 9, 18, 0),
    ("Start to first job", "", 0, 13, 0),
    ("Start to remote work", "", 39, 48, 0),
    ("Management", "", 5, 7, 0),
    ("Study load", "", 7.7, 17.3, 1),
    ("Minutes a record", "outpatient", 4.4, 8.4, 1),
    ("Minutes a record", "inpatient", 10.6, 22.4, 1),
    ("Errors of software", "", 8, 15, 0),
    ("Growth a year", "", 0.77, 1.29, 2),
    ("Implied mean pay", "", 55449, 55449, 0),
]


@pytest.mark.parametrize(("subject", "part", "low", "high", "decimals"), EXPECTED)
def test_what_follows_equals_the_review(found, subject, part, low, high, decimals):
    row = found.loc[(subject, part)]
    half = 0.5 * 10**-decimals + 1e-9
    assert row["value_low"] == pytest.approx(low, abs=half)
    assert row["value_high"] == pytest.approx(high, abs=half)


@pytest.mark.parametrize(
    ("subject", "part", "words"),
    [
        ("First certification", "listed items", "2.3% and 1.9%"),
        ("First certification", "with the other exam fee", "$80 under"),
        ("Retakes", "exam fees", "$197 to $307 more"),
        ("Certified tier", "mean of the credentials", "$12,900 under"),
        ("Pay bands", "gaps", "CCS ($58,600) and Massachusetts ($58,400)"),
        ("Setting shares", "settings-hospitals-share", "35% to 57%"),
        ("Shares of coder time", "sum", "97.5%"),
        ("Errors of software", "", "1.6 to 3.0 times"),
    ],
)
def test_the_sentence_carries_the_arithmetic(found, subject, part, words):
    assert words in found.loc[(subject, part), "finding"]


def test_the_set_for_inpatient_procedures_is_found_missing_although_hcpcs_ends_alike(found):
    assert found.loc[("Code sets", ""), "is_contradiction"]


def test_every_claim_flagged_as_inconsistent_is_part_of_a_finding(tables, found):
    flagged = tables["guide_claims"].query("not is_consistent")["claim_id"]
    told = set("; ".join(found["claim_ids"]).split("; "))
    assert set(flagged) <= told


def test_every_claim_named_exists(tables, found):
    named = set("; ".join(found["claim_ids"]).split("; "))
    assert named <= set(tables["guide_claims"]["claim_id"])


def test_a_guide_that_agrees_with_itself_has_no_gap_in_its_total(tables):
    """Stated at 880 to 1,080, the total equals its items: nothing is 'more'."""
    claims = tables["guide_claims"].copy()
    total = claims["claim_id"].eq("cost-first-certification-total")
    claims.loc[total, ["low", "high"]] = [880.0, 1080.0]
    mended = {name: tables[name] for name in tables} | {"guide_claims": claims}
    row = (
        contradictions(mended)
        .table.set_index(["subject", "part"])
        .loc[("First certification", "listed items")]
    )
    assert "0.0% and 0.0% more" in row["finding"]
    assert not row["is_contradiction"]


def test_only_the_total_with_retakes_can_disagree_as_the_guide_states_no_sittings(found):
    assert found.loc["Retakes", "is_contradiction"].to_dict() == {
        "sittings": False,
        "exam fees": False,
        "total": True,
    }


def test_no_sentence_prints_a_missing_value(found):
    assert not found["finding"].str.contains("nan|None|NaN").any()
    assert pd.notna(found["finding"]).all()
