"""The page that says what changed since the last run."""

from itertools import groupby
from pathlib import Path

from analysis import wording
from analysis.estimate import Estimate
from analysis.files import replacing
from analysis.reporting import layout
from analysis.reporting.changes.run_comparison import ReportChange, RunComparison, compare_runs
from analysis.reporting.publishing.run_record import RunRecord, read_run, run_ids

PAGE = "changes.html"


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
    """Read the last runs, the latest last; those that cannot be read are passed over."""
    read = (read_run(run_id, folder) for run_id in reversed(run_ids(folder)))
    found = [run for run, _ in zip(filter(None, read), range(count), strict=False)]
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
    """Put the reports whose figures changed together by question."""
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
