"""What the return of a credential is computed from: inputs with their ranges, pay, a baseline."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90, Estimate, Kind, kind_of
from analysis.models.ranges import Range
from analysis.models.wages.distribution import WageDistribution
from analysis.models.wages.experience import experience_score

FloatArray = NDArray[np.float64]
Distribution = Literal["fixed", "triangular", "normal", "outcome", "attempts"]

MONTHS = 12
PERCENT = 100.0
ROUNDING = 1e-9  # so that 2 years less 1.9 are two months, not three


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnInput:
    """One quantity a return depends on.

    Parameters
    ----------
    name : str
        Identifier with the unit: "tuition_usd", "pass_rate_pct".
    label : str
        What people read.
    estimate : Estimate
        The most likely value, and as `low` and `high` the limits of what is plausible.
    distribution : str
        "fixed" is never varied; "triangular" lies between the limits with its peak at the value;
        "normal" has the limits as its middle 90 %; "outcome" is a probability in percent, drawn
        triangular, that then comes true or not in each draw (100 or 0); "attempts" is a pass rate
        in percent, drawn triangular, from which the number of attempts is drawn (geometric) and
        returned as 100 / attempts.
    verification : str
        "read in source", "third party", "derived", "guide", "assumption".
    """

    name: str
    label: str
    estimate: Estimate
    distribution: Distribution
    verification: str

    @property
    def value(self) -> float:
        """The most likely value.

        Raises
        ------
        ValueError
            There is none: an input without a value cannot enter a return.
        """
        if self.estimate.value is None:
            raise ValueError(f"{self.name} has no value: {self.estimate.note}")
        return self.estimate.value

    @property
    def low(self) -> float:
        """The lower limit; the value itself where the input is known."""
        return self.value if self.estimate.low is None else self.estimate.low

    @property
    def high(self) -> float:
        """The upper limit; the value itself where the input is known."""
        return self.value if self.estimate.high is None else self.estimate.high

    @property
    def is_varied(self) -> bool:
        """True where the limits leave room."""
        return self.distribution != "fixed" and self.low < self.high

    def at(self, value: float) -> "ReturnInput":
        """Return the input known to be `value`."""
        known = replace(self.estimate, value=value, low=None, high=None, se=None, kind="assumption")
        return replace(self, estimate=known, distribution="fixed", verification="assumption")

    def draw(self, random: np.random.Generator, draws: int) -> FloatArray:
        """Draw values as the distribution says.

        Examples
        --------
        >>> fee = input_range(
        ...     "fee_usd", "Fee", value=430, low=400, high=460, unit="USD", source="guide"
        ... )
        >>> fee.draw(np.random.default_rng(1), 3).round()
        array([430., 451., 416.])
        """
        if self.distribution == "fixed":
            return np.full(draws, self.value)
        if self.distribution == "normal":
            sd = (self.high - self.low) / (2 * NORMAL_90)
            return np.asarray(self.value + sd * random.standard_normal(draws), dtype=np.float64)
        drawn = Range(low=self.low, high=self.high, likely=self.value).draw(random, draws)
        if self.distribution == "outcome":
            return np.where(random.random(draws) * PERCENT < drawn, PERCENT, 0.0)
        if self.distribution == "attempts":
            return np.asarray(PERCENT / _attempts(drawn / PERCENT, random), dtype=np.float64)
        return drawn


def input_range(
    name: str,
    label: str,
    *,
    value: float,
    low: float | None = None,
    high: float | None = None,
    unit: str,
    source: str,
    kind: Kind = "assumption",
    year: str = "",
    note: str = "",
    verification: str = "assumption",
    distribution: Distribution = "triangular",
) -> ReturnInput:
    """Make an input; without limits, or with limits that leave no room, it is fixed.

    Raises
    ------
    ValueError
        The value does not lie within its limits.
    """
    is_known = low == high and distribution in ("triangular", "normal")
    if low is None or high is None or is_known:
        low, high, distribution = None, None, "fixed"
    elif not low <= value <= high:
        raise ValueError(f"{name} must lie within {low:g} to {high:g}, not at {value:g}.")
    estimate = Estimate(
        value=value,
        low=low,
        high=high,
        unit=unit,
        year=year,
        source=source,
        kind=kind_of(verification, made_as=kind),
        note=note,
    )
    return ReturnInput(
        name=name,
        label=label,
        estimate=estimate,
        distribution=distribution,
        verification=verification,
    )


def inputs_frame(inputs: Sequence[ReturnInput]) -> pd.DataFrame:
    """Tabulate inputs.

    Returns
    -------
    DataFrame
        name, label, distribution, low, mode, high, unit, kind, verification, year, source, note; a
        row an input. A fixed input has its value in all three.
    """
    return pd.DataFrame(
        [
            {
                "name": item.name,
                "label": item.label,
                "distribution": item.distribution,
                "low": item.low,
                "mode": item.value,
                "high": item.high,
                "unit": item.estimate.unit,
                "kind": item.estimate.kind,
                "verification": item.verification,
                "year": item.estimate.year,
                "source": item.estimate.source,
                "note": item.estimate.note,
            }
            for item in inputs
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PayProfile:
    """Pay by age or by experience, from distributions at a few points of it.

    Parameters
    ----------
    years : tuple of float
        Ages, or years of experience, ascending; level before the first and after the last.
    pay : tuple of WageDistribution
        At each of them, USD a year.
    by_age : bool
        True where `years` are ages, False where they are years of experience.
    """

    years: tuple[float, ...]
    pay: tuple[WageDistribution, ...]
    by_age: bool

    def usd(self, years: FloatArray, positions: FloatArray) -> FloatArray:
        """Read pay a year: a row a position (normal score among equals), a column a year.

        Examples
        --------
        >>> pay = [WageDistribution.from_percentiles({25: 0.8 * m, 50: m}) for m in (30e3, 40e3)]
        >>> profile = PayProfile(years=(27.0, 32.0), pay=tuple(pay), by_age=True)
        >>> profile.usd(np.array([20.0, 29.5]), np.array([0.0])).round()
        array([[30000., 35000.]])
        """
        shares = ndtr(positions)
        rows = np.array([each.quantile(shares) for each in self.pay]).T
        return np.array([np.interp(years, self.years, row) for row in rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All that a credential's return is computed from.

    Parameters
    ----------
    is_entrant : bool
        True for somebody who comes to the occupation, False for somebody who is in it already.
    discount_rate : float
        Real, a year: 0.03 for 3 %.
    horizon_years : int
        Years counted, from the decision on.
    remote_after_years : float
        Years of experience after which remote work at national pay is open; infinite for never.
    experience_years : float
        Experience in the occupation at the start.
    apprentice_years : float
        Years of experience before the credential's premium is paid.
    start_age : float
        At the decision; it matters only where pay or the baseline is known by age.
    pay, national_pay : WageDistribution
        Of the occupation, in the area and in the nation; climbed by experience.
    profile : PayProfile or None
        Pay in the occupation where it is not taken to climb those percentiles.
    baseline_path : tuple of pairs
        Age, and the baseline's pay at that age over `baseline_wage_usd`; empty where it is level.
    net_pay : tuple of pairs
        Wage, USD a year, and what is left of it after tax, ascending; empty where pay is counted
        before tax. Pay in the occupation is read through it; the baseline's comes net already.
    inputs : tuple of ReturnInput
        Everything else, by name.
    """

    is_entrant: bool
    discount_rate: float
    horizon_years: int
    remote_after_years: float
    experience_years: float
    apprentice_years: float
    pay: WageDistribution
    national_pay: WageDistribution
    inputs: tuple[ReturnInput, ...]
    start_age: float = 25.0
    profile: PayProfile | None = None
    baseline_path: tuple[tuple[float, float], ...] = ()
    net_pay: tuple[tuple[float, float], ...] = ()

    @property
    def months(self) -> NDArray[np.intp]:
        """The months counted, from 0."""
        return np.arange(self.horizon_years * MONTHS)

    @property
    def apprentice_months(self) -> int:
        """Whole months of work before the premium is paid; experience at the start counts."""
        left = 0.0 if not self.is_entrant else self.apprentice_years - self.experience_years
        return max(0, math.ceil(MONTHS * left - ROUNDING))

    @property
    def starts_at_hire(self) -> bool:
        """True where pay is read from the first month of work on, not from the decision on."""
        return self.is_entrant and not (self.profile and self.profile.by_age)

    @property
    def most_likely(self) -> dict[str, float]:
        """The most likely value of every input, by name."""
        return {item.name: item.value for item in self.inputs}

    def input(self, name: str) -> ReturnInput:
        """Return the input called `name`.

        Raises
        ------
        WrongInput
            No input has that name.
        """
        found = {item.name: item for item in self.inputs}
        if name not in found:
            raise WrongInput(f"name must be one of {', '.join(found)}; found {name!r}.")
        return found[name]

    def with_input(self, name: str, value: float) -> Self:
        """Return the case with one input known to be `value`."""
        return self.with_inputs({name: self.input(name).at(value)})

    def with_inputs(self, given: Mapping[str, ReturnInput]) -> Self:
        """Return the case with other inputs of the same names."""
        return replace(self, inputs=tuple(given.get(item.name, item) for item in self.inputs))

    def occupation_pay(self, positions: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lay out monthly pay in the occupation, and what national pay adds once remote.

        A row a pay position, a column a month: of experience where `starts_at_hire`, else from the
        decision on. Unemployment and the premium are not in it.
        """
        years = self.experience_years + self.months / MONTHS
        if self.profile is not None:
            at = self.start_age + self.months / MONTHS if self.profile.by_age else years
            area = self.net(self.profile.usd(at, positions)) / MONTHS
            return area, np.zeros_like(area)
        shares = ndtr(experience_score(years)[None, :] + positions[:, None])
        area = self.net(self.pay.quantile(shares)) / MONTHS
        nation = self.net(self.national_pay.quantile(shares)) / MONTHS
        gain = np.where(years >= self.remote_after_years, np.maximum(nation - area, 0.0), 0.0)
        return area, gain

    def net(self, wages_usd: FloatArray) -> FloatArray:
        """Return what is left of wages a year after tax; the wages where none is taken off."""
        if not self.net_pay:
            return wages_usd
        gross, left = zip(*self.net_pay, strict=True)
        return np.asarray(np.interp(wages_usd, gross, left), dtype=np.float64)

    def baseline_shape(self) -> FloatArray:
        """Return the baseline's pay in each month over `baseline_wage_usd`: all 1 where level."""
        if not self.baseline_path:
            return np.ones(self.months.size)
        ages, factors = zip(*self.baseline_path, strict=True)
        shape = np.interp(self.start_age + self.months / MONTHS, ages, factors)
        return np.asarray(shape, dtype=np.float64)


def _attempts(pass_rate: FloatArray, random: np.random.Generator) -> FloatArray:
    """Draw the number of attempts until the first pass (geometric, from 1 on)."""
    certain = np.clip(pass_rate, 1e-9, 1 - 1e-12)
    failed = np.floor(np.log1p(-random.random(pass_rate.size)) / np.log1p(-certain))
    return np.asarray(1 + failed, dtype=np.float64)
