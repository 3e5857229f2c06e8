"""The value of a credential: by hand, month by month against all at once, and laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from analysis import processed
from analysis.models import finance
from analysis.models import roi as methods
from analysis.models.roi.value import net_present_value, value_tables
from analysis.studies import roi

TABLES = processed.Tables()
CODER = roi.return_case(TABLES, pathway="certification_only", baseline="current_coder")
ENTRANT = roi.return_case(TABLES)
GUAM = roi.return_case(TABLES, credential="CCS", pathway="associate", area="GU", horizon_years=10)
CASES = st.sampled_from([CODER, ENTRANT, GUAM])
few = settings(max_examples=25, deadline=None)

CERTAIN = {
    "pass_rate_pct": 100.0,
    "completion_rate_pct": 100.0,
    "placement_rate_pct": 100.0,
    "exam_preparation_months": 0.0,
    "retake_wait_months": 0.0,
    "job_search_months": 0.0,
    "coder_unemployment_rate_pct": 0.0,
    "baseline_unemployment_rate_pct": 0.0,
    "annual_separation_rate_pct": 0.0,
    "certified_share_pct": 0.0,
    "remote_share_pct": 0.0,
    "foregone_share_pct": 0.0,
    "study_hours": 0.0,
    "membership_usd": 222.0,
    "exam_fee_usd": 425.0,
    "materials_usd": 300.0,
    "renewal_usd_per_year": 240.0,
}


def certain(case, **inputs):
    """The case with all that is uncertain known, and `inputs` besides."""
    for name, value in (CERTAIN | inputs).items():
        case = case.with_input(name, value)
    return case


def monthly_value(case):
    """The value of the monthly flows, discounted one by one."""
    flows = methods.monthly_flows(case)["net_usd"]
    return finance.npv(finance.monthly_rate(case.discount_rate), flows)


@st.composite
def varied(draw):
    """A case with every input somewhere between its limits."""
    case = draw(CASES)
    for item in case.inputs:
        if item.is_varied and item.name != "pay_position":
            case = case.with_input(item.name, draw(st.floats(item.low, item.high)))
    return replace(case, discount_rate=draw(st.floats(-0.1, 0.3)))


# --- by hand -----------------------------------------------------------------------------------


def test_value_of_a_certificate_for_a_coder_of_20_years():
    """Level pay at the 75th percentile, 64,820 (OEWS May 2025), and a premium of 10 %: 6,482 in
    the one year, less 240 of renewal, less 222 + 425 + 300 paid once, is 5,295."""
    case = certain(replace(CODER, discount_rate=0.0, horizon_years=1), premium_pct=10.0)
    case = replace(case, experience_years=20.0)
    assert monthly_value(case) == pytest.approx(6_482 - 240 - 947)


def test_value_of_a_course_that_half_complete():
    """Two years at 0 %: 12 months of training for 3,600, of which who leaves halfway pays half:
    0.5 x 3,600 + 0.5 x 1,800 = 2,700. The other half pay 222 + 425 + 300 = 947 and earn 64,820 in
    the second year instead of 40,000, less 240: 0.5 x (24,820 - 240 - 947) - 2,700 = 9,116.50."""
    case = roi.return_case(TABLES, baseline=40_000, horizon_years=2, discount_rate=0.0)
    case = replace(case, experience_years=20.0, apprentice_years=0.0)
    case = certain(
        case, premium_pct=0.0, training_months=12.0, tuition_usd=3_600.0, completion_rate_pct=50.0
    )
    assert monthly_value(case) == pytest.approx(9_116.50)


def test_experience_at_the_start_counts_towards_the_apprentice_years():
    """Two years as an apprentice: at 1.9 years of experience there are 1.2 months left, two whole
    ones; from two years on there are none, and the premium of 10 % is paid from the first month."""
    some = {
        years: roi.return_case(TABLES, baseline=40_000, experience_years=years)
        for years in (0.0, 1.9, 2.0, 5.0)
    }
    assert [case.apprentice_months for case in some.values()] == [24, 2, 0, 0]
    for case in some.values():
        holder, uncertified = methods.monthly_pay(certain(case, premium_pct=10.0))
        paid = np.flatnonzero(holder > uncertified)
        assert paid[0] == case.apprentice_months
        assert methods.expected_npv(case) == pytest.approx(monthly_value(case))


def test_half_of_the_earnings_of_a_year_of_training_are_given_up():
    """Half of 40,000 over 12 months is 20,000."""
    case = roi.return_case(TABLES, baseline=40_000, horizon_years=2, discount_rate=0.0)
    without = certain(case, training_months=12.0)
    half = without.with_input("foregone_share_pct", 50.0)
    assert monthly_value(without) - monthly_value(half) == pytest.approx(20_000)


def test_a_payment_in_the_middle_of_a_month_is_shared_with_the_next():
    """300 due 2.5 months from now: 150 in month 2 and 150 in month 3."""
    case = certain(
        ENTRANT, training_months=2.5, tuition_usd=0.0, membership_usd=0.0, exam_fee_usd=0.0
    )
    study = methods.monthly_flows(case)["study_usd"]
    assert study[[1, 2, 3, 4]].tolist() == [0, 150, 150, 0]


def test_the_job_starts_after_training_exam_retakes_and_search():
    """Guide and pass rate of 65 %: 10.5 + 2.5 + (1 / 0.65 - 1) x 2 + 4.5 = 18.58 months."""
    assert methods.hire_month(ENTRANT) == pytest.approx(10.5 + 2.5 + (1 / 0.65 - 1) * 2 + 4.5)


def test_an_apprentice_earns_what_a_coder_without_a_credential_does():
    """AAPC takes the A off after two years of experience."""
    holder, uncertified = methods.monthly_pay(ENTRANT)
    assert np.array_equal(holder[:24], uncertified[:24])
    premium = 1 + ENTRANT.most_likely["premium_pct"] / 100
    assert holder[24:] == pytest.approx(uncertified[24:] * premium)


def test_remote_work_pays_the_national_wage_in_guam_after_two_years():
    """With everybody remote, a year-8 coder in Guam earns the national median, 51,140."""
    case = replace(GUAM, horizon_years=9).with_input("remote_share_pct", 100.0)
    case = certain(case, premium_pct=0.0, remote_share_pct=100.0)
    pay, _ = methods.monthly_pay(case)
    assert 12 * pay[96] == pytest.approx(51_140)
    assert 12 * pay[0] == pytest.approx(29_120)  # the 10th percentile of Guam


def test_remote_work_never_lowers_pay_where_the_area_pays_more():
    case = roi.return_case(TABLES, area="DC", remote_after_years=0)
    never = replace(case, remote_after_years=float("inf"))
    assert np.array_equal(methods.monthly_pay(case)[0], methods.monthly_pay(never)[0])


# --- month by month and all at once ------------------------------------------------------------


@few
@given(varied())
def test_the_value_all_at_once_equals_the_discounted_months(case):
    assert methods.expected_npv(case) == pytest.approx(monthly_value(case), rel=1e-9, abs=1e-6)


@pytest.mark.parametrize("case", [CODER, ENTRANT, GUAM])
@pytest.mark.parametrize("years", [1, 5, 60])
def test_both_agree_at_any_horizon(case, years):
    case = replace(case, horizon_years=years)
    assert methods.expected_npv(case) == pytest.approx(monthly_value(case), rel=1e-9)


def test_many_sets_of_inputs_are_valued_as_each_alone():
    random = np.random.default_rng(7)
    drawn = {item.name: item.draw(random, 5) for item in GUAM.inputs}
    tables = value_tables(GUAM)
    together = net_present_value(tables, drawn)
    alone = [
        float(net_present_value(tables, {name: values[i] for name, values in drawn.items()}))
        for i in range(5)
    ]
    assert together == pytest.approx(alone)


@few
@given(varied())
def test_net_is_earnings_less_baseline_less_cost_in_every_month(case):
    flows = methods.monthly_flows(case)
    net = flows["earnings_usd"] - flows["baseline_usd"] - flows["cost_usd"]
    assert flows["net_usd"].to_numpy() == pytest.approx(net.to_numpy())
    assert flows["cumulative_usd"].iloc[-1] == pytest.approx(flows["net_usd"].sum())


# --- laws --------------------------------------------------------------------------------------

DEARER = st.sampled_from(
    ["tuition_usd", "membership_usd", "exam_fee_usd", "materials_usd", "study_hours"]
)


@few
@given(varied(), DEARER, st.floats(1, 5_000))
def test_dearer_is_worth_less(case, name, more):
    dearer = case.with_input(name, case.most_likely[name] + more)
    assert methods.expected_npv(dearer) < methods.expected_npv(case)


@few
@given(st.floats(5, 99), st.floats(0.1, 50))
def test_a_higher_pass_rate_never_costs_more(pass_rate, more):
    harder = ENTRANT.with_input("pass_rate_pct", pass_rate)
    easier = ENTRANT.with_input("pass_rate_pct", min(100.0, pass_rate + more))
    paid = [roi.total(roi.cost_lines(case)).value for case in (easier, harder)]
    assert paid[0] <= paid[1]
    assert methods.hire_month(easier) <= methods.hire_month(harder)


@few
@given(st.floats(0, 0.4), st.floats(0.001, 0.1))
def test_the_value_of_a_coders_credential_falls_as_the_rate_rises(rate, step):
    """Costs first, gains after: a conventional flow, worth more than nothing."""
    low, high = (replace(CODER, discount_rate=at) for at in (rate, rate + step))
    assert methods.expected_npv(high) < methods.expected_npv(low)


@few
@given(varied(), st.floats(0.1, 30))
def test_a_higher_premium_is_worth_more_where_it_is_paid_at_once(case, more):
    """Not so for apprentices: official pay is the average, so who has no premium earns less."""
    case = replace(case, apprentice_years=0.0)
    premium = case.most_likely["premium_pct"]
    assert methods.expected_npv(
        case.with_input("premium_pct", premium + more)
    ) > methods.expected_npv(case)


@pytest.mark.parametrize(
    "pathway", ["certificate", "associate", "self_study", "certification_only"]
)
def test_without_a_premium_a_coder_only_pays(pathway):
    """Pay with and without is then the same, so the value is minus all that is paid or given up."""
    case = roi.return_case(TABLES, pathway=pathway, baseline="current_coder", premium_share=0)
    flows = methods.monthly_flows(case)
    assert flows["gain_usd"].abs().max() == 0
    given_up = flows["baseline_usd"] - flows["earnings_usd"]
    paid = finance.npv(finance.monthly_rate(0.03), flows["cost_usd"] + given_up)
    assert methods.expected_npv(case) == pytest.approx(-paid)


@few
@given(CASES, st.integers(1, 40))
def test_a_baseline_that_pays_more_lowers_the_value(case, thousands):
    if not case.is_entrant:
        return
    richer = case.with_input(
        "baseline_wage_usd", case.most_likely["baseline_wage_usd"] + 1_000 * thousands
    )
    assert methods.expected_npv(richer) < methods.expected_npv(case)


def test_who_is_paid_above_others_of_the_same_experience_earns_more():
    """A normal score higher is a higher share of the pay distribution, in every month."""
    low, middle, high = ENTRANT.occupation_pay(np.array([-1.0, 0.0, 1.0]))[0]
    assert (low < middle).all()
    assert (middle < high).all()
    shares = ENTRANT.pay.percentile_of(12 * np.array([low[0], middle[0], high[0]]))
    assert np.diff(ndtri(shares)) == pytest.approx([1, 1])
