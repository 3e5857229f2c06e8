"""Jobs and openings under automation."""

import pandas as pd
import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.models.outlook import SeparationRates
from analysis.studies.outlook.automation import automation_path, scenario_path
from analysis.studies.outlook.automation_scenarios import (
    NAMES,
    NO_AUTOMATION,
    AutomationScenario,
)
from analysis.studies.outlook.fan import fan

TABLES = processed.Tables()
NATION = automation_path(TABLES)
RATES = SeparationRates(exit_rate=0.04, transfer_rate=0.02, projection_period="")
HALF_BY_2030 = AutomationScenario(
    name="own",
    exposed_task_share=0.5,
    accuracy=1.0,
    review_share=0.5,
    adoption_ceiling=1.0,
    midpoint_year=2030,
    adoption_growth=0.5,
)


def test_without_automation_jobs_follow_the_projection():
    none = automation_path(TABLES, scenario="none").path
    assert none["jobs"].tolist() == none["baseline_jobs"].tolist()
    assert none["jobs"].iloc[-1] == pytest.approx(208_600)


def test_openings_without_automation_are_near_the_published_ones():
    """BLS prints 14,200 a year, the mean of ten years; its rates give 14,289."""
    none = automation_path(TABLES, scenario="none").path
    assert none["openings"].mean() == pytest.approx(14_289, rel=0.005)


def test_jobs_are_the_baseline_at_the_labour_that_is_left():
    """2030: (1 - 0.25 x 0.5) / (1 - 0.25 / (1 + e^3)) = 0.875 / 0.98814 of 100 jobs."""
    flat = pd.Series(100.0, index=range(2024, 2035))
    path = scenario_path(flat, RATES, HALF_BY_2030).set_index("year")
    assert path.loc[2024, "jobs"] == 100
    assert path.loc[2030, "jobs"] == pytest.approx(100 * 0.875 / 0.988143, abs=1e-3)


def test_entry_openings_are_openings_with_routine_work_left():
    """2030: half of the work is done by tools, 1 / (1 + e^3) = 4.74 % was in 2024."""
    flat = pd.Series(100.0, index=range(2024, 2035))
    row = scenario_path(flat, RATES, HALF_BY_2030).set_index("year").loc[2030]
    assert row["entry_openings"] == pytest.approx(row["openings"] * 0.5 / (1 - 0.047426), rel=1e-4)


def test_people_are_conserved_in_every_scenario():
    for _, path in NATION.table.groupby("scenario"):
        year = path.iloc[1:]
        before = path["jobs"].shift().iloc[1:]
        kept = before - year["exits"] - year["transfers"] - year["layoffs"] + year["openings"]
        assert kept.tolist() == pytest.approx(year["jobs"].tolist())


def test_jobs_can_shrink_without_layoffs_while_entry_openings_collapse():
    summary = NATION.summary.set_index("scenario").loc["moderate"]
    assert summary["jobs_change"] < 0
    assert summary["layoffs"] == 0
    assert summary["absorbed_by_turnover_pct"] == 100
    assert summary["entry_openings_change_pct"] < -50


def test_stronger_scenarios_leave_fewer_jobs():
    jobs = NATION.summary.set_index("scenario").loc[list(NAMES), "jobs_change"].tolist()
    assert jobs == sorted(jobs, reverse=True)


def test_where_jobs_never_fall_nothing_is_absorbed():
    none = NATION.summary.set_index("scenario").loc[["none"]]
    assert none["absorbed_by_turnover_pct"].isna().all()


def test_a_state_starts_from_its_published_jobs():
    """California, May 2025: 18,700 jobs (OEWS)."""
    state = automation_path(TABLES, area="CA")
    assert state.area_code == "CA"
    assert state.path["jobs"].iloc[0] == 18_700
    assert state.path["labour_per_unit"].tolist() == NATION.path["labour_per_unit"].tolist()


def test_unpublished_jobs_show_the_nation_and_say_so():
    state = automation_path(TABLES, area="VT")
    assert state.area_code == "US"
    assert "Vermont is not published" in state.note
    assert state.path["jobs"].tolist() == NATION.path["jobs"].tolist()


def test_a_scenario_of_ones_own_stands_beside_the_named():
    own = automation_path(TABLES, scenario=HALF_BY_2030)
    assert own.chosen == "own"
    assert own.table["scenario"].unique().tolist() == [*NAMES, "own"]
    assert own.inputs.loc[own.inputs["scenario"].eq("own"), "source"].eq("own value").all()


def test_a_scenario_of_ones_own_needs_no_measure_of_exposure():
    own = automation_path(TABLES, occupation="11-9111", scenario=HALF_BY_2030)
    assert not own.is_missing


def test_the_baseline_may_be_another_scenario():
    low = fan(TABLES, scenario="low")
    path = automation_path(TABLES, scenario="none", baseline=low).path
    assert path["jobs"].tolist() == low.table["scenario_employment"].tolist()


def test_the_first_year_is_held_against_what_happened():
    """OEWS: 187,910 in May 2024, 194,720 in May 2025 = +3.6 %."""
    assert "+3.6% from 2024 to 2025" in NATION.note


@pytest.mark.parametrize(
    ("occupation", "reason"),
    [("11-9111", "exposed"), ("13-1041", "projections"), ("00-0000", "exposed")],
)
def test_what_is_not_in_hand_is_said(occupation, reason):
    found = automation_path(TABLES, occupation=occupation)
    assert found.is_missing
    assert reason in found.reason
    assert found.summary.empty
    assert found.path.empty


def test_an_unknown_scenario_is_refused():
    with pytest.raises(WrongInput, match="automation must be one of none, conservative"):
        automation_path(TABLES, scenario="total")


def test_doing_nothing_saves_nothing():
    assert NO_AUTOMATION.labour_per_unit(2040) == 1
    assert NO_AUTOMATION.routine_share_left(2040) == 1
