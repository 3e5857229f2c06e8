"""Hashes of files, not reckoned again for a large file that nobody has touched."""

import json
import time
from contextlib import suppress
from pathlib import Path

from analysis.files import replacing
from analysis.sources import as_told, place_of, sha256_of

ABSENT = "absent"
SMALL_BYTES = 64 * 1024  # such a file is read as fast as its entry is looked up
SETTLED_NS = 2_000_000_000  # a file touched less than this ago may change unseen by its clock


class FileHashes:
    """The SHA-256 of files, kept from run to run beside size, inode and times of each.

    The time an inode changed cannot be set from outside, so a file whose entry still fits has
    its content; entries are kept only once a file has been left alone for two seconds.

    Parameters
    ----------
    kept : Path
        The JSON file that holds them; one that cannot be read or written costs time only.

    Examples
    --------
    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "page.html").write_text("whole")
    >>> FileHashes(folder / "kept.json").of(folder / "page.html")[:8]
    '5d5766cf'
    >>> FileHashes(folder / "kept.json").of(folder / "rumour.html")
    'absent'
    """

    def __init__(self, kept: Path) -> None:
        self._kept = kept
        self._known: dict[str, list[object]] = {}
        self._is_new = False
        with suppress(OSError, ValueError, TypeError, RecursionError):
            self._known = dict(json.loads(kept.read_text(encoding="utf-8")))

    def of(self, path: Path) -> str:
        """Return the hash of a file, or `ABSENT`."""
        try:
            found = path.stat()
            if found.st_size <= SMALL_BYTES:
                return sha256_of(path)
            stamp = [found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns]
            known = self._known.get(as_told(path))
            if known is not None and known[:-1] == stamp:
                return str(known[-1])
            digest = sha256_of(path)
        except (FileNotFoundError, NotADirectoryError):
            return ABSENT
        if time.time_ns() - found.st_ctime_ns > SETTLED_NS:
            self._known[as_told(path)] = [*stamp, digest]
            self._is_new = True
        return digest

    def keep(self) -> None:
        """Write what was learned; files that are gone are forgotten."""
        if not self._is_new:
            return
        known = {told: entry for told, entry in self._known.items() if place_of(told).exists()}
        with suppress(OSError), replacing(self._kept) as file:
            file.write(json.dumps(known).encode())
        self._is_new = False
