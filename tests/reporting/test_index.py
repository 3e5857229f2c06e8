"""The index lists every report, what it found, how fresh it is, and what failed."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from analysis.estimate import Estimate, KeyFigure
from analysis.reporting.changes import change_of
from analysis.reporting.index import (
    IndexEntry,
    RunLine,
    answer,
    cell,
    groups,
    render_index,
    render_runs,
)
from analysis.reporting.navigation import states as grid

EVIL = "<script>alert(1)</script>"


def wage(value, **more):
    estimate = Estimate(value=value, unit="USD a year", **{"kind": "official", **more})
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


class Parsed(HTMLParser):
    """Collects the names of all elements and attributes."""

    def __init__(self):
        super().__init__()
        self.tags, self.attributes = set(), set()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def index(entries=ENTRIES, **more):
    return render_index(entries, built_at="3 November 2026", **more)


def runs(entries=ENTRIES, **more):
    return render_runs(entries, built_at="3 November 2026", **more)


def test_reports_of_one_notebook_stand_together_in_the_order_of_the_catalogue():
    found = [(group.notebook, [entry.area for entry, _ in group.rows]) for group in groups(ENTRIES)]
    assert found == [("outlook", ["United States", "Vermont", "Guam"]), ("roi", ["Texas"])]


def test_each_report_is_listed_with_its_key_figures_vintage_and_time():
    html = runs()
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
        estimate=Estimate(value=24.59, unit="USD an hour", kind="official"),
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
    html = runs(runs=[run])
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
    assert len(runs(many).encode()) < 400_000


def test_the_page_of_runs_grows_with_its_reports_and_no_faster():
    def weigh(number):
        rows = [replace(VERMONT, name=f"r-{i}", area=f"Area {i:05}") for i in range(number)]
        return len(runs(rows))

    first, second, third = weigh(100), weigh(600), weigh(1100)
    assert third - second == pytest.approx(second - first, rel=0.01)


def facts_of_places(wages):
    return [
        {"code": place.postal, "name": place.name, "kind": "state", "wages": [0, 0, wage, 0, 0],
         "prices": None, "per_1000": 1.5}
        for place, wage in zip(grid(), wages, strict=False)
    ]  # fmt: skip


def test_states_are_reached_from_a_map_of_tiles():
    html = index(places=facts_of_places([50_000 + i for i in range(60)]))
    tiles = html.partition('class="tiles"')[2].partition("</ul>")[0]
    assert tiles.count("<li") == len(grid())
    assert 'href="places.html#area=WY"' in tiles
    assert '"WY":[500' in html.partition('id="tiles">')[2]


def test_without_places_there_is_neither_map_nor_search():
    html = index()
    assert 'class="tiles"' not in html
    assert 'class="find"' not in html


def test_each_question_is_answered_in_at_most_20_words_from_what_was_found():
    said = replace(NATION, finding="Coders earn $51,140")
    assert answer(said) == "Coders earn $51,140"
    assert answer(replace(NATION, finding="word " * 21)) == "Median wage: $51,140 a year"
    assert answer(replace(NATION, key_figures=())) == ""
    assert "<dd>Coders earn $51,140</dd>" in index([said])


def test_facts_on_top_are_those_of_the_nation():
    html = index([replace(NATION, notebook="salary"), VERMONT])
    facts = html.partition('class="facts"')[2].partition("</ul>")[0]
    assert "<strong>$51,140</strong> <span>Median wage, a year</span>" in facts


def test_what_changed_is_told_with_what_it_means_and_where():
    change = change_of(wage(50_000), wage(52_000), since="2026-10-01 06:00 UTC")
    html = index([replace(NATION, changes=(change,))], changes_href="changes.html")
    moved = html.partition('class="moved"')[2].partition("</section>")[0]
    assert "+$2,000 (+4.0%), changed" in moved
    assert 'href="national/outlook.html"' in moved
    assert 'href="changes.html"' in html


def test_a_change_within_the_interval_is_no_news():
    noise = change_of(
        wage(50_000, low=49_000, high=51_000), wage(50_300, low=49_300, high=51_300), since=""
    )
    html = index([replace(NATION, changes=(noise,))], changes_href="changes.html")
    assert 'class="moved"' not in html
    assert 'href="changes.html"' in html


def test_many_failures_do_not_bury_the_page():
    failing = [replace(TEXAS, name=f"roi-{i}", error="x" * 5_000) for i in range(500)]
    trouble = index(failing).partition('class="trouble"')[2].partition("</section>")[0]
    assert "500 reports were not rebuilt" in trouble
    assert "And 488 more" in trouble
    assert len(trouble) < 20_000


@pytest.mark.parametrize("field", ["name", "title", "area", "detail", "vintage", "built_at"])
def test_no_text_of_an_entry_becomes_markup(field):
    evil = "\"><img src=x onerror=alert(1)>'</td>"
    entries = [replace(NATION, **{field: evil}), VERMONT]
    html = index(entries, places=facts_of_places([1.0])) + runs(entries)
    parsed = Parsed()
    parsed.feed(html)
    assert "img" not in parsed.tags
    assert not {name for name in parsed.attributes if name.startswith("on")}
