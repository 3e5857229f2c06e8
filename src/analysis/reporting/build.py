"""Run one notebook with its parameters and turn it into a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

import nbformat
from nbformat import NotebookNode

from analysis import sources
from analysis.models.estimate import KeyFigure
from analysis.reporting.catalogue import Report
from analysis.reporting.engine.notebook_task import ExecutedNotebook, NotebookTask
from analysis.reporting.engine.outcome import Outcome
from analysis.reporting.engine.warm_line import STEPS
from analysis.reporting.engine.warm_pool import WarmPool
from analysis.reporting.inputs import read_inputs
from analysis.reporting.metrics import read_metrics
from analysis.reporting.page import Dataset, Provenance, render_page


class ReportFailed(Exception):  # noqa: N818 - it says what happened
    """A notebook that ended with an error: which cell, and what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What all pages of one run have in common.

    Parameters
    ----------
    run_id : str
        Unique: "2026-11-22T0714-3f2a".
    started_at : str
        As people read it: "22 November 2026, 07:14 UTC".
    code_version : str
        Of this project.
    """

    run_id: str
    started_at: str
    code_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page ready to be published.

    Parameters
    ----------
    html : str
        The whole file.
    key_figures : tuple of KeyFigure
        What the notebook recorded.
    seconds : float or None
        It took to run and render; None where that was not measured.
    """

    html: str
    key_figures: tuple[KeyFigure, ...]
    seconds: float | None


def build_pages(
    reports: Sequence[Report], *, run: Run, jobs: int | None = None
) -> Iterator[tuple[Report, Page | ReportFailed]]:
    """Execute and render reports side by side, each in a process of its own; write nothing.

    Parameters
    ----------
    reports : sequence of Report
        What to build.
    run : Run
        What the pages have in common.
    jobs : int or None
        How many at a time; as many as there are cores if None.

    Yields
    ------
    tuple of Report and Page or ReportFailed
        As each ends, in whatever order.
    """
    by_name = {report.name: report for report in reports}
    with WarmPool(jobs=jobs, steps=(*STEPS, "analysis.reporting.build")) as pool:
        for outcome in pool.as_completed(task_of(report, run=run) for report in reports):
            yield by_name[outcome.task.name], page_of(outcome)


def task_of(report: Report, *, run: Run) -> NotebookTask:
    """Say what there is to run, and what to make of it."""
    return NotebookTask(
        name=report.name,
        notebook=report.notebook,
        cwd=sources.NOTEBOOKS,
        parameters=report.parameters.model_dump(),
        finish=partial(render, report, run),
    )


def render(report: Report, run: Run, notebook: NotebookNode) -> Page:
    """Turn an executed notebook into its page; how long it took is not known here."""
    html = render_page(
        notebook,
        title=page_title(report),
        subtitle=page_subtitle(report),
        provenance=_provenance(report, notebook, run),
    )
    return Page(html=html, key_figures=read_metrics(notebook), seconds=None)


def page_of(outcome: Outcome) -> Page | ReportFailed:
    """Take the page out of what became of a report, or say why there is none."""
    notebook = outcome.task.notebook.name
    if outcome.failure is not None:
        return ReportFailed(f"{notebook}: {outcome.failure.message}")
    executed: ExecutedNotebook = outcome.value
    if executed.error is not None:
        error = executed.error
        place = f", cell {error.cell}" if error.cell else ""
        return ReportFailed(f"{notebook}{place}: {error.name}: {error.message}")
    page: Page = executed.value
    return replace(page, seconds=outcome.usage.seconds if outcome.usage else None)


def page_title(report: Report) -> str:
    """Title the browser tab: the place and the question."""
    place = report.parameters.place
    question = first_heading(str(report.notebook))
    return question if place is None else f"{place.name}: {question}"


def page_subtitle(report: Report) -> str:
    """Say what the page is about, under its question: place and what was asked."""
    place = report.parameters.place
    asked = {name: value for name, value in report.parameters.changed().items() if name != "area"}
    words = [f"{name.replace('_', ' ')} {value}" for name, value in asked.items()]
    return ", ".join(([] if place is None else [place.name]) + words)


@cache
def first_heading(notebook: str) -> str:
    """Read the title of a notebook: the first line of level 1."""
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    lines = (
        line for cell in cells if cell.cell_type == "markdown" for line in cell.source.split("\n")
    )
    return next((line[2:].strip() for line in lines if line.startswith("# ")), notebook)


def _provenance(report: Report, notebook: NotebookNode, run: Run) -> Provenance:
    """Gather where the numbers of a page come from."""
    known = sources.sources()
    raw = dict.fromkeys(path for paths in read_inputs(notebook).values() for path in paths)
    return Provenance(
        datasets=tuple(
            Dataset(
                title=known[path].title,
                producer=known[path].producer,
                vintage=known[path].published,
                sha256=known[path].sha256,
                licence=known[path].licence,
                address=known[path].address,
            )
            for path in raw
        ),
        parameters={name: str(value) for name, value in report.parameters.model_dump().items()},
        code_version=run.code_version,
        run_id=run.run_id,
        built_at=run.started_at,
        command=report.command,
    )
