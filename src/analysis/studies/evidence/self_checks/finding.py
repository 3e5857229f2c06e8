"""One thing found when the guide's own figures are put together."""

from dataclasses import dataclass

from analysis.studies.lookup import Tables, rows_where


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A range of the guide or made of its figures; equal ends for a point.

    Parameters
    ----------
    low, high : float
        Its ends.
    """

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    def __add__(self, other: "Span") -> "Span":
        return Span(low=self.low + other.low, high=self.high + other.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What follows from the guide's figures, beside what it states.

    Parameters
    ----------
    subject, part : str
        What was checked; `part` where one check has several figures.
    claim_ids : tuple of str
        Whose figures went in.
    stated : Span or None
        What the guide states; None where it states nothing.
    value : Span
        What follows from its figures.
    unit : str
        Of both.
    is_contradiction : bool
        False where the figures agree, and only what follows from them is told.
    finding : str
        One sentence.
    """

    subject: str
    part: str = ""
    claim_ids: tuple[str, ...]
    stated: Span | None = None
    value: Span
    unit: str
    is_contradiction: bool = True
    finding: str


def claimed(tables: Tables, claim_id: str) -> Span:
    """Return the range of a claim; an end left open is taken as the other one."""
    row = rows_where(tables["guide_claims"], claim_id=claim_id)
    low, high = row["low"], row["high"]
    return Span(low=float(low.fillna(high).item()), high=float(high.fillna(low).item()))


def point(value: float) -> Span:
    """Make a range of one value."""
    return Span(low=value, high=value)
