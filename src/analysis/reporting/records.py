"""What is known of each published page: one JSON file a report, from which all else is made."""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from analysis.estimate import KeyFigure
from analysis.files import replacing
from analysis.reporting.catalogue import Report, read_report
from analysis.reporting.metrics import as_json, from_json

FOLDER = "records"
LOGGER = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why the newest run of a report gave no page.

    Parameters
    ----------
    run_id, at : str
        Which run, and when it started, as people read it.
    message : str
        One sentence: which notebook, which cell, what happened.
    cell : int or None
        Place of the cell in the notebook, from 1; None outside of cells.
    log : str
        The last lines that were put out, or the traceback.
    """

    run_id: str
    at: str
    message: str
    cell: int | None = None
    log: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of one report.

    Parameters
    ----------
    report : Report
        As it was asked for when its page was built, or tried for the first time.
    title, area, detail : str
        The question it asks, where, and what tells it from others; as in `IndexEntry`.
    path : str or None
        Of the page, seen from the reports folder; None where there never was a good one. All
        that follows, but for `failed`, is about that page.
    page_sha256 : str
        Of the page.
    key : mapping of str to str
        The parts the page depends on, each with its hash, as they were when it was built.
    tables_read : mapping of str to str
        By name of the table, the SHA-256 of the file that was read.
    key_figures : tuple of KeyFigure
        What the notebook recorded.
    finding : str
        What the report found, in a sentence; empty where it does not say.
    vintage : str
        Of its data: "May 2025".
    run_id, built_at : str
        Which run, and when it started, as people read it.
    seconds, cpu_seconds, peak_memory_mib : float or None
        It took; None where that was not measured.
    failed : Failed or None
        Why the newest run gave no page; None where it did.
    """

    report: Report
    title: str
    area: str
    detail: str
    path: str | None = None
    page_sha256: str = ""
    key: Mapping[str, str] = field(default_factory=dict)
    tables_read: Mapping[str, str] = field(default_factory=dict)
    key_figures: tuple[KeyFigure, ...] = ()
    finding: str = ""
    vintage: str = ""
    run_id: str = ""
    built_at: str = ""
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_memory_mib: float | None = None
    failed: Failed | None = None

    @property
    def name(self) -> str:
        """The name of the report."""
        return self.report.name


def write_record(record: Record, folder: Path) -> None:
    """Write a record below the reports folder."""
    with replacing(folder / FOLDER / f"{record.name}.json") as file:
        file.write(json.dumps(stored(record), indent=1, ensure_ascii=False).encode())


def stored(record: Record) -> dict[str, Any]:
    """Turn a record into plain values."""
    plain = {item.name: getattr(record, item.name) for item in fields(record)}
    return plain | {
        "report": asdict(record.report),
        "key": dict(record.key),
        "tables_read": dict(record.tables_read),
        "key_figures": [as_json(figure) for figure in record.key_figures],
        "failed": None if record.failed is None else asdict(record.failed),
    }


def read_records(folder: Path) -> Iterator[Record]:
    """Yield every report ever built or tried, by name.

    A record that an older version of the project wrote, and this one cannot read, is passed
    over: its report counts as never built, and comes back with the next refresh.
    """
    for place in sorted((folder / FOLDER).glob("*.json")):
        record = read_record(place.stem, folder)
        if record is not None:
            yield record


def read_record(name: str, folder: Path) -> Record | None:
    """Return what is known of one report; None where it was never built or cannot be read."""
    place = folder / FOLDER / f"{name}.json"
    if not place.is_file():
        return None
    try:
        return record_of(json.loads(place.read_text(encoding="utf-8")))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        LOGGER.warning("%s cannot be read and is passed over: %s", place.name, error)
        return None


def record_of(row: Mapping[str, Any]) -> Record:
    """Read a record back from what `stored` made of it.

    Raises
    ------
    ValueError, KeyError, TypeError
        It was not made by `stored`.
    """
    failed = row["failed"]
    return Record(
        **{
            **row,
            "report": read_report(row["report"]),
            "key_figures": tuple(from_json(figure) for figure in row["key_figures"]),
            "failed": None if failed is None else Failed(**failed),
        }
    )
