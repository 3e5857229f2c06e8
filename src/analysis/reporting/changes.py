"""One key figure then and now: how far it moved, whether that is noise, whether it is welcome."""

import math
from dataclasses import dataclass
from typing import Literal

from analysis import wording
from analysis.estimate import INTERVAL, Better, Estimate, KeyFigure

Verdict = Literal[
    "better",
    "worse",
    "changed",
    "within the interval",
    "the same",
    "new",
    "gone",
    "now published",
    "no longer published",
    "in another unit",
]
Tone = Literal["good", "bad", "neutral"]
UNMOVED: frozenset[Verdict] = frozenset({"the same", "within the interval"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A key figure of one report, before and after.

    Parameters
    ----------
    name, label : str
        As in `KeyFigure`.
    better : Better
        Which direction a reader would welcome.
    old, new : Estimate or None
        None where the report had, or has, no such figure.
    since : str
        When `old` was built, as it is to be read; may be empty.

    Examples
    --------
    >>> wage = Estimate.with_se(51140, se=153, unit="USD a year", kind="official")
    >>> change = Change(name="median_wage_usd", label="Median wage", better="higher",
    ...     old=wage, new=Estimate.with_se(52300, se=160, unit="USD a year", kind="official"))
    >>> change.verdict, change.amount, change.words
    ('better', '+$1,160', '+$1,160 (+2.3%), better')
    """

    name: str
    label: str
    better: Better
    old: Estimate | None
    new: Estimate | None
    since: str = ""

    @property
    def difference(self) -> float | None:
        """New less old, in their unit; None where that cannot be said."""
        if self.old is None or self.new is None or self.old.unit != self.new.unit:
            return None
        old, new = self.old.value, self.new.value
        return None if _unknown(old) or _unknown(new) else float(new - old)  # type: ignore[operator]

    @property
    def noise(self) -> float:
        """How far two such estimates may lie apart by chance, at the 90 % level.

        The root of the sum of the squared half-widths of both intervals: the test that the
        Census Bureau gives users of two survey estimates ("Understanding and Using American
        Community Survey Data", chapter 7). Limits that are a range of assumptions or of single
        cases say nothing about chance, and count as none.
        """
        return math.hypot(*(_half_width(estimate) for estimate in (self.old, self.new)))

    @property
    def verdict(self) -> Verdict:
        """What to call the change, in words that need no colour.

        Two values that are written alike are the same: nobody could see a difference.
        """
        old, new = self.old, self.new
        if old is None or new is None:
            return "new" if old is None else "gone"
        if old.unit != new.unit:
            return "in another unit"
        moved = self.difference
        if moved is None:
            return _missing_verdict(old, new)
        if not _is_seen(moved, old, new):
            return "the same"
        if abs(moved) <= self.noise:
            return "within the interval"
        if self.better == "neither":
            return "changed"
        return "better" if (moved > 0) == (self.better == "higher") else "worse"

    @property
    def tone(self) -> Tone:
        """What colour may underline `verdict`."""
        verdict = self.verdict
        return "good" if verdict == "better" else "bad" if verdict == "worse" else "neutral"

    @property
    def is_moved(self) -> bool:
        """Whether there is something to tell: more than chance, or another thing altogether."""
        return self.verdict not in UNMOVED

    @property
    def amount(self) -> str:
        """The difference with its sign: "+$1,160", "−0.4 points"; empty where there is none.

        It has as many decimals as the values beside it.
        """
        moved, old, new = self.difference, self.old, self.new
        if moved is None or old is None or new is None:
            return ""
        is_percent = wording.is_percent(new.unit)
        unit = "percentage points" if is_percent else new.unit
        text = wording.signed(wording.quantity(moved, unit, places=_places(old, new)))
        return f"{text} points" if is_percent else text

    @property
    def relative(self) -> str:
        """The difference as a share of the old value: "+2.3%"; empty where that says nothing."""
        moved, old = self.difference, self.old
        if moved is None or old is None or not old.value or old.value < 0:
            return ""
        is_percent = wording.is_percent(old.unit)
        return "" if is_percent else wording.signed(wording.percent(100 * moved / old.value))

    @property
    def words(self) -> str:
        """The change in one phrase."""
        if not self.amount or self.verdict == "the same":
            return self.verdict
        share = f" ({self.relative})" if self.relative else ""
        return f"{self.amount}{share}, {self.verdict}"


def change_of(before: KeyFigure | None, after: KeyFigure | None, *, since: str = "") -> Change:
    """Set a key figure beside the one of the same name from an earlier run.

    Raises
    ------
    ValueError
        There is neither, or their names differ.
    """
    told = after or before
    if told is None or (before and after and before.name != after.name):
        raise ValueError(f"A change is of one key figure; found {before!r} and {after!r}.")
    return Change(
        name=told.name,
        label=told.label,
        better=told.better,
        old=before.estimate if before else None,
        new=after.estimate if after else None,
        since=since,
    )


def _unknown(value: float | None) -> bool:
    """Return whether there is no number to calculate with."""
    return wording.is_absent(value) or math.isinf(value or 0)


def _places(old: Estimate, new: Estimate) -> int:
    """Count the decimals that a difference is written with."""
    return max(wording.value_places(old), wording.value_places(new))


def _is_seen(moved: float, old: Estimate, new: Estimate) -> bool:
    """Return whether a difference shows once both values are written."""
    places = _places(old, new)
    before, after = (wording.quantity(estimate.value, "", places=places) for estimate in (old, new))
    return moved != 0 and before != after


def _half_width(estimate: Estimate | None) -> float:
    """Return half the width of a 90 % interval; 0 where there is none."""
    if estimate is None or estimate.limits != INTERVAL:
        return 0.0
    low, high = estimate.low, estimate.high
    return 0.0 if _unknown(low) or _unknown(high) else (high - low) / 2  # type: ignore[operator]


def _missing_verdict(old: Estimate, new: Estimate) -> Verdict:
    """Return what became of a figure that is, or was, not published; a bound stays one."""
    if wording.is_absent(old.value) != wording.is_absent(new.value):
        return "now published" if wording.is_absent(old.value) else "no longer published"
    return "the same" if (old.low, old.high) == (new.low, new.high) else "changed"
