"""Published values of spreadsheets and numpy-financial, laws, and refusals."""

import math
from importlib.metadata import version

import numpy as np
import numpy_financial
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models import finance

IS_OLD_ORACLE = version("numpy-financial") == "1.0.0"  # the lock has a newer one from Python 3.13
TWO_SIGN_CHANGES = [-1678.87, 771.96, 1814.05, 3520.30, 3552.95, 3584.99, 4789.91, -1]

# numpy-financial, tests/test_financial.py, TestIrr
ISSUE_39 = [
    -217500.0, -217500.0, 108466.80462450592, 101129.96439328062, 93793.12416205535,
    86456.28393083003, 79119.44369960476, 71782.60346837944, 64445.76323715414,
    57108.92300592884, 49772.08277470355, 42435.24254347826, 35098.40231225296,
    27761.56208102766, 20424.721849802358, 13087.88161857707, 5751.041387351768,
    -1585.7988438735192, -8922.639075098821, -16259.479306324123, -23596.31953754941,
    -30933.159768774713, -38270.0, -45606.8402312253, -52943.680462450604,
    -60280.520693675906, -67617.36092490121,
]  # fmt: skip
ISSUE_15 = [-3000.0, 2.3926932267015667e-07, 4.1672087103345505e-16, 5.3965110036378706e-25]

amounts = st.floats(-1e4, 1e4).map(lambda amount: round(amount, 2))
gains = st.lists(st.floats(1, 1e4), min_size=1, max_size=40)
rates = st.floats(-0.5, 2.0)


def relative_value(rate, flows):
    """The value at `rate` as a share of the discounted amounts added up without sign."""
    discounted = np.asarray(flows) * np.exp(-np.log1p(rate) * np.arange(len(flows)))
    return abs(discounted.sum()) / np.abs(discounted).sum()


# --- value -------------------------------------------------------------------------------------


def test_value_of_the_numpy_financial_example():
    """numpy-financial documentation, npv."""
    flows = [-40_000, 5_000, 8_000, 12_000, 30_000]
    assert finance.npv(0.08, flows) == pytest.approx(3065.22267, abs=5e-6)


def test_value_of_the_numpy_financial_test():
    """numpy-financial, test_npv_decimal: 122.894854950942692161628715."""
    flows = [-15_000, 1_500, 2_500, 3_500, 4_500, 6_000]
    assert finance.npv(0.05, flows) == pytest.approx(122.894854950942692, abs=1e-9)


@given(st.lists(amounts, min_size=1, max_size=60), rates)
def test_value_agrees_with_numpy_financial(flows, rate):
    expected = numpy_financial.npv(rate, flows)
    assert finance.npv(rate, flows) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(st.floats(1, 1e5), gains, rates, st.floats(0.01, 1.0))
def test_value_of_an_investment_falls_as_the_rate_rises(cost, later, rate, step):
    flows = [-cost, *later]
    assert finance.npv(rate + step, flows) < finance.npv(rate, flows)


# --- rates of return ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "expected"),
    [
        ([-150_000, 15_000, 25_000, 35_000, 45_000, 60_000], 0.0524),
        ([-100, 0, 0, 74], -0.0955),
        ([-100, 39, 59, 55, 20], 0.28095),
        ([-100, 100, 0, -7], -0.0833),
        ([-100, 100, 0, 7], 0.06206),
        ([-5, 10.5, 1, -8, 1], 0.0886),
        ([-5, 10.5, 1, -8, 1, 0, 0, 0], 0.0886),
        (ISSUE_39, 0.12),
        (TWO_SIGN_CHANGES, 1.00426),
    ],
)
def test_rate_of_return_is_the_published_one(flows, expected):
    """numpy-financial: documentation of irr, tests/test_financial.py."""
    assert finance.irr(flows) == pytest.approx(expected, abs=5e-5)


def test_rate_of_return_close_to_losing_everything():
    """numpy-financial, test_gh_15 (its later flows are below 1e-34)."""
    assert finance.irr(ISSUE_15) == pytest.approx(-0.9999999990596069, rel=1e-9)


def test_numpy_financial_1_0_0_returns_the_wrong_root():
    """Issue 44: that release gives the root near -1; Google Sheets and release 1.1.0 1.00427."""
    theirs = -0.99979 if IS_OLD_ORACLE else 1.00427
    assert numpy_financial.irr(TWO_SIGN_CHANGES) == pytest.approx(theirs, abs=1e-5)
    assert finance.rates_of_return(TWO_SIGN_CHANGES) == pytest.approx(
        (-0.99979126, 1.00426985), abs=1e-8
    )


def test_numpy_financial_1_0_0_returns_the_negative_root_of_issue_39():
    theirs = -0.018 if IS_OLD_ORACLE else 0.12
    assert numpy_financial.irr(ISSUE_39) == pytest.approx(theirs, abs=1e-3)
    assert finance.irr(ISSUE_39) == pytest.approx(0.12, abs=1e-9)


@given(st.floats(1, 1e5), gains)
@settings(max_examples=60)
def test_an_investment_has_one_rate_and_numpy_financial_agrees(cost, later):
    flows = [-cost, *later]
    (rate,) = finance.rates_of_return(flows)
    assert rate == finance.irr(flows)
    assert rate == pytest.approx(numpy_financial.irr(flows), rel=1e-6, abs=1e-9)


@given(st.lists(amounts, min_size=1, max_size=14))
@settings(max_examples=150)
def test_value_at_each_rate_is_nothing(flows):
    for rate in finance.rates_of_return(flows):
        assert relative_value(rate, flows) < 1e-10


@given(st.lists(st.sampled_from([-0.3, -0.05, 0.0, 0.04, 0.1, 0.5, 2.0]), unique=True, min_size=1))
def test_flows_built_from_rates_give_them_back(wanted):
    """(1 - (1 + r) x) is worth nothing at r; so is any product with it."""
    flows = np.array([-1000.0])
    for rate in wanted:
        flows = np.convolve(flows, [1.0, -(1 + rate)])
    assert finance.rates_of_return(flows) == pytest.approx(tuple(sorted(wanted)), abs=1e-5)


def test_four_rates_are_found_in_400_monthly_flows():
    flows = np.convolve(np.ones(200), np.arange(1.0, 201.0))
    for rate in (-0.005, 0.01, 0.0105, 0.02):
        flows = np.convolve(flows, [1.0, -(1 + rate)])
    assert finance.rates_of_return(flows) == pytest.approx((-0.005, 0.01, 0.0105, 0.02), abs=1e-6)


@pytest.mark.parametrize("months", [240, 480])
def test_monthly_flows_with_renewals_have_two_rates(months):
    """Pay 5,000, gain 50 a month, renew for 400 every 24 months, lose 3,000 at the end."""
    flows = np.full(months + 1, 50.0)
    flows[0] = -5_000
    flows[24::24] -= 400
    flows[-1] -= 3_000
    found = finance.rates_of_return(flows)
    assert len(found) == 2
    assert max(relative_value(rate, flows) for rate in found) < 1e-12


def test_a_rate_that_is_only_touched_is_given_once():
    """-(1 - 1.1 x)^2: the value is nowhere above zero and reaches it at 10 %."""
    assert finance.rates_of_return([-1, 2.2, -1.21]) == pytest.approx((0.1,))
    assert finance.irr([-1, 2.2, -1.21]) == pytest.approx(0.1)


def test_a_near_miss_is_no_rate():
    """Discriminant of 1 - 2.2 x + 1.2100000001 x^2: 4.84 - 4.8400000004 < 0."""
    assert finance.rates_of_return([-1, 2.2, -1.2100000001]) == ()


def test_two_rates_close_together_are_both_found():
    """x = (2.2 -+ sqrt(4.84 - 4.839996)) / 2.419998 gives 10 % -+ 0.1 %."""
    low, high = finance.rates_of_return([-1, 2.2, -1.209999])
    assert (low, high) == pytest.approx((0.099, 0.101), abs=1e-6)


@given(st.lists(amounts, min_size=2, max_size=12), st.integers(0, 3), st.integers(0, 3))
@settings(max_examples=60)
def test_zeros_at_either_end_change_no_rate(flows, before, after):
    padded = [0.0] * before + flows + [0.0] * after
    assert finance.rates_of_return(padded) == finance.rates_of_return(flows)


@given(st.lists(amounts, min_size=2, max_size=12), st.sampled_from([0.25, 4.0, 1024.0, -1.0]))
@settings(max_examples=60)
def test_rates_do_not_depend_on_the_currency_or_on_whose_side_one_is(flows, scale):
    scaled = [scale * amount for amount in flows]
    assert finance.rates_of_return(scaled) == pytest.approx(
        finance.rates_of_return(flows), rel=1e-9, abs=1e-12
    )


def test_a_loan_has_the_rate_it_is_charged():
    flows = [1_000.0] + [-finance.payment(1_000, rate=0.01, periods=24)] * 24
    assert finance.irr(flows) == pytest.approx(0.01)


@pytest.mark.parametrize("flows", [[100, 200], [-1, -2, -3], [0, 0], [5]])
def test_flows_of_one_sign_have_no_rate(flows):
    assert finance.rates_of_return(flows) == ()
    assert finance.irr(flows) is None


@pytest.mark.parametrize("flows", [[], [1, math.nan], [math.inf, -1], [[1, 2]]])
def test_flows_that_are_none_or_not_finite_are_refused(flows):
    with pytest.raises(ValueError, match="flows must be"):
        finance.irr(flows)


def test_irregular_flows_over_more_than_1000_periods_are_refused():
    flows = np.ones(1_202)
    flows[[0, -1]] = -10
    with pytest.raises(ValueError, match="add them up to longer periods"):
        finance.rates_of_return(flows)


# --- modified rate, payback, benefits per cost -------------------------------------------------


@pytest.mark.parametrize(
    ("flows", "finance_rate", "reinvest_rate", "expected"),
    [
        ([-120_000, 39_000, 30_000, 21_000, 37_000, 46_000], 0.10, 0.12, 0.126094130365905),
        ([-4500, -800, 800, 800, 600, 600, 800, 800, 700, 3000], 0.08, 0.055, 0.0665971750315535),
        ([100, 200, -50, 300, -200], 0.05, 0.06, 0.342823387842176),
    ],
)
def test_modified_rate_is_the_published_one(flows, finance_rate, reinvest_rate, expected):
    """The first from the Excel documentation of MIRR, all from numpy-financial's tests."""
    found = finance.mirr(flows, finance_rate=finance_rate, reinvest_rate=reinvest_rate)
    assert found == pytest.approx(expected, abs=1e-14)


def test_modified_rate_needs_a_cost_and_a_receipt():
    for flows in ([39_000, 30_000], [-1, -2], [-1]):
        assert finance.mirr(flows, finance_rate=0.10, reinvest_rate=0.12) is None


@given(st.floats(1, 1e5), gains)
@settings(max_examples=40)
def test_modified_rate_at_the_rate_of_return_is_that_rate(cost, later):
    flows = [-cost, *later]
    rate = finance.irr(flows)
    found = finance.mirr(flows, finance_rate=rate, reinvest_rate=rate)
    assert found == pytest.approx(rate, rel=1e-6, abs=1e-9)


def test_payback_is_interpolated_within_the_period():
    """-100 + 60 = -40 after one period; 40 of the next 80 take half of it."""
    assert finance.payback([-100, 60, 80]) == 1.5


def test_payback_starts_where_the_total_first_falls_below_zero():
    """100 - 200 = -100 after one period; 100 of the next 150 take two thirds of it."""
    assert finance.payback([100, -200, 150]) == pytest.approx(1 + 2 / 3)


def test_payback_is_nothing_without_cost_and_none_without_return():
    assert finance.payback([0, 10]) == 0.0
    assert finance.payback([-100, 60, 39.99]) is None


def test_payback_ends_where_the_total_is_back_at_zero_exactly():
    """-1 + 1 = 0 after one period; the unit of the flows does not matter."""
    assert finance.payback([-1, 1, 0]) == 1.0
    assert finance.payback([-1e-6, 1.5e-6]) == pytest.approx(1 / 1.5)


def test_discounted_payback_of_the_textbook_case():
    """At 10 %: -100 + 60/1.1 = -45.4545; 80/1.21 = 66.1157; 45.4545/66.1157 = 0.6875."""
    assert finance.discounted_payback([-100, 60, 80], 0.10) == pytest.approx(1.6875)


@given(st.floats(1, 1e4), gains, st.floats(0, 0.5))
def test_discounting_never_shortens_the_payback(cost, later, rate):
    flows = [-cost, *later]
    plain, discounted = finance.payback(flows), finance.discounted_payback(flows, rate)
    assert discounted is None or (plain is not None and plain <= discounted + 1e-9)


def test_benefits_per_cost():
    """110/1.1 + 121/1.21 = 200, over 100 paid at time 0."""
    assert finance.benefit_cost([0, 110, 121], [100], rate=0.10) == pytest.approx(2.0)
    assert finance.benefit_cost([0, 110], [0, 0], rate=0.10) is None
    with pytest.raises(ValueError, match="costs must be 0 or above, not -1"):
        finance.benefit_cost([1], [-1], rate=0.1)
    with pytest.raises(ValueError, match=r"^benefits must be 0 or above, not -2"):
        finance.benefit_cost([1, -2], [1], rate=0.1)


def test_benefits_per_cost_do_not_depend_on_the_unit():
    """Half a million dollars are 0.5 when counted in millions."""
    assert finance.benefit_cost([0, 1.1], [0.5], rate=0.10) == pytest.approx(2.0)


# --- loans and rates ---------------------------------------------------------------------------


def test_loan_payment_is_the_published_one():
    """numpy-financial documentation, pmt: -1854.0247200054619."""
    found = finance.payment(200_000, rate=0.075 / 12, periods=180)
    assert found == pytest.approx(1854.0247200054619, abs=1e-8)
    assert finance.payment(15_000, rate=0.0, periods=60) == 250


@given(st.floats(1, 1e6), st.floats(1e-4, 0.2), st.integers(1, 360))
def test_a_level_payment_is_that_of_numpy_financial(principal, rate, periods):
    level = finance.payment(principal, rate=rate, periods=periods)
    expected = -numpy_financial.pmt(rate, periods, principal)
    assert level == pytest.approx(expected, rel=1e-6)


@given(st.floats(-0.9, 5.0))
def test_yearly_and_monthly_rates_undo_each_other(rate):
    assert finance.annual_rate(finance.monthly_rate(rate)) == pytest.approx(rate, abs=1e-12)


@pytest.mark.parametrize("rate", [-1, -2, math.nan, math.inf])
def test_a_rate_that_is_not_above_minus_one_is_refused(rate):
    with pytest.raises(ValueError, match="a rate must be above -1"):
        finance.npv(rate, [1])


def test_loans_outside_their_range_are_refused():
    with pytest.raises(ValueError, match="periods must be at least 1"):
        finance.payment(100, rate=0.1, periods=0)
