"""Hires month by month, so that a team reaches its size in spite of turnover."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

MONTHS_PER_YEAR = 12
ROUNDING = 1e-9  # a need smaller than this is rounding, not a person


@dataclass(frozen=True, slots=True, kw_only=True)
class HirePlan:
    """A team, its target and how people come and go.

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
        29-2072 (2024-34: 3.5 % leave the labour force, 2.9 % the occupation); moves between
        employers come on top, so a department's own rate is higher.
    months_to_productivity : int
        Months until a new coder works at full speed, at least 0.
    first_month_productivity : float
        Speed of a coder in the first month, 0 to 1, rising in a straight line to 1.
    months_to_fill : int
        Months before the first hire can start, at least 0.
    max_hires_per_month : float or None
        Hires a month that can be trained; None is no limit.

    Raises
    ------
    ValueError
        A value out of range.
    """

    months: int
    opening_heads: float
    target_heads: float | Sequence[float]
    annual_separation_rate: float
    months_to_productivity: int
    first_month_productivity: float
    months_to_fill: int = 0
    max_hires_per_month: float | None = None

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError(f"months must be at least 1, not {self.months}.")
        if self.opening_heads < 0 or np.any(np.asarray(self.target_heads) < 0):
            raise ValueError(
                "opening_heads and target_heads must be at least 0, not "
                f"{self.opening_heads} and {self.target_heads}."
            )
        if np.size(self.target_heads) not in (1, self.months):
            raise ValueError(
                f"target_heads must have one value or {self.months}, not "
                f"{np.size(self.target_heads)}."
            )
        if not 0 <= self.annual_separation_rate < 1:
            raise ValueError(
                f"annual_separation_rate must be at least 0 and below 1, not "
                f"{self.annual_separation_rate}."
            )
        if self.months_to_productivity < 0 or self.months_to_fill < 0:
            raise ValueError(
                "months_to_productivity and months_to_fill must be at least 0, not "
                f"{self.months_to_productivity} and {self.months_to_fill}."
            )
        if not 0 <= self.first_month_productivity <= 1:
            raise ValueError(
                f"first_month_productivity must lie within 0 to 1, not "
                f"{self.first_month_productivity}."
            )
        if self.max_hires_per_month is not None and self.max_hires_per_month < 0:
            raise ValueError(
                f"max_hires_per_month must be at least 0, not {self.max_hires_per_month}."
            )


def plan_hires(plan: HirePlan) -> pd.DataFrame:
    """Hire each month as many whole coders as bring the team to its target.

    Hires start on the first of a month; leavers go at its end, in every cohort alike, at the
    monthly rate 1 - (1 - annual)^(1/12). Leavers are expected numbers, so heads are fractions.
    Nobody is let go: above target the team shrinks by turnover alone.

    Returns
    -------
    DataFrame
        One row a month: `month` (1 is the first), `heads_start`, `hires`, `leavers`,
        `heads_end` (= heads_start + hires - leavers), `productive_fte` (heads weighted by their
        speed, during the month), `target_heads`, `gap_fte` (target less productive, not below
        0).

    Examples
    --------
    >>> plan = HirePlan(
    ...     months=2, opening_heads=10, target_heads=12, annual_separation_rate=0.0,
    ...     months_to_productivity=2, first_month_productivity=0.5)
    >>> plan_hires(plan)[["hires", "heads_end", "productive_fte"]].values.tolist()
    [[2.0, 12.0, 11.0], [0.0, 12.0, 11.5]]
    """
    monthly_rate = 1 - (1 - plan.annual_separation_rate) ** (1 / MONTHS_PER_YEAR)
    target = np.broadcast_to(np.asarray(plan.target_heads, dtype=np.float64).ravel(), plan.months)
    cohorts = np.zeros(plan.months + 1)  # the opening team, then those hired in each month
    cohorts[0] = plan.opening_heads
    rows = []
    for month in range(1, plan.months + 1):
        heads_start = float(cohorts.sum())
        hires = _hires(plan, month, short=float(target[month - 1]) - heads_start)
        cohorts[month] = hires
        tenure = month - np.arange(1, plan.months + 1)
        speed = np.concatenate([[1.0], _speed(plan, tenure)])
        productive_fte = float(cohorts @ speed)
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
                "target_heads": float(target[month - 1]),
                "gap_fte": max(0.0, float(target[month - 1]) - productive_fte),
            }
        )
    return pd.DataFrame(rows)


def _hires(plan: HirePlan, month: int, *, short: float) -> float:
    """Decide how many people start this month."""
    if month <= plan.months_to_fill:
        return 0.0
    wanted = float(max(0, math.ceil(short - ROUNDING)))
    limit = math.inf if plan.max_hires_per_month is None else plan.max_hires_per_month
    return min(wanted, limit)


def _speed(plan: HirePlan, tenure: np.ndarray) -> np.ndarray:
    """Give the speed of coders after `tenure` whole months."""
    if plan.months_to_productivity == 0:
        return np.ones(tenure.shape)
    progress = np.clip(tenure / plan.months_to_productivity, 0.0, 1.0)
    return np.asarray(
        plan.first_month_productivity + (1 - plan.first_month_productivity) * progress
    )
