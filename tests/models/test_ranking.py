"""Areas ranked with their uncertainty."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from analysis.errors import WrongInput
from analysis.models.ranking import rank_areas


def areas(values, errors):
    codes = [f"A{number}" for number in range(len(values))]
    return pd.DataFrame(
        {
            "area_code": codes,
            "area_name": codes,
            "value": pd.Series(values, dtype="float64"),
            "standard_error": pd.Series(errors, dtype="float64"),
        }
    )


@given(
    rows=st.lists(
        st.tuples(st.floats(30_000, 90_000), st.floats(0, 5_000)), min_size=1, max_size=8
    ),
    top=st.integers(1, 10),
)
@settings(max_examples=40, deadline=None)
def test_probabilities_of_the_top_sum_to_its_size(rows, top):
    ranked = rank_areas(areas(*zip(*rows, strict=True)), top=top, draws=200)
    assert ranked["p_top"].sum() == pytest.approx(min(top, len(rows)))
    assert ranked["rank_low"].le(ranked["rank_high"]).all()


def test_two_areas_win_as_the_normal_law_says():
    """P(A above B) = Phi((60 - 57) / sqrt(3^2 + 4^2)) = Phi(0.6) = 0.7257."""
    ranked = rank_areas(areas([60.0, 57.0], [3.0, 4.0]), top=1, draws=40_000, seed=1)
    found = ranked.loc[0]
    assert found["p_top"] == pytest.approx(norm.cdf(0.6), abs=4 * found["p_top_simulation_error"])
    assert found["p_top_simulation_error"] == pytest.approx(
        math.sqrt(found["p_top"] * (1 - found["p_top"]) / 40_000)
    )


def test_areas_known_exactly_keep_their_rank():
    ranked = rank_areas(areas([10.0, 30.0, 20.0], [0.0, 0.0, 0.0]), top=1)
    assert ranked["area_code"].tolist() == ["A1", "A2", "A0"]
    assert ranked["rank_low"].tolist() == ranked["rank_high"].tolist() == [1, 2, 3]
    assert ranked["p_top"].tolist() == [1, 0, 0]


def test_equal_areas_share_the_top_evenly():
    """Two areas alike in value and error: one half each, whatever their order."""
    ranked = rank_areas(areas([50.0, 50.0], [0.0, 0.0]), top=1, draws=40_000)
    assert ranked["p_top"].tolist() == pytest.approx([0.5, 0.5], abs=0.01)
    assert ranked["rank"].tolist() == [1, 1]


def test_the_lowest_can_be_first():
    ranked = rank_areas(areas([10.0, 30.0], [0.0, 0.0]), top=1, is_highest_first=False)
    assert ranked["area_code"].tolist() == ["A0", "A1"]
    assert ranked["p_top"].tolist() == [1, 0]


def test_unknown_areas_have_no_rank_and_a_reason():
    ranked = rank_areas(areas([None, 20.0, 30.0], [1.0, None, 1.0]), top=1)
    assert ranked["area_code"].tolist() == ["A2", "A0", "A1"]
    assert ranked["reason"].tolist() == ["", "no value", "no standard error"]
    assert ranked["rank"].isna().tolist() == [False, True, True]
    assert ranked["p_top"].isna().tolist() == [False, True, True]


def test_the_index_of_the_table_does_not_matter():
    table = areas([50.0, 49.0, None], [2.0, 2.0, None])
    pd.testing.assert_frame_equal(rank_areas(table.set_axis([5, 5, 5])), rank_areas(table))


def test_nothing_known_ranks_nothing():
    ranked = rank_areas(areas([None], [None]))
    assert ranked["reason"].tolist() == ["no value"]
    assert ranked["rank"].isna().all()


def test_the_same_seed_gives_the_same_ranks():
    table = areas([50.0, 49.0, 48.0], [2.0, 2.0, 2.0])
    pd.testing.assert_frame_equal(rank_areas(table, seed=3), rank_areas(table, seed=3))


def test_an_area_twice_is_refused():
    table = pd.concat([areas([1.0], [1.0])] * 2)
    with pytest.raises(WrongInput, match="once"):
        rank_areas(table)


def test_a_missing_column_is_named():
    with pytest.raises(WrongInput, match="standard_error"):
        rank_areas(areas([1.0], [1.0]).drop(columns="standard_error"))


def test_a_negative_error_is_refused():
    with pytest.raises(WrongInput, match="below 0"):
        rank_areas(areas([1.0], [-1.0]))


def test_an_empty_top_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        rank_areas(areas([1.0], [1.0]), top=0)
