"""Projections held against outcomes."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.studies.outlook.record import (
    BLS,
    CONSTANT_SHARE,
    NO_CHANGE,
    back_test,
    record,
    summarise_record,
)

TABLES = processed.Tables()
PAST = record(TABLES)


def projection(code, base, projected, base_year=2010):
    return {
        "occupation_code": code,
        "projection_period": f"{base_year}-{(base_year + 10) % 100}",
        "base_year": base_year,
        "projected_year": base_year + 10,
        "base_employment": base,
        "projected_employment": projected,
    }


def outcomes(code, by_year):
    return pd.DataFrame(
        {
            "occupation_code": code,
            "year": pd.Series(list(by_year), dtype="int64"),
            "employment": pd.Series(list(by_year.values()), dtype="float64"),
        }
    )


def held_against(projected, by_year, *, everyone=100.0):
    own = pd.DataFrame([projection("a", 100.0, projected)])
    total = pd.DataFrame([projection("00-0000", 100.0, everyone)])
    return back_test(own, outcomes("a", by_year), everyone=total)


def test_a_case_by_hand():
    """100 to 121 in ten years is 10 % in five; 8 % came true: a miss of -2 points.

    All occupations to 110.25 in ten years is 5 % in five: constant share misses by 3.
    """
    cases = held_against(121.0, {2010: 500.0, 2015: 540.0}, everyone=110.25)
    row = cases.iloc[0]
    assert row["horizon_years"] == 5
    assert row["actual_growth_pct"] == pytest.approx(8)
    assert row["projected_growth_pct"] == pytest.approx(10)
    assert row["error_pct_points"] == pytest.approx(-2)
    summary = summarise_record(cases).set_index(["forecast", "cases"])
    all_horizons = summary[summary["horizon_years"].isna()]
    errors = all_horizons.xs("like for like", level="cases")["mean_absolute_error_pct_points"]
    assert errors[[BLS, NO_CHANGE, CONSTANT_SHARE]].tolist() == pytest.approx([2, 8, 3])


@given(pace=st.floats(0.97, 1.05), years=st.integers(1, 10))
@settings(max_examples=25, deadline=None)
def test_an_occupation_that_keeps_its_pace_was_projected_without_error(pace, years):
    cases = held_against(100 * pace**10, {2010: 70.0, 2010 + years: 70 * pace**years})
    assert cases["log_error"].tolist() == pytest.approx([0], abs=1e-12)


@given(level=st.floats(0.01, 100))
@settings(max_examples=25, deadline=None)
def test_levels_do_not_matter(level):
    plain = held_against(110.0, {2010: 100.0, 2013: 107.0})
    scaled = held_against(110.0, {2010: 100 * level, 2013: 107 * level})
    assert scaled["log_error"].tolist() == pytest.approx(plain["log_error"].tolist())


def test_years_beyond_the_projection_are_no_cases():
    assert held_against(110.0, {2010: 100.0, 2021: 107.0}).empty


def test_a_published_case():
    """29-2071, 2014-24: 188.6 to 217.6 thousand is 5.9 % in four years.

    OEWS: 184,740 in May 2014, 208,650 in May 2018 = 12.9 %.
    """
    cases = PAST.table
    row = cases[
        cases["occupation_code"].eq("29-2071")
        & cases["base_year"].eq(2014)
        & cases["year"].eq(2018)
    ].iloc[0]
    assert row["projected_growth_pct"] == pytest.approx(100 * ((217.6 / 188.6) ** 0.4 - 1))
    assert row["actual_growth_pct"] == pytest.approx(100 * (208_650 / 184_740 - 1))
    assert row["is_like_for_like"]


def test_no_case_joins_two_codes():
    cases = PAST.table
    assert not cases["occupation_code"].isin(["29-2098", "29-9098", "00-0000"]).any()
    assert cases.loc[cases["occupation_code"].eq("29-2071"), "year"].max() == 2018
    assert cases.loc[cases["occupation_code"].eq("29-2072"), "base_year"].min() == 2021


def test_the_change_of_method_is_marked():
    cases = PAST.table
    crossing = cases["base_year"].le(2020) & cases["year"].ge(2021)
    assert cases["crosses_method_change"].eq(crossing).all()
    assert cases["is_like_for_like"].eq(~crossing & cases["base_year"].ne(2021)).all()


def test_the_three_forecasts_are_judged_on_the_same_cases():
    counts = PAST.summary.groupby(["cases", "horizon_years"], dropna=False)["n_cases"]
    assert counts.nunique().eq(1).all()


def test_a_vintage_without_a_total_has_no_benchmark():
    """No projection of all occupations for 2020-30 is in hand."""
    rows = PAST.table[PAST.table["projection_period"].eq("2020-30")]
    assert len(rows)
    assert rows["constant_share_growth_pct"].isna().all()


def test_without_cases_there_is_no_error():
    empty = summarise_record(PAST.table.iloc[:0])
    assert empty.empty
