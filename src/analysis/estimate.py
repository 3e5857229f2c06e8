"""A number that can be published: value, unit, year, source, kind and error."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Kind = Literal[
    "official",  # read where its owner, an agency or a certifying body, publishes it
    "official copy",  # an agency's figure, read in another's copy of its table
    "own tabulation",  # counted or divided here from official records or tables
    "member survey",
    "third party",  # a page that quotes the owner
    "vendor figure",
    "guide",
    "assumption",
    "model",
    "simulation",
]
Better = Literal["higher", "lower", "neither"]

INTERVAL = "90% interval"
ALTERNATIVES = "over all accounts"
OWN_INTERVAL = "our 90% interval"  # of an official value whose error is not published
NORMAL_90 = 1.6448536269514722  # two-sided 90 % point, the level the Census Bureau publishes at

# How far a figure was verified, best first, and the kind that an official figure is of then.
KIND_OF: Mapping[str, Kind] = MappingProxyType(
    {
        "read in source": "official",
        "read in a copy": "official copy",
        "derived": "own tabulation",
        "third party": "third party",
        "claim": "vendor figure",
        "unverified": "assumption",  # recalled: it stands for nothing that could be looked up
    }
)
VERIFICATION = tuple(KIND_OF)


def kind_of(verification: str, *, made_as: Kind = "official") -> Kind:
    """Return the kind of a figure from how far it was verified.

    Parameters
    ----------
    verification : str
        One of `VERIFICATION`, or the name of a kind ("guide", "assumption").
    made_as : Kind
        What the figure is where its owner publishes it. Only official figures weaken: a survey of
        members stays one wherever it is quoted, unless it is recalled.

    Raises
    ------
    KeyError
        No such mark.

    Examples
    --------
    >>> kind_of("read in source"), kind_of("third party"), kind_of("derived")
    ('official', 'third party', 'own tabulation')
    >>> kind_of("third party", made_as="member survey")
    'member survey'
    """
    if made_as != "official":
        return "assumption" if verification == "unverified" else made_as
    return KIND_OF[verification]


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
        What sort of number it is: `kind_of` derives it; it has no default, so that nothing is
        official unsaid.
    note : str
        Why a value is missing, or how it may mislead; may be empty.
    limits : str
        What the limits are: a 90% interval, unless they are a range of assumptions or of single
        cases.

    Examples
    --------
    >>> Estimate.with_se(100.0, se=10.0, unit="jobs", kind="official").high
    116.448536...
    """

    value: float | None
    unit: str
    kind: Kind
    year: str = ""
    source: str = ""
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
        kind: Kind,
        year: str = "",
        source: str = "",
        note: str = "",
        limits: str = INTERVAL,
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
            limits=limits,
        )

    @property
    def is_span(self) -> bool:
        """True where the limits are those of alternatives, of which `value` is but one."""
        return self.limits == ALTERNATIVES and self.low is not None and self.high is not None

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
    headline : bool
        Whether its report leads with it: at most three do.
    """

    name: str
    label: str
    estimate: Estimate
    better: Better = "neither"
    headline: bool = False
