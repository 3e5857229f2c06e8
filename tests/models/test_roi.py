"""The study of a credential's return as a whole: what a page shows, and what it refuses."""

import math
import re

import numpy as np
import pandas as pd
import pytest

from analysis import answers, processed
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models import finance
from analysis.models import roi as methods
from analysis.models.roi.cash_flow import baseline_pay
from analysis.studies import roi
from analysis.studies.areas import state_codes
from analysis.studies.credentials import credential_terms
from analysis.studies.roi.counterfactuals import at_pay
from analysis.studies.roi.pathways import PATHWAYS

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
@pytest.mark.parametrize("baseline", ["usual", "current_coder", "52000"])
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


def test_a_level_baseline_is_said_to_favor_the_credential_and_one_by_age_is_not():
    favors = "The baseline stays level"
    level, by_age = (
        roi.return_case(TABLES, baseline=baseline)
        for baseline in ("federal_threshold", "high_school")
    )
    assert any(note.startswith(favors) for note in level.notes)
    assert not any(note.startswith(favors) for note in by_age.notes)


def test_a_case_leaves_the_tables_as_they_were():
    names = ("credentials", "pass_rates", "programme_costs", "guide_certification_costs")
    before = {name: TABLES[name].copy() for name in names}
    roi.cost_lines(roi.return_case(TABLES, credential="CCS"))
    for name in names:
        pd.testing.assert_frame_equal(TABLES[name], before[name])


def test_the_comparison_has_every_credential_of_the_guide_by_each_training_that_leads_to_it(nation):
    """Five by three trainings, RHIT by its degree; RHIA by none."""
    table = nation.comparison.table
    assert len(table) == 5 * 3 + 1
    cpc = table.set_index(["credential", "pathway"]).loc[("CPC", "certificate")]
    assert cpc["guide_mean_wage_usd"] == 54_200
    assert cpc["member_wage_usd"] == 58_895  # AAPC, 2025 report
    assert cpc["official_median_wage_usd"] == pytest.approx(51_140)
    assert (cpc["guide_fee_low_usd"], cpc["published_fee_usd"]) == (460, 425)
    assert cpc["npv_usd"] == pytest.approx(nation.measures.npv_usd.value)
    assert cpc["payback_years"] == pytest.approx(nation.measures.payback_years.value)
    unpublished = table.loc[table["published_fee_usd"].isna(), "credential"]
    assert set(unpublished) == {"COC", "CIC"}


# --- what the first edition took for the answer, and what the evidence says ----------------------

FIRST = {"baseline": "federal_threshold", "edition": "first"}


def test_the_inputs_of_the_first_edition_still_give_its_value():
    """CPC by certificate, United States, 20 years, 3 %: 47,912 at the most likely inputs."""
    assert methods.expected_npv(roi.return_case(TABLES, **FIRST)) == pytest.approx(47_912, abs=0.5)


def test_the_mean_and_the_median_of_the_draws_are_not_the_value_at_the_most_likely_inputs():
    """100,000 draws: mean 31,951, median -8,817."""
    found = methods.simulate(roi.return_case(TABLES, **FIRST))
    assert found.mean_usd.value == pytest.approx(31_951, abs=0.5)
    assert found.npv_usd.value == pytest.approx(-8_817, abs=0.5)


@pytest.mark.parametrize(
    ("name", "value", "npv_usd"),
    [
        ("baseline_unemployment_rate_pct", 0.0, 40_161),  # the threshold counts those without work
        ("baseline_wage_usd", 48_360.0, -12_731),  # 52 x 930, full-time workers of 25 and over
        ("placement_rate_pct", 65.0, 32_487),  # openings over awards
    ],
)
def test_one_input_changed_moves_the_value_of_the_first_edition(name, value, npv_usd):
    case = roi.return_case(TABLES, **FIRST).with_input(name, value)
    assert methods.expected_npv(case) == pytest.approx(npv_usd, abs=0.5)


@pytest.mark.parametrize(
    ("earnings_usd", "npv_usd"),
    [
        (34_930.0, -23_412),  # completers of certificate programs, each campus counted
        (39_507.5, -2_484),  # of public colleges
        (36_646.5, -15_564),  # each institution counted once
    ],
)
def test_what_completers_earn_does_not_repay_the_course(earnings_usd, npv_usd):
    """College Scorecard 2026-06-10, CIP 51.07, level over time, unemployment taken off."""
    case = at_pay(roi.return_case(TABLES, **FIRST), (0.0,), (earnings_usd,))
    assert methods.expected_npv(case) == pytest.approx(npv_usd, abs=0.5)


# --- accounts -----------------------------------------------------------------------------------


def test_the_accounts_of_a_newcomer_run_from_completers_to_the_percentile_path(nation):
    table = nation.counterfactuals.table.set_index("name")
    assert list(table.index) == [
        "percentiles",
        "coders_by_age",
        "public_completers",
        "all_completers",
        "federal_threshold",
        "guide",
    ]
    assert table["mean_usd"].drop("guide").idxmax() == "percentiles"
    assert table["mean_usd"].idxmin() == "all_completers"
    assert table.loc["public_completers", "first_year_wage_usd"] == pytest.approx(39_606 * 0.962)
    assert table.loc["guide", "first_year_wage_usd"] == pytest.approx(41_500 * 0.962)
    assert table[["about", "rests_on"]].map(len).gt(0).all(axis=None)


def test_full_time_pay_on_both_sides_is_worth_less_than_full_time_against_all():
    """High-school graduates of 25 to 29: 33,503 of all in the labor force, 40,610 full time."""
    every, full_time = (roi.return_case(TABLES, hours=hours) for hours in ("all", "full_time"))
    assert every.input("baseline_wage_usd").value == 33_503.25
    assert full_time.input("baseline_wage_usd").value == 40_610
    assert methods.expected_npv(full_time) < methods.expected_npv(every)
    assert full_time.most_likely["baseline_unemployment_rate_pct"] == 4.2
    assert every.most_likely["baseline_unemployment_rate_pct"] == 0  # counted, as wages of 0


def test_women_gain_more_than_all_since_other_work_pays_them_less():
    """Women with a high-school diploma, 25 to 34: 29,200 as answered, of all 35,000."""
    women, every = (roi.return_case(TABLES, sex=sex) for sex in ("women", "all"))
    assert methods.expected_npv(women) > methods.expected_npv(every)
    assert "woman" in women.baseline.label


def test_the_baseline_follows_the_medians_of_later_ages():
    """From 25 on: 33,503 at 27.5 and 40,610 at 42.5, in the middles of their age groups."""
    pay = 12 * baseline_pay(roi.return_case(TABLES))
    assert pay[[0, 30, 210]] == pytest.approx([33_503.25, 33_503.25, 40_610])


def test_a_state_the_sample_lacks_is_scaled_by_the_federal_thresholds():
    """California: 36,976 over 36,082 of the nation's 33,503 at 25."""
    case = roi.return_case(TABLES, area="CA")
    assert case.input("baseline_wage_usd").value == pytest.approx(33_503.25 * 36_976 / 36_082)
    assert any("The ACS extract lacks California" in note for note in case.notes)


def test_a_coder_gains_the_gap_and_nothing_else():
    """Without a gap all that is left is what is paid."""
    study = roi.study(TABLES, pathway="certification_only", draws=2_000)
    table = study.counterfactuals.table.set_index("name")
    assert study.case.baseline.name == "current_coder"
    assert table.loc["no_gap", "mean_usd"] < 0
    assert table["mean_usd"].is_monotonic_decreasing is False
    assert table.loc["raw_gap", "mean_usd"] > table.loc["schooling_gap", "mean_usd"]
    assert any("nothing else" in note for note in study.notes)
    at_guide = methods.expected_npv(study.case.with_input("premium_pct", 22.5))
    assert table.loc["guide", "npv_usd"] == pytest.approx(at_guide)


def test_the_premium_at_which_it_breaks_even_is_a_coders_question_alone(nation):
    coder = roi.study(TABLES, pathway="certification_only", draws=500)
    assert "premium_pct" in coder.break_even
    assert "premium_pct" not in nation.break_even
    assert not any(figure.name == "break_even_premium_pct" for figure in nation.key_figures())


def test_no_chance_is_given_the_noise_of_the_simulation_for_an_interval(nation):
    figures = {figure.name: figure.estimate for figure in nation.key_figures()}
    odds = figures["p_gain_pct"]
    low, high = nation.spanned("p_gain_pct")
    assert (odds.low, odds.high) == (low, high)
    assert low <= odds.value <= high
    assert odds.limits == "over all accounts"
    assert nation.simulation.p_gain.low is None


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"area": "PR", "credential": "RHIT", "pathway": "associate"},
        {"sex": "women", "hours": "full_time", "start_age": 35.0, "area": "NC"},
        {"baseline": 31_000.0, "pathway": "self_study", "area": "DC"},
    ],
)
def test_every_figure_of_the_opening_sentence_stands_in_the_tables_of_the_page(choice):
    """Sign and size: chances as people of 100, gains and losses to the thousand."""
    study = roi.study(TABLES, draws=2_000, **choice)
    text = answers.roi(study).text
    table = study.counterfactuals.table.iloc[: len(study.accounts)]
    for column in ("p_gain_pct", "p_gain_if_employed_pct"):
        low, high = round(table[column].min()), round(table[column].max())
        assert (f"{low} to {high}" if low != high else f"{low} ") in text
    said = {
        (1 if word == "gain" else -1) * int(usd.replace(",", ""))
        for word, usd in re.findall(r"a (gain|loss) of \$([\d,]+)", text)
    }
    ends = {
        1_000 * round(end / 1_000)
        for column in ("median_usd", "mean_usd")
        for end in (table[column].min(), table[column].max())
    }
    assert said == ends - {0}
    cards = {figure.name: figure.estimate for figure in study.key_figures()}
    mean = cards["npv_mean_usd"]
    assert {1_000 * round(end / 1_000) for end in (mean.low, mean.high)} <= ends
    first = text.split(". ")[0]
    assert len(first.split()) <= 25
    assert str(study.case.horizon_years) in first


def test_after_tax_both_sides_are_net_and_the_gain_is_smaller():
    """North Carolina, 50,000 USD: 3,871.50 federal (10 % of 11,925 and 12 % of 22,325 above the
    standard deduction of 15,750), 1,583.13 state and 3,825 payroll tax (7.65 %) leave 40,720.37."""
    gross, net = (roi.return_case(TABLES, area="NC", after_tax=tax) for tax in (False, True))
    assert net.net(np.array([50_000.0]))[0] == pytest.approx(40_720.37)
    assert methods.expected_npv(net) < methods.expected_npv(gross)
    assert (baseline_pay(net) < baseline_pay(gross)).all()
    value = finance.npv(finance.monthly_rate(0.03), methods.monthly_flows(net)["net_usd"])
    assert methods.expected_npv(net) == pytest.approx(value)


def test_a_territory_has_no_table_of_taxes():
    with pytest.raises(WrongInput, match="after_tax must be false for Guam"):
        roi.return_case(TABLES, area="GU", after_tax=True)


def test_the_chance_to_find_work_is_bounded_by_openings_over_awards():
    """14,200 openings over 21,997 awards, 33,960 with billing: 64.6 and 41.8 %; at most 85 %."""
    found = roi.return_case(TABLES).input("placement_rate_pct")
    assert (found.low, found.value, found.high) == pytest.approx((41.8, 64.6, 85.0), abs=0.05)


@pytest.mark.parametrize(
    ("credential", "pathway", "allowed"),
    [
        ("RHIA", "certificate", "certification_only"),
        ("RHIT", "self_study", "associate or certification_only"),
    ],
)
def test_a_pathway_that_does_not_lead_to_the_credential_is_refused(credential, pathway, allowed):
    with pytest.raises(WrongInput, match=f"pathway must be {allowed} for {credential}"):
        roi.return_case(TABLES, credential=credential, pathway=pathway)


def test_newcomers_and_coders_are_never_in_one_table(nation):
    assert set(nation.comparison.table["baseline"]) == {"high_school"}
    assert set(nation.coder_comparison.table["baseline"]) == {"current_coder"}
    assert set(nation.coder_comparison.table["pathway"]) == {"certification_only"}


def test_guam_has_no_price_parity_and_the_test_says_so():
    tests = roi.published_tests(TABLES, roi.return_case(TABLES, area="GU")).table
    added = tests[tests["test"].eq("value-added earnings")]
    assert added["value"].isna().all()
    assert added["note"].eq("BEA publishes no price parity for Guam.").all()
    assert tests.loc[tests["value"].isna(), "note"].str.len().gt(0).all()


def test_a_program_of_46_weeks_is_outside_workforce_pell_whatever_it_costs():
    """The guide's certificate takes 9 to 12 months; the law admits 8 to under 15 weeks."""
    for pathway in ("certificate", "associate", "self_study"):
        tests = roi.published_tests(TABLES, roi.return_case(TABLES, pathway=pathway)).table
        added = tests[tests["test"].eq("value-added earnings")]
        assert added["passes"].eq(False).all()
        assert added["note"].str.contains("the law admits 8 to under 15 weeks").all()


def test_a_program_of_12_weeks_is_not_said_to_pass_while_its_hours_are_unknown():
    """2.8 months x 52 / 12 = 12.1 weeks."""
    case = roi.return_case(TABLES).with_input("training_months", 2.8)
    tests = roi.published_tests(TABLES, case).table
    assert tests.loc[tests["test"].eq("value-added earnings"), "passes"].isna().all()


@pytest.mark.parametrize(("edition", "earnings"), [("first", 36_646.5), ("current", 39_606)])
def test_a_case_is_tested_by_earnings_of_the_sector_whose_tuition_it_pays(edition, earnings):
    """Public certificates 39,606 against the national threshold of 36,082; the first edition took
    all institutions, 36,646.50."""
    tests = roi.published_tests(TABLES, roi.return_case(TABLES, edition=edition)).table
    row = tests[tests["test"].eq("earnings premium")].iloc[0]
    assert row["value"] == earnings - 36_082
    assert row["passes"]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"credential": "CPCC"}, "credential must be one of .* Did you mean CPC"),
        ({"pathway": "certficate"}, "pathway must be one of .* Did you mean certificate"),
        ({"area": "ZZ"}, "area must be"),
        ({"baseline": "coder"}, "baseline must be .* Did you mean current_coder"),
        (
            {"baseline": "high_school", "pathway": "certification_only"},
            "baseline must be usual, current_coder or a salary",
        ),
        ({"sex": "female"}, "sex must be all or women or men"),
        ({"hours": "part"}, "hours must be all or full_time"),
        ({"start_age": 17}, "start_age must lie within 18 to 60"),
        ({"foregone_share": 1.1}, "foregone_share must lie within 0 to 1"),
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
