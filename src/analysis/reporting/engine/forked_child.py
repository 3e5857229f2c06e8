"""The first and last things a forked process does: settle on its own, run its task, end."""

import ctypes
import faulthandler
import gc
import mmap
import os
import pickle
import random
import resource
import signal
import struct
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, NoReturn

from analysis.reporting.engine import frames
from analysis.reporting.engine.limits import MIB, Limits

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True)


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
        """Say which cell begins now, counted from 1."""
        self.LAYOUT.pack_into(self._shared, 0, time.monotonic(), number, False, False)

    def end_cells(self) -> None:
        """Say that no cell runs any more."""
        struct.pack_into("<dq", self._shared, 0, 0.0, 0)

    def say_too_much_output(self) -> None:
        """Say why the child ends."""
        struct.pack_into("<?", self._shared, 16, True)

    def say_done(self) -> None:
        """Say that the result is written."""
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
    """What a child is given by the warm process.

    Parameters
    ----------
    task, result, stdout, stderr : int
        Files in memory: what to do, and where to write.
    folder : Path
        For temporary files; removed after.
    limits : Limits
        What may be used.
    progress : Progress
        To say how far it is.
    warm_pid : int
        The process that forked it.
    """

    task: int
    result: int
    stdout: int
    stderr: int
    folder: Path
    limits: Limits
    progress: Progress
    warm_pid: int

    def open_output(self) -> tuple[BinaryIO, BinaryIO]:
        """Open what file descriptors 1 and 2 write to, for reading."""
        return os.fdopen(os.dup(self.stdout), "rb"), os.fdopen(os.dup(self.stderr), "rb")

    def watch_output(self, published_bytes: int) -> None:
        """End the process if the outputs have grown too large; no notebook can go on then."""
        limit = self.limits.output_mib
        if limit is not None and published_bytes > limit * MIB:
            self.progress.say_too_much_output()
            os._exit(1)


def run(forked: Forked) -> NoReturn:
    """Run the task, write what it returns, and end the process whatever happens.

    The task is a pickled function of a `Forked`. What it returns is pickled; an error in it, or
    in pickling, is written as text.
    """
    code = 1
    try:
        settle(forked)
        task = pickle.loads(frames.read_file(forked.task))
        os.close(forked.task)
        frames.write_all(forked.result, pickle.dumps(("value", task(forked)), protocol=5))
        forked.progress.say_done()
        code = 0
    except BaseException:
        written = pickle.dumps(("error", traceback.format_exc(limit=-8)))
        os.ftruncate(forked.result, 0)
        os.lseek(forked.result, 0, os.SEEK_SET)
        frames.write_all(forked.result, written)
        forked.progress.say_done()
    finally:
        os._exit(code)


def settle(forked: Forked) -> None:
    """Make the process its own: session, streams, signals, memory limit, random numbers."""
    os.setsid()
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != forked.warm_pid:
        os._exit(1)  # the warm process ended before it could take us along
    signal.signal(signal.SIGINT, signal.default_int_handler)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (forked.stdout, 1), (forked.stderr, 2)):
        os.dup2(source, target)
    os.close(nothing)
    faulthandler.enable(file=sys.__stderr__ or 2)
    os.environ["TMPDIR"] = str(forked.folder)
    tempfile.tempdir = str(forked.folder)
    if forked.limits.memory_mib is not None:
        allowed = data_bytes() + int(forked.limits.memory_mib * MIB)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, allowed))
    if "" not in sys.path:  # modules beside the notebook come before installed ones
        installed = (n for n, path in enumerate(sys.path) if path.endswith("-packages"))
        sys.path.insert(next(installed, 0), "")
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    gc.enable()


def data_bytes() -> int:
    """Return how much writable memory of its own this process has reserved."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmData:"))
