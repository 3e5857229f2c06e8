"""The quality of a file of records, told in tables."""

import pandas as pd
import pytest

from analysis.cleaning.pay.column_map import ColumnMap
from analysis.cleaning.pay.quality import RARE, SEVERAL, pay_bins, quality_summary
from analysis.cleaning.pay.records import clean_records


@pytest.fixture(scope="module")
def quality(vocabulary):
    table = pd.DataFrame(
        {
            "id": [str(number) for number in range(40)],
            "pay": ["54-58k"] * 12 + ["$41,000"] * 14 + ["26.05/hr"] * 10 + ["€5", "N/A", "€6", ""],
            "state": ["CA"] * 20 + ["NV"] * 3 + ["Mars"] * 11 + ["Venus", "CA, NV"] + ["CA"] * 4,
        }
    )
    column_map = ColumnMap(record_id=("id",), pay=("pay",), state=("state",))
    return quality_summary(clean_records(table, column_map, vocabulary))


def test_rows_are_accounted_for(quality):
    assert quality.rows["rows"].tolist() == [40, 36, 4]
    assert quality.rows["share_pct"].tolist() == [100, 90, 10]


def test_repairs_are_counted_by_flag(quality):
    counts = dict(zip(quality.repairs["flag"], quality.repairs["rows"], strict=True))
    assert counts == {
        "period_assumed": 26,
        "range": 12,
        "state_unreadable": 12,
        "hours_assumed": 10,
        "several_states": 1,
    }


def test_reasons_are_counted_the_most_frequent_first(quality):
    assert quality.reasons[["reason", "rows"]].to_numpy().tolist() == [
        ["another currency", 2],
        ["not stated", 2],
    ]


def test_spellings_of_few_records_are_told_together(quality):
    assert quality.unread.to_numpy().tolist() == [["state", "Mars", 11], ["state", RARE, 1]]


def test_no_state_of_few_records_is_told(quality):
    """NV (3) and several (1) are few and together too few, so CA would have to go with them."""
    by_state = quality.by_state.set_index("state")
    assert by_state.loc[["NV", SEVERAL, "CA"], "p50"].isna().all()
    assert by_state.loc["All", "records"] == 24


def test_columns_are_told_as_they_came(quality):
    state = quality.columns.set_index("column").loc["state"]
    assert (state["field"], state["filled"], state["distinct"]) == ("state", 40, 5)


def test_bins_of_pay_hold_enough_records_and_lose_none(quality):
    assert quality.pay["records"].min() >= 10
    assert quality.pay["records"].sum() == 36
    assert pay_bins(pd.Series([50_000.0] * 9)).empty


def test_an_empty_table_has_a_summary(vocabulary):
    found = clean_records(pd.DataFrame({"pay": []}), ColumnMap(pay=("pay",)), vocabulary)
    assert quality_summary(found).rows["rows"].tolist() == [0, 0, 0]
