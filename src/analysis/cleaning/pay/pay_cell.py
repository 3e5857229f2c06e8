"""Read pay as people write it: "54-58k", "$26.05/hr", "~60K + bonus", "USD 54 200"."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from analysis.cleaning.pay.flags import Flag
from analysis.cleaning.pay.words import NOT_MONEY, NOT_STATED, Unreadable, key, tidied


class Period(IntEnum):
    """What one payment covers; `UNSTATED` where nobody said."""

    UNSTATED = 0
    HOURLY = 1
    DAILY = 2
    WEEKLY = 3
    BIWEEKLY = 4
    SEMIMONTHLY = 5
    MONTHLY = 6
    ANNUAL = 7


WEEKS_PER_YEAR = 52
FULL_TIME_HOURS_PER_WEEK = 40
FULL_TIME_HOURS_PER_YEAR = WEEKS_PER_YEAR * FULL_TIME_HOURS_PER_WEEK  # 2,080, as in BLS OEWS
PERIODS_PER_YEAR: dict[Period, float] = {
    Period.DAILY: 260,  # five days in each of 52 weeks
    Period.WEEKLY: 52,
    Period.BIWEEKLY: 26,
    Period.SEMIMONTHLY: 24,
    Period.MONTHLY: 12,
    Period.ANNUAL: 1,
}

_SPELLINGS = {
    Period.HOURLY: "hourly hour hours hr hrs h hourlyrate hourlywage hourlypay ph",
    Period.DAILY: "daily day days diem perdiem dai",
    Period.WEEKLY: "weekly week wk wkly weeklypay",
    Period.BIWEEKLY: "biweekly bi biwk biweek everytwoweeks every2weeks everyotherweek "
    "everysecondweek twoweeks 2weeks 2wks every2wks fortnight fortnightly biweeklypay",
    Period.SEMIMONTHLY: "semimonthly twicemonthly twiceamonth twicepermonth halfmonthly semimo",
    Period.MONTHLY: "monthly month mo mon mth mnth monthlypay",
    Period.ANNUAL: "annual annually annum year yearly yr yrs y pa salary salaried annualsalary "
    "yearlysalary perannum annualized annualised",
}
PERIOD_OF_KEY: dict[str, Period] = {
    spelling: period for period, spellings in _SPELLINGS.items() for spelling in spellings.split()
}
_LEADING = ("per", "paid", "each", "a", "by", "the")


def parse_period(text: str) -> Period:
    """Read a cell that names a pay period.

    Raises
    ------
    Unreadable
        Blank, or no known period; "bimonthly" is refused, for it means two things.

    Examples
    --------
    >>> parse_period("Bi-Weekly").name, parse_period("/hr").name, parse_period("per year").name
    ('BIWEEKLY', 'HOURLY', 'ANNUAL')
    """
    name = key(tidied(text))
    if name in PERIOD_OF_KEY:
        return PERIOD_OF_KEY[name]
    for leading in _LEADING:
        if (rest := name.removeprefix(leading)) in PERIOD_OF_KEY:
            return PERIOD_OF_KEY[rest]
    raise Unreadable("pay period not understood")


def format_period(period: Period) -> str:
    """Write a period as `parse_period` reads it; empty where unstated."""
    return "" if period is Period.UNSTATED else period.name.lower()


OTHER_CURRENCY = "another currency"
FOREIGN = "¤"  # put before an amount whose column is of another currency
LOWER_BOUND = "a lower bound, not an amount"
UPPER_BOUND = "an upper bound, not an amount"
PROSE = re.compile(  # words of job boards and advertisements that change no amount
    r"employer provided(?: salary)?:?"
    r"|(?:pay|salary|compensation|wage|hiring)s? (?:range|rate|scale):?"
    r"|\bd\.?o\.?e\b\.?|(?:depend\w*|based|commensurate) (?:up)?(?:on|with) (?:\w+ )?experience"
    r"|\bnegotiable\b"
)
ESTIMATED = re.compile(r"\((?:glassdoor|employer|indeed|linkedin|site)?\s*est(?:\.|imated?)?\)")
NO_PAY = {"-1", "-1.0", "-1.00"}  # what job boards write where there is none
SIGNS = re.compile(
    r"[€£¥₹₱₩₽₪₫฿₦₴₺¤]|(?<![a-z])(?:c|ca|cad|a|au|nz|hk|s|mx|r) ?\$"
    r"|(?<![a-z])(?:eur|euros?|gbp|pounds?|sterling|cad|aud|nzd|inr|rs|rupees?|lakhs?|lacs?|lpa"
    r"|php|pesos?|mxn|jpy|yen|cny|rmb|yuan|chf|francs?|sgd|hkd|sek|nok|dkk|kr|zar|rand|brl|krw|aed"
    r"|sar|pln|ils|ngn|pkr|bdt)(?![a-z])"
)
CURRENCY_CODE = re.compile(r"[A-Z]{3}(?:/[A-Z]{3})*")
US_DOLLARS = re.compile(r"\$|us ?\$|usd ?\$?|us|(?:u\.?s\.? |united states |american )?dollars?")
TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<dollar>us ?\$|\$|usd|u\.s\. dollars?|us dollars?|dollars?)(?![a-z])"
    r"|(?P<thousand>k|thousand|grand)(?![a-z])"
    r"|(?P<lower>\+|>=?|over|above|at least|more than|minimum|min|start(?:s|ing)?(?: at| from)?"
    r"|or more|and up|or above|plus)(?![a-z])"
    r"|(?P<upper><=?|up to|under|below|at most|less than|maximum|max|or less)(?![a-z])"
    r"|(?P<approximate>~|≈|approximately|approx\.?|about|around|circa|ca\.|roughly|est\.?|estimated"
    r"|nearly|ish)(?![a-z])"
    r"|(?P<between>between)(?![a-z])"
    r"|(?P<start>from)(?![a-z])"
    r"|(?P<dash>--?|to|through|and)(?![a-z])"
    r"|(?P<noise>(?:base|basic|salary|pay|wage|wages|gross|before tax|pre-tax|pretax|total|rate"
    r"|only|i make|full[- ]time|ft|currently|current)(?![a-z])|[.:;,()\"'])"
    r"|(?P<period>(?:per|/|an?|each|every|p)?\s*/?\s*[a-z]+(?:[- ][a-z]+)*(?:\.[a-z]\.?)?)\.?"
    r")"
)
PERIOD_WORDS = re.compile(r"(?:per|/|an|a|each|every|p)?\s*/?\s*(?P<name>[a-z][a-z .-]*)")


class Fragment(NamedTuple):
    """What the text before, between or after the numbers says."""

    period: Period = Period.UNSTATED
    thousand: bool = False
    dash: bool = False
    lower: bool = False
    upper: bool = False
    approximate: bool = False
    between: bool = False
    start: bool = False


@lru_cache(maxsize=4096)
def read_fragment(text: str) -> Fragment:
    """Read one fragment; the same few recur in a file, so each is read once.

    Raises
    ------
    Unreadable
        Another currency, or a word that has no place beside an amount of money.

    Examples
    --------
    >>> read_fragment("k/yr").thousand, read_fragment("k/yr").period.name
    (True, 'ANNUAL')
    """
    if SIGNS.search(text):
        raise Unreadable(OTHER_CURRENCY)
    found: dict[str, bool] = {}
    period = Period.UNSTATED
    place, end = 0, len(text.rstrip())
    while place < end:
        token = TOKEN.match(text, place)
        if token is None:
            raise Unreadable(NOT_MONEY)
        kind = str(token.lastgroup)
        if kind == "period":
            period = _named(token["period"], period)
        elif kind in Fragment._fields:
            found[kind] = True
        place = token.end()
    return Fragment(period=period, **found)


def _named(words: str, earlier: Period) -> Period:
    """Read a period; one that contradicts an earlier one is refused."""
    match = PERIOD_WORDS.fullmatch(words.strip())
    names = [key(words), key(match["name"]) if match else ""]
    period = next((PERIOD_OF_KEY[name] for name in names if name in PERIOD_OF_KEY), None)
    if period is None or earlier not in (Period.UNSTATED, period):
        raise Unreadable(NOT_MONEY)
    return period


def parse_any_currency(text: str) -> str:
    """Read a cell that names any currency: "USD" for US dollars, else the text itself.

    Raises
    ------
    Unreadable
        Blank, or the name of no currency.

    Examples
    --------
    >>> parse_any_currency("Canadian $ (CAD)"), parse_any_currency("$")
    ('canadian $ (cad)', 'USD')
    """
    lower = tidied(text).lower()
    if US_DOLLARS.fullmatch(lower):
        return "USD"
    if not (SIGNS.search(lower) or CURRENCY_CODE.fullmatch(text.strip())):
        raise Unreadable("not a currency")
    return lower


def parse_currency(text: str) -> str:
    """Read a cell that names a currency: "USD", the only one there is pay in.

    Raises
    ------
    Unreadable
        Blank, or anything but US dollars.

    Examples
    --------
    >>> parse_currency("US dollars"), parse_currency("$")
    ('USD', 'USD')
    """
    if not US_DOLLARS.fullmatch(tidied(text).lower()):
        raise Unreadable(OTHER_CURRENCY)
    return "USD"


RANGE, REORDERED, APPROXIMATE = int(Flag.RANGE), int(Flag.RANGE_REORDERED), int(Flag.APPROXIMATE)
BONUS_UNSTATED, BONUS_PERCENT = int(Flag.BONUS_UNSTATED), int(Flag.BONUS_PERCENT)
BONUS_INCLUDED, EXTRAS = int(Flag.BONUS_INCLUDED), int(Flag.EXTRAS_NOT_COUNTED)

WIDEST_RANGE = 3.0  # above it a midpoint says nothing, and two numbers are rarely one range
ROUNDING = 1e-3  # pay at a limit must not fail by its cents, nor when it is cleaned again
LEAST_BONUS_USD = 100.0  # "60k + 5 bonus": nobody knows 5 of what
LARGEST_PAY = 1e12  # dollars; more digits are an account number

PLAIN = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d{1,12})(\.\d+)?([kK]|/hr|/mo|/yr)?")
PLAIN_PERIODS = {"/hr": Period.HOURLY, "/mo": Period.MONTHLY, "/yr": Period.ANNUAL}
NUMBER = {
    False: re.compile(
        r"(?<![\d.,])("
        r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?: \d{3})+(?:\.\d+)?|\d{1,3}(?:'\d{3})+(?:\.\d+)?"
        r"|\d+(?:\.\d+)?(?:e\+?\d{1,2})?|\.\d+)(?![\d.,]*\d)"
    ),
    True: re.compile(
        r"(?<![\d.,])("
        r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?: \d{3})+(?:,\d+)?|\d{1,3}(?:'\d{3})+(?:,\d+)?"
        r"|\d+\.(?:\d{1,2}|\d{4,})|\d+(?:,\d+)?)(?![\d.,]*\d)"
    ),
}
MACHINE_NUMBER = re.compile(r"\d+\.(?:\d{1,2}|\d{4,})")
NUMBERED_PERIOD = re.compile(r"(?:every|per|/)?\s*(?:2|two|other|second)[ -]*(?:weeks?|wks?)\b")
DIGIT_GROUPS = re.compile(r"\$? ?\d[\d.,' ]*[.,'][\d.,' ]*k?(?: ?/? ?[a-z]+)?")
OTHER_LOCALE = "a number not written as in the file's locale"
SPREADSHEET_FORMULA = re.compile(r"[=@]|[+-].*[(!]")
EXTRA = re.compile(r"bonus|commission|incentive|benefit|overtime|\bot\b|differential|equity|stock")
WITH_EXTRA = re.compile(
    r"(?P<pay>.*?)\s*(?P<joint>\+|\bplus\b|\band\b|\bwith\b|\bw/|\bincl(?:uding|udes|\.)?"
    r"|[,;](?= )|[(&])\s*(?P<extra>.*)"
)
NAMED_BONUS = re.compile(r"bonus|commission|incentive")
EXTRA_WORDS = re.compile(
    r"(?:bonus(?:es)?|commissions?|incentives?|benefits?|overtime|ot|differentials?|equity|stock"
    r"|annual|yearly|quarterly|sign-? ?on|signing|performance|shift|pay|potential|eligible|possible"
    r"|plus|some|a|an|of|and|in|full|occasional|year-? ?end|per year|/yr|usd|[$~+&().,:;/ -])*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """Pay as one cell states it, in US dollars of its own period.

    Parameters
    ----------
    low, high : float
        Ends of the range, equal for a single amount; above 0.
    period : Period
        What the cell says; `UNSTATED` where it says nothing.
    has_cents : bool
        Written with two decimals, as hourly wages are and thousands are not.
    bonus_usd : float or None
        A bonus stated as an amount a year; None where none is.
    bonus_share : float or None
        A bonus stated as a share of annual pay, 0.1 for 10 %; None where none is.
    flags : int
        Bits of `Flag`.
    """

    low: float
    high: float
    period: Period = Period.UNSTATED
    has_cents: bool = False
    bonus_usd: float | None = None
    bonus_share: float | None = None
    flags: int = 0


def parse_pay(text: str, *, decimal_comma: bool = False) -> Pay:
    """Read one cell of pay.

    Parameters
    ----------
    text : str
        As written.
    decimal_comma : bool
        The file's locale writes 54.200,00 for 54,200.00; never found out by guessing.

    Raises
    ------
    Unreadable
        Not money, another currency, negative, zero, a bound ("60k+"), or ambiguous.

    Examples
    --------
    >>> pay = parse_pay("54-58k")
    >>> pay.low, pay.high, pay.flags == Flag.RANGE
    (54000.0, 58000.0, True)
    >>> parse_pay("$1,950 biweekly").period.name
    'BIWEEKLY'
    >>> parse_pay("~60K + 5k bonus").bonus_usd
    5000.0
    >>> parse_pay("€54,200")
    Traceback (most recent call last):
    analysis.cleaning.pay.words.Unreadable: another currency
    """
    if not decimal_comma and (plain := PLAIN.fullmatch(text)):
        whole, part, after = plain.groups(default="")
        amount = float(whole.replace(",", "") + part)
        if after in ("k", "K"):
            return _pay(amount * 1000, amount * 1000, has_cents=False)
        period = PLAIN_PERIODS.get(after, Period.UNSTATED)
        return _pay(amount, amount, period=period, has_cents=len(part) == 3)
    lower = tidied(text).lower()
    if lower in NO_PAY:
        raise Unreadable(NOT_STATED)
    if "(" in lower:
        lower = ESTIMATED.sub(" ~", lower)
    lower = PROSE.sub(" ", lower).strip()
    if SPREADSHEET_FORMULA.match(lower):
        raise Unreadable("a spreadsheet formula, never evaluated")
    if EXTRA.search(lower):
        return _pay_with_extra(lower, decimal_comma)
    return _pay_alone(lower, decimal_comma)


def _pay_alone(lower: str, decimal_comma: bool) -> Pay:
    """Read pay without a bonus: one number or two, and the words around them."""
    if "w" in lower:
        lower = NUMBERED_PERIOD.sub(" biweekly", lower)
    parts = NUMBER[decimal_comma].split(lower)
    if len(parts) not in (3, 5):
        if SIGNS.search(lower):
            raise Unreadable(OTHER_CURRENCY)
        is_number_refused = len(parts) == 1 and DIGIT_GROUPS.fullmatch(lower)
        raise Unreadable(OTHER_LOCALE if is_number_refused else NOT_MONEY)
    before, after = read_fragment(parts[0]), read_fragment(parts[-1])
    between = read_fragment(parts[2]) if len(parts) == 5 else Fragment()
    if before.dash or (parts[0].rstrip(" $").endswith("(") and parts[-1].startswith(")")):
        raise Unreadable("negative")
    is_one = len(parts) == 3
    if after.dash or (is_one and before.between):
        raise Unreadable(NOT_MONEY)
    if before.upper or after.upper:
        raise Unreadable(UPPER_BOUND)
    if before.lower or after.lower or (is_one and before.start):
        raise Unreadable(LOWER_BOUND)
    is_rounded = before.approximate or after.approximate or "e" in parts[1]
    flags = APPROXIMATE if is_rounded else 0
    period = _one_period(before.period, between.period, after.period)
    first = _amount(parts[1], decimal_comma)
    if is_one:
        amount = first * 1000 if after.thousand else first
        cents = not after.thousand and _has_cents(parts[1])
        return _pay(amount, amount, period=period, has_cents=cents, flags=flags)
    if not (between.dash or before.between or before.start):
        raise Unreadable("more than one number")
    low, high = _ends(first, _amount(parts[3], decimal_comma), between.thousand, after.thousand)
    cents = low == first and _has_cents(parts[1]) and _has_cents(parts[3])
    return _pay(low, high, period=period, has_cents=cents, flags=flags | RANGE)


def _pay(
    low: float, high: float, *, period: Period = Period.UNSTATED, has_cents: bool, flags: int = 0
) -> Pay:
    """Order the ends and refuse what no pay is."""
    if low > high:
        low, high, flags = high, low, flags | REORDERED
    if low <= 0:
        raise Unreadable("zero")
    if high > LARGEST_PAY:
        raise Unreadable(NOT_MONEY)
    if high > WIDEST_RANGE * low * (1 + ROUNDING):
        raise Unreadable(f"a range wider than 1 to {WIDEST_RANGE:g}")
    return Pay(low=low, high=high, period=period, has_cents=has_cents, flags=flags)


def _ends(
    first: float, second: float, is_first_thousand: bool, is_second_thousand: bool
) -> tuple[float, float]:
    """Give both ends the "k" that is written at one of them, where only that makes a range."""
    is_range_as_written = max(first, second) <= WIDEST_RANGE * min(first, second)
    if is_first_thousand != is_second_thousand and is_range_as_written:
        is_first_thousand = is_second_thousand = True
    return (
        first * 1000 if is_first_thousand else first,
        second * 1000 if is_second_thousand else second,
    )


def _pay_with_extra(lower: str, decimal_comma: bool) -> Pay:
    """Read pay and, apart from it, a bonus or another extra."""
    split = WITH_EXTRA.fullmatch(lower)
    while split and not EXTRA.search(split["extra"]):
        split = None
    if split is None or not split["pay"]:
        raise Unreadable("a bonus that cannot be told from pay")
    pay = _pay_alone(split["pay"], decimal_comma)
    extra = split["extra"].rstrip(")")
    if split["joint"].startswith("incl"):
        return _changed(pay, flags=pay.flags | BONUS_INCLUDED)
    numbers = NUMBER[decimal_comma].split(extra)
    rest = " ".join(numbers[::2])
    is_percent = "%" in rest or "percent" in rest
    is_thousand = bool(re.match(r" ?k\b", numbers[2])) if len(numbers) == 3 else False
    rest = re.sub(r"%|\bpercent\b|(?:^|(?<= )) ?k\b|\bup to\b", " ", rest)
    if len(numbers) > 3 or not EXTRA_WORDS.fullmatch(rest.strip()):
        raise Unreadable("a bonus that cannot be told from pay")
    if not NAMED_BONUS.search(rest):
        return _changed(pay, flags=pay.flags | EXTRAS)
    if len(numbers) == 1:
        return _changed(pay, flags=pay.flags | BONUS_UNSTATED)
    return _with_bonus(pay, _amount(numbers[1], decimal_comma), is_percent, is_thousand)


def _with_bonus(pay: Pay, number: float, is_percent: bool, is_thousand: bool) -> Pay:
    """Add the bonus that was stated, where it can only mean one thing."""
    if is_percent and number <= 100:
        return _changed(pay, bonus_share=number / 100, flags=pay.flags | BONUS_PERCENT)
    amount = number * 1000 if is_thousand else number
    if is_percent or not LEAST_BONUS_USD <= amount <= pay.high * 2080:
        return _changed(pay, flags=pay.flags | BONUS_UNSTATED)
    return _changed(pay, bonus_usd=amount, flags=pay.flags)


def _changed(
    pay: Pay, *, flags: int, bonus_usd: float | None = None, bonus_share: float | None = None
) -> Pay:
    """Return `pay` with a bonus and flags (`dataclasses.replace`, without its cost)."""
    return Pay(
        low=pay.low,
        high=pay.high,
        period=pay.period,
        has_cents=pay.has_cents,
        bonus_usd=bonus_usd,
        bonus_share=bonus_share,
        flags=flags,
    )


def _one_period(*stated: Period) -> Period:
    """Return the period that is stated once or alike."""
    found = Period.UNSTATED
    for period in stated:
        if period:
            if found and period != found:
                raise Unreadable("two pay periods")
            found = period
    return found


def _amount(number: str, decimal_comma: bool) -> float:
    """Turn a number that `NUMBER` found into dollars."""
    digits = number.replace(" ", "").replace("'", "")
    if not decimal_comma:
        return float(digits.replace(",", ""))
    if MACHINE_NUMBER.fullmatch(digits):
        return float(digits)
    return float(digits.replace(".", "").replace(",", "."))


def _has_cents(number: str) -> bool:
    """Say whether a number is written with exactly two decimals."""
    return len(number) > 2 and number[-3] in ".," and number[-2:].isdigit()
