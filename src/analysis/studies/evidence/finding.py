"""One thing found when the guide's own figures are put together."""

from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.studies.lookup import Tables, rows_where


class Span(NamedTuple):
    """A range of the guide or made of its figures; equal ends for a point."""

    low: float
    high: float

    @property
    def middle(self) -> float:
        """Half way between the ends."""
        return (self.low + self.high) / 2

    def plus(self, other: "Span") -> "Span":
        """Return the sum of two ranges."""
        return Span(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Finding:
    """What follows from the guide's figures, beside what it states.

    Parameters
    ----------
    subject : str
        What was checked.
    ids : tuple of str
        Whose figures went in.
    value : Span
        What follows from its figures, in `unit`.
    unit : str
        Of both.
    finding : str
        One sentence.
    part : str
        Where one check has several figures.
    stated : Span or None
        What the guide states; None where it states nothing.
    is_contradiction : bool
        False where the figures agree, and only what follows from them is stated.
    """

    subject: str
    ids: tuple[str, ...]
    value: Span
    unit: str
    finding: str
    part: str = ""
    stated: Span | None = None
    is_contradiction: bool = field(default=True, kw_only=True)


@dataclass(frozen=True, slots=True)
class Guide:
    """The guide's own tables."""

    tables: Tables

    def says(self, claim_id: str) -> Span:
        """Return the range of a statement; an end left open is taken as the other one."""
        row = rows_where(self.tables["guide_claims"], claim_id=claim_id)
        low, high = row["low"], row["high"]
        return Span(float(low.fillna(high).item()), float(high.fillna(low).item()))


def point(value: float) -> Span:
    """Make a range of one value."""
    return Span(value, value)
