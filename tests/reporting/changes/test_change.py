"""A key figure then and now: what is noise, what is welcome, and how it is worded."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.estimate import Estimate, KeyFigure
from analysis.reporting.changes import Change, change_of


def change(old, new, *, better="higher", unit="USD a year", kind="official", **more):
    """A change between two values; a pair is a value and its standard error."""
    made = [
        None
        if given is None
        else Estimate.with_se(given[0], se=given[1], unit=unit, kind=kind, **more)
        for given in (old, new)
    ]
    return Change(name="n", label="N", better=better, old=made[0], new=made[1])


def test_a_rise_beyond_both_intervals_is_better_where_higher_is_better():
    """1.645 x sqrt(153^2 + 160^2) = 364, and 52,300 - 51,140 = 1,160 is more."""
    risen = change((51140, 153), (52300, 160))
    assert risen.noise == pytest.approx(1.6448536 * math.hypot(153, 160))
    assert (risen.verdict, risen.tone) == ("better", "good")


def test_a_rise_is_worse_where_lower_is_better_and_only_a_change_where_neither_is():
    assert change((2, None), (3, None), better="lower").tone == "bad"
    told = change((2, None), (3, None), better="neither")
    assert (told.verdict, told.tone) == ("changed", "neutral")


def test_a_move_within_the_intervals_is_told_but_not_judged():
    small = change((51140, 153), (51400, 160))
    assert small.words == "+$260 (+0.5%), within the interval"
    assert (small.tone, small.is_moved) == ("neutral", False)


def test_a_range_of_single_cases_is_no_excuse_for_a_change():
    old, new = (
        Estimate(
            value=v, low=0, high=90_000, unit="USD", limits="range of single cases", kind="official"
        )
        for v in (40_000, 45_000)
    )
    assert Change(name="n", label="N", better="higher", old=old, new=new).verdict == "better"


def test_percent_moves_by_points():
    assert change((7.1, None), (6.6, None), unit="percent").words == "−0.5 points, worse"


def test_what_nobody_could_see_is_no_change():
    """A value of $5,010 that moves by $4 is written $5,010 still, with three digits."""
    assert change((0.1 + 0.2, None), (0.3, None), unit="ratio").words == "the same"
    assert change((5010, 900), (5014, 900), unit="USD", kind="model").words == "the same"


def test_a_difference_has_as_many_decimals_as_the_values_beside_it():
    """11.5 and 11.856, written 11.5 and 11.9 by their error, differ by 0.4."""
    assert change((11.5, 0.3), (11.856, 0.3), unit="FTE", kind="model").amount == "+0.4"


def test_what_was_or_is_not_there_is_said():
    missing = Estimate(value=None, unit="USD a year", note="Suppressed.", kind="official")
    known = Estimate(value=1.0, unit="USD a year", kind="official")
    hourly = Estimate(value=1.0, unit="USD an hour", kind="official")
    pairs = [(None, known), (known, None), (missing, known), (known, missing), (known, hourly)]
    assert [Change(name="n", label="N", better="higher", old=o, new=n).words for o, n in pairs] == [
        "new",
        "gone",
        "now published",
        "no longer published",
        "in another unit",
    ]


def test_a_bound_that_stays_is_the_same_and_one_that_moves_has_changed():
    bounds = [
        Estimate(value=None, low=low, unit="USD a year", kind="official")
        for low in (208_000, 239_200)
    ]
    moved, kept = (
        Change(name="n", label="N", better="higher", old=bounds[0], new=new) for new in bounds[::-1]
    )
    assert (moved.verdict, kept.verdict) == ("changed", "the same")


def test_only_figures_of_one_name_are_compared():
    first, second = (
        KeyFigure(name=name, label="", estimate=Estimate(value=1, unit="jobs", kind="official"))
        for name in "ab"
    )
    with pytest.raises(ValueError, match="one key figure"):
        change_of(first, second)
    with pytest.raises(ValueError, match="one key figure"):
        change_of(None, None)


values = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@given(values, values, st.sampled_from(["higher", "lower", "neither"]))
def test_going_back_is_the_opposite(old, new, better):
    opposite = {"better": "worse", "worse": "better"}
    there = change((old, 0.5), (new, 0.5), better=better)
    back = change((new, 0.5), (old, 0.5), better=better)
    assert back.verdict == opposite.get(there.verdict, there.verdict)
    assert there.noise == back.noise
