"""Work that arrives at random and waits for the next free coder: Erlang C."""

import math
from dataclasses import dataclass

MINUTES_PER_HOUR = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """How an M/M/c queue behaves in the long run.

    Parameters
    ----------
    servers : int
        Coders at work.
    offered_load : float
        Arrivals times service time, in servers kept busy (erlangs).
    service_minutes : float
        Mean minutes a record.
    p_wait : float
        Probability that a record waits, 0 to 1; 1 where the queue is not stable.
    mean_wait_minutes : float or None
        Over all records, those served at once included; None where it grows without limit.
    """

    servers: int
    offered_load: float
    service_minutes: float
    p_wait: float
    mean_wait_minutes: float | None

    @property
    def is_stable(self) -> bool:
        """True where the servers can keep up: the offered load is below their number."""
        return self.offered_load < self.servers

    @property
    def utilisation(self) -> float:
        """Offered load a server: the share of time servers are busy; 1 or more if not stable."""
        return self.offered_load / self.servers

    def service_level(self, minutes: float) -> float:
        """Give the share of records begun within `minutes`, 0 to 1; 0 where not stable.

        1 - P(wait) exp(-(servers - load) * minutes / service time).

        Raises
        ------
        ValueError
            `minutes` below 0.

        Examples
        --------
        >>> queue = erlang_c(arrivals_per_hour=200, service_minutes=3, servers=14)
        >>> round(queue.service_level(20 / 60), 4)
        0.8884
        """
        if minutes < 0:
            raise ValueError(f"minutes must not be below 0, not {minutes}.")
        if not self.is_stable:
            return 0.0
        spare = self.servers - self.offered_load
        return 1 - self.p_wait * math.exp(-spare * minutes / self.service_minutes)


def erlang_c(*, arrivals_per_hour: float, service_minutes: float, servers: int) -> Queue:
    """Describe the queue of records that arrive at random and are coded in turn.

    Poisson arrivals, exponential service times, equal servers, nobody leaves the queue. With
    the offered load a and N servers, the Erlang B blocking is found by its recursion
    B(n) = a B(n-1) / (n + a B(n-1)), which does not overflow, and
    P(wait) = B / (1 - (a/N) (1 - B)); the mean wait is P(wait) * service time / (N - a).

    Parameters
    ----------
    arrivals_per_hour : float
        At least 0.
    service_minutes : float
        Mean minutes a record, above 0.
    servers : int
        At least 1.

    Raises
    ------
    ValueError
        An argument out of range.

    Examples
    --------
    >>> queue = erlang_c(arrivals_per_hour=200, service_minutes=3, servers=14)
    >>> round(queue.p_wait, 4), round(queue.mean_wait_minutes, 3), round(queue.utilisation, 3)
    (0.1741, 0.131, 0.714)
    >>> erlang_c(arrivals_per_hour=300, service_minutes=3, servers=14).is_stable
    False
    """
    _check(arrivals_per_hour, service_minutes)
    if servers < 1:
        raise ValueError(f"servers must be at least 1, not {servers}.")
    load = arrivals_per_hour * service_minutes / MINUTES_PER_HOUR
    is_stable = load < servers
    p_wait = _p_wait(load, servers, _blocking(load, servers)) if is_stable else 1.0
    return Queue(
        servers=servers,
        offered_load=load,
        service_minutes=service_minutes,
        p_wait=p_wait,
        mean_wait_minutes=p_wait * service_minutes / (servers - load) if is_stable else None,
    )


def _blocking(load: float, servers: int) -> float:
    """Compute the Erlang B probability that all servers are busy."""
    blocking = 1.0
    for number in range(1, servers + 1):
        blocking = load * blocking / (number + load * blocking)
    return blocking


def _p_wait(load: float, servers: int, blocking: float) -> float:
    """Turn Erlang B into Erlang C."""
    return blocking / (1 - load / servers * (1 - blocking))


def _check(arrivals_per_hour: float, service_minutes: float) -> None:
    """Raise unless the traffic makes sense."""
    if not 0 <= arrivals_per_hour < math.inf:
        raise ValueError(f"arrivals_per_hour must be at least 0, not {arrivals_per_hour}.")
    if not 0 < service_minutes < math.inf:
        raise ValueError(f"service_minutes must be above 0, not {service_minutes}.")
