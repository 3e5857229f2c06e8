"""Read hours worked a week: "40", "37.5 hrs", "35-40", "40+"."""

import re
from dataclasses import dataclass

from analysis.cleaning.pay_records.spelling import tidied
from analysis.cleaning.pay_records.unreadable import NOT_STATED, Unreadable

LEAST_HOURS, LARGEST_HOURS = 1.0, 100.0  # a week

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_UNIT = r"\s*(?:h|hrs?\.?|hours?)?\s*(?:(?:/|per|a|each)\s*(?:week|wk|w))?\s*(?:weekly)?"
POINT = re.compile(rf"(?:about |around |approx\.? |~\s*)?{_NUMBER}{_UNIT}")
RANGE = re.compile(rf"{_NUMBER}\s*(?:-|to)\s*{_NUMBER}{_UNIT}")
MORE = re.compile(
    rf"{_NUMBER}\s*(?:\+|or more|plus){_UNIT}|(?:over|more than|>)\s*{_NUMBER}{_UNIT}"
)
FULL_TIME = re.compile(r"f/?t|full[- ]?time")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Hours a week, 1 to 100; `is_exact` is False for the middle of a range or a bound."""

    per_week: float
    is_exact: bool

    def __post_init__(self) -> None:
        if not LEAST_HOURS <= self.per_week <= LARGEST_HOURS:
            raise Unreadable(f"not between {LEAST_HOURS:g} and {LARGEST_HOURS:g} hours a week")


def parse_hours(text: str, *, decimal_comma: bool = False) -> Hours:
    """Read one cell of hours a week; "full time" states no number.

    Raises
    ------
    Unreadable
        Blank, no number of hours, or outside 1 to 100.

    Examples
    --------
    >>> parse_hours("37.5 hrs/week").per_week, parse_hours("35-40")
    (37.5, Hours(per_week=37.5, is_exact=False))
    """
    plain = tidied(text).lower()
    if decimal_comma:
        plain = re.sub(r"(?<=\d),(?=\d)", ".", plain)
    if FULL_TIME.fullmatch(plain):
        raise Unreadable(NOT_STATED)
    if match := POINT.fullmatch(plain):
        return Hours(per_week=float(match[1]), is_exact=True)
    if match := RANGE.fullmatch(plain):
        return Hours(per_week=(float(match[1]) + float(match[2])) / 2, is_exact=False)
    if match := MORE.fullmatch(plain):
        return Hours(per_week=float(match[1] or match[2]), is_exact=False)
    raise Unreadable("not a number of hours")
