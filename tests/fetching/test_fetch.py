"""`workforce fetch`: addresses, mirrors, the Census API, the register, and what it says."""

import json
import logging
import os
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest

from analysis import sources
from analysis.cleaning.acs.ingest import ingest_acs
from analysis.errors import WrongInput
from analysis.fetching import census as census_api
from analysis.fetching.addresses import ADDRESSES, Media, SourceName, releases
from analysis.fetching.fetch import Fetched
from analysis.fetching.fetch import fetch as fetch_release
from analysis.fetching.settings import FetchSettings, read_settings

TODAY = date(2026, 11, 25)
CPI = b"series_id\tyear\tperiod\tvalue\nCUUR0000SA0\t2025\tM05\t321.465\n" * 500
CPI_PATH = "/bls/pub/time.series/cu/cu.data.1.AllItems"
CENSUS_PATH = "/census/data/2024/acs/acs1/pums"
KEY = "0123456789abcdef0123456789abcdef01234567"


def mirrors(base: str) -> dict[str, str]:
    return {
        "https://download.bls.gov": f"{base}/bls",
        "https://www.bls.gov": f"{base}/bls",
        "https://api.census.gov": f"{base}/census",
    }


@pytest.fixture
def fetch(agency, tmp_path, retry):
    def run(source: str, **options) -> tuple[Fetched, ...]:
        settings = FetchSettings(mirrors=mirrors(agency.base), contact="analyst@example.org")
        return fetch_release(
            source,
            today=options.pop("today", TODAY),
            settings=settings,
            folder=tmp_path / "downloads",
            retry=retry,
            **options,
        )

    return run


def test_the_table_of_addresses_names_every_source_and_only_known_media():
    table = pd.read_csv(ADDRESSES, dtype="str", keep_default_na=False)
    assert set(table["source"]) == set(get_args(SourceName))
    assert set(table["media"]) <= set(get_args(Media))
    assert table["address"].str.startswith("https://").all()
    assert not table.duplicated(["source", "file"]).any()


def test_a_release_is_registered_like_any_raw_file(fetch, agency, tmp_path):
    agency.steps[CPI_PATH] = [agency.whole(CPI)]
    (got,) = fetch("cpi")
    folder = tmp_path / "downloads"
    row = sources.read_sources(folder)["cpi/cu.data.1.AllItems"]
    assert row.address == "https://download.bls.gov/pub/time.series/cu/cu.data.1.AllItems"
    assert (row.retrieved, row.producer) == ("2026-11-25", "US Bureau of Labor Statistics")
    assert sources.verified_path(row.path, folder) == got.place
    assert agency.headers_asked("User-Agent") == [
        "medical-coding-workforce (workforce fetch); analyst@example.org"
    ]


def test_a_release_that_has_not_changed_keeps_its_date(fetch, agency, tmp_path):
    agency.steps[CPI_PATH] = [agency.whole(CPI)]
    fetch("cpi")
    (again,) = fetch("cpi", today=date(2027, 1, 1))
    assert not again.is_new
    assert (
        sources.read_sources(tmp_path / "downloads")["cpi/cu.data.1.AllItems"].retrieved
        == "2026-11-25"
    )


def test_registering_one_file_leaves_the_other_rows(tmp_path):
    rows = [
        sources.Source(
            path=path,
            sha256="0",
            title="t",
            producer="p",
            published="2026",
            retrieved="2026",
            address="",
            licence="",
            note="a, b",
        )
        for path in ("b.csv", "a.csv", "b.csv")
    ]
    for row in rows:
        sources.register(row, tmp_path)
    assert list(sources.read_sources(tmp_path)) == ["a.csv", "b.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["sources.csv"]


def test_every_file_of_the_current_oews_release_is_fetched(fetch, agency, tmp_path):
    names = ["data.0.Current", "area", "industry", "occupation", "datatype", "footnote"]
    for name in names:
        agency.steps[f"/bls/pub/time.series/oe/oe.{name}"] = [agency.whole(CPI)]
    got = fetch("oews")
    assert [each.place.name for each in got] == [f"oe.{name}" for name in names]
    assert {each.then for each in got} == {
        f"workforce ingest oews {tmp_path / 'downloads' / 'oews'}"
    }


@pytest.mark.parametrize(
    ("source", "year", "said"),
    [
        ("oews", 1990, "--year must be a year of 2012 to now for oews; found 1990"),
        ("cpi", 2020, "--year must be left away"),
        ("scorecard", 2020, "--year must be a year of 2026 for scorecard"),
        ("oecd", None, "no source 'oecd' to fetch. There are: oews, acs, cpi"),
    ],
)
def test_what_is_not_published_is_refused_before_anything_is_asked(
    fetch, agency, source, year, said
):
    with pytest.raises(WrongInput, match=re.escape(said)):
        fetch(source, year=year)
    assert agency.asked == []


def test_a_refusal_says_the_address_and_how_to_bring_the_file_by_hand(fetch, agency, tmp_path):
    path = "/bls/oes/special-requests/oesm24all.zip"
    agency.steps[path] = [agency.answers(403, b"<html>Access Denied</html>")]
    with pytest.raises(WrongInput) as refused:
        fetch("oews", year=2024)
    place = tmp_path / "downloads" / "oews" / "oesm24all.zip"
    address = "https://www.bls.gov/oes/special-requests/oesm24all.zip"
    assert str(refused.value) == (
        f"{address} could not be fetched: the server answered 403: the server refuses programs "
        "that do not name a contact, or this network.\n"
        f"By hand: open {address} in a browser, save the file as {place}, "
        f"then: workforce ingest oews {place}"
    )


def test_the_calls_of_the_census_api_hold_every_variable_within_the_limit():
    for year in (2017, 2019, 2024):
        calls = census_api.calls(year)
        assert all(len(call) + 1 <= census_api.MOST_VARIABLES for call in calls)
        named = [name for call in calls for name in call if name not in census_api.PERSON]
        assert len(named) == len(set(named)) == 3 + 12 + 80
    assert {"STATE", "WKWN", "JWTRNS"} <= set(census_api.calls(2024)[0])
    assert {"ST", "WKW", "JWTR"} <= set(census_api.calls(2018)[0])


PERSONS = [("2024HU0000001", "1"), ("2024HU0000002", "1"), ("2024HU0000002", "2")]
CELLS = {
    "STATE": "1",
    "PUMA": "00300",
    "PWGTP": "79",
    "ADJINC": "1.01525",
    "AGEP": "47",
    "SEX": "2",
    "SCHL": "20",
    "COW": "1",
    "ESR": "1",
    "INDP": "8191",
    "NAICSP": "622M",
    "WKHP": "40",
    "WKWN": "52",
    "JWTRNS": "11",
    "WAGP": "48000",
}


def census(agency, persons=PERSONS, change=None):
    """Answer as the Census API does: the variables asked for, and the occupation."""

    def step(handler):
        from urllib.parse import parse_qs, urlsplit

        query = parse_qs(urlsplit(handler.path).query)
        names = query["get"][0].split(",")
        rows = [
            [*person, *(CELLS.get(name, "80") for name in names[2:]), "3515"] for person in persons
        ]
        table = [[*names, "OCCP"], *rows]
        if change:
            table = change(table)
        agency.whole(json.dumps(table).encode(), etag="")(handler)

    return step


def test_the_census_api_is_asked_in_several_calls_joined_by_person(fetch, agency, tmp_path):
    """The answers come in other orders; the joined file ingests as the release does."""
    agency.steps[CENSUS_PATH] = [
        census(agency),
        census(agency, persons=PERSONS[::-1]),
        census(agency, persons=PERSONS[1:] + PERSONS[:1]),
    ]
    (got,) = fetch("acs", occupations=[3515])
    assert got.place.name == "acs_2024_persons_3515.csv"
    assert got.then == f"workforce ingest acs {got.place} --occupation 3515"
    assert [query["OCCP"] for query in agency.queries()] == [["3515"]] * 3
    done = ingest_acs(got.place, occupations=[3515], folder=tmp_path / "out")
    table = pd.read_parquet(done.place)
    assert (done.rows_kept, done.has_replicate_weights) == (3, True)
    assert table["wage_usd"].tolist() == [48732.0] * 3
    assert table["replicate_weight_80"].tolist() == [80] * 3


@pytest.mark.parametrize(
    ("second", "said"),
    [
        ({"persons": PERSONS[:2]}, "not of the same persons: the one with PWGTP33 differs in 1"),
        ({"persons": [*PERSONS, PERSONS[0]]}, "SERIALNO 2024HU0000001, SPORDER 1 twice"),
        ({"change": lambda table: [row[1:] for row in table]}, "lacks SERIALNO and SPORDER"),
        ({"change": lambda table: [*table[:-1], table[-1][:-1]]}, "a row of 49 cells under 50"),
        ({"change": lambda table: [*table[:-1], [[], *table[-1][1:]]]}, "neither text nor empty"),
        ({"change": lambda table: [[{}, *table[0][1:]], *table[1:]]}, "neither text nor empty"),
    ],
)
def test_answers_that_do_not_fit_each_other_are_refused(fetch, agency, tmp_path, second, said):
    agency.steps[CENSUS_PATH] = [census(agency), census(agency, **second), census(agency)]
    with pytest.raises(WrongInput, match=said):
        fetch("acs", occupations=[3515])
    assert not list((tmp_path / "downloads" / "acs").glob("*.csv"))


def test_acs_needs_an_occupation(fetch):
    with pytest.raises(WrongInput, match="--occupation must name Census occupation codes for acs"):
        fetch("acs")


def test_a_refused_acs_names_the_file_for_hand_and_the_command_after_it(fetch, agency, tmp_path):
    agency.steps[CENSUS_PATH] = [agency.answers(404)]
    with pytest.raises(WrongInput) as refused:
        fetch("acs", occupations=[3515])
    place = tmp_path / "downloads" / "acs" / "csv_pus.zip"
    assert "pums/2024/1-Year/csv_pus.zip in a browser" in str(refused.value)
    assert f"then: workforce ingest acs {place} --occupation 3515" in str(refused.value)


def everything_under(folder: Path) -> str:
    return " ".join(
        path.name + path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.is_file()
    )


def test_the_key_is_sent_and_written_nowhere(fetch, agency, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    agency.steps[CENSUS_PATH] = [census(agency)]
    got = fetch("acs", occupations=[3515], environment={"CENSUS_API_KEY": KEY})
    assert [query["key"] for query in agency.queries()] == [[KEY]] * 3
    assert KEY not in everything_under(tmp_path) + caplog.text + repr(got)


def test_a_server_that_repeats_the_key_does_not_bring_it_into_a_message(fetch, agency):
    agency.steps[CENSUS_PATH] = [agency.answers(400, f"error: bad key {KEY}".encode())]
    with pytest.raises(WrongInput, match=r"bad key \[key\]") as refused:
        fetch("acs", occupations=[3515], environment={"CENSUS_API_KEY": KEY})
    assert KEY not in str(refused.value)


def test_the_key_does_not_go_out_in_the_open(tmp_path, retry):
    settings = FetchSettings(mirrors={"https://api.census.gov": "http://mirror.example"})
    with pytest.raises(WrongInput, match=r"http://mirror\.example is not encrypted"):
        fetch_release(
            "acs",
            today=TODAY,
            occupations=[3515],
            settings=settings,
            folder=tmp_path,
            environment={"CENSUS_API_KEY": KEY},
            retry=retry,
        )


def test_settings_are_read_from_a_file_and_anything_else_in_it_is_refused(tmp_path):
    file = tmp_path / "fetch.toml"
    file.write_text('contact = "a@example.org"\n[mirrors]\n"https://a" = "https://b"\n')
    assert read_settings(file).mirrored("https://a/x") == "https://b/x"
    file.write_text("atempts = 3\n")
    with pytest.raises(WrongInput, match=r"atempts: Extra inputs .* It may say: contact"):
        read_settings(file)
    file.write_text('[mirrors]\n"https://a" = "ftp://b"\n')
    with pytest.raises(WrongInput, match=r"mirrors.https://a: String should match"):
        read_settings(file)
    file.write_text("contact = \n")
    with pytest.raises(WrongInput, match=r"fetch.toml is no TOML"):
        read_settings(file)


SCRIPT = """
import sys
from datetime import date
from pathlib import Path
from analysis.fetching.fetch import fetch
from analysis.fetching.settings import FetchSettings
settings = FetchSettings(mirrors={"https://download.bls.gov": sys.argv[1] + "/bls"})
fetch("cpi", today=date(2026, 11, 25), settings=settings, folder=Path(sys.argv[2]))
"""


def test_a_fetch_that_is_killed_leaves_no_half_file_and_goes_on_where_it_was(
    fetch, agency, tmp_path
):
    folder = tmp_path / "downloads" / "cpi"
    agency.steps[CPI_PATH] = [agency.stalled(CPI, 20_000), agency.whole(CPI)]
    command = [sys.executable, "-c", SCRIPT, agency.base, str(tmp_path / "downloads")]
    running = subprocess.Popen(command)
    part = folder / ".cu.data.1.AllItems.part"
    until = time.monotonic() + 30
    while time.monotonic() < until and not (part.is_file() and part.stat().st_size == 20_000):
        time.sleep(0.02)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert not (folder / "cu.data.1.AllItems").exists()
    (got,) = fetch("cpi")
    assert got.place.read_bytes() == CPI
    assert agency.headers_asked("Range") == [None, "bytes=20000-"]
    assert not part.exists()


def test_the_command_fetches_and_says_what_is_next(workforce, agency, tmp_path, monkeypatch):
    agency.steps[CPI_PATH] = [agency.whole(CPI)]
    settings = tmp_path / "fetch.toml"
    settings.write_text(f'[mirrors]\n"https://download.bls.gov" = "{agency.base}/bls"\n')
    code, out, err = workforce(
        "fetch", "cpi", "--settings", str(settings), "--to", str(tmp_path / "d")
    )
    assert (code, err) == (0, "")
    place = tmp_path / "d" / "cpi" / "cu.data.1.AllItems"
    assert out.splitlines()[0] == f"fetched    {place}  {len(CPI):,} bytes"
    assert out.splitlines()[1].startswith("Next: copy the new months of CUUR0000SA0")
    monkeypatch.setenv("WORKFORCE_FETCH_SETTINGS", str(settings))
    code, out, _ = workforce("fetch", "cpi", "--to", str(tmp_path / "d"), "--json")
    (got,) = json.loads(out)
    assert (code, got["is_new"], got["bytes"]) == (0, False, len(CPI))


def test_offline_ends_with_2_and_the_way_by_hand(workforce, tmp_path):
    settings = tmp_path / "fetch.toml"
    settings.write_text('attempts = 1\n[mirrors]\n"https://www.bls.gov" = "http://127.0.0.1:1"\n')
    code, out, err = workforce(
        "fetch", "projections", "--settings", str(settings), "--to", str(tmp_path / "d")
    )
    assert (code, out) == (2, "")
    assert "occupation.xlsx could not be fetched: no connection (is this machine online?)" in err
    assert f"save the file as {tmp_path / 'd' / 'projections' / 'occupation.xlsx'}" in err


def test_the_agencies_themselves_answer(tmp_path):
    """One small file from the BLS; only where FETCH_LIVE says that this machine is online."""
    if not os.environ.get("FETCH_LIVE"):
        pytest.skip("FETCH_LIVE is not set")
    (got,) = fetch_release("cpi", today=TODAY, folder=tmp_path)
    assert b"CUUR0000SA0" in got.place.read_bytes()


def test_every_year_of_a_source_has_an_address():
    assert [release.year for release in releases("acs", year=2019)] == [2019]
    assert releases("oews", year=2025)[0].address.endswith("/oesm25all.zip")
