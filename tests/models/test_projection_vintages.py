"""Projections by vintage."""

import pytest

from analysis import processed
from analysis.studies.outlook.openings import projections_by_vintage

TABLES = processed.Tables()


@pytest.mark.parametrize(
    ("period", "code", "base", "projected", "growth_pct", "openings"),
    [
        ("2016-26", "29-2071", 206_300, 234_100, 13.5, 15_800),
        ("2019-29", "29-2098", 341_600, 370_600, 8.5, 27_800),
        ("2022-32", "29-2072", 194_300, 210_900, 8.5, 15_000),
        ("2024-34", "29-2072", 194_800, 208_600, 7.1, 14_200),
    ],
)
def test_each_vintage_is_as_published(period, code, base, projected, growth_pct, openings):
    """BLS, Employment Projections, table 1.2 of each round."""
    row = projections_by_vintage(TABLES).table.set_index("projection_period").loc[period]
    assert row["published_as"] == code
    assert (row["base_employment"], row["projected_employment"]) == (base, projected)
    assert (row["ten_year_growth_pct"], row["annual_openings"]) == (growth_pct, openings)


def test_the_yearly_rate_compounds_to_the_ten_years():
    """2023-33: (208.2 / 191.5) ** 0.1 - 1 = 0.84 % a year, where AAPC prints 9 % a year."""
    table = projections_by_vintage(TABLES).table
    compounded = (1 + table["yearly_growth_pct"] / 100) ** 10
    expected = table["projected_employment"] / table["base_employment"]
    assert compounded.tolist() == pytest.approx(expected.tolist())
    row = table.set_index("projection_period").loc["2023-33"]
    assert row["yearly_growth_pct"] == pytest.approx(0.84, abs=0.005)


def test_one_vintage_is_the_latest():
    vintages = projections_by_vintage(TABLES)
    assert vintages.table["is_latest"].tolist().count(True) == 1
    assert vintages.table["is_latest"].iloc[-1]
    assert vintages.table["projection_period"].iloc[-1] == "2024-34"


def test_a_vintage_for_another_code_is_not_comparable():
    table = projections_by_vintage(TABLES).table
    assert table.loc[table["is_comparable"], "published_as"].unique().tolist() == ["29-2072"]


def test_openings_of_the_older_method_are_missing():
    row = projections_by_vintage(TABLES).table.set_index("projection_period").loc["2014-24"]
    assert row[["annual_openings"]].isna().all()


def test_growth_is_labelled_a_ten_year_total():
    vintages = projections_by_vintage(TABLES)
    assert "over ten years" in vintages.columns["ten_year_growth_pct"]
    assert "ten-year total" in vintages.note


def test_an_occupation_without_projections_says_so():
    vintages = projections_by_vintage(TABLES, occupation="13-1041")
    assert vintages.is_missing
    assert "not available" in vintages.reason
