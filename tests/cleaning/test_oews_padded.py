"""Padded, sorted data files are read by their places; every other line by line, to the same end."""

import os
import shutil
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import sources
from analysis.cleaning.oews import flat_release, padded_file
from analysis.cleaning.oews import ingest as ingesting
from analysis.cleaning.oews.code_lists import load_lists
from analysis.cleaning.oews.flat_release import load_flat
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.cleaning.oews.measures import DATA_TYPES
from analysis.cleaning.oews.padded_file import in_order, read_padded
from analysis.cleaning.oews.wage_rows import TopCodes, wage_rows
from analysis.errors import WrongInput

OEWS = sources.RAW / "oews"
STATES = sources.RAW / "geography" / "states.csv"
HEADER = "series_id                     \tyear\tperiod\t       value\tfootnote_codes\n"
CELLS = [
    f"OEU{area}{industry}{occupation}"
    for area in ("M0010180", "M0031080", "N0000000", "S0600000")
    for industry in ("000000", "11--12", "622000")
    for occupation in ("000000", "292072")
]


def line(series: str, value: str, note: str = "", *, year: str = "2025", end: str = "\n") -> str:
    return f"{series:30}\t{year}\tA01\t{value:>12}\t{note}{end}"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Write a data file beside the real code lists."""
    folder = tmp_path_factory.mktemp("flat")
    for name in ("area", "industry", "occupation", "footnote"):
        shutil.copy(OEWS / f"oe.{name}", folder)

    def write(text: str) -> Path:
        place = folder / "oe.data.0.Current"
        place.write_bytes(text.encode())
        return place

    return write


def loaded(data: Path, *, by_places: bool) -> tuple[pd.DataFrame, tuple[int, int, int], list]:
    """Return the rows of a release, what became of its lines, and those set aside."""
    with pytest.MonkeyPatch.context() as patch, duckdb.connect() as store:
        if not by_places:
            patch.setattr(flat_release, "read_padded", lambda *_, **__: None)
        lists = {name: data.with_name(f"oe.{name}") for name in ("area", "industry", "occupation")}
        load_lists(store, **lists, states=STATES)
        counts = load_flat(store, data, year=2025, stops_at_new_types=False)
        top = TopCodes(hourly_usd=115, annual_usd=239_200)
        rows = store.execute(f"SELECT * FROM ({wage_rows(top)}) ORDER BY ALL").df()
        aside = store.execute(f"{counts.set_aside} ORDER BY ALL").fetchall()
    return rows, (counts.rows_in, counts.rows_kept, counts.rows_set_aside), aside


values = st.one_of(
    st.integers(0, 10**12 - 1).map(str),
    st.decimals(0, 10**7, places=2).map("{:.2f}".format),
    st.decimals(0, 1, places=10).map("{:.10f}".format),
    st.sampled_from(["-", "0", "0.0", ".5", "007", "155495190"]),
)
notes = st.sampled_from([*[""] * 6, "5", "8", "4", "8,4", "4; 5", " 8 ", " "])
series = st.sets(
    st.tuples(st.sampled_from(CELLS), st.sampled_from(sorted(DATA_TYPES))), min_size=1, max_size=60
)


@settings(max_examples=30)
@given(chosen=series, drawn=st.data(), end=st.sampled_from(["\n", "\r\n"]))
def test_any_padded_file_gives_what_it_gives_line_by_line(data, chosen, drawn, end):
    """Values, footnotes, missing data types and ends of lines drawn; blocks of a few lines."""
    text = HEADER.replace("\n", end) + "".join(
        line(cell + kind, drawn.draw(values), drawn.draw(notes), end=end)
        for cell, kind in sorted(chosen)
    )
    place = data(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(padded_file, "BLOCK_BYTES", drawn.draw(st.sampled_from([60, 200, 1 << 22])))
        assert read_padded(place, year=2025).lines == len(chosen)
        rows, counts, _ = loaded(place, by_places=True)
    expected, expected_counts, _ = loaded(place, by_places=False)
    pd.testing.assert_frame_equal(rows, expected, check_exact=True)
    assert counts == expected_counts == (len(chosen), len(chosen), 0)


GOOD = [
    line(CELLS[0] + "01", "75070"),
    line(CELLS[0] + "04", "61010", "8"),
    line(CELLS[1] + "01", "9"),
]
FAULTS = {
    "not sorted": [GOOD[2], GOOD[0]],
    "a cell in two places": [GOOD[0], GOOD[2], GOOD[1]],
    "another year": [*GOOD, line(CELLS[2] + "01", "9", year="2024")],
    "a year that is none": [*GOOD, line(CELLS[2] + "01", "9", year="20x5")],
    "a data type nobody knows": [*GOOD, line(CELLS[2] + "18", "9")],
    "a data type that is none": [*GOOD, line(CELLS[2] + "1x", "9")],
    "a short series": [*GOOD, line("OEU1", "9")],
    "a long series": [*GOOD, line(CELLS[2] + "01X", "9")],
    "a blank in a series": [*GOOD, line(" " + CELLS[2][1:] + "01", "9")],
    "a word for a value": [*GOOD, line(CELLS[2] + "01", "many")],
    "no value": [*GOOD, line(CELLS[2] + "01", "")],
    "a value below nothing": [*GOOD, line(CELLS[2] + "01", "-9")],
    "two points": [*GOOD, line(CELLS[2] + "01", "1.2.3")],
    "digits apart": [*GOOD, line(CELLS[2] + "01", "1 200")],
    "a power of ten": [*GOOD, line(CELLS[2] + "01", "1e6")],
    "no number": [*GOOD, line(CELLS[2] + "01", "nan")],
    "a point at the end": [*GOOD, line(CELLS[2] + "01", "7.")],
    "a value at the left": [*GOOD, f"{CELLS[2]}01     \t2025\tA01\t9           \t\n"],
    "a wider value": [*GOOD, line(CELLS[2] + "01", "1234567890123")],
    "no padding": [*GOOD, f"{CELLS[2]}01\t2025\tA01\t9\t\n"],
    "another period": [*GOOD, line(CELLS[2] + "01", "9").replace("A01", "A02")],
    "letters of another alphabet in a footnote": [*GOOD, line(CELLS[2] + "01", "9", "é")],
    "an empty line": [*GOOD, "\n", line(CELLS[2] + "01", "9")],
    "no end of the last line": [*GOOD, line(CELLS[2] + "01", "9", end="")],
    "no end of the last footnote": [*GOOD, line(CELLS[2] + "01", "9", "8", end="")],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_with_one_line_amiss_is_read_line_by_line(data, fault):
    lines = FAULTS[fault]
    place = data(HEADER + "".join(lines))
    assert read_padded(place, year=2025) is None
    rows, counts, aside = loaded(place, by_places=True)
    expected, *counted = loaded(place, by_places=False)
    pd.testing.assert_frame_equal(rows, expected, check_exact=True)
    assert [counts, aside] == counted
    assert counts[0] == counts[1] + counts[2]


@pytest.mark.parametrize("amiss", ["a\tb", "8\r"], ids=["a tab", "a carriage return"])
def test_a_sign_that_ends_a_field_is_no_footnote(data, amiss):
    assert (
        read_padded(data(HEADER + GOOD[0] + line(CELLS[1] + "01", "9", amiss)), year=2025) is None
    )


def test_ends_of_lines_that_differ_are_not_read_by_places(data):
    mixed = [line(CELLS[0] + "01", "9", end="\r\n"), line(CELLS[1] + "01", "9", "8")]
    assert read_padded(data(HEADER + "".join(mixed)), year=2025) is None


def test_a_series_that_comes_twice_is_named_as_before(data):
    place = data(HEADER + GOOD[0] + GOOD[0])
    with pytest.raises(WrongInput, match=rf"the first, {CELLS[0]}01, 2 times"):
        loaded(place, by_places=True)


def test_the_extract_padded_becomes_the_release_that_it_becomes_as_it_is(data, tmp_path):
    """115,613 lines of the agency, by their places and line by line: the same rows in one order."""
    lines = (OEWS / "oe.data.extract").read_text().splitlines()[1:]
    fields = (each.split("\t") for each in lines)
    place = data(HEADER + "".join(line(name, value, note) for name, _, _, value, note in fields))
    assert read_padded(place, year=2025).lines == len(lines)
    made = [
        ingest_oews(path, folder=tmp_path / path.stem, states=STATES, at="2026-11-25T18:00:00")[0]
        for path in (place, OEWS / "oe.data.extract")
    ]
    padded, plain = (pd.read_parquet(each.release) for each in made)
    pd.testing.assert_frame_equal(padded, plain, check_exact=True)
    assert made[0].record.rows_kept == made[1].record.rows_kept == len(lines)


def test_cells_come_in_the_order_of_a_release(data):
    place = data(HEADER + "".join(line(cell + "01", "9") for cell in CELLS))
    table = in_order(read_padded(place, year=2025), year=2025).to_pandas()
    key = table[["occupation_code", "oews_area", "industry_code"]].apply(tuple, axis=1)
    assert len(key) == len(CELLS)
    assert all(first < second for first, second in pairwise(key))


def test_a_file_that_changes_while_it_is_read_is_refused(data, tmp_path, monkeypatch):
    """Written again, to the byte as it was, between the reading and the end."""
    place = data(HEADER + line(CELLS[0] + "13", "51140"))
    check = ingesting.check_wages

    def check_and_touch(*given, **named):
        check(*given, **named)
        os.utime(place, ns=(1, 1))

    monkeypatch.setattr(ingesting, "check_wages", check_and_touch)
    with pytest.raises(WrongInput, match=r"oe\.data\.0\.Current changed while it was read"):
        ingest_oews(place, folder=tmp_path / "out", states=STATES, at="2026-11-25T18:00:00+00:00")
    assert list((tmp_path / "out").iterdir()) == []
