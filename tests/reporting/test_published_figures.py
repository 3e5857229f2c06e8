"""Built pages carry the figures that were published, to the last digit.

The expected values are read from the agency's own lines in data/raw, by series id, without any
code of the project.
"""

import csv
import json
import re

import pytest

from analysis import sources
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import model_of

OCCUPATION = "292072"
AREAS = {"US": "N0000000", "CA": "S0600000", "VT": "S5000000", "GU": "S6600000", "TX": "S4800000"}
DATA_TYPES = {
    "employment": "01",
    "mean_wage_usd": "04",
    "median_hourly_wage_usd": "08",
    "p10_wage_usd": "11",
    "p25_wage_usd": "12",
    "median_wage_usd": "13",
    "p75_wage_usd": "14",
    "p90_wage_usd": "15",
    "jobs_per_1000": "16",
    "location_quotient": "17",
}
ASKED = {
    "outlook-us": ("outlook", {}),
    "outlook-ca": ("outlook", {"area": "CA"}),
    "outlook-vt": ("outlook", {"area": "VT"}),
    "outlook-gu": ("outlook", {"area": "GU"}),
    "roi-cic-tx": ("roi", {"credential": "CIC", "area": "TX"}),
}


@pytest.fixture(scope="module")
def series() -> dict[str, str]:
    """The value of each series of the release, as published."""
    with (sources.RAW / "oews" / "oe.data.extract").open(encoding="utf-8") as file:
        return {row["series_id"]: row["value"] for row in csv.DictReader(file, delimiter="\t")}


@pytest.fixture(scope="module")
def built(tmp_path_factory, build_reports):
    """Build the pages as the command line does; their records and their HTML by name."""
    folder = tmp_path_factory.mktemp("reports")
    reports = {
        name: report_of(model_of(notebook).check(**given))
        for name, (notebook, given) in ASKED.items()
    }
    assert build_reports(list(reports.values()), folder).exit_code == 0
    return {
        name: (
            record := json.loads((folder / "records" / f"{report.name}.json").read_text()),
            (folder / record["path"]).read_text(),
        )
        for name, report in reports.items()
    }


def figures(record: dict) -> dict[str, dict]:
    return {figure["name"]: figure for figure in record["key_figures"]}


ONLY_BELOW_THE_NATION = {"jobs_per_1000", "location_quotient"}
OUTLOOKS = [
    (name, area, measure)
    for name, area in zip(ASKED, ["US", "CA", "VT", "GU"], strict=False)
    for measure in DATA_TYPES
    if not (area == "US" and measure in ONLY_BELOW_THE_NATION)
]


@pytest.mark.parametrize(("name", "area", "measure"), OUTLOOKS)
def test_an_outlook_page_quotes_the_published_figure(built, series, name, area, measure):
    """38 figures of four pages; "-" or no line at all is a figure that is not published."""
    published = series.get(f"OEU{AREAS[area]}000000{OCCUPATION}{DATA_TYPES[measure]}", "-")
    figure = figures(built[name][0])[measure]
    if published == "-":
        assert figure["value"] is None
        assert figure["note"], "a missing figure says why"
    else:
        assert figure["value"] == float(published)


@pytest.mark.parametrize("name", list(ASKED)[:4])
def test_the_projection_is_the_published_one(built, name):
    """BLS Employment Projections 2024-34: +7.1 % over ten years."""
    assert figures(built[name][0])["ten_year_growth_pct"]["value"] == 7.1


def test_national_openings_are_the_published_ones_and_vermonts_are_missing(built):
    """BLS table 1.10: 14,200 a year; Vermont's employment was not released."""
    assert figures(built["outlook-us"][0])["annual_openings"]["value"] == 14_200
    vermont = figures(built["outlook-vt"][0])["annual_openings"]
    assert vermont["value"] is None
    assert "Vermont" in vermont["note"]


def test_more_than_40_figures_are_compared():
    """38 of the agency's lines here, 4 projections, 2 openings and 1 median below."""
    assert len(OUTLOOKS) == 38


def test_the_return_page_quotes_the_official_median_of_its_state(built, series):
    published = float(series[f"OEU{AREAS['TX']}000000{OCCUPATION}13"])
    record = built["roi-cic-tx"][0]
    assert figures(record)["median_wage_usd"]["value"] == published
    assert record["detail"] == "CIC"


def test_what_is_recorded_is_what_is_printed(built):
    """The median of each area as dollars in the page's text."""
    for record, html in built.values():
        median = figures(record)["median_wage_usd"]["value"]
        assert f"${median:,.0f}" in html


def test_missing_figures_are_said_in_words(built):
    _, html = built["outlook-vt"]
    assert "not published" in html
    assert "How many medical records specialists work in Vermont is not published" in html


@pytest.mark.parametrize("name", ASKED)
def test_a_page_is_one_file_that_fetches_nothing(built, name):
    html = built[name][1]
    fetched = re.findall(r'<(?:script|img|iframe|source|video)[^>]*\ssrc="([^"]*)"', html)
    assert not [address for address in fetched if not address.startswith("data:")]
    assert not re.findall(r"<link[^>]*stylesheet|@import|url\((?!['\"]?(?:data:|#))", html)
    assert "Content-Security-Policy" in html
    assert html.count("<h1") == 1
    assert len(html.encode()) < 900_000


@pytest.mark.parametrize("name", ASKED)
def test_a_page_prints_no_nan_and_no_zero_for_what_is_missing(built, name):
    record, html = built[name]
    text = re.sub(r"<(script|style|svg|pre)\b.*?</\1>", " ", html, flags=re.DOTALL)
    assert not re.search(r">[^<]*\b(nan|NaN|NaT|inf)\b[^<]*<", text)
    for figure in record["key_figures"]:
        assert figure["value"] is not None or figure["note"], figure["name"]
