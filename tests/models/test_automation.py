"""What tools do to labor, jobs and openings."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.models.automation import adoption, jobs_with_tools, time_saved, updated
from analysis.models.outlook import SeparationRates
from analysis.studies.outlook.automation import automation_path, scenario_path
from analysis.studies.outlook.fan import fan
from analysis.studies.outlook.scenarios import (
    NAMES,
    NO_AUTOMATION,
    AutomationScenario,
    automation_scenarios,
    observed_growth,
    update_adoption,
)
from analysis.studies.staffing import DepartmentPlan
from analysis.studies.staffing.inputs import assistance_of, staffing_inputs
from analysis.studies.staffing.standards import coding_standards
from analysis.studies.tools import guided_tool, vendor_tool

TABLES = processed.Tables()
NATION = automation_path(TABLES)
NAMED = automation_scenarios(TABLES)
RATES = SeparationRates(exit_rate=0.04, transfer_rate=0.02, projection_period="")
FLAT = pd.Series(100.0, index=range(2024, 2035))
OWN = AutomationScenario(
    name="own", saved=0.25, adoption_ceiling=1.0, adoption_midpoint=2030, adoption_growth=0.5
)
shares = st.floats(0, 1)


def summary(result, scenario):
    return result.summary.table.set_index("scenario").loc[scenario]


def test_time_saved_by_hand():
    """Of 35 % of records, 88.5 % right save a quarter, 11.5 % wrong cost a quarter: 6.74 %."""
    tool = guided_tool(TABLES).middle
    assert tuple(tool.values()) == pytest.approx((0.35, 0.885, 0.25, 0.25))
    assert time_saved(**tool) == pytest.approx(0.35 * (0.885 * 0.25 - 0.115 * 0.25))


def test_both_pages_take_the_same_tool():
    """At full adoption the department and the nation save the same share of coding time."""
    inputs = staffing_inputs(TABLES, DepartmentPlan(), coding_standards(TABLES))
    tool = assistance_of(inputs, 1.0)
    department = time_saved(
        routine_share=tool.routine_share.middle,
        accuracy=tool.accuracy.middle,
        review_time_saving=tool.review_time_saving.middle,
        wrong_proposal_penalty=tool.penalty.middle,
    )
    assert department == pytest.approx(NAMED["moderate"].saved)


@given(routine=shares, accuracy=st.tuples(shares, shares), saving=shares, penalty=shares)
def test_a_more_accurate_tool_saves_no_less(routine, accuracy, saving, penalty):
    worse, better = (
        time_saved(
            routine_share=routine,
            accuracy=share,
            review_time_saving=saving,
            wrong_proposal_penalty=penalty,
        )
        for share in sorted(accuracy)
    )
    assert worse <= better + 1e-12
    assert better <= 1


def test_half_of_the_ceiling_is_reached_at_the_midpoint():
    assert adoption([2030], ceiling=0.8, midpoint=2030, growth=0.4)[0] == pytest.approx(0.4)


@given(elasticity=st.floats(0, 2), labor=st.floats(0.3, 1))
def test_cheaper_coding_brings_work_back_as_far_as_it_is_asked_for(elasticity, labor):
    """At an elasticity of 1 no job is lost, above it jobs are won."""
    jobs = jobs_with_tools([100.0, 100.0], [1.0, labor], demand_elasticity=elasticity)[1]
    assert jobs == pytest.approx(100 * labor ** (1 - elasticity))
    assert (100 - jobs) * (1 - elasticity) >= -1e-9


def test_what_was_observed_moves_weight_by_bayes_rule():
    """Even odds, misses of 0 and of 2 errors: 1 to exp(-2)."""
    after = updated(np.array([0.5, 0.5]), np.array([[0.0], [0.02]]), errors=np.array([0.01]))
    assert after[1] / after[0] == pytest.approx(np.exp(-2))


def test_observed_growth_is_that_of_oews():
    """187,910 jobs in May 2024 (1.0 %), 194,720 in May 2025 (1.1 %): +3.6 %, error 1.5 %."""
    found = observed_growth(TABLES["national_wages"], "29-2072", FLAT.index).iloc[0]
    assert found["log_growth"] == pytest.approx(np.log(194_720 / 187_910))
    assert found["standard_error"] == pytest.approx(np.hypot(0.010, 0.011))


def observed(growth, error=0.01):
    return pd.DataFrame({"year": [2025], "log_growth": [growth], "standard_error": [error]})


def test_growth_where_a_fall_was_foretold_makes_adoption_later():
    early = replace(OWN, adoption_midpoint=2026, adoption_growth=0.36)
    settings_ = {"projection_error": 0.0, "prior_error": 4.0}
    after = update_adoption(early, FLAT, observed(0.03), **settings_)
    assert abs(after.adoption_midpoint - 2026) > 2
    assert update_adoption(early, FLAT, observed(0.0).iloc[:0], **settings_) == early


def test_an_observation_without_worth_changes_nothing():
    after = update_adoption(OWN, FLAT, observed(0.5), projection_error=1e6, prior_error=4.0)
    assert after.adoption_midpoint == pytest.approx(OWN.adoption_midpoint, abs=1e-6)


def test_a_department_and_the_nation_agree_on_the_vendor_too():
    """72.5 % of records, 96 % right save 45 %, 4 % wrong cost 25 %: 30.6 %."""
    assert time_saved(**vendor_tool(TABLES).middle) == pytest.approx(0.725 * (0.432 - 0.01))


def test_without_automation_jobs_follow_the_projection():
    none = automation_path(TABLES, scenario="none").path
    assert none["jobs"].tolist() == none["baseline_jobs"].tolist()
    assert none["jobs"].iloc[-1] == pytest.approx(208_600)


def test_openings_without_automation_are_near_the_published_ones():
    """BLS prints 14,200 a year, the mean of ten years; its rates give 14,289."""
    none = automation_path(TABLES, scenario="none").path
    assert none["openings"].mean() == pytest.approx(14_289, rel=0.005)


def test_jobs_are_the_baseline_at_the_labor_that_is_left():
    """2030: (1 - 0.25 x 0.5) / (1 - 0.25 / (1 + e^3)) = 0.875 / 0.98814 of 100 jobs."""
    path = scenario_path(FLAT, RATES, OWN).set_index("year")
    assert path.loc[2024, "jobs"] == 100
    assert path.loc[2030, "jobs"] == pytest.approx(100 * 0.875 / 0.988143, abs=1e-3)


def test_people_are_conserved_in_every_scenario():
    for _, path in NATION.table.groupby("scenario"):
        year = path.iloc[1:]
        before = path["jobs"].shift().iloc[1:]
        kept = before - year["exits"] - year["transfers"] - year["layoffs"] + year["openings"]
        assert kept.tolist() == pytest.approx(year["jobs"].tolist())


def test_stronger_scenarios_save_more_labor_and_leave_fewer_jobs():
    assert [NAMED[name].saved for name in NAMES] == sorted(NAMED[name].saved for name in NAMES)
    jobs = [summary(NATION, name)["jobs_change_pct"] for name in NAMES]
    assert jobs == sorted(jobs, reverse=True)


def test_the_lever_runs_from_no_answer_of_demand_to_a_full_one():
    row, none = summary(NATION, "aggressive"), summary(NATION, "none")
    assert row["openings_at_0"] < row["openings_at_0.5"] < row["openings_at_1"]
    assert row["openings_at_1"] == pytest.approx(none["openings_at_0"])
    moved = automation_path(TABLES, scenario="aggressive", demand_elasticity=1.0)
    assert moved.path["jobs"].tolist() == pytest.approx(moved.path["baseline_jobs"].tolist())


def test_inputs_stand_on_the_page_with_their_sources():
    inputs = NATION.inputs.table
    assert set(inputs["scenario"]) == set(NAMES[1:])
    assert inputs["source"].ne("").all()
    assert (inputs.groupby("scenario")["input"].count() == 7).all()


def test_the_page_says_how_far_each_scenario_was_off_in_the_first_year():
    """OEWS grew 3.56 log percent, the baseline says 0.68; (3.56 - 0.68) / 1.49 = 1.9 errors."""
    assert summary(NATION, "none")["first_year_miss"] == pytest.approx(1.93, abs=0.02)
    misses = [summary(NATION, name)["first_year_miss"] for name in NAMES]
    assert misses == sorted(misses)


def test_a_state_starts_from_its_published_jobs():
    """California, May 2025: 18,700 jobs (OEWS)."""
    state = automation_path(TABLES, area="CA")
    assert state.area_code == "CA"
    assert state.path["jobs"].iloc[0] == 18_700
    assert state.path["labor_per_unit"].tolist() == NATION.path["labor_per_unit"].tolist()


def test_unpublished_jobs_show_the_nation_and_say_so():
    state = automation_path(TABLES, area="VT")
    assert state.area_code == "US"
    assert "Vermont is not published" in state.note
    assert "US jobs" in state.finding
    assert state.path["jobs"].tolist() == NATION.path["jobs"].tolist()


def test_a_scenario_of_ones_own_stands_beside_the_named():
    own = automation_path(TABLES, scenario=OWN)
    assert own.chosen == "own"
    assert own.table["scenario"].unique().tolist() == [*NAMES, "own"]


def test_tools_are_described_for_coding_alone():
    found = automation_path(TABLES, occupation="11-9111")
    assert found.is_missing
    assert "for coding alone" in found.reason
    assert not automation_path(TABLES, occupation="11-9111", scenario=OWN).is_missing


def test_the_baseline_may_be_another_scenario():
    low = fan(TABLES, scenario="low")
    path = automation_path(TABLES, scenario="none", baseline=low).path
    assert path["jobs"].tolist() == low.table["scenario_employment"].tolist()


@pytest.mark.parametrize("occupation", ["13-1041", "00-0000"])
def test_what_is_not_available_is_said(occupation):
    found = automation_path(TABLES, occupation=occupation)
    assert found.is_missing
    assert found.reason
    assert found.summary.is_missing
    assert found.path.empty


@pytest.mark.parametrize(
    ("field", "value"),
    [("saved", 1.2), ("adoption_ceiling", float("nan")), ("adoption_growth", 0.0)],
)
def test_values_out_of_range_are_refused(field, value):
    with pytest.raises(WrongInput, match=field):
        replace(OWN, **{field: value})


@given(year=st.integers(2024, 2050))
@settings(max_examples=20, deadline=None)
def test_adoption_never_falls(year):
    for scenario in NAMED.values():
        early, late = scenario.adoption([year, year + 1])
        assert 0 <= early <= late <= scenario.adoption_ceiling + 1e-12


def test_an_unknown_scenario_and_a_negative_elasticity_are_refused():
    with pytest.raises(WrongInput, match="automation must be one of none, conservative"):
        automation_path(TABLES, scenario="total")
    with pytest.raises(WrongInput, match="demand_elasticity"):
        automation_path(TABLES, demand_elasticity=-0.1)


def test_doing_nothing_saves_nothing():
    path = scenario_path(FLAT, RATES, NO_AUTOMATION)
    assert path["jobs"].eq(100).all()
