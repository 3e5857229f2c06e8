"""Every place at once says what each report says of one."""

import pandas as pd
import pytest

from analysis import processed
from analysis.models.ranking import chance_of_more
from analysis.studies.outlook.openings import openings
from analysis.studies.places import compared
from analysis.studies.profiles import profiles

AREAS = ["US", "OH", "PR", "VT", "19430"]


@pytest.fixture(scope="module")
def tables() -> processed.Tables:
    return processed.Tables()


@pytest.fixture(scope="module")
def places(tables) -> pd.DataFrame:
    return profiles(tables).set_index("area_code")


def test_pay_and_prices_are_those_of_places_side_by_side(tables, places):
    beside = compared(tables, AREAS).table.set_index("area_code")
    same = ["jobs_per_1000", "p10_wage_usd", "p90_wage_usd", "median_wage_usd", "low_usd",
            "high_usd", "median_wage_national_prices_usd"]  # fmt: skip
    pd.testing.assert_frame_equal(places.loc[AREAS, same], beside[same], check_names=False)


@pytest.mark.parametrize("area", AREAS)
def test_openings_are_those_of_the_outlook(tables, places, area):
    expected = openings(tables, area=area)
    for part in ("growth", "exits", "transfers", "total"):
        value = getattr(expected, part).value
        found = places.loc[area, part]
        assert pd.isna(found) if value is None else found == pytest.approx(value), part


def test_every_place_of_the_occupation_is_there_once(tables, places):
    assert len(places) == 561  # 1 nation, 53 states, 375 + 132 areas: OEWS, May 2025
    assert places.index.is_unique


def test_a_higher_median_is_likelier_the_higher_the_gap_over_its_error():
    assert chance_of_more(50_000, 0, 40_000, 0) == 1
    assert chance_of_more(50_000, 0, 50_000, 0) == 0.5
    # 1,000 over hypot(600, 800) = 1,000: one standard deviation, 84.13 %
    assert chance_of_more(51_000, 600, 50_000, 800) == pytest.approx(0.841345, abs=1e-6)
    assert chance_of_more(50_000, 600, 51_000, 800) == pytest.approx(1 - 0.841345, abs=1e-6)
