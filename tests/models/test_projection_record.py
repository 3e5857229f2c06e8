"""Projections held against outcomes, beside two naive forecasts."""

import numpy as np
import pandas as pd
import pytest

from analysis import processed
from analysis.studies.outlook.record import (
    BLS,
    CONSTANT_SHARE,
    NO_CHANGE,
    bls_evaluation,
    cases_of_size,
    record,
    size_in_words,
    typical_error,
)

TABLES = processed.Tables()
CASES = cases_of_size(TABLES, 194_800)
PAST = record(CASES, size=size_in_words(194_800))


def test_a_published_case():
    """Registered nurses, 2014-24: 2,751.0 thousand projected to 3,190.3, 3,391.0 came."""
    row = TABLES["projection_cases"].query(
        "occupation_code == '29-1141' and projection_period == '2014-24' and horizon_years == 10"
    )
    base, projected, actual = row[
        ["base_employment", "projected_employment", "actual_employment"]
    ].iloc[0]
    assert row["log_error"].iloc[0] == pytest.approx(np.log(actual / projected), abs=1e-4)
    assert (base, projected) == (2_751_000, 3_190_300)


def test_errors_by_hand():
    """10 % more came than before; forecast: 21 % more. 1.10 / 1.21 - 1 = -9.1 %, no change 10 %."""
    cases = pd.DataFrame(
        {
            "horizon_years": [10],
            "actual_log_growth": [np.log(1.1)],
            "projected_log_growth": [np.log(1.21)],
            "no_change": [0.0],
            "constant_share": [np.nan],
        }
    )
    table = record(cases, size="").table.set_index("forecast")
    assert table.loc[BLS, "median_error_pct"] == pytest.approx(100 * (1 - 1.1 / 1.21))
    assert table.loc[NO_CHANGE, "median_error_pct"] == pytest.approx(10)
    assert table.loc[BLS, "right_direction_pct"] == 100
    assert table.loc[CONSTANT_SHARE, "n_cases"] == 0


def test_forecasts_are_judged_on_the_same_cases():
    assert PAST.table.groupby("horizon_years")["n_cases"].nunique().eq(1).all()


def test_the_constant_share_is_the_growth_of_all_occupations():
    """BLS 2014-24, all occupations: 150,539.9 to 160,328.8 thousand in ten years."""
    row = CASES[CASES["horizon_years"].eq(10)].iloc[0]
    assert row["constant_share"] == pytest.approx(np.log(160_328.8 / 150_539.9))


def test_bls_beats_both_naive_forecasts_by_little():
    ten = PAST.table[PAST.table["horizon_years"].eq(10)].set_index("forecast")
    errors = ten["median_error_pct"]
    assert errors[BLS] < errors[CONSTANT_SHARE] < errors[NO_CHANGE] < 1.25 * errors[BLS]


def test_the_card_is_the_last_row_of_bls():
    found = typical_error(PAST.table, note="")
    assert (found.year, found.unit) == ("after 10 years", "percent of jobs")
    assert found.value == PAST.table["median_error_pct"].iloc[-3]


@pytest.mark.parametrize(
    ("edition", "measure", "published"),
    [
        ("2002-12", "occupations whose direction was right", 84),
        ("2008-18", "mean growth projected", 10.1),
        ("2012-22", "mean growth that came", 13.2),
    ],
)
def test_evaluations_are_those_bls_published(edition, measure, published):
    """Read on bls.gov/emp/evaluations."""
    assert bls_evaluation(TABLES).table.set_index("measure").loc[measure, edition] == published


def test_without_cases_there_is_no_error():
    empty = record(CASES.iloc[:0], size="")
    assert empty.is_missing
    assert typical_error(empty.table, note="none").value is None
