"""Read the words around the numbers of a pay cell: currency, "k", period, dash."""

import re
from functools import lru_cache
from typing import NamedTuple

from analysis.cleaning.pay_records.pay_period import PERIOD_OF_KEY, Period
from analysis.cleaning.pay_records.spelling import key, tidied
from analysis.cleaning.pay_records.unreadable import NOT_MONEY, Unreadable

OTHER_CURRENCY = "another currency"
SIGNS = re.compile(
    r"[€£¥₹₱₩₽₪₫฿₦₴₺]|(?<![a-z])(?:c|ca|cad|a|au|nz|hk|s|mx|r) ?\$"
    r"|(?<![a-z])(?:eur|euros?|gbp|pounds?|sterling|cad|aud|nzd|inr|rs|rupees?|lakhs?|lacs?|lpa"
    r"|php|pesos?|mxn|jpy|yen|cny|rmb|yuan|chf|francs?|sgd|hkd|sek|nok|dkk|kr|zar|rand|brl|krw|aed"
    r"|sar|pln|ils|ngn|pkr|bdt)(?![a-z])"
)
US_DOLLARS = re.compile(r"\$|us ?\$|usd ?\$?|us|(?:u\.?s\.? |united states |american )?dollars?")
TOKEN = re.compile(
    r"\s*(?:"
    r"(?P<dollar>us ?\$|\$|usd|u\.s\. dollars?|us dollars?|dollars?)(?![a-z])"
    r"|(?P<thousand>k|thousand|grand)(?![a-z])"
    r"|(?P<bound>\+|>=?|<=?|up to|over|above|under|below|at least|at most|more than|less than"
    r"|minimum|maximum|min|max|starting at|or more|or less|and up|or above)(?![a-z])"
    r"|(?P<approximate>~|≈|approximately|approx\.?|about|around|circa|ca\.|roughly|est\.?|estimated"
    r"|nearly|ish)(?![a-z])"
    r"|(?P<between>between|from)(?![a-z])"
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
    bound: bool = False
    approximate: bool = False
    between: bool = False


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
