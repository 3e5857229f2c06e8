"""What the index is told of each report, and of each run."""

from dataclasses import dataclass
from typing import Literal

from analysis.estimate import KeyFigure
from analysis.reporting.changes import Change

Status = Literal["current", "stale", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """One report as the index lists it.

    Parameters
    ----------
    name : str
        Identifier of the report: "outlook-CA".
    notebook : str
        Which notebook it comes from; entries of one notebook stand together.
    title : str
        The question it asks, the same for all reports of a notebook.
    area : str
        As readers know it: "California".
    path : str or None
        Of the page, seen from the index; None where there never was a good one.
    key_figures : tuple of KeyFigure
        Those of the page that `path` leads to; may be empty.
    vintage : str
        Of its data: "May 2025".
    built_at : str
        When the page was built, as it is to be read.
    seconds : float or None
        How long that took.
    status : Status
        "current"; "stale": the last good page is kept, since the newest run failed or its
        inputs have changed; "failed": there is no page.
    error : str
        Why the newest run failed; empty where it did not.
    detail : str
        What tells it from the notebook's other reports of the area: "CIC"; may be empty.
    why : str
        What has changed since the page was built: "table wages changed"; may be empty.
    changes : tuple of Change
        How its key figures differ from those of the page before; may be empty.

    Raises
    ------
    ValueError
        A report without a page that has not failed, or with one that has.
    """

    name: str
    notebook: str
    title: str
    area: str
    path: str | None
    key_figures: tuple[KeyFigure, ...]
    vintage: str
    built_at: str
    seconds: float | None
    status: Status
    error: str = ""
    detail: str = ""
    why: str = ""
    changes: tuple[Change, ...] = ()

    def __post_init__(self) -> None:
        if (self.path is None) != (self.status == "failed"):
            raise ValueError(
                f'{self.name}: status is "failed" if and only if there is no page, '
                f"not {self.status!r} with path {self.path!r}. A page kept is stale."
            )

    @property
    def label(self) -> str:
        """Name the report among those of its notebook."""
        return ", ".join(filter(None, [self.area, self.detail]))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One run of the whole catalogue.

    Parameters
    ----------
    run_id, started_at : str
        Which run, and when.
    seconds : float or None
        How long it took; None where that was not measured.
    built, unchanged, failed : int
        Reports built, found up to date, and failed.
    """

    run_id: str
    started_at: str
    seconds: float | None
    built: int
    unchanged: int
    failed: int
