"""Employment and pay by year, and what may be compared."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies.history import growth_within_segments, history

TABLES = processed.Tables()


def rows(years, segments, employment):
    return pd.DataFrame(
        {
            "year": years,
            "segment": segments,
            "employment": employment,
            "employment_rse_pct": 1.0,
            "median_wage_rse_pct": 0.5,
            "median_wage_usd": 40_000.0,
            "median_wage_real_usd": 40_000.0,
        }
    )


def employment_growth(table):
    growth = growth_within_segments(table)
    return growth[growth["measure"].eq("employment")]


@pytest.mark.parametrize(
    ("year", "column", "published"),
    [
        (2011, "employment", 180_280),
        (2018, "employment", 208_650),
        (2025, "employment", 194_720),
        (2010, "median_wage_usd", 32_350),
        (2018, "median_wage_usd", 40_350),
        (2025, "median_wage_usd", 51_140),
    ],
)
def test_figures_are_the_published_ones(year, column, published):
    """BLS, OEWS national files of May 2010 to 2025, 29-2071 and 29-2072."""
    table = history(TABLES).table.set_index("year")
    assert table.loc[year, column] == published


@pytest.mark.parametrize(
    ("year", "in_2025_dollars"), [(2013, 48_259), (2018, 51_557), (2022, 51_888), (2024, 51_433)]
)
def test_real_wages_follow_the_may_index(year, in_2025_dollars):
    """2013: 34,970 x 321.465 / 232.945 = 48,259 (BLS CPI-U, CUUR0000SA0, May)."""
    table = history(TABLES).table.set_index("year")
    assert table.loc[year, "median_wage_real_usd"] == pytest.approx(in_2025_dollars, abs=1)


def test_the_interval_is_that_of_the_published_error():
    """2025: 194,720 +- 1.645 x 1.1 % of it = 3,523."""
    row = history(TABLES).table.set_index("year").loc[2025]
    assert row["employment_high"] - row["employment"] == pytest.approx(3_523, abs=1)
    assert row["employment"] - row["employment_low"] == pytest.approx(3_523, abs=1)


def test_years_published_under_another_code_are_another_segment():
    table = history(TABLES).table.set_index("year")
    assert table.loc[[2018, 2019, 2022], "segment"].tolist() == ["29-2071", "29-2098", "29-2072"]


def test_the_first_model_based_release_stands_alone():
    past = history(TABLES)
    table = past.table.set_index("year")
    assert table.loc[2021, "segment"] == "29-2072, 2021"
    assert "no base for comparison" in past.note


def test_a_code_that_was_kept_is_parted_at_the_change_of_method():
    past = history(TABLES, occupation="11-9111")
    segments = past.table["segment"].unique().tolist()
    assert segments == ["11-9111, to 2020", "11-9111, 2021", "11-9111"]
    assert "codes" not in past.note


def test_growth_stays_within_a_segment_and_a_method():
    growth = history(TABLES).growth
    spans = growth.loc[growth["measure"].eq("employment"), ["segment", "from_year", "to_year"]]
    assert spans.to_numpy().tolist() == [
        ["29-2071", 2011, 2018],
        ["29-2098", 2019, 2020],
        ["29-2072", 2022, 2025],
    ]


def test_an_unbroken_code_is_still_not_grown_across_the_change_of_method():
    growth = history(TABLES, occupation="43-3021").growth
    spans = growth.loc[growth["measure"].eq("employment"), ["from_year", "to_year"]]
    assert spans.to_numpy().tolist() == [[2013, 2020], [2022, 2025]]


def test_growth_and_its_interval_by_hand():
    """200 to 220: 10 % over two years, 4.88 % a year; 1.645 x sqrt(2) x 1 % of 1.1 = 2.559 %."""
    growth = employment_growth(rows([2013, 2015], ["a", "a"], [200.0, 220.0])).iloc[0]
    assert growth["growth_pct"] == pytest.approx(10)
    assert growth["growth_pct_a_year"] == pytest.approx(100 * (math.sqrt(1.1) - 1))
    assert growth["growth_high_pct"] == pytest.approx(10 + 2.559, abs=0.001)


def test_real_pay_has_an_interval_from_the_errors_of_both_years():
    """2022 and 2025: 1.2533 x hypot(0.5, 0.4) % = 0.80 %, times 1.645 x 0.9856 = 1.30 points."""
    growth = history(TABLES).growth
    row = growth[growth["measure"].eq("median_wage_real_usd")].iloc[-1]
    assert row["growth_high_pct"] - row["growth_pct"] == pytest.approx(1.30, abs=0.005)


@given(factor=st.floats(0.1, 10))
@settings(max_examples=25, deadline=None)
def test_the_level_of_one_segment_touches_no_growth(factor):
    years, segments = [2013, 2014, 2015, 2016], ["a", "a", "b", "b"]
    plain = employment_growth(rows(years, segments, [100.0, 110.0, 300.0, 270.0]))
    scaled = employment_growth(rows(years, segments, [100.0, 110.0, 300 * factor, 270 * factor]))
    assert scaled["growth_pct"].tolist() == pytest.approx(plain["growth_pct"].tolist())


def test_a_missing_year_stays_missing():
    table = history(TABLES).table.set_index("year")
    assert math.isnan(table.loc[2012, "employment"])
    assert table.loc[2012, "median_wage_usd"] == 34_160


def test_an_area_without_history_says_so_and_shows_the_nation():
    past = history(TABLES, area="CA")
    assert "for California here" in past.note
    assert past.table["employment"].iloc[-1] == 194_720


def test_an_occupation_without_earlier_years_has_the_latest_alone():
    past = history(TABLES, occupation="31-9092")
    assert past.table["year"].tolist() == [2025]
    assert past.growth.empty
    assert "not available" in past.note


def test_an_unknown_occupation_is_refused():
    with pytest.raises(WrongInput, match="99-9999"):
        history(TABLES, occupation="99-9999")
