"""The finder of programs, from its file: what it says first, finds, sorts, and never invents."""

from pathlib import Path

import axe_playwright_python
import pytest

from analysis import processed
from analysis.reporting.programs_page import render_programs
from analysis.studies.programs import finder_rows

TABLE = processed.Tables()["programmes"]
ROWS = finder_rows(TABLE)
AXE = next(Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js")).read_text()
JUDGE = """axe.run({resultTypes: ["violations"]}).then(
  (found) => found.violations.map((v) => [v.id, ...v.nodes.map((node) => node.html)]))"""
TOLD = "document.querySelector('[role=status]').textContent"
ANSWER = """text => {
  const field = document.querySelector("[name=school]");
  const times = [...text].map((_, i) => {
    field.value = text.slice(0, i + 1);
    const start = performance.now();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    document.querySelector("table").offsetHeight;
    return performance.now() - start;
  });
  return Math.min(...times);
}"""


@pytest.fixture
def visit(open_file, tmp_path):
    place = tmp_path / "programs.html"
    place.write_text(render_programs(ROWS, TABLE, release="2026-06-10"), encoding="utf-8")
    return open_file(place)


def test_it_says_first_how_many_publish_nothing_and_asks_nobody_for_anything(visit):
    assert "No earnings are published for 1,343 of 2,281 programs" in visit.page.inner_text("h1")
    assert "1,535 schools" in visit.page.inner_text(".subtitle")
    assert visit.console_errors == []
    assert visit.requests == [visit.page.url]


def test_it_finds_a_school_by_part_of_its_name_state_award_and_control(visit):
    page = visit.page
    page.fill("[name=school]", "community aims")
    expected = ROWS[ROWS["school"].eq("Aims Community College")]
    assert page.locator("tbody tr").count() == len(expected)
    page.fill("[name=school]", "")
    page.select_option("[name=state]", "NC")
    page.select_option("[name=level]", "Certificate")
    page.select_option("[name=control]", "Public")
    found = ROWS.query(
        "state == 'NC' and credential.str.startswith('Undergraduate') and control == 'Public'"
    )
    silent = found["median_earnings_usd"].isna().sum()
    assert page.evaluate(TOLD) == f"{len(found)} programs, {silent} without published earnings"


def test_what_is_withheld_is_said_to_be_so_and_comes_last_in_either_order(visit):
    page = visit.page
    head = page.locator("th[data-key=earnings] button")
    for order, best in (("ascending", "min"), ("descending", "max")):
        head.click()
        assert page.get_attribute("th[data-key=earnings]", "aria-sort") == order
        first = page.inner_text("tbody tr:first-child td:nth-of-type(1)").split()[0]
        usd = getattr(ROWS["median_earnings_usd"], best)()
        assert first == f"${usd:,.0f}"
    assert "$0" not in page.evaluate("document.querySelector('tbody').textContent")


def test_it_is_used_by_keyboard_alone(visit):
    page = visit.page
    page.focus("[name=school]")
    page.keyboard.type("miller")
    assert page.evaluate(TOLD).startswith(str(ROWS["school"].str.contains("Miller").sum()))
    page.focus("th[data-key=debt] button")
    page.keyboard.press("Enter")
    assert page.get_attribute("th[data-key=debt]", "aria-sort") == "ascending"


def test_more_rows_come_on_request_and_the_first_of_them_has_the_focus(visit):
    page = visit.page
    page.click(".more button")
    assert page.locator("tbody tr").count() == 80
    assert page.evaluate("document.activeElement.rowIndex") == 41


def test_a_keystroke_is_answered_long_before_it_is_noticed(visit):
    """The bar is 50 ms: all programs are searched, at most 40 drawn.

    The quickest answer counts, since the machine may be busy.
    """
    assert visit.page.evaluate(ANSWER, "college of the") < 50


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_and_nothing_scrolls_sideways(visit, width, theme):
    page = visit.page
    page.emulate_media(color_scheme=theme)
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(AXE)
    assert page.evaluate(JUDGE) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
