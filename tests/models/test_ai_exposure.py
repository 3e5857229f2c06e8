"""Exposure of tasks to language models."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import processed
from analysis.studies.ai_exposure import exposed_share, exposure

TABLES = processed.Tables()


@pytest.mark.parametrize(
    ("measure", "rater", "published"),
    [
        ("alpha", "GPT-4", 0.2353),
        ("beta", "GPT-4", 0.6176),
        ("gamma", "GPT-4", 1.0),
        ("alpha", "people", 0.2353),
        ("beta", "people", 0.5588),
        ("gamma", "people", 0.8824),
    ],
)
def test_published_shares_are_recomputed_from_the_tasks(measure, rater, published):
    """Eloundou et al. (2024), occ_level.csv, 29-2072.00: alpha is 4 of 17 tasks."""
    panel = exposure(TABLES)
    row = panel.table.set_index(["measure", "rater"]).loc[(measure, rater)]
    assert row["exposed_task_share"] == published
    assert row["recomputed_task_share"] == pytest.approx(published, abs=5e-5)
    assert row["tasks"] == 17


def test_measures_by_hand():
    """One E1, two E2, one E0 of four: 1/4, (1 + 2/2)/4 and 3/4."""
    labels = pd.Series(["E1", "E2", "E0", "E2"])
    assert [exposed_share(labels, m) for m in ("alpha", "beta", "gamma")] == [0.25, 0.5, 0.75]


@given(labels=st.lists(st.sampled_from(["E0", "E1", "E2"]), min_size=1, max_size=30))
def test_wider_measures_expose_no_fewer_tasks(labels):
    alpha, beta, gamma = (exposed_share(pd.Series(labels), m) for m in ("alpha", "beta", "gamma"))
    assert 0 <= alpha <= beta <= gamma <= 1
    assert beta == pytest.approx((alpha + gamma) / 2)


def test_an_occupation_whose_tasks_are_not_in_hand_has_the_published_shares():
    table = exposure(TABLES, occupation="43-3021").table
    assert table["exposed_task_share"].notna().all()
    assert table["recomputed_task_share"].isna().all()


def test_an_occupation_without_measures_says_so():
    panel = exposure(TABLES, occupation="11-9111")
    assert panel.is_missing
    assert "No measure of exposure" in panel.reason
