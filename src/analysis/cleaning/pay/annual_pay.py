"""From pay in its own period to US dollars a year, or the reason why not."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.pay_cell import (
    FULL_TIME_HOURS_PER_WEEK,
    FULL_TIME_HOURS_PER_YEAR,
    PERIODS_PER_YEAR,
    WEEKS_PER_YEAR,
    Period,
)

# The federal minimum wage, USD an hour, by the first year in all of which it was in force.
MINIMUM_WAGES_USD = {1998: 5.15, 2008: 5.85, 2009: 6.55, 2010: 7.25}
LEAST_HOURLY_USD = MINIMUM_WAGES_USD[1998]  # of pay of no stated year
LARGEST_ANNUAL_USD = 478_400.0  # twice the 239,200 at which BLS OEWS stops to publish (footnote 5)
ROUNDING = 1e-3  # pay at a limit must not fail by its cents, nor when it is cleaned again

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLimits:
    """Pay that somebody may earn.

    Parameters
    ----------
    least_hourly_usd : float
        Less an hour is implausible; less than half time at it is implausible for a year.
    minimum_wage_usd : float
        An hour, of the year of pay; thousands of less than full time at it are no pay a year.
    largest_annual_usd : float
        More is implausible; an hour, a 2,080th of it.
    """

    least_hourly_usd: float = LEAST_HOURLY_USD
    minimum_wage_usd: float = MINIMUM_WAGES_USD[2010]
    largest_annual_usd: float = LARGEST_ANNUAL_USD

    @classmethod
    def of_year(cls, year: int | None, *, largest_annual_usd: float | None = None) -> Self:
        """Return the limits of the pay of a year; of any year since 1998 where it is None.

        Examples
        --------
        >>> PayLimits.of_year(2008).least_hourly_usd, PayLimits.of_year(2024).least_hourly_usd
        (5.85, 7.25)
        """
        largest = largest_annual_usd or LARGEST_ANNUAL_USD
        if year is None:
            return cls(largest_annual_usd=largest)
        in_force = [wage for first, wage in MINIMUM_WAGES_USD.items() if first <= year]
        wage = in_force[-1] if in_force else LEAST_HOURLY_USD
        return cls(least_hourly_usd=wage, minimum_wage_usd=wage, largest_annual_usd=largest)


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
    period_in_header : Period
        That the header of the pay column names; it holds against the period column where it gives
        a plausible wage ("Annual Salary" beside how often people are paid).
    """

    low: Numbers
    high: Numbers
    has_cents: NDArray[np.bool_]
    period_in_cell: NDArray[np.int64]
    period_in_column: NDArray[np.int64]
    hours_per_week: Numbers
    period_in_header: Period = Period.UNSTATED


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


ANY_YEAR = PayLimits()


def annualize(stated: StatedPay, limits: PayLimits = ANY_YEAR) -> AnnualPay:
    """Bring pay to US dollars a year.

    The period that the pay cell names holds; where a column names another one, the one that
    gives a plausible wage holds, and if both do the row has a problem. Pay without any period
    is annual. Annual pay in the limits of an hourly wage is read as hourly only where it cannot
    be thousands: as thousands it would lie below the full-time minimum wage, or it is written
    with cents and nothing says that it is annual.

    Pay a year is pay a period times periods a year; hourly pay times 52 weeks times the hours a
    week stated, else 40 (2,080 hours a year).

    Examples
    --------
    >>> one = lambda *values: np.array(values)
    >>> pay = annualize(StatedPay(
    ...     low=one(26.05, 54200.0, 26.05, 54.0), high=one(26.05, 54200.0, 26.05, 54.0),
    ...     has_cents=one(True, False, True, False), period_in_cell=one(1, 0, 0, 0),
    ...     period_in_column=one(0, 7, 0, 7), hours_per_week=one(20.0, np.nan, np.nan, np.nan)))
    >>> pay.low[:3].tolist(), pay.problem.tolist()
    ([27092.0, 54200.0, 54184.0], [0, 0, 0, 2])
    """
    in_cell = stated.period_in_cell
    in_column = _column_or_header(stated, limits)
    is_read = ~np.isnan(stated.low)
    flags = np.zeros(len(in_cell), dtype=np.int64)
    problem = np.zeros(len(in_cell), dtype=np.int64)

    period = np.where(in_cell > 0, in_cell, in_column)
    is_assumed = is_read & (period == Period.UNSTATED)
    period = np.where(is_assumed, Period.ANNUAL, period)
    flags[is_assumed] |= int(Flag.PERIOD_ASSUMED)

    is_good = _is_plausible(stated, period, limits)
    differs = is_read & (in_cell > 0) & (in_column > 0) & (in_cell != in_column)
    if differs.any():
        is_good_in_column = _is_plausible(stated, in_column, limits)
        problem[differs & is_good & is_good_in_column] = PayProblem.PERIODS_CONTRADICT
        problem[differs & ~is_good] = PayProblem.PERIODS_CONTRADICT
        flags[differs] |= int(Flag.PERIOD_FROM_PAY)

    is_small = is_read & (period == Period.ANNUAL) & (in_cell == 0) & ~is_good
    is_small &= _is_plausible(stated, np.full_like(period, Period.HOURLY), limits)
    is_no_thousands = stated.high * 1000 < limits.minimum_wage_usd * FULL_TIME_HOURS_PER_YEAR
    is_hourly = is_small & (is_no_thousands | (stated.has_cents & is_assumed))
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


def _column_or_header(stated: StatedPay, limits: PayLimits) -> NDArray[np.int64]:
    """Return the period that stands outside of the cell."""
    if not stated.period_in_header:
        return stated.period_in_column
    by_header = np.full_like(stated.period_in_column, stated.period_in_header)
    holds = _is_plausible(stated, by_header, limits) | (stated.period_in_column == 0)
    return np.where(holds, by_header, stated.period_in_column)


def _is_plausible(
    stated: StatedPay, period: NDArray[np.int64], limits: PayLimits
) -> NDArray[np.bool_]:
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
    least_by_hour = limits.least_hourly_usd * hours_per_year
    largest_by_hour = limits.largest_annual_usd / FULL_TIME_HOURS_PER_YEAR * hours_per_year
    half_time = limits.least_hourly_usd * FULL_TIME_HOURS_PER_YEAR / 2
    least = np.where(is_by_hour, least_by_hour, half_time)
    largest = np.where(is_by_hour, largest_by_hour, limits.largest_annual_usd)
    result: NDArray[np.bool_] = (low >= least * (1 - ROUNDING)) & (high <= largest * (1 + ROUNDING))
    return result
