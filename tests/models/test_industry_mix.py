"""Industries that employ the occupation."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies.industries import LEVELS, industries

TABLES = processed.Tables()
OCCUPATIONS = sorted(TABLES["wages"]["occupation_code"].unique())
ROUNDING = 600  # every industry is rounded to ten jobs


@pytest.mark.parametrize(
    ("level", "title", "jobs", "median"),
    [
        ("3-digit", "Hospitals", 55_530, 59_120),
        ("3-digit", "Ambulatory Health Care Services", 55_630, 47_730),
        ("4-digit", "Offices of Physicians", 34_860, 47_120),
    ],
)
def test_figures_are_the_published_ones(level, title, jobs, median):
    """BLS, OEWS May 2025, national by industry, 29-2072."""
    row = industries(TABLES, level=level).table.set_index("industry_title").loc[title]
    assert (row["employment"], row["median_wage_usd"]) == (jobs, median)


def test_the_share_is_of_all_jobs():
    """Hospitals: 55,530 of 194,720 = 28.5 %."""
    table = industries(TABLES).table.set_index("industry_title")
    assert table.loc["Hospitals", "share_of_jobs_pct"] == pytest.approx(28.52, abs=0.005)


@pytest.mark.parametrize("level", list(LEVELS))
@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_no_job_is_counted_twice(occupation, level):
    found = industries(TABLES, occupation=occupation, level=level, top=1_000)
    wages = TABLES["wages"]
    national = wages[wages["occupation_code"].eq(occupation) & wages["area_code"].eq("US")]
    total = national.loc[national["industry_level"].eq(0), "employment"].iloc[0]
    assert found.table["employment"].sum() <= total + ROUNDING
    assert 90 < found.covered_pct.value <= 100


def test_suppressed_industries_are_named_and_are_not_zero():
    """BLS releases no employment of 29-2072 in publishing (513000) in May 2025."""
    found = industries(TABLES, top=1_000)
    assert "513000" in found.unpublished["industry_code"].tolist()
    assert "513000" not in found.table["industry_code"].tolist()
    assert found.table["employment"].gt(0).all()
    assert "Publishing Industries" in found.note


def test_a_state_is_told_that_industries_are_the_nations():
    assert "not for Texas" in industries(TABLES, area="TX").note


@given(top=st.integers(1, 30))
@settings(max_examples=10, deadline=None)
def test_a_longer_list_begins_with_the_shorter(top):
    short = industries(TABLES, top=top).table["industry_code"].tolist()
    long = industries(TABLES, top=top + 5).table["industry_code"].tolist()
    assert long[: len(short)] == short


@pytest.mark.parametrize(("name", "value"), [("level", "6-digit"), ("top", 0)])
def test_an_unknown_level_or_an_empty_list_is_refused(name, value):
    with pytest.raises(WrongInput, match=name):
        industries(TABLES, **{name: value})
