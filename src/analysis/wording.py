"""Numbers as people read them: "$51,140", "187,800 jobs", "3.1%", "not published".

Quoted figures (official, survey, third party, guide, assumption) are shown as they were published.
Figures made here (own tabulation, model, simulation) are rounded to what their error allows: to the
largest power of ten not above half of the standard error, but shown with three digits. Limits are
rounded to the place of their value by the same rule, so that a value never leaves its limits and
they read alike in a card, a text, a table and a figure.
"""

import math
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps
from typing import Any, TypeVar

from analysis.estimate import NORMAL_90, Estimate

Displayed = TypeVar("Displayed")
MISSING = "not published"
BLANK = "\u2013"  # in a cell of a table that has no value
MINUS = "\u2212"
TO, UNBROKEN_TO = " to ", "\u00a0to\u00a0"  # the latter does not break over lines
MOST_PLACES = 6  # decimals, however small the number
LEAST_DIGITS = 3  # of a computed value, however large its error
COMPUTED_KINDS = ("own tabulation", "model", "simulation")
NAMES_WITH_ARTICLE = ("United States", "District of Columbia", "Virgin Islands")
UNNAMED_UNITS = ("", "ratio", "location quotient", "index", "text")  # the label says these


def untypeset(shown: Callable[[Displayed], str]) -> Callable[[Displayed], str]:
    """Wrap a `_repr_html_`: JupyterLab takes what lies between two dollar signs for a formula."""

    @wraps(shown)
    def wrapped(self: Displayed) -> str:
        return as_text(shown(self))

    return wrapped


def as_text(html: str) -> str:
    """Mark HTML as words and numbers, in which a dollar is a dollar.

    Examples
    --------
    >>> as_text("<p>$43,500 to $64,800</p>")
    '<div class="mathjax_ignore"><p>$43,500 to $64,800</p></div>'
    """
    return f'<div class="mathjax_ignore">{html}</div>'


def usd(value: float | None, *, cents: bool = False) -> str:
    """Write dollars: whole ones, or with `cents`.

    Examples
    --------
    >>> usd(51140), usd(24.5, cents=True), usd(-1200), usd(None)
    ('$51,140', '$24.50', '−$1,200', 'not published')
    """
    return MISSING if is_absent(value) else quantity(value, "USD", places=2 if cents else 0)


def thousands_usd(thousands: float, _place: object = None) -> str:
    """Write a tick of an axis in thousands of dollars; the place of the tick is not needed.

    Examples
    --------
    >>> thousands_usd(-30), thousands_usd(-0.0), thousands_usd(6.5), thousands_usd(1200)
    ('−$30k', '$0', '$6.5k', '$1,200k')
    """
    places = 0 if round(float(thousands), 1).is_integer() else 1
    text = quantity(thousands, "USD", places=places)
    return text if text == "$0" else f"{text}k"


def tens_usd(value: float) -> str:
    """Write dollars to tens: sums that are known no better.

    Examples
    --------
    >>> tens_usd(1147.3)
    '$1,150'
    """
    return usd(round(value, -1))


def count(value: float | None) -> str:
    """Write a whole number with thousands separators.

    Examples
    --------
    >>> count(187800), count(0), count(None)
    ('187,800', '0', 'not published')
    """
    return MISSING if is_absent(value) else quantity(value, "", places=0)


def percent(value: float | None, *, decimals: int = 1) -> str:
    """Write a value that is in percent already: 3.1 is "3.1%".

    Examples
    --------
    >>> percent(3.1), percent(7), percent(-0.04), percent(12.34, decimals=0)
    ('3.1%', '7.0%', '0.0%', '12%')
    """
    return MISSING if is_absent(value) else quantity(value, "percent", places=decimals)


def signed(text: str) -> str:
    """Put a plus before a rise; falls carry their minus already.

    Examples
    --------
    >>> signed(percent(7.1)), signed(usd(-50)), signed(percent(0)), signed(MISSING)
    ('+7.1%', '−$50', '0.0%', 'not published')
    """
    is_rise = text[:1] in set("$.0123456789") and any(digit in text for digit in "123456789")
    return f"+{text}" if is_rise else text


def listed(words: Sequence[str]) -> str:
    """Join words as a sentence does.

    Examples
    --------
    >>> listed(["CPC"]), listed(["CPC", "CCS"]), listed(["CPC", "CCS", "RHIT"])
    ('CPC', 'CPC and CCS', 'CPC, CCS and RHIT')
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def place(name: str) -> str:
    """Write the name of an area as it stands within a sentence.

    Examples
    --------
    >>> place("United States"), place("Virgin Islands"), place("Virginia")
    ('the United States', 'the Virgin Islands', 'Virginia')
    """
    return f"the {name}" if name.startswith(NAMES_WITH_ARTICLE) else name


def amount(estimate: Estimate) -> str:
    """Write the value of an estimate, rounded to what is known, without its unit's words.

    A missing value with one limit is a bound: that is how top-coded wages are published.

    Examples
    --------
    >>> amount(Estimate(value=51140, unit="USD a year", kind="official"))
    '$51,140'
    >>> amount(Estimate(value=24.59, unit="USD an hour", kind="official"))
    '$24.59'
    >>> amount(Estimate.with_se(51143.7, se=460, unit="USD a year", kind="model"))
    '$51,100'
    >>> amount(Estimate(value=None, low=239200, unit="USD a year", kind="official"))
    '$239,200 or more'
    >>> amount(Estimate(value=30.9, low=9, high=31, unit="percent", kind="simulation",
    ...     limits="over all accounts"))
    '9% to 31%'
    >>> amount(Estimate(value=None, unit="jobs", note="Not released for Vermont.", kind="official"))
    'not published'
    """
    unit = estimate.unit
    low, high = estimate.low, estimate.high
    if estimate.is_span:
        ends = (float(end or 0) for end in (low, high))
        places = -3 if is_money(unit) else 0  # as answers state gains: to thousands; odds whole
        return " to ".join(quantity(end, unit, places=places) for end in ends)
    if not is_absent(estimate.value):
        return quantity(estimate.value, unit, places=value_places(estimate))
    if not is_absent(low) and is_absent(high):
        return f"{quantity(low, unit, places=published_places(low, unit))} or more"
    if not is_absent(high) and is_absent(low):
        return f"{quantity(high, unit, places=published_places(high, unit))} or less"
    return MISSING


def amount_with_unit(estimate: Estimate) -> str:
    """Write the value of an estimate with its unit, as a sentence needs it.

    Examples
    --------
    >>> amount_with_unit(Estimate(value=51140, unit="USD a year", kind="official"))
    '$51,140 a year'
    >>> amount_with_unit(Estimate(value=187800, unit="jobs", kind="official"))
    '187,800 jobs'
    >>> amount_with_unit(Estimate(value=7.1, unit="percent", kind="official"))
    '7.1%'
    >>> amount_with_unit(Estimate(value=None, unit="jobs", kind="official"))
    'not published'
    """
    text = amount(estimate)
    return text if text == MISSING else " ".join(filter(None, [text, unit_words(estimate.unit)]))


def interval(estimate: Estimate) -> str:
    """Write the limits of an estimate to the place of its value; empty where it has none.

    Examples
    --------
    >>> interval(Estimate.with_se(51140, se=153, unit="USD a year", kind="official"))
    '$50,888 to $51,392'
    >>> interval(Estimate.with_se(0.031, se=0.4, unit="percent", kind="model"))
    '−0.6% to 0.7%'
    >>> interval(Estimate(value=51140, unit="USD a year", kind="official"))
    ''
    """
    low, high = estimate.low, estimate.high
    if is_absent(estimate.value) or is_absent(low) or is_absent(high) or estimate.is_span:
        return ""
    places = value_places(estimate)
    lower, upper = (quantity(end, estimate.unit, places=places) for end in (low, high))
    return f"{lower} to {upper}"


def limits(value: float, low: float, high: float, unit: str) -> str:
    r"""Write the limits of a computed value as `interval` does; a dash where there are none.

    Examples
    --------
    >>> limits(84.0, 83.23, 84.74, "percent"), limits(84.0, float("nan"), float("nan"), "percent")
    ('83.2%\xa0to\xa084.7%', '–')
    """
    if is_absent(value) or is_absent(low) or is_absent(high):
        return BLANK
    estimate = Estimate(value=value, low=low, high=high, unit=unit, kind="model")
    return interval(estimate).replace(TO, UNBROKEN_TO)


def span(low: Any, high: Any, write: Callable[[Any], str] = str, *, to: str = TO) -> str:
    """Write a range: both ends, one where they are equal or read alike, "or more" where it is open.

    Examples
    --------
    >>> span(880, 1080, usd), span(425, 425, usd), span(95, None, count), span(None, None)
    ('$880 to $1,080', '$425', '95 or more', '–')
    """
    if is_absent(low):
        return BLANK if is_absent(high) else f"{write(high)} or less"
    if is_absent(high):
        return f"{write(low)} or more"
    return write(low) if low == high else f"{write(low)}{to}{write(high)}"


def measured(value: float, unit: str) -> str:
    """Write a stated value with its unit: whole where it is whole, else with one decimal.

    Examples
    --------
    >>> measured(8, "percent"), measured(57020, "USD a year"), measured(3.75, "hours")
    ('8%', '$57,020', '3.8 hours')
    >>> measured(2032, "year"), measured(100, "")
    ('2032', '100')
    """
    if unit == "year":
        return f"{value:.0f}"
    rest = "" if is_money(unit) or is_percent(unit) else unit
    text = quantity(value, unit, places=0 if float(value).is_integer() else 1)
    return f"{text} {rest}".strip()


def unit_words(unit: str) -> str:
    """Name what the number itself does not show of its unit.

    Examples
    --------
    >>> unit_words("USD a year"), unit_words("percent"), unit_words("percent of jobs")
    ('a year', '', 'of jobs')
    >>> unit_words("jobs"), unit_words("location quotient")
    ('jobs', '')
    """
    if is_money(unit) or is_percent(unit):
        return unit.partition(" ")[2]
    return "" if unit in UNNAMED_UNITS else unit


def quantity(value: float | None, unit: str, *, places: int) -> str:
    """Write one number in `unit`, rounded to `places` decimals (-2: to hundreds).

    Parameters
    ----------
    value : float or None
        In `unit`; None and NaN are written "not published".
    unit : str
        As in `Estimate`; dollars and percent get their signs, other units no word.
    places : int
        Decimals kept; negative rounds to tens, hundreds, ...

    Raises
    ------
    ValueError
        The value is infinite.

    Examples
    --------
    >>> quantity(51143.7, "USD a year", places=-2)
    '$51,100'
    """
    if value is None or math.isnan(value):
        return MISSING
    if math.isinf(value):
        raise ValueError(f"value must be finite, not {value}.")
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    digits = f"{abs(rounded):,.{max(places, 0)}f}"
    sign = MINUS if rounded < 0 else ""
    if is_money(unit):
        return f"{sign}${digits}"
    return f"{sign}{digits}%" if is_percent(unit) else f"{sign}{digits}"


def value_places(estimate: Estimate) -> int:
    """Count the decimals to show of an estimate's value; negative means tens, hundreds, ...

    Examples
    --------
    >>> value_places(Estimate.with_se(51143.7, se=460, unit="USD a year", kind="model"))
    -2
    >>> value_places(Estimate.with_se(51140, se=460, unit="USD a year", kind="official"))
    0
    """
    places = published_places(estimate.value, estimate.unit)
    if estimate.kind not in COMPUTED_KINDS:
        return places
    known = error_places(estimate)
    return places if known is None else known


def error_places(estimate: Estimate) -> int | None:
    """Count the decimals that the standard error supports; None where there is no error.

    Without `se`, the error is taken from the width of the 90 % interval. Three digits of the value
    are shown however large the error, so that one number reads alike in a card, a text, a table and
    a figure; at most the unit's own decimals: no fractions of a dollar a year or of a job.

    Examples
    --------
    >>> error_places(Estimate.with_se(187812.0, se=2900, unit="jobs", kind="official"))
    -3
    >>> error_places(Estimate(value=4.0, low=3.9, high=4.1, unit="years", kind="official"))
    2
    """
    se = estimate.se
    if se is None and estimate.low is not None and estimate.high is not None:
        se = (estimate.high - estimate.low) / (2 * NORMAL_90)
    if se is None or math.isnan(se) or se <= 0:
        return None
    places = -math.floor(math.log10(se) - math.log10(2))
    if not is_absent(estimate.value) and estimate.value:  # as tables and other pages have it
        before_point = max(0, math.floor(math.log10(abs(estimate.value))))
        places = max(places, LEAST_DIGITS - 1 - before_point)
        places = 0 if places == 1 and is_money(estimate.unit) else places  # "$15.5" is no price
    most = 0 if is_whole(estimate.unit) else 1 if is_percent(estimate.unit) else MOST_PLACES
    return min(places, most)


def published_places(value: float | None, unit: str) -> int:
    """Count the decimals a value is published with in `unit`.

    Annual dollars and counts are whole, hourly dollars have cents, other dollars have
    them where they are not round, percent and thousands one decimal at least. A value
    with more than three decimals was computed, and is shown with three digits.

    Examples
    --------
    >>> published_places(157.5, "USD"), published_places(425.0, "USD")
    (2, 0)
    >>> published_places(7.0, "percent"), published_places(0.8712345, "ratio")
    (1, 3)
    """
    if value is None or math.isnan(value) or is_whole(unit):
        return 0
    exact = max(0, -int(Decimal(repr(float(value))).normalize().as_tuple().exponent))
    if is_money(unit):
        return 2 if unit.endswith("an hour") or 0 < exact <= 2 else 0
    if is_percent(unit) or unit.startswith(("thousand", "percentage")):
        return min(max(exact, 1), 2) if exact <= 3 else 1
    if unit == "years":
        return min(exact, 1)  # no span here is known to weeks
    if exact <= 3:
        return exact
    return min(max(0, 2 - math.floor(math.log10(abs(value)))), MOST_PLACES)


def is_absent(value: float | None) -> bool:
    """Return True where there is no number: None, or NaN as pandas hands it out.

    Examples
    --------
    >>> is_absent(None), is_absent(float("nan")), is_absent(0.0)
    (True, True, False)
    """
    return value is None or math.isnan(value)


def is_money(unit: str) -> bool:
    """Say whether `unit` is dollars, of whatever period: "USD", "USD a year"."""
    return unit == "USD" or unit.startswith("USD ")


def is_percent(unit: str) -> bool:
    """Say whether `unit` is percent, of whatever whole; percentage points are not."""
    return unit == "percent" or unit.startswith("percent ")


def is_whole(unit: str) -> bool:
    """Say whether fractions of `unit` mean nothing to a reader: jobs, annual dollars; not rates.

    Examples
    --------
    >>> is_whole("jobs"), is_whole("jobs per 1,000")
    (True, False)
    """
    wholes = ("USD a year", "job", "opening", "people", "worker", "employ")
    return unit.startswith(wholes) and " per " not in unit
