"""Build what is due and put each report in place as it ends, with a record that is true."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from analysis.estimate import KeyFigure
from analysis.reporting.build import first_heading
from analysis.reporting.builder import Before, Builder, Page, ReportFailed, Run
from analysis.reporting.catalogue import Report, report_from
from analysis.reporting.freshness.key import Stamp, key_parts, stamps
from analysis.reporting.freshness.listing import Listed
from analysis.reporting.freshness.plan import Plan, look_again
from analysis.reporting.freshness.status import CHANGED_IN_MID_RUN
from analysis.reporting.progress import Progress
from analysis.reporting.publishing.ending import Ending
from analysis.reporting.publishing.publish import publish
from analysis.reporting.publishing.run_name import is_reproduced
from analysis.reporting.records import Failed, Record, after_failure, write_record

Stamps = Mapping[str, tuple[Stamp | None, ...]]


def build_due(
    plan: Plan, run: Run, *, build: Builder, progress: Progress, ending: Ending
) -> Iterator[Record]:
    """Build the reports that are due; yield the record of each once it is in place.

    Parameters
    ----------
    plan : Plan
        What is due; inputs are looked at anew, once it is noted when each was last touched.
    run : Run
        What the pages have in common.
    build : Builder
        Makes the pages; ended with all it started when this generator is.
    progress : Progress
        Told of each report as it starts and ends.
    ending : Ending
        Holds signals back while a report is put in place.
    """
    stamped = {status.name: stamps(status.listed, plan.place) for status in plan.due}
    plan = replace(look_again(plan), due=plan.due)
    listed = plan.listed
    reports = [report_from(status.listed) for status in plan.due]
    pages = iter(
        build(
            reports,
            run=run,
            before=_before(plan),
            started=lambda report: progress.started(report.name),
        )
    )
    try:
        for report, page in pages:
            with ending.held_back():
                if isinstance(page, ReportFailed):
                    record = _failed(report, page, listed[report.name], plan, run)
                    write_record(record, plan.place.reports)
                else:
                    record = _built(
                        report, page, listed[report.name], plan, run, stamped[report.name]
                    )
                    publish(record, page, plan.place.reports)
                progress.ended(
                    report.name, record.seconds, str(page) if isinstance(page, ReportFailed) else ""
                )
            yield record
    finally:
        if hasattr(pages, "close"):
            pages.close()


def _before(plan: Plan) -> dict[str, Before]:
    """Gather what new pages are compared with."""
    return {
        name: Before(built_at=record.built_at, key_figures=record.key_figures)
        for name, record in plan.records.items()
        if record.path is not None
    }


def _built(
    report: Report, page: Page, listed: Listed, plan: Plan, run: Run, stamped: Stamps
) -> Record:
    """Say what is known of a new page: it rests on what was read, not on what lies there now."""
    key = key_parts(
        listed, plan.inputs, place=plan.place, hashes=plan.hashes, tables_read=page.tables
    )
    now = stamps(listed, plan.place)
    changed = {part for part, stamp in stamped.items() if now[part] != stamp}
    changed |= {
        f"table {name}"
        for name in listed.tables
        if name not in page.tables and _table(name, plan) != plan.inputs.tables.get(name)
    }
    return Record(
        **_identity(report, listed),
        path=listed.path,
        page_sha256=page.sha256,
        key={**key, **dict.fromkeys(changed, CHANGED_IN_MID_RUN)},
        tables_read=page.tables,
        key_figures=page.key_figures,
        vintage=_vintage(page.key_figures),
        run_id=run.run_id,
        built_at=run.started_at,
        seconds=_measured(page.seconds),
        cpu_seconds=_measured(page.cpu_seconds),
        peak_memory_mib=_measured(page.peak_memory_mib),
    )


def _failed(report: Report, error: ReportFailed, listed: Listed, plan: Plan, run: Run) -> Record:
    """Say that a report failed."""
    failed = Failed(
        run_id=run.run_id, at=run.started_at, message=str(error), cell=error.cell, log=error.log
    )
    return after_failure(plan.records.get(report.name), Record(**_identity(report, listed)), failed)


def _identity(report: Report, listed: Listed) -> dict[str, Any]:
    """Say which report it is."""
    place = report.parameters.place
    asked = [str(v) for name, v in report.parameters.changed().items() if name != "area"]
    return {
        "listed": listed,
        "title": first_heading(str(report.notebook)),
        "area": "United States" if place is None else place.name,
        "detail": ", ".join(asked),
    }


def _vintage(figures: tuple[KeyFigure, ...]) -> str:
    """Return the period of the first key figure."""
    return next((figure.estimate.year for figure in figures), "")


def _measured(value: float | None) -> float | None:
    """Keep what is worth keeping of a measurement; nothing in a run that is to be repeated."""
    return None if value is None or is_reproduced() else round(value, 3)


def _table(name: str, plan: Plan) -> str:
    """Hash a processed table as it lies there now."""
    return plan.hashes.of(plan.place.processed / f"{name}.parquet")
