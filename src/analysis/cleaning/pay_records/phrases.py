"""Find known phrases in a cell, the longest first, and say which words are left over."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import pandas as pd

from analysis.cleaning.pay_records.spelling import key
from analysis.errors import WrongInput

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
