"""Headings of pages say who, what and how much, in words; one number has one value on a page."""

import re
from html import unescape

import pytest

from tests.browser.test_pages import REPORTS

LONGEST = 80  # characters of a heading
VERB = re.compile(
    r"\b(is|are|was|were|has|have|had|do|does|earn|earns|pay|pays|fell|fall|falls|rose|rise|rises|"
    r"swung|ran|runs|run|moved|hold|holds|keep|keeps|come|comes|lead|leads|lies?|vary|varies|needs?|"
    r"report|reports|reported|expects?|suggests?|slipped|gained|lost|work|works|rank|ranks|employs?|"
    r"train|trains|outnumber|peaked|stood|matters?|depends?|breaks?|saves?|begins?|absorbs?|replace|"
    r"projects?|starts?|ends?|halved|doubled|grew|cut|cuts|make|makes|take|takes|cost|costs)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module", params=REPORTS)
def html(request, site) -> str:
    return (site / request.param).read_text(encoding="utf-8")


def plain(text: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", text)).strip().removesuffix("#")


def headings(html: str) -> list[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    return [plain(text) for text in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", main, re.DOTALL)]


def test_a_heading_is_short(html):
    assert [text for text in headings(html) if len(text) > LONGEST] == []


def test_a_heading_has_no_raw_signed_number_after_a_verb_of_motion(html):
    assert [text for text in headings(html) if re.search(r"(moved|changed) [−+-]\d", text)] == []


def test_a_share_lies_between_none_and_all(html):
    shares = [
        (text, float(share))
        for text in headings(html)
        for share in re.findall(r"(\d+(?:\.\d+)?)% of (?:them|all|which|the|coders|jobs)", text)
    ]
    assert [text for text, share in shares if share > 100] == []


def test_articles_and_plurals_are_those_of_english(html):
    wrong = re.compile(
        r"\ba (?:8|11|18|8\d)(?:%| )|(?<![\d.,])1 (?:years|hires|coders|jobs|months)\b"
    )
    assert [text for text in headings(html) if wrong.search(text)] == []


def test_a_finding_has_a_verb(html):
    found = re.findall(r"<h2 id=[^>]*>(.*?)</h2>", html.partition("</main>")[0], re.DOTALL)
    findings = [text for text in map(plain, found) if any(c.isdigit() for c in text)]
    assert [text for text in findings if not VERB.search(text)] == []


def test_a_key_figure_has_one_value_wherever_it_is_shown(html):
    """The same label is never two values, on whatever card."""
    cards = re.findall(
        r'<p class="label">(.*?)</p><p class="value"><strong[^>]*>(.*?)</strong>', html, re.DOTALL
    )
    seen: dict[str, str] = {}
    for label, value in cards:
        assert seen.setdefault(plain(label), plain(value)) == plain(value), label
