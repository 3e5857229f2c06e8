"""Building many reports: failures stay where they are, readers see whole pages only."""

import json

import nbformat
import pytest

from analysis import sources
from analysis.reporting.build import ReportFailed, Run, build_pages
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import Evidence
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.records import read_record, read_records
from analysis.reporting.refresh import refresh
from analysis.reporting.runs import read_run, run_ids

ALL = {"outlook", "evidence", "staffing-ca", "staffing-vt"}
FIRST = Run(run_id="1", started_at="2026-11-01 06:00 UTC", code_version="0")


def test_pages_records_index_and_the_run_are_written(place, run):
    finished = run()
    assert finished.exit_code == 0
    assert {record.name for record in read_records(place.reports)} == ALL
    page = place.reports / "states" / "staffing-ca.html"
    assert page.read_text() == f"<p>staffing-ca 51140.0 {finished.run.run_id}"
    assert "staffing-ca.html" in (place.reports / "runs.html").read_text()
    assert (place.reports / "changes.html").is_file()
    written = read_run(finished.run.run_id, place.reports)
    assert written.outcome == "done"
    assert {report.outcome for report in written.reports.values()} == {"built"}
    assert written.reports["outlook"].why == ("never built",)


def test_a_failing_report_does_not_stop_the_others(place, run, pages, states):
    pages.failing.add("staffing-ca")
    finished = run()
    assert (finished.exit_code, finished.run.outcome) == (1, "some failed")
    assert states()["evidence"] == ("current", ())
    assert not (place.reports / "states" / "staffing-ca.html").exists()
    index = (place.reports / "index.html").read_text()
    assert "cell 4: ValueError: no data" in index
    assert "reading ..." in index


def test_an_error_stands_in_the_record_of_the_run_with_notebook_cell_message_and_last_lines(
    run, pages
):
    pages.failing.add("staffing-ca")
    error = run().run.reports["staffing-ca"].record.failed
    assert error.message == "staffing.ipynb, cell 4: ValueError: no data"
    assert (error.cell, error.log) == (4, "reading ...\nno data")


def test_a_failing_report_keeps_its_last_good_page_marked_stale(place, run, pages, states):
    first = run().run.run_id
    pages.failing.add("staffing-ca")
    run(force=True)
    page = place.reports / "states" / "staffing-ca.html"
    assert page.read_text().endswith(first)
    record = read_record("staffing-ca", place.reports)
    assert record.run_id == first
    assert record.failed is not None
    assert states()["staffing-ca"][0] == "failed"
    assert "last good page" in (place.reports / "index.html").read_text()


def test_a_report_that_failed_is_tried_again_and_can_be_current_again(run, pages, states):
    pages.failing.add("staffing-ca")
    run()
    pages.failing.clear()
    assert run().exit_code == 0
    assert pages.built == ["staffing-ca"]
    assert {state for state, _ in states().values()} == {"current"}


def test_a_second_refresh_has_nothing_to_build(run, pages):
    run()
    run()
    assert pages.built == []


def test_force_builds_what_is_current(run, pages):
    run()
    run(force=True)
    assert set(pages.built) == ALL


def test_only_the_reports_asked_for_are_built_and_the_record_tells_of_the_others(run, pages):
    finished = run(only=["evidence"])
    assert pages.built == ["evidence"]
    assert finished.run.reports["outlook"].outcome == "not asked"


def test_a_record_of_an_older_version_is_passed_over_not_fatal(place, run):
    run()
    (place.reports / "records" / "old.json").write_text('{"name": "old"}')
    (place.reports / "records" / "torn.json").write_text("{")
    assert {record.name for record in read_records(place.reports)} == ALL


def test_the_list_of_reports_leads_with_the_nation(place, run):
    run()
    html = (place.reports / "runs.html").read_text()
    assert html.index("national/outlook.html") < html.index("states/staffing-ca.html")


def test_nothing_aside_is_left_behind_and_what_others_left_is_cleared(place, run):
    left = place.reports / "states" / ".roi.html.4711.part"
    left.parent.mkdir()
    left.write_text("half a pa")
    run()
    assert not list(place.reports.rglob("*.part"))


def test_an_index_that_was_lost_or_torn_is_written_again(place, run):
    run()
    assert not take_stock(place).is_index_due
    (place.reports / "index.html").write_text("<p>torn")
    stock = take_stock(place)
    assert stock.is_index_due
    refresh(ask(stock))
    assert "evidence.html" in (place.reports / "index.html").read_text()


def test_runs_of_one_second_have_names_of_their_own(place, run, monkeypatch):
    names = [run(force=True).run.run_id for _ in range(3)]
    assert len(set(names)) == 3
    assert run_ids(place.reports) == names


def test_with_source_date_epoch_two_runs_write_the_same_bytes(place, run, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793692800")

    def written():
        files = (path for path in place.reports.rglob("*") if path.is_file())
        kept = (
            path for path in files if not path.name.startswith(".") and ".state" not in path.parts
        )
        return {str(path.relative_to(place.reports)): path.read_bytes() for path in kept}

    run()
    first = written()
    assert json.loads(first["runs/2026-11-03T080000Z.json"])["started_at"] == "2026-11-03 08:00 UTC"
    for path in first:
        (place.reports / path).unlink()
    run()
    assert written() == first


@pytest.mark.parametrize("keep", [1, 3])
def test_records_of_the_last_runs_are_kept_and_nothing_outside_is_touched(place, run, keep):
    outside = place.root / "runs"
    outside.mkdir()
    (outside / "2020-01-01T000000Z.json").write_text("{}")
    names = [run(force=True, keep=keep).run.run_id for _ in range(5)]
    assert run_ids(place.reports) == names[-keep:]
    assert (outside / "2020-01-01T000000Z.json").exists()


def test_an_error_in_a_notebook_names_notebook_cell_and_message(tmp_path, monkeypatch):
    """A real run: the third cell divides by zero."""
    cells = [nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1")]
    cells.append(nbformat.v4.new_code_cell("print('so far')\n1 / 0"))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "evidence.ipynb")
    monkeypatch.setattr(sources, "NOTEBOOKS", tmp_path)
    [(_, failed)] = build_pages([report_of(Evidence.check())], run=FIRST)
    assert isinstance(failed, ReportFailed)
    assert str(failed).startswith("evidence.ipynb, cell 3: ZeroDivisionError: division by zero")
    assert failed.cell == 3
    assert failed.log.startswith("so far\n")
