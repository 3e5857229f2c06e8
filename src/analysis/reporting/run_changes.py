"""Two runs side by side: reports new, gone or failed, key figures that moved; and their page."""

from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from analysis import wording
from analysis.estimate import Estimate
from analysis.files import replacing
from analysis.reporting import layout
from analysis.reporting.changes import Change, change_of
from analysis.reporting.runs import ReportInRun, RunRecord, read_run, run_ids

PAGE = "changes.html"
Kind = Literal["new", "gone", "failed", "works again", "changed", "the same"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChange:
    """One report in two runs.

    Parameters
    ----------
    name, title, area, detail : str
        Which report; as in `IndexEntry`.
    kind : Kind
        "changed" where a key figure did.
    path : str or None
        Of its page, seen from the index.
    error : str
        Why it failed in the later run; empty where it did not.
    changes : tuple of Change
        Key figures that are not the same, in reading order.
    """

    name: str
    title: str
    area: str
    detail: str
    kind: Kind
    path: str | None
    error: str
    changes: tuple[Change, ...]

    @property
    def label(self) -> str:
        """Name the report among those of its notebook."""
        return ", ".join(filter(None, [self.area, self.detail]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunComparison:
    """Two runs.

    Parameters
    ----------
    old, new : RunRecord
        The earlier and the later run.
    reports : tuple of ReportChange
        Those that differ, in order of name.
    same : int
        How many reports do not.
    """

    old: RunRecord
    new: RunRecord
    reports: tuple[ReportChange, ...]
    same: int

    def of(self, kind: Kind) -> tuple[ReportChange, ...]:
        """Return the reports of one kind."""
        return tuple(report for report in self.reports if report.kind == kind)


def compare_runs(old: RunRecord, new: RunRecord) -> RunComparison:
    """Set two runs side by side.

    Parameters
    ----------
    old, new : RunRecord
        Each holds every report there was after it.
    """
    before, after = old.reports, new.reports
    both = {
        name: compare_report(name, before.get(name), after.get(name), since=old.started_at)
        for name in sorted(before.keys() | after.keys())
    }
    differing = tuple(report for report in both.values() if report.kind != "the same")
    return RunComparison(old=old, new=new, reports=differing, same=len(both) - len(differing))


def compare_report(
    name: str, old: ReportInRun | None, new: ReportInRun | None, *, since: str = ""
) -> ReportChange:
    """Set one report of two runs side by side."""
    had = old is not None and old.path is not None
    has = new is not None and new.path is not None
    changes = _changes(old, new, since) if had and has else ()
    known = (new and new.record) or (old and old.record)
    failed = new.record.failed if new and new.record else None
    return ReportChange(
        name=name,
        title=known.title if known else "",
        area=known.area if known else "",
        detail=known.detail if known else "",
        kind=_kind(old, new, is_changed=bool(changes)),
        path=new.path if new else None,
        error=failed.message if failed else "",
        changes=changes,
    )


def as_plain(comparison: RunComparison) -> dict[str, Any]:
    """Turn a comparison into plain values, for machines."""
    return {
        "old": comparison.old.run_id,
        "new": comparison.new.run_id,
        "same": comparison.same,
        "reports": [
            {
                "name": report.name,
                "kind": report.kind,
                "error": report.error,
                "changes": [
                    {
                        "name": change.name,
                        "label": change.label,
                        "better": change.better,
                        "old": None if change.old is None else asdict(change.old),
                        "new": None if change.new is None else asdict(change.new),
                        "difference": change.difference,
                        "noise": change.noise,
                        "verdict": change.verdict,
                    }
                    for change in report.changes
                ],
            }
            for report in comparison.reports
        ],
    }


def _changes(old: ReportInRun | None, new: ReportInRun | None, since: str) -> tuple[Change, ...]:
    """Compare the key figures of a report that both runs have a page of."""
    before, after = (
        {figure.name: figure for figure in run.record.key_figures} if run and run.record else {}
        for run in (old, new)
    )
    changes = (
        change_of(before.get(name), after.get(name), since=since)
        for name in dict.fromkeys([*after, *before])
    )
    return tuple(change for change in changes if change.verdict != "the same")


def _kind(old: ReportInRun | None, new: ReportInRun | None, *, is_changed: bool) -> Kind:
    """Return what became of a report."""
    had = old is not None and old.path is not None
    if new is None:
        return "gone" if had else "the same"
    if new.outcome == "failed":
        return "failed"
    if new.path is None:
        return "gone" if had else "the same"
    if not had:
        return "new"
    if old and old.record and old.record.failed and new.record and not new.record.failed:
        return "works again"
    return "changed" if is_changed else "the same"


def write_changes(folder: Path) -> Path | None:
    """Write `changes.html` from the last two runs; None where there was no run yet."""
    last = last_runs(folder)
    if not last:
        return None
    html = render_changes(last[-1], last[0] if len(last) > 1 else None)
    with replacing(folder / PAGE) as file:
        file.write(html.encode())
    return folder / PAGE


def last_runs(folder: Path, count: int = 2) -> list[RunRecord]:
    """Read the last runs, the latest last; those that cannot be read are passed over.

    So is a report that was asked for by hand: what the last refresh changed stays told.
    """
    read = (read_run(run_id, folder) for run_id in reversed(run_ids(folder)))
    refreshes = (run for run in read if run is not None and "report" not in run.asked)
    found = [run for run, _ in zip(refreshes, range(count), strict=False)]
    return found[::-1]


def render_changes(new: RunRecord, old: RunRecord | None) -> str:
    """Render what changed from one run to the next; `old` is None where there was none before.

    Examples
    --------
    >>> first = RunRecord(run_id="1", started_at="2026-11-01", code_version="", outcome="done")
    >>> "first run" in render_changes(first, None)
    True
    """
    comparison = None if old is None else compare_runs(old, new)
    return layout.render(
        "changes.html.j2",
        {
            "new": new,
            "old": old,
            "comparison": comparison,
            "titles": titles(comparison),
            "amount": amount,
        },
    )


def titles(comparison: RunComparison | None) -> list[tuple[str, list[ReportChange]]]:
    """Group the reports whose figures changed by question."""
    if comparison is None:
        return []
    moved = sorted(comparison.of("changed") + comparison.of("works again"), key=_question)
    return [(title, list(reports)) for title, reports in groupby(moved, key=_question)]


def amount(estimate: Estimate | None) -> str:
    """Write a value with its unit; empty where there is no such figure."""
    return "" if estimate is None else wording.amount_with_unit(estimate)


def _question(report: ReportChange) -> str:
    """Return what a report asks."""
    return report.title
