"""The index lists every report, what it found, how fresh it is, and what failed."""

import re
from dataclasses import replace

import pytest

from analysis.models.estimate import Estimate, KeyFigure
from analysis.reporting.index import IndexEntry, RunLine, cell, groups, render_index

EVIL = "<script>alert(1)</script>"


def wage(value, **more):
    estimate = Estimate(value=value, unit="USD a year", **more)
    return KeyFigure(name="median_wage_usd", label="Median wage", estimate=estimate)


NATION = IndexEntry(
    name="outlook-US",
    notebook="outlook",
    title="How many jobs?",
    area="United States",
    path="national/outlook.html",
    key_figures=(wage(51140),),
    vintage="May 2025",
    built_at="2026-11-03",
    seconds=1.25,
    status="current",
)
VERMONT = replace(NATION, name="outlook-VT", area="Vermont", key_figures=(wage(None),))
GUAM = replace(
    NATION, name="outlook-GU", area="Guam", key_figures=(), status="stale", error=f"Broken {EVIL}"
)
TEXAS = replace(
    NATION,
    name="roi-TX",
    notebook="roi",
    title="Does it pay?",
    area="Texas",
    detail="CIC",
    path=None,
    key_figures=(),
    seconds=None,
    status="failed",
    error="TimeoutError: no answer after 300 s",
)
ENTRIES = (NATION, TEXAS, VERMONT, GUAM)


def index(entries=ENTRIES, **more):
    return render_index(entries, built_at="3 November 2026", **more)


def test_reports_of_one_notebook_stand_together_in_the_order_of_the_catalogue():
    found = [(group.notebook, [entry.area for entry, _ in group.rows]) for group in groups(ENTRIES)]
    assert found == [("outlook", ["United States", "Vermont", "Guam"]), ("roi", ["Texas"])]


def test_each_report_is_listed_with_its_key_figures_vintage_and_time():
    html = index()
    for told in ("$51,140", "May 2025", "2026-11-03", "1.2", "national/outlook.html", "Texas, CIC"):
        assert told in html


def test_what_failed_is_told_on_top_with_its_error_and_whether_a_page_is_kept():
    trouble = index().partition('class="trouble"')[2].partition("</section>")[0]
    assert "2 reports were not rebuilt" in trouble
    assert "TimeoutError: no answer after 300 s" in trouble
    assert "last good page" in trouble
    assert "There is no page." in trouble


def test_an_index_without_trouble_says_nothing_of_it():
    assert "not rebuilt" not in index([NATION, VERMONT])


@pytest.mark.parametrize(
    ("figure", "key"),
    [
        (wage(51140), "51140"),
        (wage(0.0), "0"),
        (wage(-1200.5), "-1200.5"),
        (wage(None), ""),
        (wage(float("nan")), ""),
        (wage(None, low=239200), "239200"),
    ],
)
def test_sort_keys_are_plain_numbers_and_empty_where_nothing_is_known(figure, key):
    assert cell(figure).sort == key


def test_a_value_in_another_unit_than_its_column_keeps_its_unit():
    hourly = KeyFigure(
        name="median_wage_usd",
        label="Median wage",
        estimate=Estimate(value=24.59, unit="USD an hour"),
    )
    odd = replace(VERMONT, key_figures=(hourly,))
    ((_, (first,)), (_, (second,))) = groups([NATION, odd])[0].rows
    assert (first.text, second.text) == ("$51,140", "$24.59 an hour")


def test_a_report_without_a_figure_of_its_group_has_an_empty_cell():
    rows = {entry.area: figures for entry, figures in groups(ENTRIES)[0].rows}
    assert rows["Guam"][0].text == rows["Guam"][0].sort == ""
    assert rows["Vermont"][0].text == "not published"


def test_text_from_outside_is_escaped():
    html = index([replace(NATION, title=EVIL, area=EVIL, vintage=EVIL), GUAM])
    assert "alert(1)" in html
    assert EVIL not in html


def test_there_is_one_heading_of_level_1_and_nothing_is_fetched():
    html = index()
    assert len(re.findall(r"<h1\b", html)) == 1
    assert not re.search(r"<(?:script|img|iframe)[^>]*\ssrc=|@import|<link(?![^>]*data:,)", html)
    assert "Content-Security-Policy" in html


def test_ids_are_unique():
    ids = re.findall(r'\sid="([^"]+)"', index())
    assert len(ids) == len(set(ids))


def test_the_latest_runs_are_listed():
    run = RunLine(
        run_id="r7", started_at="2026-11-03 14:05", seconds=61.2, built=33, unchanged=4, failed=2
    )
    html = index(runs=[run])
    assert "Latest runs" in html
    assert "r7" in html


def test_a_report_has_a_page_unless_it_failed():
    with pytest.raises(ValueError, match="A page kept is stale"):
        replace(NATION, status="failed")
    with pytest.raises(ValueError, match="if and only if there is no page"):
        replace(NATION, path=None)


def test_an_index_of_170_reports_stays_under_400_kilobytes():
    many = [
        replace(
            NATION,
            name=f"{book}-{i}",
            notebook=book,
            area=f"Area {i}",
            key_figures=tuple(replace(wage(51140), name=f"figure_{k}") for k in range(6)),
        )
        for book in ("outlook", "roi", "salary")
        for i in range(57)
    ]
    assert len(index(many).encode()) < 400_000
