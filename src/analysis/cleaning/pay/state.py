"""Read states: names, postal codes, "Washington DC", "N. Carolina", several in one cell."""

import re

import pandas as pd

from analysis.cleaning.pay.words import (
    NOT_STATED,
    Phrases,
    Unreadable,
    alias_pairs,
    key,
    phrases,
    tidied,
    word_set,
)

SEPARATOR = "; "

_SEGMENTS = re.compile(r"[,;/&|+\n\r()\[\]]+|\s+(?:and|or)\s+")
_CITY = re.compile(
    r"(?P<city>[A-Za-z][A-Za-z.' -]*),\s*(?P<state>[A-Za-z. ]+?)(?:\s+\d{5}(?:-\d{4})?)?"
)
_NOISE = frozenset({"", "us", "usa", "unitedstates", "unitedstatesofamerica", "remote", "wfh"})
_COUNTRY = re.compile(
    r"(?:^|[\s,/|(-]+)(?:u\.?s\.?a?\.?|united states(?: of america)?|america)\)?$", re.IGNORECASE
)
_ZIP = re.compile(r"[\s,]+\d{5}(?:-\d{4})?$")
_CITY_CODE = re.compile(
    r"(?!.*\b(?:and|or)\b)(?P<city>[A-Za-z][A-Za-z.' -]*[a-z.'])[ /|]+(?P<state>[A-Z]{2})"
)
_CITY_CODES = {("LA", "CA"), ("SD", "CA")}  # Los Angeles or Louisiana, San Diego or South Dakota
_ABROAD = word_set(
    "alberta britishcolumbia manitoba newbrunswick newfoundland novascotia ontario quebec "
    "saskatchewan canada mexico india uk unitedkingdom england philippines "
    "ab bc mb nb nl ns nt nu on pe qc sk yt"
)
_PREFIX = re.compile(r"(?:the )?(?:state|commonwealth) of ", re.IGNORECASE)


def state_names(aliases: pd.DataFrame) -> Phrases:
    """Prepare the alias table: columns alias and postal.

    Raises
    ------
    WrongInput
        A column is missing, or an alias means two states.
    """
    pairs = alias_pairs(aliases, "postal", table="The state aliases")
    return phrases([*pairs, *((postal, postal) for _, postal in pairs)])


def parse_states(text: str, names: Phrases) -> tuple[str, ...]:
    """Read one cell of states as postal codes, sorted, each once.

    A city before the state is passed over ("Kansas City, MO", "Dayton OH", "Dayton/OH"), and so are
    a ZIP code after it and "USA"; the country alone states nothing. Two codes may share a part
    only where both are in capitals ("CA NV"). A state's name before another's code is refused:
    "Indiana, PA" is a city, "California, NV" may not be.

    Raises
    ------
    Unreadable
        Blank, or some part is no state.

    Examples
    --------
    >>> names = state_names(pd.DataFrame({
    ...     "alias": ["NC", "N. Carolina", "DC", "Washington DC", "Washington"],
    ...     "postal": ["NC", "NC", "DC", "DC", "WA"]}))
    >>> parse_states("N. Carolina / Washington, D.C.", names), parse_states("Cary, NC", names)
    (('DC', 'NC'), ('NC',))
    """
    plain = _ZIP.sub("", _COUNTRY.sub("", tidied(text))).strip(" ,/|-")
    if not plain:
        raise Unreadable(NOT_STATED)
    parts = [part.strip() for part in re.split(r"[,/|]", plain)]
    is_code = [len(part) == 2 and part.isupper() for part in parts]
    is_city = len(parts) == 2 and not is_code[0]  # Ontario, CA
    if any(key(part) in _ABROAD for part in parts[is_city:]):
        raise Unreadable("state in no alias table")
    if len(parts) == 2 and all(is_code):
        state = names.meanings.get(key(parts[1]))
        if tuple(parts) in _CITY_CODES:
            raise Unreadable("a city of that name, or two states")
        if state and key(parts[0]) not in names.meanings:
            return (state,)  # "KC, MO"
    match = _CITY_CODE.fullmatch(plain)
    if match and (state := names.meanings.get(key(match["state"]))):
        if whole := names.meanings.get(key(plain)):
            return (whole,)
        if names.meanings.get(key(match["city"]), state) == state:
            return (state,)
    if match := _CITY.fullmatch(plain):
        city, state = match["city"], names.meanings.get(key(match["state"]))
        if len(key(city)) > 2 and (whole := names.meanings.get(key(city + match["state"]))):
            return (whole,)
        if state and key(city) not in names.meanings:
            return (state,)
        if state and len(key(city)) > 2 >= len(key(match["state"])):
            if names.meanings[key(city)] != state:
                raise Unreadable("a city of that name, or two states")
            return (state,)
    found: set[str] = set()
    for part in _SEGMENTS.split(_joined_capital(plain)):
        found |= _read_part(part, names)
    if not found:
        raise Unreadable(NOT_STATED)
    return tuple(sorted(found))


def _joined_capital(text: str) -> str:
    """Keep the comma of "Washington, DC" from making two states of it."""
    return re.sub(r"\bwash(?:ington|\.)?,\s*d\.?\s?c\b\.?", "DC", text, flags=re.IGNORECASE)


def _read_part(part: str, names: Phrases) -> set[str]:
    """Read what stands between two separators."""
    codes = part.split()
    if all(code.isupper() and len(code) == 2 and key(code) in names.meanings for code in codes):
        return {names.meanings[key(code)] for code in codes}  # before "OK LA" is read as Okla.
    name = key(_PREFIX.sub("", part.strip()))
    if name in _NOISE:
        return set()
    if name in names.meanings:
        return {names.meanings[name]}
    raise Unreadable("state in no alias table")
