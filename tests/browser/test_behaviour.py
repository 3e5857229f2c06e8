"""What pages do when a reader acts: sort, filter, copy, fold, switch, and find by keyboard."""

import csv
import io
import zipfile
from xml.etree import ElementTree

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from playwright.sync_api import expect

from analysis.estimate import Estimate, KeyFigure
from analysis.figures.chart import canvas, finished
from analysis.reporting import metrics
from analysis.reporting.changes import change_of
from analysis.reporting.page import Dataset, Provenance, render_page
from analysis.tabular.table import table

EVIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
NAMES = ["Ohio", "Guam", "=1+1", EVIL, "Utah", *(f"Area {i}" for i in range(30))]
WAGES = ["$51,140", "–", "−$1,200", "$9,800", "$105,000", *(["$50,000"] * 30)]
COPY = "navigator.clipboard.writeText = async (text) => { window.copied = text; }"


def wage(value: float) -> KeyFigure:
    estimate = Estimate(
        value=value, unit="USD a year", year="May 2025", source=EVIL, note=EVIL, kind="official"
    )
    return KeyFigure(name="wage", label=EVIL, estimate=estimate, better="higher")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A page on which every text that comes from outside tries to break out of its place."""
    import pandas as pd

    frame = pd.DataFrame({"area": NAMES, "wage_usd": WAGES})
    shown = table(
        frame,
        {EVIL: frame["area"], "Wage, USD": frame["wage_usd"]},
        caption=EVIL,
        source=EVIL,
        note=EVIL,
    )
    with canvas(height=2) as (figure, axes):
        axes.plot([1, 2])
        chart = finished(figure, title=EVIL, measure=EVIL, alt=EVIL, data=frame, source=EVIL)
    svg, metadata = chart._repr_mimebundle_()
    cells = [
        new_markdown_cell("# A page\n\n## One\n\n### Detail\n\n## Two"),
        new_code_cell(
            f"title = {EVIL!r}",
            outputs=[
                new_output("display_data", data=metrics.show([wage(60_000)])._repr_mimebundle_()),
                new_output("display_data", data={"text/html": shown._repr_html_()}),
                new_output("display_data", data=svg, metadata=metadata),
                new_output("stream", name="stdout", text=EVIL),
            ],
        ),
    ]
    origin = Provenance(
        datasets=(
            Dataset(
                title=EVIL,
                producer=EVIL,
                vintage=EVIL,
                sha256="ab" * 32,
                licence=EVIL,
                address=EVIL,
            ),
        ),
        parameters={EVIL: EVIL},
        code_version=EVIL,
        run_id=EVIL,
        built_at=EVIL,
        command=f"workforce report salary -p area={EVIL}",
    )
    moved = {"wage": change_of(wage(51_000), wage(60_000), since="2026-10-01 06:00 UTC")}
    place = tmp_path_factory.mktemp("hostile") / "page.html"
    place.write_text(
        render_page(
            new_notebook(cells=cells),
            title=EVIL,
            subtitle=EVIL,
            provenance=origin,
            changes=moved,
        ),
        encoding="utf-8",
    )
    return place


def column(page, number):
    """Read a column of the table as it stands, hidden rows left out."""
    return page.eval_on_selector_all(
        f"main .output > div > .sheet tbody tr:not([hidden]) > :nth-child({number})",
        "cells => cells.map(cell => cell.textContent)",
    )


def test_no_text_from_outside_runs_or_becomes_markup(open_page, hostile):
    visit = open_page(hostile)
    dialogs = []
    visit.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    assert visit.page.locator("img").count() == 0
    assert visit.page.locator("script:not(head script)").count() == 0
    assert visit.page.locator("[onerror]").count() == 0
    assert (dialogs, visit.console_errors, visit.requests) == ([], [], [visit.page.url])


def test_a_column_is_sorted_by_keyboard_and_says_so(open_page, hostile):
    page = open_page(hostile).page
    head = page.locator("main .output > div > .sheet th", has_text="Wage, USD")
    expect(head).to_have_attribute("aria-sort", "none")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert column(page, 2)[:2] == ["−$1,200", "$9,800"]
    assert column(page, 2)[-2:] == ["$105,000", "–"]
    page.keyboard.press("Space")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert column(page, 2)[0] == "$105,000"
    assert column(page, 2)[-1] == "–", "what is not known comes last either way"


def test_rows_are_filtered_and_the_count_is_told(open_page, hostile):
    page = open_page(hostile).page
    bar = page.locator("main .output > div > .sheet .sheet-bar")
    bar.get_by_role("searchbox").fill("GU")
    assert column(page, 1) == ["Guam"]
    expect(bar.get_by_role("status")).to_have_text("1 of 35 rows")
    bar.get_by_role("searchbox").fill("")
    assert len(column(page, 1)) == 35


def test_a_table_is_copied_as_csv_that_no_spreadsheet_runs(open_page, hostile):
    page = open_page(hostile).page
    page.evaluate(COPY)
    page.locator("main .output > div > .sheet [data-does=csv]").click()
    rows = list(csv.reader(io.StringIO(page.evaluate("window.copied"))))
    assert rows[1:5] == [["Ohio", "51140"], ["Guam", "–"], ["'=1+1", "-1200"], [EVIL, "9800"]]


def test_a_long_table_scrolls_until_all_of_it_is_asked_for(open_page, hostile):
    page = open_page(hostile).page
    box = page.locator("main .output > div > .sheet > .table")
    cut = "box => box.scrollHeight > box.clientHeight + 1"
    assert box.evaluate(cut)
    assert box.get_attribute("tabindex") == "0", "what scrolls is reached by keyboard"
    page.get_by_role("button", name="Show all 35 rows").click()
    assert not box.evaluate(cut)


def test_a_card_tells_how_its_figure_moved_and_what_kind_it_is(open_page, hostile):
    card = open_page(hostile).page.locator(".key-figure")
    expect(card.locator(".change")).to_have_text("+$9,000 (+17.6%), better since 2026-10-01")
    expect(card.locator(".origin")).to_contain_text("Official May 2025")


def test_a_link_into_something_folded_opens_it(open_page, hostile):
    page = open_page(hostile).page
    page.locator("#provenance summary").click()
    expect(page.locator("#reproduce")).not_to_be_visible()
    page.evaluate("location.hash = '#reproduce'")
    expect(page.locator("#reproduce")).to_be_visible()


def test_a_table_is_saved_as_csv_and_as_a_workbook_with_title_source_and_day(
    open_page, hostile, tmp_path
):
    page = open_page(hostile).page
    bar = page.locator("main .output > div > .sheet .sheet-bar").first
    kept = {}
    for name in ("CSV", "Excel"):
        with page.expect_download() as waiting:
            bar.get_by_role("button", name=f"Save as {name}").click()
        kept[name] = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept[name])
    assert [path.suffix for path in kept.values()] == [".csv", ".xlsx"]
    text = kept["CSV"].read_text(encoding="utf-8-sig")
    assert "Guam" in text
    assert "'=1+1" in text
    assert "Built" in text
    with zipfile.ZipFile(kept["Excel"]) as book:
        assert book.testzip() is None
        table, about = (book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2))
    assert "<v>51140</v>" in table
    assert "&#39;=1+1" in table or "'=1+1" in table
    assert "<f>" not in table
    assert "Source" in about


def test_a_figure_is_saved_as_a_drawing_and_as_a_picture(open_page, tmp_path):
    page = open_page("national/salary.html").page
    figure = page.locator("figure.chart").first
    title = figure.get_attribute("data-title")
    figure.get_by_text("Save or cite").click()
    for name, start in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        with page.expect_download() as waiting:
            figure.get_by_role("button", name=f"{name}: ").click()
        file = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(file)
        assert file.read_bytes().startswith(start)
    drawing = file.with_suffix(".svg").read_text(encoding="utf-8")
    ElementTree.fromstring(drawing)
    assert all(word in drawing for word in title.split())
    assert "Source: BLS" in drawing
    assert "var(--" not in drawing


def test_code_is_one_click_away(open_page, hostile):
    page = open_page(hostile).page
    code = page.locator("details.code pre").first
    expect(code).not_to_be_visible()
    page.get_by_role("button", name="Show code").click()
    expect(code).to_be_visible()


def test_light_and_dark_are_switched_and_kept(open_page, hostile):
    page = open_page(hostile, color_scheme="light").page
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.evaluate(paper) != light
    page.reload()
    assert page.evaluate(paper) != light


def test_the_first_stop_by_keyboard_leads_past_the_bar_and_is_seen(open_page, hostile):
    page = open_page(hostile).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


@pytest.mark.parametrize(("motion", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_nothing_moves_for_who_asks_for_less_motion(open_page, hostile, motion, behaviour):
    page = open_page(hostile, reduced_motion=motion).page
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == behaviour


def test_a_page_without_scripts_shows_everything(open_page, hostile):
    page = open_page(hostile, java_script_enabled=False).page
    expect(page.locator("main table tbody tr").nth(34)).to_be_visible()
    expect(page.locator("details.code summary").first).to_be_visible()


def test_the_command_that_builds_a_page_again_is_copied(open_page, hostile):
    page = open_page(hostile).page
    page.evaluate(COPY)
    page.locator(".command [data-does=copy]").click()
    assert page.evaluate("window.copied") == f"workforce report salary -p area={EVIL}"


def test_the_page_of_runs_is_searched_and_filtered(open_page):
    page = open_page("runs.html").page
    told = page.locator(".filter [role=status]")
    page.get_by_label("Search").fill("guam")
    expect(told).to_have_text("1 report")
    page.get_by_label("Search").fill("")
    page.locator(".filter").get_by_label("Question").select_option("outlook")
    expect(told).to_have_text("3 reports")
    page.locator(".filter").get_by_label("Area").select_option("Vermont")
    expect(told).to_have_text("1 report")
    page.locator(".filter").get_by_label("Built").select_option("0")
    expect(told).to_have_text("1 report")


def test_a_place_is_found_from_the_index_by_keyboard(open_page):
    visit = open_page("index.html")
    page = visit.page
    page.get_by_label("Find a place").focus()
    page.keyboard.type("Boise City, ID")
    page.keyboard.press("Enter")
    expect(page.locator("#result h2").first).to_contain_text("Boise City, ID: median wage $")
    assert page.url.endswith("places.html#area=14260")
    assert not visit.console_errors


def test_another_place_is_a_step_from_a_report(open_page):
    page = open_page("national/salary.html").page
    page.get_by_label("Compare pay in another place").select_option("Vermont")
    expect(page.locator("#result h2").first).to_contain_text("Vermont: median wage $")


def test_the_index_is_painted_before_anything_else_is_asked_for(open_page):
    """First paint waits for the file alone: it is in the same stroke as the first contents."""
    visit = open_page("index.html")
    assert len(visit.requests) == 1
    assert (
        visit.page.locator("script[src], link[rel=stylesheet], [src]:not([src^=data])").count() == 0
    )
