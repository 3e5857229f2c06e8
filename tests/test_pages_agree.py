"""What two pages say of one quantity is the same: value, interval, unit, year and kind."""

from collections import defaultdict

import pytest

from analysis import processed
from analysis.studies import careers, certification, evidence, roi, staffing, supply
from analysis.studies.outlook import Outlook
from analysis.studies.salary import Salary
from analysis.studies.settings import Settings

STUDIES = {
    "careers": careers.study,
    "certification": certification.study,
    "evidence": evidence.study,
    "outlook": Outlook,
    "roi": roi.study,
    "salary": Salary,
    "settings": Settings,
    "staffing": staffing.study,
    "supply": supply.Supply,
}
SAME = {"start_median_wage_usd": "median_wage_usd"}  # another name of the same quantity


@pytest.fixture(scope="module")
def figures():
    """Each key figure of each page at its defaults, by what it measures."""
    tables = processed.Tables()
    found = defaultdict(dict)
    for page, study in STUDIES.items():
        for figure in study(tables).key_figures():
            found[SAME.get(figure.name, figure.name)][page] = figure.estimate
    return found


def test_pages_share_quantities(figures):
    assert len(figures["median_wage_usd"]) >= 5


def test_one_quantity_is_the_same_on_every_page(figures):
    for name, by_page in figures.items():
        told = {
            (each.value, each.low, each.high, each.unit, each.year, each.kind, each.limits)
            for each in by_page.values()
        }
        assert len(told) == 1, f"{name} differs: {by_page}"


def test_no_page_calls_a_figure_official_that_another_one_quotes(figures):
    official = {
        each.source
        for by_page in figures.values()
        for each in by_page.values()
        if each.kind == "official"
    }
    assert not any("quoting" in source or "quoted" in source for source in official)
    assert all(source.startswith(("BLS", "BEA", "US Census", "NCES")) for source in official)
