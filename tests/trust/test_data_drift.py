"""A release that has changed is stopped by its schema, and nothing is published from it."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from analysis import processed, sources
from analysis.cleaning import recipes
from analysis.cleaning.oews.flat import clean_oews
from analysis.cleaning.recipes import OEWS_FILES
from analysis.errors import WrongInput
from analysis.schemas.table import checked
from analysis.schemas.wages import Wages

LINES = [  # two occupations in the nation and in California: jobs, median and 90th percentile
    f"OEU{area}000000{occupation}{kind}\t2025\tA01\t{value}\t"
    for area, occupation, values in [
        ("N0000000", "292072", (194_720, 51_140, 81_150)),
        ("S0600000", "292072", (15_680, 60_150, 97_000)),
        ("N0000000", "119111", (577_700, 117_960, 219_080)),
    ]
    for kind, value in zip(("01", "13", "15"), values, strict=True)
]
HEADER = "series_id\tyear\tperiod\tvalue\tfootnote_codes"
Change = Callable[[list[str]], list[str]]


@pytest.fixture
def release(tmp_path):
    """Clean a small release after some change, against the real code lists or changed ones."""

    def clean(change: Change = list, *, header: str = HEADER, **lists: Change) -> pd.DataFrame:
        places = {name: sources.RAW / path for name, path in OEWS_FILES.items()}
        places["data"] = written(tmp_path / "oe.data", [header, *change(LINES)])
        for name, edit in lists.items():
            lines = places[name].read_text(encoding="utf-8").splitlines()
            places[name] = written(tmp_path / f"oe.{name}", edit(lines))
        return checked(clean_oews(**places).table, Wages)

    return clean


def written(place: Path, lines: list[str]) -> Path:
    place.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def times(factor: float, kind: str) -> Change:
    """Multiply the values of one data type."""

    def change(lines: list[str]) -> list[str]:
        rows = [line.split("\t") for line in lines]
        return [
            "\t".join(
                [*row[:3], str(float(row[3]) * factor if row[0][23:25] == kind else row[3]), ""]
            )
            for row in rows
        ]

    return change


def test_the_release_as_it_is_holds(release):
    assert release()["median_wage_usd"].tolist() == [117_960, 51_140, 60_150]


@pytest.mark.parametrize("factor", [1_000, 0.001])
def test_wages_in_another_unit_are_stopped(release, factor):
    with pytest.raises(WrongInput, match=r"changed column, unit or code") as error:
        release(times(factor, "13"))
    assert "percentiles do not fall" in str(error.value) or "median_wage_usd" in str(error.value)
    assert "nothing was written" in str(error.value)


def test_jobs_in_another_unit_are_stopped(release):
    """1,000 times 194,720 is more jobs than the country has."""
    with pytest.raises(WrongInput, match=r"(?s)employment.*less_than_or_equal_to"):
        release(times(1_000, "01"))


def test_a_key_that_comes_twice_with_another_value_is_stopped(release):
    with pytest.raises(WrongInput, match=r"more than once.*OEUN000000000000029207213"):
        release(lambda lines: [*lines, lines[1].replace("51140", "41140")])


def test_a_series_that_comes_twice_alike_is_stopped_too(release):
    with pytest.raises(WrongInput, match="more than once"):
        release(lambda lines: [*lines, lines[0]])


def test_an_occupation_that_is_in_no_code_list_is_stopped(release):
    """A new SOC code whose title nobody has read."""
    with pytest.raises(WrongInput, match="occupation_title"):
        release(lambda lines: [line.replace("292072", "292999") for line in lines])


def test_an_area_that_the_code_list_has_dropped_is_stopped(release):
    with pytest.raises(WrongInput, match="area_name"):
        release(area=lambda lines: [line for line in lines if "0600000" not in line])


def test_a_footnote_of_another_meaning_is_stopped(release):
    with pytest.raises(WrongInput, match="must say the top code"):
        release(
            footnote=lambda lines: [
                "5\tEstimate is preliminary." if line.startswith("5") else line for line in lines
            ]
        )


def test_percentiles_that_changed_places_are_stopped(release):
    def swapped(lines: list[str]) -> list[str]:
        return [
            line.replace("29207213", "29207299")
            .replace("29207215", "29207213")
            .replace("29207299", "29207215")
            for line in lines
        ]

    with pytest.raises(WrongInput, match="percentiles do not fall"):
        release(swapped)


@pytest.mark.parametrize("header", [HEADER.replace("value", "estimate"), "a\tb\tc\td\te"])
def test_a_column_of_another_name_is_stopped(release, header):
    with pytest.raises((WrongInput, duckdb.Error), match=r"value|series_id"):
        release(header=header)


def test_a_table_that_breaks_its_schema_leaves_every_table_as_it_was(tmp_path, monkeypatch):
    """The last recipe fails: no table of the new release is put in place."""
    processed.build(tmp_path)
    before = {place.name: place.read_bytes() for place in tmp_path.rglob("*") if place.is_file()}
    name, recipe = list(recipes.RECIPES.items())[-1]

    def broken():
        raise WrongInput("The table breaks its schema; nothing was written.")

    class Broken:
        raw, schema, clean = recipe.raw, recipe.schema, staticmethod(broken)

    Broken.name = name
    monkeypatch.setitem(recipes.RECIPES, name, Broken)
    with pytest.raises(WrongInput, match="breaks its schema"):
        processed.build(tmp_path)
    after = {place.name: place.read_bytes() for place in tmp_path.rglob("*") if place.is_file()}
    assert after == before
