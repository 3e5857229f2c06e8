"""Run notebooks with their parameters and turn each into a page."""

import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from analysis import processed, sources
from analysis.estimate import KeyFigure
from analysis.processed import source_of
from analysis.reporting.catalogue import Report
from analysis.reporting.changes import Change, change_of
from analysis.reporting.engine.notebook import ExecutedNotebook, NotebookTask
from analysis.reporting.engine.pool import Pool
from analysis.reporting.engine.task import Outcome
from analysis.reporting.engine.warm import REPORT_STEPS
from analysis.reporting.metrics import read_metrics
from analysis.reporting.records import Record
from analysis.reporting.runs import Run

if TYPE_CHECKING:  # what renders pages is imported where they are rendered: not in the driver
    from nbformat import NotebookNode

    from analysis.reporting.navigation import Origin
    from analysis.reporting.page import Provenance

NOTHING: Mapping[str, Record] = MappingProxyType({})
MOST_PRINTED = 5  # lines


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
    tables : mapping of str to str or None
        The processed tables that were read, each with the hash of what was read; None where
        another process read them, so that it may have been any.
    finding : str
        What the report found, in a sentence; empty where it does not say.
    """

    html: str
    key_figures: tuple[KeyFigure, ...]
    seconds: float | None
    cpu_seconds: float | None = None
    peak_memory_mib: float | None = None
    notebook: str = ""
    tables: Mapping[str, str] | None = None
    finding: str = ""

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
        reports: Sequence[Report],
        *,
        run: Run,
        before: Mapping[str, Record],
        started: Callable[[Report], object],
    ) -> Iterable[tuple[Report, Page | ReportFailed]]:
        """Yield each report with its page, or with why there is none, as each ends.

        Nothing is written: publishing is the caller's. Whoever stops asking for the next one
        ends what still runs.

        Parameters
        ----------
        reports : sequence of Report
            What to build; those that are to be done first come first.
        run : Run
            What the pages have in common.
        before : mapping of str to Record
            By name of the report, the page that it replaces; a report without one is absent.
        started : callable
            Told of each report as it is taken up.
        """


def build_pages(
    reports: Sequence[Report],
    *,
    run: Run,
    before: Mapping[str, Record] = NOTHING,
    started: Callable[[Report], object] = id,
    jobs: int | None = None,
    steps: Sequence[str] = REPORT_STEPS,
    pool: Pool | None = None,
) -> Iterator[tuple[Report, Page | ReportFailed]]:
    """Execute and render reports side by side, each in a process of its own; write nothing.

    Parameters
    ----------
    reports : sequence of Report
        What to build.
    run : Run
        What the pages have in common.
    before : mapping of str to Record
        By name of the report, the page that it replaces.
    started : callable
        Told of each report as it is taken up.
    jobs : int or None
        How many at a time; as many as there are cores if None.
    steps : sequence of str
        What the warm process does to get warm; as `Pool` has it.
    pool : Pool or None
        One that was started before, which counts instead of `jobs` and `steps`.

    Yields
    ------
    tuple of Report and Page or ReportFailed
        As each ends, in whatever order.
    """
    by_name = {report.name: report for report in reports}
    with nullcontext(pool) if pool else Pool(jobs=jobs, steps=steps) as used:
        tasks = (task_of(report, run=run, before=before.get(report.name)) for report in reports)
        for outcome in used.as_completed(tasks, lambda task: started(by_name[task.name])):
            yield by_name[outcome.task.name], page_of(outcome)


def task_of(report: Report, *, run: Run, before: Record | None = None) -> NotebookTask:
    """Return what there is to run, and what to make of it."""
    return NotebookTask(
        name=report.name,
        notebook=sources.NOTEBOOKS / f"{report.notebook}.ipynb",
        cwd=sources.NOTEBOOKS,
        parameters=report.parameters,
        begin=watch_tables,
        finish=partial(render, report, run, before),
        limits=report.limits,
    )


def watch_tables() -> Mapping[str, str]:
    """Take note of every processed table that this process reads from now on.

    An audit hook, which cannot be taken away again: only for a process that is thrown away.

    Returns
    -------
    mapping of str to str
        By name of the table, the SHA-256 of the file as it was read; it fills as tables are read.
    """
    read: dict[str, str] = {}

    def note(event: str, arguments: tuple[Any, ...]) -> None:
        if event == processed.READS:
            name, file = arguments
            read[name] = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)

    sys.addaudithook(note)
    return read


def render(
    report: Report,
    run: Run,
    before: Record | None,
    notebook: "NotebookNode",
    tables: Mapping[str, str] | None = None,
) -> Page:
    """Turn an executed notebook into its page; how long it took is not known here."""
    from analysis.reporting.outputs import plain
    from analysis.reporting.page import answer_of, render_page

    key_figures = read_metrics(notebook)
    html = render_page(
        notebook,
        title=page_title(report),
        subtitle=page_subtitle(report),
        provenance=_provenance(report, notebook, run),
        changes=_changes(before, key_figures),
        origin=origin_of(report),
    )
    finding, first, _ = answer_of(notebook)
    return Page(
        html=html,
        key_figures=key_figures,
        seconds=None,
        tables=tables,
        finding=finding or plain(first),
    )


def page_of(outcome: Outcome) -> Page | ReportFailed:
    """Take the page out of what became of a report, or say why there is none."""
    notebook = outcome.task.notebook.name
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


def origin_of(report: Report) -> "Origin":
    """Say which report a page is of, for the ways that lead on from it."""
    from analysis.reporting.navigation import Origin

    area = str(report.parameters.get("area", ""))
    return Origin(notebook=report.notebook, area=area, place=report.place)


def page_title(report: Report) -> str:
    """Title the browser tab: the place and the question."""
    question = first_heading(report.notebook)
    return f"{report.place}: {question}" if report.place else question


def page_subtitle(report: Report) -> str:
    """Name place and what was asked, under the question."""
    words = [f"{name.replace('_', ' ')} {value}" for name, value in report.details.items()]
    return ", ".join(filter(None, [report.place, *words]))


@cache
def first_heading(notebook: str) -> str:
    """Read the title of a notebook: the first line of level 1."""
    file = sources.NOTEBOOKS / f"{notebook}.ipynb"
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    lines = (
        line
        for cell in cells
        if cell["cell_type"] == "markdown"
        for line in "".join(cell["source"]).split("\n")
    )
    return next((line[2:].strip() for line in lines if line.startswith("# ")), notebook)


def _changes(before: Record | None, key_figures: Sequence[KeyFigure]) -> Mapping[str, Change]:
    """Set the key figures beside those of the page before; what stayed the same is left out."""
    if before is None:
        return {}
    old = {figure.name: figure for figure in before.key_figures}
    changes = (
        change_of(old.get(figure.name), figure, since=before.built_at) for figure in key_figures
    )
    return {change.name: change for change in changes if change.verdict != "the same"}


def _provenance(report: Report, notebook: "NotebookNode", run: Run) -> "Provenance":
    """Gather where the numbers of a page come from."""
    from analysis.reporting.inputs import read_inputs
    from analysis.reporting.page import Dataset, Provenance

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
        parameters={name: str(value) for name, value in report.parameters.items()},
        code_version=run.code_version,
        run_id=run.run_id,
        built_at=run.started_at,
        command=report.command,
    )
