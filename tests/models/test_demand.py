"""Drivers of demand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.studies.outlook.people import (
    OLDER,
    SPENDING,
    demand_drivers,
    growth_within_vintages,
)

DRIVERS = demand_drivers(processed.Tables()).table


@pytest.mark.parametrize(
    ("driver", "kind", "year", "published"),
    [
        (OLDER, "estimate", 2025, 64_617_088),
        (SPENDING, "historical", 2024, 5_278_588_000_000),
    ],
)
def test_levels_are_the_published_ones(driver, kind, year, published):
    """Census NC-EST2025-AGESEX-RES; CMS NHE2024."""
    rows = DRIVERS[DRIVERS["driver"].eq(driver) & DRIVERS["kind"].eq(kind)]
    assert published in rows.loc[rows["last_year"].eq(year), "last"].tolist()


def test_growth_of_the_projection_is_within_its_own_vintage():
    """2022 to 2040: 57.79 to 78.29 million = 1.70 % a year, not from later estimates."""
    row = DRIVERS.set_index(["first_year", "last_year"]).loc[(2022, 2040)]
    assert row["growth_pct"] == pytest.approx(100 * ((78_293_900 / 57_794_852) ** (1 / 18) - 1))


@given(level=st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_the_level_of_one_vintage_touches_no_growth(level):
    values = [100.0, 110.0, 50 * level, 60 * level]
    table = pd.DataFrame(
        {
            "driver": "d",
            "vintage": list("aabb"),
            "kind": "estimate",
            "year": [1, 2, 3, 4],
            "value": values,
            "unit": "people",
        }
    )
    assert growth_within_vintages(table)["growth_pct"].tolist() == pytest.approx([10, 20])
