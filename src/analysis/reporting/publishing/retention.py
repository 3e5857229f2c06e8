"""What is kept: the last runs, and of each report its page and last good notebook."""

from collections.abc import Iterable
from pathlib import Path

from analysis.reporting.freshness.status import Status
from analysis.reporting.publishing.publish import NOTEBOOKS
from analysis.reporting.publishing.run_record import FOLDER as RUNS
from analysis.reporting.publishing.run_record import run_ids
from analysis.reporting.records import FOLDER as RECORDS


def prune_runs(folder: Path, keep: int) -> list[str]:
    """Remove the records of all but the last `keep` runs, at least 1; return which."""
    old = run_ids(folder)[:-keep]
    for run_id in old:
        _remove(folder, f"{RUNS}/{run_id}.json")
    return old


def prune_orphans(folder: Path, statuses: Iterable[Status]) -> list[str]:
    """Remove the reports that the catalogue no longer has; return which.

    Those asked for by hand stay. The record goes last: a removal that is cut short is taken up
    again by the next.
    """
    orphans = [status for status in statuses if status.state == "orphaned"]
    for status in orphans:
        if status.path is not None:
            _remove(folder, status.path)
        _remove(folder, f"{NOTEBOOKS}/{status.name}.ipynb")
        _remove(folder, f"{RECORDS}/{status.name}.json")
    return [status.name for status in orphans]


def _remove(folder: Path, path: str) -> None:
    """Remove one file below the reports folder; never one that a record or a link puts outside.

    Raises
    ------
    ValueError
        It lies outside.
    """
    place = folder / path
    if not place.parent.resolve().is_relative_to(folder.resolve()):
        raise ValueError(f"Only what lies in {folder} is removed; {path} leads out of it.")
    place.unlink(missing_ok=True)
