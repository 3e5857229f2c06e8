"""Years of experience and hours a week as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restated import format_experience

from analysis.cleaning.pay.experience import Experience, parse_experience
from analysis.cleaning.pay.pay_columns import parse_hours
from analysis.cleaning.pay.words import Unreadable


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("0-2", 0, 2),
        ("1 year or less", 0, 1),
        ("8+", 8, None),
        ("11 - 20 years", 11, 20),
        ("5 yrs", 5, 5),
        ("less than 1", 0, 1),
        ("less than a year", 0, 1),
        ("< 2 years", 0, 2),
        ("up to 3 yrs", 0, 3),
        ("over 20", 20, None),
        ("10 or more years", 10, None),
        ("10+ yrs", 10, None),
        ("20 plus", 20, None),
        ("at least 5 years of experience", 5, None),
        ("18 months", 1.5, 1.5),
        ("6 months - 2 years", 0.5, 2),
        ("1 yr 6 months", 1.5, 1.5),
        ("two to five", 2, 5),
        ("about 5 years", 5, 5),
        ("none", 0, 0),
        ("no experience", 0, 0),
        ("3.5", 3.5, 3.5),
    ],
)
def test_experience_is_read(text, low, high):
    assert parse_experience(text) == Experience(low=low, high=high)


@pytest.mark.parametrize(
    "text", ["", "n/a", "senior", "2-May", "2019", "5-2", "2-5-8", "a while", "-3", "21⁄2"]
)
def test_what_is_no_number_of_years_is_refused(text):
    with pytest.raises(Unreadable):
        parse_experience(text)


def test_decimal_commas_are_read_where_the_file_has_them():
    assert parse_experience("3,5", decimal_comma=True).low == 3.5
    with pytest.raises(Unreadable):
        parse_experience("3,5")


years = st.integers(0, 7_000).map(lambda hundredths: hundredths / 100)


@given(st.tuples(years, st.one_of(st.none(), years)))
@settings(max_examples=200, deadline=None)
def test_experience_that_is_written_is_read_again(ends):
    low, high = ends
    if high is not None:
        low, high = min(low, high), max(low, high)
    experience = Experience(low=low, high=high)
    assert parse_experience(format_experience(experience)) == experience


@given(st.one_of(st.text(max_size=30), st.text("0123456789+-<>. yearsmonthles", max_size=20)))
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_parsers_raise_anything_but_their_own_error(text):
    for parse in (parse_experience, parse_hours):
        for decimal_comma in (False, True):
            try:
                parse(text, decimal_comma=decimal_comma)
            except Unreadable:
                continue


@pytest.mark.parametrize(
    ("text", "hours", "is_exact"),
    [
        ("40", 40, True),
        ("37.5 hrs", 37.5, True),
        ("40 hours/week", 40, True),
        ("35-40", 37.5, False),
        ("40+", 40, False),
    ],
)
def test_hours_are_read(text, hours, is_exact):
    found = parse_hours(text)
    assert (found.per_week, found.is_exact) == (hours, is_exact)


@pytest.mark.parametrize("text", ["full time", "", "lots", "0", "400"])
def test_what_is_no_number_of_hours_is_refused(text):
    with pytest.raises(Unreadable):
        parse_hours(text)
