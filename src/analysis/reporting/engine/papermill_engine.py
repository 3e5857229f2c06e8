"""The engine "workforce" for papermill: `papermill --engine workforce in.ipynb out.ipynb`.

The first notebook of a process pays for a warm process, as it would for a kernel; those after
it start at once. Whatever goes wrong on the way, papermill's own engine takes over.
"""

import atexit
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import Engine, NBClientEngine, NotebookExecutionManager
from papermill.log import logger
from papermill.utils import chdir

from analysis.reporting.engine.limits import Limits
from analysis.reporting.engine.pool import CAN_FORK, NoWarmProcess, Pool
from analysis.reporting.engine.task import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analysis.reporting.engine.child import Forked

# what papermill says while cells run, which a fork does not pass on
LIVE_OPTIONS = ("log_output", "stdout_file", "stderr_file")


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedNotebook:
    """A notebook with its parameters put in, as a task of a pool.

    Parameters
    ----------
    name : str
        To tell it from others.
    notebook : str
        Its source, JSON.
    cwd : Path
        Folder it runs in.
    limits : Limits
        What it may use.
    """

    name: str
    notebook: str
    cwd: Path
    limits: Limits

    def __call__(self, forked: "Forked | None") -> str:
        """Run it in this process, and return it as it is then."""
        if forked is None:
            raise NoWarmProcess("this notebook runs in a forked process only")
        from analysis.reporting.engine.shell import ShellEngine, ShellKernel

        kernel = ShellKernel.instance()
        kernel.open_streams(*forked.open_output())
        with chdir(str(self.cwd)):
            executed = ShellEngine.execute_notebook(
                nbformat.reads(self.notebook, as_version=4),  # type: ignore[no-untyped-call]
                kernel_name=None,
                progress_bar=False,
                kernel=kernel,
                started=lambda place: forked.progress.start_cell(place + 1),
            )
        return str(nbformat.writes(executed, version=4))  # type: ignore[no-untyped-call]


class WorkforceEngine(Engine):  # type: ignore[misc]
    """Run a notebook in a process forked from a warm one."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, **options: Any
    ) -> None:
        """Run the cells, as papermill's engines do.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Holds the notebook; gets the executed one.
        kernel_name : str
            As in the notebook's metadata; one of another interpreter is left to papermill.
        **options
            papermill's; `execution_timeout` holds for each cell.

        Raises
        ------
        DeadKernelError
            The notebook ended its process.
        CellTimeoutError
            A cell took too long.
        """
        reason = why_not(kernel_name, options)
        if reason is None:
            outcome = forked(nb_man, options)
            failure = outcome.failure
            if failure is None:
                nb_man.nb = nbformat.reads(outcome.value, as_version=4)  # type: ignore[no-untyped-call]
                return
            if failure.reason == "time":
                raise CellTimeoutError(failure.message)
            if failure.reason != "engine":
                raise DeadKernelError(failure.message)
            reason = failure.message
        logger.warning("%s; papermill's own engine runs the notebook.", reason)
        NBClientEngine.execute_managed_notebook(nb_man, kernel_name, **options)


def why_not(kernel_name: str, options: "Mapping[str, Any]") -> str | None:
    """Return why a notebook cannot be run in a fork; None where it can."""
    if not CAN_FORK:
        return f"Engine workforce needs Linux, found {sys.platform}"
    if used := [name for name in LIVE_OPTIONS if options.get(name)]:
        return f"Engine workforce has no {used[0]}"
    try:
        command = KernelSpecManager().get_kernel_spec(kernel_name).argv[0]
    except NoSuchKernel:
        return f"There is no kernel {kernel_name!r}"
    ours = {"python", "python3", sys.executable, str(Path(sys.executable).resolve())}
    if command not in ours and Path(command).resolve() != Path(sys.executable).resolve():
        return f"Kernel {kernel_name!r} runs {command}, not {sys.executable}"
    return None


def forked(nb_man: NotebookExecutionManager, options: "Mapping[str, Any]") -> Outcome:
    """Run a notebook in a fork."""
    task = PreparedNotebook(
        name=str(nb_man.nb.metadata.papermill.get("input_path", "notebook")),
        notebook=nbformat.writes(nb_man.nb),  # type: ignore[no-untyped-call]
        cwd=Path.cwd(),
        limits=Limits(
            seconds=None,
            cell_seconds=options.get("execution_timeout"),
            memory_mib=None,
            output_mib=None,
        ),
    )
    return next(iter(pool().as_completed([task])))


@cache
def pool() -> Pool:
    """Start the warm process of this process; it lasts as long."""
    made = Pool(jobs=1)
    made.__enter__()
    atexit.register(made.__exit__, None, None, None)
    return made
