"""How far projections were off."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.models.projection_error import (
    ALL_CASES,
    chosen_spread,
    compare_forecasts,
    compare_shapes,
    held_out_coverage,
    measure_spread,
    normal_crps,
)


def cases(errors, *, horizons=None, occupations=None):
    return pd.DataFrame(
        {
            "occupation_code": occupations or ["a"] * len(errors),
            "horizon_years": horizons or [1] * len(errors),
            "log_error": errors,
        }
    )


def simulated(exponent, *, seed=0):
    random = np.random.default_rng(seed)
    horizons = np.tile(np.arange(1, 11), 60)
    return pd.DataFrame(
        {
            "occupation_code": np.repeat([f"o{i}" for i in range(20)], 30),
            "horizon_years": horizons,
            "log_error": 0.03 * horizons**exponent * random.standard_normal(600),
        }
    )


def test_the_root_mean_square_by_hand():
    """Errors of 0.03 and -0.04 after one year: sqrt((9 + 16) / 2) / 100 = 0.03536."""
    assert measure_spread(cases([0.03, -0.04]), exponent=1.0).log_error_first_year == (
        pytest.approx(0.0353553, abs=1e-7)
    )


def test_errors_are_scaled_to_one_year():
    """0.08 after four years: 0.02 a year in proportion, 0.04 by the square root."""
    four = cases([0.08], horizons=[4])
    assert measure_spread(four, exponent=1.0).log_error_first_year == pytest.approx(0.02)
    assert measure_spread(four, exponent=0.5).log_error_first_year == pytest.approx(0.04)


def test_each_occupation_weighs_the_same():
    """One case of 0.01 and nine of 0.03: sqrt((1 + 9) / 2) / 100, not near 0.03."""
    found = measure_spread(cases([0.01] + [0.03] * 9, occupations=["a"] + ["b"] * 9), exponent=1.0)
    assert found.log_error_first_year == pytest.approx(5**0.5 / 100)


@given(factor=st.floats(0.1, 10), exponent=st.sampled_from([0.5, 1.0]))
@settings(max_examples=25, deadline=None)
def test_errors_twice_as_large_give_a_spread_twice_as_wide(factor, exponent):
    plain = cases([0.01, -0.02, 0.05], horizons=[1, 2, 3])
    scaled = plain.assign(log_error=factor * plain["log_error"])
    assert measure_spread(scaled, exponent=exponent).log_error(7) == pytest.approx(
        factor * measure_spread(plain, exponent=exponent).log_error(7)
    )


@pytest.mark.parametrize(
    ("exponent", "shape"), [(0.5, "square root of the horizon"), (1.0, "horizon")]
)
def test_the_shape_that_made_the_errors_is_found(exponent, shape):
    found = compare_shapes(simulated(exponent)).set_index("shape")
    assert found.loc[shape, "is_chosen"]
    assert found["is_chosen"].sum() == 1
    assert found.loc[shape, "log_error_first_year"] == pytest.approx(0.03, rel=0.1)


def test_normal_errors_are_covered_as_often_as_promised():
    made = simulated(1.0, seed=3)
    spread = chosen_spread(made, compare_shapes(made))
    row = held_out_coverage(made, spread).set_index("occupation_code").loc[ALL_CASES]
    assert row["cover_50_pct"] == pytest.approx(50, abs=6)
    assert row["cover_90_pct"] == pytest.approx(90, abs=4)


def test_an_occupation_is_judged_by_the_others_alone():
    """Others are off by 0.01; the 90 % limit is 1.645 x 0.01: 0.016 is inside, 0.017 outside."""
    occupations = ["b", "c", "own", "own"]
    made = cases([0.01, 0.01, 0.016, 0.017], occupations=occupations)
    spread = measure_spread(made, exponent=1.0)
    row = held_out_coverage(made, spread).set_index("occupation_code").loc["own"]
    assert 0.016 < norm.ppf(0.95) * 0.01 < 0.017
    assert (row["n_cases"], row["cover_90_pct"]) == (2, 50)


def test_without_cases_there_is_no_spread():
    none = cases([])
    assert measure_spread(none, exponent=1.0) is None
    assert chosen_spread(none, compare_shapes(none)) is None


@pytest.mark.parametrize("score", [-2.0, 0.0, 0.5, 3.0])
def test_the_score_is_the_integral_that_defines_it(score):
    """Integral of (Phi(x) - [x >= z])^2, by the trapezoid rule."""
    x = np.linspace(-12, 12, 240_001)
    squared = (norm.cdf(x) - (x >= score)) ** 2
    expected = np.trapezoid(squared, x)
    assert normal_crps(pd.Series([score])).iloc[0] == pytest.approx(expected, abs=1e-4)


def test_a_forecast_that_is_nearer_scores_better():
    made = simulated(1.0).assign(actual_growth_pct=lambda t: 100 * np.expm1(t["log_error"]))
    made = made.assign(near=0.0, far=20.0)
    found = compare_forecasts(made, {"near": "near", "far": "far"}, exponent=1.0)
    scored = found.set_index("forecast")
    assert scored.loc["near", "crps"] < scored.loc["far", "crps"]
    assert scored.loc["near", "log_error_first_year"] == pytest.approx(0.03, rel=0.1)


def test_a_case_without_error_counts():
    made = cases([0.0, 0.02, -0.03], occupations=["a", "b", "c"])
    assert compare_shapes(made)["held_out_log_score"].notna().all()
