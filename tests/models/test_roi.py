"""The study of a credential's return as a whole: what a page shows, and what it refuses."""

import math

import pandas as pd
import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models import finance
from analysis.models import roi as methods
from analysis.studies import roi
from analysis.studies.areas import state_codes
from analysis.studies.credentials import PATHWAYS, credential_terms

TABLES = processed.Tables()
TERMS = [
    credential_terms(TABLES, name)
    for name in sorted(
        {*TABLES["credentials"]["credential"], *TABLES["guide_credentials"]["credential"]}
    )
]
AREAS = ["US", *state_codes(TABLES["wages"], "29-2072")]


@pytest.fixture(scope="module")
def nation():
    """The study at its defaults."""
    return roi.study(TABLES, draws=5_000)


def assert_is_said(estimate: Estimate) -> None:
    """A figure is a finite number, or missing with its reason."""
    for value in (estimate.value, estimate.low, estimate.high):
        assert value is None or math.isfinite(value)
    assert estimate.value is not None or estimate.note


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_a_value_or_says_why_not(area):
    case = roi.return_case(TABLES, credential="CIC", area=area)
    flows = methods.monthly_flows(case)
    found = methods.measures(flows, discount_rate=0.03)
    for estimate in (found.npv_usd, found.payback_years, found.rate_of_return_pct):
        assert_is_said(estimate)
    assert math.isfinite(methods.expected_npv(case))
    assert not flows.isna().any(axis=None)


@pytest.mark.parametrize("pathway", PATHWAYS)
@pytest.mark.parametrize("baseline", ["high_school", "current_coder", "52000"])
def test_every_credential_has_a_value_on_every_route(pathway, baseline):
    case = roi.return_case(TABLES, pathway=pathway, baseline=baseline)
    values = [methods.expected_npv(case.with_credential(terms)) for terms in TERMS]
    assert len(values) == 10
    assert all(math.isfinite(value) for value in values)


def test_a_case_for_another_credential_is_that_credentials_case():
    other = roi.return_case(TABLES).with_credential(credential_terms(TABLES, "CCS"))
    assert other == roi.return_case(TABLES, credential="CCS")


def test_the_parts_of_a_study_agree(nation):
    rate = finance.monthly_rate(0.03)
    assert nation.measures.npv_usd.value == finance.npv(rate, nation.flows["net_usd"])
    assert nation.measures.npv_usd.value == pytest.approx(methods.expected_npv(nation.case))
    assert nation.flows["discounted_usd"].sum() == pytest.approx(nation.measures.npv_usd.value)
    long_run = nation.long_run.table.set_index(["years", "discount_rate"])["npv_usd"]
    assert long_run[(20, 0.03)] == pytest.approx(nation.measures.npv_usd.value)


def test_the_rate_of_return_brings_the_value_to_zero(nation):
    for rate in nation.measures.rates_of_return:
        worth = finance.npv(finance.monthly_rate(rate), nation.flows["net_usd"])
        assert worth == pytest.approx(0, abs=1e-3)


def test_the_benefit_cost_ratio_is_above_one_just_where_it_pays(nation):
    assert (nation.measures.benefit_cost.value > 1) == (nation.measures.npv_usd.value > 0)


def test_a_key_figure_is_said_or_its_absence_explained(nation):
    figures = nation.key_figures()
    assert len({figure.name for figure in figures}) == len(figures)
    for figure in figures:
        assert_is_said(figure.estimate)


def test_the_official_median_is_the_published_one(nation):
    """OEWS May 2025, 29-2072: 51,140 (RSE of the mean 0.4 %)."""
    assert nation.median_wage_usd.value == 51_140


def test_a_study_shows_itself_in_a_notebook(nation):
    parts = (nation, nation.costs, nation.value, nation.tests, nation.comparison, nation.inputs)
    for part in parts:
        assert "<table" in part._repr_html_()
        assert isinstance(part.to_frame(), pd.DataFrame)


def test_a_study_never_speaks_of_causes(nation):
    said = " ".join([*nation.notes, *nation.inputs.table["note"], *nation.inputs.table["label"]])
    assert "association" in said
    assert "caus" not in said.lower()


def test_the_page_says_what_favours_the_credential(nation):
    shown = nation.value.note
    assert all(note in shown for note in nation.notes)


def test_an_entrant_is_told_of_the_level_baseline_and_a_coder_is_not():
    favours = "The baseline stays level"
    coder = roi.return_case(TABLES, pathway="certification_only", baseline="current_coder")
    assert any(note.startswith(favours) for note in roi.return_case(TABLES).notes)
    assert not any(note.startswith(favours) for note in coder.notes)


def test_a_case_leaves_the_tables_as_they_were():
    names = ("credentials", "pass_rates", "programme_costs", "guide_certification_costs")
    before = {name: TABLES[name].copy() for name in names}
    roi.cost_lines(roi.return_case(TABLES, credential="CCS"))
    for name in names:
        pd.testing.assert_frame_equal(TABLES[name], before[name])


def test_the_comparison_has_every_credential_of_the_guide_by_every_pathway(nation):
    table = nation.comparison.table
    assert len(table) == 7 * 4
    cpc = table.set_index(["credential", "pathway"]).loc[("CPC", "certificate")]
    assert cpc["guide_mean_wage_usd"] == 54_200
    assert cpc["member_wage_usd"] == 58_895  # AAPC, 2025 report
    assert cpc["official_median_wage_usd"] == pytest.approx(51_140)
    assert (cpc["guide_fee_low_usd"], cpc["published_fee_usd"]) == (460, 425)
    assert cpc["npv_usd"] == pytest.approx(nation.measures.npv_usd.value)
    assert cpc["payback_years"] == pytest.approx(nation.measures.payback_years.value)
    assert table.loc[~table["is_eligible"], "npv_usd"].isna().all()


def test_each_account_of_earnings_gives_its_own_value():
    """The guide's beginners earn (38,000 + 45,000) / 2 = 41,500 less 3.8 % unemployment; completers
    of real certificate programs 36,646.50 (College Scorecard), which does not repay the course."""
    found = roi.earnings_scenarios(TABLES, roi.return_case(TABLES)).set_index("scenario")
    assert found.loc["the guide's tiers", "first_year_wage_usd"] == pytest.approx(41_500 * 0.962)
    assert found.loc["the guide's tiers", "later_wage_usd"] == pytest.approx(65_500 * 0.962)
    real = found.loc["completers of real programs"]
    assert real["first_year_wage_usd"] == pytest.approx(36_646.5 * 0.962)
    assert real["npv_usd"] < 0
    assert pd.isna(real["payback_years"])


def test_a_coder_is_also_valued_at_the_guides_premium():
    """The guide: 20 to 25 % more, 22.5 % in the middle."""
    case = roi.return_case(TABLES, pathway="certification_only", baseline="current_coder")
    found = roi.earnings_scenarios(TABLES, case).set_index("scenario")["npv_usd"]
    at_guide = methods.expected_npv(case.with_input("premium_pct", 22.5))
    assert found["the guide's premium"] == pytest.approx(at_guide)
    assert found["official pay by experience"] == pytest.approx(methods.expected_npv(case))


def test_guam_has_no_price_parity_and_the_test_says_so():
    tests = roi.published_tests(TABLES, roi.return_case(TABLES, area="GU"))
    added = tests[tests["test"].eq("value-added earnings")]
    assert added["value"].isna().all()
    assert added["note"].eq("BEA publishes no price parity for Guam.").all()
    assert tests.loc[tests["value"].isna(), "note"].str.len().gt(0).all()


def test_a_program_of_46_weeks_is_outside_workforce_pell_whatever_it_costs():
    """The guide's certificate takes 9 to 12 months; the law admits 8 to under 15 weeks."""
    for pathway in ("certificate", "associate", "self_study"):
        tests = roi.published_tests(TABLES, roi.return_case(TABLES, pathway=pathway))
        added = tests[tests["test"].eq("value-added earnings")]
        assert added["passes"].eq(False).all()
        assert added["note"].str.contains("the law admits 8 to under 15 weeks").all()


def test_a_program_of_12_weeks_is_not_said_to_pass_while_its_hours_are_unknown():
    """2.8 months x 52 / 12 = 12.1 weeks."""
    case = roi.return_case(TABLES).with_input("training_months", 2.8)
    tests = roi.published_tests(TABLES, case)
    assert tests.loc[tests["test"].eq("value-added earnings"), "passes"].isna().all()


def test_the_typical_certificate_program_barely_passes_the_earnings_premium():
    """36,646.50 against the national threshold of 36,082: 564.50 over."""
    tests = roi.published_tests(TABLES, roi.return_case(TABLES))
    row = tests[tests["test"].eq("earnings premium")].iloc[0]
    assert row["value"] == 36_646.5 - 36_082
    assert row["passes"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"credential": "CPCC"}, "credential must be one of .* Did you mean CPC"),
        ({"pathway": "certficate"}, "pathway must be one of .* Did you mean certificate"),
        ({"area": "ZZ"}, "area must be"),
        ({"baseline": "coder"}, "baseline must be .* Did you mean current_coder"),
        ({"discount_rate": 0.51}, "discount_rate must lie within -0.5 to 0.5"),
        ({"discount_rate": math.nan}, "discount_rate must lie within"),
        ({"horizon_years": 0}, "horizon_years must lie within 1 to 60"),
        ({"horizon_years": 2.5}, "horizon_years must be a whole number"),
        ({"remote_after_years": -1}, "remote_after_years must lie within 0 to inf"),
        ({"premium_share": 1.5}, "premium_share must lie within 0 to 1"),
        ({"occupation": "99-9999"}, "occupation must be"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(choice, message):
    with pytest.raises(WrongInput, match=message):
        roi.study(TABLES, draws=100, **choice)


def test_every_wrong_number_is_named_at_once():
    with pytest.raises(WrongInput, match=r"discount_rate .*horizon_years"):
        roi.return_case(TABLES, discount_rate=3, horizon_years=99)
