"""Cells run in the process they live in: an IPython kernel without sockets, and its engine.

ipykernel's own shell, display hooks and comms are used, so that a cell behaves as it does in
JupyterLab; only their way out is replaced: messages are kept instead of sent. nbclient turns them
into outputs, as it does for a kernel elsewhere. Made for a process that is thrown away after.
"""

import asyncio
import io
import logging
import os
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, BinaryIO

from ipykernel import zmqshell
from ipykernel.eventloops import enable_gui
from ipykernel.ipkernel import IPythonKernel
from IPython.core.events import EventManager
from jupyter_client.session import Session
from nbclient.client import timestamp
from nbclient.exceptions import CellExecutionComplete, CellExecutionError, DeadKernelError
from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager, papermill_engines
from papermill.log import logger
from traitlets.config import Config

NAME = "workforce-shell"
Message = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a cell.

    Parameters
    ----------
    message_id : str
        Of the request; messages with another parent belong to other cells.
    reply : dict
        The reply's content: "status", "execution_count", and for an error "ename", "evalue".
    messages : tuple of dict
        All that was published, in order; the last says that the kernel is idle.
    """

    message_id: str
    reply: Message
    messages: tuple[Message, ...]


class RecordingSession(Session):
    """Keep each message that a kernel would publish, as the other end would have read it."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits)
        self.published: list[Message] = []
        self.published_bytes = 0
        self.watch: Callable[[int], object] = id  # anything will do until it is replaced
        self.printed: Callable[[str], object] = id

    def send(  # type: ignore[override]
        self,
        stream: object,  # noqa: ARG002 - there is none
        msg_or_type: Message | str,
        content: Message | None = None,
        parent: Message | None = None,
        ident: object = None,  # noqa: ARG002
        buffers: list[bytes | memoryview] | None = None,
        track: bool = False,  # noqa: ARG002
        header: Message | None = None,
        metadata: Message | None = None,
    ) -> Message:
        """Keep one message; its content is packed at once, so later changes do not reach it."""
        message: Message = (
            msg_or_type
            if isinstance(msg_or_type, dict)
            else self.msg(msg_or_type, content, parent, header, metadata)
        )
        packed = self.pack(message["content"])
        self.published_bytes += len(packed)
        self.published.append(
            {**message, "content": self.unpack(packed), "buffers": list(buffers or [])}
        )
        self.watch(self.published_bytes)
        return message

    def take(self) -> list[Message]:
        """Hand over what was published since the last call."""
        taken, self.published = self.published, []
        return taken


class PublishedStream(io.TextIOBase):
    """Standard output or error of a cell: text gathers until a flush publishes it.

    As in a kernel, whatever is displayed flushes first. Text that C code or a subprocess wrote
    to the file descriptor is taken up in the order it was written.

    Parameters
    ----------
    session : RecordingSession
        Gets the text.
    name : str
        "stdout" or "stderr".
    written : file or None
        What the file descriptor was pointed at.
    """

    encoding = "UTF-8"

    def __init__(self, session: RecordingSession, name: str, written: BinaryIO | None) -> None:
        self.name = name
        self._session = session
        self._written = written
        self._taken = 0
        self._text = io.StringIO()
        self._parent: Mapping[str, Any] = {}
        self._lock = threading.RLock()
        self._nowhere = os.open(os.devnull, os.O_WRONLY)

    def set_parent(self, parent: Mapping[str, Any]) -> None:
        """Set the request that output belongs to."""
        self._parent = parent

    def fileno(self) -> int:
        """Return a descriptor that leads nowhere; a kernel's leads to its own terminal."""
        return self._nowhere

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Gather text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        with self._lock:
            self._take_written()
            self._text.write(text)
            gathered = self._text.tell()
            self._session.printed(text)
        self._session.watch(self._session.published_bytes + gathered)
        return len(text)

    def flush(self) -> None:
        """Publish what has gathered."""
        with self._lock:
            self._take_written()
            text = self._text.getvalue()
            self._text = io.StringIO()
            if text:
                self._session.send(
                    None, "stream", {"name": self.name, "text": text}, dict(self._parent)
                )

    def _take_written(self) -> None:
        """Take up what was written past Python."""
        if self._written is None:
            return
        size = os.fstat(self._written.fileno()).st_size
        if size > self._taken:
            new = os.pread(self._written.fileno(), size - self._taken, self._taken)
            self._taken += len(new)
            self._text.write(new.decode(errors="replace"))


class RedrawsLast(EventManager):
    """Call what pyplot has registered after all others, so that each figure is drawn once.

    After each cell, pyplot draws every open figure on a canvas that nobody sees; the inline
    backend then draws it anew, shows and closes it. In a usual kernel pyplot comes first, and a
    third of the time of a report of small figures is lost.

    Examples
    --------
    >>> def redraw(): ...
    >>> def show(): ...
    >>> redraw.__module__ = "matplotlib.pyplot"
    >>> events = RedrawsLast(None, {"post_execute": None})
    >>> events.register("post_execute", redraw); events.register("post_execute", show)
    >>> [function.__name__ for function in events.callbacks["post_execute"]]
    ['show', 'redraw']
    """

    def register(self, event: str, function: Callable[..., Any]) -> None:
        """Register a function for an event."""
        super().register(event, function)
        self.callbacks[event].sort(key=is_of_pyplot)


def is_of_pyplot(function: Callable[..., Any]) -> bool:
    """Return whether pyplot defines a function."""
    return getattr(function, "__module__", None) == "matplotlib.pyplot"


class ZMQInteractiveShell(zmqshell.ZMQInteractiveShell):
    """ipykernel's shell, by the name that libraries look for; its kernel is no application's."""

    def init_events(self) -> None:
        """Make the register of what is called before and after a cell."""
        super().init_events()  # type: ignore[no-untyped-call]
        clear_warnings = self.events.callbacks["pre_execute"]
        self.events = RedrawsLast(self, self.events.callbacks)
        self.events.callbacks["pre_execute"] += clear_warnings

    def enable_gui(self, gui: Any = None) -> None:
        """Take note of a window system; "inline" is the one that needs none."""
        enable_gui(gui, kernel=self.kernel)  # type: ignore[no-untyped-call]
        self.active_eventloop = gui


class ShellKernel(IPythonKernel):
    """An IPython kernel that is called instead of connected to.

    Make it with `ShellKernel.instance()`, since widgets look for the one kernel there is.

    Examples
    --------
    >>> import subprocess, sys
    >>> code = '''
    ... import sys
    ... from analysis.reporting.engine.shell import ShellKernel
    ... done = ShellKernel.instance().run("6 * 7", cell_id=None)
    ... print(done.messages[2]["content"]["data"], file=sys.__stdout__)
    ... '''
    >>> done = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True)
    >>> print(done.stdout)
    {'text/plain': '42'}
    <BLANKLINE>
    """

    def __init__(self, **traits: Any) -> None:
        config = Config()
        config.HistoryManager.enabled = False  # its database would be written by a thread
        log = logging.getLogger(__name__)
        super().__init__(  # type: ignore[no-untyped-call]
            session=RecordingSession(key=b""),
            shell_class=ZMQInteractiveShell,
            config=config,
            log=log,
            **traits,
        )
        # `do_execute` asks who may be interrupted: nobody here
        self.shell_channel_thread = SimpleNamespace(parent_thread=None)
        self._loop: asyncio.AbstractEventLoop | None = None  # not before the fork

    def open_streams(self, stdout: BinaryIO | None = None, stderr: BinaryIO | None = None) -> None:
        """Replace the process's streams by the kernel's.

        Parameters
        ----------
        stdout, stderr : file or None
            What file descriptors 1 and 2 point at, to publish that too.
        """
        session = self.recording
        sys.stdout = PublishedStream(session, "stdout", stdout)
        sys.stderr = PublishedStream(session, "stderr", stderr)

    @property
    def is_ending(self) -> bool:
        """Whether a cell has called `exit`."""
        shell: Any = self.shell
        return bool(shell.exit_now)

    @property
    def recording(self) -> RecordingSession:
        """The session, which keeps all messages."""
        if not isinstance(self.session, RecordingSession):
            raise TypeError(f"a ShellKernel has a RecordingSession, not {self.session!r}")
        return self.session

    def run(self, code: str, *, cell_id: str | None) -> "Done":
        """Run one cell and return what came of it."""
        if self._loop is None:
            self._loop = asyncio.new_event_loop()
            asyncio.set_event_loop(self._loop)
        return self._loop.run_until_complete(self._run(code, cell_id))

    async def _run(self, code: str, cell_id: str | None) -> "Done":
        """Run one cell inside the loop, where notebooks expect to be."""
        session = self.recording
        parent = session.msg("execute_request", {"code": code})
        self.set_parent(None, parent)  # type: ignore[no-untyped-call]
        session.send(None, "status", {"execution_state": "busy"}, parent)
        told = {"code": code, "execution_count": self.execution_count}
        session.send(None, "execute_input", told, parent)
        reply = await self.do_execute(  # type: ignore[no-untyped-call]
            code, silent=False, store_history=True, allow_stdin=False, cell_id=cell_id
        )
        await asyncio.sleep(0)  # tasks the cell has started may begin
        sys.stdout.flush()
        sys.stderr.flush()
        session.send(None, "status", {"execution_state": "idle"}, parent)
        return Done(
            message_id=parent["header"]["msg_id"],
            reply=session.unpack(session.pack(reply)),
            messages=tuple(session.take()),
        )

    def tell(self, message: Message) -> None:
        """Hand a widget's message to its comm, as a front end would send it."""
        manager: Any = self.comm_manager
        handler = getattr(manager, message["header"]["msg_type"])
        self.set_parent(None, message)  # type: ignore[no-untyped-call]
        handler(None, None, {"buffers": [], **message})


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
