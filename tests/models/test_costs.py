"""The cost of denials and of a coded record."""

import pytest

from analysis.models.ranges import Range
from analysis.models.staffing.costs import cost_per_record, denial_cost

CLAIMS = {
    "claims_per_year": 100_000,
    "denial_rate": Range.known(0.12),
    "coding_share": Range.known(0.15),
    "rework_cost_usd": Range.known(25),
}
CODER = {
    "wage_usd": 52_000,
    "load_share": Range.known(0.3),
    "records_per_8_hours": Range.known(24),
    "shrinkage": Range.known(0),
}


def test_denials_that_coding_could_prevent_are_costed():
    """100,000 claims * 12 % = 12,000 denials; * 15 % = 1,800; * 25 USD = 45,000 USD."""
    cost = denial_cost(**CLAIMS, draws=10)
    assert cost.denials.value == pytest.approx(12_000)
    assert cost.preventable_denials.value == pytest.approx(1_800)
    assert cost.cost.value == pytest.approx(45_000)


def test_ranges_make_an_interval_within_their_product():
    """Rework at 25 to 118 USD: between 45,000 and 212,400 USD."""
    cost = denial_cost(**{**CLAIMS, "rework_cost_usd": Range(low=25, high=118)}).cost
    assert 45_000 < cost.low < cost.value < cost.high < 212_400


def test_a_record_costs_its_share_of_the_loaded_wage():
    """52,000 / 2,080 = 25 USD an hour, 32.50 with load, a third of an hour: 10.83 USD."""
    assert cost_per_record(**CODER, draws=10).value == pytest.approx(32.5 / 3)


def test_lost_hours_make_a_record_dearer():
    """A fifth lost: 10.83 / 0.8 = 13.54 USD."""
    found = cost_per_record(**{**CODER, "shrinkage": Range.known(0.2)}, draws=10)
    assert found.value == pytest.approx(32.5 / 3 / 0.8)


def test_faster_coders_make_a_record_cheaper():
    faster = {**CODER, "records_per_8_hours": Range.known(30)}
    assert cost_per_record(**faster, draws=10).value < cost_per_record(**CODER, draws=10).value


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: denial_cost(**{**CLAIMS, "claims_per_year": -1}), "claims_per_year"),
        (lambda: denial_cost(**{**CLAIMS, "denial_rate": Range.known(12)}), "denial_rate"),
        (lambda: denial_cost(**{**CLAIMS, "rework_cost_usd": Range.known(-1)}), "rework_cost_usd"),
        (lambda: cost_per_record(**{**CODER, "wage_usd": 0}), "wage_usd"),
        (lambda: cost_per_record(**{**CODER, "shrinkage": Range.known(1)}), "shrinkage"),
    ],
)
def test_values_out_of_range_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()
