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
