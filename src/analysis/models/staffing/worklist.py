"""A worklist with a target in days: chance by the day, priorities, and the reserve it takes."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.models.ranges import FloatArray, RepeatableDraws

DAYS, RUNS = 260, 50  # a year of working days; cases of it
MOST_RESERVE_PCT = 300
UNIFORMS = 3  # that make one draw, nearly normal
ROUNDING = 1e-9  # of a day


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """A department's work by the working day.

    Parameters
    ----------
    records_per_day : mapping of str to float
        Mean arrivals by encounter type; at least 0, one above. The order is that of coding: each
        day the first type is coded before the second.
    minutes_per_record : mapping of str to float
        Above 0.
    weekday_weights : sequence of float
        Arrivals of Monday, Tuesday, ... over the mean; they are scaled to a mean of 1.
    arrivals_cv, capacity_cv : float
        Day-to-day variation of arrivals, beyond that of counts (Poisson), and of the time coders
        have: standard deviation over mean. At least 0.
    is_random : bool
        False takes out all chance, that of counts as well.

    Raises
    ------
    ValueError
        A value out of range.
    """

    records_per_day: Mapping[str, float]
    minutes_per_record: Mapping[str, float]
    weekday_weights: Sequence[float] = (1.0,)
    arrivals_cv: float = 0.0
    capacity_cv: float = 0.0
    is_random: bool = True

    def __post_init__(self) -> None:
        if not any(self.records_per_day.values()) or min(self.records_per_day.values()) < 0:
            raise ValueError(
                f"records_per_day must be at least 0 and one above, not {self.records_per_day}."
            )
        if min(self.minutes_per_record[name] for name in self.records_per_day) <= 0:
            raise ValueError(f"minutes_per_record must be above 0, not {self.minutes_per_record}.")
        if min(self.weekday_weights) < 0 or not any(self.weekday_weights):
            raise ValueError(
                f"weekday_weights must be at least 0 and one above, not {self.weekday_weights}."
            )
        if self.arrivals_cv < 0 or self.capacity_cv < 0:
            raise ValueError(
                "arrivals_cv and capacity_cv must be at least 0, not "
                f"{self.arrivals_cv} and {self.capacity_cv}."
            )

    @property
    def minutes_per_day(self) -> float:
        """Mean minutes of coding that arrive on a day."""
        return sum(
            records * self.minutes_per_record[name]
            for name, records in self.records_per_day.items()
        )


def draw_year(
    worklist: Worklist, *, days: int = DAYS, runs: int = RUNS, seed: int = 0
) -> tuple[FloatArray, FloatArray]:
    """Draw the arrivals of a year and the time coders have for them.

    With z nearly normal (three uniform draws), a day's value is its mean times
    exp(s z) (s / sinh s)^3, whose mean is 1; s^2 = log(1 + cv^2). The cv of arrivals has the
    variance of a count added, 1 over the mean of that weekday.

    Returns
    -------
    array
        Records by run, day and encounter type.
    array
        Time by run and day, over its mean.
    """
    means = np.array(list(worklist.records_per_day.values()), dtype=np.float64)
    weights = np.array(worklist.weekday_weights, dtype=np.float64)
    expected = np.resize(weights / weights.mean(), days)[:, None] * means
    counts = np.divide(1.0, expected, out=np.zeros_like(expected), where=expected > 0)
    cv = np.concatenate(
        [
            np.sqrt(worklist.arrivals_cv**2 + counts),
            np.full((days, 1), worklist.capacity_cv),
        ],
        axis=1,
    )
    s = np.sqrt(np.log1p(cv**2)) if worklist.is_random else np.zeros_like(cv)
    uniforms = RepeatableDraws(seed).random(runs * cv.size * UNIFORMS)
    z = 2 * uniforms.reshape(runs, *cv.shape, UNIFORMS).sum(axis=-1) - UNIFORMS
    mean_one = np.divide(s, np.sinh(s), out=np.ones_like(s), where=s > 0) ** UNIFORMS
    factors = np.exp(s * z) * mean_one
    return factors[..., :-1] * expected, factors[..., -1]


def work_through(
    worklist: Worklist, arrivals: FloatArray, minutes_per_day: FloatArray, *, opening: float = 0.0
) -> FloatArray:
    """Code the arrivals day by day, the first encounter type first.

    Parameters
    ----------
    worklist : Worklist
        Minutes a record and the order of types.
    arrivals : array
        Records by run, day and type.
    minutes_per_day : array
        Time for coding, by case (or 1), run and day.
    opening : float
        Records of the last type that wait before the first day.

    Returns
    -------
    array
        Records that wait at the end of each day, by case, run, day and type.
    """
    minutes = [worklist.minutes_per_record[name] for name in worklist.records_per_day]
    cases, runs, days = minutes_per_day.shape
    waiting = np.zeros((cases, runs, len(minutes)))
    waiting[..., -1] = opening
    ends = np.empty((cases, runs, days, len(minutes)))
    for day in range(days):
        left = minutes_per_day[..., day]
        waiting = waiting + arrivals[:, day]
        for kind, per_record in enumerate(minutes):
            coded = np.minimum(waiting[..., kind], left / per_record)
            waiting[..., kind] -= coded
            left = left - coded * per_record
        ends[:, :, day] = waiting
    return ends


def days_waiting(
    worklist: Worklist,
    reserves: Sequence[float],
    *,
    days: int = DAYS,
    runs: int = RUNS,
    seed: int = 0,
) -> FloatArray:
    """Return the backlog in days of arrivals, of the encounter type that waits longest.

    Parameters
    ----------
    reserves : sequence of float
        Coders over those that the mean volume keeps busy: 1 is none to spare.

    Returns
    -------
    array
        By reserve, run and day; the year begins without a backlog.
    """
    arrivals, time = draw_year(worklist, days=days, runs=runs, seed=seed)
    capacity = worklist.minutes_per_day * np.asarray(reserves)[:, None, None] * time
    ends = work_through(worklist, arrivals, capacity)
    means = np.array(list(worklist.records_per_day.values()))
    return np.asarray((ends[..., means > 0] / means[means > 0]).max(axis=-1))


def reserve_for_target(
    worklist: Worklist,
    *,
    target_days: float,
    target_share: float,
    days: int = DAYS,
    runs: int = RUNS,
    seed: int = 0,
) -> float:
    """Find the fewest coders that keep the backlog within a target on a share of days.

    Parameters
    ----------
    target_days : float
        Days of arrivals that may wait, of each encounter type; above 0.
    target_share : float
        Share of working days on which that must hold; above 0, at most 1.

    Returns
    -------
    float
        Coders over those that the mean volume keeps busy, from 1 (they keep up in the long run)
        in hundredths; without chance, and with weekdays alike, 1.

    Raises
    ------
    ValueError
        A target out of range, or one that three times the coders would miss.

    Examples
    --------
    >>> steady = Worklist(
    ...     records_per_day={"inpatient": 45}, minutes_per_record={"inpatient": 24},
    ...     is_random=False)
    >>> reserve_for_target(steady, target_days=2, target_share=0.9)
    1.0
    """
    if not 0 < target_days < math.inf or not 0 < target_share <= 1:
        raise ValueError(
            "target_days must be above 0 and target_share above 0 and at most 1, not "
            f"{target_days} and {target_share}."
        )

    def share(percent: int) -> float:
        waits = days_waiting(worklist, [percent / 100], days=days, runs=runs, seed=seed)
        return float((waits <= target_days + ROUNDING).mean())

    low, high = 99, MOST_RESERVE_PCT  # enough is at most high and above low
    if share(high) < target_share:
        raise ValueError(f"no team keeps within {target_days} days on {target_share} of the days.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if share(middle) >= target_share else (middle, high)
    return high / 100
