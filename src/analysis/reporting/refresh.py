"""Build many reports, put each in place as it ends, and the index last."""

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from analysis import processed, sources
from analysis.in_place import replacing
from analysis.reporting.build import build_pages
from analysis.reporting.builder import Before, Builder, ReportFailed, Run
from analysis.reporting.catalogue import Report
from analysis.reporting.index import IndexEntry, render_index
from analysis.reporting.records import read_records, record_failure, record_page


def new_run() -> Run:
    """Name a run after the moment it starts; SOURCE_DATE_EPOCH sets that moment."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.now(UTC) if epoch is None else datetime.fromtimestamp(int(epoch), UTC)
    return Run(
        run_id=f"{now:%Y-%m-%dT%H%M%SZ}",
        started_at=f"{now:%Y-%m-%d %H:%M} UTC",
        code_version=f"{version('medical-coding-workforce')}, code {code_hash()[:12]}",
    )


def code_hash() -> str:
    """Hash the source of the package, whatever git says of it."""
    digest = hashlib.sha256()
    for file in sorted((sources.ROOT / "src" / "analysis").rglob("*")):
        if file.suffix in {".py", ".css", ".js", ".j2"}:
            digest.update(file.read_bytes())
    return digest.hexdigest()


def refresh(
    reports: Sequence[Report],
    *,
    run: Run,
    folder: Path = sources.REPORTS,
    done: Callable[[IndexEntry], None] | None = None,
    build: Builder = build_pages,
) -> tuple[IndexEntry, ...]:
    """Build `reports`, put each page in place, and write the index last.

    One failing report does not stop the others: its last good page stays, and the index shows
    the error.

    Parameters
    ----------
    reports : sequence of Report
        What to build.
    run : Run
        What the pages have in common.
    folder : Path
        Where pages, records and index go.
    done : callable or None
        Told of each report as it is finished.
    build : callable
        Makes the pages.

    Returns
    -------
    tuple of IndexEntry
        One a report, as they ended; `error` is empty where it went well.
    """
    processed.ensure()
    entries = []
    before = {
        entry.name: Before(built_at=entry.built_at, key_figures=entry.key_figures)
        for entry in read_records(folder)
        if entry.path is not None
    }
    for report, page in build(reports, run=run, before=before, started=id):
        if isinstance(page, ReportFailed):
            entry = record_failure(report, str(page), run=run, folder=folder)
        else:
            with replacing(folder / report.path) as file:
                file.write(page.html.encode())
            entry = record_page(report, page, run=run, folder=folder)
        entries.append(entry)
        if done is not None:
            done(entry)
    write_index(run=run, folder=folder)
    return tuple(entries)


def write_index(*, run: Run, folder: Path = sources.REPORTS) -> Path:
    """Write `index.html` from all records."""
    html = render_index(sorted(read_records(folder), key=_place), built_at=run.started_at)
    with replacing(folder / "index.html") as file:
        file.write(html.encode())
    return folder / "index.html"


def _place(entry: IndexEntry) -> tuple[bool, bool, str]:
    """Order reports: the nation as catalogued first, then areas, then what was asked by hand."""
    return bool(entry.detail), entry.area != "United States", entry.name


def as_json(entries: Sequence[IndexEntry]) -> str:
    """Say for machines what became of each report."""
    shown = [
        {
            "name": entry.name,
            "path": entry.path,
            "status": entry.status,
            "seconds": entry.seconds,
            "error": entry.error,
        }
        for entry in entries
    ]
    return json.dumps(shown, indent=1, ensure_ascii=False)
