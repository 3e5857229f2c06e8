"""One run at a time: a lock on the reports folder that ends with the process that holds it."""

import errno
import fcntl
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from analysis.errors import AnotherRun

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
    file, refused = _opened(folder / LOCK)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AnotherRun(
                f"Another run {_holder(file)}is at work in {folder}. Wait for it to end, or end "
                "it; nothing was changed."
            ) from None
        except OSError as error:  # a file system without locks
            raise OSError(error.errno, error.strerror, str(folder / LOCK)) from None
        if refused is not None:
            raise refused
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps(_self()).encode(), 0)
        yield
    finally:
        os.close(file)


def _opened(lock: Path) -> tuple[int, OSError | None]:
    """Open the lock, and say what is wrong where it can only be read.

    Whoever may not write the folder is still told of a run that is at work there.
    """
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT, 0o666), None
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS) or not lock.exists():
            raise
        return os.open(lock, os.O_RDONLY), error


def _self() -> dict[str, str | int]:
    """Say who this process is."""
    return {
        "process": os.getpid(),
        "machine": os.uname().nodename,
        "command": " ".join([Path(sys.argv[0]).name, *sys.argv[1:2]]),  # not what it was given
        "since": f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC",
    }


def _holder(file: int) -> str:
    """Read who holds the lock; empty in the moment before that is written."""
    try:
        held = json.loads(os.pread(file, 65_536, 0))
        told = f"({held['command']}; process {held['process']} on {held['machine']})"
    except (ValueError, KeyError, TypeError):
        return ""
    return f"{told} since {held['since']} "
