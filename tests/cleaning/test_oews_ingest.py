"""Whole releases: the flat files, the yearly workbooks of any year, and what is refused."""

import io
import os
import re
import runpy
import shutil
import zipfile
from pathlib import Path

import duckdb
import oews_workbooks as books
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import processed, sources
from analysis.cleaning.oews import ingest as ingesting
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.cleaning.oews.store import ReleaseRecord, read_record
from analysis.errors import WrongInput
from analysis.schemas.table import check_rows, checked
from analysis.schemas.wages import Wages

OEWS = sources.RAW / "oews"
STATES = sources.RAW / "geography" / "states.csv"
LISTS = ("oe.area", "oe.industry", "oe.occupation", "oe.footnote")
KEY = ["year", "area_code", "industry_code", "occupation_code"]
CELL = "OEUN0000000000000292072"
HEADER = "series_id                     \tyear\tperiod\t       value\tfootnote_codes"


def ingest(path: Path, folder: Path):
    return ingest_oews(path, folder=folder, states=STATES, at="2026-11-25T18:00:00+00:00")


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    """The project's own extract, ingested as if it were a release."""
    return ingest(OEWS, tmp_path_factory.mktemp("releases"))[0]


@pytest.fixture
def flat(tmp_path):
    """Write a small release: its lines, and the real code lists."""

    def write(*lines: str, name: str = "oe.data.0.Current", header: str = HEADER) -> Path:
        folder = tmp_path / "flat"
        folder.mkdir(exist_ok=True)
        for each in LISTS:
            shutil.copy(OEWS / each, folder / each)
        (folder / name).write_text("\n".join([header, *lines]) + "\n")
        return folder

    return write


def line(data_type: str, value: str, note: str = "", *, cell: str = CELL, year: int = 2025) -> str:
    return f"{cell}{data_type}     \t{year}\tA01\t{value:>12}\t{note}"


def test_the_extract_ingested_is_the_processed_table(extract):
    """The same cleaning, streamed to Parquet or returned as a table, gives the same rows."""
    table = pd.read_parquet(extract.release).drop(columns="footnoted")
    wages = processed.read("wages")
    pd.testing.assert_frame_equal(
        table[wages.columns].sort_values(KEY).reset_index(drop=True),
        wages.sort_values(KEY).reset_index(drop=True),
    )


def test_the_codebook_explains_what_a_release_has_beyond_the_processed_table(extract):
    beyond = set(pd.read_parquet(extract.release)) - set(processed.read("wages"))
    script = runpy.run_path(str(sources.ROOT / "scripts" / "make_codebook.py"))
    assert beyond == set(script["OF_RELEASES"])


def test_every_footnote_of_the_lines_is_in_the_release(extract):
    """2,660 of the extract's lines carry a footnote: as many marks stand in the release."""
    lines = pd.read_csv(OEWS / "oe.data.extract", sep="\t", dtype=str)
    marks = pd.read_parquet(extract.release, columns=["footnoted"])["footnoted"]
    counted = marks[marks.ne("")].str.split("; ").explode().str[-1].value_counts()
    assert counted.to_dict() == lines["footnote_codes"].value_counts().to_dict()


def test_the_record_travels_inside_the_release(extract):
    record = read_record(extract.release)
    assert record == extract.record
    assert (record.rows_in, record.rows_kept, record.rows_set_aside) == (115_613, 115_613, 0)
    assert (record.areas, record.occupations) == (583, 10)
    assert record.files[0].sha256 == sources.sha256_of(OEWS / "oe.data.extract")


def test_a_zip_and_the_file_itself_give_the_same_release(flat, tmp_path):
    folder = flat(line("01", "194720"), line("13", "51140"), line("15", "-", "5"))
    packed = tmp_path / "oe.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in folder.iterdir():
            archive.write(file, f"pub/time.series/oe/{file.name}")
    made = [
        pd.read_parquet(ingest(path, tmp_path / f"out{number}")[0].release)
        for number, path in enumerate([folder, folder / "oe.data.0.Current", packed])
    ]
    pd.testing.assert_frame_equal(made[0], made[1])
    pd.testing.assert_frame_equal(made[0], made[2])
    assert made[0]["p90_wage_usd"].item() == 239_200
    assert made[0]["top_coded"].item() == "p90_wage_usd"


def test_a_top_coded_percentile_is_at_least_the_published_one_before_it(flat, tmp_path):
    """May 2025 has 13 cells with a 75th percentile above the top code of $239,200."""
    folder = flat(line("14", "300000"), line("15", "-", "5"))
    assert pd.read_parquet(ingest(folder, tmp_path / "out")[0].release)["p90_wage_usd"].item() == (
        300_000
    )


def test_a_file_of_several_years_becomes_several_releases(flat, tmp_path):
    folder = flat(
        line("13", "50250", year=2024),
        line("13", "51140", year=2025),
        line("13", "soon", year=2025),
        name="oe.data.1.AllData",
    )
    done = ingest(folder, tmp_path / "out")
    assert [each.record.year for each in done] == [2024, 2025]
    assert [each.record.rows_in for each in done] == [1, 2]
    assert done[0].set_aside is None
    kept = pd.read_parquet(done[1].set_aside)
    assert kept["reason"].tolist() == ["value is neither a number nor -"]
    assert kept["value"].str.strip().tolist() == ["soon"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("18", "1")], "data type 18, which is not one of 01 to 17"),
        (
            [line("13", "51140")] * 2,
            f"holds 1 series more than once for May 2025; the first, {CELL}13, 2 times",
        ),
        (
            [line("13", "51.14")],
            "median_wage_usd >= 5000: broken in 1 row(s), first median_wage_usd 51.14",
        ),
        (
            [line("01", "155495", cell="OEUN0000000000000000000")],
            "employment of all occupations is that of the country: broken in 1 row",
        ),
        (
            [line("11", "60000"), line("13", "51140")],
            "annual percentiles do not fall: broken in 1 row",
        ),
        ([line("13", "51140", cell="OEUN0099999000000292072")], "area_name is stated: broken"),
        (
            [line("01", "9"), line("01", "10", cell="OEUN0000000622000292072")],
            "employment of an industry is at most that of all industries: broken in 1 row",
        ),
    ],
)
def test_drift_stops_with_a_message_and_writes_nothing(flat, tmp_path, lines, said):
    with pytest.raises(WrongInput, match="^[^\0]*" + re.escape(said)):
        ingest(flat(*lines), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_missing_column_and_a_missing_code_list_are_named(flat, tmp_path):
    folder = flat("x", header="series_id\tyear\tvalue")
    with pytest.raises(WrongInput, match="must begin with the columns series_id, year, period"):
        ingest(folder, tmp_path / "out")
    (folder / "oe.industry").unlink()
    with pytest.raises(WrongInput, match=r"oe.industry must lie beside oe.data.0.Current"):
        ingest(folder, tmp_path / "out")


def test_an_area_type_nobody_has_seen_is_named(flat, tmp_path):
    folder = flat(line("13", "51140"))
    with (folder / "oe.area").open("a") as areas:
        areas.write("99\t9900000\tT\tTerritory of tomorrow\n")
    with pytest.raises(WrongInput, match=r"oe\.area has area types T; known are N"):
        ingest(folder, tmp_path / "out")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(order=st.permutations(range(6)))
def test_the_order_of_lines_does_not_matter_and_none_is_lost(flat, tmp_path, order):
    lines = [
        line("01", "-", "8"), line("13", "51140"), line("15", "-", "5"), line("13", "many"),
        line("04", "56790"), "OEU1\t2025\tA01\t1\t",
    ]  # fmt: skip
    done = ingest(flat(*(lines[place] for place in order)), tmp_path / "out")[0]
    record = done.record
    assert (record.rows_in, record.rows_kept, record.rows_set_aside) == (6, 4, 2)
    row = pd.read_parquet(done.release).iloc[0]
    assert (row["median_wage_usd"], row["footnoted"]) == (51_140, "employment: 8; p90_wage_usd: 5")
    assert len(pd.read_parquet(done.set_aside)) == 2


def test_a_record_whose_rows_do_not_add_up_is_refused():
    with pytest.raises(WrongInput, match="No row may be lost"):
        ReleaseRecord(
            year=2025, form="flat files", files=(), rows_in=3, rows_kept=1, rows_set_aside=1,
            rows=1, areas=1, occupations=1, ingested_at="",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("median_wage_usd", 51.14),
        ("p10_wage_usd", 60_000.0),
        ("employment_rse_pct", 101.0),
        ("area_type", "county"),
        ("state", "Cal"),
        ("occupation_code", "292072"),
        ("is_wage_suppressed", True),
        ("median_hourly_wage_usd", 40.0),
        ("industry_level", 6),
        ("employment", -1.0),
        ("p90_wage_usd", None),
        ("is_collapsed", True),
    ],
)
def test_the_rules_in_sql_and_the_schema_say_the_same(column, value):
    """Break one cell of a good row: both refuse it, or neither (the last two are no breach)."""
    wages = processed.read("wages")
    good = wages[wages["occupation_code"].eq("29-2072") & wages["area_code"].eq("CA")].head(1)
    bad = good.assign(**{column: pd.Series([value], index=good.index, dtype=good[column].dtype)})

    def refuses(check) -> bool:
        try:
            check()
        except WrongInput:
            return True
        return False

    with duckdb.connect() as store:
        store.register("tidy", bad)
        in_sql = refuses(lambda: check_rows(store, "tidy", Wages))
    assert in_sql == refuses(lambda: checked(bad, Wages))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda rows: pd.concat([rows, rows.head(1)]),
            "year are unique together: broken in 2 row",
        ),
        (
            lambda rows: rows.assign(
                employment=rows["employment"].where(rows["industry_level"].eq(0), 10_000_000)
            ),
            "employment of an industry is at most that of all industries: broken in 1 row",
        ),
    ],
)
def test_rows_that_contradict_each_other_are_refused_in_sql_and_by_the_schema(spoil, said):
    wages = processed.read("wages")
    coders = wages[wages["occupation_code"].eq("29-2072") & wages["area_code"].eq("US")]
    pair = coders[coders["industry_code"].isin(["000000", "622000"])]
    assert len(pair) == 2
    bad = spoil(pair).reset_index(drop=True)
    with duckdb.connect() as store:
        store.register("tidy", bad)
        with pytest.raises(WrongInput, match=said):
            check_rows(store, "tidy", Wages)
    with pytest.raises(WrongInput):
        checked(bad, Wages)


def test_workbooks_of_a_year_become_one_release(tmp_path):
    folder = tmp_path / "oesm23"
    folder.mkdir()
    books.write(folder / "national_M2023_dl.xlsx", books.NATION)
    books.write(folder / "state_M2023_dl.xlsx", books.CALIFORNIA)
    books.write(folder / "MSA_M2023_dl.xlsx", books.LOS_ANGELES, books.NORTH_COAST)
    books.write(folder / "nat3d_M2023_dl.xlsx", books.HOSPITALS)
    (folder / "~$state_M2023_dl.xlsx").write_bytes(b"left by an open Excel")
    done = ingest(folder, tmp_path / "out")[0]
    table = checked(pd.read_parquet(done.release).drop(columns="footnoted"), Wages)
    found = table.set_index(["area_code", "industry_code"])
    assert done.release.name == "oews_2023.parquet"
    assert (done.record.rows_in, done.record.rows_kept) == (5, 5)
    assert found["area_type"].to_dict() == {
        ("US", "000000"): "nation",
        ("US", "622000"): "nation",
        ("CA", "000000"): "state",
        ("31080", "000000"): "metropolitan",
        ("0600007", "000000"): "nonmetropolitan",
    }
    assert found.loc[("31080", "000000"), "state"] == "CA"
    assert found.loc[("US", "622000"), "industry_level"] == 3
    assert found.loc[("US", "000000"), "median_wage_usd"] == 51_140


OLD_NAMES = {
    "LOC_QUOTIENT": "LOC QUOTIENT", "O_GROUP": "GROUP", "AREA_TITLE": "AREA_NAME",
    "AREA_TYPE": "", "NAICS": "", "NAICS_TITLE": "", "I_GROUP": "", "OWN_CODE": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "row", "area"),
    [
        ("national_M2011_dl.xlsx", books.renamed(books.NATION, **OLD_NAMES, AREA=""), "US"),
        (
            "national_M2018_dl.xlsx",
            books.renamed(books.NATION, **OLD_NAMES, OCC_CODE="occ code", TOT_EMP="tot_emp"),
            "US",
        ),
        (
            "state_M2014_dl.xlsx",
            {
                **books.renamed(
                    books.CALIFORNIA, **OLD_NAMES | {"AREA_TITLE": ""}, PRIM_STATE="ST"
                ),
                "STATE": "California",
            },
            "CA",
        ),
        (
            "MSA_M2016_dl.xlsx",
            books.renamed(books.LOS_ANGELES, **OLD_NAMES, JOBS_1000="JOBS_1000_ORIG"),
            "31080",
        ),
        ("BOS_M2017_dl.xlsx", books.renamed(books.NORTH_COAST, **OLD_NAMES), "0600007"),
        ("all_data_M_2020.xlsx", books.renamed(books.NATION, O_GROUP="OCC_GROUP"), "US"),
    ],
)
def test_headings_of_any_year_are_read(tmp_path, name, row, area):
    done = ingest(books.write(tmp_path / name, row), tmp_path / "out")[0]
    found = pd.read_parquet(done.release).iloc[0]
    assert f"{done.record.year}" in name
    assert (found["area_code"], found["median_wage_usd"], found["employment_rse_pct"]) == (
        area, 51_140, 1.1,
    )  # fmt: skip
    assert found["industry_code"] == "000000"


def test_codes_become_suppressed_top_coded_and_hourly_or_annual(tmp_path):
    """* wage and ** jobs not released, # at or above the top code, ANNUAL: paid by the year."""
    hourly = {name: "*" for name in books.WAGES if name.startswith("H_")}
    rows = (
        {**books.CALIFORNIA, "TOT_EMP": "**", "EMP_PRSE": "**"},
        {**books.CALIFORNIA, "AREA": 48, "AREA_TITLE": "Texas", "PRIM_STATE": "TX", "A_PCT90": "#",
         "H_PCT90": "#", "A_PCT75": "#", "H_PCT75": "#"},
        {**books.CALIFORNIA, "AREA": 36, "AREA_TITLE": "New York", "PRIM_STATE": "NY", **hourly,
         "ANNUAL": True},
        {**books.CALIFORNIA, "AREA": 50, "AREA_TITLE": "Vermont", "PRIM_STATE": "VT",
         "A_PCT10": "*", "A_PCT25": "*", "A_MEDIAN": "*", "A_PCT75": "*",
         "A_PCT90": "*", "A_MEAN": "*", **hourly},
    )  # fmt: skip
    table = pd.read_parquet(
        ingest(books.write(tmp_path / "state_M2024_dl.xlsx", *rows), tmp_path / "out")[0].release
    ).set_index("area_code")
    assert pd.isna(table.loc["CA", "employment"])
    assert table.loc["CA", "is_employment_suppressed"]
    assert not table.loc["CA", "is_wage_suppressed"]
    assert (table.loc["TX", "p90_wage_usd"], table.loc["TX", "p75_hourly_wage_usd"]) == (
        239_200, 115,
    )  # fmt: skip
    assert table.loc["TX", "top_coded"].count("p90") == 2
    assert not table.loc["TX", "is_collapsed"]
    assert table.loc["NY", "footnotes"] == "4"
    assert not table.loc["NY", "is_wage_suppressed"]
    assert table.loc["VT", "is_wage_suppressed"]
    assert pd.isna(table.loc["VT", "median_wage_usd"])


def test_a_cell_that_is_there_in_other_guises_is_kept_once_and_the_rest_set_aside(tmp_path):
    """By ownership, as a broad occupation, and unreadable: five rows in, two kept."""
    rows = (
        books.NATION,
        {**books.NATION, "O_GROUP": "broad"},
        {**books.HOSPITALS, "OWN_CODE": 58},
        {**books.HOSPITALS, "OWN_CODE": 5, "TOT_EMP": 40_000},
        {**books.NATION, "OCC_CODE": "29-9021", "TOT_EMP": "about 40"},
    )
    done = ingest(books.write(tmp_path / "all_data_M_2024.xlsx", *rows), tmp_path / "out")[0]
    assert (done.record.rows_in, done.record.rows_kept, done.record.rows_set_aside) == (5, 2, 3)
    assert sorted(pd.read_parquet(done.set_aside)["reason"]) == [
        "TOT_EMP is neither a number nor a code",
        "part of an industry, by ownership",
        "the occupation of this code is there in detail",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([{**books.NATION, "AREA_TYPE": 9}], "area types nobody has seen: 9"),
        ([{**books.NATION, "I_GROUP": "7-digit"}], "industry levels nobody has seen: 7-digit"),
        ([books.NATION, books.NATION], "repeat a cell, as area 99, industry 000000"),
        ([{**books.NATION, "A_MEDIAN": 51.14}], "median_wage_usd >= 5000"),
        ([books.renamed(books.NATION, A_MEDIAN="A_MIDDLE")], r"lacks the column\(s\) A_MEDIAN"),
    ],
)
def test_drift_in_workbooks_stops_with_a_message(tmp_path, row, said):
    with pytest.raises(WrongInput, match=said):
        ingest(books.write(tmp_path / "all_data_M_2024.xlsx", *row), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_top_code_nobody_explains_is_asked_for(tmp_path):
    book = books.write(
        tmp_path / "state_M2024_dl.xlsx", {**books.CALIFORNIA, "A_PCT90": "#"}, notes=""
    )
    with pytest.raises(WrongInput, match="no sheet says at what level"):
        ingest(book, tmp_path / "out")
    (tmp_path / "field_descriptions.txt").write_text(books.TOP_CODE)
    assert ingest(book, tmp_path / "out")[0].record.rows == 1


def test_two_years_in_one_folder_are_refused(tmp_path):
    books.write(tmp_path / "state_M2023_dl.xlsx", books.CALIFORNIA)
    books.write(tmp_path / "national_M2024_dl.xlsx", books.NATION)
    with pytest.raises(WrongInput, match="mixes workbooks of 2023, 2024"):
        ingest(tmp_path, tmp_path / "out")


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"../oe.data.0.Current": b"x"}, "names a place outside its folder"),
        ({"/etc/oe.area": b"x"}, "names a place outside its folder"),
        ({"..\\oe.area": b"x"}, "names a place outside its folder"),
        ({"oesm24st.zip": b"PK"}, "holds another archive"),
        ({"a/oe.area": b"x", "b/oe.area": b"y"}, "holds oe.area more than once"),
        ({"oe.data.0.Current": b"\0" * 300_000_000}, "unpacks to far more than a release"),
        ({"readme.md": b"hello"}, "holds no file of a release"),
        ({".": b"hello"}, "holds no file of a release"),
    ],
)
def test_hostile_archives_are_refused_and_leave_nothing(tmp_path, parts, said):
    archive = packed(tmp_path / "in.zip", parts)
    with pytest.raises(WrongInput, match=said):
        ingest(archive, tmp_path / "out")
    assert sorted(each.name for each in tmp_path.rglob("*")) == ["in.zip", "out"]


def test_a_broken_zip_is_refused(tmp_path):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("oe.area", os.urandom(10_000))
    content = bytearray(whole.getvalue())
    content[5_000] ^= 0xFF
    (tmp_path / "in.zip").write_bytes(content)
    with pytest.raises(WrongInput, match="is a broken zip file"):
        ingest(tmp_path / "in.zip", tmp_path / "out")


def test_a_failed_ingest_leaves_the_old_release_whole(flat, tmp_path, monkeypatch):
    """Fails as late as can be: after everything was written aside."""
    first = ingest(flat(line("13", "50000")), tmp_path / "out")[0]
    before = first.release.read_bytes()

    def killed(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(ingesting, "_put", killed)
    with pytest.raises(KeyboardInterrupt):
        ingest(flat(line("13", "51140")), tmp_path / "out")
    assert first.release.read_bytes() == before
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["oews_2025.parquet"]


def test_what_a_killed_ingest_left_is_swept_away_by_the_next(flat, tmp_path):
    left = tmp_path / "out" / ".ingest-999999999-x"
    left.mkdir(parents=True)
    (left / "oews_2025.parquet").write_bytes(b"half")
    ingest(flat(line("13", "51140")), tmp_path / "out")
    assert not left.exists()
