"""The page of all places answers as the models do, keeps what is chosen, and prints it."""

import re

import numpy as np
import pypdf
import pytest
from playwright.sync_api import expect

from analysis import processed
from analysis.models.ranking import chance_of_more
from analysis.models.wages import WageDistribution
from analysis.reporting.index import render_index
from analysis.reporting.places_page import place_facts, render_places
from analysis.studies.profiles import profiles

CASES = 500
AREAS = ["US", "OH", "CA", "PR", "DC", "18140", "19430", "7200006"]
ANSWERS = """(cases) => cases.map(([areas, offer]) => {
  location.hash = `area=${areas.join(",")}&offer=${offer}`;
  dispatchEvent(new HashChangeEvent("hashchange"));
  const of = (name, key) => Object.fromEntries(
    [...document.querySelectorAll(`data.${name}`)]
      .map((each) => [each.dataset[key], Number(each.value)]));
  return { shares: of("share", "place"), chances: of("chance", "pair") };
})"""


@pytest.fixture(scope="module")
def tables() -> processed.Tables:
    return processed.Tables()


@pytest.fixture(scope="module")
def page_file(tables, tmp_path_factory):
    place = tmp_path_factory.mktemp("places") / "places.html"
    rows = [place_facts(row) for row in profiles(tables).to_dict("records")]
    (place.parent / "index.html").write_text(
        render_index([], built_at="2026-11-30", places=rows), encoding="utf-8"
    )
    place.write_text(
        render_places(tables, built_at="2026-11-30", pages={"OH": [("salary", "s/oh.html")]}),
        encoding="utf-8",
    )
    return place


@pytest.fixture
def opened(open_file, page_file):
    return open_file(page_file)


def test_500_offers_in_places_stand_where_the_models_put_them(opened, tables):
    rows = profiles(tables).set_index("area_code")
    curves = {
        code: WageDistribution.from_row(rows.loc[code], year="", source="BLS") for code in AREAS
    }
    random = np.random.default_rng(11)
    cases = [
        (random.choice(AREAS, 2, replace=False).tolist(), int(random.integers(18_000, 160_000)))
        for _ in range(CASES)
    ]
    found = opened.page.evaluate(ANSWERS, cases)
    for (areas, offer), answer in zip(cases, found, strict=True):
        for code in areas:
            expected = curves[code].percentile_estimate(offer).value
            assert answer["shares"][code] == pytest.approx(expected, abs=1e-6), (code, offer)
        first, second = areas
        told = chance_of_more(
            rows.loc[first, "median_wage_usd"], rows.loc[first, "median_se_usd"],
            rows.loc[second, "median_wage_usd"], rows.loc[second, "median_se_usd"],
        )  # fmt: skip
        assert answer["chances"][f"{first} {second}"] == pytest.approx(told, abs=1e-3)


def test_what_is_chosen_by_keyboard_stands_in_the_address_and_opens_again(
    opened, open_file, page_file
):
    page = opened.page
    page.get_by_label("Place", exact=True).focus()
    page.keyboard.type("dayton")
    page.keyboard.press("Enter")
    page.keyboard.type("Columbus, OH")
    page.keyboard.press("Enter")
    page.get_by_label("My offer").fill("52000")
    expect(page).to_have_url(re.compile("#area=19430,18140&offer=52000$"))
    again = open_file(page_file).page
    again.goto(page.url)
    again.reload()
    assert again.locator("#result").inner_text() == page.locator("#result").inner_text()
    expect(again.get_by_label("My offer")).to_have_value("52000")
    assert opened.requests == [opened.page.url.partition("#")[0]]
    assert not opened.console_errors


def test_a_place_alone_stands_beside_the_nation_with_its_reports(opened):
    page = opened.page
    page.get_by_role("button", name="OH Ohio").click()
    heads = page.locator("#result thead th").all_inner_texts()
    assert [head.split("\n")[0] for head in heads] == ["What", "Ohio", "United States"]
    assert page.get_by_role("link", name="Pay: Ohio").get_attribute("href") == "s/oh.html"
    page.get_by_role("button", name="Take Ohio out").click()
    assert page.locator("#result").inner_text() == ""


def test_a_fifth_place_and_an_unknown_one_are_refused_in_words(opened):
    page = opened.page
    for name in ("Ohio", "Texas", "Utah", "Iowa", "Maine"):
        page.get_by_label("Place", exact=True).fill(name)
        page.get_by_role("button", name="Add").click()
    expect(page.locator(".said")).to_have_text("At most 4 places; take one out first.")
    page.get_by_label("Place", exact=True).fill("Atlantis")
    page.get_by_role("button", name="Add").click()
    expect(page.locator(".said")).to_have_text("No place fits “Atlantis”. The nearest:")


def test_an_hourly_offer_is_a_year_of_2080_hours_and_an_odd_one_is_refused(opened):
    page = opened.page
    page.goto(f"{page.url}#area=OH")
    page.get_by_label("My offer").fill("25")
    expect(page.locator(".said")).to_have_text("Taken as an hourly wage: $52,000 a year.")
    page.get_by_label("My offer").fill("-5")
    expect(page.get_by_label("My offer")).to_have_attribute("aria-invalid", "true")


def test_the_page_weighs_at_most_450_kilobytes(page_file):
    assert page_file.stat().st_size <= 450_000


def test_it_fits_a_phone_and_400_percent_zoom(open_file, page_file):
    for width in (390, 320):
        page = open_file(page_file, width=width).page
        page.goto(f"{page.url}#area=OH,18140,19430,CA&offer=52000")
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_every_value_of_two_places_stands_beside_its_name_on_a_phone(open_file, page_file):
    """Notes wrap: the longest made a column 730 px wide, and no value was on the screen."""
    page = open_file(page_file, width=390).page
    for areas in ("OH", "OH,19430", "14260,5300007"):
        page.goto(f"{page.url.partition('#')[0]}#area={areas}&offer=52000")
        box = page.locator("#result .table")
        expect(box).to_contain_text("model: national rates")
        edges = box.evaluate(
            "box => [...box.querySelectorAll('td')].map(cell => cell.getBoundingClientRect().right)"
        )
        assert max(edges) <= 390
        names = box.locator("tbody th").evaluate_all(
            "rows => rows.map(row => row.getBoundingClientRect().right"
            " - row.nextElementSibling.getBoundingClientRect().left)"
        )
        assert max(names) <= 1  # no name covers the first value


SPRINGFIELDS = {"Springfield, IL", "Springfield, MA", "Springfield, MO", "Eugene-Springfield, OR"}
FOUND = """([places, texts]) => texts.map((text) => {
  const { fits, places: found } = finder.search(places, text);
  return [fits, found.map(({ code }) => code)];
})"""


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Boise, Idaho", ["14260"]),
        ("boise id", ["14260"]),
        ("BOISE CITY, ID", ["14260"]),
        ("Denver, Colorado", ["19740"]),
        ("denver co", ["19740"]),
        ("Portland, Oregon", ["38900"]),
        ("portland or", ["38900"]),
        ("Vancouver, WA", ["38900"]),
        ("Washington, D.C.", ["47900"]),
        ("Saint Louis, Missouri", ["41180"]),
        ("new york, new york", ["35620"]),
        ("Kansas City, Kansas", ["28140"]),
        ("west virginia", ["WV"]),
        ("oh", ["OH"]),
        ("Kansas", ["KS"]),
        ("Portland", ["38860", "38900"]),
        ("Washington", ["47900", "WA"]),
    ],
)
def test_a_name_finds_its_place_with_or_without_its_state(opened, tables, text, codes):
    rows = profiles(tables)
    places = [
        {"code": code, "name": name}
        for code, name in zip(rows["area_code"], rows["area_name"], strict=True)
    ]
    [(fits, found)] = opened.page.evaluate(FOUND, [places, [text]])
    assert fits
    assert sorted(found) == codes


def test_every_place_is_found_by_its_name_of_the_list(opened, tables):
    """The name in full finds that place, beside others only where a town has a state's name."""
    rows = profiles(tables)
    places = [
        {"code": code, "name": name}
        for code, name in zip(rows["area_code"], rows["area_name"], strict=True)
    ]
    answers = opened.page.evaluate(FOUND, [places, [place["name"] for place in places]])
    several = set()
    for place, (fits, found) in zip(places, answers, strict=True):
        assert fits
        assert place["code"] in found
        if len(found) > 1:
            several.add(place["name"])
    assert several <= {"New York", "Washington", "Wyoming"}


@pytest.mark.parametrize("file", ["places.html", "index.html"])
def test_both_pages_list_what_there_is_to_choose_from(open_file, page_file, file):
    visit = open_file(page_file.parent / file, width=390)
    page = visit.page
    label, button = ("Place", "Add") if file == "places.html" else ("Find a place", "Go")
    field, choices = page.get_by_label(label, exact=True), page.locator(".choices button")

    def ask(text):
        field.fill(text)
        page.get_by_role("button", name=button, exact=True).click()

    ask("Springfield")
    assert set(choices.all_inner_texts()) >= SPRINGFIELDS
    assert "#area" not in page.url
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    ask("Denver, Texas")
    expect(page.get_by_role("status").first).to_have_text(
        "No place fits “Denver, Texas”. The nearest:"
    )
    assert choices.all_inner_texts()[0] == "Denver-Aurora-Centennial, CO"
    assert "Texas (TX)" in choices.all_inner_texts()
    ask("Springfield")
    choices.get_by_text("Springfield, MO", exact=True).click()
    expect(page.locator("#result h2").first).to_contain_text("Springfield, MO: median wage")
    assert page.url.endswith("places.html#area=44180")
    page.goto("about:blank")
    page.goto((page_file.parent / file).as_uri())
    ask("boise, idaho")
    expect(page.locator("#result h2").first).to_contain_text("Boise City, ID: median wage")
    assert not visit.console_errors


def test_what_was_chosen_is_printed_and_the_long_list_is_not(opened, tmp_path):
    page = opened.page
    page.goto(f"{page.url}#area=OH,CA")
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    sheets = pypdf.PdfReader(tmp_path / "page.pdf").pages
    text = " ".join(sheet.extract_text() for sheet in sheets)
    assert len(sheets) <= 2
    assert "Which pays more?" in text
    assert "Mayag" not in text


def test_a_place_of_the_table_is_worded_as_in_the_list(opened):
    page = opened.page
    page.goto(f"{page.url}#area=OH")
    row = page.locator(".list tr", has=page.get_by_role("rowheader", name="Ohio", exact=True))
    median, interval = row.locator("td").all_inner_texts()[:2]
    shown = page.locator("#result tr", has_text="Median wage").locator("td").first.inner_text()
    assert re.split(r"\s*\n\s*", shown) == [median, interval]
