"""A page has one title and sections whose headings nest."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from analysis.reporting.outline import outline


def of(*html, tags=()):
    return outline([new_markdown_cell(part, metadata={"tags": list(tags)}) for part in html], str)


def test_what_stands_before_the_first_section_is_the_lead():
    page = of("<h1>Pay?</h1><p>Yes.</p><h2>How?</h2><p>Well.</p><h3>So</h3><h2>When?</h2>")
    assert page.heading == "Pay?"
    assert [block.html for block in page.lead] == ["<p>Yes.</p>"]
    assert [section.title for section in page.sections] == ["How?", "When?"]
    assert page.sections[0].blocks[0].html == '<p>Well.</p><h3 id="so">So</h3>'


def test_a_page_without_headings_is_all_lead():
    page = of("<p>Yes.</p>")
    assert (page.heading, page.lead[0].html, page.sections) == ("", "<p>Yes.</p>", ())


def test_sections_of_the_same_name_get_different_ids():
    cells = [new_markdown_cell("<h2>Jobs</h2><h2>Jobs</h2><h2>Contents</h2>")]
    page = outline(cells, str, frozenset({"contents"}))
    assert [section.id for section in page.sections] == ["jobs", "jobs-2", "contents-2"]


def test_a_tag_of_the_heading_goes_with_its_section():
    assert of("<h2>By the guide</h2>", tags=["guide"]).sections[0].tag == "guide"
    assert of("<h2>By the guide</h2>", tags=["parameters"]).sections[0].tag == ""


@pytest.mark.parametrize(
    ("html", "kind"),
    [
        ('<div><figure class="chart" data-title="t"></figure></div>', "figure"),
        ('<div class="live" data-live="offer"><table></table></div>', "form"),
        ('<ul class="key-figures"></ul>', "cards"),
        ("<table></table>", "table"),
        ("<p>not published</p>", "other"),
    ],
)
def test_an_output_is_known_by_what_it_holds(html, kind):
    shown = new_output("display_data", data={"text/html": html})
    (block,) = outline([new_code_cell("", outputs=[shown])], str).lead
    assert (block.kind, block.html) == (kind, html)


@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("<h1>a</h1><h1>b</h1>", 'one heading of level 1.*"b"'),
        ("<h2>a</h2><h1>b</h1>", 'one heading of level 1.*"b"'),
        ("<h1>a</h1><h3>b</h3>", '"b" is of level 3 under a heading of level 1'),
        ("<h2>a</h2><h4>b</h4>", '"b" is of level 4 under a heading of level 2'),
    ],
)
def test_headings_out_of_order_are_refused(html, message):
    with pytest.raises(ValueError, match=message):
        of(html)
