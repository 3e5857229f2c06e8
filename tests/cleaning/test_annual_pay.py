"""Pay brought to a year."""

import numpy as np
import pytest

from analysis.cleaning.pay.annual_pay import PayProblem, StatedPay, annualize
from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.pay_cell import Period


def annual(amount, *, high=None, has_cents=False, cell=0, column=0, hours=np.nan):
    return annualize(
        StatedPay(
            low=np.array([float(amount)]),
            high=np.array([float(high or amount)]),
            has_cents=np.array([has_cents]),
            period_in_cell=np.array([int(cell)]),
            period_in_column=np.array([int(column)]),
            hours_per_week=np.array([hours]),
        )
    )


@pytest.mark.parametrize(
    ("amount", "period", "usd"),
    [
        (26.05, Period.HOURLY, 54_184),  # 26.05 * 52 * 40
        (210, Period.DAILY, 54_600),  # 210 * 260
        (1_000, Period.WEEKLY, 52_000),
        (1_950, Period.BIWEEKLY, 50_700),  # 1,950 * 26
        (2_000, Period.SEMIMONTHLY, 48_000),
        (4_500, Period.MONTHLY, 54_000),
        (54_200, Period.ANNUAL, 54_200),
    ],
)
def test_each_period_makes_a_year(amount, period, usd):
    assert annual(amount, cell=period).low[0] == pytest.approx(usd, abs=0.005)


def test_stated_hours_replace_2080():
    """20 hours a week: 26.05 * 52 * 20 = 27,092."""
    pay = annual(26.05, cell=Period.HOURLY, hours=20)
    assert pay.low[0] == pytest.approx(27_092)
    assert pay.flags[0] == 0
    assert annual(26.05, cell=Period.HOURLY).flags[0] == Flag.HOURS_ASSUMED


def test_pay_without_a_period_is_annual_and_flagged():
    pay = annual(54_200)
    assert (pay.low[0], pay.flags[0]) == (54_200, Flag.PERIOD_ASSUMED)


@pytest.mark.parametrize(
    ("amount", "has_cents", "problem"),
    [
        (26.05, True, PayProblem.HOURLY_OR_THOUSANDS),
        (12, False, PayProblem.NONE),  # 12,000 a year is below the minimum wage
        (26, False, PayProblem.HOURLY_OR_THOUSANDS),
        (54.2, False, PayProblem.HOURLY_OR_THOUSANDS),
        (1_950, False, PayProblem.IMPLAUSIBLE),  # biweekly, or what?
        (5, False, PayProblem.IMPLAUSIBLE),
    ],
)
def test_an_hourly_wage_among_annual_pay_is_repaired_only_when_it_is_one(
    amount, has_cents, problem
):
    pay = annual(amount, has_cents=has_cents, column=Period.ANNUAL)
    assert pay.problem[0] == problem
    if problem == PayProblem.NONE:
        assert pay.period[0] == Period.HOURLY
        assert pay.flags[0] == Flag.HOURLY_IN_ANNUAL | Flag.HOURS_ASSUMED


def test_an_amount_with_cents_and_no_period_is_an_hourly_wage():
    """54.25 thousands would be written 54.25k, or in a column that is called thousands."""
    pay = annual(26.05, has_cents=True)
    assert (pay.low[0], pay.problem[0]) == (54_184, PayProblem.NONE)
    assert pay.flags[0] == Flag.HOURLY_IN_ANNUAL | Flag.HOURS_ASSUMED


def test_pay_beyond_any_wage_of_its_period_has_a_problem():
    assert annual(54_200, cell=Period.HOURLY).problem[0] == PayProblem.IMPLAUSIBLE
    assert annual(2.5, cell=Period.HOURLY).problem[0] == PayProblem.IMPLAUSIBLE
    assert annual(5_000_000, cell=Period.ANNUAL).problem[0] == PayProblem.IMPLAUSIBLE


def test_the_limits_themselves_are_plausible():
    """7.25 an hour is 15,080 a year; 230 an hour is 478,400."""
    assert annual(7.25, cell=Period.HOURLY).problem[0] == PayProblem.NONE
    assert annual(478_400, cell=Period.ANNUAL).problem[0] == PayProblem.NONE


def test_the_period_of_the_cell_holds_where_only_it_gives_a_wage():
    pay = annual(26.05, cell=Period.HOURLY, column=Period.ANNUAL)
    assert (pay.low[0], pay.problem[0]) == (54_184, PayProblem.NONE)
    assert pay.flags[0] & Flag.PERIOD_FROM_PAY


def test_two_periods_that_both_give_a_wage_contradict():
    pay = annual(1_950, cell=Period.BIWEEKLY, column=Period.WEEKLY)
    assert pay.problem[0] == PayProblem.PERIODS_CONTRADICT
