"""Key figures survive the notebook, and read as what they are."""

import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.estimate import Estimate, KeyFigure
from analysis.reporting import metrics

WAGE = KeyFigure(
    name="median_wage_usd",
    label="Median wage",
    estimate=Estimate.with_se(
        51140, se=153, unit="USD a year", year="May 2025", source="BLS, OEWS", kind="official"
    ),
    better="higher",
)
VERMONT = KeyFigure(
    name="employment",
    label="Jobs",
    estimate=Estimate(value=None, unit="jobs", note="Not released for Vermont.", kind="official"),
)

numbers = st.none() | st.floats(-1e9, 1e9)
estimates = st.builds(
    Estimate,
    value=numbers,
    unit=st.sampled_from(["USD a year", "jobs", "percent", "years"]),
    year=st.text(max_size=8),
    source=st.text(max_size=8),
    kind=st.sampled_from(list(metrics.KIND_NAMES)),
    se=numbers,
    low=numbers,
    high=numbers,
    note=st.text(max_size=20),
)


def executed(*shown: metrics.KeyFigures) -> nbformat.NotebookNode:
    """Build a notebook whose cells displayed `shown`, as a kernel hands it over."""
    return new_notebook(
        cells=[
            new_code_cell(outputs=[new_output("execute_result", data=figures._repr_mimebundle_())])
            for figures in shown
        ]
    )


def test_what_a_notebook_shows_is_what_the_index_reads():
    notebook = executed(metrics.show([WAGE]), metrics.show([VERMONT]))
    assert metrics.read_metrics(notebook) == (WAGE, VERMONT)


@settings(max_examples=50)
@given(st.lists(estimates, max_size=4))
def test_figures_survive_a_notebook_file(some):
    figures = tuple(
        KeyFigure(name=f"figure_{number}", label="A figure", estimate=estimate)
        for number, estimate in enumerate(some)
    )
    file = nbformat.writes(executed(metrics.show(figures)))
    assert metrics.read_metrics(nbformat.reads(file, as_version=4)) == figures


def test_a_notebook_without_key_figures_has_none():
    assert metrics.read_metrics(new_notebook(cells=[new_code_cell("1")])) == ()


def test_a_name_used_twice_is_refused_where_it_is_shown_and_where_it_is_read():
    with pytest.raises(ValueError, match="median_wage_usd occurs more than once"):
        metrics.show([WAGE, WAGE])
    with pytest.raises(ValueError, match="median_wage_usd occurs more than once"):
        metrics.read_metrics(executed(metrics.show([WAGE]), metrics.show([WAGE])))


def test_a_stored_figure_without_a_field_is_refused():
    row = metrics.as_json(WAGE)
    del row["unit"]
    with pytest.raises(ValueError, match="lacks unit"):
        metrics.from_json(row)


def test_nan_becomes_missing_and_never_reaches_the_notebook():
    shown = metrics.record("payback_years", float("nan"), unit="years", note="Never repaid.")
    bundle = shown._repr_mimebundle_()
    assert json.dumps(bundle[metrics.MIME], allow_nan=False)
    assert "nan" not in "".join([bundle["text/html"], bundle["text/plain"]]).lower()
    assert bundle[metrics.MIME][0]["value"] is None


def test_a_missing_figure_says_why_and_shows_no_number():
    html = metrics.cards([VERMONT])
    assert "not published" in html
    assert "Not released for Vermont." in html
    assert "<strong>0" not in html


def test_a_card_shows_value_unit_interval_year_source_and_kind():
    html = metrics.cards([WAGE])
    for part in ("Median wage", "$51,140", "a year", "$50,888 to $51,392", "May 2025", "BLS, OEWS"):
        assert part in html
    assert "<b>Official</b>" in html


def test_plain_text_says_the_same_in_one_line():
    assert metrics.line(WAGE) == (
        "Median wage: $51,140 a year (90% interval $50,888 to $51,392), "
        "May 2025 (BLS, OEWS; official)"
    )


def test_text_from_data_is_escaped_on_cards():
    figure = metrics.record("x", 1, unit="<i>", note="<script>alert(1)</script>", label="<b>")
    html = figure._repr_mimebundle_()["text/html"]
    assert "<script>" not in html
    assert "<i>" not in html
    assert "<b></" not in html
