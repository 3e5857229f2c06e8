"""Run one notebook with its parameters and turn it into a page."""

import time
from dataclasses import dataclass
from functools import cache

import nbformat
import papermill
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from analysis import sources
from analysis.models.estimate import KeyFigure
from analysis.reporting.catalogue import Report
from analysis.reporting.inputs import read_inputs
from analysis.reporting.metrics import read_metrics
from analysis.reporting.page import Dataset, Provenance, render_page

CELL_TIMEOUT_SECONDS = 120
QUIET_KERNEL = ["--log-level=ERROR"]  # else each start warns that it listens on loopback


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
    seconds : float
        It took to run and render.
    """

    html: str
    key_figures: tuple[KeyFigure, ...]
    seconds: float


def build_page(report: Report, *, run: Run) -> Page:
    """Execute the report's notebook and render it; nothing is written.

    Raises
    ------
    ReportFailed
        A cell raised an error or took too long.
    """
    start = time.perf_counter()
    notebook = execute(report)
    html = render_page(
        notebook,
        title=page_title(report),
        subtitle=page_subtitle(report),
        provenance=_provenance(report, notebook, run),
    )
    return Page(
        html=html,
        key_figures=read_metrics(notebook),
        seconds=time.perf_counter() - start,
    )


def execute(report: Report) -> NotebookNode:
    """Run the notebook with the report's parameters, in the notebooks folder.

    Raises
    ------
    ReportFailed
        A cell raised an error or took too long.
    """
    try:
        executed: NotebookNode = papermill.execute_notebook(
            str(report.notebook),
            None,
            parameters=report.parameters.model_dump(),
            cwd=str(sources.NOTEBOOKS),
            kernel_name="python3",
            progress_bar=False,
            execution_timeout=CELL_TIMEOUT_SECONDS,
            extra_arguments=QUIET_KERNEL,
        )
    except PapermillExecutionError as error:
        raise ReportFailed(
            f"{report.notebook.name}, cell {error.cell_index + 1}: {error.ename}: {error.evalue}"
        ) from error
    return executed


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
