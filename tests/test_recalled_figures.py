"""Figures that were recalled, not looked up, are shown as such and move nothing."""

import pytest

from analysis import processed
from analysis.estimate import kind_of
from analysis.studies import careers, certification, evidence, roi, staffing, supply
from analysis.studies.outlook import Outlook
from analysis.studies.settings import Settings

TABLES = ("automation_evidence", "productivity", "education_earnings")
NUMBERS = ("value_low", "value_high", "median_weekly_earnings_usd")
STUDIES = {
    "careers": careers.study,
    "certification": certification.study,
    "evidence": evidence.study,
    "outlook": Outlook,
    "roi": roi.study,
    "settings": Settings,
    "staffing": staffing.study,
    "supply": supply.Supply,
}


@pytest.fixture(scope="module")
def tables():
    return processed.Tables()


@pytest.fixture(scope="module")
def altered(tables):
    """The tables with every recalled figure tenfold."""
    changed = {}
    for name in TABLES:
        table = tables[name].copy()
        recalled = table["verification"].eq("unverified")
        assert recalled.any()
        for column in set(NUMBERS) & set(table):
            table.loc[recalled, column] = 10 * table.loc[recalled, column]
        changed[name] = table
    return {name: tables[name] for name in tables} | changed


def test_all_tables_with_recalled_figures_are_tried(tables):
    marked = {
        name
        for name in tables
        if "verification" in tables[name] and tables[name]["verification"].eq("unverified").any()
    }
    assert marked == set(TABLES)


@pytest.mark.parametrize("name", STUDIES)
def test_recalled_figures_move_no_key_figure(tables, altered, name):
    before, after = (STUDIES[name](given).key_figures() for given in (tables, altered))
    assert [(f.name, f.estimate.value) for f in before] == [
        (f.name, f.estimate.value) for f in after
    ]


def test_a_recalled_figure_is_an_assumption():
    assert kind_of("unverified") == "assumption"
