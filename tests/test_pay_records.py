"""Cleaned records are read back with what a page must say about their file."""

import pandas as pd
import pytest

from analysis.errors import WrongInput
from analysis.pay_records import cleaned_records_path, read_cleaned_records
from analysis.schemas.pay import SALARY_COLUMNS


def written(folder, name, **columns):
    """Write one record, and return the path as a reader would type it."""
    record = {column: [None] for column in SALARY_COLUMNS}
    record |= {"record_id": ["1"], "weight": [1.0]} | columns
    place = folder / name
    pd.DataFrame(record).astype(SALARY_COLUMNS).to_parquet(place)
    return str(place)


def test_published_means_no_records():
    assert read_cleaned_records("published") is None


def test_records_come_back_with_the_name_of_their_file(tmp_path):
    found = read_cleaned_records(written(tmp_path, "members.parquet"))
    assert (found.name, found.is_synthetic, len(found.table)) == ("members.parquet", False, 1)


@pytest.mark.parametrize(
    ("name", "record_id"), [("demo_synthetic.parquet", "1"), ("demo.parquet", "SYNTHETIC-1")]
)
def test_made_up_records_are_known_by_file_name_or_by_identity(tmp_path, name, record_id):
    assert read_cleaned_records(written(tmp_path, name, record_id=[record_id])).is_synthetic


def test_a_file_that_is_not_there_is_refused():
    with pytest.raises(WrongInput, match="there is no such file"):
        cleaned_records_path("nowhere.parquet")


def test_a_file_that_is_no_parquet_is_refused_with_the_command_that_makes_one(tmp_path):
    place = tmp_path / "raw.csv"
    place.write_text("pay\n50000\n")
    with pytest.raises(WrongInput, match="workforce survey FILE --columns MAP"):
        cleaned_records_path(str(place))


def test_columns_that_are_absent_are_named(tmp_path):
    place = tmp_path / "half.parquet"
    pd.DataFrame({"record_id": ["1"]}).to_parquet(place)
    with pytest.raises(WrongInput, match="lacks annual_pay_usd"):
        cleaned_records_path(str(place))


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("annual_pay_usd", -1.0, "annual_pay_usd"),
        ("hours_per_week", 400.0, "hours_per_week"),
        ("state", "Ohio", "state"),
        ("weight", None, "weight"),
        ("bonus_usd", float("inf"), "bonus_usd"),
    ],
)
def test_records_changed_since_they_were_cleaned_are_refused(tmp_path, column, value, told):
    with pytest.raises(WrongInput, match=rf"(?s)Clean it again.*{told}"):
        read_cleaned_records(written(tmp_path, "members.parquet", **{column: [value]}))
