"""Pay as people write it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restated import format_pay

from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.pay_cell import (
    Pay,
    Period,
    format_period,
    parse_currency,
    parse_pay,
    parse_period,
)
from analysis.cleaning.pay.words import Unreadable

UNSTATED, HOURLY, BIWEEKLY = Period.UNSTATED, Period.HOURLY, Period.BIWEEKLY
MONTHLY, ANNUAL = Period.MONTHLY, Period.ANNUAL

READ = [
    ("$54,200", 54_200, 54_200, UNSTATED),
    ("54200", 54_200, 54_200, UNSTATED),
    ("54.2k", 54_200, 54_200, UNSTATED),
    ("54.2 K", 54_200, 54_200, UNSTATED),
    ("54 thousand", 54_000, 54_000, UNSTATED),
    ("54-58k", 54_000, 58_000, UNSTATED),
    ("54k-58k", 54_000, 58_000, UNSTATED),
    ("54k - 58", 54_000, 58_000, UNSTATED),
    ("54,000-58k", 54_000, 58_000, UNSTATED),
    ("$54,000 – $58,000", 54_000, 58_000, UNSTATED),
    ("between 54 and 58k", 54_000, 58_000, UNSTATED),
    ("from $54K to $58K a year", 54_000, 58_000, ANNUAL),
    ("58-54k", 54_000, 58_000, UNSTATED),
    ("950-1.2k biweekly", 950, 1_200, BIWEEKLY),
    ("26.05/hr", 26.05, 26.05, HOURLY),
    ("$26.05 an hour", 26.05, 26.05, HOURLY),
    ("26.05 per hr.", 26.05, 26.05, HOURLY),
    ("$26-$28/hr", 26, 28, HOURLY),
    ("$26/hr - $28/hr", 26, 28, HOURLY),
    ("$1,950 biweekly", 1_950, 1_950, BIWEEKLY),
    ("$1,950 bi-weekly", 1_950, 1_950, BIWEEKLY),
    ("1950 every two weeks", 1_950, 1_950, BIWEEKLY),
    ("$1,950 / 2 weeks", 1_950, 1_950, BIWEEKLY),
    ("2,000 twice a month", 2_000, 2_000, Period.SEMIMONTHLY),
    ("4,500/mo", 4_500, 4_500, MONTHLY),
    ("$4,500 monthly", 4_500, 4_500, MONTHLY),
    ("USD 54 200", 54_200, 54_200, UNSTATED),
    ("54\u00a0200 USD", 54_200, 54_200, UNSTATED),
    ("54'200", 54_200, 54_200, UNSTATED),
    ("US$54,200.00 p.a.", 54_200, 54_200, ANNUAL),
    ("5.42E+04", 54_200, 54_200, UNSTATED),
    ("I make 54k", 54_000, 54_000, UNSTATED),
]
REFUSED = [
    ("", "not stated"),
    ("  ", "not stated"),
    ("N/A", "not stated"),
    ("prefer not to say", "not stated"),
    ("competitive", "not an amount of money"),
    ("depends on experience", "not an amount of money"),
    ("123-45-6789", "not an amount of money"),
    ("555-123-4567", "not an amount of money"),
    ("2024-05-01", "not an amount of money"),
    ("26.05/hr/yr", "not an amount of money"),
    ("$2,000 bimonthly", "not an amount of money"),
    ("54 58", "more than one number"),
    ("29-2072", "a range wider than 1 to 3"),
    ("54.200,00", "a number not written as in the file's locale"),
    ("54,20", "a number not written as in the file's locale"),
    ("5,42,000", "a number not written as in the file's locale"),
    ("€54,200", "another currency"),
    ("54,200 CAD", "another currency"),
    ("C$54,200", "another currency"),
    ("12 LPA", "another currency"),
    ("-54,200", "negative"),
    ("$-54,200", "negative"),
    ("(54,200)", "negative"),
    ("0", "zero"),
    ("$0.00", "zero"),
    ("60k+", "a lower bound, not an amount"),
    ("up to 60k", "an upper bound, not an amount"),
    ("> 50000", "a lower bound, not an amount"),
    ("=54200*1", "a spreadsheet formula, never evaluated"),
    ("=cmd|' /C calc'!A0", "a spreadsheet formula, never evaluated"),
    ("60k 5k bonus", "a bonus that cannot be told from pay"),
    ("9" * 501, "longer than 500 characters"),
]
BONUS = [
    ("~60K + bonus", 60_000, None, None, Flag.APPROXIMATE | Flag.BONUS_UNSTATED),
    ("60k + 5k bonus", 60_000, 5_000, None, Flag(0)),
    ("$60,000 base, $5,000 annual bonus", 60_000, 5_000, None, Flag(0)),
    ("60k (plus bonus)", 60_000, None, None, Flag.BONUS_UNSTATED),
    ("60k + 10% bonus", 60_000, None, 0.1, Flag.BONUS_PERCENT),
    ("60k + 5 bonus", 60_000, None, None, Flag.BONUS_UNSTATED),
    ("60k including bonus", 60_000, None, None, Flag.BONUS_INCLUDED),
    ("$60,000 plus benefits", 60_000, None, None, Flag.EXTRAS_NOT_COUNTED),
    ("$26/hr + OT", 26, None, None, Flag.EXTRAS_NOT_COUNTED),
]


@pytest.mark.parametrize(("text", "low", "high", "period"), READ)
def test_pay_is_read(text, low, high, period):
    pay = parse_pay(text)
    assert (pay.low, pay.high, pay.period) == (low, high, period)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_pay_is_refused_with_its_reason(text, reason):
    with pytest.raises(Unreadable) as error:
        parse_pay(text)
    assert error.value.reason == reason


@pytest.mark.parametrize(("text", "amount", "bonus", "share", "flags"), BONUS)
def test_a_bonus_stands_apart_from_pay(text, amount, bonus, share, flags):
    pay = parse_pay(text)
    assert (pay.low, pay.high) == (amount, amount)
    assert (pay.bonus_usd, pay.bonus_share, pay.flags) == (bonus, share, flags)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("54.200,00", 54_200),
        ("$54.200", 54_200),
        ("1.950,50 biweekly", 1_950.5),
        ("54,2k", 54_200),
        ("54 200", 54_200),
        ("26.05", 26.05),  # a workbook's own number: two decimals are no thousands
        ("26.1250", 26.125),
    ],
)
def test_decimal_commas_are_read_where_the_file_has_them(text, amount):
    assert parse_pay(text, decimal_comma=True).low == amount


@pytest.mark.parametrize("text", ["EUR", "C$", "pounds"])
def test_another_currency_is_refused_with_its_reason(text):
    with pytest.raises(Unreadable) as error:
        parse_currency(text)
    assert error.value.reason == "another currency"


def test_both_ends_and_the_bonus_have_a_decimal_comma_where_the_file_has():
    pay = parse_pay("54.200,50-58.000,25", decimal_comma=True)
    assert (pay.low, pay.high) == (54_200.5, 58_000.25)
    pay = parse_pay("54.200,00 + 1.500,50 bonus", decimal_comma=True)
    assert (pay.low, pay.bonus_usd) == (54_200, 1500.5)


def test_a_range_is_flagged_and_so_is_its_order():
    assert parse_pay("54-58k").flags == Flag.RANGE
    assert parse_pay("58-54k").flags == Flag.RANGE | Flag.RANGE_REORDERED


amounts = st.one_of(
    st.integers(1, 10**7).map(lambda cents: (cents / 100, True)),
    st.integers(1, 10**7).map(lambda dollars: (float(dollars), False)),
)


@st.composite
def pays(draw):
    low, has_cents = draw(amounts)
    flags, high = draw(st.sampled_from([0, int(Flag.APPROXIMATE)])), low
    if draw(st.booleans()):
        high, flags = low * draw(st.sampled_from([1, 2])), flags | int(Flag.RANGE)
    bonus, share = draw(
        st.one_of(
            st.just((None, None)),
            st.integers(100, 10_000).map(lambda usd: (float(usd), None)),
            st.integers(1, 100).map(lambda pct: (None, pct / 100)),
        )
    )
    bonus = None if bonus is not None and bonus > high * 2080 else bonus
    flags |= int(Flag.BONUS_PERCENT) if share is not None else 0
    period = draw(st.sampled_from(Period))
    return Pay(
        low=low,
        high=high,
        period=period,
        has_cents=has_cents,
        bonus_usd=bonus,
        bonus_share=share,
        flags=flags,
    )


@given(pays())
@settings(max_examples=200, deadline=None)
def test_pay_that_is_written_is_read_again(pay):
    assert parse_pay(format_pay(pay)) == pay


@given(
    st.one_of(
        st.text(max_size=40),
        st.text("0123456789.,$k-+/ ()%~'ehrytobnus", max_size=25),
    ),
    st.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_parser_raise_anything_but_its_own_error(text, decimal_comma):
    try:
        pay = parse_pay(text, decimal_comma=decimal_comma)
    except Unreadable:
        return
    assert 0 < pay.low <= pay.high


@pytest.mark.parametrize("period", [each for each in Period if each])
def test_a_period_that_is_written_is_read_again(period):
    assert parse_period(format_period(period)) is period


@given(st.one_of(st.text(max_size=20), st.text("perhouaylydkwmtbi/-. 2$USDE€", max_size=14)))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_the_parsers_of_period_and_currency_raise_anything_else(text):
    for parse in (parse_period, parse_currency):
        try:
            parse(text)
        except Unreadable:
            continue
