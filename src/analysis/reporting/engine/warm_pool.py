"""Run tasks side by side, each in a process forked from one warm process and thrown away after."""

import logging
import os
import sys
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from types import TracebackType
from typing import Any, Self

from analysis.reporting.engine.outcome import Failure, Outcome, Task
from analysis.reporting.engine.warm_line import STEPS, NoWarmProcess, WarmLine

LOGGER = logging.getLogger(__name__)
CAN_FORK = sys.platform == "linux"  # elsewhere system libraries do not survive a fork


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A task that is tried for the first or the second time."""

    task: Any
    is_second: bool = False


class WarmPool:
    """A warm process, and up to `jobs` processes forked from it at a time.

    Where forking is not to be had (other systems than Linux), or the warm process does not
    start, tasks run one after the other in this process, with a warning in the log.

    Parameters
    ----------
    jobs : int or None
        How many tasks run at a time; as many as there are cores for this process if None.
    steps : sequence of str
        What the warm process does to get warm, in order: a module to import, or
        "module:function" to call without arguments.

    Examples
    --------
    >>> with WarmPool(jobs=2, steps=()) as pool:
    ...     list(pool.as_completed([]))
    []
    """

    def __init__(self, *, jobs: int | None = None, steps: Sequence[str] = STEPS) -> None:
        self.jobs = jobs or usable_cores()
        self._start = partial(WarmLine, steps=steps)
        self._line: WarmLine | None = None
        self._cannot_fork = not CAN_FORK
        self._numbers = count()

    def __enter__(self) -> Self:
        """Start warming up, and return at once."""
        if not self._cannot_fork:
            self._line = self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        """End the warm process and all it has forked."""
        if self._line is not None:
            self._line.close()
            self._line = None

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
            Told of each task as it is started.
        """
        rest = (Attempt(task=task) for task in tasks)
        again: deque[Attempt] = deque()
        running: dict[int, Attempt] = {}
        ended: deque[Outcome] = deque()  # the next task runs while the caller has one of these
        try:
            while True:
                while len(running) < self.jobs and (
                    attempt := again.popleft() if again else next(rest, None)
                ):
                    started(attempt.task)
                    if self._cannot_fork:
                        yield in_this_process(attempt.task)
                    else:
                        running[self._submit(attempt.task)] = attempt
                if ended:
                    yield ended.popleft()
                    continue
                if not running:
                    return
                for attempt, outcome in self._ended(running):
                    if outcome.failure is None or outcome.failure.reason != "engine":
                        ended.append(outcome)
                    elif self._cannot_fork:
                        again.append(attempt)
                    elif attempt.is_second:
                        ended.append(outcome)
                    else:
                        LOGGER.warning("%s; once more", outcome.failure.message)
                        again.append(Attempt(task=attempt.task, is_second=True))
        finally:
            for number in running:
                if self._line is not None:
                    self._line.end(number)

    def _submit(self, task: Task) -> int:
        """Hand over a task; where the warm process is gone, `_ended` finds out."""
        number = next(self._numbers)
        if self._line is not None:
            self._line.submit(number, task)
        return number

    def _ended(self, running: dict[int, Attempt]) -> list[tuple[Attempt, Outcome]]:
        """Wait until a task ends, and take it out of `running`; all of them if all are lost."""
        try:
            if self._line is None:
                raise NoWarmProcess("the pool is closed")
            number, ended = self._line.receive()
        except NoWarmProcess as gone:
            return self._all_lost(running, str(gone))
        if number not in running:  # ended on behalf of an earlier, abandoned call
            return []
        attempt = running.pop(number)
        return [(attempt, ended(attempt.task))]

    def _all_lost(self, running: dict[int, Attempt], reason: str) -> list[tuple[Attempt, Outcome]]:
        """Give up what runs, and start a new warm process, unless not even one became warm."""
        was_warm = self._line is not None and self._line.is_warm
        if self._line is not None:
            self._line.close()
        self._cannot_fork = not was_warm
        self._line = self._start() if was_warm else None
        if self._cannot_fork:
            LOGGER.warning("%s; notebooks run one by one in new kernels instead.", reason)
        lost = list(running.values())
        running.clear()
        failure = Failure(reason="engine", cell=None, message=reason, log="")
        return [
            (attempt, Outcome(task=attempt.task, value=None, failure=failure, usage=None))
            for attempt in lost
        ]


def usable_cores() -> int:
    """Count the cores this process may use: fewer than the machine has, where a job is pinned."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_this_process(task: Task) -> Outcome:
    """Run a task where nothing can be forked."""
    try:
        return Outcome(task=task, value=task(None), failure=None, usage=None)
    except Exception as error:
        failure = Failure(
            reason="engine",
            cell=None,
            message=f"{task.name}: {type(error).__name__}: {error}",
            log=traceback.format_exc(),
        )
        return Outcome(task=task, value=None, failure=failure, usage=None)
