"""What publishing needs of whatever makes pages: processes of this machine, a cluster, a test."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from analysis.estimate import KeyFigure

if TYPE_CHECKING:  # whoever only names a run need not wait for pandas
    from analysis.reporting.catalogue import Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What all pages of one run have in common.

    Parameters
    ----------
    run_id : str
        Unique: "2026-11-22T071400Z".
    started_at : str
        As people read it: "2026-11-22 07:14 UTC".
    code_version : str
        Of this project.
    """

    run_id: str
    started_at: str
    code_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """The last good page of a report, which the new one is compared with.

    Parameters
    ----------
    built_at : str
        As people read it.
    key_figures : tuple of KeyFigure
        Those of that page.
    """

    built_at: str
    key_figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page ready to be published.

    Parameters
    ----------
    html : str
        The whole file.
    key_figures : tuple of KeyFigure
        What the notebook recorded.
    seconds, cpu_seconds, peak_memory_mib : float or None
        It took to run and render; None where that was not measured.
    notebook : str
        The executed notebook, as it is to be written; empty where it is not to be kept.
    tables : mapping of str to str
        The processed tables that were read, each with the hash of what was read.
    """

    html: str
    key_figures: tuple[KeyFigure, ...]
    seconds: float | None
    cpu_seconds: float | None = None
    peak_memory_mib: float | None = None
    notebook: str = ""
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def sha256(self) -> str:
        """Of the whole file."""
        return hashlib.sha256(self.html.encode()).hexdigest()


class ReportFailed(Exception):  # noqa: N818 - it says what happened
    """A notebook that gave no page.

    Parameters
    ----------
    message : str
        One sentence: which notebook, which cell, what happened.
    cell : int or None
        Place of the cell in the notebook, from 1; None outside of cells.
    log : str
        The last lines that were put out, or the traceback.
    """

    def __init__(self, message: str, *, cell: int | None = None, log: str = "") -> None:
        super().__init__(message)
        self.cell = cell
        self.log = log


class Builder(Protocol):
    """What makes pages: `build_pages`, a cluster, or a stand-in for them in tests."""

    def __call__(
        self,
        reports: "Sequence[Report]",
        *,
        run: Run,
        before: Mapping[str, Before],
        started: "Callable[[Report], object]",
    ) -> "Iterable[tuple[Report, Page | ReportFailed]]":
        """Yield each report with its page, or with why there is none, as each ends.

        Nothing is written: publishing is the caller's. Whoever stops asking for the next one
        ends what still runs.

        Parameters
        ----------
        reports : sequence of Report
            What to build; those that are to be done first come first.
        run : Run
            What the pages have in common.
        before : mapping of str to Before
            By name of the report, the page that it replaces; a report without one is absent.
        started : callable
            Told of each report as it is taken up.
        """
