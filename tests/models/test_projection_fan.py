"""The fan around the latest projection."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.models.projection_error import size_class
from analysis.studies.outlook.fan import coverage, fan

TABLES = processed.Tables()
QUANTILES = ["p05", "p25", "p50", "p75", "p95"]


def test_the_bls_path_runs_from_base_to_projection():
    """BLS 2024-34: 194.8 to 208.6 thousand; 2029 is their geometric mean, 201.6."""
    table = fan(TABLES).table.set_index("year")
    assert table.loc[2024, "bls_path"] == 194_800
    assert table.loc[2034, "bls_path"] == pytest.approx(208_600)
    assert table.loc[2029, "bls_path"] == pytest.approx((194_800 * 208_600) ** 0.5)


def test_the_fan_widens_and_keeps_its_order():
    table = fan(TABLES).table
    steps = table[QUANTILES].diff(axis=1).iloc[1:, 1:]
    assert steps.gt(0).all(axis=None)
    assert np.diff(table["p95"] / table["p05"]).min() > 0


def test_the_width_is_that_of_occupations_of_its_size():
    """Quantiles of log error / h^k of the 516 cases of 100 to 400 thousand jobs, times 10^k."""
    cases = TABLES["projection_cases"]
    own = cases[size_class(cases["base_employment"]) == 3]
    found = fan(TABLES)
    power = found.spread.exponent
    scaled = own["log_error"] / own["horizon_years"] ** power
    last = found.table.iloc[-1]
    expected = np.exp(scaled.quantile(0.95) * 10**power)
    assert last["p95"] / last["bls_path"] == pytest.approx(expected)
    assert found.spread.n_cases == len(own) == 516


@given(horizon=st.integers(2025, 2034))
@settings(max_examples=10, deadline=None)
def test_a_shorter_horizon_is_the_beginning_of_a_longer(horizon):
    short = fan(TABLES, horizon=horizon).table
    whole = fan(TABLES).table.head(len(short))
    assert short[QUANTILES].to_numpy() == pytest.approx(whole[QUANTILES].to_numpy())
    assert short["year"].iloc[-1] == horizon


def test_scenarios_are_the_quarters_of_the_fan_and_the_bls_path():
    for scenario, column in (("low", "p25"), ("baseline", "bls_path"), ("high", "p75")):
        table = fan(TABLES, scenario=scenario).table
        assert table["scenario_employment"].tolist() == pytest.approx(table[column].tolist())


def test_growth_of_the_baseline_is_the_published_one():
    """208.6 / 194.8 - 1 = 7.08 %; BLS prints 7.1 %."""
    assert fan(TABLES).growth_pct == pytest.approx(7.08, abs=0.01)


def test_growth_of_a_scenario_is_of_ten_years_whatever_the_horizon():
    growth = [fan(TABLES, scenario="low", horizon=year).growth_pct for year in (2027, 2034)]
    assert growth[0] == pytest.approx(growth[1])


@pytest.mark.parametrize("scenario", ["low", "high"])
def test_a_scenario_of_this_report_is_not_called_a_bls_projection(scenario):
    found = fan(TABLES, scenario=scenario)
    assert "not a BLS projection" in found.note
    assert "BLS: +7.1% over 2024-34" in found.note
    assert not found.finding.startswith("BLS")


def test_coverage_counts_the_cases_of_the_fan():
    found = fan(TABLES)
    table = coverage(TABLES, found).table
    assert table["n_cases"].iloc[-1] == found.spread.n_cases == table["n_cases"].iloc[:-1].sum()


def test_all_occupations_have_a_path_and_no_fan():
    found = fan(TABLES, occupation="00-0000")
    assert found.table["bls_path"].notna().all()
    assert found.table[["p05", "p95"]].iloc[1:].isna().all(axis=None)
    assert found.at_horizon.low is None
    low = fan(TABLES, occupation="00-0000", scenario="low")
    assert low.growth_pct is None
    assert low.at_horizon.value is None
    assert coverage(TABLES, found).is_missing


def test_an_occupation_without_projection_has_a_reason():
    found = fan(TABLES, occupation="13-1041")
    assert found.is_missing
    assert found.at_horizon.value is None
    assert "not available" in found.at_horizon.note
    assert found.growth_pct is None


@pytest.mark.parametrize("horizon", [2024, 2035, 1999, "soon", 2030.5, True])
def test_a_horizon_outside_the_projection_is_refused(horizon):
    with pytest.raises(WrongInput, match="horizon must be a year from 2025 to 2034"):
        fan(TABLES, horizon=horizon)


def test_an_unknown_scenario_is_refused():
    with pytest.raises(WrongInput, match="scenario must be one of low, baseline, high; found 'b"):
        fan(TABLES, scenario="best")
