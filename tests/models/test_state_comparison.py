"""States side by side."""

import pytest

from analysis import processed
from analysis.studies.places import states

TABLES = processed.Tables()
TABLE = states(TABLES).table.set_index("area_code")


@pytest.mark.parametrize(
    ("area", "jobs", "per_1000", "quotient", "median"),
    [
        ("CA", 18_700, 1.026, 0.82, 61_810),
        ("FL", 21_490, 2.164, 1.73, 45_760),
        ("DC", 270, 0.381, 0.30, 72_040),
        ("GU", 70, 1.098, 0.88, 38_470),
    ],
)
def test_figures_are_the_published_ones(area, jobs, per_1000, quotient, median):
    """BLS, OEWS May 2025, states, 29-2072."""
    row = TABLE.loc[area]
    assert (row["employment"], row["median_wage_usd"]) == (jobs, median)
    assert (row["jobs_per_1000"], row["location_quotient"]) == (per_1000, quotient)


def test_every_state_and_territory_of_the_release_is_there():
    """50 states, DC, Guam and Puerto Rico; the Virgin Islands are not published."""
    assert len(TABLE) == 53
    assert "VI" not in TABLE.index


def test_the_standard_error_is_that_of_a_median():
    """California: 1.2 % of 61,810 = 742; a median's is sqrt(pi / 2) = 1.2533 times that: 930."""
    assert TABLE.loc["CA", "standard_error"] == pytest.approx(741.72 * 1.2533, rel=1e-4)


def test_dear_states_pay_less_at_national_prices():
    """California: 61,810 / 1.1072 = 55,826 (BEA, price parity of 2024: 110.720)."""
    assert TABLE.loc["CA", "median_wage_national_prices_usd"] == pytest.approx(55_826, abs=1)


def test_territories_have_no_price_parity():
    territories = TABLE.loc[["GU", "PR"]]
    assert territories["median_wage_national_prices_usd"].isna().all()
    assert territories["missing"].tolist() == ["price parity", "price parity"]
    assert territories["rank"].notna().all()


def test_unpublished_employment_is_missing_and_said():
    assert TABLE.loc[["VT"], "employment"].isna().all()
    assert TABLE.loc["VT", "missing"] == "jobs"


def test_the_top_group_has_its_size_in_expectation():
    assert TABLE["p_top"].sum() == pytest.approx(3)


def test_another_seed_moves_probabilities_within_their_error():
    other = states(TABLES, seed=1).table.set_index("area_code").loc[TABLE.index]
    error = 5 * 2**0.5 * TABLE["p_top_simulation_error"] + 0.001
    assert (other["p_top"] - TABLE["p_top"]).abs().le(error).all()


def test_an_occupation_with_gaps_keeps_its_unranked_states():
    table = states(TABLES, occupation="31-9094").table
    assert table["rank"].isna().eq(table["reason"].ne("")).all()
