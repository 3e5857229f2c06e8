"""Put a file in place whole: written aside, then renamed, so that no reader sees half of it."""

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


def is_running(process: int) -> bool:
    """Say whether a process is there."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
