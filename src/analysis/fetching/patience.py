"""How long to wait before the next try."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Waiting, with its clock and dice handed in so that nothing here is left to chance.

    Parameters
    ----------
    attempts : int
        Tries without progress before giving up.
    first_seconds, longest_seconds : float
        First wait, and the longest that is kept.
    sleep : callable
        Waits so many seconds.
    chance : callable
        A number from 0 to 1.
    now : callable
        The time, with its zone.
    """

    attempts: int
    first_seconds: float
    longest_seconds: float
    sleep: Callable[[float], None]
    chance: Callable[[], float]
    now: Callable[[], datetime]

    def seconds(self, failures: int, asked: str | None = None) -> float:
        """Say how long to wait after so many failures in a row.

        Half to the whole of `first_seconds` doubled with each failure, at random, so that many
        clients do not come back at once; never less than the server asked for (Retry-After, in
        seconds or as a date), and never more than `longest_seconds`.

        Examples
        --------
        >>> start = datetime(2026, 1, 1, tzinfo=UTC)
        >>> calm = Patience(attempts=5, first_seconds=1, longest_seconds=60, sleep=print,
        ...                 chance=lambda: 0.5, now=lambda: start)
        >>> calm.seconds(1), calm.seconds(3), calm.seconds(1, "7"), calm.seconds(20)
        (0.75, 3.0, 7.0, 60)
        >>> calm.seconds(1, "Thu, 01 Jan 2026 00:00:09 GMT")
        9.0
        """
        doubled = self.first_seconds * 2.0 ** min(failures - 1, 30)
        own = doubled * (0.5 + 0.5 * self.chance())
        return min(self.longest_seconds, max(own, self._asked_seconds(asked)))

    def _asked_seconds(self, asked: str | None) -> float:
        """Read a Retry-After; 0 where there is none that can be read."""
        if not asked:
            return 0.0
        if asked.strip().isdecimal():
            return float(asked)
        try:
            until = parsedate_to_datetime(asked)
        except ValueError:
            return 0.0
        at = until if until.tzinfo else until.replace(tzinfo=UTC)
        return max(0.0, (at - self.now()).total_seconds())
