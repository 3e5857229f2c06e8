"""How far projections were off: 677 occupations, and cases made up to be checked by hand."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.models.projection_error import held_out_coverage, measure_spread, size_class

CASES = processed.read("projection_cases")
TEN_YEARS = CASES[CASES["horizon_years"].eq(10)]
SIZES = size_class(CASES["base_employment"])


def simulated(exponent, *, seed=0):
    random = np.random.default_rng(seed)
    horizons = np.tile([2, 8, 10], 300)
    return pd.DataFrame(
        {
            "occupation_code": np.repeat(np.arange(300), 3).astype(str),
            "horizon_years": horizons,
            "log_error": 0.03 * horizons**exponent * random.standard_normal(900),
        }
    )


def test_the_record_of_ten_years_is_the_published_one():
    """BLS, table 1.2 of 2014-24 against 2024-34, 677 occupations: rms 0.389, 5th and 95th
    percentile of the log error -0.699 and 0.491, direction right 64.4 %.
    """
    error = TEN_YEARS["log_error"]
    direction = np.sign(TEN_YEARS["actual_log_growth"]).eq(
        np.sign(TEN_YEARS["projected_log_growth"])
    )
    assert len(error) == 677
    assert np.sqrt((error**2).mean()) == pytest.approx(0.389, abs=0.0005)
    assert error.quantile([0.05, 0.95]).tolist() == pytest.approx([-0.699, 0.491], abs=0.0005)
    assert 100 * direction.mean() == pytest.approx(64.4, abs=0.05)


def test_errors_of_large_occupations_grow_with_the_085th_power_of_the_years():
    """100 to 400 thousand jobs: rms 0.076 after 2 years, 0.241 after 8, 0.294 after 10."""
    spread = measure_spread(CASES[SIZES == 3])
    assert spread.exponent == pytest.approx(0.85, abs=0.02)
    assert spread.root_mean_square(10) == pytest.approx(0.294, abs=0.015)


@pytest.mark.parametrize("size", range(5))
def test_the_fan_holds_what_it_claims_when_each_occupation_is_left_out(size):
    found = held_out_coverage(CASES[size == SIZES]).set_index("n_cases").iloc[-1]
    assert found["cover_50_pct"] == pytest.approx(50, abs=3)
    assert found["cover_90_pct"] == pytest.approx(90, abs=3)


@pytest.mark.parametrize("exponent", [0.5, 1.0])
def test_the_power_that_made_the_errors_is_found(exponent):
    assert measure_spread(simulated(exponent)).exponent == pytest.approx(exponent, abs=0.06)


def test_an_occupation_is_judged_by_the_others_alone():
    """The others are off by -0.01 and 0.01 a year: 0.02 lies outside, for all that it is there."""
    cases = pd.DataFrame(
        {
            "occupation_code": ["b", "b", "c", "c", "own", "own"],
            "horizon_years": [1, 2, 1, 2, 1, 2],
            "log_error": [-0.01, -0.02, 0.01, 0.02, 0.02, 0.04],
        }
    )
    whole = held_out_coverage(cases).iloc[-1]
    assert whole["n_cases"] == 6
    assert whole["cover_90_pct"] == pytest.approx(100 * 2 / 6)  # c, between b and own


@given(factor=st.floats(0.1, 10))
@settings(max_examples=20, deadline=None)
def test_errors_twice_as_large_give_a_spread_twice_as_wide(factor):
    plain = simulated(0.8)
    scaled = plain.assign(log_error=factor * plain["log_error"])
    wide, narrow = measure_spread(scaled), measure_spread(plain)
    assert wide.log_error(7, 0.95) == pytest.approx(factor * narrow.log_error(7, 0.95))
    assert wide.exponent == pytest.approx(narrow.exponent)


def test_one_horizon_does_not_show_how_errors_grow():
    with pytest.raises(ValueError, match="two horizons"):
        measure_spread(CASES[CASES["horizon_years"].eq(2)])
