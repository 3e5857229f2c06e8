"""Read the header of a column of pay: period, currency, thousands, end of a range, base or total.

What a header says holds for every cell below it that says nothing else.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import pandas as pd

from analysis.cleaning.pay.pay_cell import FOREIGN, PERIOD_OF_KEY, SIGNS, Period, format_period
from analysis.cleaning.pay.words import phrases
from analysis.errors import WrongInput

LOW, MIDDLE, HIGH = "low", "middle", "high"
BASE, TOTAL, EXTRA = "base", "total", "extra"

_BREAKS = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
# "Salary" names pay, not a period; single letters and short forms mean other things in headers.
_NO_PERIOD = {"salary", "salaried", "h", "y", "yrs", "mo", "pa", "ph", "hrs", "days", "hours"}
_PERIODS = phrases(
    (spelling, format_period(period))
    for spelling, period in PERIOD_OF_KEY.items()
    if spelling not in _NO_PERIOD
)
_ENDS = {
    LOW: r"\b(?:min|minimum|low|lower|lowest|from|start|starting|bottom)\b",
    MIDDLE: r"\b(?:med|median|mid|midpoint|middle|avg|average|mean)\b",
    HIGH: r"\b(?:max|maximum|high|higher|highest|upper|to|top)\b",
}
_NO_BONUS = (
    r"\b(?:without|excl\w*|before|minus|less|no|not counting|w o)\b[\w ]*\b(?:bonus\w*|incentives?)"
    r"|\bbonus\w*\b[\w ]*\b(?:not|excluded|apart|separate\w*)\b"
)
_KINDS = {
    TOTAL: r"\btotal\b(?! (?:ot|overtime|other|bonus\w*|benefits?)\b)|\b(?:overall|all in|on target"
    r"|ote|incl\w*|with|plus|tcc|tdc)\b",
    EXTRA: r"\b(?:overtime|ot|other|benefits?|bonus\w*|incentives?|commissions?|differential)\b",
    BASE: r"\b(?:base|basic|regular)\b",
}
_THOUSANDS = re.compile(r"\bthousands?\b|\b(?:1 ?)?000s?\b|(?<!401 )\bk\b|\bkusd\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PayHeader:
    """What the header of a column of pay says.

    Parameters
    ----------
    period : Period
        `UNSTATED` where it names none, or several.
    is_foreign, is_thousands : bool
        It names another currency than the US dollar; its cells are thousands.
    end : str
        `LOW`, `MIDDLE` or `HIGH` of a range; else empty.
    kind : str
        `BASE`, `TOTAL` (with bonus, overtime or benefits), `EXTRA` (those alone); else empty.
    year : int or None
        The year of pay.
    """

    period: Period
    is_foreign: bool
    is_thousands: bool
    end: str
    kind: str
    year: int | None


def header_words(name: str) -> str:
    """Write a header as lower-case words.

    Examples
    --------
    >>> header_words("AnnualSalary_USD")
    'annual salary usd'
    """
    return _BREAKS.sub(" ", name).strip().lower()


@cache
def pay_header(name: str) -> PayHeader:
    """Read the header of a column of pay.

    Examples
    --------
    >>> head = pay_header("Min. hourly rate (GBP)")
    >>> head.period.name, head.end, head.is_foreign
    ('HOURLY', 'low', True)
    >>> pay_header("Gross salary a year, bonus not counted").kind
    'base'
    """
    words = header_words(name)
    named, _ = _PERIODS.found_in(words.split())
    periods = {Period[each.upper()] for each in named}
    is_without = re.search(_NO_BONUS, words) is not None
    years = _YEAR.findall(words)
    return PayHeader(
        period=periods.pop() if len(periods) == 1 and " or " not in words else Period.UNSTATED,
        is_foreign=SIGNS.search(name.lower()) is not None,
        is_thousands=_THOUSANDS.search(words) is not None,
        end=next((end for end, pattern in _ENDS.items() if re.search(pattern, words)), ""),
        kind=BASE
        if is_without
        else next((kind for kind, pattern in _KINDS.items() if re.search(pattern, words)), ""),
        year=int(years[-1]) if years else None,
    )


def header_period(columns: tuple[str, ...]) -> Period:
    """Return the period that the headers of all columns of pay name alike."""
    periods = {pay_header(name).period for name in columns}
    return periods.pop() if len(periods) == 1 else Period.UNSTATED


def joined_pay(text: pd.DataFrame, columns: tuple[str, ...]) -> pd.Series:
    """Return the pay of each row as one text.

    Columns of different periods ("Annual Salary", "Hourly Rate") are one pay, stated in the one
    that is filled, the longer period first. Two columns of one period are the ends of a range; a
    column called the middle is read where both are empty.

    Raises
    ------
    WrongInput
        One column is base pay and another total pay, or two are of different years.

    Examples
    --------
    >>> rows = pd.DataFrame({"Annual Salary": ["52000", None], "Hourly Rate": [None, "21.50"]})
    >>> joined_pay(rows, ("Annual Salary", "Hourly Rate")).tolist()
    ['52000 annual', '21.50 hourly']
    """
    if len(columns) == 1 and says_nothing_of_cells(columns[0]):
        return text[columns[0]]
    _refuse_contradictions(columns)
    groups: dict[Period, list[str]] = {}
    for name in columns:
        groups.setdefault(pay_header(name).period, []).append(name)
    joined = pd.Series(pd.NA, index=text.index, dtype="str")
    for period in sorted(groups, reverse=True):
        one = _range(text, groups[period])
        if len(groups) > 1 and period:
            one = one + f" {format_period(period)}"
        joined = joined.fillna(one)
    return joined


def says_nothing_of_cells(name: str) -> bool:
    """Check that the cells below a header are read as they are."""
    head = pay_header(name)
    return not (head.is_foreign or head.is_thousands)


def _refuse_contradictions(columns: tuple[str, ...]) -> None:
    """Raise where the columns cannot be one pay."""
    for one, other in pairwise(columns):
        first, second = pay_header(one), pay_header(other)
        for what, is_other in (
            ("base and total pay", {first.kind, second.kind} == {BASE, TOTAL}),
            (
                "pay of two years",
                None not in (first.year, second.year) and first.year != second.year,
            ),
        ):
            if is_other:
                raise WrongInput(
                    f'The column map gives pay "{one}" and "{other}": {what} are never one pay. '
                    "Keep one of them."
                )


def _range(text: pd.DataFrame, names: list[str]) -> pd.Series:
    """Return pay of columns of one period: the ends of a range, else the middle."""
    order = sorted(names, key=lambda name: pay_header(name).end == HIGH)
    middle = [name for name in order if pay_header(name).end == MIDDLE] if len(order) > 1 else []
    ends = [name for name in order if name not in middle]
    low = _cells(text, (ends or middle)[0])
    if len(ends) > 1:
        high = _cells(text, ends[1])
        both = low.notna() & high.notna() & low.ne(high)
        low = (low + " - " + high).where(both, low.fillna(high))
    for name in middle if ends else ():
        low = low.fillna(_cells(text, name))
    return low


def _cells(text: pd.DataFrame, name: str) -> pd.Series:
    """Return the filled cells of a column, with what its header says of them."""
    cells = text[name].str.strip()
    cells = cells.mask(cells.eq("") | cells.str.lower().isin(["nan", "none", "null", "n/a"]))
    head = pay_header(name)
    if head.is_thousands:
        cells = cells.str.replace(r"(?<=\d)$", "k", regex=True)
    return f"{FOREIGN} " + cells if head.is_foreign else cells
