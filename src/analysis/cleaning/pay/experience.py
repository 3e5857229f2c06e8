"""Read years of experience: "0-2", "1 year or less", "8+", "11 - 20 years", "18 months"."""

import re
from dataclasses import dataclass

from analysis.cleaning.pay.words import Unreadable, tidied

LONGEST_YEARS = 70.0  # a working life; a larger number is a calendar year or an age

_NAMES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NAMED = {name: str(number) for number, name in enumerate(_NAMES.split())}
_NAME = re.compile(rf"\b({'|'.join(_NAMED)})\b")
_UNIT = r"(?:years?|yrs?\.?|y|months?|mos?\.?|mths?)"
_NUMBER = r"\d{1,3}(?:\.\d+)?"
_LESS = r"(?:less than|under|below|fewer than|up to|at most|no more than|not more than|<=?)"
_MORE = r"(?:more than|over|above|at least|greater than|minimum(?: of)?|min\.?|>=?)"
_ABOUT = r"(?:about|around|approximately|approx\.?|circa|~|nearly|almost)"
_AFTER = (
    r"(?:\s*(?:of )?(?:coding |billing |work |total |professional )?(?:experience|exp\.?|total))?"
)


def _count(name: str) -> str:
    """Match a number called `name` and its unit, if it has one."""
    return rf"(?P<{name}>{_NUMBER})\s*-?\s*(?P<{name}_unit>{_UNIT})?"


RANGE = re.compile(
    rf"(?:between |from )?{_count('low')}\s*(?:-|to|and|through)\s*"
    rf"{_count('high')}{_AFTER}"
)
MIXED = re.compile(
    rf"(?P<years>{_NUMBER})\s*(?:years?|yrs?\.?|y)\s*,?\s*(?:and )?(?P<months>\d{{1,2}})\s*"
    rf"(?:months?|mos?\.?|m){_AFTER}"
)
MORE = re.compile(
    rf"{_MORE}\s*{_count('low')}{_AFTER}"
    rf"|{_count('least')}\s*(?:\+|(?:or|and) (?:more|over|above|up|older|longer)|plus)"
    rf"\s*(?P<after_unit>{_UNIT})?{_AFTER}"
)
LESS = re.compile(
    rf"{_LESS}\s*(?:a |an )?(?P<high>{_NUMBER})?\s*(?P<high_unit>{_UNIT})?{_AFTER}"
    rf"|{_count('most')}\s*(?:-|or|and) ?(?:less|under|below|fewer|younger){_AFTER}"
)
POINT = re.compile(rf"(?:{_ABOUT}\s*)?{_count('years')}{_AFTER}")
NONE = re.compile(rf"(?:none|no|0|nil)(?: years?)?{_AFTER}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Experience:
    """Years of experience between two ends, equal where one number is stated.

    Parameters
    ----------
    low : float
        Years, 0 to `LONGEST_YEARS`.
    high : float or None
        Years, at least `low`; None where only the lower end is known ("8+").

    Raises
    ------
    Unreadable
        The ends are out of order or beyond a working life.
    """

    low: float
    high: float | None

    def __post_init__(self) -> None:
        if self.low > LONGEST_YEARS or (self.high or 0) > LONGEST_YEARS:
            raise Unreadable(f"more than {LONGEST_YEARS:g} years")
        if self.high is not None and self.high < self.low:
            raise Unreadable("the range runs backwards")


def parse_experience(text: str, *, decimal_comma: bool = False) -> Experience:
    """Read one cell of experience; without a unit a number is years.

    Raises
    ------
    Unreadable
        Blank, not a number of years ("senior"), a calendar year, or a date that a spreadsheet
        made of a range ("2-May").

    Examples
    --------
    >>> parse_experience("11 - 20 years")
    Experience(low=11.0, high=20.0)
    >>> parse_experience("8+"), parse_experience("less than 1").high
    (Experience(low=8.0, high=None), 1.0)
    """
    plain = tidied(text).lower()
    if decimal_comma:
        plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    plain = _NAME.sub(lambda found: _NAMED[found[0]], plain)
    if NONE.fullmatch(plain):
        return Experience(low=0.0, high=0.0)
    if match := MIXED.fullmatch(plain):
        years = float(match["years"]) + float(match["months"]) / 12
        return Experience(low=round(years, 2), high=round(years, 2))
    if match := RANGE.fullmatch(plain):
        high = _years(match["high"], match["high_unit"])
        low = _years(match["low"], match["low_unit"] or match["high_unit"])
        return Experience(low=low, high=high)
    if match := MORE.fullmatch(plain):
        number = match["low"] or match["least"]
        unit = match["low_unit"] or match["least_unit"] or match["after_unit"]
        return Experience(low=_years(number, unit), high=None)
    if match := LESS.fullmatch(plain):
        number = match["high"] or match["most"]
        unit = match["high_unit"] or match["most_unit"]
        if number is None and unit is None:
            raise Unreadable("not a number of years")
        return Experience(low=0.0, high=_years(number or "1", unit))
    if match := POINT.fullmatch(plain):
        years = _years(match["years"], match["years_unit"])
        return Experience(low=years, high=years)
    raise Unreadable("not a number of years")


def _years(number: str, unit: str | None) -> float:
    """Turn a number and its unit into years, to two decimals."""
    count = float(number)
    return round(count / 12 if unit and unit.startswith("m") else count, 2)
