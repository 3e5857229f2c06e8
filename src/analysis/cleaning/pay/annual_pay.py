"""From pay in its own period to US dollars a year, or the reason why not."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.pay_cell import (
    FULL_TIME_HOURS_PER_WEEK,
    PERIODS_PER_YEAR,
    WEEKS_PER_YEAR,
    Period,
)

LEAST_HOURLY_USD = 7.25  # the federal minimum wage since 2009
LARGEST_HOURLY_USD = 230.0  # twice 115 an hour, where BLS OEWS stops to publish (footnote 5)
LEAST_ANNUAL_USD = LEAST_HOURLY_USD * 20 * WEEKS_PER_YEAR  # half time at the minimum wage: 7,540
LARGEST_ANNUAL_USD = LARGEST_HOURLY_USD * 40 * WEEKS_PER_YEAR  # 478,400, twice OEWS's 239,200
FULL_TIME_MINIMUM_USD = LEAST_HOURLY_USD * 40 * WEEKS_PER_YEAR  # 15,080
ROUNDING = 1e-3  # pay at a limit must not fail by its cents, nor when it is cleaned again

Numbers = NDArray[np.float64]


class PayProblem(IntEnum):
    """Why pay that was read cannot be annualised."""

    NONE = 0
    IMPLAUSIBLE = 1
    HOURLY_OR_THOUSANDS = 2
    PERIODS_CONTRADICT = 3


PROBLEMS = {
    PayProblem.IMPLAUSIBLE: "implausible for its pay period",
    PayProblem.HOURLY_OR_THOUSANDS: "an hourly wage or thousands a year, it cannot be told which",
    PayProblem.PERIODS_CONTRADICT: "pay and pay period contradict each other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedPay:
    """Pay as the rows state it; all arrays of one length, one entry a row.

    Parameters
    ----------
    low, high : array of float
        US dollars of the period; NaN where no pay was read.
    has_cents : array of bool
        Written with two decimals.
    period_in_cell : array of int
        `Period` that the pay cell names, 0 where none.
    period_in_column : array of int
        `Period` of the period column, or of the whole file; 0 where none.
    hours_per_week : array of float
        Stated hours; NaN where none.
    """

    low: Numbers
    high: Numbers
    has_cents: NDArray[np.bool_]
    period_in_cell: NDArray[np.int64]
    period_in_column: NDArray[np.int64]
    hours_per_week: Numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualPay:
    """Pay in US dollars a year, one entry a row.

    Parameters
    ----------
    low, high : array of float
        To the cent; meaningful only where `problem` is 0.
    period : array of int
        The `Period` that was used; 0 where no pay was read.
    flags : array of int
        Bits of `Flag`.
    problem : array of int
        `PayProblem`; 0 where pay is good, and where none was read.
    """

    low: Numbers
    high: Numbers
    period: NDArray[np.int64]
    flags: NDArray[np.int64]
    problem: NDArray[np.int64]


def annualise(stated: StatedPay) -> AnnualPay:
    """Bring pay to US dollars a year.

    The period that the pay cell names holds; where a column names another one, the one that
    gives a plausible wage holds, and if both do the row has a problem. Pay without any period
    is annual. Annual pay in the limits of an hourly wage is read as hourly only where it cannot
    be thousands: it is written with cents, or as thousands it would lie below the full-time
    minimum wage of 15,080 a year.

    Pay a year is pay a period times periods a year; hourly pay times 52 weeks times the hours a
    week stated, else 40 (2,080 hours a year).

    Examples
    --------
    >>> one = lambda *values: np.array(values)
    >>> pay = annualise(StatedPay(
    ...     low=one(26.05, 54200.0, 26.05, 54.0), high=one(26.05, 54200.0, 26.05, 54.0),
    ...     has_cents=one(True, False, True, False), period_in_cell=one(1, 0, 0, 0),
    ...     period_in_column=one(0, 7, 7, 7), hours_per_week=one(20.0, np.nan, np.nan, np.nan)))
    >>> pay.low[:3].tolist(), pay.problem.tolist()
    ([27092.0, 54200.0, 54184.0], [0, 0, 0, 2])
    """
    in_cell, in_column = stated.period_in_cell, stated.period_in_column
    is_read = ~np.isnan(stated.low)
    flags = np.zeros(len(in_cell), dtype=np.int64)
    problem = np.zeros(len(in_cell), dtype=np.int64)

    period = np.where(in_cell > 0, in_cell, in_column)
    is_assumed = is_read & (period == Period.UNSTATED)
    period = np.where(is_assumed, Period.ANNUAL, period)
    flags[is_assumed] |= int(Flag.PERIOD_ASSUMED)

    is_good = _is_plausible(stated, period)
    differs = is_read & (in_cell > 0) & (in_column > 0) & (in_cell != in_column)
    if differs.any():
        is_good_in_column = _is_plausible(stated, in_column)
        problem[differs & is_good & is_good_in_column] = PayProblem.PERIODS_CONTRADICT
        problem[differs & ~is_good] = PayProblem.PERIODS_CONTRADICT
        flags[differs] |= int(Flag.PERIOD_FROM_PAY)

    is_small = is_read & (period == Period.ANNUAL) & (in_cell == 0) & ~is_good
    is_small &= _is_plausible(stated, np.full_like(period, Period.HOURLY))
    is_hourly = is_small & (stated.has_cents | (stated.high * 1000 < FULL_TIME_MINIMUM_USD))
    problem[is_small & ~is_hourly] = PayProblem.HOURLY_OR_THOUSANDS
    flags[is_hourly] |= int(Flag.HOURLY_IN_ANNUAL)
    flags[is_hourly] &= ~int(Flag.PERIOD_ASSUMED)
    period = np.where(is_hourly, Period.HOURLY, period)
    is_good |= is_hourly

    problem[is_read & ~is_good & (problem == 0)] = PayProblem.IMPLAUSIBLE
    is_annualised_by_default = (period == Period.HOURLY) & np.isnan(stated.hours_per_week)
    flags[is_read & is_annualised_by_default] |= int(Flag.HOURS_ASSUMED)

    factor = _periods_per_year(period, stated.hours_per_week)
    return AnnualPay(
        low=np.round(stated.low * factor, 2),
        high=np.round(stated.high * factor, 2),
        period=np.where(is_read, period, Period.UNSTATED),
        flags=flags,
        problem=problem,
    )


def _periods_per_year(period: NDArray[np.int64], hours_per_week: Numbers) -> Numbers:
    """Say how many of each row's periods make a year; NaN where the period is unstated."""
    table = np.array([PERIODS_PER_YEAR.get(each, np.nan) for each in Period])
    hours = np.where(np.isnan(hours_per_week), FULL_TIME_HOURS_PER_WEEK, hours_per_week)
    return np.where(period == Period.HOURLY, hours * WEEKS_PER_YEAR, table[period])


def _is_plausible(stated: StatedPay, period: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say whether pay, read in `period`, is a wage somebody may earn.

    Where hours are stated, and for hourly pay, the wage an hour is held to its limits; else the
    pay a year, for the hours of a part-time job are not known.
    """
    factor = _periods_per_year(period, stated.hours_per_week)
    low, high = stated.low * factor, stated.high * factor
    hours = np.where(
        np.isnan(stated.hours_per_week), FULL_TIME_HOURS_PER_WEEK, stated.hours_per_week
    )
    is_by_hour = ~np.isnan(stated.hours_per_week) | (period == Period.HOURLY)
    hours_per_year = hours * WEEKS_PER_YEAR
    least = np.where(is_by_hour, LEAST_HOURLY_USD * hours_per_year, LEAST_ANNUAL_USD)
    largest = np.where(is_by_hour, LARGEST_HOURLY_USD * hours_per_year, LARGEST_ANNUAL_USD)
    result: NDArray[np.bool_] = (low >= least * (1 - ROUNDING)) & (high <= largest * (1 + ROUNDING))
    return result
