"""Age and work in the occupation."""

import pytest

from analysis import processed
from analysis.studies.outlook.people import age_structure

TABLES = processed.Tables()


@pytest.mark.parametrize(
    ("statistic", "share", "low", "high"),
    [
        ("age 55 and over", 30.0, 27.4, 32.6),
        ("women", 90.9, 89.3, 92.5),
        (
            "worked from home last week (JWTRNS 11), of those at work with an answer",
            47.7,
            44.9,
            50.5,
        ),
    ],
)
def test_shares_are_those_of_the_survey_with_their_errors(statistic, share, low, high):
    """ACS 2024 1-year PUMS, employed coders: 30.0 % (error 1.6), 90.9 % (1.0), 91.0 % (1.0)."""
    row = age_structure(TABLES).table.set_index("statistic").loc[statistic]
    assert row.tolist() == pytest.approx([share, low, high], abs=0.06)


def test_ages_add_up_to_everybody():
    table = age_structure(TABLES).table.set_index("statistic")["share_pct"]
    ages = table[table.index.str.startswith("age ")].drop("age 55 and over")
    assert ages.sum() == pytest.approx(100, abs=0.3)  # seven shares to a decimal each


def test_another_occupation_has_no_tabulation():
    found = age_structure(TABLES, occupation="13-1041")
    assert found.is_missing
    assert "not tabulated" in found.reason
