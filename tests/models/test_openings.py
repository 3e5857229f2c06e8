"""Openings and the identity they keep."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.models.outlook import annual_openings
from analysis.studies.outlook.openings import openings

TABLES = processed.Tables()
ROUNDED_RATES = 0.001  # two rates, each published to 0.1 %
OCCUPATIONS = ["00-0000", "11-9111", "29-2072", "29-9021", "43-3021"]
jobs = st.floats(0, 1e6)
shares = st.floats(0, 0.5)


def test_the_worked_example_of_the_occupation():
    """1.38 + 0.064 x 201.7 = 14.29 thousand; BLS prints 14.2."""
    found = annual_openings(
        base=194.8, projected=208.6, years=10, exit_rate=0.035, transfer_rate=0.029
    )
    assert found == pytest.approx(1.38 + 12.9088)
    assert found == pytest.approx(14.2, abs=0.1)


@pytest.mark.parametrize(
    ("growth", "exits", "transfers", "published"),
    [(990, 3_100, 4_400, 8_500), (-290, 6_200, 10_200, 16_100)],
)
def test_published_parts_sum_to_published_openings(growth, exits, transfers, published):
    """Architects and butchers, BLS 2024-34; each part is rounded to a hundred."""
    found = annual_openings(
        base=100_000 - 5 * growth,
        projected=100_000 + 5 * growth,
        years=10,
        exit_rate=exits / 100_000,
        transfer_rate=transfers / 100_000,
    )
    assert found == pytest.approx(growth + exits + transfers)
    assert found == pytest.approx(published, abs=150)


@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_rates_return_the_published_openings(occupation):
    """BLS, Employment Projections 2024-34, table 1.10."""
    separations = TABLES["separations"].set_index("occupation_code").loc[occupation]
    projections = TABLES["projections"]
    latest = projections[projections["projection_period"].eq("2024-34")]
    row = latest.set_index("occupation_code").loc[occupation]
    found = annual_openings(
        base=row["base_employment"],
        projected=row["projected_employment"],
        years=10,
        exit_rate=separations["exit_rate_pct"] / 100,
        transfer_rate=separations["transfer_rate_pct"] / 100,
    )
    rounding = 150 + ROUNDED_RATES * row["projected_employment"]
    assert found == pytest.approx(separations["annual_openings"], abs=rounding)


@pytest.mark.parametrize("occupation", ["11-9111", "29-2072", "29-9021", "43-3021"])
def test_published_parts_sum_to_the_published_total_within_their_rounding(occupation):
    """Three parts, each published to the nearest hundred."""
    found = openings(TABLES, occupation=occupation)
    assert found.table["annual_openings"].sum() == pytest.approx(found.total.value, abs=150)


def test_the_nation_has_the_published_parts():
    """BLS, table 1.10: 7,100 exits and 5,800 transfers; 13,800 more jobs in ten years."""
    nation = openings(TABLES)
    parts = [part.value for part in (nation.growth, nation.exits, nation.transfers)]
    assert parts == [1_380, 7_100, 5_800]
    assert nation.total.value == 14_200
    assert (nation.total.year, nation.total.source) == ("2024-34", nation.source)
    assert nation.total.kind == "official"


@given(base=jobs, projected=jobs, years=st.floats(1, 30), exits=shares, transfers=shares)
@settings(max_examples=50, deadline=None)
def test_ten_times_the_jobs_have_ten_times_the_openings(base, projected, years, exits, transfers):
    rates = {"years": years, "exit_rate": exits, "transfer_rate": transfers}
    small = annual_openings(base=base, projected=projected, **rates)
    large = annual_openings(base=10 * base, projected=10 * projected, **rates)
    assert large == pytest.approx(10 * small, abs=1e-6)


@given(base=jobs, years=st.floats(1, 30), rate=shares)
@settings(max_examples=50, deadline=None)
def test_without_growth_openings_are_separations(base, years, rate):
    found = annual_openings(
        base=base, projected=base, years=years, exit_rate=rate, transfer_rate=0.0
    )
    assert found == pytest.approx(rate * base)


@pytest.mark.parametrize(
    ("name", "value"),
    [("base", -1.0), ("years", 0.0), ("exit_rate", 3.5), ("transfer_rate", float("nan"))],
)
def test_values_out_of_range_are_refused(name, value):
    given_values = {
        "base": 1.0, "projected": 1.0, "years": 10.0, "exit_rate": 0.03, "transfer_rate": 0.03,
    }  # fmt: skip
    with pytest.raises(WrongInput, match=name):
        annual_openings(**{**given_values, name: value})


def test_a_state_has_national_rates_on_its_own_jobs():
    """California: 18,700 x (0.0071 + 0.064 x 1.0355) = 1,372."""
    state = openings(TABLES, area="CA")
    assert state.total.value == pytest.approx(1_372, abs=1)
    assert state.total.kind == "model"
    assert "National rates applied to California" in state.total.note


def test_parts_of_a_state_sum_to_its_total():
    state = openings(TABLES, area="TX")
    parts = (state.growth, state.exits, state.transfers)
    assert sum(part.value for part in parts) == pytest.approx(state.total.value)
    assert state.to_frame()["annual_openings"].sum() == pytest.approx(state.total.value)


def test_the_error_of_a_state_is_that_of_its_employment():
    """California: relative standard error 4.3 % of 18,700 jobs."""
    total = openings(TABLES, area="CA").total
    assert total.se / total.value == pytest.approx(0.043)


def test_unpublished_employment_gives_no_openings_and_a_reason():
    """BLS suppresses Vermont's employment of May 2025."""
    state = openings(TABLES, area="VT")
    assert state.total.value is None
    assert "Vermont" in state.total.note
    assert state.is_missing


@pytest.mark.parametrize("occupation", ["13-1041", "29-2061", "31-9092", "31-9094", "43-6013"])
def test_an_occupation_without_rates_says_so(occupation):
    found = openings(TABLES, occupation=occupation)
    assert found.total.value is None
    assert "not available" in found.total.note


def test_another_growth_gives_a_model_figure():
    """-10 %: -1,948 + 0.064 x 194,800 x 0.95 = 9,896 a year."""
    found = openings(TABLES, ten_year_growth_pct=-10.0)
    assert found.total.value == pytest.approx(9_896, abs=1)
    assert found.total.kind == "model"


def test_a_fall_of_all_jobs_is_refused():
    with pytest.raises(WrongInput, match="ten_year_growth_pct"):
        openings(TABLES, ten_year_growth_pct=-100.0)
