"""A quantity known only as a range, and what a simulation over ranges comes to."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.estimate import Estimate

FloatArray = NDArray[np.float64]

DRAWS = 10_000  # the ends of a 90 % interval then vary by about 1 % of its width between seeds
STEP = 0x6D2B79F5  # odd, so that every state of 32 bits is passed once
SIMULATED = "Random draws from the stated ranges"
MIDDLE_OF_DRAWS = "middle 90% of draws"


class Random(Protocol):
    """What draws uniformly from 0 to 1: a generator of numpy, or `RepeatableDraws`."""

    def random(self, size: int, /) -> FloatArray:
        """Return `size` draws."""


class RepeatableDraws:
    """Uniform draws that the script of a page repeats to the bit (mulberry32, Ettinger 2017).

    Parameters
    ----------
    seed : int
        From 0 to 2^32 - 1; taken modulo 2^32.

    Examples
    --------
    >>> RepeatableDraws(1).random(2).round(6).tolist()
    [0.627074, 0.002736]
    """

    def __init__(self, seed: int) -> None:
        self._state = seed % 2**32

    def random(self, size: int, /) -> FloatArray:
        """Return the next `size` draws, 32 bits each."""
        steps = np.arange(1, size + 1, dtype=np.uint64) * np.uint64(STEP)
        state = ((np.uint64(self._state) + steps) & np.uint64(2**32 - 1)).astype(np.uint32)
        self._state = (self._state + size * STEP) % 2**32
        mixed = (state ^ (state >> np.uint32(15))) * (state | np.uint32(1))
        mixed ^= mixed + (mixed ^ (mixed >> np.uint32(7))) * (mixed | np.uint32(61))
        return np.asarray((mixed ^ (mixed >> np.uint32(14))) / 2.0**32, dtype=np.float64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """Limits a source gives for a quantity, and its likeliest value if it names one.

    Drawn from a triangular distribution where `likely` is given, else from a uniform one.

    Parameters
    ----------
    low, high : float
        Finite, `low` at most `high`; equal for a quantity that is known.
    likely : float or None
        Within the limits.
    source : str
        Who says so.

    Raises
    ------
    ValueError
        Limits out of order, or `likely` outside them.

    Examples
    --------
    >>> Range(low=15, high=25).middle
    20.0
    """

    low: float
    high: float
    likely: float | None = None
    source: str = ""

    def __post_init__(self) -> None:
        if not (math.isfinite(self.low) and math.isfinite(self.high) and self.low <= self.high):
            raise ValueError(f"A range must run from low to high, not {self.low} to {self.high}.")
        if self.likely is not None and not self.low <= self.likely <= self.high:
            raise ValueError(
                f"likely must lie within {self.low} to {self.high}, not at {self.likely}."
            )

    @classmethod
    def known(cls, value: float, *, source: str = "") -> "Range":
        """Make the range of a quantity that is known.

        Examples
        --------
        >>> Range.known(8.0).low, Range.known(8.0).high
        (8.0, 8.0)
        """
        return cls(low=value, high=value, source=source)

    @property
    def middle(self) -> float:
        """The mean of the distribution drawn from."""
        ends = self.low + self.high
        return ends / 2 if self.likely is None else (ends + self.likely) / 3

    def draw(self, random: Random, draws: int) -> FloatArray:
        """Draw values; uses the generator once whatever the shape, so that runs compare.

        Inverse distribution function of one uniform draw each.

        Examples
        --------
        >>> Range(low=1.0, high=2.0, likely=2.0).draw(np.random.default_rng(0), 3).round(2)
        array([1.8 , 1.52, 1.2 ])
        """
        u = random.random(draws)
        width = self.high - self.low
        if self.likely is None or width == 0:
            return self.low + width * u
        rise, fall = self.likely - self.low, self.high - self.likely
        return np.where(
            u * width <= rise,
            self.low + np.sqrt(u * width * rise),
            self.high - np.sqrt((1 - u) * width * fall),
        )

    def check_within(self, name: str, *, least: float, most: float) -> None:
        """Raise ValueError unless the range lies within `least` to `most`."""
        if self.low < least or self.high > most:
            raise ValueError(
                f"{name} must lie within {least} to {most}, not {self.low} to {self.high}."
            )


def summarise_draws(
    values: FloatArray, *, unit: str, source: str = SIMULATED, note: str = "", year: str = ""
) -> Estimate:
    """Give the median of simulated values with their 5th and 95th percentile.

    Examples
    --------
    >>> found = summarise_draws(np.arange(101.0), unit="FTE")
    >>> found.value, found.low, found.high
    (50.0, 5.0, 95.0)
    """
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return Estimate(
        value=float(middle),
        unit=unit,
        low=float(low),
        high=float(high),
        year=year,
        source=source,
        kind="simulation",
        note=note,
        limits=MIDDLE_OF_DRAWS,
    )


def rate_limits(rate_pct: float, n: float) -> tuple[float, float]:
    """Return the 90 % limits of a rate, percent, of `n` persons (Wilson); missing without `n`.

    Examples
    --------
    >>> [round(limit, 1) for limit in rate_limits(74, 50)]
    [62.8, 82.8]
    """
    if math.isnan(n):
        return math.nan, math.nan
    from statsmodels.stats.proportion import proportion_confint  # a second to load

    low, high = proportion_confint(n * rate_pct / 100, n, alpha=0.10, method="wilson")
    return 100 * float(low), 100 * float(high)
