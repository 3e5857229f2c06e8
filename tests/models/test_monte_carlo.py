"""Simulation of a credential's return, the tornado, and the values at which it breaks even."""

import numpy as np
import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.models import roi as methods
from analysis.models.roi import input_range
from analysis.studies import roi

TABLES = processed.Tables()
CODER = roi.return_case(TABLES, pathway="certification_only", baseline="current_coder")
ENTRANT = roi.return_case(TABLES)
DRAWS = 40_000


def known(case, *but):
    """The case with every input known, but those named."""
    for item in case.inputs:
        if item.name not in but:
            case = case.with_input(item.name, item.value)
    return case


def drawn(item, draws=DRAWS):
    """Draws of one input."""
    return item.draw(np.random.default_rng(3), draws)


# --- inputs ------------------------------------------------------------------------------------


def test_attempts_until_the_first_pass_average_one_over_the_pass_rate():
    """At 65 %: 1 / 0.65 = 1.538, variance 0.35 / 0.65^2 = 0.828 (geometric distribution)."""
    item = input_range(
        "p", "p", value=65, low=65, high=65, unit="percent", source="s", distribution="attempts"
    )
    attempts = 100 / drawn(item)
    assert attempts.min() == 1
    assert attempts.mean() == pytest.approx(1 / 0.65, abs=0.02)
    assert attempts.var() == pytest.approx(0.35 / 0.65**2, abs=0.05)


def test_outcomes_come_true_as_often_as_their_chance():
    """Triangular from 30 to 90 with its peak at 60: 60 % of the time."""
    item = input_range(
        "c", "c", value=60, low=30, high=90, unit="percent", source="s", distribution="outcome"
    )
    found = drawn(item)
    assert set(found) == {0.0, 100.0}
    assert found.mean() == pytest.approx(60, abs=1)


def test_a_normal_inputs_limits_hold_90_percent():
    item = input_range(
        "w", "w", value=1, low=0.9, high=1.1, unit="ratio", source="s", distribution="normal"
    )
    found = drawn(item)
    assert np.mean((found > 0.9) & (found < 1.1)) == pytest.approx(0.90, abs=0.01)


def test_every_input_has_a_distribution_and_a_source():
    frame = methods.inputs_frame(ENTRANT.inputs)
    assert (frame["source"].str.len() > 0).all()
    assert frame["low"].le(frame["mode"]).all()
    assert frame["mode"].le(frame["high"]).all()
    assert frame["name"].is_unique


def test_a_value_outside_its_limits_is_refused():
    with pytest.raises(ValueError, match="fee_usd must lie within 1 to 2"):
        input_range("fee_usd", "Fee", value=3, low=1, high=2, unit="USD", source="s")


def test_an_input_that_does_not_exist_is_refused():
    with pytest.raises(WrongInput, match="tuition_usd"):
        ENTRANT.with_input("tuiton_usd", 0.0)


# --- simulation --------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_simulation():
    first, second = (methods.simulate(ENTRANT, draws=2_000, seed=5) for _ in range(2))
    assert first.p_gain == second.p_gain
    assert first.quantiles.equals(second.quantiles)


def test_another_seed_moves_the_result_by_its_simulation_error_only():
    first, second = (methods.simulate(ENTRANT, draws=DRAWS, seed=seed) for seed in (1, 2))
    for name in ("p_gain", "p_gain_if_employed", "mean_usd"):
        a, b = getattr(first, name), getattr(second, name)
        assert abs(a.value - b.value) < 4 * np.hypot(a.se, b.se)


def test_with_every_input_known_each_draw_is_the_expected_value():
    case = known(CODER)
    found = methods.simulate(case, draws=100)
    assert found.npv_usd.low == pytest.approx(methods.expected_npv(case))
    assert found.npv_usd.high == pytest.approx(methods.expected_npv(case))
    assert found.p_gain.value == 100


def test_luck_in_completing_and_finding_work_averages_to_the_expected_value():
    """Both enter the value in proportion, so the mean over yes and no is the value at the chance
    (here the mean of the triangular chance, which is the mode: the limits are even)."""
    first = roi.return_case(TABLES, edition="first")
    case = known(first, "placement_rate_pct")  # 70, 85, 100
    found = methods.simulate(case, draws=DRAWS, seed=4).mean_usd
    assert abs(found.value - methods.expected_npv(case)) < 4 * found.se


def test_who_is_trained_and_hired_gains_more_often():
    found = methods.simulate(ENTRANT, draws=DRAWS)
    assert found.p_gain_if_employed.value > found.p_gain.value
    figures = (found.p_gain, found.p_gain_if_employed, found.mean_usd, found.npv_usd)
    assert [each.unit for each in figures] == ["percent", "percent", "USD", "USD"]
    assert {each.kind for each in figures} == {"simulation"}
    assert len({each.source for each in figures}) == 1
    assert all("40,000 draws, seed" in each.note for each in figures)


def test_a_chance_given_work_is_missing_where_nobody_finds_any():
    case = ENTRANT.with_input("placement_rate_pct", 0.0)
    found = methods.simulate(case, draws=100).p_gain_if_employed
    assert found.value is None
    assert "In none of" in found.note


def test_the_quantiles_rise_and_the_histogram_holds_nearly_all_draws():
    found = methods.simulate(ENTRANT, draws=DRAWS)
    assert found.quantiles["npv_usd"].is_monotonic_increasing
    assert found.histogram["share"].sum() == pytest.approx(0.98, abs=0.005)
    percentiles = found.quantiles.set_index("percentile")["npv_usd"]
    assert found.histogram["low_usd"].iloc[0] <= percentiles.iloc[0]
    assert found.histogram["high_usd"].iloc[-1] >= percentiles.iloc[-1]
    assert (found.histogram["low_usd"] == 0).any()  # no bar is both a gain and a loss
    assert found.histogram["low_usd"].tolist()[1:] == found.histogram["high_usd"].tolist()[:-1]


@pytest.mark.parametrize("terms", [{"draws": 1}, {"seed": -1}])
def test_too_few_draws_or_a_negative_seed_are_refused(terms):
    with pytest.raises(WrongInput, match="draws must be at least 2 and seed 0 or above"):
        methods.simulate(ENTRANT, **terms)


# --- tornado -----------------------------------------------------------------------------------


def test_the_tornado_has_its_widest_bar_first_and_every_varied_input():
    bars = methods.tornado(ENTRANT)
    varied = {item.name for item in ENTRANT.inputs if item.is_varied}
    assert set(bars["name"]) == varied | {"discount_rate"}
    assert bars["swing_usd"].is_monotonic_decreasing
    assert (bars["npv_usd"] == methods.expected_npv(ENTRANT)).all()


def test_the_discount_rate_is_varied_two_points_down_and_up():
    """A dollar later is worth less at the higher rate, and no rate is below zero."""
    bar = methods.tornado(ENTRANT).set_index("name").loc["discount_rate"]
    rate = ENTRANT.discount_rate
    assert (bar["label"], bar["unit"]) == ("Discount rate", "percent")
    assert [bar["low"], bar["mode"], bar["high"]] == pytest.approx(
        [100 * max(0, rate - 0.02), 100 * rate, 100 * (rate + 0.02)]
    )
    assert bar["npv_low_usd"] > bar["npv_usd"] > bar["npv_high_usd"]


def test_a_bar_is_the_value_at_the_inputs_limits():
    bar = methods.tornado(ENTRANT).set_index("name").loc["tuition_usd"]
    assert bar["npv_high_usd"] == methods.expected_npv(ENTRANT.with_input("tuition_usd", 15_000.0))
    assert bar["npv_high_usd"] < bar["npv_usd"] < bar["npv_low_usd"]


# --- break-even --------------------------------------------------------------------------------


def test_at_the_break_even_premium_and_tuition_the_credential_is_worth_nothing():
    found = methods.break_even(CODER)
    for name in ("premium_pct", "tuition_usd"):
        case = CODER.with_input(name, found[name].value)
        assert methods.expected_npv(case) == pytest.approx(0, abs=1e-4)


def test_at_the_break_even_pass_rate_the_credential_is_worth_nothing():
    case = CODER.with_input("premium_pct", 2.0)
    found = methods.break_even(case)["pass_rate_pct"]
    assert 1 < found.value < 100
    assert methods.expected_npv(case.with_input("pass_rate_pct", found.value)) == pytest.approx(
        0, abs=1e-4
    )


def test_no_tuition_is_low_enough_where_nothing_is_gained():
    case = roi.return_case(TABLES, baseline=95_000)
    found = methods.break_even(case)
    assert found["tuition_usd"].value is None
    assert found["tuition_usd"].note == "It does not pay even where the training is free."
    assert found["pass_rate_pct"].value is None
    assert "does not pay at any pass rate" in found["pass_rate_pct"].note


def test_shrinking_the_premium_lowers_the_value_to_less_than_nothing():
    table = methods.premium_sensitivity(CODER)
    assert table["premium_share"].is_monotonic_decreasing
    assert table["npv_usd"].is_monotonic_decreasing
    assert table["premium_share"].tolist() == [1.0, 0.75, 0.5, 0.25, 0.0]
    assert table["npv_usd"].iloc[-1] < 0
