"""Ranges and the draws from them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import triang

from analysis.models.ranges import Range, summarise_draws


def drawn(quantity, draws=20_000, seed=0):
    return quantity.draw(np.random.default_rng(seed), draws)


@given(ends=st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=3).map(sorted))
@settings(max_examples=50, deadline=None)
def test_draws_stay_within_the_limits(ends):
    low, likely, high = ends
    values = drawn(Range(low=low, likely=likely, high=high), draws=200)
    slack = 1e-9 * (1 + abs(low) + abs(high))
    assert np.all((values >= low - slack) & (values <= high + slack))


def test_a_uniform_draw_has_the_middle_as_its_mean():
    """Between 15 and 25: mean 20, variance 100 / 12."""
    values = drawn(Range(low=15, high=25))
    assert values.mean() == pytest.approx(20, abs=0.1)
    assert values.var() == pytest.approx(100 / 12, rel=0.03)


def test_a_triangular_draw_follows_scipy():
    """Quantiles of scipy.stats.triang with the mode at (43.84 - 25) / (118 - 25) of the width."""
    cost = Range(low=25, likely=43.84, high=118)
    law = triang((43.84 - 25) / 93, loc=25, scale=93)
    found = np.quantile(drawn(cost, draws=100_000), [0.05, 0.5, 0.95])
    assert found == pytest.approx(law.ppf([0.05, 0.5, 0.95]), rel=0.01)
    assert cost.middle == pytest.approx(law.mean())


def test_a_known_quantity_is_drawn_as_it_is():
    assert set(drawn(Range.known(24.0), draws=5)) == {24.0}


def test_every_range_uses_the_same_number_of_draws():
    """So that changing one range leaves the draws of the next as they were."""
    first, second = np.random.default_rng(1), np.random.default_rng(1)
    Range.known(1.0).draw(first, 10)
    Range(low=0, likely=1, high=3).draw(second, 10)
    assert first.random() == second.random()


@pytest.mark.parametrize("ends", [(2, 1), (float("nan"), 1), (0, float("inf"))])
def test_limits_out_of_order_are_refused(ends):
    with pytest.raises(ValueError, match="from low to high"):
        Range(low=ends[0], high=ends[1])


def test_a_likely_value_outside_is_refused():
    with pytest.raises(ValueError, match="likely must lie within"):
        Range(low=0, high=1, likely=2)


def test_draws_are_summed_up_by_their_median_and_middle_ninety_percent():
    """0 to 100: median 50, 5th percentile 5, 95th 95."""
    found = summarise_draws(np.arange(101.0), unit="FTE")
    assert (found.low, found.value, found.high) == (5, 50, 95)
    assert (found.kind, found.se) == ("simulation", None)
