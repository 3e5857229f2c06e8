"""What is known of each published page: one JSON file a report, from which the index is made."""

import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis import sources
from analysis.in_place import replacing
from analysis.reporting.build import first_heading
from analysis.reporting.builder import Page, Run
from analysis.reporting.catalogue import Report
from analysis.reporting.index import IndexEntry
from analysis.reporting.metrics import as_json, from_json

FOLDER = "records"
LOGGER = logging.getLogger(__name__)


def record_page(
    report: Report, page: Page, *, run: Run, folder: Path = sources.REPORTS
) -> IndexEntry:
    """Write down that `report` has a good page."""
    entry = IndexEntry(
        **_identity(report),
        path=report.path,
        key_figures=page.key_figures,
        vintage=next((figure.estimate.year for figure in page.key_figures), ""),
        built_at=run.started_at,
        seconds=page.seconds,
        status="current",
    )
    _write(entry, folder)
    return entry


def record_failure(
    report: Report, error: str, *, run: Run, folder: Path = sources.REPORTS
) -> IndexEntry:
    """Write down that `report` failed; its last good page, if any, stays and is marked stale."""
    before = read_record(report.name, folder)
    kept = before if before is not None and before.path is not None else None
    entry = IndexEntry(
        **_identity(report),
        path=kept.path if kept else None,
        key_figures=kept.key_figures if kept else (),
        vintage=kept.vintage if kept else "",
        built_at=kept.built_at if kept else run.started_at,
        seconds=kept.seconds if kept else None,
        status="stale" if kept else "failed",
        error=error,
    )
    _write(entry, folder)
    return entry


def read_records(folder: Path = sources.REPORTS) -> Iterator[IndexEntry]:
    """Yield every report ever built or tried, by name.

    A record that an older version of the project wrote, and this one cannot read, is passed
    over: its report counts as never built, and comes back with the next refresh.
    """
    for place in sorted((folder / FOLDER).glob("*.json")):
        entry = read_record(place.stem, folder)
        if entry is not None:
            yield entry


def read_record(name: str, folder: Path = sources.REPORTS) -> IndexEntry | None:
    """Return what is known of one report; None where it was never built or cannot be read."""
    place = folder / FOLDER / f"{name}.json"
    if not place.is_file():
        return None
    try:
        return _entry(json.loads(place.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError) as error:
        LOGGER.warning("%s cannot be read and is passed over: %s", place.name, error)
        return None


def _identity(report: Report) -> dict[str, Any]:
    """Say which report it is."""
    place = report.parameters.place
    asked = [str(v) for name, v in report.parameters.changed().items() if name != "area"]
    return {
        "name": report.name,
        "notebook": report.parameters.notebook,
        "title": first_heading(str(report.notebook)),
        "area": "United States" if place is None else place.name,
        "detail": ", ".join(asked),
    }


def _write(entry: IndexEntry, folder: Path) -> None:
    """Put the record in place."""
    figures = [as_json(figure) for figure in entry.key_figures]
    fields = {name: getattr(entry, name) for name in IndexEntry.__slots__}
    text = json.dumps(fields | {"key_figures": figures}, indent=1, ensure_ascii=False)
    with replacing(folder / FOLDER / f"{entry.name}.json") as file:
        file.write(text.encode())


def _entry(stored: Mapping[str, Any]) -> IndexEntry:
    """Read a record back."""
    figures = tuple(from_json(figure) for figure in stored["key_figures"])
    return IndexEntry(**{**stored, "key_figures": figures})
