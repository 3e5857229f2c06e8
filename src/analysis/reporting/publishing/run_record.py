"""What a run did: one JSON file a run, written when it starts and again when it ends."""

import json
import logging
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Literal

from analysis.estimate import KeyFigure
from analysis.files import replacing
from analysis.reporting.metrics import as_json, from_json
from analysis.reporting.publishing.run_name import run_order
from analysis.reporting.records import Record

FOLDER = "runs"
LOGGER = logging.getLogger(__name__)
KILLED = "It was killed, the machine stopped, or the disk was full: it could not say which."
LIBRARIES = (
    "matplotlib",
    "numpy",
    "pandas",
    "papermill",
    "pyarrow",
    "scipy",
    "seaborn",
    "statsmodels",
)

RunOutcome = Literal["running", "done", "some failed", "ended by a signal", "stopped", "killed"]
ReportOutcome = Literal["built", "failed", "unchanged", "not reached", "not asked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportInRun:
    """What a run did with one report, and what is known of it after the run.

    Parameters
    ----------
    outcome : ReportOutcome
        "unchanged": it was current; "not reached": the run ended first; "not asked": it was not
        among those to look at.
    why : tuple of str
        Why it was built: "table wages changed".
    notebook, title, area, detail : str
        As in `Record`.
    parameters, key, tables_read : mapping
        As in `Record`; where it was built.
    path : str or None
        Of the page there is now.
    key_figures : tuple of KeyFigure
        Of that page.
    seconds, cpu_seconds, peak_memory_mib : float or None
        It took, where it was built.
    error : mapping or None
        The fields of `Failed`, where it failed.
    """

    outcome: ReportOutcome
    why: tuple[str, ...] = ()
    notebook: str = ""
    title: str = ""
    area: str = ""
    detail: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)
    key: Mapping[str, str] = field(default_factory=dict)
    tables_read: Mapping[str, str] = field(default_factory=dict)
    path: str | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    seconds: float | None = None
    cpu_seconds: float | None = None
    peak_memory_mib: float | None = None
    error: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunRecord:
    """One run.

    Parameters
    ----------
    run_id, started_at, code_version : str
        As in `Run`.
    outcome : RunOutcome
        "running" while it runs; "killed" is what the next run finds of one that could not say.
    message : str
        What ended it, where it did not end by itself.
    asked : mapping
        What the command line said.
    versions : mapping of str to str
        Of Python and of the libraries that numbers rest on.
    seconds : float or None
        It took.
    reports : mapping of str to ReportInRun
        By name, every report there is, also those this run did not touch: two runs can be
        compared without looking at any other.
    """

    run_id: str
    started_at: str
    code_version: str
    outcome: RunOutcome
    message: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: float | None = None
    reports: Mapping[str, ReportInRun] = field(default_factory=dict)

    def count(self, outcome: ReportOutcome) -> int:
        """Count the reports with one outcome."""
        return sum(report.outcome == outcome for report in self.reports.values())


def versions() -> dict[str, str]:
    """Return the versions that numbers rest on."""
    from importlib.metadata import PackageNotFoundError, version

    found = {"python": platform.python_version()}
    for library in LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "absent"
    return found


def in_run(record: Record | None, outcome: ReportOutcome, why: tuple[str, ...] = ()) -> ReportInRun:
    """Say what a run did with a report, from what is known of it now."""
    if record is None:
        return ReportInRun(outcome=outcome, why=why)
    is_new = outcome == "built"
    return ReportInRun(
        outcome=outcome,
        why=why,
        notebook=record.listed.notebook,
        title=record.title,
        area=record.area,
        detail=record.detail,
        parameters=record.listed.parameters if is_new else {},
        key=record.key if is_new else {},
        tables_read=record.tables_read if is_new else {},
        path=record.path,
        key_figures=record.key_figures,
        seconds=record.seconds if is_new else None,
        cpu_seconds=record.cpu_seconds if is_new else None,
        peak_memory_mib=record.peak_memory_mib if is_new else None,
        error=None if record.failed is None else asdict(record.failed),
    )


def write_run(run: RunRecord, folder: Path) -> None:
    """Put the record of a run in place."""
    reports = {
        name: {
            **{item.name: getattr(report, item.name) for item in fields(report)},
            "key_figures": [as_json(figure) for figure in report.key_figures],
        }
        for name, report in run.reports.items()
    }
    plain = {item.name: getattr(run, item.name) for item in fields(run)} | {"reports": reports}
    with replacing(folder / FOLDER / f"{run.run_id}.json") as file:
        file.write(json.dumps(plain, ensure_ascii=False, indent=1).encode())


def run_ids(folder: Path) -> list[str]:
    """List the runs there are records of, oldest first."""
    return sorted((place.stem for place in (folder / FOLDER).glob("*.json")), key=run_order)


def read_run(run_id: str, folder: Path) -> RunRecord | None:
    """Read the record of a run; None where there is none, or none that can be read."""
    place = folder / FOLDER / f"{run_id}.json"
    try:
        row = json.loads(place.read_text(encoding="utf-8"))
        reports = {name: _report(report) for name, report in row["reports"].items()}
        return RunRecord(**{**row, "reports": reports})
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        LOGGER.warning("%s cannot be read and is passed over: %s", place.name, error)
        return None


def settled(
    run: RunRecord,
    records: Mapping[str, Record],
    *,
    outcome: RunOutcome,
    message: str = "",
    seconds: float | None = None,
) -> RunRecord:
    """Complete the record of a run from what it has put in place, however it ended.

    Parameters
    ----------
    run : RunRecord
        As it was written at the start: what was to be done.
    records : mapping of str to Record
        By name, what is known of each report now.
    outcome, message, seconds
        As in `RunRecord`.
    """
    reports = {
        name: in_run(record, _outcome(record, run, report), report.why)
        if (record := records.get(name)) is not None
        else report
        for name, report in run.reports.items()
    }
    return replace(run, outcome=outcome, message=message, seconds=seconds, reports=reports)


def _outcome(record: Record, run: RunRecord, planned: ReportInRun) -> ReportOutcome:
    """Say what a run did with a report: what it put in place carries its name."""
    if record.failed is not None and record.failed.run_id == run.run_id:
        return "failed"
    if record.failed is None and record.run_id == run.run_id:
        return "built"
    return planned.outcome


def _report(row: Mapping[str, Any]) -> ReportInRun:
    """Read what a run did with a report back."""
    figures = tuple(from_json(figure) for figure in row["key_figures"])
    return ReportInRun(**{**row, "why": tuple(row["why"]), "key_figures": figures})
