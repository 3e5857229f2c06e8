"""Run a notebook with parameters: in a forked process, or cold by papermill's own engine."""

import traceback
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import nbformat
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import papermill_engines
from papermill.exceptions import PapermillExecutionError, strip_color
from papermill.execute import (
    prepare_notebook_metadata,
    raise_for_execution_errors,
    remove_error_markers,
)
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from papermill.utils import chdir

from analysis.reporting.engine.limits import Limits
from analysis.reporting.engine.notebook_task import ExecutedNotebook, NotebookError, NotebookTask

if TYPE_CHECKING:
    from analysis.reporting.engine.forked_child import Forked, Progress

KERNEL = "python3"
INJECTED = "injected-parameters"  # papermill's tag of the cell it puts in


def run(task: NotebookTask, forked: "Forked | None") -> ExecutedNotebook:
    """Run the notebook in this process if it is `forked`, else in a kernel of its own."""
    engine, options = _engine(forked, task.limits)
    prepared = _prepared(task, engine)
    if forked is not None:
        options["started"] = partial(_start_cell, forked.progress, prepared)
    with chdir(str(task.cwd)):
        executed, error = _executed(prepared, engine, options)
    value = None
    if forked is not None:
        forked.progress.end_cells()
    if error is None and task.finish is not None:
        try:
            value = task.finish(executed)
        except Exception as failed:
            error = NotebookError(
                cell=None,
                name=type(failed).__name__,
                message=str(failed),
                traceback=traceback.format_exc(),
            )
    text = nbformat.writes(executed, version=4)  # type: ignore[no-untyped-call]
    return ExecutedNotebook(notebook=text, value=value, error=error)


def _engine(forked: "Forked | None", limits: Limits) -> tuple[str | None, dict[str, Any]]:
    """Choose papermill's engine, and say what it is to be given."""
    if forked is None:
        seconds = limits.cell_seconds or limits.seconds
        return None, {"execution_timeout": None if seconds is None else max(1, round(seconds))}
    from analysis.reporting.engine import shell_engine
    from analysis.reporting.engine.shell_kernel import ShellKernel

    kernel = ShellKernel.instance()
    kernel.open_streams(*forked.open_output())
    kernel.recording.watch = forked.watch_output
    kernel.recording.printed = forked.progress.say_printed
    shell_engine.register()
    return shell_engine.NAME, {"kernel": kernel}


def _prepared(task: NotebookTask, engine: str | None) -> NotebookNode:
    """Read the notebook and put its parameters in, as `papermill.execute_notebook` does."""
    read = load_notebook_node(str(task.notebook))
    notebook = (
        parameterize_notebook(read, dict(task.parameters), kernel_name=KERNEL, engine_name=engine)
        if task.parameters
        else read
    )
    # by name only: the executed notebook is kept, and should not tell where it was run
    marked = prepare_notebook_metadata(notebook, task.notebook.name, None)
    prepared: NotebookNode = remove_error_markers(marked)
    return prepared


def _number(prepared: NotebookNode, place: int) -> int:
    """Return the number of a cell on disk, from 1: the cell put in does not count."""
    before = prepared.cells[: place + 1]
    return sum(INJECTED not in cell.metadata.get("tags", []) for cell in before)


def _start_cell(progress: "Progress", prepared: NotebookNode, place: int) -> None:
    """Say which cell begins."""
    progress.start_cell(_number(prepared, place))


def _executed(
    notebook: NotebookNode, engine: str | None, options: Mapping[str, Any]
) -> tuple[NotebookNode, NotebookError | None]:
    """Run all cells, up to the first that fails."""
    try:
        executed = papermill_engines.execute_notebook_with_engine(
            engine, notebook, kernel_name=KERNEL, progress_bar=False, **options
        )
        raise_for_execution_errors(executed, None)
    except PapermillExecutionError as failed:
        return executed, NotebookError(
            cell=_number(notebook, failed.cell_index),
            name=failed.ename,
            message=failed.evalue,
            traceback=strip_color("\n".join(failed.traceback)),
        )
    except (CellTimeoutError, DeadKernelError) as failed:
        return notebook, NotebookError(
            cell=None, name=type(failed).__name__, message=str(failed), traceback=""
        )
    return executed, None
