"""Cells of few records are not shown, and no total gives them back."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure import (
    MINIMUM_RECORDS,
    TOTAL,
    exposed_cells,
    hidden_cells,
    summarise,
    suppressed,
)


def with_totals(body):
    body = np.array(body, dtype=np.int64)
    rows = np.vstack([body, body.sum(axis=0)])
    return np.hstack([rows, rows.sum(axis=1, keepdims=True)])


bodies = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(
            st.sampled_from([0, 1, 4, 9, 10, 12, 30, 200]), min_size=columns, max_size=columns
        ),
        min_size=1,
        max_size=5,
    )
)


def on_a_loop(cell, hidden):
    """Walk from the row of a hidden cell to its column without it; an oracle by search."""
    edges = {(int(r), int(c)) for r, c in np.argwhere(hidden)} - {cell}
    seen, todo = set(), [("row", cell[0])]
    while todo:
        side, place = todo.pop()
        if (side, place) in seen:
            continue
        seen.add((side, place))
        todo += [("column", c) for r, c in edges if side == "row" and r == place]
        todo += [("row", r) for r, c in edges if side == "column" and c == place]
    return ("column", cell[1]) in seen


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_no_hidden_cell_can_be_worked_out_from_the_totals(body):
    counts = with_totals(body)
    hidden = hidden_cells(counts)
    assert hidden[(counts > 0) & (counts < 10)].all()
    for cell in np.argwhere(hidden):
        assert on_a_loop(tuple(map(int, cell)), hidden)


@given(bodies)
@settings(max_examples=150, deadline=None)
def test_the_total_of_hidden_cells_is_no_small_group(body):
    counts = with_totals(body)
    hidden = hidden_cells(counts)
    for table, mask in ((counts, hidden), (counts.T, hidden.T)):
        for sizes, in_line in zip(table, mask, strict=True):
            if in_line[:-1].any() and not in_line[-1]:
                assert sizes[in_line].sum() >= 10


@given(bodies)
@settings(max_examples=100, deadline=None)
def test_leverage_finds_what_a_search_for_loops_finds(body):
    hidden = with_totals(body) % 3 == 1
    exposed = set(exposed_cells(hidden, has_totals=(True, True)))
    cells = [tuple(map(int, cell)) for cell in np.argwhere(hidden)]
    assert exposed == {cell for cell in cells if not on_a_loop(cell, hidden)}


def test_nothing_is_hidden_where_nothing_is_small():
    assert not hidden_cells(with_totals([[10, 20], [30, 40]])).any()


def test_one_small_cell_takes_a_loop_of_four_with_it():
    """4 is hidden; 12 and 11 would give it back from the totals, and 40 would give back those."""
    hidden = hidden_cells(with_totals([[4, 12, 50], [11, 40, 60], [70, 80, 90]]))
    assert np.argwhere(hidden).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_a_single_small_cell_of_a_list_takes_the_next_smallest_with_it():
    counts = np.array([[12], [4], [11], [27]])
    hidden = hidden_cells(counts, has_totals=(True, False))
    assert hidden.ravel().tolist() == [False, True, True, False]


def test_two_small_cells_that_sum_to_few_take_a_third_with_them():
    """3 + 4 = 7 is itself a group of fewer than 10."""
    counts = np.array([[12], [3], [4], [30], [49]])
    hidden = hidden_cells(counts, has_totals=(True, False))
    assert hidden.ravel().tolist() == [True, True, True, False, False]


def test_two_small_cells_that_sum_to_enough_need_no_third():
    """4 + 6 = 10 is as many as may be shown."""
    counts = np.array([[12], [4], [6], [30], [52]])
    hidden = hidden_cells(counts, has_totals=(True, False))
    assert hidden.ravel().tolist() == [False, True, True, False, False]


def test_without_totals_only_small_cells_are_hidden():
    counts = np.array([[12], [4], [11]])
    assert hidden_cells(counts, has_totals=(False, False)).ravel().tolist() == [False, True, False]


PAY = pd.DataFrame(
    {
        "setting": ["hospital"] * 30 + ["office"] * 34,
        "state": (["CA"] * 20 + ["NV"] * 10) + (["CA"] * 30 + ["NV"] * 4),
        "pay": np.arange(64, dtype=float),
    }
)


def test_a_table_of_two_ways_has_totals_and_hides_what_it_must():
    """Office in NV has 4 records; with totals all four inner cells are needed to protect it."""
    table = summarise(PAY, by=["setting", "state"], value="pay")
    shown = table[table["suppressed"].eq("")]
    assert set(zip(shown["setting"], shown["state"], strict=True)) == {
        ("hospital", TOTAL),
        ("office", TOTAL),
        (TOTAL, "CA"),
        (TOTAL, "NV"),
        (TOTAL, TOTAL),
    }
    assert (
        table.loc[table["suppressed"].ne(""), ["records", "p25", "p50", "p75"]]
        .isna()
        .all(axis=None)
    )


def test_quartiles_are_those_of_the_records():
    """Quartiles of 0..63: 15.75, 31.5, 47.25 (linear interpolation)."""
    total = summarise(PAY, by=["setting"], value="pay").iloc[-1]
    assert (total["records"], total["p25"], total["p50"], total["p75"]) == (64, 15.75, 31.5, 47.25)


def test_the_smallest_group_is_a_parameter():
    table = summarise(PAY, by=["setting", "state"], value="pay", minimum=4)
    assert table["suppressed"].eq("").all()


def test_records_without_a_group_or_a_value_are_left_out():
    table = PAY.assign(pay=PAY["pay"].where(PAY["setting"].eq("office")))
    assert summarise(table, by=["setting"], value="pay")["records"].tolist() == [34, 34]
    assert summarise(table.head(0), by=["setting"], value="pay").empty


def test_why_a_cell_is_hidden_is_told():
    cells = pd.DataFrame({"state": ["CA", "NV", "OR", TOTAL], "records": [12, 4, 11, 27]})
    assert suppressed(cells, by=["state"])["suppressed"].tolist() == [
        "",
        "fewer records than may be shown",
        "protects another cell",
        "",
    ]


def test_one_record_is_few_and_none_gives_nobody_away():
    cells = pd.DataFrame({"state": ["CA", "NV", "OR", "WA", TOTAL], "records": [12, 1, 0, 11, 24]})
    assert suppressed(cells, by=["state"])["suppressed"].tolist() == [
        "",
        "fewer records than may be shown",
        "",
        "protects another cell",
        "",
    ]


def test_three_ways_are_refused():
    with pytest.raises(ValueError, match="1 or 2 columns"):
        summarise(PAY, by=["setting", "state", "pay"], value="pay")


@pytest.mark.parametrize("minimum", [2, MINIMUM_RECORDS, 25])
def test_a_cell_of_one_fewer_than_may_be_shown_is_hidden_and_one_of_as_many_is_shown(minimum):
    """Nine records are hidden where ten is the least; ten are shown."""
    for records, is_hidden in ((minimum - 1, True), (minimum, False), (minimum + 1, False)):
        counts = np.array([[records], [10 * minimum]])
        found = hidden_cells(counts, minimum=minimum, has_totals=(False, False))
        assert found.ravel().tolist() == [is_hidden, False]
        rows = pd.DataFrame(
            {"state": ["CA"] * records + ["NV"] * 40 + ["OR"] * 40, "pay": 50_000.0}
        )
        table = summarise(rows, by=["state"], value="pay", minimum=minimum).set_index("state")
        assert pd.isna(table.loc["CA", "records"]) == is_hidden
        assert pd.isna(table.loc["CA", "p50"]) == is_hidden


def test_hidden_cells_of_one_line_sum_to_at_least_as_many_as_may_be_shown():
    """4 and 5 are 9 together: the total gives them away, and a third is hidden; 4 and 6 are 10."""
    few = hidden_cells(np.array([[4], [5], [30], [39]]), has_totals=(True, False))
    enough = hidden_cells(np.array([[4], [6], [30], [40]]), has_totals=(True, False))
    assert few.ravel().tolist() == [True, True, True, False]
    assert enough.ravel().tolist() == [True, True, False, False]
