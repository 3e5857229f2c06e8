"""Age and work in the occupation."""

import pytest

from analysis import processed
from analysis.studies.outlook.people import age_structure

TABLES = processed.Tables()


@pytest.mark.parametrize(
    ("measure", "value"),
    [
        ("Median age", 47),
        ("Women", 90.8),
        ("Bachelor's or more", 23.6),
        ("Work from home", 47.5),
    ],
)
def test_measures_are_those_of_the_survey(measure, value):
    """ACS 2024 1-year PUMS, occupation 3515, employed; own tabulation in data/raw/acs."""
    table = age_structure(TABLES).table.set_index("measure")
    assert table.loc[measure, "value"] == pytest.approx(value, abs=0.05)


def test_the_distribution_of_ages_is_said_to_be_missing():
    assert "not the distribution of ages" in age_structure(TABLES).note


def test_another_occupation_has_no_tabulation():
    found = age_structure(TABLES, occupation="13-1041")
    assert found.is_missing
    assert "not tabulated" in found.reason
