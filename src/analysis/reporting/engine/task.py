"""A task that runs in a process of its own: what it may use, and what became of it."""

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from analysis.reporting.engine.limits import Limits

Reason = Literal["ended itself", "crashed", "time", "memory", "output", "engine"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a report did use.

    Parameters
    ----------
    seconds : float
        Wall time from fork to end.
    cpu_seconds : float
        Processor time, its subprocesses included.
    peak_memory_mib : float
        Most memory resident at once; counts what is shared with the warm process.
    """

    seconds: float
    cpu_seconds: float
    peak_memory_mib: float


class Task(Protocol):
    """What a pool runs: picklable, called with what the forked process was given, or with None."""

    @property
    def name(self) -> str:
        """To tell it from others."""

    @property
    def limits(self) -> Limits:
        """What it may use."""

    def __call__(self, forked: Any) -> Any:
        """Do it, in this process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why a task has no value, other than by what it returned.

    Parameters
    ----------
    reason : str
        "ended itself", "crashed", "time", "memory", "output": its own doing. "engine": not its
        own doing, and it was tried twice.
    cell : int or None
        The cell that ran, numbered from 1 as in the notebook on disk; None outside of cells.
    message : str
        One sentence.
    log : str
        The last that was printed, and that the process wrote to its standard error.
    """

    reason: Reason
    cell: int | None
    message: str
    log: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task.

    Parameters
    ----------
    number : int
        The pool's name for this try.
    task : Task
        Which.
    value : object
        What it returned; None after a failure.
    failure : Failure or None
        None where it returned.
    usage : Usage or None
        None where it did not run in a process of its own.
    """

    number: int
    task: Any
    value: Any = None
    failure: Failure | None = None
    usage: Usage | None = None


def failure_of(task: Task, end: Mapping[str, Any], log: str) -> Failure:
    """Return why a process ended without a result.

    Parameters
    ----------
    task : Task
        What it ran.
    end : mapping
        "cut": the limit it had passed, if any; "code": its exit code, negative for a signal;
        "cell": as `Failure.cell`.
    log : str
        The last of its standard error.

    Examples
    --------
    >>> from analysis.reporting.engine.notebook import NotebookTask
    >>> from pathlib import Path
    >>> task = NotebookTask(name="roi-tx", notebook=Path("roi.ipynb"), cwd=Path("."))
    >>> failure_of(task, {"cut": "seconds", "code": -9, "cell": 4}, "").message
    'cell 4 was running when the report passed its 300 seconds'
    >>> failure_of(task, {"cut": None, "code": 3, "cell": 4}, "").message
    'cell 4 ended the process with exit code 3'
    >>> failure_of(task, {"cut": None, "code": -11, "cell": 4}, "").message
    'cell 4 crashed the process: SIGSEGV'
    """
    cut, code, cell = end["cut"], end["code"], end["cell"]
    place = f"cell {cell}" if cell else "the report"
    limits = task.limits
    told: Mapping[str, tuple[Reason, str]] = {
        "seconds": (
            "time",
            f"{place} was running when the report passed its {limits.seconds:g} seconds"
            if limits.seconds is not None
            else "",
        ),
        "cell_seconds": ("time", f"{place} ran for more than {limits.cell_seconds} seconds"),
        "memory_mib": ("memory", f"{place} used more than {limits.memory_mib} MiB of memory"),
        "output_mib": ("output", f"{place} put out more than {limits.output_mib} MiB"),
        "driver": ("engine", f"{task.name} was called off"),
    }
    if cut is not None:
        reason, message = told[cut]
    elif code >= 0:
        reason, message = "ended itself", f"{place} ended the process with exit code {code}"
    elif -code == signal.SIGKILL:
        reason, message = "engine", f"{task.name} was killed from outside, at {place}"
    else:
        reason, message = "crashed", f"{place} crashed the process: {signal.Signals(-code).name}"
    return Failure(reason=reason, cell=cell, message=message, log=log)
