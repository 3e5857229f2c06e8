"""From the pay columns of a table to US dollars a year, or a reason, for every row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.cleaning.pay_records.annual_pay import PROBLEMS, StatedPay, annualise
from analysis.cleaning.pay_records.column_map import FileFormat
from analysis.cleaning.pay_records.distinct import Distinct, is_unread, parse_each, unread_counts
from analysis.cleaning.pay_records.flags import Flag
from analysis.cleaning.pay_records.hours import Hours, parse_hours
from analysis.cleaning.pay_records.pay_fragment import OTHER_CURRENCY, parse_currency
from analysis.cleaning.pay_records.pay_period import Period, parse_period
from analysis.cleaning.pay_records.salary import Pay, parse_pay
from analysis.cleaning.pay_records.set_aside import Reason
from analysis.cleaning.pay_records.unreadable import NOT_STATED, Unreadable

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTexts:
    """The columns that bear on pay; None where the file has none."""

    pay: Distinct | None
    pay_period: Distinct | None
    currency: Distinct | None
    hours_per_week: Distinct | None
    bonus: Distinct | None


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
    flags = hours_flags | bonus_flags
    unread = {"hours_per_week": hours_unread, "bonus": bonus_unread}
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
    annual = annualise(
        StatedPay(
            low=read.low,
            high=read.high,
            has_cents=read.has_cents,
            period_in_cell=read.period,
            period_in_column=period,
            hours_per_week=hours,
        )
    )
    problems = [
        Reason(text=PROBLEMS[problem], field="pay", rows=annual.problem == problem)
        for problem in PROBLEMS
    ]
    own_bonus = np.where(
        np.isnan(read.bonus_share),
        read.bonus_usd,
        np.round((annual.low + annual.high) / 2 * read.bonus_share, 2),
    )
    return PayColumns(
        low=annual.low,
        high=annual.high,
        bonus=np.where(own_bonus > 0, own_bonus, bonus),
        hours_per_week=hours,
        period=annual.period,
        flags=flags | annual.flags | read.flags,
        reasons=[
            Reason(
                text=OTHER_CURRENCY, field="currency", rows=_is_other_currency(texts, file, rows)
            ),
            *read.reasons,
            Reason(text="pay period not understood", field="pay_period", rows=unread_period),
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
