"""Building many reports: failures stay where they are, readers see whole pages only."""

import nbformat
import pytest

from analysis.reporting import build, refresh
from analysis.reporting.build import Page, ReportFailed, Run
from analysis.reporting.catalogue import report_of
from analysis.reporting.parameters import Evidence, Outlook
from analysis.reporting.records import read_record, read_records

FIRST = Run(run_id="1", started_at="2026-11-01 06:00 UTC", code_version="0")
SECOND = Run(run_id="2", started_at="2026-11-02 06:00 UTC", code_version="0")
REPORTS = [report_of(Outlook.check(area="CA"), group="states"), report_of(Evidence.check())]


@pytest.fixture
def pages(monkeypatch):
    """Make pages without running notebooks; a report named in `failing` fails."""
    failing: set[str] = set()

    def made(report, *, run):
        if report.name in failing:
            raise ReportFailed(f"{report.notebook.name}, cell 4: ValueError: no data")
        return Page(html=f"<p>{report.name} {run.run_id}", key_figures=(), seconds=1.0)

    monkeypatch.setattr(refresh, "build_page", made)
    return failing


def test_pages_records_and_index_are_written(tmp_path, pages):
    entries = refresh.refresh(REPORTS, run=FIRST, folder=tmp_path)
    assert [entry.status for entry in entries] == ["current", "current"]
    assert (tmp_path / "states" / "outlook-ca.html").read_text() == "<p>outlook-ca 1"
    assert "outlook-ca.html" in (tmp_path / "index.html").read_text()


def test_a_failing_report_does_not_stop_the_others(tmp_path, pages):
    pages.add("outlook-ca")
    entries = refresh.refresh(REPORTS, run=FIRST, folder=tmp_path)
    assert [entry.status for entry in entries] == ["failed", "current"]
    assert not (tmp_path / "states" / "outlook-ca.html").exists()
    assert "cell 4: ValueError: no data" in (tmp_path / "index.html").read_text()


def test_a_failing_report_keeps_its_last_good_page_marked_stale(tmp_path, pages):
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path)
    pages.add("outlook-ca")
    refresh.refresh(REPORTS, run=SECOND, folder=tmp_path)
    assert (tmp_path / "states" / "outlook-ca.html").read_text() == "<p>outlook-ca 1"
    record = read_record("outlook-ca", tmp_path)
    assert (record.status, record.built_at) == ("stale", FIRST.started_at)
    assert read_record("evidence", tmp_path).built_at == SECOND.started_at


def test_a_report_that_works_again_is_current_again(tmp_path, pages):
    pages.add("outlook-ca")
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path)
    pages.clear()
    refresh.refresh(REPORTS, run=SECOND, folder=tmp_path)
    assert [entry.error for entry in read_records(tmp_path)] == ["", ""]


def test_nothing_aside_is_left_behind(tmp_path, pages):
    refresh.refresh(REPORTS, run=FIRST, folder=tmp_path)
    assert not list(tmp_path.rglob("*.part"))


def test_the_moment_of_a_run_can_be_set_from_outside(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1793692800")
    assert refresh.new_run().started_at == "2026-11-03 08:00 UTC"


def test_an_error_in_a_notebook_names_notebook_cell_and_message(tmp_path, monkeypatch):
    """A real run: the third cell divides by zero."""
    cells = [nbformat.v4.new_markdown_cell("# Why?"), nbformat.v4.new_code_cell("1")]
    cells.append(nbformat.v4.new_code_cell("1 / 0"))
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, tmp_path / "evidence.ipynb")
    monkeypatch.setattr(build.sources, "NOTEBOOKS", tmp_path)
    with pytest.raises(ReportFailed, match=r"evidence\.ipynb, cell 3: ZeroDivisionError"):
        build.execute(report_of(Evidence.check()))
