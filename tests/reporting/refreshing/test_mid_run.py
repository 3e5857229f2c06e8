"""Inputs that change while a run is at work: the record says what was read, never more."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from analysis.reporting.build import Page
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.records import read_record
from analysis.reporting.refresh import refresh


def edit_notebook(place, words):
    path = place.notebooks / "evidence.ipynb"
    notebook = json.loads(path.read_text())
    notebook["cells"][0]["source"] = [f"# {words}"]
    path.write_text(json.dumps(notebook))


def edit_table(place, value):
    file = place.processed / "price_parities.parquet"
    pd.read_parquet(file).assign(price_parity=value).to_parquet(file, index=False)


@pytest.mark.parametrize(
    "edit",
    [
        lambda place: edit_notebook(place, "Which claims hold now?"),
        lambda place: edit_table(place, 99.0),
        lambda place: (place.code / "models.py").write_text("WAGE = 1\n"),
        lambda place: (place.root / "requirements.lock").write_text("pandas==4\n"),
    ],
    ids=["notebook", "table", "code", "versions"],
)
def test_a_report_that_was_overtaken_is_built_once_more_before_the_run_ends(
    place, run, pages, states, edit
):
    pages.meanwhile = lambda name: edit(place) if pages.built.count(name) == 0 else None
    run(only=["evidence"])
    assert pages.built == ["evidence", "evidence"]
    assert states()["evidence"] == ("current", ())


def test_a_report_that_is_overtaken_each_time_is_left_stale_and_says_why(place, run, pages, states):
    pages.meanwhile = lambda _: edit_notebook(place, f"Attempt {len(pages.built)}")
    assert run(only=["evidence"]).exit_code == 0
    assert pages.built == ["evidence", "evidence"]
    assert states()["evidence"] == ("stale", ("notebook changed while it was built",))
    index = (place.reports / "runs.html").read_text()
    assert 'class="status stale"' in index


def test_a_change_there_and_back_does_not_pass_for_none(place, run, pages, states):
    """The notebook is as it was, but nobody knows which one was run."""

    def there_and_back(name):
        before = (place.notebooks / "evidence.ipynb").read_text()
        edit_notebook(place, "Which claims hold now?")
        (place.notebooks / "evidence.ipynb").write_text(before)

    pages.meanwhile = there_and_back
    run(only=["evidence"])
    assert states()["evidence"] == ("stale", ("notebook changed while it was built",))


def test_a_table_counts_as_it_was_read(place, states):
    """The builder read the table, then it was changed: the record has what was read."""
    read = take_stock(place).inputs.tables

    def build(reports, *, run, before, started):
        for report in reports:
            tables = {name: read[name] for name in ("wages", "price_parities")}
            edit_table(place, 99.0)
            yield report, Page(html="<p>", key_figures=(), seconds=None, tables=tables)

    refresh(ask(take_stock(place), only=["evidence"]), build=build)
    assert (
        read_record("evidence", place.reports).tables_read["price_parities"]
        == (read["price_parities"])
    )
    assert states()["evidence"] == ("stale", ("table price_parities changed",))


def test_the_catalogue_may_lose_a_report_in_mid_run(place, run, pages, states):
    catalogue = place.notebooks / "catalogue.toml"
    text = catalogue.read_text().replace('"CA", "VT"', '"CA"')
    pages.meanwhile = lambda _: catalogue.write_text(text)
    assert run().exit_code == 0
    assert states()["staffing-vt"][0] == "orphaned"


def test_limits_of_the_command_line_hold_for_the_second_attempt_too(place, pages):
    seen = []

    def build(reports, **more):
        seen.extend(report.limits.seconds for report in reports)
        return pages(reports, **more)

    pages.meanwhile = lambda _: edit_notebook(place, f"Attempt {len(pages.built)}")
    plan = ask(take_stock(place), only=["evidence"])
    (due,) = plan.due
    limits = replace(due.report.limits, seconds=7)
    limited = replace(due, report=replace(due.report, limits=limits))
    refresh(replace(plan, due=(limited,)), build=build)
    assert seen == [7, 7]
