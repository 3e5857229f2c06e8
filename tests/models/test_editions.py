"""A new edition of the projections: taken whole, every heading after it, nothing mixed."""

import pytest

from analysis import answers, figures, processed, tabular
from analysis.studies import outlook
from analysis.studies.projections import separation_rates

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
    import pandas as pd

    new = later(data["projections"], base=["base_year", "projected_year"])
    return data | {"projections": pd.concat([data["projections"], new], ignore_index=True)}


@pytest.fixture(scope="module")
def whole(data, projected):
    """Both of the new edition."""
    import pandas as pd

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
    assert "latest" in figures.projections(study.projections).title


def test_rates_are_those_of_the_edition_asked_for(whole, projected):
    rates = separation_rates(whole["separations"], "29-2072", period=NEW)
    assert rates.projection_period == NEW
    assert separation_rates(projected["separations"], "29-2072", period=NEW) is None
