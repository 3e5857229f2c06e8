"""A new edition of the projections: taken whole, every heading after it, nothing mixed."""

import ast
import re

import pandas as pd
import pytest

from analysis import answers, figures, processed, sources, tabular
from analysis.studies import outlook
from analysis.studies.projections import separation_rates
from analysis.studies.salary import Salary

OLD, NEW = "2024-34", "2025-35"


def later(table, *, base):
    """Pretend an edition one year on: the rows of the latest, moved by a year."""
    rows = table[table["projection_period"].eq(OLD)].assign(projection_period=NEW)
    years = {name: rows[name] + 1 for name in base}
    return rows.assign(vintage=NEW, source_title="BLS Employment Projections 2025-35", **years)


@pytest.fixture(scope="module")
def data():
    return dict(processed.Tables())


@pytest.fixture(scope="module")
def projected(data):
    """Projections of the new edition, separations of the old."""
    new = later(data["projections"], base=["base_year", "projected_year"])
    return data | {"projections": pd.concat([data["projections"], new], ignore_index=True)}


@pytest.fixture(scope="module")
def whole(data, projected):
    """Both of the new edition."""
    new = later(data["separations"], base=[])
    return projected | {"separations": pd.concat([data["separations"], new], ignore_index=True)}


def test_old_separations_never_stand_beside_a_new_projection(projected):
    study = outlook.Outlook(projected, horizon=2035)
    assert study.openings.total.value is None
    assert study.openings.reason == (
        "BLS separation rates of Medical records specialists for 2025-35 are not available; those "
        "of 2024-34 belong to another projection and are not mixed with it."
    )
    assert study.automation.is_missing
    assert study.growth.year == NEW


def test_a_new_edition_heads_every_figure_it_made(whole):
    study = outlook.Outlook(whole, horizon=2035)
    by_name = {figure.name: figure.estimate for figure in study.key_figures()}
    assert by_name["annual_openings"].year == by_name["ten_year_growth_pct"].year == NEW
    assert by_name["employment_at_horizon"].year == "2035"
    shown = [
        answers.outlook(study).text,
        figures.openings(study.openings, title=study.openings_finding).measure,
        figures.fan(study.fan, study.history).alt,
        figures.automation(study.automation).title,
        str(tabular.of(study.automation.summary, "")),
    ]
    assert not [text for text in shown if OLD in text or "2034" in text]
    assert figures.projections(study.projections).title.endswith(f"for {NEW}")


def test_rates_are_those_of_the_edition_asked_for(whole, projected):
    rates = separation_rates(whole["separations"], "29-2072", period=NEW)
    assert rates.projection_period == NEW
    assert separation_rates(projected["separations"], "29-2072", period=NEW) is None


@pytest.fixture(scope="module")
def paid_later(data):
    """Wages of the next May; prices only up to the May before it."""
    wages, prices = data["wages"], data["consumer_prices"]
    return data | {
        "wages": wages.assign(year=wages["year"] + 1),
        "consumer_prices": prices[prices["year"].le(wages["year"].max())],
    }


def test_wages_of_a_new_may_head_every_figure_of_them(data, paid_later):
    old, new = (f"May {data['wages']['year'].max() + step}" for step in (0, 1))
    study = Salary(paid_later, area="OH", offer_usd=60_000)
    shown = [
        answers.salary(study).text,
        figures.wage_distribution(study.pay).measure,
        figures.state_map(study.states, paid_later["states"]).measure,
        study.median_wage.year,
        study.state_rank.year,
        study.curve_error.own.year,
        outlook.Outlook(paid_later).employment.year,
    ]
    assert all(new in text for text in shown if "May" in text)
    assert not [text for text in shown if old in text]


def test_dollars_are_of_the_last_may_that_has_a_price_index(data, paid_later):
    study = Salary(paid_later)
    assert study.history.dollars_of == data["wages"]["year"].max()
    assert study.history.table["median_wage_real_usd"].notna().any()
    assert "behind inflation" in figures.employment_history(study.history).title


def docstrings(tree):
    """List the docstrings of a module, its classes and its functions."""
    kinds = ast.Module, ast.ClassDef, ast.FunctionDef
    return {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, kinds) and node.body and isinstance(node.body[0], ast.Expr)
    }


def test_no_figure_title_or_source_writes_a_year_of_wages_of_its_own():
    for path in sorted((sources.ROOT / "src" / "analysis").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        explained = docstrings(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and id(node) not in explained:
                written = isinstance(node.value, str) and re.search(r"May 20\d\d", node.value)
                assert not written, f"{path}: {node.value}"
