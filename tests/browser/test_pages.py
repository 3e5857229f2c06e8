"""Every page, in a real browser: silent, alone, readable by everyone, on any screen and paper."""

from pathlib import Path

import axe_playwright_python
import pypdf
import pytest

from analysis.reporting.catalogue import read_catalogue

STATES = ("outlook-vt", "roi-tx", "salary-ca", "salary-gu", "outlook-dc")  # as in conftest.py
NATIONAL = sorted(listed.notebook for listed in read_catalogue() if listed.group == "national")
PAGES = [
    "index.html",
    "changes.html",
    "runs.html",
    "places.html",
    "reading.html",
    "faq.html",
    *(f"national/{name}.html" for name in NATIONAL),
    *(f"states/{name}.html" for name in STATES),
    "survey/demo_survey_synthetic.html",
]
AXE = next(Path(axe_playwright_python.__file__).parent.glob("**/axe.min.js")).read_text()
# The inside of a figure is one image with a name; axe would walk its thousands of paths in vain.
JUDGE = """rules => axe.run(
  {exclude: [[".figure svg > *"]]}, {runOnly: rules, resultTypes: ["violations"]},
).then(found => found.violations.map(
  v => [v.id, v.help, ...v.nodes.map(node => node.html.slice(0, 200))],
))"""
ALL_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_LOOK = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
OUTLINE = """() => {
  const wrong = [], all = (query) => [...document.querySelectorAll(query)];
  const start = (part) => part.outerHTML.slice(0, 90);
  let above = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6").filter((h) => h.checkVisibility())) {
    const level = Number(heading.tagName[1]);
    if (level > above + 1) wrong.push(`h${level} under h${above}: ${heading.textContent}`);
    above = level;
  }
  if (all("h1").length !== 1) wrong.push("not one h1");
  if (!document.documentElement.lang) wrong.push("no lang");
  for (const landmark of ["header", "main", "footer"])
    if (all(landmark).length !== 1) wrong.push(`not one <${landmark}>`);
  for (const table of all("table")) {
    if (!table.caption?.textContent.trim()) wrong.push(`no caption: ${start(table)}`);
    wrong.push(...[...table.querySelectorAll("th:not([scope])")].map(start));
  }
  for (const figure of all("figure.chart")) {
    const name = figure.querySelector("svg").getAttribute("aria-label");
    if (!name || name.length > 160) wrong.push(`no short name: ${name}`);
    if (!figure.querySelector("figcaption").textContent.trim()) wrong.push(`no caption: ${name}`);
    const numbers = figure.querySelector("table tbody");
    if (!numbers?.rows.length) wrong.push(`no numbers under the figure: ${name}`);
  }
  return wrong;
}"""
# What of a figure lies outside of its box, or whose letters are too small to be read.
OUTSIDE = """() => [...document.querySelectorAll("figure.chart")].flatMap((figure) => {
  const svg = [...figure.querySelectorAll("svg")].filter((each) => each.checkVisibility());
  const name = figure.dataset.title;
  if (svg.length !== 1) return [`${svg.length} drawings are seen: ${name}`];
  const box = figure.getBoundingClientRect(), drawing = svg[0].getBoundingClientRect();
  const inside = (part, whole) =>
    part.left >= whole.left - 1 && part.right <= whole.right + 1 &&
    part.top >= whole.top - 1 && part.bottom <= whole.bottom + 1;
  const wrong = inside(drawing, box) && drawing.right <= innerWidth ? [] : [`cut: ${name}`];
  for (const text of svg[0].querySelectorAll("text")) {
    if (!inside(text.getBoundingClientRect(), drawing)) wrong.push(`${text.textContent}: ${name}`);
    const scale = drawing.width / svg[0].viewBox.baseVal.width;
    const size = parseFloat(getComputedStyle(text).fontSize) * scale;
    if (size < 8) wrong.push(`${size} px ${text.textContent}: ${name}`);
  }
  return wrong;
})"""
# Tables that scroll sideways with a column that cannot be seen whole beside what names the row.
HIDDEN = """() => [...document.querySelectorAll(".table")].filter((box) => {
  const row = box.querySelector("tbody tr");
  if (!row || !box.checkVisibility() || box.scrollWidth <= box.clientWidth) return false;
  const [name, ...others] = [...row.cells].map((cell) => cell.offsetWidth);
  return name + Math.max(...others) > box.clientWidth;
}).map((box) => box.getAttribute("aria-label"))"""
# What sticks out of the paper: nothing scrolls there.
CUT = """width => [...document.querySelectorAll("main *, footer *")].filter(
  (part) => !part.closest("svg, .unseen") && part.checkVisibility() &&
    part.getBoundingClientRect().right > width + 1,
).map((part) => part.outerHTML.slice(0, 90))"""
# Sets links that tell, in the printed file, on which sheet a caption and each row begin and end.
MARK = """() => {
  const mark = (place, name, first) => {
    const link = document.createElement("a");
    link.href = `https://mark/${name}`;
    link.textContent = ".";
    link.style.font = "4px/4px sans-serif";
    place[first ? "prepend" : "append"](link);
  };
  const longer = (a, b) => (b.textContent.length > a.textContent.length ? b : a);
  const tables = [...document.querySelectorAll("table")].filter((table) => table.checkVisibility());
  tables.forEach((table, n) => {
    mark(table.caption, `${n}/caption`);
    [...table.tBodies[0].rows].forEach((row, i) => {
      const longest = [...row.cells].filter((cell) => cell.checkVisibility()).reduce(longer);
      mark(longest, `${n}/${i}/begins`, true);
      mark(longest, `${n}/${i}/ends`);
    });
  });
  return tables.map((table) => table.offsetHeight);
}"""
MARKS = "https://mark/"
SHEET = 850  # px of height that A4 and Letter have at least, below a heading


@pytest.fixture(scope="module", params=PAGES)
def visit(request, open_page_once, site):
    """One page, opened once for all tests of it."""
    return open_page_once(site / request.param)


def test_a_page_says_nothing_to_the_console_and_asks_for_nothing(visit):
    assert visit.console_errors == []
    assert visit.requests == [visit.page.url]


@pytest.mark.parametrize(
    ("width", "theme", "rules"),
    [
        (1440, "light", ALL_RULES),
        (390, "dark", OF_LOOK),
        *(
            pytest.param(width, theme, ALL_RULES, marks=pytest.mark.long)
            for width, theme in [(1440, "dark"), (390, "light"), (390, "dark")]
        ),
    ],
)
def test_axe_finds_no_fault_in_a_page(visit, width, theme, rules):
    visit.page.emulate_media(color_scheme=theme)
    visit.page.set_viewport_size({"width": width, "height": 900})
    if not visit.page.evaluate("typeof axe === 'object'"):
        visit.page.evaluate(AXE)  # from outside: the page itself would run no foreign script
    assert visit.page.evaluate(JUDGE, rules) == []


def test_headings_landmarks_tables_and_figures_are_told_to_who_cannot_see(visit):
    assert visit.page.evaluate(OUTLINE) == []


def test_nothing_scrolls_sideways_on_a_phone(visit):
    visit.page.set_viewport_size({"width": 360, "height": 800})
    assert visit.page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("width", [360, 390])
def test_every_column_of_a_table_can_be_read_beside_the_name_of_its_row_on_a_phone(visit, width):
    """The first column stays where it is: as wide as the screen, it would hide all others."""
    visit.page.set_viewport_size({"width": width, "height": 800})
    assert visit.page.evaluate(HIDDEN) == []


@pytest.mark.parametrize("width", [320, 390, 600, 768, 1440])
def test_each_figure_is_whole_inside_its_box_on_any_screen(visit, width):
    visit.page.set_viewport_size({"width": width, "height": 900})
    visit.page.evaluate(
        "document.querySelectorAll('details').forEach((box) => { box.open = true; })"
    )
    assert visit.page.evaluate(OUTSIDE) == []


REPORTS = [page for page in PAGES if page.partition("/")[0] in ("national", "states")]
STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex]")].filter(
    (each) => each.tabIndex >= 0 && !each.disabled && each.checkVisibility()).length"""


@pytest.mark.parametrize(("width", "most"), [(1440, 4_500), (390, 8_000)])
@pytest.mark.parametrize("page", REPORTS)
def test_a_report_is_a_few_screens_before_anything_is_opened(open_page, site, page, width, most):
    opened = open_page(site / page, width=width).page
    assert opened.evaluate("document.documentElement.scrollHeight") <= most


@pytest.mark.parametrize("page", REPORTS)
def test_a_report_has_few_stops_of_the_tab_key_and_few_sheets(open_page, site, page, tmp_path):
    opened = open_page(site / page).page
    assert opened.evaluate(STOPS) <= 60
    opened.pdf(path=tmp_path / "page.pdf", format="A4")
    assert len(pypdf.PdfReader(tmp_path / "page.pdf").pages) <= 6


def test_a_page_weighs_little(visit, site):
    place = Path(visit.page.url.removeprefix("file://"))
    assert place.stat().st_size < (400_000 if place.name == "index.html" else 900_000)


@pytest.mark.parametrize(
    ("paper", "width"), [("A4", 680), pytest.param("Letter", 702, marks=pytest.mark.long)]
)
def test_paper_cuts_no_table_and_no_figure(open_page, visit, paper, width, tmp_path):
    """Margins of 15 mm leave 180 mm of A4, which are 680 px, and 186 mm of Letter."""
    printed = open_page(visit.page.url.removeprefix("file://"), width=width).page
    printed.emulate_media(media="print")
    assert printed.evaluate(CUT, width) == []
    heights = printed.evaluate(MARK)
    printed.pdf(path=tmp_path / "page.pdf", format=paper)
    sheets = pypdf.PdfReader(tmp_path / "page.pdf").pages
    links = [
        (number, str(note.get("/A", {}).get("/URI", "")))
        for number, sheet in enumerate(sheets)
        for note in map(pypdf.generic.IndirectObject.get_object, sheet.annotations or [])
    ]
    where = {link.removeprefix(MARKS): number for number, link in links if link.startswith(MARKS)}
    rows = {mark.rpartition("/")[0] for mark in where if mark.endswith("begins")}
    assert [row for row in rows if where[f"{row}/begins"] != where[f"{row}/ends"]] == []
    for table, height in enumerate(heights):
        last = max(int(row.partition("/")[2]) for row in rows if row.startswith(f"{table}/"))
        begins = where.get(f"{table}/caption", where[f"{table}/0/begins"])  # some are for ears only
        assert begins == where[f"{table}/0/begins"]
        if height < SHEET:
            assert begins == where[f"{table}/{last}/ends"], "a table is cut"
    assert f"{len(sheets)} / {len(sheets)}" in sheets[-1].extract_text()
