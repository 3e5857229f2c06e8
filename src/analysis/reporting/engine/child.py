"""The warm process and the processes it forks: one for each report, thrown away after.

Started by `pool.Pool` as `python -m analysis.reporting.engine.child SETTINGS`. It has imported
everything, has one thread, and does nothing but fork, watch and report; what a child is given to
do, it does not read. It ends, and all its children with it, as soon as the driver is gone.

Driver and warm process exchange short frames; a payload is a file in memory whose descriptor goes
with the frame, so that nothing is copied, and nothing is left on disk by whoever is killed.
"""

import ctypes
import faulthandler
import fcntl
import gc
import importlib
import json
import mmap
import os
import pickle
import random
import select
import shutil
import signal
import socket
import struct
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from analysis.reporting.engine.limits import (
    MIB,
    Limits,
    allow_memory,
    end_group,
    exceeded,
    resident_bytes,
)

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)
LOOK_EVERY_SECONDS = 0.05
MAX_FRAME_BYTES = 65_536
MAX_FILES = 8


class Progress:
    r"""What a child says of itself, in memory that outlives it.

    Parameters
    ----------
    shared : mmap
        At least `SIZE` bytes, made before the fork.

    Examples
    --------
    >>> progress = Progress(mmap.mmap(-1, Progress.SIZE))
    >>> progress.cell is None, progress.done
    (True, False)
    >>> progress.start_cell(3)
    >>> progress.cell
    3
    >>> progress.say_printed("reading ...\n"); progress.say_printed("read\n")
    >>> progress.printed
    'reading ...\nread\n'
    """

    LAYOUT = struct.Struct("<dq??")  # cell started, its number, too much output, done
    TAIL = struct.Struct("<H2000s")  # the last bytes that were printed, and how many there are
    SIZE = LAYOUT.size + TAIL.size

    def __init__(self, shared: mmap.mmap) -> None:
        self._shared = shared

    @property
    def cell(self) -> int | None:
        """Number of the cell that runs; None outside of cells."""
        return int(self._read()[1]) or None

    @property
    def cell_started(self) -> float | None:
        """When it began, on the clock that never goes back."""
        return float(self._read()[0]) or None

    @property
    def too_much_output(self) -> bool:
        """Whether the child ended itself since its outputs were too large."""
        return bool(self._read()[2])

    @property
    def done(self) -> bool:
        """Whether the result is written."""
        return bool(self._read()[3])

    @property
    def printed(self) -> str:
        """The last that was printed; a character cut in half is left out."""
        return self._tail().decode(errors="ignore")

    def say_printed(self, text: str) -> None:
        """Keep the last of what is printed, for the case that nothing else is left."""
        last = (self._tail() + text.encode(errors="replace"))[-self.TAIL.size + 2 :]
        self.TAIL.pack_into(self._shared, self.LAYOUT.size, len(last), last)

    def start_cell(self, number: int) -> None:
        """Record which cell begins now, counted from 1."""
        self.LAYOUT.pack_into(self._shared, 0, time.monotonic(), number, False, False)

    def end_cells(self) -> None:
        """Record that no cell runs any more."""
        struct.pack_into("<dq", self._shared, 0, 0.0, 0)

    def say_too_much_output(self) -> None:
        """Record why the child ends."""
        struct.pack_into("<?", self._shared, 16, True)

    def say_done(self) -> None:
        """Record that the result is written."""
        struct.pack_into("<?", self._shared, 17, True)

    def close(self) -> None:
        """Give the memory back."""
        self._shared.close()

    def _tail(self) -> bytes:
        """Read the last bytes that were printed."""
        length, last = self.TAIL.unpack_from(self._shared, self.LAYOUT.size)
        return bytes(last[:length])

    def _read(self) -> tuple[float, int, bool, bool]:
        """Read all fields."""
        return self.LAYOUT.unpack_from(self._shared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Forked:
    """A process that runs one task, as it and the warm process know it.

    Parameters
    ----------
    number : int
        The driver's name for the task.
    task, result, stdout, stderr : int
        Files in memory: what to do, and where to write.
    folder : Path
        For temporary files; removed after.
    limits : Limits
        What may be used.
    progress : Progress
        How far it is.
    warm_pid : int
        The process that forked it.
    started : float
        When, on the clock that never goes back.
    """

    number: int
    task: int
    result: int
    stdout: int
    stderr: int
    folder: Path
    limits: Limits
    progress: Progress
    warm_pid: int
    started: float

    def open_output(self) -> tuple[BinaryIO, BinaryIO]:
        """Open what file descriptors 1 and 2 write to, for reading."""
        return os.fdopen(os.dup(self.stdout), "rb"), os.fdopen(os.dup(self.stderr), "rb")

    def watch_output(self, published_bytes: int) -> None:
        """End the process if the outputs have grown too large; no notebook can go on then."""
        limit = self.limits.output_mib
        if limit is not None and published_bytes > limit * MIB:
            self.progress.say_too_much_output()
            os._exit(1)


def new_file(name: str, content: bytes = b"") -> int:
    """Open a file that lives in memory only and return its descriptor."""
    file = os.memfd_create(name)
    if content:
        write_all(file, content)
    return file


def write_all(file: int, content: bytes) -> None:
    """Write all of `content`; a single write may take less."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(file, rest) :]


def read_file(file: int, last_bytes: int | None = None) -> bytes:
    """Read a file in memory, all of it or its end, wherever its position is."""
    size = os.fstat(file).st_size
    place = 0 if last_bytes is None else max(0, size - last_bytes)
    parts = []
    while place < size and (part := os.pread(file, size - place, place)):
        parts.append(part)
        place += len(part)
    return b"".join(parts)


def send(line: socket.socket, frame: Mapping[str, Any], files: Sequence[int] = ()) -> None:
    """Send a frame with files.

    Raises
    ------
    OSError
        The other end is gone.
    """
    socket.send_fds(line, [json.dumps(frame).encode()], files)


def receive(line: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Wait for a frame and its files; None once the other end is gone.

    Examples
    --------
    >>> here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    >>> send(here, {"id": 1}, [new_file("payload", b"page")])
    >>> frame, files = receive(there)
    >>> frame, read_file(files[0])
    ({'id': 1}, b'page')
    >>> here.close(); receive(there) is None
    True
    """
    try:
        content, files, _, _ = socket.recv_fds(line, MAX_FRAME_BYTES, MAX_FILES)
    except ConnectionError:
        return None
    return (json.loads(content), files) if content else None


def serve(line: socket.socket, folder: Path) -> None:
    """Fork a child for each task that comes; return when the driver has gone."""
    children: dict[int, tuple[int, Forked]] = {}  # by pidfd
    cuts: dict[int, str] = {}
    poll = select.poll()
    poll.register(line, select.POLLIN)
    base_bytes = resident_bytes(os.getpid())

    def cut_off(pidfd: int, cut: str) -> None:
        cuts.setdefault(pidfd, cut)
        end_group(children[pidfd][0])

    while True:
        for file, _ in poll.poll(1000 * LOOK_EVERY_SECONDS if children else None):
            if file != line.fileno():
                poll.unregister(file)
                report(line, file, *children.pop(file), cuts.pop(file, None))
                continue
            received = receive(line)
            if received is None:
                for pid, _ in children.values():
                    end_group(pid)
                return
            frame, files = received
            if "end" in frame:
                for pidfd, (_, child) in children.items():
                    if child.number == frame["end"]:
                        cut_off(pidfd, "driver")
            elif (started := fork(frame, files[0], folder, line)) is not None:
                pid, child = started
                pidfd = os.pidfd_open(pid)
                children[pidfd] = started
                poll.register(pidfd, select.POLLIN)
                with suppress(OSError):  # the driver has gone; the next look at the line says so
                    send(line, {"id": child.number, "pid": pid})
        for pidfd, (pid, child) in children.items():
            if pidfd not in cuts and (
                cut := exceeded(child.limits, used_by(pid, child, base_bytes))
            ):
                cut_off(pidfd, cut)


def fork(
    frame: Mapping[str, Any], task: int, folder: Path, line: socket.socket
) -> tuple[int, Forked] | None:
    """Fork a process for one task; None where that is not possible, which the driver is told."""
    try:
        own = folder / str(frame["id"])
        own.mkdir()
        result, stdout, stderr = (new_file(name) for name in ("result", "stdout", "stderr"))
        child = Forked(
            number=frame["id"],
            task=task,
            result=result,
            stdout=stdout,
            stderr=stderr,
            folder=own,
            limits=Limits(**frame["limits"]),
            progress=Progress(mmap.mmap(-1, Progress.SIZE)),
            warm_pid=os.getpid(),
            started=time.monotonic(),
        )
        pid = os.fork()
    except OSError as error:
        send(line, {"id": frame["id"], "refused": f"{type(error).__name__}: {error}"})
        os.close(task)
        return None
    if pid == 0:
        line.close()
        run(child)
    os.close(task)
    return pid, child


def used_by(pid: int, child: Forked, base_bytes: int) -> dict[str, float]:
    """Return what a child has used so far, by the name of its limit."""
    now = time.monotonic()
    written = sum(os.fstat(file).st_size for file in (child.stdout, child.stderr))
    return {
        "seconds": now - child.started,
        "cell_seconds": now - (child.progress.cell_started or now),
        "memory_mib": (resident_bytes(pid) - base_bytes) / MIB,
        "output_mib": float("inf") if child.progress.too_much_output else written / MIB,
    }


def report(line: socket.socket, pidfd: int, pid: int, child: Forked, cut: str | None) -> None:
    """Report what became of a child that has ended, and clear up after it."""
    os.waitid(os.P_PIDFD, pidfd, os.WEXITED | os.WNOWAIT)
    end_group(pid)  # what it started and left behind; its own number is still taken
    _, status, used = os.wait4(pid, 0)
    shutil.rmtree(child.folder, ignore_errors=True)
    if cut is None and child.progress.too_much_output:
        cut = "output_mib"
    frame = {
        "id": child.number,
        "code": os.waitstatus_to_exitcode(status),
        "done": child.progress.done,
        "cell": child.progress.cell,
        "cut": cut,
        "printed": child.progress.printed,
        "usage": {
            "seconds": time.monotonic() - child.started,
            "cpu_seconds": used.ru_utime + used.ru_stime,
            "peak_memory_mib": used.ru_maxrss / 1024,
        },
    }
    files = (child.result, child.stderr)
    with suppress(OSError):  # the driver has gone; the next look at the line says so
        send(line, frame, files)
    for file in (*files, child.stdout, pidfd):
        os.close(file)
    child.progress.close()


def run(forked: Forked) -> NoReturn:
    """Run the task, write what it returns, and end the process whatever happens.

    The task is a pickled function of a `Forked`. What it returns is pickled; an error in it, or
    in pickling, is written as text.
    """
    code = 1
    try:
        settle(forked)
        task = pickle.loads(read_file(forked.task))
        os.close(forked.task)
        write_all(forked.result, pickle.dumps(("value", task(forked)), protocol=5))
        forked.progress.say_done()
        code = 0
    except BaseException:
        written = pickle.dumps(("error", traceback.format_exc(limit=-8)))
        os.ftruncate(forked.result, 0)
        os.lseek(forked.result, 0, os.SEEK_SET)
        write_all(forked.result, written)
        forked.progress.say_done()
    finally:
        os._exit(code)


def settle(forked: Forked) -> None:
    """Make the process its own: session, streams, signals, memory limit, random numbers."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != forked.warm_pid:
        os._exit(1)  # the warm process ended before its death could be a signal here
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (forked.stdout, 1), (forked.stderr, 2)):
        os.dup2(source, target)
    os.close(nothing)
    faulthandler.enable(file=sys.__stderr__ or 2)
    os.environ["TMPDIR"] = str(forked.folder)
    tempfile.tempdir = str(forked.folder)
    if forked.limits.memory_mib is not None:
        allow_memory(forked.limits.memory_mib)
    if "" not in sys.path:  # modules beside the notebook come before installed ones
        installed = (n for n, path in enumerate(sys.path) if path.endswith("-packages"))
        sys.path.insert(next(installed, 0), "")
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.enable()


def threads() -> list[str]:
    """Name the threads of this process; one is right, more are the mark of a library."""
    tasks = Path("/proc/self/task").iterdir()
    return sorted((task / "comm").read_text(encoding="ascii").strip() for task in tasks)


def warm_up(steps: Sequence[str], line: socket.socket, folder: Path) -> None:
    """Take each step: import a module, or call a "module:function"; end if the driver is gone."""
    gone = select.poll()
    gone.register(line, 0)  # reports a hang-up only

    def look(*_: object) -> None:
        if gone.poll(0):
            shutil.rmtree(folder, ignore_errors=True)
            os._exit(1)

    signal.signal(signal.SIGIO, look)
    fcntl.fcntl(line, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(line, fcntl.F_GETFL)
    fcntl.fcntl(line, fcntl.F_SETFL, flags | os.O_ASYNC)
    look()
    for step in steps:
        name, _, function = step.partition(":")
        module = importlib.import_module(name)
        if function:
            getattr(module, function)()
    fcntl.fcntl(line, fcntl.F_SETFL, flags)
    signal.signal(signal.SIGIO, signal.SIG_DFL)


def main(settings: dict[str, Any]) -> None:
    """Warm up, say so, and serve until the driver has gone."""
    line = socket.socket(fileno=settings["line"])
    folder = Path(settings["folder"])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the driver decides
    gc.disable()  # until the fork: what is imported stays, and stays shared
    try:
        warm_up(settings["steps"], line, folder)
        gc.freeze()  # garbage too: to look for it takes longer than a report's share of it
        send(line, {"threads": threads()})
        serve(line, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
    os._exit(0)
