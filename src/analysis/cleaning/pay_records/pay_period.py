"""Pay periods: their spellings, and how many of each make a year."""

from enum import IntEnum

from analysis.cleaning.pay_records.spelling import key, tidied
from analysis.cleaning.pay_records.unreadable import Unreadable


class Period(IntEnum):
    """What one payment covers; `UNSTATED` where nobody said."""

    UNSTATED = 0
    HOURLY = 1
    DAILY = 2
    WEEKLY = 3
    BIWEEKLY = 4
    SEMIMONTHLY = 5
    MONTHLY = 6
    ANNUAL = 7


WEEKS_PER_YEAR = 52
FULL_TIME_HOURS_PER_WEEK = 40  # 2,080 hours a year, the convention of BLS OEWS
PERIODS_PER_YEAR: dict[Period, float] = {
    Period.DAILY: 260,  # five days in each of 52 weeks
    Period.WEEKLY: 52,
    Period.BIWEEKLY: 26,
    Period.SEMIMONTHLY: 24,
    Period.MONTHLY: 12,
    Period.ANNUAL: 1,
}

_SPELLINGS = {
    Period.HOURLY: "hourly hour hours hr hrs h hourlyrate hourlywage hourlypay ph",
    Period.DAILY: "daily day days diem perdiem",
    Period.WEEKLY: "weekly week wk wkly weeklypay",
    Period.BIWEEKLY: "biweekly biwk biweek everytwoweeks every2weeks everyotherweek "
    "everysecondweek twoweeks 2weeks 2wks every2wks fortnight fortnightly biweeklypay",
    Period.SEMIMONTHLY: "semimonthly twicemonthly twiceamonth twicepermonth halfmonthly semimo",
    Period.MONTHLY: "monthly month mo mon mth mnth monthlypay",
    Period.ANNUAL: "annual annually annum year yearly yr yrs y pa salary salaried annualsalary "
    "yearlysalary perannum annualized annualised",
}
PERIOD_OF_KEY: dict[str, Period] = {
    spelling: period for period, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_LEADING = ("per", "paid", "each", "a", "by", "the")


def parse_period(text: str) -> Period:
    """Read a cell that names a pay period.

    Raises
    ------
    Unreadable
        Blank, or no known period; "bimonthly" is refused, for it means two things.

    Examples
    --------
    >>> parse_period("Bi-Weekly").name, parse_period("/hr").name, parse_period("per year").name
    ('BIWEEKLY', 'HOURLY', 'ANNUAL')
    """
    name = key(tidied(text))
    if name in PERIOD_OF_KEY:
        return PERIOD_OF_KEY[name]
    for leading in _LEADING:
        if (rest := name.removeprefix(leading)) in PERIOD_OF_KEY:
            return PERIOD_OF_KEY[rest]
    raise Unreadable("pay period not understood")


def format_period(period: Period) -> str:
    """Write a period as `parse_period` reads it; empty where unstated."""
    return "" if period is Period.UNSTATED else period.name.lower()
