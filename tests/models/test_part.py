"""A part of a study."""

import pandas as pd

from analysis.studies.part import Part


def test_a_part_shows_its_table_note_and_source():
    html = Part(table=pd.DataFrame({"x": [1.0, None]}), note="a < b", source="BLS")._repr_html_()
    assert "a &lt; b" in html
    assert "Source: BLS." in html
    assert "NaN" not in html


def test_a_missing_part_shows_its_reason():
    part = Part(table=pd.DataFrame(), reason="Not in hand.")
    assert part.is_missing
    assert "<p>Not in hand.</p>" in part._repr_html_()


def test_a_frame_handed_out_may_be_changed():
    part = Part(table=pd.DataFrame({"x": [1]}))
    frame = part.to_frame()
    frame.loc[0, "x"] = 2
    assert part.table.loc[0, "x"] == 1
