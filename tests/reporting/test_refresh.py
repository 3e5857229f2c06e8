"""Building many reports: failures stay where they are, readers see whole pages only."""

import nbformat
import pytest

from analysis import sources
from analysis.reporting import refresh
from analysis.reporting.build import build_pages
from analysis.reporting.builder import Page, ReportFailed, Run
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import Evidence, Outlook
from analysis.reporting.records import read_record, read_records

FIRST = Run(run_id="1", started_at="2026-11-01 06:00 UTC", code_version="0")
SECOND = Run(run_id="2", started_at="2026-11-02 06:00 UTC", code_version="0")
REPORTS = [report_of(Outlook.check(area="CA"), group="states"), report_of(Evidence.check())]


class StandIn:
    """Makes pages without running notebooks; a report named in `failing` fails."""

    def __init__(self) -> None:
        self.failing: set[str] = set()

    def __call__(self, reports, *, run, before, started):  # noqa: ARG002
        for report in reports:
            started(report)
            if report.name in self.failing:
                yield report, ReportFailed(f"{report.notebook.name}, cell 4: ValueError: no data")
            else:
                html = f"<p>{report.name} {run.run_id}"
                yield report, Page(html=html, key_figures=(), seconds=1.0)


@pytest.fixture
def pages():
    return StandIn()


def test_pages_records_and_index_are_written(tmp_path, pages):
    entries = refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    assert [entry.status for entry in entries] == ["current", "current"]
    assert (tmp_path / "states" / "outlook-ca.html").read_text() == "<p>outlook-ca 1"
    assert "outlook-ca.html" in (tmp_path / "index.html").read_text()


def test_a_failing_report_does_not_stop_the_others(tmp_path, pages):
    pages.failing.add("outlook-ca")
    entries = refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    assert [entry.status for entry in entries] == ["failed", "current"]
    assert not (tmp_path / "states" / "outlook-ca.html").exists()
    assert "cell 4: ValueError: no data" in (tmp_path / "index.html").read_text()


def test_a_failing_report_keeps_its_last_good_page_marked_stale(tmp_path, pages):
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    pages.failing.add("outlook-ca")
    refresh.refresh(REPORTS, run=SECOND, folder=tmp_path, build=pages)
    assert (tmp_path / "states" / "outlook-ca.html").read_text() == "<p>outlook-ca 1"
    record = read_record("outlook-ca", tmp_path)
    assert (record.status, record.built_at) == ("stale", FIRST.started_at)
    assert read_record("evidence", tmp_path).built_at == SECOND.started_at


def test_a_report_that_works_again_is_current_again(tmp_path, pages):
    pages.failing.add("outlook-ca")
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    pages.failing.clear()
    refresh.refresh(REPORTS, run=SECOND, folder=tmp_path, build=pages)
    assert [entry.error for entry in read_records(tmp_path)] == ["", ""]


def test_a_record_of_an_older_version_is_passed_over_not_fatal(tmp_path, pages):
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    (tmp_path / "records" / "old.json").write_text('{"name": "old"}')
    (tmp_path / "records" / "torn.json").write_text("{")
    assert [entry.name for entry in read_records(tmp_path)] == ["evidence", "outlook-ca"]


def test_the_index_leads_with_the_nation(tmp_path, pages):
    reports = [report_of(Outlook.check(area=area)) for area in ("AK", "US")]
    refresh.refresh(reports, run=FIRST, folder=tmp_path, build=pages)
    html = (tmp_path / "index.html").read_text()
    assert html.index("own/outlook.html") < html.index("own/outlook-ak.html")


def test_nothing_aside_is_left_behind(tmp_path, pages):
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path, build=pages)
    assert not list(tmp_path.rglob("*.part"))


def test_the_moment_of_a_run_can_be_set_from_outside(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793692800")
    assert refresh.new_run().started_at == "2026-11-03 08:00 UTC"


def test_an_error_in_a_notebook_names_notebook_cell_and_message(tmp_path, monkeypatch):
    """A real run: the third cell divides by zero."""
    cells = [nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1")]
    cells.append(nbformat.v4.new_code_cell("1 / 0"))
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "evidence.ipynb")
    monkeypatch.setattr(sources, "NOTEBOOKS", tmp_path)
    [(_, failed)] = build_pages([report_of(Evidence.check())], run=FIRST)
    assert isinstance(failed, ReportFailed)
    assert str(failed).startswith("evidence.ipynb, cell 3: ZeroDivisionError: division by zero")
