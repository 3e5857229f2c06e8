"""Read past the spelling of a cell, and find the known phrases in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from analysis.errors import WrongInput


class Unreadable(ValueError):  # noqa: N818 - says what the text is
    """Text that a parser cannot read without guessing.

    Parameters
    ----------
    reason : str
        Why, in a few words that recur: rows are counted by it.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


NOT_STATED = "not stated"
PART_TIME = "part time, its share not stated"
NOT_MONEY = "not an amount of money"


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


LONGEST_PHRASE = 8  # words


@dataclass(frozen=True, slots=True)
class Phrases:
    """Known phrases by their letters and digits, and what each means.

    Spelling, points, dashes and spaces do not count: "C.P.C.-A" and "CPC A" are one phrase.
    """

    meanings: Mapping[str, str] = field(repr=False)

    def found_in(self, given: list[str]) -> tuple[list[str], list[str]]:
        """Return the meanings found, in order, and the words that belong to no phrase.

        Examples
        --------
        >>> known = phrases([("CPC", "CPC"), ("CPC-A", "CPC-A")])
        >>> known.found_in(["cpc", "a", "since", "2019"])
        (['CPC-A'], ['since', '2019'])
        """
        meanings, rest, place = [], [], 0
        while place < len(given):
            for end in range(min(len(given), place + LONGEST_PHRASE), place, -1):
                meaning = self.meanings.get("".join(given[place:end]))
                if meaning is not None:
                    meanings.append(meaning)
                    place = end
                    break
            else:
                rest.append(given[place])
                place += 1
        return meanings, rest


def phrases(aliases: Iterable[tuple[str, str]]) -> Phrases:
    """Build phrases from pairs of alias and meaning.

    Raises
    ------
    WrongInput
        Two aliases are spelled alike and mean different things, or one has no letters.
    """
    meanings: dict[str, str] = {}
    for alias, meaning in aliases:
        name = key(alias)
        if not name or meanings.setdefault(name, meaning) != meaning:
            raise WrongInput(
                f"An alias must have letters and one meaning; {alias!r} is read as {name!r}, "
                f"which means {meanings.get(name)!r} and {meaning!r}. Mend the alias table."
            )
    return Phrases(MappingProxyType(meanings))


def alias_pairs(aliases: pd.DataFrame, meaning: str, *, table: str) -> list[tuple[str, str]]:
    """Return the columns `alias` and `meaning` of an alias table as pairs.

    Raises
    ------
    WrongInput
        The table lacks one of the columns.
    """
    if lacking := [name for name in ("alias", meaning) if name not in aliases]:
        raise WrongInput(
            f"{table} must have the columns alias and {meaning}; it has "
            f"{', '.join(map(str, aliases.columns))} and lacks {', '.join(lacking)}."
        )
    texts = aliases[["alias", meaning]].fillna("").astype(str)
    return list(texts.itertuples(index=False, name=None))
