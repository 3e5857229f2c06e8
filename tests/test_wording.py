"""Numbers on pages: as published, or rounded to what their error allows."""

from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import wording
from analysis.estimate import Estimate, Kind

MODEL_UNITS = st.sampled_from(["USD a year", "USD", "percent", "jobs", "years", "ratio"])


def number_in(text: str) -> float:
    """Read a number back from a page's text."""
    return float(text.replace("$", "").replace(",", "").replace("%", "").replace("−", "-"))


def test_the_published_median_wage_is_shown_to_the_dollar_in_spite_of_its_error():
    """BLS OEWS May 2025 publishes annual medians in whole dollars; errors do not round them."""
    estimate = Estimate.with_se(51140, se=460, unit="USD a year", kind="official")
    assert wording.amount(estimate) == "$51,140"


def test_a_modelled_wage_is_rounded_to_hundreds_where_its_error_is_hundreds():
    """Half of 460 is 230; the largest power of ten not above it is 100."""
    estimate = Estimate.with_se(51143.7, se=460, unit="USD a year", kind="model")
    assert wording.amount(estimate) == "$51,100"


def test_limits_are_rounded_to_the_place_of_their_value():
    """51,140 -/+ 1.645 * 153 is 50,888.3 to 51,391.7; the median is published to the dollar."""
    estimate = Estimate.with_se(51140, se=153, unit="USD a year", kind="official")
    assert wording.interval(estimate) == "$50,888 to $51,392"


@pytest.mark.parametrize("absent", [None, float("nan")])
def test_missing_is_said_in_words(absent):
    for text in (
        wording.usd(absent),
        wording.count(absent),
        wording.percent(absent),
        wording.amount(Estimate(value=absent, unit="jobs", kind="official")),
        wording.amount_with_unit(Estimate(value=absent, unit="USD a year", kind="official")),
    ):
        assert text == "not published"


def test_a_top_coded_wage_is_a_bound():
    estimate = Estimate(
        value=None, low=239200, unit="USD a year", note="Top-coded.", kind="official"
    )
    assert wording.amount_with_unit(estimate) == "$239,200 or more a year"


def test_infinity_is_refused():
    with pytest.raises(ValueError, match="finite"):
        wording.usd(float("inf"))


def test_minus_zero_has_no_sign():
    assert wording.percent(-0.01) == "0.0%"
    assert wording.usd(-0.4) == "$0"


@pytest.mark.parametrize("tiny", [1e-12, 5e-324])
def test_a_tiny_number_or_error_does_not_fill_the_page(tiny):
    assert wording.amount(Estimate(value=tiny, unit="index", kind="official")) == "0.000000"
    assert wording.amount(Estimate.with_se(1.0, se=tiny, unit="index", kind="model")) == "1.000000"


def test_a_zero_error_rounds_nothing():
    estimate = Estimate.with_se(51143, se=0, unit="USD a year", kind="model")
    assert wording.amount(estimate) == "$51,143"


@settings(max_examples=200)
@given(
    ends=st.lists(st.floats(-1e7, 1e7), min_size=3, max_size=3).map(sorted),
    unit=MODEL_UNITS,
    kind=st.sampled_from(get_args(Kind)),
)
def test_the_value_shown_lies_within_the_limits_shown(ends, unit, kind):
    low, value, high = ends
    estimate = Estimate(value=value, low=low, high=high, unit=unit, kind=kind)
    shown_low, shown_high = (number_in(text) for text in wording.interval(estimate).split(" to "))
    assert shown_low <= number_in(wording.amount(estimate)) <= shown_high


def test_ticks_in_thousands_of_dollars_have_the_minus_first_and_a_bare_zero():
    assert [wording.thousands_usd(tick) for tick in (-30, 0, 2.5)] == ["\u2212$30k", "$0", "$2.5k"]


@settings(max_examples=100)
@given(value=st.floats(-1e7, 1e7), se=st.floats(1, 1e6))
def test_rounding_moves_a_modelled_value_by_at_most_a_quarter_of_its_error(value, se):
    estimate = Estimate.with_se(value, se=se, unit="years", kind="model")
    assert abs(number_in(wording.amount(estimate)) - value) <= se / 4 * 1.0001


def test_whatever_shows_itself_in_a_notebook_is_kept_from_the_typesetter():
    """Two dollar signs in one output are a formula to JupyterLab."""
    source = Path(wording.__file__).parent
    shown = [
        (path.name, above.strip())
        for path in source.rglob("*.py")
        for above, line in pairwise(path.read_text(encoding="utf-8").splitlines())
        if "def _repr_html_(" in line
    ]
    assert len(shown) > 5
    assert {above for _, above in shown} == {"@untypeset"}, shown
