"""A run: build what is due, put each report in place as it ends, write the index last."""

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis.reporting.build import build_pages
from analysis.reporting.builder import Builder
from analysis.reporting.building import build_due
from analysis.reporting.catalogue import Report
from analysis.reporting.changes.changes_page import write_changes
from analysis.reporting.freshness.key import here
from analysis.reporting.freshness.listing import listed_of
from analysis.reporting.freshness.plan import Plan, ask, look_again, take_stock
from analysis.reporting.index_entries import write_index
from analysis.reporting.progress import Progress, Silent
from analysis.reporting.publishing.ending import Ended, Ending
from analysis.reporting.publishing.lock import only_run
from analysis.reporting.publishing.publish import clear_leftovers, settle
from analysis.reporting.publishing.retention import prune_runs
from analysis.reporting.publishing.run_name import is_reproduced, new_run
from analysis.reporting.publishing.run_record import (
    KILLED,
    ReportInRun,
    RunOutcome,
    RunRecord,
    in_run,
    read_run,
    run_ids,
    settled,
    versions,
    write_run,
)
from analysis.reporting.records import read_records

KEEP_RUNS = 20
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
    of the run says so. Only whoever holds `publishing.lock.only_run` may call this.

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
    told = progress or Silent()
    outcome: RunOutcome = "done"
    message, exit_code = "", 0
    with Ending() as ending:
        try:
            write_run(record, folder)
            for _ in range(ATTEMPTS):
                if not plan.due:
                    break
                told.begin(len(plan.due))
                built = {
                    done.name
                    for done in build_due(plan, run, build=build, progress=told, ending=ending)
                    if done.failed is None
                }
                plan = look_again(plan, built)
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


def refresh_reports(
    reports: Sequence[Report], *, folder: Path | None = None, build: Builder = build_pages
) -> Finished:
    """Build reports whether or not they are current, and put them into a folder.

    Parameters
    ----------
    reports : sequence of Report
        What to build.
    folder : Path or None
        Where reports go; the project's own folder if None.
    build : Builder
        Makes the pages.

    Raises
    ------
    AnotherRun
        Another run is at work in that folder.
    """
    place = here() if folder is None else replace(here(), reports=folder)
    with only_run(place.reports):
        stock = take_stock(place, [listed_of(report) for report in reports])
        names = [report.name for report in reports]
        return refresh(ask(stock, only=names, force=True), build=build, asked={"only": names})


def _planned(plan: Plan) -> dict[str, ReportInRun]:
    """Say of every report what the run sets out to do."""
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
    folder = plan.place.reports
    records = {known.name: known for known in read_records(folder)}
    run = settled(record, records, outcome=outcome, message=message, seconds=seconds)
    if outcome == "done" and run.count("failed"):
        run = replace(run, outcome="some failed")
    try:
        prune_runs(folder, keep)
        write_run(run, folder)
        write_changes(folder)
        write_index(look_again(plan), built_at=run.started_at)
        settle(folder)
    except OSError as error:
        told = f"{type(error).__name__}: {error}"
        return replace(run, outcome="stopped", message=message or told)
    return run
