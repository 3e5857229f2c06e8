"""Uncoded records day by day: a fluid that fills with arrivals and drains with capacity."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogCase:
    """A department's days ahead.

    Parameters
    ----------
    days : int
        Calendar days to look ahead, at least 1.
    arrivals_per_day, capacity_per_day : float or sequence of float
        Records that arrive, and that can be coded; a sequence is repeated in turn, so seven
        values are a week. At least 0.
    opening_backlog : float
        Uncoded records before the first day, at least 0.
    bill_hold_days : float
        Days every record waits before billing, coded or not; part of the DNFB days.

    Raises
    ------
    ValueError
        A value out of range.
    """

    days: int
    arrivals_per_day: float | Sequence[float]
    capacity_per_day: float | Sequence[float]
    opening_backlog: float = 0.0
    bill_hold_days: float = 0.0

    def __post_init__(self) -> None:
        if self.days < 1:
            raise ValueError(f"days must be at least 1, not {self.days}.")
        for name in ("arrivals_per_day", "capacity_per_day", "opening_backlog", "bill_hold_days"):
            values = np.atleast_1d(getattr(self, name))
            if values.size == 0 or not np.all((values >= 0) & np.isfinite(values)):
                raise ValueError(f"{name} must be at least 0, not {getattr(self, name)}.")


def simulate_backlog(case: BacklogCase) -> pd.DataFrame:
    """Follow the backlog from day to day.

    Deterministic: each day min(backlog + arrivals, capacity) is coded, and the backlog at the
    day's end is max(0, backlog + arrivals - capacity). Days run in whole; random arrivals
    within a day are the matter of `queueing`.

    Returns
    -------
    DataFrame
        One row a day: `day` (1 is the first), `arrivals`, `capacity`, `coded`, `backlog` at the
        day's end (records), `dnfb_days` (discharged, not final billed: bill hold plus backlog
        over mean daily arrivals, that is backlog value over average daily revenue when records
        are worth the same; missing without arrivals).

    Examples
    --------
    >>> case = BacklogCase(days=3, arrivals_per_day=100, capacity_per_day=150, opening_backlog=80)
    >>> simulate_backlog(case)[["coded", "backlog"]].values.tolist()
    [[150.0, 30.0], [130.0, 0.0], [100.0, 0.0]]
    """
    arrivals = _by_day(case.arrivals_per_day, case.days)
    capacity = _by_day(case.capacity_per_day, case.days)
    free = case.opening_backlog + np.cumsum(arrivals - capacity)
    # capacity that found no work is lost: what the free path lacks so far is added back
    backlog = free - np.minimum.accumulate(np.minimum(free, 0.0))
    before = np.concatenate([[case.opening_backlog], backlog[:-1]])
    mean_arrivals = arrivals.mean()
    dnfb = case.bill_hold_days + (backlog / mean_arrivals if mean_arrivals > 0 else np.nan)
    return pd.DataFrame(
        {
            "day": np.arange(1, case.days + 1),
            "arrivals": arrivals,
            "capacity": capacity,
            "coded": before + arrivals - backlog,
            "backlog": backlog,
            "dnfb_days": dnfb,
        }
    )


def clearance_day(backlog: pd.DataFrame, *, target_backlog: float = 0.0) -> int | None:
    """Find the first day that ends with at most `target_backlog`; None if no day does.

    Examples
    --------
    >>> case = BacklogCase(days=9, arrivals_per_day=100, capacity_per_day=150, opening_backlog=80)
    >>> clearance_day(simulate_backlog(case))
    2
    """
    cleared = backlog.loc[backlog["backlog"] <= target_backlog, "day"]
    return None if cleared.empty else int(cleared.iloc[0])


def days_to_clear(
    *, opening_backlog: float, arrivals_per_day: float, capacity_per_day: float
) -> float | None:
    """Divide the backlog by the spare capacity a day; None where there is none to spare.

    Examples
    --------
    >>> days_to_clear(opening_backlog=80, arrivals_per_day=100, capacity_per_day=150)
    1.6
    >>> days_to_clear(opening_backlog=80, arrivals_per_day=100, capacity_per_day=100) is None
    True
    """
    if opening_backlog == 0:
        return 0.0
    spare = capacity_per_day - arrivals_per_day
    return opening_backlog / spare if spare > 0 else None


def _by_day(values: float | Sequence[float], days: int) -> NDArray[np.float64]:
    """Repeat the values in turn until every day has one."""
    return np.resize(np.atleast_1d(np.asarray(values, dtype=np.float64)), days)
