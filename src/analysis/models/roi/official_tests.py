"""The published tests of what a program is worth, as their authors define them."""

import math
from dataclasses import dataclass
from typing import overload

import pandas as pd

from analysis.models.finance import payment
from analysis.models.prices import at_national_prices

ANNUAL_LIMIT = 0.08
DISCRETIONARY_LIMIT = 0.20
POVERTY_MULTIPLE = 1.5
PELL_WEEKS = (8, 15)  # at least, under
OTHER_STATES = "48 states + DC"
OWN_GUIDELINE = {"AK": "Alaska", "HI": "Hawaii"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtToEarnings:
    """A program's debt payments against its completers' earnings.

    Parameters
    ----------
    payment_usd : float
        A year.
    annual : float
        Payment over earnings, 0.08 for 8 %; 0 where nothing is owed, infinite where something is
        and nothing earned.
    discretionary : float
        Payment over earnings above 150 % of the poverty guideline; likewise.
    """

    payment_usd: float
    annual: float
    discretionary: float

    @property
    def passes(self) -> bool:
        """True where one of the two rates is within its limit, 8 % and 20 % (34 CFR 668.402)."""
        return self.annual <= ANNUAL_LIMIT or self.discretionary <= DISCRETIONARY_LIMIT


def debt_to_earnings(
    *, debt: float, earnings: float, rate: float, years: int, poverty_guideline: float
) -> DebtToEarnings:
    """Compute the federal debt-to-earnings rates.

    Annual: level yearly payment that repays `debt` over earnings. Discretionary: the same over
    earnings less 150 % of the poverty guideline. A program fails where both exceed their limits
    (8 % and 20 %).

    Parameters
    ----------
    debt, earnings : float
        Median debt and median yearly earnings of completers, USD; 0 or above.
    rate : float
        Yearly interest, 0.0653 for 6.53 %; above -1.
    years : int
        Of repayment: 10 for certificates and associate degrees.
    poverty_guideline : float
        Of a single person, USD a year.

    Raises
    ------
    ValueError
        An amount is below 0, or rate or years out of range.

    References
    ----------
    34 CFR 668.402 and 668.403.

    Examples
    --------
    >>> test = debt_to_earnings(
    ...     debt=9500, earnings=34930, rate=0.0, years=10, poverty_guideline=15960
    ... )
    >>> round(test.annual, 4), round(test.discretionary, 4), test.passes
    (0.0272, 0.0864, True)
    """
    for name, amount in (
        ("debt", debt),
        ("earnings", earnings),
        ("poverty_guideline", poverty_guideline),
    ):
        if not amount >= 0:
            raise ValueError(f"{name} must be 0 or above, not {amount}.")
    yearly = payment(debt, rate=rate, periods=years)
    return DebtToEarnings(
        payment_usd=yearly,
        annual=_rate(yearly, earnings),
        discretionary=_rate(yearly, earnings - POVERTY_MULTIPLE * poverty_guideline),
    )


@overload
def earnings_premium(earnings: float, threshold: float) -> float: ...
@overload
def earnings_premium(
    earnings: "pd.Series[float]", threshold: "float | pd.Series[float]"
) -> "pd.Series[float]": ...
def earnings_premium(
    earnings: "float | pd.Series[float]", threshold: "float | pd.Series[float]"
) -> "float | pd.Series[float]":
    """Return what completers' median earnings add to those of high-school graduates.

    Parameters
    ----------
    earnings, threshold : float or Series
        USD a year; the threshold is the state's median of people aged 25 to 34 with a high-school
        diploma only. Missing stays missing. A program passes where the premium is above 0
        (34 CFR 668.402(e)).

    Examples
    --------
    >>> earnings_premium(45157.0, 35746.0)
    9411.0
    """
    return earnings - threshold


def value_added_earnings(*, earnings: float, parity: float, poverty_guideline: float) -> float:
    """Return Workforce Pell value-added earnings: the highest tuition it allows, USD a year.

    Earnings at national prices less 150 % of the poverty guideline.

    Parameters
    ----------
    earnings : float
        Completers' median, USD a year.
    parity : float
        Regional price parity, United States = 100.
    poverty_guideline : float
        Of a single person, USD a year.

    Returns
    -------
    float
        Below 0 where earnings do not reach 150 % of the guideline: no tuition is low enough.

    Examples
    --------
    >>> value_added_earnings(earnings=31870, parity=100, poverty_guideline=14580)
    10000.0
    """
    return at_national_prices(earnings, parity) - POVERTY_MULTIPLE * poverty_guideline


def admits_weeks(weeks: float) -> bool:
    """Return whether Workforce Pell admits a program of so many weeks of instruction.

    At least 8 and under 15 (91 FR 29254); at least 150 and under 600 clock hours must hold besides.

    Examples
    --------
    >>> admits_weeks(8), admits_weeks(15), admits_weeks(46)
    (True, False, False)
    """
    low, below = PELL_WEEKS
    return low <= weeks < below


def price_to_earnings_premium(
    *, net_price_per_year: float, years: float, earnings: float, baseline: float
) -> float:
    """Return the years in which the gain in earnings pays back the price (Third Way).

    Net price x years / (earnings - high-school median).

    Parameters
    ----------
    net_price_per_year : float
        USD, after grants.
    years : float
        Of the program.
    earnings, baseline : float
        USD a year.

    Returns
    -------
    float
        Infinite where earnings do not exceed the baseline; 0 where there is nothing to pay back.

    Examples
    --------
    >>> price_to_earnings_premium(
    ...     net_price_per_year=11800, years=2, earnings=30000, baseline=25000
    ... )
    4.72
    """
    price = net_price_per_year * years
    if price <= 0:
        return 0.0
    return price / (earnings - baseline) if earnings > baseline else math.inf


def poverty_guideline(poverty_guidelines: pd.DataFrame, state: str) -> "pd.Series[float]":
    """Return the row of the latest guideline for a state; territories use that of the 48 states."""
    area = OWN_GUIDELINE.get(state, OTHER_STATES)
    rows = poverty_guidelines[poverty_guidelines["area"].eq(area)].sort_values("year")
    return rows.iloc[-1]


def _rate(yearly: float, income: float) -> float:
    """Return a payment over an income; 0 for nothing owed, infinite for owed and no income."""
    if yearly <= 0:
        return 0.0
    return yearly / income if income > 0 else math.inf
