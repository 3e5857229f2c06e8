"""The catalogue spelled out in plain values, kept until something it is made from changes.

Spelling out validates each report's parameters against the tables, which takes pandas and
seconds; the result is the same as long as catalogue, tables and code are.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.files import replacing
from analysis.sources import as_told

if TYPE_CHECKING:
    from analysis.reporting.catalogue import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report as it is asked for.

    Parameters
    ----------
    name, group, notebook : str
        "outlook-ca", "states", "outlook".
    parameters : mapping
        All of them, validated.
    tables : tuple of str
        Processed tables it may read.
    files : tuple of str
        Files that its parameters name.
    limits : mapping
        The fields of `engine.limits.Limits`.
    """

    name: str
    group: str
    notebook: str
    parameters: Mapping[str, Any]
    tables: tuple[str, ...]
    files: tuple[str, ...] = ()
    limits: Mapping[str, float | None] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Where its page goes, below the reports folder."""
        return f"{self.group}/{self.name}.html"


def listed_of(report: "Report") -> Listed:
    """Put a report in plain values."""
    parameters = report.parameters
    return Listed(
        name=report.name,
        group=report.group,
        notebook=parameters.notebook,
        parameters=parameters.model_dump(mode="json"),
        tables=parameters.tables,
        files=tuple(as_told(file) for file in parameters.files),
        limits=asdict(report.limits),
    )


def listing(catalogue: Path, *, kept: Path, made_from: str) -> tuple[Listed, ...]:
    """Return every report of the catalogue, in its order.

    Parameters
    ----------
    catalogue : Path
        The TOML file.
    kept : Path
        Where the spelled-out catalogue is kept; one that cannot be read or written costs time.
    made_from : str
        Stands for tables and code.

    Raises
    ------
    WrongInput
        The catalogue is wrong.
    """
    digest = hashlib.sha256(made_from.encode())
    with suppress(FileNotFoundError):  # `spelled_out` says what is missing
        digest.update(catalogue.read_bytes())
    key = digest.hexdigest()
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        stored = json.loads(kept.read_text(encoding="utf-8"))
        if stored["key"] == key:
            return tuple(_read(row) for row in stored["reports"])
    reports = spelled_out(catalogue)
    text = json.dumps({"key": key, "reports": [asdict(report) for report in reports]})
    with suppress(OSError), replacing(kept) as file:
        file.write(text.encode())
    return reports


def spelled_out(catalogue: Path) -> tuple[Listed, ...]:
    """Read the catalogue itself."""
    from analysis.reporting import catalogue as catalogues  # imports pandas

    return tuple(listed_of(report) for report in catalogues.catalogue(catalogue))


def _read(row: Mapping[str, Any]) -> Listed:
    """Read one report back."""
    return Listed(**{**row, "tables": tuple(row["tables"]), "files": tuple(row["files"])})
