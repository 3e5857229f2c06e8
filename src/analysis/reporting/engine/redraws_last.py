"""Have figures shown before pyplot redraws what is open, so that each is drawn once.

After each cell, pyplot draws every open figure on a canvas that nobody sees, since in a terminal
a window would show it. The inline backend then draws the figure from the start, shows and closes
it. In a usual kernel pyplot comes first; a third of the time of a report of small figures is lost.
"""

from collections.abc import Callable
from typing import Any

from IPython.core.events import EventManager


class RedrawsLast(EventManager):
    """Call what pyplot has registered after all others.

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
    """Say whether pyplot defines a function."""
    return getattr(function, "__module__", None) == "matplotlib.pyplot"
