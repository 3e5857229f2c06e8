"""What a return rests on: every input with its range, its source and how it is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90, Estimate, Kind
from analysis.models.ranges import Range

FloatArray = NDArray[np.float64]
Distribution = Literal["fixed", "triangular", "normal", "outcome", "attempts"]

PERCENT = 100.0


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
    """Make an input; without limits it is fixed.

    Raises
    ------
    ValueError
        The value does not lie within its limits.
    """
    if low is None or high is None:
        low, high, distribution = None, None, "fixed"
    elif not low <= value <= high:
        raise ValueError(f"{name} must lie within {low:g} to {high:g}, not at {value:g}.")
    return ReturnInput(
        name=name,
        label=label,
        estimate=Estimate(
            value=value,
            low=low,
            high=high,
            unit=unit,
            year=year,
            source=source,
            kind=kind,
            note=note,
        ),
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


def modes(inputs: Sequence[ReturnInput]) -> dict[str, float]:
    """Map each input's name to its most likely value."""
    return {item.name: item.value for item in inputs}


def with_value(inputs: Sequence[ReturnInput], name: str, value: float) -> tuple[ReturnInput, ...]:
    """Return the inputs with one of them known to be `value`.

    Raises
    ------
    WrongInput
        No input has that name.
    """
    names = [item.name for item in inputs]
    if name not in names:
        raise WrongInput(f"name must be one of {', '.join(names)}; found {name!r}.")
    return tuple(item.at(value) if item.name == name else item for item in inputs)


def _attempts(pass_rate: FloatArray, random: np.random.Generator) -> FloatArray:
    """Draw the number of attempts until the first pass (geometric, from 1 on)."""
    certain = np.clip(pass_rate, 1e-9, 1 - 1e-12)
    failed = np.floor(np.log1p(-random.random(pass_rate.size)) / np.log1p(-certain))
    return np.asarray(1 + failed, dtype=np.float64)
