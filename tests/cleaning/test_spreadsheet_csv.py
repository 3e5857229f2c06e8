"""No text in a table is run as a formula."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.cleaning.pay.own_records import neutralised, spreadsheet_csv

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1", '=HYPERLINK("x")']


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_gets_an_apostrophe(text):
    assert neutralised(pd.DataFrame({text: [text]})).to_dict("list") == {f"'{text}": [f"'{text}"]}


@given(st.lists(st.text(max_size=6), max_size=5))
def test_no_cell_begins_as_a_formula_and_harmless_ones_stay(texts):
    found = neutralised(pd.DataFrame({"a": pd.Series(texts, dtype="str")}))["a"].tolist()
    for before, after in zip(texts, found, strict=True):
        assert after in (before, f"'{before}")
        assert not after.lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_and_missing_cells_stay():
    table = pd.DataFrame({"pay": [-1.5, None], "note": ["fine", None]})
    pd.testing.assert_frame_equal(neutralised(table), table)


def test_a_file_is_written_whole_and_harmless(tmp_path):
    place = tmp_path / "aside.csv"
    place.write_bytes(spreadsheet_csv(pd.DataFrame({"found": ["=cmd", "José"]})))
    assert place.read_bytes().decode("utf-8-sig") == "found\r\n'=cmd\r\nJosé\r\n"
