"""The backlog day by day."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.staffing.backlog import simulate_backlog

records = st.lists(st.integers(0, 1000), min_size=1, max_size=14)
laws = settings(max_examples=50, deadline=None)


def test_eighty_records_at_fifty_a_day_clear_on_the_second_day():
    """80 + 100 - 150 = 30, then 30 + 100 - 150 < 0."""
    followed = simulate_backlog(
        days=5, arrivals_per_day=100, capacity_per_day=150, opening_backlog=80
    )
    assert followed["backlog"].tolist() == [30, 0, 0, 0, 0]
    assert followed["coded"].tolist() == [150, 130, 100, 100, 100]


def test_a_week_without_weekend_work_builds_and_drains():
    """100 a day arrive on seven days, 140 a day are coded on five: back to 0 each Friday."""
    followed = simulate_backlog(days=14, arrivals_per_day=100, capacity_per_day=[0, 0, *[140] * 5])
    assert followed["backlog"].tolist() == [100, 200, 160, 120, 80, 40, 0] * 2


def test_dnfb_days_are_bill_hold_plus_backlog_over_daily_arrivals():
    """200 uncoded at 100 a day are 2 days, on top of a hold of 3."""
    assert simulate_backlog(
        days=1, arrivals_per_day=100, capacity_per_day=100, opening_backlog=200, bill_hold_days=3
    )["dnfb_days"].tolist() == [5]


def test_without_arrivals_dnfb_days_are_missing():
    assert (
        simulate_backlog(days=1, arrivals_per_day=0, capacity_per_day=1)["dnfb_days"].isna().all()
    )


@given(days=st.integers(1, 60), arrivals=records, capacity=records, opening=st.floats(0, 5000))
@laws
def test_records_are_neither_made_nor_lost(days, arrivals, capacity, opening):
    followed = simulate_backlog(
        days=days, arrivals_per_day=arrivals, capacity_per_day=capacity, opening_backlog=opening
    )
    went_in = opening + followed["arrivals"].sum()
    came_out = followed["coded"].sum() + followed["backlog"].iloc[-1]
    assert came_out == pytest.approx(went_in, abs=1e-6)
    assert (followed["backlog"] >= 0).all()
    assert (followed["coded"] <= followed["capacity"] + 1e-6).all()


@given(days=st.integers(1, 40), arrivals=records, capacity=records, opening=st.floats(0, 5000))
@laws
def test_the_backlog_follows_the_daily_rule(days, arrivals, capacity, opening):
    """Day by day max(0, backlog + arrivals - capacity)."""
    followed = simulate_backlog(
        days=days, arrivals_per_day=arrivals, capacity_per_day=capacity, opening_backlog=opening
    )
    backlog = opening
    for day in followed.itertuples():
        backlog = max(0.0, backlog + day.arrivals - day.capacity)
        assert day.backlog == pytest.approx(backlog, abs=1e-6)


@pytest.mark.parametrize(
    "change",
    [
        {"days": 0},
        {"arrivals_per_day": -1},
        {"capacity_per_day": []},
        {"opening_backlog": float("nan")},
    ],
)
def test_impossible_days_are_refused(change):
    plain = {"days": 1, "arrivals_per_day": 1, "capacity_per_day": 1}
    with pytest.raises(ValueError, match=next(iter(change))):
        simulate_backlog(**(plain | change))
