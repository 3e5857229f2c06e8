"""A number that can be published: value, unit, year, source, kind and error."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["official", "member survey", "guide", "assumption", "model", "simulation"]
Better = Literal["higher", "lower", "neither"]

INTERVAL = "90% interval"
NORMAL_90 = 1.6448536269514722  # two-sided 90 % point, the level the Census Bureau publishes at


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """One figure with all that a reader needs to weigh it.

    Parameters
    ----------
    value : float or None
        In `unit`; None where the source gives none (then `note` says why).
    unit : str
        "USD a year", "jobs", "percent", ...
    se : float or None
        Standard error in `unit`; None where the source gives no error.
    low, high : float or None
        Limits in `unit`; None where there are none.
    year : str
        The period the value describes: "May 2025", "2024-34".
    source : str
        Who published it, or the method that made it.
    kind : Kind
        What sort of number it is; kinds are never mixed unsaid.
    note : str
        Why a value is missing, or how it may mislead; may be empty.
    limits : str
        What the limits are: a 90% interval, unless they are a range of assumptions or of single
        cases.

    Examples
    --------
    >>> Estimate.with_se(100.0, se=10.0, unit="jobs", year="2025", source="s").high
    116.448536...
    """

    value: float | None
    unit: str
    year: str = ""
    source: str = ""
    kind: Kind = "official"
    se: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    limits: str = INTERVAL

    @classmethod
    def with_se(
        cls,
        value: float,
        *,
        se: float | None,
        unit: str,
        year: str = "",
        source: str = "",
        kind: Kind = "official",
        note: str = "",
    ) -> "Estimate":
        """Give `value` a 90 % interval from its standard error (none where `se` is None)."""
        return cls(
            value=value,
            unit=unit,
            year=year,
            source=source,
            kind=kind,
            se=se,
            low=None if se is None else value - NORMAL_90 * se,
            high=None if se is None else value + NORMAL_90 * se,
            note=note,
        )

    @property
    def is_missing(self) -> bool:
        """True where the source gives no value; `note` then says why."""
        return self.value is None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFigure:
    """A figure a report leads with; the index and the run-to-run comparison use it.

    Parameters
    ----------
    name : str
        Identifier, stable from run to run: "median_wage_usd".
    label : str
        What people read: "Median wage".
    estimate : Estimate
        The figure itself.
    better : Better
        Which direction a reader would welcome.
    """

    name: str
    label: str
    estimate: Estimate
    better: Better = "neither"
