"""How far a run is: a live line a worker and a bar on a terminal, else a line a report."""

import time
from collections.abc import Callable

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.progress import Progress as Bars


class Progress:
    """What a run reports of itself; this one prints nothing."""

    def begin(self, total: int) -> None:
        """Start: so many reports are to be built; again, where some are built once more."""

    def started(self, name: str) -> None:
        """Show that a worker has taken up a report."""

    def ended(self, name: str, seconds: float | None, error: str) -> None:
        """Show that a report is in place, or has failed where `error` is not empty."""

    def end(self) -> None:
        """Finish: nothing more comes."""


class Lines(Progress):
    """A plain line a report, for logs.

    Parameters
    ----------
    write : callable
        Takes one line.
    clock : callable
        Seconds, never going back.

    Examples
    --------
    >>> lines = Lines(print, clock=iter([0.0, 2.0, 4.0]).__next__)
    >>> lines.begin(3)
    >>> lines.ended("outlook-ca", 1.9, "")
    built   outlook-ca  1.9 s  (1 of 3, about 4 s left)
    >>> lines.ended("outlook-tx", None, "outlook.ipynb, cell 4: KeyError: 'TX'")
    failed  outlook-tx  (2 of 3, about 2 s left)
            outlook.ipynb, cell 4: KeyError: 'TX'
    """

    def __init__(
        self, write: Callable[[str], object], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._write = write
        self._clock = clock
        self._began = 0.0
        self._total = self._done = 0

    def begin(self, total: int) -> None:
        """Start counting."""
        self._began = self._clock()
        self._total, self._done = total, 0

    def ended(self, name: str, seconds: float | None, error: str) -> None:
        """Write a line."""
        self._done += 1
        took = "" if error or seconds is None else f"  {seconds:.1f} s"
        self._write(f"{'failed' if error else 'built '}  {name}{took}  ({self._how_far()})")
        for line in error.splitlines():
            self._write(f"        {line}")

    def _how_far(self) -> str:
        """Return how many are done and how long the rest may take at this pace."""
        count = f"{self._done} of {self._total}"
        rest = self._total - self._done
        if not rest:
            return count
        left = (self._clock() - self._began) / self._done * rest
        return (
            f"{count}, about {left:.0f} s left"
            if left < 90
            else f"{count}, about {left / 60:.0f} min left"
        )


class Live(Progress):
    """A bar for the whole run, and under it a line for each report that is being built.

    Parameters
    ----------
    console : Console
        A terminal.
    """

    def __init__(self, console: Console) -> None:
        self._bars = Bars(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console,
            transient=True,
        )
        self._whole: TaskID | None = None
        self._workers: dict[str, TaskID] = {}

    def begin(self, total: int) -> None:
        """Show the bar."""
        self._bars.start()
        if self._whole is not None:
            self._bars.remove_task(self._whole)
        self._whole = self._bars.add_task("reports", total=total)

    def started(self, name: str) -> None:
        """Show a line for the worker that has it."""
        self._workers[name] = self._bars.add_task(f"  {name}", total=None)

    def ended(self, name: str, seconds: float | None, error: str) -> None:  # noqa: ARG002
        """Take the worker's line away; an error stays above the bar."""
        if name in self._workers:
            self._bars.remove_task(self._workers.pop(name))
        if self._whole is not None:
            self._bars.advance(self._whole)
        if error:
            self._bars.console.print(f"failed  {name}\n        {error}", style="red", markup=False)

    def end(self) -> None:
        """Take the bar away."""
        self._bars.stop()


def progress_on(console: Console) -> Progress:
    """Return what shows how far a run is, as the console can."""
    if console.is_terminal:
        return Live(console)
    return Lines(lambda line: console.print(line, markup=False, highlight=False, soft_wrap=True))
