"""Ingested releases: which one answers, what of it is read, and what a page cites."""

import shutil

import pytest

from analysis import processed, sources
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.errors import WrongInput
from analysis.processed import Tables

NURSE = "OEUN0000000000000291141"
STATES = sources.RAW / "geography" / "states.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Processed tables with two small releases: nurses of May 2024 and of May 2025."""
    place = tmp_path_factory.mktemp("processed")
    processed.build(place)
    flat = tmp_path_factory.mktemp("flat")
    for name in ("oe.area", "oe.industry", "oe.occupation", "oe.footnote"):
        shutil.copy(sources.RAW / "oews" / name, flat / name)
    lines = [
        f"{NURSE}13\t2024\tA01\t93600\t",
        f"{NURSE.replace('291141', '292072')}13\t2024\tA01\t50250\t",
        f"{NURSE}13\t2025\tA01\t95000\t",
    ]
    header = "series_id\tyear\tperiod\tvalue\tfootnote_codes"
    (flat / "oe.data.1.AllData").write_text("\n".join([header, *lines]) + "\n")
    ingest_oews(flat, folder=place / "releases", states=STATES, at="2026-11-25T18:00:00+00:00")
    return place


def median(tables: Tables, occupation: str) -> float:
    wages = tables["wages"]
    return wages.loc[wages["occupation_code"].eq(occupation), "median_wage_usd"].iloc[0]


def test_the_bundled_release_answers_for_what_it_holds(folder):
    tables = Tables.of_release(["29-2072"], folder=folder)
    assert tables.release is None
    assert set(tables["wages"]["year"]) == {2025}


def test_another_occupation_comes_from_the_newest_release_that_holds_it(folder):
    tables = Tables.of_release(["29-1141"], folder=folder)
    assert (tables.release.year, median(tables, "29-1141")) == (2025, 95_000)


def test_a_year_chooses_the_release(folder):
    tables = Tables.of_release(["29-1141"], year=2024, folder=folder)
    assert median(tables, "29-1141") == 93_600
    assert median(tables, "29-2072") == 50_250


def test_only_the_wanted_occupations_are_read(folder):
    tables = Tables.of_release(["29-2072"], year=2024, folder=folder)
    assert set(tables["wages"]["occupation_code"]) == {"29-2072"}


def test_what_was_used_names_the_release_and_its_hash(folder):
    tables = Tables.of_release(["29-1141"], year=2024, folder=folder)
    assert tables.used == ()
    assert len(tables["wages"]) == 2
    used = tables.used[0]
    assert (used.name, used.raw) == ("wages", ("releases/oews_2024.parquet",))
    assert used.sha256 == sources.sha256_of(folder / "releases" / "oews_2024.parquet")
    source = processed.source_of(used.raw[0], folder)
    assert source.citation == "BLS, OEWS release ingested from " + (
        "oe.data.1.AllData, oe.area, oe.industry, oe.occupation, oe.footnote (May 2024)"
    )


@pytest.mark.parametrize(
    ("occupation", "year", "said"),
    [
        ("29-2072", 2019, "found 2019. There are: 2025 (bundled, 10 occupations), 2025 (ingested)"),
        ("15-1252", None, "found 15-1252, which is not in any release"),
        ("15-1252", 2024, "found 15-1252, which is not in the release of May 2024"),
    ],
)
def test_a_release_that_is_not_in_hand_is_named_with_those_that_are(folder, occupation, year, said):
    with pytest.raises(WrongInput) as refused:
        Tables.of_release([occupation], year=year, folder=folder)
    assert said in str(refused.value)
    assert "workforce ingest oews PATH" in str(refused.value)
