"""What a report depends on, each part with its hash; equal parts give an equal page."""

import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import processed, sources
from analysis.reporting.freshness.file_hashes import ABSENT, FileHashes
from analysis.reporting.freshness.listing import Listed

CODE = "code of analysis"
VERSIONS = "locked versions"
NOTEBOOK = "notebook"
PARAMETERS = "parameters"
CODE_SUFFIXES = (".py", ".css", ".js", ".j2")
Stamp = tuple[int, int, int, int]


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


def here() -> Place:
    """Return where this project lies."""
    return Place(
        root=sources.ROOT,
        notebooks=sources.NOTEBOOKS,
        processed=sources.PROCESSED,
        reports=sources.REPORTS,
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
        tables={name: hashes.of(place.processed / f"{name}.parquet") for name in built},
        origins={
            name: _digest([repr(known.get(raw)) for raw in table.raw])
            for name, table in built.items()
        },
    )


def key_parts(
    listed: Listed,
    inputs: Inputs,
    *,
    place: Place,
    hashes: FileHashes,
    tables_read: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Return what a report depends on, part by part.

    Parameters
    ----------
    listed : Listed
        The report.
    inputs : Inputs
        What lies on disk.
    place, hashes
        Where files lie that parameters name, and what hashes them.
    tables_read : mapping of str to str or None
        Hashes of tables as a run has read them, which the disk may have overtaken.

    Returns
    -------
    dict of str to str
        By name of the part, as `status` words it: "notebook", "table wages".
    """
    read = {**inputs.tables, **(tables_read or {})}
    return {
        NOTEBOOK: inputs.notebooks.get(listed.notebook, ABSENT),
        PARAMETERS: _digest(listed.parameters),
        CODE: inputs.code,
        VERSIONS: inputs.versions,
        **{
            f"table {name}": _digest([read.get(name, ABSENT), inputs.origins.get(name, ABSENT)])
            for name in listed.tables
        },
        **{f"file {file}": hashes.of(sources.place_of(file, place.root)) for file in listed.files},
    }


def stamps(listed: Listed, place: Place) -> Mapping[str, tuple[Stamp | None, ...]]:
    """Return size, inode and times of what a report depends on, tables apart, by part.

    Equal stamps before and after a run mean that nothing was changed in between, not even and
    back; tables are hashed as they are read instead.
    """
    return {
        NOTEBOOK: (_stamp(place.notebooks / f"{listed.notebook}.ipynb"),),
        CODE: tuple(_stamp(file) for file in code_files(place.code)),
        VERSIONS: (_stamp(place.lock),),
        **{f"file {file}": (_stamp(sources.place_of(file, place.root)),) for file in listed.files},
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
