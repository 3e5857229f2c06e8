"""A papermill engine that runs cells in its own process; made for a process thrown away after.

nbclient turns the kernel's messages into outputs, exactly as it does for a kernel elsewhere.
"""

from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.log import logger

from analysis.reporting.engine.shell_kernel import Message, ShellKernel

NAME = "workforce-shell"


class ShellClient(PapermillNotebookClient):  # type: ignore[misc]
    """Run a notebook's cells in a `ShellKernel`."""

    def __init__(self, managed: NotebookExecutionManager, kernel: ShellKernel, **options: Any):
        super().__init__(managed, **options)
        self._kernel = kernel
        self._for_kernel: list[Message] = []
        # nbclient's output widget answers the kernel through this
        self.kc = SimpleNamespace(
            session=kernel.session,
            shell_channel=SimpleNamespace(send=self._for_kernel.append),
        )

    def execute(self, started: Callable[[int], object]) -> NotebookNode:
        """Run all cells; the first error ends it and is marked in the notebook.

        Parameters
        ----------
        started : callable
            Told the place of each cell before it runs.
        """
        self.reset_execution_trackers()
        self._started = started
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(self._kernel.language_info)
        self.set_widgets_metadata()
        executed: NotebookNode = self.nb
        return executed

    def execute_cell(self, cell: NotebookNode, cell_index: int, **_: Any) -> NotebookNode:
        """Run one cell.

        Raises
        ------
        CellExecutionError
            It failed, and no tag allows that.
        """
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        tags = cell.metadata.get("tags", [])
        if self.skip_cells_with_tag in tags:
            return cell
        if self._kernel.is_ending:
            raise DeadKernelError("Kernel died")
        self._started(cell_index)
        while self._for_kernel:
            self._kernel.tell(self._for_kernel.pop(0))
        self._kernel.recording.take()  # what those messages led to belongs to no cell
        cell.metadata["execution"] = {}
        cell.outputs = []
        self.clear_before_next_output = False
        done = self._kernel.run(cell.source, cell_id=cell.get("id"))
        self.code_cells_executed += 1
        cell.metadata["execution"]["shell.execute_reply"] = timestamp(done.messages[-1])
        with suppress(CellExecutionComplete):
            for message in done.messages:
                if message["parent_header"].get("msg_id") == done.message_id:
                    self.process_message(message, cell, cell_index)
        cell.execution_count = done.reply["execution_count"]
        allowed = self.allow_errors or "raises-exception" in tags
        if done.reply["status"] == "error" and not allowed:
            raise CellExecutionError.from_cell_and_msg(cell, done.reply)
        return cell


class ShellEngine(Engine):  # type: ignore[misc]
    """Run a notebook in this process, which is left full of its state."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,  # noqa: ARG003 - this process is the kernel
        *,
        kernel: ShellKernel | None = None,
        started: Callable[[int], object] = id,
        **options: Any,  # noqa: ARG003 - about a kernel's start and limits
    ) -> None:
        """Run the cells, as papermill's engines do.

        Parameters
        ----------
        nb_man : NotebookExecutionManager
            Holds the notebook.
        kernel_name : str
            Of no use.
        kernel : ShellKernel or None
            Runs the cells; the process's own if None.
        started : callable
            Told the place of each cell before it runs.
        **options
            papermill's; those about a kernel's start and its time limits do not apply.
        """
        used = kernel or ShellKernel.instance()
        ShellClient(nb_man, used, log=logger, timeout=None).execute(started)


def register() -> None:
    """Make the engine known to papermill in this process."""
    papermill_engines.register(NAME, ShellEngine)
