"""Every claim graded: the three required catches, and that none is forgotten."""

import re
from types import ModuleType

import pandas as pd
import pytest

from analysis import processed
from analysis.estimate import VERIFICATION as TRUST
from analysis.studies import evidence
from analysis.studies.evidence.claim_tests import TESTS, registry
from analysis.studies.evidence.grading import VERDICTS
from analysis.tabular import evidence as tables_of_evidence

WORDS = [
    "claim_id",
    "topic",
    "statement",
    "claimed_unit",
    "grade",
    "official_text",
    "official_unit",
    "year",
    "comparison",
    "source",
    "verification",
    "reason",
    "data_needed",
]


@pytest.fixture(scope="module")
def tables():
    return processed.Tables()


@pytest.fixture(scope="module")
def study(tables):
    return evidence.study(tables)


@pytest.fixture(scope="module")
def claims(study):
    return study.claims.set_index("claim_id")


def test_every_claim_gets_exactly_one_grade(tables, study):
    assert study.claims["claim_id"].tolist() == tables["guide_claims"]["claim_id"].tolist()
    assert len(study.claims) == 180
    assert study.claims["grade"].isin(VERDICTS).all()


def test_every_test_is_of_a_claim_that_exists(tables):
    assert set(TESTS) <= set(tables["guide_claims"]["claim_id"])


def test_every_claim_not_listed_as_untested_has_a_test(tables):
    listed = set(tables["guide_untested_claims"]["claim_id"])
    assert set(tables["guide_claims"]["claim_id"]) - listed <= set(TESTS)


def test_a_claim_without_a_test_or_a_reason_stops_the_study(tables):
    new = tables["guide_claims"].iloc[[0]].assign(claim_id="brand-new")
    more = pd.concat([tables["guide_claims"], new])
    with pytest.raises(ValueError, match="no reason why not for \\['brand-new'\\]"):
        evidence.study({name: tables[name] for name in tables} | {"guide_claims": more})


def test_a_test_of_a_claim_that_is_gone_stops_the_study(tables):
    fewer = tables["guide_claims"].query("claim_id != 'salary-cpc'")
    with pytest.raises(ValueError, match="do not exist: \\['salary-cpc'\\]"):
        evidence.study({name: tables[name] for name in tables} | {"guide_claims": fewer})


def test_two_tests_of_one_claim_are_refused():
    module = ModuleType("twice")
    module.first = registry.ClaimTest(("a-claim",), TESTS["salary-cpc"].look)
    module.second = registry.ClaimTest(("a-claim",), TESTS["salary-ccs"].look)
    with pytest.raises(ValueError, match="a-claim has two tests"):
        registry.collect(module)


@pytest.mark.parametrize(
    "claim_id", ["code-sets-icd11-replaced", "code-sets-icd11-in-use", "regulation-icd-annual"]
)
def test_the_united_states_still_codes_in_icd_10_cm(claims, claim_id):
    assert claims.loc[claim_id, "grade"] == "contradicted"
    assert "ICD-10-CM" in claims.loc[claim_id, "reason"]


def test_8_percent_through_2032_is_a_superseded_ten_year_figure(claims):
    """BLS: 2022-32 said 8.5 %, 2024-34 says 7.1 %; (8 - 7.1) / 7.1 = 12.7 %."""
    row = claims.loc["outlook-growth-2032"]
    assert row["grade"] == "outdated"
    assert (row["official_low"], row["official_high"]) == (7.1, 7.1)
    assert row["difference_pct"] == pytest.approx(12.7, abs=0.05)
    for words in ("2022-32", "8.5%", "7.1%", "2024-34", "ten years"):
        assert words in row["reason"]


def test_the_guide_s_three_top_states_are_not_the_top_three(claims):
    """OEWS May 2025 medians: DC 72,040, RI 63,960, HI 63,180 lead (BLS, data.md)."""
    row = claims.loc["salary-top-states"]
    assert row["grade"] == "contradicted"
    assert row["official_text"] == "District of Columbia, Rhode Island, Hawaii"
    assert re.search(r"chance .* is (\d+\.\d%|less than 1 in 10,000) at most", row["reason"])


@pytest.mark.parametrize(
    ("claim_id", "value", "grade"),
    [
        # OEWS May 2025: 55,530 / 34,860 / 6,150 of 194,720 jobs
        ("settings-hospitals-share", 100 * 55530 / 194720, "overstated"),
        ("settings-physician-offices-share", 100 * 34860 / 194720, "overstated"),
        ("settings-insurers-share", 100 * 6150 / 194720, "overstated"),
        # ACS 2024: 47.7 % work from home
        ("settings-remote-share", 47.7, "understated"),
        # AAPC 2025 report: 66,979 / 55,721
        ("salary-certified-premium", 100 * (66979 / 55721 - 1), "supported"),
        # CPC: 58,895 now, 54,401 in 2018, which 54,200 is 0.4 % below
        ("salary-cpc", 58895, "outdated"),
        # OEWS state means May 2025; May 2023 said 64,070, 60,510 and 58,890
        ("salary-state-california", 68230, "outdated"),
        ("salary-state-new-york", 67200, "outdated"),
        ("salary-state-massachusetts", 61560, "outdated"),
        # CPC 425, dues 222 (third party)
        ("cost-exam-cpc", 425, "overstated"),
        ("cost-aapc-membership", 222, "supported"),
        # median of 100, 105, 107 and 150 questions; of 2, 3.5, 4 and 4 hours
        ("exam-questions", 106, "overstated"),
        ("exam-hours", 3.75, "overstated"),
        # Kodiak 2024
        ("denials-initial-rate", 11.81, "overstated"),
    ],
)
def test_official_figures_are_the_published_ones(claims, claim_id, value, grade):
    row = claims.loc[claim_id]
    assert row["official_low"] == row["official_high"] == pytest.approx(value, rel=1e-5)
    assert row["grade"] == grade


def test_billing_companies_are_shown_by_both_definitions(claims):
    """541200 + 561400 = 6,870 + 3,060; with 541600 and 561100 also 9,610 and 7,490."""
    row = claims.loc["settings-billing-companies-share"]
    assert row["official_low"] == pytest.approx(100 * 9930 / 194720)
    assert row["official_high"] == pytest.approx(100 * 27030 / 194720)
    assert "depends on the definition" in row["reason"]


def test_figures_of_third_parties_keep_their_mark(claims):
    assert claims.loc["cost-exam-cpc", "verification"] == "third party"
    assert claims.loc["productivity-outpatient", "verification"] == "claim"
    tested = claims[claims["grade"].ne("not testable")]
    assert tested["verification"].isin(TRUST).all()
    assert tested["source"].ne("").all()
    assert tested["comparison"].isin(["direct", "proxy", "stale"]).all()


def test_a_claim_listed_as_untested_that_was_tested_says_so(tables, claims):
    listed = claims.loc[claims.index.isin(tables["guide_untested_claims"]["claim_id"])]
    tested = listed[listed["grade"].ne("not testable")]
    assert len(tested) > 0
    assert tested["reason"].str.startswith("Listed as untested").all()


def test_untestable_claims_say_why(claims):
    assert claims.loc[claims["grade"].eq("not testable"), "reason"].ne("").all()


def test_words_are_never_missing_and_never_nan(study):
    text = study.claims[WORDS]
    assert not text.isna().any().any()
    assert not text.apply(lambda column: column.str.contains(r"\b(?:nan|None|NaT)\b")).any().any()
    assert study.claims["reason"].str.endswith((".", ").")).all()


def test_no_experience_pay_is_called_more_than_a_proxy(claims):
    tiers = claims[claims["topic"].eq("salary-experience") & claims["official_low"].notna()]
    assert set(tiers["comparison"]) == {"proxy"}


def test_a_gap_between_members_is_never_called_an_effect(claims):
    for claim_id in ("cert-improves-prospects", "specialization-raises-pay"):
        assert claims.loc[claim_id, "grade"] == "not comparable"
    assert "unadjusted gap" in claims.loc["salary-certified-premium", "reason"]


def test_counts_by_topic_and_grade_add_up(study):
    summary = study.summary
    assert summary["claims"].sum() == 180
    assert summary[list(VERDICTS)].to_numpy().sum() == 180
    assert study.answer.graded == study.answer.supported + study.answer.not_supported


def test_grades_follow_the_data_and_not_the_code(tables):
    """With a projected fall of 2 % the claims of growth no longer hold."""
    projections = tables["projections"].copy()
    current = projections["projection_period"].eq("2024-34")
    projections.loc[current & projections["occupation_code"].eq("29-2072"), "growth_pct"] = -2.0
    changed = evidence.study({name: tables[name] for name in tables} | {"projections": projections})
    grades = changed.claims.set_index("claim_id")["grade"]
    assert grades["outlook-faster-than-average"] == "contradicted"
    assert grades["outlook-still-growing-with-ai"] == "contradicted"


def test_a_statement_that_left_the_data_is_not_graded_from_memory(tables):
    status = tables["code_set_status"].iloc[[0]]
    with pytest.raises(ValueError, match="No statement of code_set_status contains"):
        evidence.study({name: tables[name] for name in tables} | {"code_set_status": status})


def test_claims_of_one_grade_come_with_the_largest_difference_first(study):
    off = study.of("overstated", "understated")
    assert set(off["grade"]) == {"overstated", "understated"}
    assert off["difference_pct"].abs().is_monotonic_decreasing


def test_the_study_shows_itself_with_its_counts(study):
    html = study._repr_html_()
    assert "180 claims" in html
    assert "nan" not in html.lower()
    assert study.to_frame() is study.claims


def test_key_figures_count_what_the_table_holds(study):
    figures = {figure.name: figure.estimate.value for figure in study.key_figures()}
    grades = study.claims["grade"]
    assert figures["claims_supported"] == grades.eq("supported").sum()
    assert figures["claims_contradicted"] == grades.eq("contradicted").sum()
    assert figures["claims_graded"] == (~grades.isin(["not comparable", "not testable"])).sum()


def test_a_check_of_a_single_figure_is_named_by_its_subject_alone(study):
    subjects = tables_of_evidence.contradictions(study).shown["Subject"]
    assert {"Remote as the norm", "Shares of coder time: sum"} <= set(subjects)
    assert not subjects.str.endswith(":").any()
