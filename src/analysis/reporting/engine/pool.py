"""Run tasks side by side, each in a process forked from one warm process and thrown away after."""

import json
import logging
import os
import pickle
import select
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from itertools import count
from types import TracebackType
from typing import Any, Self

from analysis.reporting.engine import child
from analysis.reporting.engine.limits import end_group
from analysis.reporting.engine.task import Failure, Outcome, Task, Usage, failure_of
from analysis.reporting.engine.warm import STEPS

LOGGER = logging.getLogger(__name__)
CAN_FORK = sys.platform == "linux"  # elsewhere system libraries do not survive a fork
LAST_BYTES = 2000
END_SECONDS = 5
STARTS = 3  # of a warm process that is killed before it is warm
WARM_UP_SECONDS = 600
ANSWER_SECONDS = 60  # beyond a task's limit, until the warm process has ended it

# read when libraries are imported: one thread each, and figures go into the notebook
ENVIRONMENT = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    "_RJEM_MALLOC_CONF": "background_thread:false",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
}


class NoWarmProcess(Exception):  # noqa: N818 - it says what happened
    """The warm process did not start, is gone, or does not answer."""


class WarmProcess:
    """The driver's end of the line to a warm process, started at once and warm seconds later.

    Parameters
    ----------
    steps : sequence of str
        What it does to get warm, in order: a module to import, or "module:function" to call
        without arguments.
    """

    def __init__(self, *, steps: Sequence[str] = STEPS) -> None:
        self.threads: list[str] = []
        self.warm_since: float | None = None
        self._started = time.monotonic()
        self._running: dict[int, tuple[float, Task]] = {}
        self._pids: dict[int, int] = {}
        self._line, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._poll = select.poll()
        self._poll.register(self._line, select.POLLIN)
        self._stderr = child.new_file("stderr")
        settings = {
            "line": there.fileno(),
            "folder": tempfile.mkdtemp(prefix="workforce-"),
            "steps": list(steps),
        }
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", child.__name__, json.dumps(settings)],
            env={**os.environ, **ENVIRONMENT},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._stderr,
            pass_fds=[there.fileno()],
            start_new_session=True,
        )
        there.close()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def was_killed(self) -> bool:
        """Whether a signal ended it."""
        return (self._process.poll() or 0) < 0

    def submit(self, number: int, task: Task) -> None:
        """Have a task run; what becomes of it comes by `receive`, also if the line is broken."""
        self._running[number] = time.monotonic(), task
        file = child.new_file("task", pickle.dumps(task, protocol=5))
        try:
            with suppress(OSError):  # the line is broken: `receive` says so, of all that runs
                child.send(self._line, {"id": number, "limits": asdict(task.limits)}, [file])
        finally:
            os.close(file)

    def end(self, number: int) -> None:
        """Call a task off."""
        with suppress(OSError):
            child.send(self._line, {"end": number})

    def receive(self) -> Outcome:
        """Wait for the end of a task, and return what became of it.

        Raises
        ------
        NoWarmProcess
            It did not start, is gone, or does not end what has passed its limits.
        """
        while True:
            if not self._poll.poll(self._patience()):
                raise NoWarmProcess("the warm process does not answer")
            received = child.receive(self._line)
            if received is None:
                raise NoWarmProcess(f"the warm process is gone: {self._last_words()}")
            frame, files = received
            if "threads" in frame:
                self.warm_since, self.threads = time.monotonic(), frame["threads"]
            elif "pid" in frame:
                self._pids[frame["id"]] = frame["pid"]
            else:
                self._pids.pop(frame["id"], None)
                _, task = self._running.pop(frame["id"])
                return outcome(frame["id"], task, frame, *contents(files))

    def close(self) -> None:
        """End the warm process and all it has forked."""
        self._line.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for pid in self._pids.values():  # what they started has outlived a warm process killed
            end_group(pid)
        os.close(self._stderr)

    def _patience(self) -> float | None:
        """Milliseconds until something must be heard: a task past its limits has to be ended."""
        now = time.monotonic()
        if self.warm_since is None:
            return 1000 * max(0.0, self._started + WARM_UP_SECONDS - now)
        limited = [
            max(begun, self.warm_since) + task.limits.seconds
            for begun, task in self._running.values()
            if task.limits.seconds is not None
        ]
        return 1000 * max(0.0, min(limited) + ANSWER_SECONDS - now) if limited else None

    def _last_words(self) -> str:
        try:
            code = self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            return "it does not answer"
        last = child.read_file(self._stderr, LAST_BYTES).decode(errors="replace").strip()
        return f"exit code {code}" + (f", {last.splitlines()[-1]}" if last else "")


def contents(files: Sequence[int]) -> tuple[bytes, str]:
    """Read and close what a task has written: its result, and the last of its standard error."""
    try:
        if not files:
            return b"", ""
        result, stderr = files
        return child.read_file(result), child.read_file(stderr, LAST_BYTES).decode(errors="replace")
    finally:
        for file in files:
            os.close(file)


def outcome(number: int, task: Task, end: Mapping[str, Any], result: bytes, log: str) -> Outcome:
    """Return what became of a task, from the frame that says how its process ended."""
    if "refused" in end:
        return Outcome(number, task, failure=engine_failure(end["refused"]))
    usage = Usage(**end["usage"])
    if not end["done"] or end["cut"]:
        log = "\n".join(filter(None, [end["printed"], log]))
        return Outcome(number, task, failure=failure_of(task, end, log), usage=usage)
    kind, value = pickle.loads(result)
    if kind == "value":
        return Outcome(number, task, value=value, usage=usage)
    message = f"{task.name}: {value.strip().splitlines()[-1]}"
    return Outcome(number, task, failure=engine_failure(message, value), usage=usage)


class Pool:
    """A warm process, and up to `jobs` processes forked from it at a time.

    Where forking is not available (other systems than Linux), or the warm process cannot get
    warm, tasks run one after the other in this process, with a warning in the log.

    Parameters
    ----------
    jobs : int or None
        How many tasks run at a time; as many as there are cores for this process if None.
    steps : sequence of str
        As `WarmProcess` has it.

    Examples
    --------
    >>> with Pool(jobs=2, steps=()) as pool:
    ...     list(pool.as_completed([]))
    []
    """

    def __init__(self, *, jobs: int | None = None, steps: Sequence[str] = STEPS) -> None:
        self.jobs = jobs or usable_cores()
        self._start = partial(WarmProcess, steps=steps)
        self._warm: WarmProcess | None = None
        self._numbers = count()
        self._starts = STARTS

    def __enter__(self) -> Self:
        """Start warming up, and return at once."""
        self._warm = self._start() if CAN_FORK else None
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End the warm process and all it has forked."""
        if self._warm is not None:
            self._warm.close()
            self._warm = None

    def as_completed(
        self, tasks: Iterable[Task], started: Callable[[Any], object] = id
    ) -> Iterator[Outcome]:
        """Run tasks, and yield what became of each as it ends.

        A task that fails does not stop the others. One that is lost through no fault of its
        own, since its process was killed from outside or the warm process is gone, is tried
        once more.

        Parameters
        ----------
        tasks : iterable of Task
            Taken up as there is room.
        started : callable
            Called with each task as it is started.
        """
        rest = iter(tasks)
        again: deque[Task] = deque()
        seconds: set[int] = set()  # the numbers of what is tried for the second time
        running: dict[int, Task] = {}
        ended: deque[Outcome] = deque()  # the next task runs while the caller has one of these
        try:
            while True:
                while len(running) < self.jobs and (
                    task := again[0] if again else next(rest, None)
                ):
                    number = next(self._numbers)
                    if again:
                        again.popleft()
                        seconds.add(number)
                    started(task)
                    if self._warm is None:
                        yield in_this_process(number, task)
                        continue
                    running[number] = task
                    self._warm.submit(number, task)
                if ended:
                    yield ended.popleft()
                    continue
                if not running:
                    return
                for outcome in self._ended(running):
                    if outcome.number not in running:  # of an earlier, abandoned call
                        continue
                    task = running.pop(outcome.number)
                    failure = outcome.failure
                    if (
                        failure is None
                        or failure.reason != "engine"
                        or (outcome.number in seconds and self._warm is not None)
                    ):
                        ended.append(outcome)
                    else:
                        LOGGER.warning("%s; once more", failure.message)
                        again.append(task)
        finally:
            for number in running:
                if self._warm is not None:
                    self._warm.end(number)

    def _ended(self, running: Mapping[int, Task]) -> list[Outcome]:
        """Wait until a task ends; all that run have, where the warm process is gone."""
        if self._warm is None:
            reason = "the pool is closed"
        else:
            try:
                return [self._warm.receive()]
            except NoWarmProcess as gone:
                reason = str(gone)
            self._start_again(self._warm, reason)
        failure = engine_failure(reason)
        return [Outcome(number, task, failure=failure) for number, task in running.items()]

    def _start_again(self, lost: WarmProcess, reason: str) -> None:
        """Start a new warm process, unless this one could not get warm by itself."""
        lost.close()
        self._starts = STARTS if lost.warm_since is not None else self._starts - 1
        can_start = lost.warm_since is not None or (lost.was_killed and self._starts > 0)
        self._warm = self._start() if can_start else None
        if self._warm is None:
            LOGGER.warning("%s; notebooks run one by one in new kernels instead.", reason)


def usable_cores() -> int:
    """Count the cores this process may use: fewer than the machine has, where a job is pinned."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_this_process(number: int, task: Task) -> Outcome:
    """Run a task where nothing can be forked."""
    try:
        return Outcome(number, task, value=task(None))
    except Exception as error:
        message = f"{task.name}: {type(error).__name__}: {error}"
        return Outcome(number, task, failure=engine_failure(message, traceback.format_exc()))


def engine_failure(message: str, log: str = "") -> Failure:
    """Return a failure that is not the task's own doing."""
    return Failure(reason="engine", cell=None, message=message, log=log)
