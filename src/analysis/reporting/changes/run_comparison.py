"""Two runs side by side: which reports are new, gone or failed, and which key figures moved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from analysis.reporting.changes.change import Change, change_of
from analysis.reporting.publishing.run_record import ReportInRun, RunRecord

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
    told = new if new is not None and new.title else old
    return ReportChange(
        name=name,
        title=told.title if told else "",
        area=told.area if told else "",
        detail=told.detail if told else "",
        kind=_kind(old, new, is_changed=bool(changes)),
        path=new.path if new else None,
        error=str(new.error["message"]) if new and new.error else "",
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
    before: Mapping[str, Any] = {f.name: f for f in old.key_figures} if old else {}
    after: Mapping[str, Any] = {f.name: f for f in new.key_figures} if new else {}
    changes = (
        change_of(before.get(name), after.get(name), since=since)
        for name in dict.fromkeys([*after, *before])
    )
    return tuple(change for change in changes if change.verdict != "the same")


def _kind(old: ReportInRun | None, new: ReportInRun | None, *, is_changed: bool) -> Kind:
    """Say what became of a report."""
    had = old is not None and old.path is not None
    if new is None:
        return "gone" if had else "the same"
    if new.outcome == "failed":
        return "failed"
    if new.path is None:
        return "gone" if had else "the same"
    if not had:
        return "new"
    if old is not None and old.error and not new.error:
        return "works again"
    return "changed" if is_changed else "the same"
