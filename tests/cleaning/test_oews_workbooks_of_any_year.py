"""Workbooks of the BLS as it published them, of every year: what is not in them is asked for."""

import csv
import shutil
from pathlib import Path

import oews_workbooks as books
import pandas as pd
import pytest
import python_calamine

from analysis import processed, sources
from analysis.cleaning.oews.ingest import ingest_oews
from analysis.cli.ingest import coders_in
from analysis.errors import WrongInput
from analysis.studies.places import states

CASES = Path(__file__).parent / "cases"
REAL = sources.ROOT.parent / "shared" / "data" / "oews"
at_hand = pytest.mark.skipif(not REAL.is_dir(), reason="the real workbooks are not at hand")


def ingest(path, out, **options):
    (done,) = ingest_oews(
        path,
        folder=out,
        states=sources.RAW / "geography" / "states.csv",
        at="2026-11-28",
        **options,
    )
    return done, pd.read_parquet(done.release).set_index("occupation_code")


@pytest.mark.parametrize(
    ("case", "code", "annual", "hourly"),
    [
        ("40-oews-field-descriptions", "29-1216", 208_000, 100.0),  # both its bounds, of its sheet
        ("41-oews-rounding", "19-2000", 75_530, 36.32),  # as the BLS printed them
        ("43-oews-no-top-code", "29-2071", 40_350, 19.40),
    ],
)
def test_a_case_is_ingested(case, code, annual, hourly, tmp_path):
    _, table = ingest(CASES / case, tmp_path)
    row = table.loc[code]
    assert (row["median_wage_usd"], row["median_hourly_wage_usd"]) == (annual, hourly)


@at_hand
@pytest.mark.parametrize(
    ("name", "year", "top_code", "jobs", "median"),
    [
        ("national_M2014_dl.xlsx", 2014, 187_200, 184_740, 35_900),  # BLS, 29-2071, May 2014
        ("national_M2015_dl.xlsx", 2015, 187_200, 189_930, 37_110),
        ("oesm18nat.zip", 2018, None, 208_650, 40_350),
    ],
)
def test_real_workbooks_hold_what_another_reader_finds(
    name, year, top_code, jobs, median, tmp_path
):
    done, table = ingest(REAL / name, tmp_path, top_code_usd=top_code)
    assert done.record.year == year
    assert done.record.rows_in == done.record.rows_kept + done.record.rows_set_aside
    coders = table.loc["29-2071"]
    assert (coders["employment"], coders["median_wage_usd"]) == (jobs, median)
    if name.endswith(".xlsx"):
        book = python_calamine.CalamineWorkbook.from_path(REAL / name)
        header, *rows = book.get_sheet_by_index(0).to_python()
        other = pd.DataFrame(rows, columns=header).drop_duplicates("OCC_CODE").set_index("OCC_CODE")
        both = table.join(other)
        for ours, theirs in (("employment", "TOT_EMP"), ("p25_wage_usd", "A_PCT25")):
            numbers = pd.to_numeric(both[theirs], errors="coerce")
            known = numbers.notna()
            assert known.sum() > 1_000
            pd.testing.assert_series_equal(
                both.loc[known, ours], numbers[known], check_names=False, check_dtype=False
            )


@at_hand
def test_a_top_code_that_no_sheet_states_is_asked_for(tmp_path):
    with pytest.raises(WrongInput, match="--top-code 208000"):
        ingest(REAL / "national_M2014_dl.xlsx", tmp_path)


def test_a_top_code_against_the_sheet_is_refused(tmp_path):
    with pytest.raises(WrongInput, match=r"top-coded at 208,000 a year; --top-code says 187,200"):
        ingest(CASES / "40-oews-field-descriptions", tmp_path, top_code_usd=187_200)


TOP_CODED = {**books.NATION, "A_PCT90": "#", "H_PCT90": "#"}


def test_a_stated_top_code_bounds_the_year_and_the_hour(tmp_path):
    """208,000 / 2,080 = 100."""
    book = books.write(tmp_path / "national_M2016_dl.xlsx", TOP_CODED, notes="")
    _, table = ingest(book, tmp_path / "out", top_code_usd=208_000)
    row = table.loc["29-2072"]
    assert (row["p90_wage_usd"], row["p90_hourly_wage_usd"]) == (208_000, 100)


@pytest.mark.parametrize(
    "words",
    [
        "# = indicates a wage equal to or greater than $100.00 per hour or $208,000 per year",
        "# = a wage greater than $100.00 per hour or $208,000 per year",
        "wages of $100.00 an hour or $208,000 a year and more",
        "at or above $100.00/hour or $208,000/year",
    ],
)
def test_the_top_code_is_read_in_the_words_of_any_year(words, tmp_path):
    book = books.write(tmp_path / "national_M2016_dl.xlsx", TOP_CODED, notes=words)
    assert ingest(book, tmp_path / "out")[1].loc["29-2072", "p90_wage_usd"] == 208_000


def test_a_sheet_that_lists_the_columns_is_no_sheet_of_estimates(tmp_path):
    book = books.write(tmp_path / "national_M2016_dl.xlsx", books.NATION)
    import openpyxl

    opened = openpyxl.load_workbook(book)
    sheet = opened.create_sheet("Fields", 0)
    for row in (["Field", "Description"], ["OCC_CODE", "the code"], ["TOT_EMP", "jobs"]):
        sheet.append(row)
    opened.save(book)
    assert len(ingest(book, tmp_path / "out")[1]) == 1


OLD = books.renamed(
    books.NATION,
    **dict.fromkeys(
        ["AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP"], ""
    ),
    OWN_CODE="", O_GROUP="group", **{name: name.lower() for name in books.WAGES},
    OCC_CODE="occ_code", OCC_TITLE="occ_title",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("national_may2003_dl.xlsx", 2003),
        ("national_november2003_dl.xlsx", 2003),
        ("national_May2007_dl.xlsx", 2007),
        ("national__M2008_dl.xlsx", 2008),
        ("national_M2010_dl.xlsx", 2010),
    ],
)
def test_names_and_columns_of_national_files_since_2003_are_known(name, year, tmp_path):
    done, table = ingest(books.write(tmp_path / name, OLD), tmp_path / "out")
    assert (done.record.year, table.loc["29-2072", "median_wage_usd"]) == (year, 51_140)
    assert table["area_code"].tolist() == ["US"]


@pytest.mark.parametrize(
    ("name", "row", "area"),
    [
        ("MSA_may2005_dl_1.xlsx", books.LOS_ANGELES, "31080"),
        ("aMSA_M2013_dl.xlsx", books.LOS_ANGELES, "31080"),
        ("MSA_M2010_dl_1_AK_IN.xlsx", books.LOS_ANGELES, "31080"),
        ("BOS_may2006_dl.xlsx", books.NORTH_COAST, "0600007"),
        ("state__M2008_dl.xlsx", books.CALIFORNIA, "CA"),
        ("all_oes_data_2012.xlsx", books.CALIFORNIA, "CA"),
        ("oes_data_2014.xlsx", books.CALIFORNIA, "CA"),
    ],
)
def test_names_of_other_files_since_2003_are_known(name, row, area, tmp_path):
    _, table = ingest(books.write(tmp_path / name, row), tmp_path / "out")
    assert table["area_code"].tolist() == [area]


@pytest.mark.parametrize(
    ("naics", "level"),
    [("000000", 0), ("62", 2), ("31-33", 2), ("622000", 3), ("622100", 4), ("622110", 5)],
)
def test_without_a_column_of_levels_an_industry_code_says_its_level(naics, level, tmp_path):
    row = books.renamed({**books.NATION, "NAICS": naics}, I_GROUP="")
    _, table = ingest(books.write(tmp_path / "all_data_M_2012.xlsx", row), tmp_path / "out")
    assert table["industry_level"].tolist() == [level]


def test_a_year_that_no_name_states_is_taken_from_the_zip_or_asked_for(tmp_path):
    book = books.write(tmp_path / "national_dl.xlsx", OLD)
    with pytest.raises(WrongInput, match="Name the year: --year 2009"):
        ingest(book, tmp_path / "out")
    assert ingest(book, tmp_path / "out", year=2009)[0].record.year == 2009
    folder = tmp_path / "oesm09nat"
    folder.mkdir()
    shutil.copy(book, folder)
    packed = shutil.make_archive(str(tmp_path / "oesm09nat"), "zip", folder)
    assert ingest(Path(packed), tmp_path / "out")[0].record.year == 2009
    with pytest.raises(WrongInput, match="mixes workbooks of 2008, 2014"):
        ingest(books.write(tmp_path / "national__M2008_dl.xlsx", OLD), tmp_path / "out", year=2014)


@at_hand
def test_a_copy_of_a_workbook_as_csv_gives_the_same_release(tmp_path):
    name = "national_M2015_dl"
    book = python_calamine.CalamineWorkbook.from_path(REAL / f"{name}.xlsx")
    with (tmp_path / f"{name}.csv").open("w", newline="") as file:
        csv.writer(file).writerows(book.get_sheet_by_index(0).to_python())
    of_csv = ingest(tmp_path / f"{name}.csv", tmp_path / "csv", top_code_usd=187_200)[1]
    of_book = ingest(REAL / f"{name}.xlsx", tmp_path / "book", top_code_usd=187_200)[1]
    pd.testing.assert_frame_equal(of_csv, of_book)


@pytest.mark.parametrize(
    ("year", "code"),
    [(2003, "29-2071"), (2018, "29-2071"), (2019, "29-2098"), (2021, "29-2072"), (2025, "29-2072")],
)
def test_the_next_command_names_the_code_of_that_year(year, code):
    assert coders_in(year) == code


def test_a_release_of_the_nation_alone_has_no_state_to_rank(tmp_path):
    """Salary and settings compare states: of none they show none, and do not fail."""
    published = processed.Tables()
    tables = {name: published[name] for name in ("wages", "price_parities")}
    nation = tables["wages"][tables["wages"]["area_code"].eq("US")]
    assert states({**tables, "wages": nation}).table.empty
