"""Four ways to make pages of notebooks, each timed in a process of its own.

`refresh_benchmark.py` calls `main` with a way, a JSON file of reports and a folder for pages. It
prints JSON: seconds of the whole, start included; where they are known, what the cells took,
and the processor time of each report.
"""

import json
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import Any

Report = dict[str, Any]  # name, notebook, parameters, cwd
Known = dict[str, Any]  # what a way knows of its reports beside the seconds of the whole
OWN_STEP = "analysis.reporting.engine.warm:load_reports"
OWN_NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
BIN = Path(sys.executable).parent


def command_line(reports: list[Report], pages: Path) -> Known:
    """Papermill, then nbconvert, as their documentation shows."""
    for report in reports:
        from_command_line(report, pages)
    return {}


def from_command_line(report: Report, pages: Path) -> None:
    """Make one page by two commands."""
    executed = pages / f"{report['name']}.ipynb"
    given = [
        word for name, value in report["parameters"].items() for word in ("-p", name, str(value))
    ]
    quiet = {"capture_output": True}
    subprocess.run(
        [
            BIN / "papermill",
            "--kernel",
            "python3",
            "--cwd",
            report["cwd"],
            report["notebook"],
            executed,
            *given,
        ],
        check=True,
        **quiet,
    )
    subprocess.run([BIN / "jupyter-nbconvert", "--to", "html", executed], check=True, **quiet)


def papermill_loop(reports: list[Report], pages: Path, engine: str | None = None) -> Known:
    """Papermill's Python interface in a loop, one exporter for all."""
    for report in reports:
        from_python(report, pages, engine)
    return {}


def from_python(report: Report, pages: Path, engine: str | None) -> None:
    """Make one page with what is already imported."""
    import papermill

    executed = papermill.execute_notebook(
        report["notebook"],
        None,
        parameters=report["parameters"],
        kernel_name="python3",
        engine_name=engine,
        progress_bar=False,
        cwd=report["cwd"],
    )
    write(pages, report["name"], exporter().from_notebook_node(executed)[0])


def ploomber(reports: list[Report], pages: Path) -> Known:
    """ploomber-engine: in this process, one after the other, nothing isolated."""
    return papermill_loop(reports, pages, "embedded")


def forked(reports: list[Report], pages: Path, jobs: int = 2) -> Known:
    """This project's engine: each report in a fork, `jobs` at a time; one exporter for all."""
    from analysis.reporting.engine.notebook import NotebookTask
    from analysis.reporting.engine.pool import Pool
    from analysis.reporting.engine.warm import STEPS

    tasks = [
        NotebookTask(
            name=report["name"],
            notebook=Path(report["notebook"]),
            parameters=report["parameters"],
            cwd=Path(report["cwd"]),
        )
        for report in reports
    ]
    own = any(task.notebook.parent == OWN_NOTEBOOKS for task in tasks)
    compute, cpu_seconds = 0.0, {}
    with Pool(jobs=jobs, steps=(*STEPS, *((OWN_STEP,) if own else ()))) as pool:
        warm_exporter()  # while the warm process warms up
        for outcome in pool.as_completed(tasks):
            if outcome.failure or outcome.value.error:
                raise RuntimeError(str(outcome.failure or outcome.value.error))
            executed = nbformat_of(outcome.value.notebook)
            before = time.process_time()
            write(pages, outcome.task.name, exporter().from_notebook_node(executed)[0])
            page_seconds = time.process_time() - before
            compute += cell_seconds(executed)
            cpu_seconds[outcome.task.name] = outcome.usage.cpu_seconds + page_seconds
    return {"cells": compute, "cpu_seconds": cpu_seconds}


def one_by_one(reports: list[Report], pages: Path) -> Known:
    """Fork one at a time: what the cells themselves need, undisturbed."""
    return forked(reports, pages, jobs=1)


@cache
def exporter() -> Any:
    """Make the one exporter."""
    from nbconvert import HTMLExporter

    return HTMLExporter()


def warm_exporter() -> None:
    """Use the exporter once: its templates are compiled then."""
    import nbformat

    cells = [nbformat.v4.new_markdown_cell("# a"), nbformat.v4.new_code_cell("1")]
    exporter().from_notebook_node(nbformat.v4.new_notebook(cells=cells))


def nbformat_of(text: str) -> Any:
    """Read an executed notebook."""
    import nbformat

    return nbformat.reads(text, as_version=4)


def cell_seconds(notebook: Any) -> float:
    """Add up what the cells took."""
    marks = [cell["metadata"].get("papermill", {}) for cell in notebook["cells"]]
    return sum(mark.get("duration") or 0 for mark in marks)


def write(pages: Path, name: str, page: str) -> None:
    """Write one page."""
    (pages / f"{name}.html").write_text(page, encoding="utf-8")


WAYS = {
    "command line": command_line,
    "papermill loop": papermill_loop,
    "ploomber-engine": ploomber,
    "this engine": forked,
    "one by one": one_by_one,
}


def main(way: str, described: str, place: str) -> None:
    """Make all pages one way."""
    start = time.perf_counter()
    known = WAYS[way](json.loads(Path(described).read_text(encoding="utf-8")), Path(place))
    print(json.dumps({"seconds": time.perf_counter() - start, **known}))
