"""Weigh cash flows over time: value, rate of return, payback, loan payments.

Flows are one amount a period, `flows[0]` at time 0, costs below 0. Rates are
those of one period: with monthly flows a monthly rate (`monthly_rate`).
"""

import math
from collections.abc import Sequence

import numpy as np

from analysis.models.rates_of_return import Floats, cash_flows, irr, rates_of_return

__all__ = [
    "annual_rate",
    "benefit_cost",
    "discounted_payback",
    "irr",
    "mirr",
    "monthly_rate",
    "npv",
    "payback",
    "payment",
    "rates_of_return",
]

MONTHS = 12


def npv(rate: float, flows: Sequence[float] | Floats) -> float:
    """Discount `flows` to time 0 and add them up: sum of flow_t / (1 + rate)^t.

    The first flow is not discounted, as in numpy-financial; a spreadsheet's NPV
    discounts it by one period.

    Parameters
    ----------
    rate : float
        Discount rate a period, 0.03 for 3 %; above -1.
    flows : sequence of float
        One amount a period, `flows[0]` at time 0.

    Raises
    ------
    ValueError
        The rate is not above -1, or a flow is missing or infinite.

    Examples
    --------
    >>> round(npv(0.08, [-40_000, 5_000, 8_000, 12_000, 30_000]), 5)
    3065.22267
    """
    return float(np.sum(_discounted(flows, rate)))


def mirr(
    flows: Sequence[float] | Floats, *, finance_rate: float, reinvest_rate: float
) -> float | None:
    """Return the modified rate of return, which is always one number.

    Receipts grow at `reinvest_rate` to the last period n, costs are discounted
    at `finance_rate` to time 0: (FV of receipts / PV of costs)^(1/n) - 1.

    Parameters
    ----------
    flows : sequence of float
        One amount a period, `flows[0]` at time 0; costs below 0.
    finance_rate, reinvest_rate : float
        What borrowing costs and what savings earn, a period; above -1.

    Returns
    -------
    float or None
        Rate a period; None where there is no cost, no receipt, or only one flow.

    Examples
    --------
    >>> flows = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000]
    >>> round(mirr(flows, finance_rate=0.10, reinvest_rate=0.12), 6)
    0.126094
    """
    amounts = cash_flows(flows)
    costs = -npv(finance_rate, np.minimum(amounts, 0))
    receipts = npv(reinvest_rate, np.maximum(amounts, 0))
    last = amounts.size - 1
    if costs <= 0 or receipts <= 0 or last == 0:
        return None
    return float((receipts / costs) ** (1 / last) * (1 + reinvest_rate) - 1)


def payback(flows: Sequence[float] | Floats) -> float | None:
    """Return the periods until the running total, once below zero, is back at zero.

    Each flow is taken to arrive evenly over the period before it, so the answer
    may be a fraction. Later costs that push the total below zero again do not count.

    Returns
    -------
    float or None
        Periods from time 0; 0 where the total is never below zero; None where it
        never comes back.

    Examples
    --------
    >>> payback([-100, 60, 80])
    1.5
    >>> payback([-100, 60]) is None
    True
    """
    return _periods_below_zero(cash_flows(flows))


def discounted_payback(flows: Sequence[float] | Floats, rate: float) -> float | None:
    """Return the payback in periods of the flows discounted at `rate` (see `payback`).

    Examples
    --------
    >>> round(discounted_payback([-100, 60, 80], 0.10), 4)
    1.6875
    """
    return _periods_below_zero(_discounted(flows, rate))


def benefit_cost(
    benefits: Sequence[float] | Floats, costs: Sequence[float] | Floats, *, rate: float
) -> float | None:
    """Return present benefits per unit of present cost; above 1 the benefits win.

    Parameters
    ----------
    benefits, costs : sequence of float
        One amount a period from time 0, both 0 or above. They are kept apart
        because taking a cost off a benefit would change the ratio.
    rate : float
        Discount rate a period; above -1.

    Returns
    -------
    float or None
        None where nothing is ever paid.

    Raises
    ------
    ValueError
        An amount is below 0, missing or infinite.

    Examples
    --------
    >>> benefit_cost([0, 110, 121], [100, 0, 0], rate=0.10)
    2.0
    """
    for name, amounts in (("benefits", benefits), ("costs", costs)):
        if (cash_flows(amounts) < 0).any():
            raise ValueError(f"{name} must be 0 or above, not {float(np.min(amounts)):g}.")
    paid = npv(rate, costs)
    return npv(rate, benefits) / paid if paid > 0 else None


def payment(principal: float, *, rate: float, periods: int) -> float:
    """Return the level payment at each period's end that repays `principal`.

    principal * rate / (1 - (1 + rate)^-periods).

    Parameters
    ----------
    principal : float
        Amount borrowed at time 0.
    rate : float
        Interest a period; above -1. A loan at 7.5 % a year is charged
        0.075/12 a month by convention.
    periods : int
        Number of payments; at least 1.

    Raises
    ------
    ValueError
        The rate or the number of payments lies outside its range.

    Examples
    --------
    >>> round(payment(200_000, rate=0.075 / 12, periods=180), 2)
    1854.02
    """
    _check_rate(rate)
    if periods < 1:
        raise ValueError(f"periods must be at least 1, not {periods}.")
    if rate == 0:
        return principal / periods
    return principal * rate / -math.expm1(-periods * math.log1p(rate))


def monthly_rate(annual: float) -> float:
    """Return the rate a month that compounds to `annual`: (1 + annual)^(1/12) - 1.

    Examples
    --------
    >>> round(monthly_rate(0.03), 6)
    0.002466
    """
    _check_rate(annual)
    return math.expm1(math.log1p(annual) / MONTHS)


def annual_rate(monthly: float) -> float:
    """Return the rate a year that `monthly` compounds to: (1 + monthly)^12 - 1.

    Examples
    --------
    >>> round(annual_rate(0.01), 6)
    0.126825
    """
    _check_rate(monthly)
    return math.expm1(math.log1p(monthly) * MONTHS)


def _check_rate(rate: float) -> None:
    """Refuse a rate at which nothing would be left after one period."""
    if not rate > -1 or not math.isfinite(rate):
        raise ValueError(f"a rate must be above -1 (0.03 means 3 %), not {rate}.")


def _discounted(flows: Sequence[float] | Floats, rate: float) -> Floats:
    """Discount each flow to time 0."""
    _check_rate(rate)
    amounts = cash_flows(flows)
    return np.asarray(amounts * np.exp(-math.log1p(rate) * np.arange(amounts.size)))


def _periods_below_zero(amounts: Floats) -> float | None:
    """Return when the running total, once below zero, first reaches zero, interpolated."""
    total = np.cumsum(amounts)
    below = np.flatnonzero(total < 0)
    if not below.size:
        return 0.0
    back = np.flatnonzero(total[below[0] :] >= 0)
    if not back.size:
        return None
    period = int(below[0] + back[0])
    return period - 1 + float(-total[period - 1] / amounts[period])
