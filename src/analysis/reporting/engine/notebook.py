"""A notebook to run with parameters: in a forked process, or cold by papermill's own engine."""

import sys
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, cast

from analysis.reporting.engine.limits import Limits

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from analysis.reporting.engine.child import Forked

KERNEL = "python3"
INJECTED = "injected-parameters"  # papermill's tag of the cell it puts in


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookError:
    """Why a notebook did not become a page.

    Parameters
    ----------
    cell : int or None
        Place of the cell in the notebook as it lies on disk, from 1; None where all cells ran
        and what was made of them failed.
    name, message : str
        Of the error: "KeyError", "'area'".
    traceback : str
        As plain text.
    """

    cell: int | None
    name: str
    message: str
    traceback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutedNotebook:
    """What came of a notebook.

    Parameters
    ----------
    notebook : str
        The executed notebook, as it is to be written; up to the failing cell where one failed.
    value : object
        What `NotebookTask.finish` made of it; None after an error.
    error : NotebookError or None
        None where all went well.
    """

    notebook: str
    value: Any
    error: NotebookError | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotebookTask:
    """A notebook to run.

    Parameters
    ----------
    name : str
        To tell it from others.
    notebook : Path
        Where it lies.
    parameters : mapping
        Put into its cell tagged `parameters`.
    cwd : Path
        Folder it runs in.
    begin : callable or None
        Called before the first cell, if the process was forked for the task.
    finish : callable or None
        Makes something of the executed notebook, in the same process; what `begin` returned, if
        it was called, is a second argument.
    limits : Limits
        What it may use; only a forked process is held to them, but for `cell_seconds`.

    `begin`, `finish` and what `finish` returns must be picklable: functions of a module, or
    `functools.partial` of one.

    Examples
    --------
    >>> task = NotebookTask(name="roi-tx", notebook=Path("roi.ipynb"), cwd=Path("."),
    ...     parameters={"area": "TX"})
    >>> task.limits.memory_mib
    1024
    """

    name: str
    notebook: Path
    cwd: Path
    parameters: Mapping[str, Any] = field(default_factory=dict)
    begin: Callable[[], Any] | None = None
    finish: Callable[..., Any] | None = None
    limits: Limits = field(default_factory=Limits)

    def __call__(self, forked: "Forked | None") -> ExecutedNotebook:
        """Run the notebook in this process if it is `forked`, else in a kernel of its own."""
        import nbformat  # like papermill below: seconds, which the driver does not wait for
        from papermill.utils import chdir

        begun = [self.begin()] if forked and self.begin else []
        prepared = _prepared(self)
        with chdir(str(self.cwd)):
            executed, error = _executed(prepared, forked, self.limits)
        value = None
        if forked is not None:
            forked.progress.end_cells()
        if error is None and self.finish is not None:
            try:
                value = self.finish(executed, *begun)
            except Exception as failed:
                error = NotebookError(
                    cell=None,
                    name=type(failed).__name__,
                    message=str(failed),
                    traceback=traceback.format_exc(),
                )
        text = nbformat.writes(executed, version=4)  # type: ignore[no-untyped-call]
        return ExecutedNotebook(notebook=text, value=value, error=error)


def _prepared(task: NotebookTask) -> "NotebookNode":
    """Read the notebook and put its parameters in, as `papermill.execute_notebook` does."""
    from papermill.execute import prepare_notebook_metadata, remove_error_markers
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    notebook = load_notebook_node(str(task.notebook))
    if task.parameters:
        notebook = parameterize_notebook(notebook, dict(task.parameters), kernel_name=KERNEL)
    # by name only: the executed notebook is kept, and should not tell where it was run
    marked = prepare_notebook_metadata(notebook, task.notebook.name, None)
    return cast("NotebookNode", remove_error_markers(marked))


def _number(prepared: "NotebookNode", place: int) -> int:
    """Return the number of a cell on disk, from 1: the cell put in does not count."""
    before = prepared.cells[: place + 1]
    return sum(INJECTED not in cell.metadata.get("tags", []) for cell in before)


def _executed(
    notebook: "NotebookNode", forked: "Forked | None", limits: Limits
) -> tuple["NotebookNode", NotebookError | None]:
    """Run all cells, up to the first that fails."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.engines import papermill_engines
    from papermill.exceptions import PapermillExecutionError, strip_color
    from papermill.execute import raise_for_execution_errors

    sockets = TemporaryDirectory(prefix="workforce-")
    engine, options = _engine(notebook, forked, limits, Path(sockets.name))
    try:
        with sockets:
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


def _engine(
    notebook: "NotebookNode", forked: "Forked | None", limits: Limits, sockets: Path
) -> tuple[str | None, dict[str, Any]]:
    """Choose papermill's engine, and its options."""
    if forked is None:
        from traitlets.config import Config

        seconds = limits.cell_seconds or limits.seconds
        options = {"execution_timeout": None if seconds is None else max(1, round(seconds))}
        if sys.platform == "win32":
            return None, options
        # others on this machine could connect to a kernel's ports, not to its files
        files = Config(KernelManager={"transport": "ipc", "ip": str(sockets / "kernel")})
        return None, {**options, "config": files}
    from analysis.reporting.engine import shell

    progress = forked.progress
    kernel = shell.ShellKernel.instance()
    kernel.open_streams(*forked.open_output())
    kernel.recording.watch = forked.watch_output
    kernel.recording.printed = progress.say_printed
    shell.register()
    return shell.NAME, {
        "kernel": kernel,
        "started": lambda place: progress.start_cell(_number(notebook, place)),
    }
