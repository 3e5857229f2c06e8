"""Hires month by month, so that a team reaches its size in spite of turnover."""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.models.ranges import FloatArray

MONTHS_PER_YEAR = 12
ROUNDING = 1e-9  # a need smaller than this is rounding, not a person


def plan_hires(
    *,
    months: int,
    opening_heads: float,
    target_heads: float | Sequence[float],
    annual_separation_rate: float,
    months_to_productivity: int,
    first_month_productivity: float,
    months_to_fill: int = 0,
    max_hires_per_month: float | None = None,
) -> pd.DataFrame:
    """Hire each month as many whole coders as bring the team to its target.

    Hires start on the first of a month; leavers go at its end, in every cohort alike, at the
    monthly rate 1 - (1 - annual)^(1/12). Leavers are expected numbers, so heads are fractions.
    Nobody is let go: above target the team shrinks by turnover alone.

    Parameters
    ----------
    months : int
        Months to plan, at least 1.
    opening_heads : float
        Fully trained coders before the first month, at least 0.
    target_heads : float or sequence of float
        Coders wanted in each month; a sequence has one value a month.
    annual_separation_rate : float
        Share of the team that leaves within a year, at least 0, below 1. BLS expects 0.064 for
        29-2072 (2024-34: 3.5 % leave the labor force, 2.9 % the occupation); moves between
        employers come on top, so a department's own rate is higher.
    months_to_productivity : int
        Months until a new coder works at full speed, at least 0.
    first_month_productivity : float
        Speed of a coder in the first month, 0 to 1, rising in a straight line to 1.
    months_to_fill : int
        Months before the first hire can start, at least 0.
    max_hires_per_month : float or None
        Hires a month that can be trained; None is no limit.

    Returns
    -------
    DataFrame
        One row a month: `month` (1 is the first), `heads_start`, `hires`, `leavers`,
        `heads_end` (= heads_start + hires - leavers), `productive_fte` (heads weighted by their
        speed, during the month), `target_heads`, `gap_fte` (target less productive, not below
        0).

    Raises
    ------
    ValueError
        A value out of range.

    Examples
    --------
    >>> planned = plan_hires(
    ...     months=2, opening_heads=10, target_heads=12, annual_separation_rate=0.0,
    ...     months_to_productivity=2, first_month_productivity=0.5)
    >>> planned[["hires", "heads_end", "productive_fte"]].values.tolist()
    [[2.0, 12.0, 11.0], [0.0, 12.0, 11.5]]
    """
    numbers = {
        "opening_heads": opening_heads,
        "annual_separation_rate": annual_separation_rate,
        "months_to_productivity": months_to_productivity,
        "first_month_productivity": first_month_productivity,
        "months_to_fill": months_to_fill,
        "max_hires_per_month": max_hires_per_month or 0,
    }
    for name, value in numbers.items():
        if value < 0:
            raise ValueError(f"{name} must be at least 0, not {value}.")
    wanted = np.asarray(target_heads, dtype=np.float64).ravel()
    if months < 1 or wanted.size not in (1, months) or np.any(wanted < 0):
        raise ValueError(
            f"months must be at least 1 and target_heads have one value or {months}, at least 0, "
            f"not {months} and {target_heads}."
        )
    if annual_separation_rate >= 1 or first_month_productivity > 1:
        raise ValueError(
            "annual_separation_rate must be below 1 and first_month_productivity at most 1, not "
            f"{annual_separation_rate} and {first_month_productivity}."
        )
    target = np.broadcast_to(wanted, months)
    monthly_rate = 1 - (1 - annual_separation_rate) ** (1 / MONTHS_PER_YEAR)
    most = math.inf if max_hires_per_month is None else max_hires_per_month
    cohorts = np.zeros(months + 1)  # the opening team, then those hired in each month
    cohorts[0] = opening_heads
    rows = []
    for month in range(1, months + 1):
        heads_start, goal = float(cohorts.sum()), float(target[month - 1])
        short = float(max(0, math.ceil(goal - heads_start - ROUNDING)))
        hires = 0.0 if month <= months_to_fill else min(short, most)
        cohorts[month] = hires
        tenure = month - np.arange(1.0, months + 1)
        speed = _speed(tenure, months_to_productivity, first_month_productivity)
        productive_fte = float(cohorts @ np.concatenate([[1.0], speed]))
        leavers = monthly_rate * float(cohorts.sum())
        cohorts = cohorts * (1 - monthly_rate)
        rows.append(
            {
                "month": month,
                "heads_start": heads_start,
                "hires": hires,
                "leavers": leavers,
                "heads_end": float(cohorts.sum()),
                "productive_fte": productive_fte,
                "target_heads": goal,
                "gap_fte": max(0.0, goal - productive_fte),
            }
        )
    return pd.DataFrame(rows)


def _speed(tenure: FloatArray, months_to_full: int, at_first: float) -> FloatArray:
    """Return the speed of coders after `tenure` whole months."""
    if months_to_full == 0:
        return np.ones(tenure.shape)
    progress = np.clip(tenure / months_to_full, 0.0, 1.0)
    return np.asarray(at_first + (1 - at_first) * progress)
