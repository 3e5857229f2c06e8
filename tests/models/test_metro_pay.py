"""Metropolitan areas by pay."""

import pytest

from analysis import processed
from analysis.studies.places import EACH_END, metro_pay, states_of

WAGES = processed.read("wages")


def test_the_nation_shows_both_ends():
    table = metro_pay(WAGES).table
    assert len(table) == 2 * EACH_END
    assert table["median_wage_usd"].is_monotonic_decreasing
    assert table["area_name"].iloc[0] == "San Jose-Sunnyvale-Santa Clara, CA"


def test_figures_are_the_published_ones():
    """BLS, OEWS May 2025: San Jose 920 jobs, median 86,890."""
    best = metro_pay(WAGES).table.iloc[0]
    assert (best["employment"], best["median_wage_usd"]) == (920, 86_890)


def test_an_area_across_state_lines_belongs_to_each_state():
    for state in ("KS", "MO"):
        assert "Kansas City, MO-KS" in metro_pay(WAGES, area=state).table["area_name"].tolist()


def test_a_metropolitan_area_is_shown_among_those_of_its_state():
    table = metro_pay(WAGES, area="28140").table
    assert table.loc[table["is_here"], "area_name"].tolist() == ["Kansas City, MO-KS"]
    assert table["area_name"].map(lambda name: "MO" in states_of(name)).all()


def test_tied_percentiles_are_marked():
    """Vallejo, May 2025: two percentiles in one pay interval."""
    table = metro_pay(WAGES).table.set_index("area_name")
    assert table.loc["Vallejo, CA", "is_collapsed"]


def test_ranks_are_of_the_nation_and_lie_in_their_range():
    found = metro_pay(WAGES, area="TX")
    known = found.table.dropna(subset=["rank"])
    assert known["rank"].le(found.n_nation).all()
    assert (known["rank_low"].le(known["rank"]) & known["rank"].le(known["rank_high"])).all()


def test_a_place_without_metropolitan_areas_says_so():
    found = metro_pay(WAGES, area="GU")
    assert found.is_missing
    assert found.reason == (
        "BLS publishes no metropolitan area in Guam for medical records specialists."
    )


@pytest.mark.parametrize("name", ["Guam", "North Texas Region of Texas nonmetropolitan area"])
def test_a_name_without_states_has_none(name):
    assert states_of(name) == []
