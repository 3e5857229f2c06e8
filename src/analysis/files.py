"""Replace a file whole, and lock a folder or file."""

import errno
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(place: Path) -> Iterator[BinaryIO]:
    """Open a new file that takes the place of `place` once the block ends well.

    On an error the old file stays and the new one is removed; so it is after a power cut. The
    file aside lies in the same folder, ends in `.part`, and has the permissions any new file of
    the user has.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / "page.html"
    >>> with replacing(place) as file:
    ...     _ = file.write(b"whole")
    >>> place.read_text()
    'whole'
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f".{place.name}.{os.getpid()}.part")
    try:
        with aside.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        aside.replace(place)
    finally:
        aside.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what writers that were killed have left aside in a folder, not in those below it.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> (folder / ".page.html.999999999.part").touch()
    >>> (folder / f".page.html.{os.getpid()}.part").touch()
    >>> sweep(folder)
    >>> len(list(folder.iterdir()))
    1
    """
    for left in folder.glob(".*.part"):
        process = left.name.split(".")[-2]
        if process.isdecimal() and not is_running(int(process)):
            left.unlink(missing_ok=True)


@contextmanager
def locked(place: Path, *, wait: bool) -> Iterator[int]:
    """Let one process at a time run the block: a lock that ends with the process, however it ends.

    Parameters
    ----------
    place : Path
        A folder, or a file, which is made where there is none and stays: removing it would let a
        third process in beside a second. It is locked even where it can only be read.
    wait : bool
        Wait until the lock is free, or raise.

    Yields
    ------
    int
        The descriptor of the opened file.

    Raises
    ------
    BlockingIOError
        Another process has it, and `wait` is False.
    OSError
        It cannot be opened, or its file system has no locks.

    Examples
    --------
    >>> import tempfile
    >>> place = Path(tempfile.mkdtemp()) / ".lock"
    >>> with locked(place, wait=False), locked(place, wait=False):
    ...     pass
    Traceback (most recent call last):
    ...
    BlockingIOError: [Errno 11] Resource temporarily unavailable: ...
    """
    try:
        opened = os.open(place, os.O_RDONLY if place.is_dir() else os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EROFS) or not place.exists():
            raise
        opened = os.open(place, os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except OSError as error:
            raise OSError(error.errno, error.strerror, str(place)) from None
        yield opened
    finally:
        os.close(opened)


def is_running(process: int) -> bool:
    """Return whether a process exists."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
