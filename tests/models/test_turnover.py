"""People leave, people are hired."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.models.outlook import SeparationRates, stock_flow
from analysis.studies.projections import separation_rates

RATES = SeparationRates(exit_rate=0.035, transfer_rate=0.029, projection_period="2024-34")


def path(values):
    return pd.Series(values, index=range(2024, 2024 + len(values)), dtype="float64")


def test_the_published_rates_are_read():
    """BLS, Employment Projections 2024-34, table 1.10: 3.5 % exits, 2.9 % transfers."""
    found = separation_rates(processed.read("separations"), "29-2072")
    assert (found.exit_rate, found.transfer_rate) == (pytest.approx(0.035), pytest.approx(0.029))
    assert found.separation_rate == pytest.approx(0.064)


def test_an_occupation_without_rates_has_none():
    assert separation_rates(processed.read("separations"), "31-9094") is None


def test_turnover_absorbs_a_slow_fall():
    """1,000 to 960: 0.064 x 980 = 62.72 leave, so 22.72 are hired and nobody is dismissed."""
    year = stock_flow(path([1_000, 960]), RATES).iloc[1]
    assert year["openings"] == pytest.approx(22.72)
    assert year["layoffs"] == 0


def test_a_fast_fall_costs_jobs():
    """1,000 to 900: 0.064 x 950 = 60.8 leave, so 39.2 are dismissed and nobody is hired."""
    year = stock_flow(path([1_000, 900]), RATES).iloc[1]
    assert year["layoffs"] == pytest.approx(39.2)
    assert year["openings"] == 0


@given(
    jobs=st.lists(st.floats(0, 1e6), min_size=2, max_size=12),
    exits=st.floats(0, 0.3),
    transfers=st.floats(0, 0.3),
)
@settings(max_examples=60, deadline=None)
def test_people_are_conserved(jobs, exits, transfers):
    rates = SeparationRates(exit_rate=exits, transfer_rate=transfers, projection_period="")
    flows = stock_flow(path(jobs), rates)
    before, after = flows["jobs"].shift().iloc[1:], flows["jobs"].iloc[1:]
    year = flows.iloc[1:]
    kept = before - year["exits"] - year["transfers"] - year["layoffs"] + year["openings"]
    assert kept.tolist() == pytest.approx(after.tolist(), abs=1e-6)
    assert year[["exits", "transfers", "openings", "layoffs"]].ge(0).all(axis=None)
    assert (year["openings"] * year["layoffs"]).eq(0).all()


def test_years_with_gaps_are_refused():
    with pytest.raises(ValueError, match="gaps"):
        stock_flow(pd.Series({2024: 1.0, 2026: 1.0}), RATES)


def test_jobs_below_none_are_refused():
    with pytest.raises(ValueError, match="below 0"):
        stock_flow(path([1.0, -1.0]), RATES)
