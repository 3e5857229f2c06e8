"""What a report depends on, each part with its hash; equal parts give an equal page."""

import hashlib
import json
import os
import platform
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import processed, sources
from analysis.files import replacing
from analysis.reporting.catalogue import Report
from analysis.sources import as_told, place_of, sha256_of

CODE = "code of analysis"
VERSIONS = "locked versions"
NOTEBOOK = "notebook"
PARAMETERS = "parameters"
ABSENT = "absent"
SMALL_BYTES = 64 * 1024  # such a file is read as fast as its entry is looked up
SETTLED_NS = 2_000_000_000  # a file touched less than this ago may change unseen by its clock
CODE_SUFFIXES = (".py", ".css", ".js", ".j2")
Stamp = tuple[int, int, int, int]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a project lies.

    Parameters
    ----------
    root, notebooks, processed, reports : Path
        As in `sources`.
    """

    root: Path
    notebooks: Path
    processed: Path
    reports: Path

    @property
    def state(self) -> Path:
        """What saves time between runs; it can be deleted at any moment."""
        return self.reports / ".state"

    @property
    def lock(self) -> Path:
        """The file of locked versions."""
        return self.root / "requirements.lock"

    @property
    def code(self) -> Path:
        """The package."""
        return self.root / "src" / "analysis"


def here(reports: Path | None = None) -> Place:
    """Return where this project lies, its reports elsewhere if `reports` says so."""
    return Place(
        root=sources.ROOT,
        notebooks=sources.NOTEBOOKS,
        processed=sources.PROCESSED,
        reports=reports or sources.REPORTS,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What lies on disk, as far as reports depend on it.

    Parameters
    ----------
    code, versions : str
        Hashes of the package's source, and of lock and Python's version.
    notebooks : mapping of str to str
        By name, the hash of its cells.
    tables : mapping of str to str
        By name of the table, the hash of its file.
    origins : mapping of str to str
        By name of the table, the hash of the rows of sources.csv that it was made from: pages
        print them.
    """

    code: str
    versions: str
    notebooks: Mapping[str, str]
    tables: Mapping[str, str]
    origins: Mapping[str, str]

    @property
    def digest(self) -> str:
        """One hash for what the catalogue is spelled out from: code and tables."""
        return _digest([self.code, self.tables])


def look(place: Place, hashes: FileHashes) -> Inputs:
    """Hash all that reports depend on; processed tables out of date are built first."""
    built = processed.ensure(place.processed)
    known = sources.read_sources(place.root / "data" / "raw")
    return Inputs(
        code=code_hash(place.code),
        versions=_digest([hashes.of(place.lock), platform.python_version()]),
        notebooks={
            notebook.stem: notebook_hash(notebook) for notebook in place.notebooks.glob("*.ipynb")
        },
        tables={name: hashes.of(processed.path_of(name, place.processed)) for name in built},
        origins={
            name: _digest([repr(known.get(raw)) for raw in table.raw])
            for name, table in built.items()
        },
    )


def key_parts(
    report: Report, inputs: Inputs, tables: Mapping[str, str], *, place: Place, hashes: FileHashes
) -> dict[str, str]:
    """Return what a report depends on, part by part.

    Parameters
    ----------
    report : Report
        Which.
    inputs : Inputs
        What lies on disk.
    tables : mapping of str to str
        The tables it read when it was built, by name, each with a hash: of what was read, or of
        what lies on disk now.
    place, hashes
        Where files lie that parameters name, and what hashes them.

    Returns
    -------
    dict of str to str
        By name of the part, as `status` words it: "notebook", "table wages".
    """
    return {
        NOTEBOOK: inputs.notebooks.get(report.notebook, ABSENT),
        PARAMETERS: _digest(report.parameters),
        CODE: inputs.code,
        VERSIONS: inputs.versions,
        **{
            f"table {name}": _digest([digest, inputs.origins.get(name, ABSENT)])
            for name, digest in tables.items()
        },
        **{f"file {file}": hashes.of(sources.place_of(file, place.root)) for file in report.files},
    }


def stamps(place: Place, files: Iterable[str] = ()) -> dict[str, tuple[Stamp | None, ...]]:
    """Return size, inode and times of all that reports depend on, by what it is.

    Equal stamps before and after mean that nothing was changed in between, not even and back.

    Parameters
    ----------
    place : Place
        Where all lies.
    files : iterable of str
        Files that parameters name.
    """
    return {
        CODE: tuple(_stamp(file) for file in code_files(place.code)),
        VERSIONS: (_stamp(place.lock),),
        "catalogue": (_stamp(place.notebooks / "catalogue.toml"),),
        "sources": (_stamp(place.root / "data" / "raw" / "sources.csv"),),
        **{f"{NOTEBOOK} {file.stem}": (_stamp(file),) for file in place.notebooks.glob("*.ipynb")},
        **{f"table {file.stem}": (_stamp(file),) for file in place.processed.glob("*.parquet")},
        **{f"file {file}": (_stamp(sources.place_of(file, place.root)),) for file in files},
    }


def notebook_hash(notebook: Path) -> str:
    """Hash the cells of a notebook: kind, source and tags; outputs do not count."""
    try:
        cells = json.loads(notebook.read_bytes())["cells"]
    except (ValueError, KeyError, TypeError):
        return sources.sha256_of(notebook)  # the run will say what is wrong with it
    return _digest(
        [
            [cell.get("cell_type"), "".join(cell.get("source", "")), cell["metadata"].get("tags")]
            for cell in cells
        ]
    )


def code_hash(folder: Path = sources.ROOT / "src" / "analysis") -> str:
    """Hash the source of the package, whatever git says of it."""
    digest = hashlib.sha256()
    for file in code_files(folder):
        digest.update(str(file.relative_to(folder)).encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def code_files(folder: Path) -> Iterable[Path]:
    """List the source files of the package, in order."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        yield from (Path(parent, name) for name in sorted(files) if name.endswith(CODE_SUFFIXES))


def _stamp(path: Path) -> Stamp | None:
    """Return size, inode and times of a file; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns


def _digest(content: Any) -> str:
    """Hash plain values."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
