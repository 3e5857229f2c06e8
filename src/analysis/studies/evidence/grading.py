"""The rule that grades a claim of the guide against an official figure."""

import math
from dataclasses import dataclass
from typing import Literal, get_args

from analysis.studies.lookup import Citation

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
TOLERANCE_PCT = 5.0  # of the official value: within it a claim is supported
OLDER_TOLERANCE_PCT = 3.0  # of an older official value: within it a claim is outdated
ROUNDING = 1e-9  # so that a difference of exactly the tolerance is within it


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim of the guide.

    Parameters
    ----------
    claim_id, topic, statement : str
        As in the table `guide_claims`.
    low, high : float or None
        Its range in `unit`; equal for a point, one of them None where it is open at that end,
        both None where it is not numeric.
    unit : str
        "USD a year", "percent", ...; empty where it is not numeric.
    """

    claim_id: str
    topic: str
    statement: str
    low: float | None = None
    high: float | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderFigure:
    """What the same source said earlier.

    Parameters
    ----------
    value : float
        In the unit of the official figure it belongs to.
    year : str
        The period it describes.
    """

    value: float
    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """What the data say about one claim.

    Parameters
    ----------
    low, high : float or None
        The official value in `unit`, as a range where it is one; equal for a point, both None
        where the answer is not a number.
    text : str
        The answer in words, where it is not a number.
    unit, year : str
        Of the value.
    cited : Citation
        Who published it, and how far that was verified.
    comparison : Comparison
        "direct"; "proxy", the nearest measure there is; "stale", the right measure of an old
        year.
    reason : str
        Why the claim is graded as it is; one sentence.
    holds : bool or None
        Whether a statement holds; None where numbers decide.
    is_comparable : bool
        False where the figure is of another concept, population or year.
    older : tuple of OlderFigure
        What earlier releases said.
    superseded_release : str
        The release the claim repeats, if a newer one has replaced it.

    Raises
    ------
    ValueError
        Only one of low and high is given, one of them is not a number, or there is neither a
        value nor words.
    """

    low: float | None = None
    high: float | None = None
    text: str = ""
    unit: str = ""
    year: str = ""
    cited: Citation
    comparison: Comparison = "direct"
    reason: str
    holds: bool | None = None
    is_comparable: bool = True
    older: tuple[OlderFigure, ...] = ()
    superseded_release: str = ""

    def __post_init__(self) -> None:
        if (self.low is None) != (self.high is None):
            raise ValueError(f"low and high go together, not {self.low} and {self.high}.")
        if any(end is not None and math.isnan(end) for end in (self.low, self.high)):
            raise ValueError("A figure that is missing cannot grade a claim; found NaN.")
        if self.low is None and not self.text:
            raise ValueError("An official answer needs a value or words.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """The grade of one claim.

    Parameters
    ----------
    verdict : Verdict
        In one word.
    difference_pct : float or None
        By how much the claim's nearest bound is above (+) or below (-) the official value,
        percent of the official value; 0 inside the range, None where there is no number.
    """

    verdict: Verdict
    difference_pct: float | None = None


def grade(claim: Claim, official: Official | None) -> Grade:
    """Grade a claim against what the data say.

    The first rule that fits decides:

    1. not testable: there are no data (`official` is None).
    2. not comparable: the figure is of another concept, population or year.
    3. A statement is supported where it holds and contradicted where the facts say otherwise.
    4. outdated: the claim repeats a release that a newer one has replaced.
    5. supported: the official value lies inside the claim's range, or within 5 % of its nearest
       bound (5 % of the official value, both ends included; a range counts by its nearer end).
    6. outdated: off by more than 5 % today, and within 3 % of an older official figure.
    7. overstated, understated: the nearest bound is more than 5 % above, below the official
       value.

    Raises
    ------
    ValueError
        Numbers must decide but one side has none, or the units differ.

    Examples
    --------
    >>> bls = {"unit": "USD a year", "reason": "Mean wage.",
    ...        "cited": Citation(source="BLS, OEWS", verification="read in source")}
    >>> claim = Claim(claim_id="c", topic="t", statement="s", low=62300, high=62300,
    ...               unit="USD a year")
    >>> grade(claim, Official(low=68230, high=68230, **bls)).verdict
    'understated'
    >>> older = (OlderFigure(value=64070, year="May 2023"),)
    >>> grade(claim, Official(low=68230, high=68230, older=older, **bls)).verdict
    'outdated'
    >>> grade(claim, None).verdict
    'not testable'
    """
    if official is None:
        return Grade(verdict="not testable")
    difference = _difference_pct(claim, official)
    return Grade(verdict=_verdict(claim, official, difference), difference_pct=difference)


def difference_pct(
    low: float | None, high: float | None, *, official_low: float, official_high: float
) -> float:
    """Give the distance of the nearest bound of a claim from the official value.

    Parameters
    ----------
    low, high : float or None
        The claim's range; None where it is open.
    official_low, official_high : float
        The official value; equal for a point.

    Returns
    -------
    float
        Percent of the official value, above 0 where the claim is higher; 0 where the ranges
        meet; infinite where the official value is 0 and the claim is not.

    Examples
    --------
    >>> difference_pct(59000, 72000, official_low=64820, official_high=64820)
    0.0
    >>> round(difference_pct(None, 38, official_low=40, official_high=44), 1)
    -5.0
    """
    if low is not None and low > official_high:
        return _percent_of(low - official_high, official_high)
    if high is not None and high < official_low:
        return _percent_of(high - official_low, official_low)
    return 0.0


def _difference_pct(claim: Claim, official: Official) -> float | None:
    """Give the difference in percent, None where either side has no number."""
    if official.low is None or official.high is None or (claim.low is None and claim.high is None):
        return None
    if claim.unit != official.unit:
        raise ValueError(
            f"{claim.claim_id} is in {claim.unit!r} but its official figure in {official.unit!r}."
        )
    return difference_pct(
        claim.low, claim.high, official_low=official.low, official_high=official.high
    )


def _verdict(claim: Claim, official: Official, difference: float | None) -> Verdict:
    """Apply the rules of `grade` from the second on."""
    if not official.is_comparable:
        return "not comparable"
    if official.holds is not None:
        return "supported" if official.holds else "contradicted"
    if official.superseded_release:
        return "outdated"
    if difference is None:
        raise ValueError(f"{claim.claim_id} needs numbers on both sides, or `holds`.")
    if abs(difference) <= TOLERANCE_PCT + ROUNDING:
        return "supported"
    if any(_is_near(claim, older) for older in official.older):
        return "outdated"
    return "overstated" if difference > 0 else "understated"


def _is_near(claim: Claim, older: OlderFigure) -> bool:
    """Say whether a claim lies within 3 % of what a source said earlier."""
    apart = difference_pct(
        claim.low, claim.high, official_low=older.value, official_high=older.value
    )
    return abs(apart) <= OLDER_TOLERANCE_PCT + ROUNDING


def _percent_of(gap: float, official: float) -> float:
    """Express a gap in percent of the official value."""
    return math.copysign(math.inf, gap) if official == 0 else 100 * gap / abs(official)
