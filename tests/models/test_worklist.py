"""A worklist with a target in days: the fluid without chance, laws of chance, repeatable draws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.ranges import Range, RepeatableDraws
from analysis.models.staffing import (
    Worklist,
    days_waiting,
    required_fte,
    reserve_for_target,
    simulate_backlog,
)
from analysis.models.staffing.worklist import draw_year, work_through

HOSPITAL = {
    "records_per_day": {"inpatient": 45, "ed": 150, "outpatient": 300},
    "minutes_per_record": {"inpatient": 24.0, "ed": 5.5, "outpatient": 9.6},
}
BUSY_MONDAY = (130, 100, 95, 90, 85)
laws = settings(max_examples=25, deadline=None)


def test_draws_are_those_of_the_published_generator():
    """mulberry32 of seed 1 begins 0.62707394, 0.00273572 (as JavaScript prints it)."""
    assert RepeatableDraws(1).random(2).tolist() == [0.6270739405881613, 0.002735721180215478]


def test_draws_taken_in_two_goes_are_those_taken_at_once():
    draws = RepeatableDraws(7)
    parts = [*draws.random(3), *draws.random(4)]
    assert parts == RepeatableDraws(7).random(7).tolist()


def test_draws_are_uniform():
    """Mean 1/2 and variance 1/12, within four standard errors."""
    drawn = RepeatableDraws(2).random(100_000)
    assert drawn.mean() == pytest.approx(0.5, abs=4 / (12 * 100_000) ** 0.5)
    assert drawn.var() == pytest.approx(1 / 12, rel=0.02)


@given(
    weights=st.lists(st.floats(0.2, 3), min_size=1, max_size=7),
    time=st.floats(0.5, 2),
    opening=st.floats(0, 900),
)
@laws
def test_without_chance_the_worklist_is_the_fluid(weights, time, opening):
    """The minutes that wait are those of `simulate_backlog`, whatever the order of types."""
    worklist = Worklist(**HOSPITAL, weekday_weights=weights, is_random=False)
    arrivals, times = draw_year(worklist, days=40, runs=1)
    minutes = np.array([24.0, 5.5, 9.6])
    capacity = worklist.minutes_per_day * time * times[None]
    ends = work_through(worklist, arrivals, capacity, opening=opening)[0, 0]
    fluid = simulate_backlog(
        days=40,
        arrivals_per_day=(arrivals[0] @ minutes).tolist(),
        capacity_per_day=worklist.minutes_per_day * time,
        opening_backlog=opening * 9.6,
    )
    assert ends @ minutes == pytest.approx(fluid["backlog"].to_numpy(), abs=1e-6)


def test_without_chance_the_need_is_the_fluid_need():
    """45 records a day at 24 minutes keep 45 x 24 / 480 = 2.25 coders busy: no reserve on top."""
    steady = Worklist(**HOSPITAL, is_random=False)
    reserve = reserve_for_target(steady, target_days=0.5, target_share=0.99)
    speed = {"inpatient": Range.known(20)}
    need = required_fte(
        {"inpatient": 45}, speed, shrinkage=Range.known(0), reserve=reserve, draws=1
    )
    assert reserve == 1
    assert need.fte.value == pytest.approx(2.25)


def test_a_monday_by_hand():
    """Twice the records on Monday, none on Tuesday: half of Monday's wait, then none.

    10 a day at 48 minutes are 480 minutes: 20 arrive, 10 are coded, 10 wait; then 10 are coded.
    With a tenth more coders 20 - 11 = 9 records wait, 0.9 days.
    """
    worklist = Worklist(
        records_per_day={"ed": 10},
        minutes_per_record={"ed": 48.0},
        weekday_weights=(2, 0),
        is_random=False,
    )
    waits = days_waiting(worklist, [1.0], days=4, runs=1)
    assert waits[0, 0].tolist() == [1, 0, 1, 0]
    assert reserve_for_target(worklist, target_days=0.9, target_share=0.9, days=4, runs=1) == 1.1


def test_the_first_type_is_coded_before_the_others():
    """Time for half of the work: 24 x 45 = 1,080 of 4,785 minutes are inpatient, and all coded."""
    worklist = Worklist(**HOSPITAL, is_random=False)
    arrivals, times = draw_year(worklist, days=5, runs=1)
    ends = work_through(worklist, arrivals, worklist.minutes_per_day * 0.5 * times[None])[0, 0]
    assert ends[:, 0].tolist() == [0] * 5
    assert (np.diff(ends[:, 2]) > 0).all()


def test_arrivals_have_the_means_and_the_scatter_asked_for():
    """Counts of 300 scatter by 1 / sqrt(300) = 5.8 %, with 10 % on top sqrt(0.0133) = 11.5 %."""
    worklist = Worklist(**HOSPITAL, weekday_weights=BUSY_MONDAY, arrivals_cv=0.1, capacity_cv=0.05)
    arrivals, times = draw_year(worklist, runs=400)
    assert arrivals.mean(axis=(0, 1)) == pytest.approx([45, 150, 300], rel=0.005)
    tuesday = arrivals[:, 1::5, 2]
    assert tuesday.std() / tuesday.mean() == pytest.approx(0.1155, rel=0.02)
    assert times.std() / times.mean() == pytest.approx(0.05, rel=0.02)


@given(cv=st.floats(0, 0.4), days=st.floats(0.5, 5), share=st.floats(0.5, 0.99))
@laws
def test_the_reserve_keeps_the_target_and_a_hundredth_less_does_not(cv, days, share):
    worklist = Worklist(**HOSPITAL, weekday_weights=BUSY_MONDAY, arrivals_cv=cv)
    reserve = reserve_for_target(worklist, target_days=days, target_share=share, runs=5)
    kept = days_waiting(worklist, [reserve, reserve - 0.01], runs=5) <= days
    assert kept[0].mean() >= share
    assert reserve == 1 or kept[1].mean() < share


@given(days=st.floats(0.5, 4), more=st.floats(0.1, 4))
@laws
def test_a_later_target_never_needs_more_coders(days, more):
    worklist = Worklist(**HOSPITAL, weekday_weights=BUSY_MONDAY, arrivals_cv=0.2)
    early, late = (
        reserve_for_target(worklist, target_days=target, target_share=0.9, runs=5)
        for target in (days, days + more)
    )
    assert late <= early


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"records_per_day": {"ed": 0}}, "one above"),
        ({"records_per_day": {"ed": -1}}, "at least 0"),
        ({"minutes_per_record": {"inpatient": 24, "ed": 0, "outpatient": 9}}, "above 0"),
        ({"weekday_weights": (0, 0)}, "weekday_weights"),
        ({"arrivals_cv": -0.1}, "arrivals_cv"),
    ],
)
def test_a_worklist_that_cannot_be_is_refused(change, message):
    with pytest.raises(ValueError, match=message):
        Worklist(**{**HOSPITAL, **change})


def test_a_target_that_no_team_keeps_is_refused():
    worklist = Worklist(
        records_per_day={"ed": 10}, minutes_per_record={"ed": 5.0}, weekday_weights=(5, 0, 0, 0, 0)
    )
    with pytest.raises(ValueError, match="no team keeps within"):
        reserve_for_target(worklist, target_days=0.5, target_share=1)
    with pytest.raises(ValueError, match="target_days must be above 0"):
        reserve_for_target(worklist, target_days=0, target_share=0.9)
