"""A page has one title and sections whose headings nest."""

import pytest

from analysis.reporting.outline import outline


def test_what_stands_before_the_first_section_is_the_lead():
    page = outline("<h1>Pay?</h1><p>Yes.</p><h2>How?</h2><p>Well.</p><h3>So</h3><h2>When?</h2>")
    assert page.heading == "Pay?"
    assert page.lead == "<p>Yes.</p>"
    assert [section.title for section in page.sections] == ["How?", "When?"]
    assert page.sections[0].body == '<p>Well.</p><h3 id="so">So</h3>'


def test_a_page_without_headings_is_all_lead():
    page = outline("<p>Yes.</p>")
    assert (page.heading, page.lead, page.sections) == ("", "<p>Yes.</p>", ())


def test_sections_of_the_same_name_get_different_ids():
    page = outline("<h2>Jobs</h2><h2>Jobs</h2><h2>Contents</h2>", frozenset({"contents"}))
    assert [section.id for section in page.sections] == ["jobs", "jobs-2", "contents-2"]


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
        outline(html)
