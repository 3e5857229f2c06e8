"""One run at a time: a lock on the reports folder that ends with the process that holds it."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import AnotherRun
from analysis.files import locked

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
    """Say who this process is."""
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
