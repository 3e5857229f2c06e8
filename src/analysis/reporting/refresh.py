"""A run: build what is due, put each report in place as it ends, write the index last."""

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from analysis.estimate import KeyFigure
from analysis.processed import path_of
from analysis.reporting.build import Builder, Page, ReportFailed, build_pages, first_heading
from analysis.reporting.catalogue import Report
from analysis.reporting.ending import Ended, Ending
from analysis.reporting.keys import CODE, NOTEBOOK, VERSIONS, key_parts, stamps
from analysis.reporting.plan import Plan, look_again
from analysis.reporting.progress import Progress
from analysis.reporting.publish import clear_leftovers, prune_runs, publish, settle
from analysis.reporting.records import Failed, Record, read_records, write_record
from analysis.reporting.runs import (
    KEEP_RUNS,
    KILLED,
    ReportInRun,
    Run,
    RunOutcome,
    RunRecord,
    in_run,
    is_reproduced,
    new_run,
    read_run,
    run_ids,
    settled,
    versions,
    write_run,
)
from analysis.reporting.staleness import CHANGED_IN_MID_RUN

ATTEMPTS = 2  # the second builds again what changed while the first was at work


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """How a run ended.

    Parameters
    ----------
    run : RunRecord
        What it did.
    exit_code : int
        0 all good, 1 a report failed or the run was stopped, above 128 a signal ended it.
    """

    run: RunRecord
    exit_code: int


def refresh(
    plan: Plan,
    *,
    build: Builder = build_pages,
    progress: Progress | None = None,
    asked: Mapping[str, Any] | None = None,
    keep: int = KEEP_RUNS,
) -> Finished:
    """Build what is due, put each report in place, and write the index last.

    One failing report does not stop the others: its last good page stays, and the index shows
    the error. A signal or a full disk ends the run; what was put in place stays, and the record
    of the run says so. Only whoever holds `publish.only_run` may call this.

    Parameters
    ----------
    plan : Plan
        What is due.
    build : Builder
        Makes the pages.
    progress : Progress or None
        Told of each report as it starts and ends.
    asked : mapping or None
        What the command line said, for the record.
    keep : int
        How many runs to keep records of, at least 1.
    """
    folder = plan.place.reports
    clear_leftovers(folder)
    _settle_killed(plan)
    run = new_run(run_ids(folder))
    began = time.monotonic()
    record = RunRecord(
        run_id=run.run_id,
        started_at=run.started_at,
        code_version=run.code_version,
        outcome="running",
        asked=asked or {},
        versions=versions(),
        reports=_planned(plan),
    )
    told = progress or Progress()
    outcome: RunOutcome = "done"
    message, exit_code = "", 0
    with Ending() as ending:
        try:
            write_run(record, folder)
            for _ in range(ATTEMPTS):
                if not plan.due:
                    break
                told.begin(len(plan.due))
                due = build_due(plan, run, build=build, progress=told, ending=ending)
                plan = look_again(plan, {record.name: record for record in due})
                run = replace(run, code_version=new_run().code_version)
        except Ended as ended:
            outcome, message, exit_code = "ended by a signal", str(ended), ended.exit_code
        except OSError as error:
            outcome, message, exit_code = "stopped", f"{type(error).__name__}: {error}", 1
        except Exception as error:
            _close(plan, record, "stopped", f"{type(error).__name__}: {error}", None, keep)
            raise
        finally:
            told.end()
        with suppress(Ended), ending.held_back():
            seconds = None if is_reproduced() else round(time.monotonic() - began, 3)
            record = _close(plan, record, outcome, message, seconds, keep)
    has_failed = record.outcome in ("some failed", "stopped")
    return Finished(run=record, exit_code=exit_code or int(has_failed))


def build_due(
    plan: Plan, run: Run, *, build: Builder, progress: Progress, ending: Ending
) -> Iterator[Record]:
    """Build the reports that are due; yield the record of each once it is in place.

    Parameters
    ----------
    plan : Plan
        What is due.
    run : Run
        What the pages have in common.
    build : Builder
        Makes the pages; ended with all it started when this generator is.
    progress : Progress
        Told of each report as it starts and ends.
    ending : Ending
        Holds signals back while a report is put in place.
    """
    pages = iter(
        build(
            [status.report for status in plan.due],
            run=run,
            before={name: record for name, record in plan.records.items() if record.path},
            started=lambda report: progress.started(report.name),
        )
    )
    listed = {status.name: status.report for status in plan.statuses}  # with their own limits
    try:
        for built, page in pages:
            report = listed[built.name]
            with ending.held_back():
                if isinstance(page, ReportFailed):
                    record = _failed(report, page, plan, run)
                    write_record(record, plan.place.reports)
                else:
                    record = _built(report, page, plan, run)
                    publish(record, page, plan.place.reports)
                error = str(page) if isinstance(page, ReportFailed) else ""
                progress.ended(report.name, record.seconds, error)
            yield record
    finally:
        if hasattr(pages, "close"):
            pages.close()


def _built(report: Report, page: Page, plan: Plan, run: Run) -> Record:
    """Return the record of a new page: it rests on what was read, not on what lies there now."""
    known = plan.inputs.tables
    read = known if page.tables is None else page.tables
    now, before = stamps(plan.place, report.files), plan.stamped
    touched = {
        CODE: CODE,
        VERSIONS: VERSIONS,
        NOTEBOOK: f"{NOTEBOOK} {report.notebook}",
        **{f"file {file}": f"file {file}" for file in report.files},
    }
    changed = [part for part, stamp in touched.items() if now.get(stamp) != before.get(stamp)]
    if page.tables is None:
        changed += [f"table {name}" for name in known if _table(name, plan) != known[name]]
    key = key_parts(report, plan.inputs, read, place=plan.place, hashes=plan.hashes)
    return Record(
        **_identity(report),
        path=report.path,
        page_sha256=page.sha256,
        key={**key, **dict.fromkeys(changed, CHANGED_IN_MID_RUN)},
        tables_read=read,
        key_figures=page.key_figures,
        finding=page.finding,
        vintage=_vintage(page.key_figures),
        run_id=run.run_id,
        built_at=run.started_at,
        seconds=_measured(page.seconds),
        cpu_seconds=_measured(page.cpu_seconds),
        peak_memory_mib=_measured(page.peak_memory_mib),
    )


def _failed(report: Report, error: ReportFailed, plan: Plan, run: Run) -> Record:
    """Return the record of a failure: the last good page, if any, stays with all known of it."""
    failed = Failed(
        run_id=run.run_id, at=run.started_at, message=str(error), cell=error.cell, log=error.log
    )
    before = plan.records.get(report.name)
    return replace(Record(**_identity(report)) if before is None else before, failed=failed)


def _identity(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "title": first_heading(report.notebook),
        "area": report.place or "United States",
        "detail": ", ".join(str(value) for value in report.details.values()),
    }


def _vintage(figures: tuple[KeyFigure, ...]) -> str:
    """Return the period of the first key figure."""
    return next((figure.estimate.year for figure in figures), "")


def _measured(value: float | None) -> float | None:
    """Keep what is worth keeping of a measurement; nothing in a run that is to be repeated."""
    return None if value is None or is_reproduced() else round(value, 3)


def _table(name: str, plan: Plan) -> str:
    """Hash a processed table as it lies there now."""
    return plan.hashes.of(path_of(name, plan.place.processed))


def _planned(plan: Plan) -> dict[str, ReportInRun]:
    """Return for every report what the run sets out to do."""
    due = {status.name: status.why or ("asked for",) for status in plan.due}
    return {
        status.name: in_run(
            plan.records.get(status.name),
            "not reached"
            if status.name in due
            else "unchanged"
            if status.name in plan.asked
            else "not asked",
            due.get(status.name, ()),
        )
        for status in plan.statuses
    }


def _settle_killed(plan: Plan) -> None:
    """Complete the records of runs that were killed."""
    folder = plan.place.reports
    for run_id in run_ids(folder):
        run = read_run(run_id, folder)
        if run is not None and run.outcome == "running":
            write_run(settled(run, plan.records, outcome="killed", message=KILLED), folder)


def _close(
    plan: Plan,
    record: RunRecord,
    outcome: RunOutcome,
    message: str,
    seconds: float | None,
    keep: int,
) -> RunRecord:
    """Write down what the run did, then what changed, then the index.

    On a full disk that may fail too; the next run then completes the record.
    """
    from analysis.reporting.index import write_index  # templates: only at the end
    from analysis.reporting.run_changes import write_changes

    folder = plan.place.reports
    records = {known.name: known for known in read_records(folder)}
    now = plan if records == plan.records else look_again(plan, records)
    run = settled(record, records, outcome=outcome, message=message, seconds=seconds)
    if outcome == "done" and run.count("failed"):
        run = replace(run, outcome="some failed")
    try:
        prune_runs(folder, keep)
        write_run(run, folder)
        write_changes(folder)
        write_index(now, built_at=run.started_at)
        settle(folder)
    except OSError as error:
        told = f"{type(error).__name__}: {error}"
        return replace(run, outcome="stopped", message=message or told)
    return run
