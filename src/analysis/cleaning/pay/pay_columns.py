"""From the pay columns of a table to US dollars a year, or a reason, for every row."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.cleaning.pay.annual_pay import PROBLEMS, PayLimits, StatedPay, annualize
from analysis.cleaning.pay.column_map import FileFormat
from analysis.cleaning.pay.distinct import Distinct, is_unread, parse_each, unread_counts
from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.pay_cell import (
    FULL_TIME_HOURS_PER_WEEK,
    OTHER_CURRENCY,
    Pay,
    Period,
    parse_currency,
    parse_pay,
    parse_period,
)
from analysis.cleaning.pay.pay_header import TOTAL, header_period, pay_header
from analysis.cleaning.pay.set_aside import Reason
from analysis.cleaning.pay.words import NOT_STATED, PART_TIME, Unreadable, key, tidied

LEAST_HOURS, LARGEST_HOURS = 1.0, 100.0  # a week

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_UNIT = r"\s*(?:h|hrs?\.?|hours?)?\s*(?:(?:/|per|a|each)\s*(?:week|wk|w))?\s*(?:weekly)?"
HOURS_POINT = re.compile(rf"(?:about |around |approx\.? |~\s*)?{_NUMBER}{_UNIT}")
HOURS_RANGE = re.compile(rf"{_NUMBER}\s*(?:-|to)\s*{_NUMBER}{_UNIT}")
HOURS_MORE = re.compile(
    rf"{_NUMBER}\s*(?:\+|or more|plus){_UNIT}|(?:over|more than|>)\s*{_NUMBER}{_UNIT}"
)
SAYS_FULL_TIME = re.compile(r"f/?t|full[- ]?time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week, 1 to 100; `is_exact` is False for the middle of a range or a bound."""

    per_week: float
    is_exact: bool

    def __post_init__(self) -> None:
        if not LEAST_HOURS <= self.per_week <= LARGEST_HOURS:
            raise Unreadable(f"not between {LEAST_HOURS:g} and {LARGEST_HOURS:g} hours a week")


def parse_hours(text: str, *, decimal_comma: bool = False) -> Hours:
    """Read one cell of hours a week; "full time" states no number.

    Raises
    ------
    Unreadable
        Blank, no number of hours, or outside 1 to 100.

    Examples
    --------
    >>> parse_hours("37.5 hrs/week").per_week, parse_hours("35-40")
    (37.5, Hours(per_week=37.5, is_exact=False))
    """
    plain = tidied(text).lower()
    if decimal_comma:
        plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    if SAYS_FULL_TIME.fullmatch(plain):
        raise Unreadable(NOT_STATED)
    if match := HOURS_POINT.fullmatch(plain):
        return Hours(per_week=float(match[1]), is_exact=True)
    if match := HOURS_RANGE.fullmatch(plain):
        return Hours(per_week=(float(match[1]) + float(match[2])) / 2, is_exact=False)
    if match := HOURS_MORE.fullmatch(plain):
        return Hours(per_week=float(match[1] or match[2]), is_exact=False)
    raise Unreadable("not a number of hours")


Numbers = NDArray[np.float64]


SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?|\.\d+)\s*(%|percent)?(?: fte)?")
FULL = {"f", "ft", "fulltime", "full", "regularfulltime", "fulltimeregular"}
PART = {"p", "pt", "parttime", "part", "halftime", "regularparttime", "parttimeregular"}


def parse_fte(text: str) -> float:
    """Read a share of full time: "0.5", "50 %", "full time".

    Raises
    ------
    Unreadable
        Blank, above full time, or no share; "part time" is read, and states none.

    Examples
    --------
    >>> parse_fte("0.50"), parse_fte("80%"), parse_fte("F")
    (0.5, 0.8, 1.0)
    """
    plain = tidied(text).lower()
    if found := SHARE.fullmatch(plain):
        share = float(found[1]) / (100 if found[2] else 1)
        if 0 < share <= 1:
            return share
    if key(plain) in FULL:
        return 1.0
    if key(plain) in PART:
        raise Unreadable(PART_TIME)
    raise Unreadable("not a share of full time")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTexts:
    """The columns that bear on pay; None where the file has none."""

    pay: Distinct | None
    pay_period: Distinct | None
    currency: Distinct | None
    hours_per_week: Distinct | None
    fte: Distinct | None
    bonus: Distinct | None
    columns: tuple[str, ...] = ()  # of pay: their headers may name a period


@dataclass(frozen=True, slots=True, kw_only=True)
class PayColumns:
    """Pay of every row, US dollars a year, NaN where there is none.

    Parameters
    ----------
    low, high, bonus, hours_per_week : array of float
        Hours are NaN where none were stated.
    period : array of int
        `Period`, 0 where no pay was read.
    flags : array of int
        Bits of `Flag`.
    reasons : list of Reason
        The first that names a row holds for it.
    unread : dict of str to dict
        By field, the texts of hours and bonus that were not understood, and their rows.
    """

    low: Numbers
    high: Numbers
    bonus: Numbers
    hours_per_week: Numbers
    period: NDArray[np.int64]
    flags: NDArray[np.int64]
    reasons: list[Reason]
    unread: dict[str, dict[str, int]]


def pay_columns(texts: PayTexts, *, rows: int, file: FileFormat) -> PayColumns:
    """Read pay, period, currency, hours and bonus, and bring pay to a year.

    A file without a column of pay keeps all its rows, pay missing.
    """
    hours, hours_flags, hours_unread = _hours(texts.hours_per_week, rows, file)
    bonus, bonus_flags, bonus_unread = _bonus(texts.bonus, rows, file)
    fte, fte_flags, fte_unread = _shares_of_full_time(texts.fte, rows)
    flags = hours_flags | bonus_flags | fte_flags
    unread = {"hours_per_week": hours_unread, "fte": fte_unread, "bonus": bonus_unread}
    if texts.pay is None:
        nothing = np.full(rows, np.nan)
        return PayColumns(
            low=nothing,
            high=nothing,
            bonus=bonus,
            hours_per_week=hours,
            period=np.zeros(rows, dtype=np.int64),
            flags=flags,
            reasons=[],
            unread=unread,
        )
    period, unread_period = _periods(texts.pay_period, rows, file)
    read = _PayOfRows.of(texts.pay, file)
    in_header = header_period(texts.columns) if texts.columns else Period.UNSTATED
    annual = annualize(
        StatedPay(
            low=read.low,
            high=read.high,
            has_cents=read.has_cents,
            period_in_cell=read.period,
            period_in_column=period,
            hours_per_week=np.where(np.isnan(hours), FULL_TIME_HOURS_PER_WEEK * fte, hours),
            period_in_header=in_header,
        ),
        PayLimits.of_year(file.pay_year, largest_annual_usd=file.largest_annual_usd),
    )
    is_total = any(pay_header(name).kind == TOTAL for name in texts.columns)
    full_time = np.where(np.isnan(fte), 1.0, fte)
    low, high = (np.round(each / full_time, 2) for each in (annual.low, annual.high))
    problems = [
        Reason(text=PROBLEMS[problem], field="pay", rows=annual.problem == problem)
        for problem in PROBLEMS
    ]
    own_bonus = np.where(
        np.isnan(read.bonus_share),
        read.bonus_usd,
        np.round((low + high) / 2 * read.bonus_share, 2),
    )
    return PayColumns(
        low=low,
        high=high,
        bonus=np.where(own_bonus > 0, own_bonus, bonus),
        hours_per_week=hours,
        period=annual.period,
        flags=flags | annual.flags | read.flags | int(Flag.TOTAL_PAY) * is_total,
        reasons=[
            Reason(
                text=OTHER_CURRENCY, field="currency", rows=_is_other_currency(texts, file, rows)
            ),
            *read.reasons,
            Reason(
                text="pay period not understood",
                field="pay_period",
                rows=unread_period & (in_header == Period.UNSTATED),
            ),
            *problems,
        ],
        unread=unread,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _PayOfRows:
    """The pay cell of every row, parsed."""

    low: Numbers
    high: Numbers
    bonus_usd: Numbers
    bonus_share: Numbers
    has_cents: NDArray[np.bool_]
    period: NDArray[np.int64]
    flags: NDArray[np.int64]
    reasons: list[Reason]

    @classmethod
    def of(cls, pay: Distinct, file: FileFormat) -> "_PayOfRows":
        """Parse each distinct cell once."""
        parsed = parse_each(pay.spellings, partial(parse_pay, decimal_comma=file.decimal_comma))
        good = [each if isinstance(each, Pay) else None for each in parsed]
        reason_of = [each.reason if isinstance(each, Unreadable) else "" for each in parsed]
        texts = sorted(set(reason_of) - {""} | {NOT_STATED})
        code_of = {text: code for code, text in enumerate(texts)}
        codes = pay.rows(
            [code_of.get(each, -1) for each in reason_of], code_of[NOT_STATED], "int16"
        )

        def numbers(of: Callable[[Pay], Any], otherwise: float) -> Numbers:
            values = [otherwise if each is None else of(each) for each in good]
            return pay.rows(values, otherwise, np.float64)

        def integers(of: Callable[[Pay], int]) -> NDArray[np.int64]:
            return pay.rows([0 if each is None else of(each) for each in good], 0, np.int64)

        return cls(
            low=numbers(lambda each: each.low, np.nan),
            high=numbers(lambda each: each.high, np.nan),
            bonus_usd=numbers(lambda each: each.bonus_usd, np.nan),
            bonus_share=numbers(lambda each: each.bonus_share, np.nan),
            has_cents=integers(lambda each: each.has_cents).astype(np.bool_),
            period=integers(lambda each: each.period),
            flags=integers(lambda each: each.flags),
            reasons=[
                Reason(text=text, field="pay", rows=codes == code) for text, code in code_of.items()
            ],
        )


def _hours(
    hours: Distinct | None, rows: int, file: FileFormat
) -> tuple[Numbers, NDArray[np.int64], dict[str, int]]:
    """Read hours a week, NaN where none are stated."""
    if hours is None:
        return np.full(rows, np.nan), np.zeros(rows, dtype=np.int64), {}
    parsed = parse_each(hours.spellings, partial(parse_hours, decimal_comma=file.decimal_comma))
    per_week = [each.per_week if isinstance(each, Hours) else np.nan for each in parsed]
    flags = [
        int(Flag.HOURS_UNREADABLE)
        if is_unread(each)
        else int(Flag.HOURS_RANGE)
        if isinstance(each, Hours) and not each.is_exact
        else 0
        for each in parsed
    ]
    return (
        hours.rows(per_week, np.nan, np.float64),
        hours.rows(flags, 0, np.int64),
        unread_counts(hours, parsed),
    )


def _shares_of_full_time(
    fte: Distinct | None, rows: int
) -> tuple[Numbers, NDArray[np.int64], dict[str, int]]:
    """Read shares of full time, NaN where none is stated as a number."""
    if fte is None:
        return np.full(rows, np.nan), np.zeros(rows, dtype=np.int64), {}
    parsed = parse_each(fte.spellings, parse_fte)
    shares = [math.nan if isinstance(each, Unreadable) else each for each in parsed]
    flags = [
        int(Flag.FTE_UNREADABLE)
        if is_unread(each)
        else int(Flag.PART_TIME)
        if isinstance(each, Unreadable) and each.reason == PART_TIME
        else int(Flag.FULL_TIME_EQUIVALENT) * (not isinstance(each, Unreadable) and each < 1)
        for each in parsed
    ]
    return (
        fte.rows(shares, np.nan, np.float64),
        fte.rows(flags, 0, np.int64),
        unread_counts(fte, parsed),
    )


def _bonus(
    bonus: Distinct | None, rows: int, file: FileFormat
) -> tuple[Numbers, NDArray[np.int64], dict[str, int]]:
    """Read the column of bonuses, US dollars a year; nothing and zero are no bonus."""
    if bonus is None:
        return np.full(rows, np.nan), np.zeros(rows, dtype=np.int64), {}
    parsed = parse_each(bonus.spellings, partial(parse_pay, decimal_comma=file.decimal_comma))
    amounts, flags = [], []
    for each in parsed:
        is_good = isinstance(each, Pay) and each.period in (Period.UNSTATED, Period.ANNUAL)
        is_none = isinstance(each, Unreadable) and each.reason in (NOT_STATED, "zero")
        amount = (each.low + each.high) / 2 if is_good and isinstance(each, Pay) else np.nan
        amounts.append(round(amount, 2) or np.nan)
        flags.append(0 if is_good or is_none else int(Flag.BONUS_UNREADABLE))
    counts = zip(bonus.spellings, bonus.counts(), flags, strict=True)
    return (
        bonus.rows(amounts, np.nan, np.float64),
        bonus.rows(flags, 0, np.int64),
        {text: int(rows_of) for text, rows_of, flag in counts if flag},
    )


def _periods(
    periods: Distinct | None, rows: int, file: FileFormat
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Read the column of pay periods: the period of each row, and where it is not understood."""
    if periods is None:
        return np.full(rows, int(file.pay_period)), np.zeros(rows, dtype=np.bool_)
    parsed = parse_each(periods.spellings, parse_period)
    codes = [int(each) if isinstance(each, Period) else int(file.pay_period) for each in parsed]
    unread = [is_unread(each) for each in parsed]
    return (
        periods.rows(codes, int(file.pay_period), np.int64),
        periods.rows(unread, False, np.bool_),
    )


def _is_other_currency(texts: PayTexts, file: FileFormat, rows: int) -> NDArray[np.bool_]:
    """Say for each row whether it is stated, there or for the file, in another currency."""
    is_other_file = file.currency != "USD"
    if texts.currency is None:
        return np.full(rows, is_other_file)
    parsed = parse_each(texts.currency.spellings, parse_currency)
    other = [is_unread(each) or (isinstance(each, Unreadable) and is_other_file) for each in parsed]
    return texts.currency.rows(other, is_other_file, np.bool_)
