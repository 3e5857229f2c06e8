"""Ending a run from outside: between two reports at once, never within the publishing of one."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Ended(BaseException):
    """A signal asked the run to end; not an error, so nothing mistakes it for a failed report.

    Parameters
    ----------
    number : int
        Of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__(signal.Signals(number).name)
        self.number = number

    @property
    def exit_code(self) -> int:
        """As shells report it: 130 after Ctrl-C, 143 after `kill`."""
        return 128 + self.number


class Ending:
    """Turn SIGINT, SIGTERM and SIGHUP into `Ended`, raised where the run can be left.

    Outside the main thread signals cannot be caught, and nothing is done.

    Examples
    --------
    >>> with Ending() as ending:
    ...     try:
    ...         with ending.held_back():
    ...             signal.raise_signal(signal.SIGTERM)
    ...             print("page and record are in place")
    ...     except Ended as ended:
    ...         print(ended, ended.exit_code)
    page and record are in place
    SIGTERM 143
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._is_held_back = False
        self._waiting: int | None = None

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup sets it
                    self._before[number] = signal.signal(number, self._caught)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        where: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def held_back(self) -> Iterator[None]:
        """Let the block run to its end; a signal that comes meanwhile is raised after it."""
        self._is_held_back = True
        try:
            yield
        finally:
            self._is_held_back = False
        if self._waiting is not None:
            raise Ended(self._waiting)

    def _caught(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002
        """Take note of a signal, or raise it."""
        if self._is_held_back:
            self._waiting = number
        else:
            raise Ended(number)
