"""Scenarios of automation."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies.outlook.automation_scenarios import (
    NAMES,
    NO_AUTOMATION,
    AutomationScenario,
    automation_scenarios,
)

TABLES = processed.Tables()
NAMED = automation_scenarios(TABLES)
OWN = AutomationScenario(
    name="own",
    exposed_task_share=0.5,
    accuracy=0.9,
    review_share=0.4,
    adoption_ceiling=0.8,
    midpoint_year=2030,
    adoption_growth=0.4,
)
shares = st.floats(0, 1)


def test_half_of_the_ceiling_is_reached_at_the_midpoint():
    assert OWN.adoption(2030) == pytest.approx(0.4)


def test_labour_by_hand():
    """At the midpoint: 1 - 0.5 x (0.9 - 0.4) x 0.4 = 0.9."""
    assert OWN.labour_per_unit(2030) == pytest.approx(0.9)


def test_claims_handling_saves_evenly_until_broad_use():
    """A tenth of the work, half of it saved from 2031: 2.5 % in the middle of 2026 to 2031."""
    claims = replace(NO_AUTOMATION, admin_task_share=0.1, admin_saving=0.5, admin_full_year=2031)
    found = [claims.labour_per_unit(year) for year in (2024, 2026, 2028.5, 2031, 2034)]
    assert found == pytest.approx([1, 1, 0.975, 0.95, 0.95])


def test_a_delay_moves_the_whole_curve():
    late = replace(OWN, start_delay_years=3)
    assert late.adoption(2033) == pytest.approx(OWN.adoption(2030))


def test_a_tool_dearer_to_check_than_it_is_right_saves_nothing():
    useless = replace(OWN, accuracy=0.3, review_share=0.4)
    assert useless.labour_per_unit(2050) == 1


@given(exposed=shares, accuracy=shares, review=shares, ceiling=shares, year=st.integers(2000, 2080))
def test_shares_stay_shares_and_adoption_never_falls(exposed, accuracy, review, ceiling, year):
    scenario = replace(
        OWN,
        exposed_task_share=exposed,
        accuracy=accuracy,
        review_share=review,
        adoption_ceiling=ceiling,
    )
    assert 0 <= scenario.adoption(year) <= scenario.adoption(year + 1) <= ceiling + 1e-12
    assert 0 <= scenario.labour_per_unit(year + 1) <= scenario.labour_per_unit(year) <= 1
    assert 0 <= scenario.routine_share_left(year) <= 1


@given(accuracy=st.tuples(shares, shares), year=st.integers(2024, 2060))
def test_a_more_accurate_tool_needs_no_more_labour(accuracy, year):
    worse, better = (replace(OWN, accuracy=share) for share in sorted(accuracy))
    assert better.labour_per_unit(year) <= worse.labour_per_unit(year)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("exposed_task_share", 1.2),
        ("accuracy", -0.1),
        ("review_share", 35.0),
        ("adoption_ceiling", float("nan")),
        ("admin_saving", 45.0),
        ("adoption_growth", 0.0),
        ("start_delay_years", -1.0),
        ("admin_full_year", 2026.0),
    ],
)
def test_values_out_of_range_are_refused(field, value):
    with pytest.raises(WrongInput, match=field):
        replace(OWN, **{field: value})


def test_inputs_are_those_of_the_guide_and_the_evidence():
    """Guide: 85 to 92 % right, 30 to 40 % of time to check, claims handling 40 to 50 % cheaper
    in 3 to 5 years. Surveys: 41 % piloting, 78 % using or evaluating.
    """
    low, middle, high = (NAMED[name] for name in NAMES[1:])
    assert (low.accuracy, high.accuracy) == (0.85, 0.92)
    assert (high.review_share, low.review_share) == (0.3, 0.4)
    assert (middle.accuracy, middle.review_share) == (
        pytest.approx(0.885),
        pytest.approx(0.35),
    )
    assert (low.adoption_ceiling, middle.adoption_ceiling) == (0.41, 0.78)
    assert (middle.admin_saving, high.admin_saving) == (0.4, 0.5)
    assert (middle.admin_full_year, high.admin_full_year) == (2031, 2029)


def test_the_curve_passes_through_the_claimed_shares():
    """Black Book, as vendors quote it: 22 % of large systems in 2022, 45 % in 2025."""
    curve = replace(NAMED["aggressive"], start_delay_years=0)
    assert (curve.adoption(2022), curve.adoption(2025)) == (
        pytest.approx(0.22),
        pytest.approx(0.45),
    )


@given(year=st.integers(2024, 2050))
def test_scenarios_take_ever_more_labour_away(year):
    labour = [NAMED[name].labour_per_unit(year) for name in NAMES]
    assert labour == sorted(labour, reverse=True)


def test_every_input_names_its_source():
    for scenario in NAMED.values():
        frame = scenario.to_frame().set_index("input")
        assert frame["source"].ne("").all()
    assert "assumption" in NAMED["moderate"].sources["start_delay_years"]


def test_an_occupation_without_exposure_has_only_none():
    assert list(automation_scenarios(TABLES, occupation="11-9111")) == ["none"]
