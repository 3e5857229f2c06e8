"""Read past the spelling of a cell: odd spaces and dashes, capitals, points in acronyms."""

import re

from analysis.cleaning.pay_records.unreadable import NOT_STATED, Unreadable

LONGEST_CELL = 500  # characters; a longer cell is prose, not an answer

_ODD = {
    **dict.fromkeys(map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2007\u2008\u2009\u200a"), " "),
    **dict.fromkeys(map(ord, "\u202f\u3000"), " "),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-"),
    **dict.fromkeys(map(ord, "\u2018\u2019\u02bc\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d"), '"'),
    **dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"), None),
    ord("\uff04"): "$",
    ord("\u2044"): "/",
}
_NO_ANSWER = (
    "n/a na n.a. nan nil null <na> #n/a #value! #ref! - -- --- . .. ... ? ?? tbd tba unknown "
    "undisclosed refused blank missing x"
)
_BLANK = {
    *_NO_ANSWER.split(),
    "",
    "not stated",
    "not available",
    "not applicable",
    "no answer",
    "no response",
    "prefer not to say",
    "prefer not to answer",
    "don't know",
    "rather not say",
    "decline to answer",
    "decline to state",
}
_POINTS = re.compile(r"[.'\"]+")
_BREAKS = re.compile(r"[\W_]+")


def tidied(text: str, *, longest: int = LONGEST_CELL) -> str:
    r"""Give odd spaces, dashes and quotation marks their plain form, one space between words.

    Raises
    ------
    Unreadable
        The cell is empty, says that there is no answer, or has more than `longest` characters.

    Examples
    --------
    >>> tidied("\u00a0 54\u201358k ")
    '54-58k'
    """
    if len(text) > longest:
        raise Unreadable(f"longer than {longest} characters")
    plain = text if text.isascii() else text.translate(_ODD)
    plain = " ".join(plain.split())
    if plain.lower() in _BLANK:
        raise Unreadable(NOT_STATED)
    return plain


def words(text: str) -> list[str]:
    """Split text into lower-case words of letters and digits; points within a word go.

    Examples
    --------
    >>> words("Dr's office"), words("C.P.C.-A")
    (['drs', 'office'], ['cpc', 'a'])
    """
    return _BREAKS.sub(" ", _POINTS.sub("", text.lower())).split()


def key(text: str) -> str:
    """Return the letters and digits of text, lower case: what its spellings have in common.

    Examples
    --------
    >>> key("C.P.C. - A") == key("cpc-a") == "cpca"
    True
    """
    return "".join(words(text))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text; a vocabulary is easier read as a sentence than as a list."""
    return frozenset(text.split())
