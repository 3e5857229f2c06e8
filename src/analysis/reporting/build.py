"""Run one notebook with its parameters and turn it into a page."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

import nbformat
from nbformat import NotebookNode

from analysis import sources
from analysis.estimate import KeyFigure
from analysis.processed import source_of
from analysis.reporting.builder import Before, Page, ReportFailed, Run
from analysis.reporting.catalogue import Report
from analysis.reporting.changes.change import Change, change_of
from analysis.reporting.engine.forked_child import Forked
from analysis.reporting.engine.limits import Limits
from analysis.reporting.engine.notebook_task import ExecutedNotebook, NotebookTask
from analysis.reporting.engine.outcome import Outcome
from analysis.reporting.engine.warm_line import STEPS
from analysis.reporting.engine.warm_pool import WarmPool
from analysis.reporting.inputs import read_inputs
from analysis.reporting.metrics import read_metrics
from analysis.reporting.page import Dataset, Provenance, render_page
from analysis.reporting.table_reads import refuse_undeclared, watch_tables

# what the warm process does beyond what any notebook needs
OWN_STEPS = ("analysis.reporting.build", "analysis.reporting.warm_reports:everything")
NOTHING: Mapping[str, Before] = MappingProxyType({})
MOST_PRINTED = 5  # lines


def build_pages(
    reports: Sequence[Report],
    *,
    run: Run,
    before: Mapping[str, Before] = NOTHING,
    started: Callable[[Report], object] = id,
    jobs: int | None = None,
    steps: Sequence[str] = (*STEPS, *OWN_STEPS),
) -> Iterator[tuple[Report, Page | ReportFailed]]:
    """Execute and render reports side by side, each in a process of its own; write nothing.

    Parameters
    ----------
    reports : sequence of Report
        What to build.
    run : Run
        What the pages have in common.
    before : mapping of str to Before
        By name of the report, the page that it replaces.
    started : callable
        Told of each report as it is taken up.
    jobs : int or None
        How many at a time; as many as there are cores if None.
    steps : sequence of str
        What the warm process does to get warm; as `WarmPool` has it.

    Yields
    ------
    tuple of Report and Page or ReportFailed
        As each ends, in whatever order.
    """
    by_name = {report.name: report for report in reports}
    with WarmPool(jobs=jobs, steps=steps) as pool:
        tasks = (task_of(report, run=run, before=before.get(report.name)) for report in reports)
        for outcome in pool.as_completed(tasks, lambda task: started(by_name[task.name])):
            yield by_name[outcome.task.name], page_of(outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTask:
    """A report to build, in a process that is thrown away after.

    Parameters
    ----------
    task : NotebookTask
        Runs the notebook and renders its page.
    tables : tuple of str
        The processed tables it may read.
    """

    task: NotebookTask
    tables: tuple[str, ...]

    @property
    def name(self) -> str:
        """Of the report."""
        return self.task.name

    @property
    def limits(self) -> Limits:
        """What it may use."""
        return self.task.limits

    def __call__(self, forked: Forked | None) -> ExecutedNotebook:
        """Build it; the page says which tables were read, unless another process read them."""
        if forked is None:
            return self.task(None)
        read = watch_tables(self.tables, notebook=self.task.notebook.stem)
        executed = self.task(forked)
        if not isinstance(executed.value, Page):
            return executed
        return replace(executed, value=replace(executed.value, tables=dict(read)))


def task_of(report: Report, *, run: Run, before: Before | None = None) -> ReportTask:
    """Say what there is to run, and what to make of it."""
    task = NotebookTask(
        name=report.name,
        notebook=report.notebook,
        cwd=sources.NOTEBOOKS,
        parameters=report.parameters.model_dump(),
        finish=partial(render, report, run, before),
        limits=report.limits,
    )
    return ReportTask(task=task, tables=report.parameters.tables)


def render(report: Report, run: Run, before: Before | None, notebook: NotebookNode) -> Page:
    """Turn an executed notebook into its page; how long it took is not known here.

    Raises
    ------
    WrongInput
        It read a table that it does not declare.
    """
    parameters = report.parameters
    refuse_undeclared(read_inputs(notebook), parameters.tables, notebook=parameters.notebook)
    key_figures = read_metrics(notebook)
    html = render_page(
        notebook,
        title=page_title(report),
        subtitle=page_subtitle(report),
        provenance=_provenance(report, notebook, run),
        changes=_changes(before, key_figures),
    )
    return Page(html=html, key_figures=key_figures, seconds=None)


def page_of(outcome: Outcome) -> Page | ReportFailed:
    """Take the page out of what became of a report, or say why there is none."""
    notebook = outcome.task.task.notebook.name
    if outcome.failure is not None:
        failure = outcome.failure
        return ReportFailed(f"{notebook}: {failure.message}", cell=failure.cell, log=failure.log)
    executed: ExecutedNotebook = outcome.value
    if executed.error is not None:
        error = executed.error
        place = f", cell {error.cell}" if error.cell else ""
        message = f"{notebook}{place}: {error.name}: {error.message}"
        log = "\n".join([*last_printed(executed.notebook), error.traceback])
        return ReportFailed(message, cell=error.cell, log=log)
    page: Page = executed.value
    used = outcome.usage
    return replace(
        page,
        notebook=executed.notebook,
        seconds=used.seconds if used else None,
        cpu_seconds=used.cpu_seconds if used else None,
        peak_memory_mib=used.peak_memory_mib if used else None,
    )


def last_printed(notebook: str) -> list[str]:
    """Return the last lines that the last cell with any printed output had printed."""
    printed = [
        "".join(output["text"])
        for cell in json.loads(notebook)["cells"]
        for output in cell.get("outputs", [])
        if output["output_type"] == "stream"
    ]
    return printed[-1].splitlines()[-MOST_PRINTED:] if printed else []


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


def _changes(before: Before | None, key_figures: Sequence[KeyFigure]) -> Mapping[str, Change]:
    """Set the key figures beside those of the page before; what stayed the same is left out."""
    if before is None:
        return {}
    old = {figure.name: figure for figure in before.key_figures}
    changes = (
        change_of(old.get(figure.name), figure, since=before.built_at) for figure in key_figures
    )
    return {change.name: change for change in changes if change.verdict != "the same"}


def _provenance(report: Report, notebook: NotebookNode, run: Run) -> Provenance:
    """Gather where the numbers of a page come from."""
    raw = dict.fromkeys(path for paths in read_inputs(notebook).values() for path in paths)
    return Provenance(
        datasets=tuple(
            Dataset(
                title=source.title,
                producer=source.producer,
                vintage=source.published,
                sha256=source.sha256,
                licence=source.licence,
                address=source.address,
            )
            for path in raw
            if (source := source_of(path))
        ),
        parameters={name: str(value) for name, value in report.parameters.model_dump().items()},
        code_version=run.code_version,
        run_id=run.run_id,
        built_at=run.started_at,
        command=report.command,
    )
