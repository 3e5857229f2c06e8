"""Write page, notebook and record of a report, one run at a time; remove what is not kept."""

import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.errors import AnotherRun
from analysis.files import locked, replacing
from analysis.reporting.records import FOLDER as RECORDS
from analysis.reporting.records import Record, write_record
from analysis.reporting.runs import FOLDER as RUNS
from analysis.reporting.runs import is_reproduced, run_ids
from analysis.reporting.staleness import Status

if TYPE_CHECKING:  # whoever only holds the lock need not wait for what builds
    from analysis.reporting.build import Page

NOTEBOOKS = "notebooks"
INJECTED = "injected-parameters"  # papermill's tag of the cell it puts in, with a random id
LOCK = ".lock"


@contextmanager
def only_run(folder: Path) -> Iterator[None]:
    """Hold the lock on a reports folder while the block runs.

    The system lets go of it when the process ends, however it ends; the file stays, since
    removing it would let a third run in beside a second.

    Raises
    ------
    AnotherRun
        Who holds it, and since when.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with only_run(folder):
    ...     with only_run(folder):
    ...         pass
    Traceback (most recent call last):
    ...
    analysis.errors.AnotherRun: Another run ... is at work in ...
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = folder / LOCK
    with ExitStack() as stack:
        try:
            file = stack.enter_context(locked(lock, wait=False))
        except BlockingIOError:
            raise AnotherRun(
                f"Another run {_holder(lock)}is at work in {folder}. Wait for it to end, or end "
                "it; nothing was changed."
            ) from None
        os.close(os.open(lock, os.O_RDWR))  # raises where it can only be read
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(_self()).encode(), 0)
        yield


def _self() -> dict[str, str | int]:
    """Describe this process."""
    return {
        "process": os.getpid(),
        "machine": os.uname().nodename,
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),  # not what it was given
        "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
    }


def _holder(lock: Path) -> str:
    """Read who holds the lock; empty in the moment before that is written."""
    try:
        held = json.loads(lock.read_bytes())
        told = f"({held['command']}; process {held['process']} on {held['machine']})"
    except (ValueError, KeyError, TypeError):
        return ""
    return f"{told} since {held['since']} "


def publish(record: Record, page: "Page", folder: Path) -> None:
    """Write a report: page, executed notebook, record.

    A run that is ended between the steps leaves a page that the record does not describe; the
    next run sees that by the page's hash, and builds it again.

    Parameters
    ----------
    record : Record
        What is to be known of the page.
    page : Page
        The page, and the notebook it was made from.
    folder : Path
        Where reports go.
    """
    with replacing(folder / str(record.path)) as file:
        file.write(page.html.encode())
    if page.notebook:
        with replacing(folder / NOTEBOOKS / f"{record.name}.ipynb") as file:
            file.write(kept_notebook(page.notebook).encode())
    write_record(record, folder)


def kept_notebook(notebook: str) -> str:
    """Return an executed notebook as it is kept: no random id; no times if it shall be repeated.

    Examples
    --------
    >>> cell = {"cell_type": "code", "id": "f3a9", "metadata": {"tags": ["injected-parameters"]}}
    >>> json.loads(kept_notebook(json.dumps({"cells": [cell], "metadata": {}})))["cells"][0]["id"]
    'injected-parameters'
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        if INJECTED in cell["metadata"].get("tags", []):
            cell["id"] = INJECTED
    if is_reproduced():
        content = {
            **content,
            "metadata": _untimed(content["metadata"]),
            "cells": [
                {**cell, "metadata": _untimed(cell["metadata"])} for cell in content["cells"]
            ],
        }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def settle(folder: Path) -> None:
    """Have the system write down what the folders list: a run that says it is done is done.

    Before that a power cut may undo renames, each by itself; the next run sees by the hashes
    of the pages which of them to build again.
    """
    for place in (folder, *(path for path in folder.iterdir() if path.is_dir())):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_leftovers(folder: Path) -> list[Path]:
    """Remove what runs that were killed have left behind aside; return what it was.

    Only whoever holds the lock may do that: to others it may be a file being written.
    """
    found = [place for place in folder.rglob(".*.part") if place.is_file()]
    for place in found:
        place.unlink(missing_ok=True)
    return found


def _untimed(metadata: dict[str, Any]) -> dict[str, Any]:
    """Leave out when and how long something ran."""
    return {
        name: value for name, value in metadata.items() if name not in ("papermill", "execution")
    }


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
