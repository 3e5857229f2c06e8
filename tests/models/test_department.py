"""How many coders a department needs: inputs from the tables, parts, laws, headlines."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import answers, figures, processed, tabular
from analysis.errors import WrongInput
from analysis.studies.part import Part
from analysis.studies.staffing import Department, DepartmentPlan
from analysis.studies.staffing.standards import coding_standards


@pytest.fixture(scope="module")
def data():
    return processed.Tables()


@pytest.fixture(scope="module")
def study(data):
    return Department(data)


@pytest.fixture(scope="module")
def inputs(study):
    return study.inputs


def test_need_at_the_middle_of_every_input_is_the_hand_calculation(data):
    """Inpatient only, no tool: 20 a day each; 480/20 = 24 minutes, times 1 + 0.05 x 0.625.

    45 records x 5 days x 24.75 minutes / (40 h x 60 x 0.85) = 2.7298 full-time coders kept busy.
    """
    plan = DepartmentPlan(inpatient_per_day=45, outpatient_per_day=0, ed_per_day=0, ai_adoption=0)
    study = Department(data, plan)
    assert study.middle_fte / study.reserve == pytest.approx(45 * 5 * 24.75 / (2400 * 0.85))


def test_speeds_are_the_guides_range_where_it_has_one(inputs):
    speed = inputs["records_per_8_hours_inpatient"].range
    assert (speed.low, speed.high) == (15, 25)
    speed = inputs["records_per_8_hours_outpatient"].range
    assert (speed.low, speed.high) == (40, 60)


def test_emergency_speed_rests_on_claims_and_says_so(inputs):
    """28 workload units a day at half a unit, to a forum's 100 in 7.5 hours: 56 to 106.7.

    The recalled 15 an hour, 120 in 8 hours, sets nothing.
    """
    speed = inputs["records_per_8_hours_ed"]
    assert (speed.range.low, speed.range.high) == (56, pytest.approx(800 / 7.5))
    assert (speed.kind, speed.verification) == ("vendor figure", "claim")


@pytest.mark.parametrize("loading", [0.0, 0.95, 1.0, 2.0])
def test_what_comes_on_top_of_a_wage_may_be_more_than_the_wage(data, loading):
    """The report takes a loading of 0 to 2; the range is 10 points either side, not below 0."""
    found = Department(data, DepartmentPlan(loading=loading)).inputs["loading"].range
    assert found.high == loading + 0.10
    assert (found.low, found.likely) == (max(0.0, loading - 0.10), loading)


def test_standards_are_in_one_unit(data):
    """DeVault 2012: 24 in 8 paid hours. Stanfill 2014: 43.4 minutes, 480 / 43.4 = 11.06 a day."""
    rows = coding_standards(data).query("encounter_type == 'inpatient'").set_index("standard")
    assert rows.loc["recommended rate, inpatient", "records_low"] == 24
    icd_10 = rows.loc["implied time per record, ICD-10, inpatient", "records_low"]
    assert icd_10 == pytest.approx(11.06, abs=0.01)


def test_denial_inputs_are_the_published_ones(inputs):
    """Change Healthcare 11.1 % of claims (2020), Premier 15 % (2022), 43.84 USD; 118 USD a claim.

    Kodiak's 11.81 % is by most accounts of dollars and is left out.
    """
    rate = inputs["denial_rate"].range
    assert (rate.low, rate.likely, rate.high) == (pytest.approx(0.111), None, 0.15)
    cost = inputs["rework_cost_usd"].range
    assert (cost.low, cost.high) == (43.84, 118)


def test_the_tools_accuracy_is_the_guides(inputs):
    accuracy = inputs["tool_accuracy"].range
    assert (accuracy.low, accuracy.high) == (0.85, 0.92)


def test_types_and_total_hold_together(study):
    table = study.by_type.table
    assert table["encounter_type"].tolist() == ["Inpatient", "Outpatient", "Emergency", "All"]
    assert table["fte"].iloc[-1] == pytest.approx(table["fte"].iloc[:-1].sum(), rel=0.03)
    assert (table["fte_low"] < table["fte"]).all()
    assert (table["fte"] < table["fte_high"]).all()


def test_more_adoption_never_needs_more_coders_by_the_claims(study):
    assert study.by_adoption.table["fte"].is_monotonic_decreasing


def test_accounts_differ_in_sign(study):
    saved = study.accounts.table.set_index("account")["fte_saved"]
    assert saved.iloc[0] > 0
    assert saved["accuracy as independent tests found, saving as claimed"] < 0


def test_a_day_by_the_guide_does_not_add_up_to_a_day(study):
    """30 + 25 + 20 + 10 = 85; 40 + 30 + 25 + 15 = 110."""
    assert "85% to 110%" in study.day.note


def test_another_coder_never_lengthens_the_backlog(study):
    table = study.waits.table
    assert table["within_pct"].is_monotonic_increasing
    assert table["p95_days"].is_monotonic_decreasing


def test_the_need_keeps_the_target_that_the_plan_asks_for(data):
    """Within 3 days on 95 % of days; the default reserve is a hundredth."""
    plan = DepartmentPlan(coders=Department(data).middle_fte)
    study = Department(data, plan, draws=100)
    assert study.days_within_target.value >= 95
    assert study.reserve == pytest.approx(1.01)


def test_own_speeds_replace_the_published_ranges(data):
    plan = DepartmentPlan(inpatient_speed="16.5-19.2", ed_speed=60)
    found = Department(data, plan).inputs
    speed = found["records_per_8_hours_inpatient"].range
    assert (speed.low, speed.high) == (16.5, 19.2)
    assert found["records_per_8_hours_ed"].range.low == 60
    assert found["records_per_8_hours_outpatient"].range.low == 40


@pytest.mark.parametrize("speed", ["fast", "0", "-3", "19-16", "16-"])
def test_what_is_no_speed_is_refused(speed):
    with pytest.raises(ValueError, match="inpatient_speed"):
        DepartmentPlan(inpatient_speed=speed)


def test_backlog_of_a_team_that_is_a_tenth_short_grows_by_what_it_lacks_each_day(study):
    """Nine in ten of the need, 1.01 of the workload: 3 + 252 x (1 - 0.909) = 25.9 days."""
    table = study.backlogs.table
    kept = table[table["team"].eq("team of today, kept")]
    assert kept["backlog_days"].iloc[-1] == pytest.approx(25.932)


def test_turnover_of_the_plan_asks_for_more_hires_than_that_of_bls(study):
    """BLS 2024-34: 3.5 % exits and 2.9 % transfers a year."""
    table = study.turnover.table
    assert table["turnover_pct"].tolist() == pytest.approx([6.4, 20])
    assert table["hires"].is_monotonic_increasing
    assert "understates" in study.turnover.note


def test_people_are_conserved(study):
    table = study.hiring.table
    flow = table["heads_start"] + table["hires"] - table["leavers"]
    assert flow.to_numpy() == pytest.approx(table["heads_end"].to_numpy())


def test_the_widest_input_comes_first(study):
    table = study.by_input.table
    width = (table["fte_low_input"] - table["fte_high_input"]).abs()
    assert width.is_monotonic_decreasing


def test_every_input_of_the_simulation_is_listed_with_kind_and_source(study, inputs):
    table = study.assumptions.table
    assert set(table["label"]) >= {each.label for each in inputs.values()}
    assert (table["kind"] != "").all()
    assert (table["origin"] != "").all()


def test_another_seed_moves_no_headline_by_more_than_its_stated_error(data, study):
    other = Department(data, seed=7)
    first, second = (
        {figure.name: figure.estimate.value for figure in each.key_figures()}
        for each in (study, other)
    )
    simulated = set(study.simulation.table["headline"])
    for name in first:
        allowed = study.simulation.error_of(name) if name in simulated else 0
        assert abs(first[name] - second[name]) <= allowed, name


def test_the_same_seed_gives_the_same_study(data, study):
    pd.testing.assert_frame_equal(Department(data).to_frame(), study.to_frame())


@given(scale=st.floats(0.1, 20))
@settings(max_examples=20, deadline=None)
def test_twice_the_records_keep_twice_the_coders_busy_and_scatter_less(scale):
    plan = DepartmentPlan()
    scaled = DepartmentPlan(**{f"{name}_per_day": scale * v for name, v in plan.volumes.items()})
    once, more = (Department(processed.Tables(), each) for each in (plan, scaled))
    busy = once.middle_fte / once.reserve
    assert more.middle_fte / more.reserve == pytest.approx(scale * busy)
    assert (more.reserve - once.reserve) * (scale - 1) <= 0


def test_a_missing_wage_gives_a_sentence_in_place_of_costs(data):
    wages = data["wages"].assign(
        median_wage_usd=lambda table: table["median_wage_usd"].where(table["area_code"] != "VT")
    )
    found = Department({**data, "wages": wages}, DepartmentPlan(area="VT"))
    assert found.costs.is_missing
    assert found.payroll.value is None
    assert "there is none" in tabular.of(found.costs, "Costs")
    assert "nan" not in str(answers.staffing(found)).lower().split()


def test_a_department_without_records_is_refused():
    with pytest.raises(ValueError, match="must be above 0"):
        DepartmentPlan(inpatient_per_day=0, outpatient_per_day=0, ed_per_day=0)


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (DepartmentPlan(), "4 hires in 12 months bring the team to 12 coders"),
        (DepartmentPlan(coders=40), "No hires in 12 months: 40 coders are enough"),
        (DepartmentPlan(months_to_fill=24), "No hires in 12 months leave the team 3 short of 12"),
        (DepartmentPlan(turnover=0.9), "leave the team"),
    ],
)
def test_the_hiring_figure_claims_the_target_only_where_the_team_reaches_it(data, plan, title):
    study = Department(data, plan, draws=100)
    alt = figures.hiring_plan(study).alt
    assert title in alt
    assert ("bring the team to" in alt) <= (study.hiring.table["gap_fte"].iloc[-1] < 0.5)


@pytest.mark.parametrize(
    "plan",
    [
        DepartmentPlan(inpatient_per_day=0, ed_per_day=0, outpatient_per_day=1),
        DepartmentPlan(coders=0, turnover=0),
        DepartmentPlan(coders=40, ai_adoption=0, quality_target=1, shrinkage=0, backlog_days=0),
        DepartmentPlan(plan_months=1, months_to_fill=0, months_to_productivity=0),
        DepartmentPlan(plan_months=60, turnover=0.9, outpatient_per_day=5000),
    ],
)
def test_every_figure_and_table_can_be_made_for_odd_departments(data, plan):
    found = Department(data, plan, draws=500)
    for chart in (
        figures.staffing_need,
        figures.staffing_tornado,
        figures.tool_adoption,
        figures.days_within_target,
        figures.backlogs,
        figures.hiring_plan,
    ):
        assert "nan" not in chart(found).alt.lower().split()
    parts = (found.by_type, found.standards, found.accounts, found.costs, found.turnover)
    for shown in (*(tabular.of(part, "") for part in parts), tabular.staffing.denial_cost(found)):
        assert ">nan<" not in shown._repr_html_().lower()
    assert "nan" not in str(answers.staffing(found)).lower().split()


@pytest.mark.parametrize("area", ["VT", "PR", "GU", "DC", "31080"])
def test_every_part_can_be_read_whatever_the_area(data, area):
    """Parts are made when read: one that fails must not wait for the fifth figure of a page."""
    study = Department(data, DepartmentPlan(area=area), draws=50)
    for name in dir(type(study)):
        found = getattr(study, name)
        if isinstance(found, Part):
            assert found.is_missing == bool(found.reason), name
    assert all(
        figure.estimate.value is not None or figure.estimate.note for figure in study.key_figures()
    )


def test_a_target_that_no_team_keeps_is_refused_in_words(data):
    plan = DepartmentPlan(
        inpatient_per_day=0.1, outpatient_per_day=0, ed_per_day=0, target_days=0.5,
        target_share=0.99,
    )  # fmt: skip
    with pytest.raises(WrongInput, match="target_days must be more than"):
        Department(data, plan).need  # noqa: B018
