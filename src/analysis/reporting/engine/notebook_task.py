"""A notebook to run with parameters, and what came of it; light, for whoever hands it out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.reporting.engine.limits import Limits

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from analysis.reporting.engine.forked_child import Forked


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
    finish : callable or None
        Makes something of the executed notebook, in the same process; it and what it returns
        must be picklable, so it is a function of a module, or a `functools.partial` of one.
    limits : Limits
        What it may use; only a forked process is held to them, but for `cell_seconds`.

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
    finish: "Callable[[NotebookNode], Any] | None" = None
    limits: Limits = field(default_factory=Limits)

    def __call__(self, forked: "Forked | None") -> ExecutedNotebook:
        """Run the notebook in this process if it is `forked`, else in a kernel of its own."""
        from analysis.reporting.engine.notebook_run import run  # papermill: 2 s to import

        return run(self, forked)
