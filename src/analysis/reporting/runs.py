"""Runs: what each is called, and what it did: one JSON file a run, written at start and end."""

import json
import logging
import os
import platform
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from analysis.errors import WrongInput
from analysis.files import replacing
from analysis.reporting.keys import code_hash
from analysis.reporting.records import Record, record_of, stored

FOLDER = "runs"
KEEP_RUNS = 20
EPOCH = "SOURCE_DATE_EPOCH"
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
class Run:
    """What all pages of one run have in common.

    Parameters
    ----------
    run_id : str
        Unique: "2026-11-22T071400Z".
    started_at : str
        As people read it: "2026-11-22 07:14 UTC".
    code_version : str
        Of this project.
    """

    run_id: str
    started_at: str
    code_version: str


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
    record : Record or None
        After the run, without what it rests on and what it took where it was not built; None
        where it was never built or tried.
    """

    outcome: ReportOutcome
    why: tuple[str, ...] = ()
    record: Record | None = None

    @property
    def path(self) -> str | None:
        """Where the page lies that there is now."""
        return None if self.record is None else self.record.path


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


def new_run(taken: Collection[str] = ()) -> Run:
    """Name a run after the moment it starts, so that it sorts behind those in `taken`.

    Where one of them is of this second, or of a later one since the clock was set back, the name
    is that one's with the next number: the order of runs is kept.

    SOURCE_DATE_EPOCH sets that moment, so that a run can be repeated to the last byte; its
    name is then that of the run it repeats.

    Examples
    --------
    >>> first = new_run()
    >>> new_run({first.run_id}).run_id == first.run_id
    False
    >>> new_run({"2999-01-01T000000Z-2"}).run_id
    '2999-01-01T000000Z-3'
    """
    from importlib.metadata import version  # only a run that builds waits for it

    now = moment()
    name = f"{now:%Y-%m-%dT%H%M%SZ}"
    last, number = max(map(run_order, taken), default=("", 0))
    if name <= last and not is_reproduced():
        name = f"{last}-{number + 1}"
    return Run(
        run_id=name,
        started_at=f"{now:%Y-%m-%d %H:%M} UTC",
        code_version=f"{version('medical-coding-workforce')}, code {code_hash()[:12]}",
    )


def moment() -> datetime:
    """Return now, or what SOURCE_DATE_EPOCH says.

    Raises
    ------
    WrongInput
        It says no moment.
    """
    epoch = os.environ.get(EPOCH)
    if epoch is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise WrongInput(f"{EPOCH} must be whole seconds since 1970; found {epoch!r}.") from None


def is_reproduced() -> bool:
    """Return whether the run shall equal another: then nothing that was measured is written."""
    return EPOCH in os.environ


def run_order(run_id: str) -> tuple[str, int]:
    """Sort runs by time, and runs of one second by number.

    Examples
    --------
    >>> sorted(["2026-11-22T071400Z-10", "2026-11-22T071400Z", "2026-11-22T071400Z-2"],
    ...     key=run_order)
    ['2026-11-22T071400Z', '2026-11-22T071400Z-2', '2026-11-22T071400Z-10']
    """
    moment, z, number = run_id.partition("Z")
    return moment + z, int(number[1:]) if number[1:].isdecimal() else 1


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
    """Return what a run did with a report, from what is known of it now."""
    if record is not None and outcome != "built":
        record = replace(
            record, key={}, tables_read={}, seconds=None, cpu_seconds=None, peak_memory_mib=None
        )
    return ReportInRun(outcome=outcome, why=why, record=record)


def write_run(run: RunRecord, folder: Path) -> None:
    """Write the record of a run below the reports folder."""
    reports = {
        name: {
            "outcome": report.outcome,
            "why": report.why,
            "record": None if report.record is None else stored(report.record),
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
    """Return what a run did with a report: what it wrote carries its name."""
    if record.failed is not None and record.failed.run_id == run.run_id:
        return "failed"
    if record.failed is None and record.run_id == run.run_id:
        return "built"
    return planned.outcome


def _report(row: Mapping[str, Any]) -> ReportInRun:
    record = row["record"]
    return ReportInRun(
        outcome=row["outcome"],
        why=tuple(row["why"]),
        record=None if record is None else record_of(record),
    )
