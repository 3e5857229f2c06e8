"""Drivers of demand."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.studies.outlook.demand import OLDER, SPENDING, demand_drivers, growth_within_vintages

DRIVERS = demand_drivers(processed.Tables())


@pytest.mark.parametrize(
    ("driver", "kind", "year", "published"),
    [
        (OLDER, "estimate", 2025, 64_617_088),
        (OLDER, "projection", 2034, 74_906_519),
        (SPENDING, "historical", 2024, 5_278_588_000_000),
    ],
)
def test_levels_are_the_published_ones(driver, kind, year, published):
    """Census NC-EST2025-AGESEX-RES and np2023; CMS NHE2024."""
    table = DRIVERS.table
    rows = table[table["driver"].eq(driver) & table["kind"].eq(kind) & table["year"].eq(year)]
    assert published in rows["value"].tolist()


def test_growth_of_the_projection_is_within_its_own_vintage():
    """2022 to 2040: 57.79 to 78.29 million = 35.5 %, not from the later, higher estimates."""
    growth = DRIVERS.growth
    row = growth[growth["to_year"].eq(2040)].iloc[0]
    assert row["growth_pct"] == pytest.approx(100 * (78_293_900 / 57_794_852 - 1))


@given(level=st.floats(0.01, 100))
@settings(max_examples=20, deadline=None)
def test_the_level_of_one_vintage_touches_no_growth(level):
    values = [100.0, 110.0, 50 * level, 60 * level]
    table = pd.DataFrame(
        {"driver": "d", "vintage": list("aabb"), "year": [1, 2, 3, 4], "value": values}
    )
    assert growth_within_vintages(table)["growth_pct"].tolist() == pytest.approx([10, 20])


def test_rates_without_levels_are_listed_apart():
    """Keehan et al. 2025: 5.8 % a year over 2024-33."""
    rates = DRIVERS.published_growth
    assert 5.8 in rates.loc[rates["period"].eq("2024-33"), "growth_pct_a_year"].tolist()


def test_every_level_has_a_unit():
    assert DRIVERS.table["unit"].isin(["people", "USD, of the year"]).all()
    assert DRIVERS.table["value"].notna().all()
