"""A page is one file, fetches nothing, escapes what it is told, and reads in order."""

import re
from html.parser import HTMLParser

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.answers.answer import Answer
from analysis.estimate import Estimate, KeyFigure
from analysis.reporting import layout, metrics
from analysis.reporting.navigation import Origin
from analysis.reporting.page import Dataset, Provenance, cut, render_page

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
    assert len(scripts) == 4
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


def test_the_foot_names_data_parameters_day_and_command_and_no_hash_is_in_sight():
    html = page()
    foot = html.partition("<footer>")[2]
    for told in (OEWS.title, OEWS.vintage, OEWS.licence, ORIGIN.built_at, "workforce report"):
        assert told in foot
    assert f'data-sha256="{OEWS.sha256}"' in foot
    assert '<meta name="code-version" content="c6afc8f">' in html
    words = re.sub(r"<[^>]*>", " ", foot)
    assert OEWS.sha256 not in words
    assert "c6afc8f" not in words


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
def test_styles_and_scripts_of_a_page_stay_under_56_kilobytes(kind):
    shared = {"frame.css", "frame.js", "table.js", "save.js"}
    own = {
        "page": {"page.css", "page.js", "cards.css", "live.css", "live.js"},
        "index": {"index.css", "index.js", "finder.js"},
    }
    used = shared | own.get(kind, {f"{kind}.css", f"{kind}.js"})
    assert sum((layout.TEMPLATE / name).stat().st_size for name in used) < 56_000


def test_what_tables_can_do_takes_under_10_kilobytes():
    assert (layout.TEMPLATE / "table.js").stat().st_size < 10_000


def test_the_same_notebook_gives_the_same_page():
    assert page() == page()


# What a reader sees of a report, and what folds.

TEXT = (
    "In May 2025 coders in Texas earned a median of $48,860. Half of them earned between $40,000 "
    "and $60,000. The rank of Texas is anywhere from 20th to 30th given the error of the survey."
)
FIGURE = (
    '<figure class="chart" data-title="{0}"><figcaption><b>{0}</b> <span>USD</span></figcaption>'
    '<svg aria-label="{0}"></svg></figure>'
)


def shown(html):
    return new_output("display_data", data={"text/html": html})


def section(question, *htmls, tags=(), words="Words."):
    return [
        new_markdown_cell(f"## {question}\n\n{words}", metadata={"tags": list(tags)}),
        *(new_code_cell("", outputs=[shown(html)]) for html in htmls),
    ]


def report(*cells, finding="Coders in Texas earn $48,860, 4% below the nation"):
    answer = new_output("execute_result", data=Answer(TEXT, finding)._repr_mimebundle_())
    cards = [KeyFigure(name=f"f{i}", label=f"Figure {i}", estimate=ESTIMATE, headline=i > 2)
             for i in range(6)]  # fmt: skip
    figures = new_output("execute_result", data=metrics.show(cards)._repr_mimebundle_())
    notebook = new_notebook(
        cells=[
            new_markdown_cell("# What does it pay?"),
            new_code_cell("", outputs=[answer]),
            new_code_cell("", outputs=[figures]),
            *cells,
        ]
    )
    return render_page(
        notebook,
        title="t",
        subtitle="Texas",
        provenance=ORIGIN,
        origin=Origin(notebook="salary", area="TX", place="Texas"),
    )


ESTIMATE = Estimate(value=1.0, unit="jobs", kind="official", year="May 2025")


def test_the_finding_heads_the_page_and_names_the_tab():
    html = report()
    assert "<h1>Coders in Texas earn $48,860, 4% below the nation</h1>" in html
    assert "<title>Coders in Texas earn $48,860, 4% below the nation</title>" in html
    assert "What does it pay?" in html.partition("<h1>")[0]


def test_a_finding_that_does_not_name_the_place_is_followed_by_it_in_the_tab():
    html = report(finding="Half earn more than $48,860")
    assert "<title>Half earn more than $48,860 – Texas</title>" in html


def test_the_deck_is_one_sentence_and_the_rest_is_for_analysts():
    html = report(*section("Tables", "<table></table>"))
    deck = re.search(r'<div class="deck">(.*?)</div>', html, re.DOTALL)[1]
    assert len(re.sub(r"<[^>]*>", "", deck).split()) <= 25
    assert "Half of them" not in deck
    assert "Half of them" in html.partition('id="details"')[2]


def test_three_headlines_are_cards_and_the_others_a_folded_table():
    html = report()
    assert re.findall(r'<p class="label">(.*?)</p>', html) == ["Figure 3", "Figure 4", "Figure 5"]
    glance = re.search(r'<details class="more"><summary>At a glance.*?</details>', html, re.DOTALL)
    assert re.findall(r'<th scope="row">(.*?)</th>', glance[0]) == [f"Figure {i}" for i in range(3)]


def test_a_section_shows_its_finding_few_words_and_one_figure():
    words = " ".join(["A sentence of exactly six words."] * 10)
    figures = (FIGURE.format("Pay fell by 2%"), FIGURE.format("Second"))
    html = report(*section("How has pay moved?", *figures, "<table></table>", words=words))
    body = html.partition('aria-labelledby="how-has-pay-moved"')[2].partition("</section>")[0]
    seen, _, folded = body.partition('<details class="more">')
    assert re.search(r"<h2 [^>]*>Pay fell by 2%<", seen)
    assert '<p class="eyebrow">How has pay moved?</p>' in seen
    assert seen.count("A sentence of") == 7  # 42 of 45 words
    assert folded.count("A sentence of") == 3
    assert (seen.count("<svg"), folded.count("<svg")) == (1, 1)
    assert "<table" not in seen


def test_at_most_five_sections_are_in_sight_and_tags_say_what_folds_where():
    figure = FIGURE.format("Pay fell by 2%")
    cells = [cell for i in range(7) for cell in section(f"Question {i}", figure)]
    cells += section("What does the guide say?", figure, tags=["guide"])
    cells += section("Which inputs were used?", "<table></table>", tags=["sources"])
    html = report(*section("Only a table", "<table></table>"), *cells)
    main, _, foot = html.partition("</main>")
    assert re.findall(r'<section aria-labelledby="(.*?)"', main) == [
        f"question-{i}" for i in range(5)
    ]
    details, _, rest = foot.partition('id="guide"')
    assert re.findall(r'<h3 id="(.*?)"', details) == ["only-a-table", "question-5", "question-6"]
    guide, _, sources = rest.partition('id="provenance"')
    assert "what-does-the-guide-say" in guide
    assert "career guide is a free online guide" in guide
    assert "which-inputs-were-used" in sources


def test_other_places_and_questions_are_a_step_away():
    html = report()
    assert '<option value="VT">Vermont</option>' in html
    assert 'href="../places.html#area=TX"' in html
    assert 'href="../national/salary.html"' in html


@pytest.mark.parametrize(
    ("html", "words", "expected"),
    [
        ("<p>One two. Three.</p>", 3, ("<p>One two. Three.</p>", "")),
        ("<p>One two three. Four.</p>", 2, ("", "<p>One two three. Four.</p>")),
        ("<p>A <b>b. C</b> d.</p>", 2, ("", "<p>A <b>b. C</b> d.</p>")),
        ("<p>One.</p><ul><li>Two</li></ul>", 9, ("<p>One.</p><ul><li>Two</li></ul>", "")),
    ],
)
def test_prose_is_cut_between_sentences_never_within_an_element(html, words, expected):
    assert cut(html, words) == expected
