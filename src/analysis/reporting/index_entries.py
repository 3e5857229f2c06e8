"""From what is known of each report to what the index lists."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from analysis.files import replacing
from analysis.reporting.changes import Change
from analysis.reporting.index import IndexEntry, RunLine, render_index
from analysis.reporting.keys import CODE, NOTEBOOK, VERSIONS
from analysis.reporting.plan import INDEX, Plan, Status
from analysis.reporting.records import Record
from analysis.reporting.run_changes import PAGE, compare_runs, last_runs
from analysis.reporting.runs import RunRecord, read_run, run_ids

PROGRAMS = "programs.html"  # what `workforce programs` writes beside the index

MOST_RUNS = 10
OF_DEVELOPERS = {f"{part} changed" for part in (CODE, VERSIONS, NOTEBOOK)}  # figures still hold
LAST_LINES = 6


def write_index(plan: Plan, *, built_at: str) -> Path:
    """Write `index.html` from all that is known.

    Parameters
    ----------
    plan : Plan
        How it stands with every report, once all pages and records are in place.
    built_at : str
        When, as it is to be read.
    """
    folder = plan.place.reports
    entries = index_entries(plan.statuses, plan.records)
    moved = last_changes(folder)
    html = render_index(
        [replace(entry, changes=moved.get(entry.name, ())) for entry in entries],
        built_at=built_at,
        runs=run_lines(folder),
        changes_href=PAGE if (folder / PAGE).exists() else "",
        programs_href=PROGRAMS if (folder / PROGRAMS).exists() else "",
    )
    with replacing(folder / INDEX) as file:
        file.write(html.encode())
    plan.keep_index()
    return folder / INDEX


def last_changes(folder: Path) -> dict[str, tuple[Change, ...]]:
    """Say by name of each report how its key figures moved between the last two runs."""
    last = last_runs(folder)
    if len(last) < 2:
        return {}
    return {report.name: report.changes for report in compare_runs(*last).reports}


def index_entries(statuses: Iterable[Status], records: Mapping[str, Record]) -> list[IndexEntry]:
    """List the reports that were ever built or tried, the nation first."""
    entries = [
        entry_of(records[status.name], status) for status in statuses if status.name in records
    ]
    return sorted(entries, key=_place)


def entry_of(record: Record, status: Status) -> IndexEntry:
    """Say of one report what the index lists."""
    has_page = status.path is not None
    why = tuple(part for part in status.why if part not in OF_DEVELOPERS)
    lost = "" if has_page or record.failed else f"Its page is to be built again: {status.why[0]}."
    return IndexEntry(
        name=record.name,
        notebook=record.report.notebook,
        title=record.title,
        area=record.area,
        detail=record.detail,
        path=status.path,
        key_figures=record.key_figures if has_page else (),
        vintage=record.vintage if has_page else "",
        built_at=record.built_at or (record.failed.at if record.failed else ""),
        seconds=record.seconds if has_page else None,
        status="failed" if not has_page else "stale" if why else "current",
        error=error_words(record) or lost,
        why="" if record.failed else "; ".join(why),
    )


def error_words(record: Record) -> str:
    """Tell an error with the last lines that were put out; empty where there is none."""
    if record.failed is None:
        return ""
    lines = [line for line in record.failed.log.strip().splitlines() if line.strip()]
    return "\n".join([record.failed.message, *lines[-LAST_LINES:]])


def run_lines(folder: Path) -> list[RunLine]:
    """Tell of the latest runs, newest first."""
    latest = (read_run(run_id, folder) for run_id in run_ids(folder)[: -MOST_RUNS - 1 : -1])
    return [run_line(run) for run in latest if run is not None]


def run_line(run: RunRecord) -> RunLine:
    """Tell of one run in one line."""
    return RunLine(
        run_id=run.run_id,
        started_at=run.started_at,
        seconds=run.seconds,
        built=run.count("built"),
        unchanged=run.count("unchanged"),
        failed=run.count("failed"),
    )


def _place(entry: IndexEntry) -> tuple[bool, bool]:
    """Order reports: the nation first, then areas, then what was asked by hand, as catalogued."""
    return bool(entry.detail), entry.area != "United States"
