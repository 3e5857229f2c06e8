"""The rule that grades a statement of the guide against an official figure."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, get_args

import pandas as pd

from analysis.studies.lookup import Citation, Tables, cite, cite_oews

Verdict = Literal[
    "supported",
    "overstated",
    "understated",
    "outdated",
    "contradicted",
    "not comparable",
    "not testable",
]
Comparison = Literal["direct", "proxy", "stale"]

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
OPEN: tuple[Verdict, ...] = ("not comparable", "not testable")
COMPARISONS: tuple[Comparison, ...] = get_args(Comparison)
TOLERANCE_PCT = 5.0  # of the official value: within it a statement is supported
OLDER_TOLERANCE_PCT = 3.0  # of an older official value: within it a statement is outdated
WIDEST = 3.0  # the upper end over the lower: what spans more would hold whatever was stated
ROUNDING = 1e-9  # so that a difference of exactly the tolerance is within it


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement of the guide.

    Parameters
    ----------
    claim_id, topic, text : str
        As in the table `guide_claims`.
    low, high : float or None
        Its range in `unit`; equal for a point, one of them None where it is open at that end,
        both None where it is not numeric.
    unit : str
        "USD a year", "percent", ...; empty where it is not numeric.
    """

    claim_id: str
    topic: str
    text: str
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """What the data say about one statement.

    Parameters
    ----------
    low, high : float or None
        The official value in the unit of the statement, as a range where it is one; equal for a
        point, both None where the answer is not a number.
    text : str
        The answer in words, where it is not a number.
    year : str
        Of the value.
    cited : Citation
        Who published it, and how far that was verified.
    comparison : Comparison
        "direct", the same concept, population and place; "proxy", the nearest measure there is;
        "stale", the right measure of an old year.
    reason : str
        Why the statement is graded as it is; one sentence.
    holds : bool or None
        Whether a statement holds; None where numbers decide.
    is_comparable : bool
        False where the figure is of another concept, population or year.
    older : tuple of (str, float)
        What earlier releases said, by period.
    superseded_release : str
        The release the statement repeats, if a newer one has replaced it.

    Raises
    ------
    ValueError
        Only one of low and high is given, one of them is not a number, or there is neither a
        value nor words.
    """

    low: float | None = None
    high: float | None = None
    text: str = ""
    year: str = ""
    cited: Citation
    comparison: Comparison = "direct"
    reason: str
    holds: bool | None = None
    is_comparable: bool = True
    older: tuple[tuple[str, float], ...] = ()
    superseded_release: str = ""

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError(f"low and high go together, not {self.low} and {self.high}.")
        if any(end is not None and math.isnan(end) for end in (self.low, self.high)):
            raise ValueError("A figure that is missing cannot grade a statement; found NaN.")
        if self.low is None and not self.text:
            raise ValueError("An official answer needs a value or words.")

    @property
    def is_too_wide(self) -> bool:
        """True for a range that would support almost whatever was stated."""
        return self.low is not None and self.high is not None and self.high > WIDEST * self.low


Test = Callable[[Tables, Statement], Official]


def from_rows(
    rows: pd.DataFrame,
    low: float | None = None,
    high: float | None = None,
    *,
    year: str = "",
    **more: Any,
) -> Official:
    """Return what cited rows say, a point where no upper end is given, of their latest vintage."""
    return Official(
        low=low,
        high=low if high is None else high,
        cited=cite(rows),
        year=year or str(rows["vintage"].max()),
        **more,
    )


def from_oews(
    tables: Tables, low: float | None = None, high: float | None = None, **more: Any
) -> Official:
    """Return what the latest OEWS release says, a point where no upper end is given."""
    wages = tables["wages"]
    given: dict[str, Any] = {"year": f"May {wages['year'].max()}", "cited": cite_oews(wages)}
    return Official(low=low, high=low if high is None else high, **(given | more))


def grade(statement: Statement, official: Official | None) -> tuple[Verdict, float | None]:
    """Grade a statement against what the data say.

    The first rule that fits decides:

    1. not testable: there are no data (`official` is None), or they span so wide a range, more
       than threefold, that almost whatever was stated would lie in it.
    2. not comparable: the figure is of another concept, population or year.
    3. A statement in words is supported where it holds and contradicted where there is evidence
       against it; where there is merely none for it, it is not comparable.
    4. outdated: the statement repeats a release that a newer one has replaced.
    5. supported: the official value lies inside the stated range, or within 5 % of its nearest
       bound (5 % of the official value, both ends included; a range counts by its nearer end).
    6. outdated: off by more than 5 % today, and within 3 % of an older official figure.
    7. overstated, understated: the nearest bound is more than 5 % above, below the official
       value.

    Returns
    -------
    tuple
        The verdict, and by how much the nearest bound is above (+) or below (-) the official
        value, percent of the official value; None where there is no number.

    Raises
    ------
    ValueError
        Numbers must decide but one side has none.

    Examples
    --------
    >>> bls = {"cited": Citation(source="BLS", verification="read in source"), "reason": "Mean."}
    >>> stated = Statement(claim_id="c", topic="t", text="s", low=62300, high=62300,
    ...                    unit="USD a year")
    >>> grade(stated, Official(low=68230, high=68230, **bls))[0]
    'understated'
    >>> grade(stated, Official(low=68230, high=68230, older=(("May 2023", 64070),), **bls))[0]
    'outdated'
    >>> grade(stated, None)
    ('not testable', None)
    """
    if official is None or official.is_too_wide:
        return "not testable", None
    if not official.is_comparable:
        return "not comparable", None
    difference = None
    if official.low is not None and official.high is not None:
        difference = difference_pct(
            statement.low, statement.high, official_low=official.low, official_high=official.high
        )
    return _verdict(statement, official, difference), difference


def difference_pct(
    low: float | None, high: float | None, *, official_low: float, official_high: float
) -> float | None:
    """Return the distance of the nearest bound of a statement from the official value.

    Parameters
    ----------
    low, high : float or None
        The stated range; None where it is open.
    official_low, official_high : float
        The official value; equal for a point.

    Returns
    -------
    float or None
        Percent of the official value, above 0 where the statement is higher; 0 where the ranges
        meet; infinite where the official value is 0 and the statement is not. None where nothing
        is stated.

    Examples
    --------
    >>> difference_pct(59000, 72000, official_low=64820, official_high=64820)
    0.0
    >>> round(difference_pct(None, 38, official_low=40, official_high=44), 1)
    -5.0
    """
    if low is None and high is None:
        return None
    if low is not None and low > official_high:
        return _percent_of(low - official_high, official_high)
    if high is not None and high < official_low:
        return _percent_of(high - official_low, official_low)
    return 0.0


def _verdict(statement: Statement, official: Official, difference: float | None) -> Verdict:
    """Apply the rules of `grade` from the third on."""
    if official.holds is not None:
        return "supported" if official.holds else "contradicted"
    if official.superseded_release:
        return "outdated"
    if difference is None:
        raise ValueError(f"{statement.claim_id} needs numbers on both sides, or `holds`.")
    if abs(difference) <= TOLERANCE_PCT + ROUNDING:
        return "supported"
    if any(_is_near(statement, value) for _, value in official.older):
        return "outdated"
    return "overstated" if difference > 0 else "understated"


def _is_near(statement: Statement, older: float) -> bool:
    """Return whether a statement lies within 3 % of what a source said earlier."""
    apart = difference_pct(statement.low, statement.high, official_low=older, official_high=older)
    return apart is not None and abs(apart) <= OLDER_TOLERANCE_PCT + ROUNDING


def _percent_of(gap: float, official: float) -> float:
    """Express a gap in percent of the official value."""
    return math.copysign(math.inf, gap) if official == 0 else 100 * gap / abs(official)
