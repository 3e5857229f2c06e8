"""The fan around the latest projection."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies.outlook.fan import fan, scenario_growth_pct
from analysis.studies.outlook.record import record

TABLES = processed.Tables()
PAST = record(TABLES)
QUANTILES = ["p05", "p25", "p50", "p75", "p95"]


def test_the_middle_runs_from_base_to_projection():
    """BLS 2024-34: 194.8 to 208.6 thousand; 2029 is their geometric mean, 201.6."""
    table = fan(TABLES, past=PAST).table.set_index("year")
    assert table.loc[2024, "p50"] == 194_800
    assert table.loc[2034, "p50"] == pytest.approx(208_600)
    assert table.loc[2029, "p50"] == pytest.approx((194_800 * 208_600) ** 0.5)


def test_the_fan_widens_and_keeps_its_order():
    table = fan(TABLES, past=PAST).table
    steps = table[QUANTILES].diff(axis=1).iloc[1:, 1:]
    assert steps.gt(0).all(axis=None)
    assert np.diff(table["p95"] / table["p05"]).min() > 0


def test_the_width_is_the_measured_one():
    """p95 / p50 = exp(1.645 x error after ten years)."""
    found = fan(TABLES, past=PAST)
    last = found.table.iloc[-1]
    expected = np.exp(1.6448536 * found.spread.log_error(10))
    assert last["p95"] / last["p50"] == pytest.approx(expected)
    assert last["p50"] / last["p05"] == pytest.approx(expected)


@given(horizon=st.integers(2025, 2034))
@settings(max_examples=10, deadline=None)
def test_a_shorter_horizon_is_the_beginning_of_a_longer(horizon):
    short = fan(TABLES, past=PAST, horizon=horizon).table
    whole = fan(TABLES, past=PAST).table.head(len(short))
    assert short[QUANTILES].to_numpy() == pytest.approx(whole[QUANTILES].to_numpy())
    assert short["year"].iloc[-1] == horizon


def test_scenarios_are_the_quarters_of_the_fan():
    for scenario, column in (("low", "p25"), ("baseline", "p50"), ("high", "p75")):
        table = fan(TABLES, past=PAST, scenario=scenario).table
        assert table["scenario_employment"].tolist() == pytest.approx(table[column].tolist())


def test_growth_of_the_baseline_is_the_published_one():
    """208.6 / 194.8 - 1 = 7.08 %; BLS prints 7.1 %."""
    assert scenario_growth_pct(fan(TABLES, past=PAST)) == pytest.approx(7.08, abs=0.01)


def test_growth_of_a_scenario_is_of_ten_years_whatever_the_horizon():
    growth = [
        scenario_growth_pct(fan(TABLES, past=PAST, scenario="low", horizon=year))
        for year in (2027, 2034)
    ]
    assert growth[0] == pytest.approx(growth[1])


def test_the_note_says_how_few_cases_there_are():
    found = fan(TABLES, past=PAST)
    assert f"{found.spread.n_cases} cases of {found.spread.n_occupations} occ" in found.note
    assert found.coverage["n_cases"].max() == found.spread.n_cases


def test_all_occupations_have_a_path_and_no_fan():
    found = fan(TABLES, past=PAST, occupation="00-0000")
    assert found.table["p50"].notna().all()
    assert found.table[["p05", "p95"]].iloc[1:].isna().all(axis=None)
    assert found.at_horizon.low is None
    low = fan(TABLES, past=PAST, occupation="00-0000", scenario="low")
    assert scenario_growth_pct(low) is None
    assert low.at_horizon.value is None


def test_an_occupation_without_projection_has_a_reason():
    found = fan(TABLES, past=PAST, occupation="13-1041")
    assert found.is_missing
    assert found.at_horizon.value is None
    assert "not in hand" in found.at_horizon.note
    assert scenario_growth_pct(found) is None


@pytest.mark.parametrize("horizon", [2024, 2035, 1999, "soon", 2030.5, True])
def test_a_horizon_outside_the_projection_is_refused(horizon):
    with pytest.raises(WrongInput, match="horizon must be a year from 2025 to 2034"):
        fan(TABLES, past=PAST, horizon=horizon)


def test_an_unknown_scenario_is_refused():
    with pytest.raises(WrongInput, match="scenario must be one of low, baseline, high; found 'b"):
        fan(TABLES, past=PAST, scenario="best")
