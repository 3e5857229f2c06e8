"""The grading rule, at each of its boundaries."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.studies.evidence.grading import Official, Statement, difference_pct, grade
from analysis.studies.lookup import Citation

USD = "USD a year"


def stated(low=None, high=None, unit=USD):
    return Statement(claim_id="c", topic="t", text="s", low=low, high=high, unit=unit)


def official(low=None, high=None, **more):
    given_here = {
        "low": low,
        "high": low if high is None else high,
        "cited": Citation(source="BLS", verification="read in source"),
        "reason": "Because.",
    }
    return Official(**(given_here | more))


@pytest.mark.parametrize(
    ("low", "high", "value", "verdict"),
    [
        (90.0, 110.0, 100.0, "supported"),  # inside
        (90.0, 100.0, 100.0, "supported"),  # on a bound
        (105.0, 120.0, 100.0, "supported"),  # 5 % above, exactly
        (105.01, 120.0, 100.0, "overstated"),
        (80.0, 95.0, 100.0, "supported"),  # 5 % below, exactly
        (80.0, 94.99, 100.0, "understated"),
        (105.0, 105.0, 100.0, "supported"),  # a point
    ],
)
def test_five_percent_of_the_official_value_is_the_boundary(low, high, value, verdict):
    assert grade(stated(low, high), official(value))[0] == verdict


@pytest.mark.parametrize(
    ("older", "verdict"),
    [(116.50, "overstated"), (116.51, "outdated"), (123.71, "outdated"), (123.72, "overstated")],
)
def test_three_percent_of_an_older_value_is_the_boundary_of_outdated(older, verdict):
    """120 / 1.03 = 116.505 and 120 / 0.97 = 123.711."""
    found = grade(stated(120.0, 120.0), official(100.0, older=(("y", older),)))
    assert found[0] == verdict


def test_exactly_three_percent_off_an_older_value_is_outdated():
    found = grade(stated(103.0, 103.0), official(90.0, older=(("y", 100.0),)))
    assert found[0] == "outdated"


def test_an_older_value_does_not_matter_where_today_s_supports_the_stated():
    found = grade(stated(104.0, 104.0), official(100.0, older=(("y", 104.0),)))
    assert found[0] == "supported"


def test_a_claim_tied_to_a_superseded_release_is_outdated():
    found = grade(stated(8.0, 8.0), official(7.1, superseded_release="2022-32"))
    assert found[0] == "outdated"
    assert found[1] == pytest.approx(100 * 0.9 / 7.1)


def test_a_range_so_wide_that_anything_lies_in_it_tests_nothing():
    """40 to 160 is fourfold; 40 to 120 is threefold, and may still fail a statement of 200."""
    assert grade(stated(40.0, 60.0), official(40.0, 160.0)) == ("not testable", None)
    assert grade(stated(200.0, 200.0), official(40.0, 120.0))[0] == "overstated"


def test_a_statement_is_supported_or_contradicted():
    words = {"low": None, "high": None, "text": "in force: ICD-10-CM"}
    assert grade(stated(), official(**words, holds=True))[0] == "supported"
    assert grade(stated(), official(**words, holds=False))[0] == "contradicted"


def test_facts_contradict_a_number_too():
    words = {"low": None, "high": None, "text": "never"}
    assert grade(stated(2023, 2023, "year"), official(**words, holds=False))[0] == "contradicted"


def test_another_population_is_not_comparable_however_near_its_number():
    found = grade(stated(100.0, 100.0), official(100.0, is_comparable=False))
    assert found == ("not comparable", None)


def test_without_data_a_claim_is_not_testable():
    assert grade(stated(1.0, 2.0), None)[0] == "not testable"


def test_an_open_bound_is_met_by_anything_beyond_it():
    assert grade(stated(low=95.0), official(99.0))[0] == "supported"
    assert grade(stated(low=95.0), official(90.0))[0] == "overstated"


def test_ranges_that_meet_support_and_the_nearer_end_counts_otherwise():
    """900 to 1,100 against 847 to 1,047 meet; against 700 to 800 it is 900 / 800 = +12.5 %."""
    assert grade(stated(900.0, 1100.0), official(847.0, 1047.0))[0] == "supported"
    assert grade(stated(900.0, 1100.0), official(700.0, 800.0))[1] == 12.5


def test_a_claim_above_zero_is_infinitely_above_an_official_zero():
    assert difference_pct(1.0, 1.0, official_low=0.0, official_high=0.0) == math.inf


def test_a_claim_without_a_number_needs_a_verdict():
    with pytest.raises(ValueError, match="numbers on both sides, or `holds`"):
        grade(stated(), official(1.0))


def test_an_official_answer_without_value_or_words_is_refused():
    with pytest.raises(ValueError, match="a value or words"):
        official(None)


def test_a_missing_figure_grades_nothing():
    with pytest.raises(ValueError, match="missing cannot grade a statement"):
        official(math.nan)


positive = st.floats(1, 1e6)


@given(low=positive, width=st.floats(0, 1e5), value=positive, scale=st.sampled_from([0.5, 2, 1024]))
@settings(max_examples=100, deadline=None)
def test_the_grade_does_not_depend_on_the_unit_of_money(low, width, value, scale):
    """Powers of two scale exactly, so not even rounding may change the grade."""
    small = grade(stated(low, low + width), official(value))
    large = grade(stated(low * scale, (low + width) * scale), official(value * scale))
    assert large[0] == small[0]
    assert large[1] == pytest.approx(small[1])


@given(low=positive, width=st.floats(0, 1e5), value=positive)
@settings(max_examples=100, deadline=None)
def test_overstated_is_above_and_understated_below(low, width, value):
    found = grade(stated(low, low + width), official(value))
    assert found[0] == (
        "supported" if abs(found[1]) <= 5 + 1e-9 else "overstated" if low > value else "understated"
    )
