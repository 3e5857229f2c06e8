"""A page is one file, fetches nothing, escapes what it is told, and reads in order."""

import re
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.reporting import layout, metrics
from analysis.reporting.page import Dataset, Provenance, render_page

EVIL = '<script>alert("1")</script>'
SVG = '<svg viewBox="0 0 9 9"><path id="glyph"/><use xlink:href="#glyph"/></svg>'
CARDS = metrics.record("payback_years", None, unit="years", note=EVIL)
OEWS = Dataset(
    title="Occupational Employment and Wage Statistics",
    producer="U.S. Bureau of Labor Statistics",
    vintage="May 2025",
    sha256="ab" * 32,
    licence="Public domain",
    address="https://www.bls.gov/oes/",
)
ORIGIN = Provenance(
    datasets=(OEWS,),
    parameters={"area": EVIL},
    code_version="c6afc8f",
    run_id="r1",
    built_at="3 November 2026",
    command=f"workforce report outlook -p area={EVIL}",
)


def notebook(*more):
    """Build an executed notebook with prose, code, cards and two figures of the same ids."""
    figure = new_output("display_data", data={"image/svg+xml": SVG}, metadata={"alt": "A line"})
    return new_notebook(
        cells=[
            new_markdown_cell("# How many jobs?\n\nFrom $51,140 to **$60,000**."),
            new_code_cell("area = 'US'  # 1 < 2", metadata={"tags": ["parameters"]}),
            new_code_cell(
                "show()",
                outputs=[
                    new_output("stream", name="stderr", text="FutureWarning: beware"),
                    new_output("execute_result", data=CARDS._repr_mimebundle_()),
                ],
            ),
            new_markdown_cell("## By area\n\n| a | b |\n|---|--:|\n| x | 1 |\n\n### Details"),
            new_code_cell("draw()", outputs=[figure]),
            new_markdown_cell("## By area"),
            new_code_cell("draw()", outputs=[figure]),
            *more,
        ]
    )


def page(*more, **changes):
    told = {"title": "Outlook", "subtitle": "United States", "provenance": ORIGIN} | changes
    return render_page(notebook(*more), **told)


class Elements(HTMLParser):
    """Collects every element with its attributes."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def elements(html, *tags):
    return [attributes for tag, attributes in Elements(html).found if not tags or tag in tags]


def test_there_is_one_heading_of_level_1_and_it_is_the_notebooks_own():
    html = page()
    assert re.findall(r"<h1[^>]*>(.*?)</h1>", html) == ["How many jobs?"]


def test_a_notebook_without_a_heading_gets_the_title():
    html = render_page(new_notebook(), title=EVIL, subtitle="", provenance=ORIGIN)
    assert "<h1>&lt;script&gt;" in html


def test_headings_descend_one_level_at_a_time():
    levels = [int(tag[1]) for tag, _ in Elements(page()).found if re.fullmatch(r"h[1-6]", tag)]
    assert levels == [1, 2, 3, 2, 2, 3]


def test_nothing_is_fetched_from_anywhere():
    html = page()
    for tag, attributes in Elements(html).found:
        loads = {"src", "srcset", "poster", "data", "action", "background"} & attributes.keys()
        assert all(attributes[name].startswith("data:") for name in loads), (tag, attributes)
    assert [link["href"] for link in elements(html, "link")] == ["data:,"]
    assert "@import" not in html
    assert not re.search(r"url\((?!#)", html)


def test_the_policy_forbids_all_but_the_pages_own_scripts():
    (policy,) = [
        meta["content"]
        for meta in elements(page(), "meta")
        if meta.get("http-equiv") == "Content-Security-Policy"
    ]
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    assert "unsafe-inline" not in policy.partition("script-src")[2]


def test_the_policy_names_each_script_of_the_page():
    html = page()
    scripts = re.findall(r"<script>(.*?)</script>", html, flags=re.DOTALL)
    assert len(scripts) == 3
    assert all(f"'sha256-{layout.digest(script)}'" in html for script in scripts)


def test_ids_are_unique_and_links_within_the_page_lead_somewhere():
    html = page()
    ids = [attributes["id"] for attributes in elements(html) if "id" in attributes]
    assert len(ids) == len(set(ids))
    hrefs = {e["href"] for e in elements(html, "a") if e["href"].startswith("#")}
    assert {href[1:] for href in hrefs} <= set(ids)
    named = {e["aria-labelledby"] for e in elements(html) if "aria-labelledby" in e}
    assert named <= set(ids)


def test_text_from_outside_is_escaped():
    html = page(title=EVIL, subtitle=EVIL)
    assert "alert(" in html
    assert "<script>alert" not in html


def test_an_address_that_is_no_web_address_is_text():
    evil = Dataset(
        title="x", producer="x", vintage="x", sha256="x", licence="x", address="javascript:alert(1)"
    )
    origin = Provenance(
        datasets=(evil,), parameters={}, code_version="", run_id="", built_at="", command=""
    )
    assert not [e for e in elements(page(provenance=origin), "a") if "javascript" in e["href"]]


def test_the_foot_names_data_hash_parameters_version_run_and_command():
    html = page()
    for told in (OEWS.title, OEWS.vintage, OEWS.sha256, OEWS.licence, "c6afc8f", "r1", "workforce"):
        assert told in html.partition("<footer>")[2]


def test_money_in_prose_is_no_formula():
    assert "From $51,140 to <strong>$60,000</strong>." in page()


def test_code_is_there_but_folded():
    html = page()
    assert html.count('<details class="code">') == 4
    assert "1 &lt; 2" in html


def test_landmarks_language_and_skip_link_are_there():
    html = page()
    for tag in ("header", "nav", "main", "footer"):
        assert len(elements(html, tag)) == 1, tag
    assert elements(html, "html") == [{"lang": "en"}]
    assert elements(html, "a")[0]["href"] == "#content"


def test_warnings_and_nan_do_not_reach_the_reader():
    html = page()
    assert "FutureWarning" not in html
    visible = re.sub(r"<(style|script)>.*?</\1>", "", html, flags=re.DOTALL)
    assert not re.search(r"\bnan\b", visible, flags=re.IGNORECASE)


def test_a_figure_without_alt_text_stops_the_page():
    bare = new_code_cell(outputs=[new_output("display_data", data={"image/svg+xml": SVG})])
    with pytest.raises(ValueError, match=r"Cell 8: .*no alt text"):
        page(bare)


def test_markdown_that_a_cell_displays_becomes_part_of_the_page():
    shown = new_output("display_data", data={"text/markdown": "## Found later\n\nA *sentence*."})
    html = page(new_code_cell("tell()", outputs=[shown]))
    assert '<a href="#found-later">Found later</a>' in html
    assert "A <em>sentence</em>." in html


@pytest.mark.parametrize("kind", ["page", "index"])
def test_styles_and_scripts_of_a_page_stay_under_40_kilobytes(kind):
    shared = {"frame.css", "frame.js", "table.js"}
    own = {"page": {"page.css", "page.js", "cards.css", "live.css", "live.js"}}
    used = shared | own.get(kind, {f"{kind}.css", f"{kind}.js"})
    assert sum((layout.TEMPLATE / name).stat().st_size for name in used) < 40_000


def test_what_tables_can_do_takes_under_10_kilobytes():
    assert (layout.TEMPLATE / "table.js").stat().st_size < 10_000


def test_the_same_notebook_gives_the_same_page():
    assert page() == page()
