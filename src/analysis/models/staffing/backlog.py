"""Uncoded records day by day: a fluid that fills with arrivals and drains with capacity."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.models.ranges import FloatArray


def simulate_backlog(
    *,
    days: int,
    arrivals_per_day: float | Sequence[float],
    capacity_per_day: float | Sequence[float],
    opening_backlog: float = 0.0,
    bill_hold_days: float = 0.0,
) -> pd.DataFrame:
    """Follow the backlog from day to day, without chance.

    Each day min(backlog + arrivals, capacity) is coded, and the backlog at the day's end is
    max(0, backlog + arrivals - capacity).

    Parameters
    ----------
    days : int
        To look ahead, at least 1.
    arrivals_per_day, capacity_per_day : float or sequence of float
        Records that arrive, and that can be coded, at least 0; a sequence is repeated in turn, so
        seven values are a week.
    opening_backlog : float
        Uncoded records before the first day, at least 0.
    bill_hold_days : float
        Days every record waits before billing, coded or not; part of the DNFB days.

    Returns
    -------
    DataFrame
        One row a day: `day` (1 is the first), `arrivals`, `capacity`, `coded`, `backlog` at the
        day's end (records), `dnfb_days` (discharged, not final billed: bill hold plus backlog
        over mean daily arrivals, that is backlog value over average daily revenue when records
        are worth the same; missing without arrivals).

    Raises
    ------
    ValueError
        A value out of range.

    Examples
    --------
    >>> found = simulate_backlog(
    ...     days=3, arrivals_per_day=100, capacity_per_day=150, opening_backlog=80)
    >>> found[["coded", "backlog"]].values.tolist()
    [[150.0, 30.0], [130.0, 0.0], [100.0, 0.0]]
    """
    if days < 1:
        raise ValueError(f"days must be at least 1, not {days}.")
    arrivals = _by_day("arrivals_per_day", arrivals_per_day, days)
    capacity = _by_day("capacity_per_day", capacity_per_day, days)
    opening = _by_day("opening_backlog", opening_backlog, 1)[0]
    hold = _by_day("bill_hold_days", bill_hold_days, 1)[0]
    free = opening + np.cumsum(arrivals - capacity)
    # capacity that found no work is lost: what the free path lacks so far is added back
    backlog = free - np.minimum.accumulate(np.minimum(free, 0.0))
    before = np.concatenate([[opening], backlog[:-1]])
    mean_arrivals = arrivals.mean()
    return pd.DataFrame(
        {
            "day": np.arange(1, days + 1),
            "arrivals": arrivals,
            "capacity": capacity,
            "coded": before + arrivals - backlog,
            "backlog": backlog,
            "dnfb_days": hold + (backlog / mean_arrivals if mean_arrivals > 0 else np.nan),
        }
    )


def _by_day(name: str, values: float | Sequence[float], days: int) -> FloatArray:
    """Repeat the values in turn until every day has one."""
    found = np.atleast_1d(np.asarray(values, dtype=np.float64))
    if found.size == 0 or not np.all((found >= 0) & np.isfinite(found)):
        raise ValueError(f"{name} must be at least 0, not {values}.")
    return np.resize(found, days)
