"""Hires month by month under turnover."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.staffing.hiring import plan_hires

BLS_SEPARATION_RATE = 0.064  # 29-2072, 2024-34: 3.5 % leave the labour force, 2.9 % transfer

STEADY = {
    "months": 12,
    "opening_heads": 100,
    "target_heads": 100,
    "annual_separation_rate": BLS_SEPARATION_RATE,
    "months_to_productivity": 6,
    "first_month_productivity": 0.5,
}

plans = st.builds(
    dict,
    months=st.integers(1, 36),
    opening_heads=st.floats(0, 200),
    target_heads=st.floats(0, 200),
    annual_separation_rate=st.floats(0, 0.9),
    months_to_productivity=st.integers(0, 12),
    first_month_productivity=st.floats(0, 1),
    months_to_fill=st.integers(0, 6),
    max_hires_per_month=st.none() | st.floats(0, 10),
)
laws = settings(max_examples=60, deadline=None)


def test_without_hiring_a_year_takes_the_yearly_rate():
    """100 coders at 6.4 % a year: 93.6 are left after 12 months."""
    planned = plan_hires(**{**STEADY, "max_hires_per_month": 0})
    assert planned["heads_end"].iloc[-1] == pytest.approx(100 * (1 - BLS_SEPARATION_RATE))


def test_two_new_coders_at_half_speed_reach_full_speed_in_two_months():
    """10 + 2 * 0.5 = 11, then 10 + 2 * 0.75 = 11.5, then 12."""
    plan = {
        **STEADY,
        "months": 3,
        "opening_heads": 10,
        "target_heads": 12,
        "annual_separation_rate": 0.0,
        "months_to_productivity": 2,
    }
    planned = plan_hires(**plan)
    assert planned["productive_fte"].tolist() == [11, 11.5, 12]
    assert planned["gap_fte"].tolist() == [1, 0.5, 0]
    assert planned["hires"].tolist() == [2, 0, 0]


def test_posts_take_their_time_to_fill():
    """Two months to fill: the first of the two missing coders cannot start before month 3."""
    plan = {
        **STEADY,
        "months": 4,
        "opening_heads": 10,
        "target_heads": 12,
        "annual_separation_rate": 0.0,
        "months_to_fill": 2,
        "max_hires_per_month": 1,
    }
    assert plan_hires(**plan)["hires"].tolist() == [0, 0, 1, 1]


def test_a_team_above_target_shrinks_by_turnover_alone():
    planned = plan_hires(**{**STEADY, "target_heads": 50})
    assert planned["hires"].sum() == 0
    assert planned["heads_end"].is_monotonic_decreasing


def test_a_target_can_change_from_month_to_month():
    plan = {
        **STEADY,
        "months": 2,
        "opening_heads": 10,
        "target_heads": [10, 13],
        "annual_separation_rate": 0.0,
    }
    assert plan_hires(**plan)["hires"].tolist() == [0, 3]


@given(plan=plans)
@laws
def test_people_are_conserved(plan):
    planned = plan_hires(**plan)
    came = plan["opening_heads"] + planned["hires"].sum()
    assert planned["heads_end"].iloc[-1] == pytest.approx(came - planned["leavers"].sum(), abs=1e-6)
    balance = planned["heads_start"] + planned["hires"] - planned["leavers"]
    assert planned["heads_end"].tolist() == pytest.approx(balance.tolist(), abs=1e-6)
    assert planned["heads_start"].tolist()[1:] == pytest.approx(planned["heads_end"].tolist()[:-1])


@given(plan=plans)
@laws
def test_nobody_does_the_work_of_two(plan):
    planned = plan_hires(**plan)
    heads = planned["heads_start"] + planned["hires"]
    assert (planned["productive_fte"] <= heads + 1e-9).all()
    assert (planned[["hires", "leavers", "gap_fte"]] >= 0).all(axis=None)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"months": 0}, "months must be"),
        ({"opening_heads": -1}, "opening_heads"),
        ({"target_heads": [1.0, 2.0]}, "one value or 12"),
        ({"annual_separation_rate": 1.0}, "annual_separation_rate"),
        ({"months_to_fill": -1}, "months_to_fill"),
        ({"first_month_productivity": 1.5}, "first_month_productivity"),
        ({"max_hires_per_month": -1}, "max_hires_per_month"),
    ],
)
def test_plans_out_of_range_are_refused(change, message):
    with pytest.raises(ValueError, match=message):
        plan_hires(**{**STEADY, **change})
