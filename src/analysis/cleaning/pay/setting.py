"""Read work settings and remote work: "Hospital - inpatient", "WFH", "insurance/payer"."""

import re
from dataclasses import dataclass

import pandas as pd

from analysis.cleaning.pay.words import (
    Phrases,
    Unreadable,
    alias_pairs,
    key,
    phrases,
    tidied,
    word_set,
    words,
)

SEPARATOR = "; "
YES, NO, HYBRID = "yes", "no", "hybrid"

_NOISE = word_set(
    "the a an in at of for and or work working job position facility facilities setting based "
    "mostly mainly primarily i my us usa company dept department employer"
)
_REMOTE_ANSWERS = {
    **dict.fromkeys(word_set("yes y true t 1 always all 100 100percent allthetime"), YES),
    **dict.fromkeys(word_set("no n false f 0 never none 0percent notremote notatall"), NO),
    **dict.fromkeys(
        word_set("some sometimes partly partial partially parttime occasionally"), HYBRID
    ),
}
_SHARE = re.compile(r"(\d{1,3}(?:\.\d+)?) ?(?:%|percent)(?: remote| wfh| from home)?")
_DAYS = re.compile(
    r"(\d) ?(?:-? ?\d)? ?(?:days?|d)(?: remote| wfh| from home| at home| home)?"
    r"(?: ?(?:/|a|per) ?(?:week|wk))?(?: remote| wfh| from home| at home| home)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where somebody works.

    Parameters
    ----------
    settings : tuple of str
        Canonical, sorted, each once; empty where only remote work is stated.
    remote : str
        "yes", "no", "hybrid"; empty where not stated.
    """

    settings: tuple[str, ...]
    remote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingNames:
    """Every alias of every setting and of remote work."""

    aliases: Phrases


def setting_names(aliases: pd.DataFrame) -> SettingNames:
    """Prepare the alias table.

    Parameters
    ----------
    aliases : DataFrame
        alias, setting, remote ("yes", "no", "hybrid" or empty); a row may give either or both.

    Raises
    ------
    WrongInput
        A column is missing, or an alias means two things.
    """
    settings = alias_pairs(aliases, "setting", table="The setting aliases")
    remotes = alias_pairs(aliases, "remote", table="The setting aliases")
    meanings = [
        (alias, f"{setting}|{remote}")
        for (alias, setting), (_, remote) in zip(settings, remotes, strict=True)
    ]
    known = {key(alias) for alias, _ in meanings}
    canonical = dict.fromkeys(
        setting for _, setting in settings if key(setting) not in known | {""}
    )
    return SettingNames(aliases=phrases([*meanings, *((name, f"{name}|") for name in canonical)]))


def parse_setting(text: str, names: SettingNames) -> Setting:
    """Read one cell of setting; every word must be understood.

    Raises
    ------
    Unreadable
        Blank, a word is in no alias, or remote work is stated two ways.

    Examples
    --------
    >>> names = setting_names(pd.DataFrame({
    ...     "alias": ["Hospital inpatient", "WFH"], "setting": ["hospital inpatient", ""],
    ...     "remote": ["", "yes"]}))
    >>> parse_setting("Hospital - inpatient (WFH)", names)
    Setting(settings=('hospital inpatient',), remote='yes')
    """
    found: list[str] = []
    for part in tidied(text).split(";"):
        meanings, rest = names.aliases.found_in(words(part))
        if any(word not in _NOISE for word in rest):
            raise Unreadable("setting in no alias table")
        found += meanings
    if not found:
        raise Unreadable("setting in no alias table")
    parts = [meaning.partition("|") for meaning in found]
    settings = tuple(sorted({setting for setting, _, _ in parts if setting}))
    remotes = {remote for _, _, remote in parts if remote}
    if len(remotes) > 1 and HYBRID not in remotes:
        raise Unreadable("remote work stated two ways")
    remote = HYBRID if len(remotes) > 1 else "".join(remotes)
    return Setting(settings=settings, remote=remote)


def parse_remote(text: str, names: SettingNames) -> str:
    """Read one cell of a column that asks about remote work: "yes", "no" or "hybrid".

    Raises
    ------
    Unreadable
        Blank, or not understood.

    Examples
    --------
    >>> names = setting_names(pd.DataFrame({"alias": ["WFH"], "setting": [""], "remote": ["yes"]}))
    >>> [parse_remote(text, names) for text in ("Y", "wfh", "2 days/week", "0%")]
    ['yes', 'yes', 'hybrid', 'no']
    """
    plain = tidied(text).lower()
    if match := _SHARE.fullmatch(plain):
        return _part_of(float(match[1]), whole=100)
    if match := _DAYS.fullmatch(plain):
        return _part_of(float(match[1]), whole=5)
    if (answer := _REMOTE_ANSWERS.get(key(plain))) is not None:
        return answer
    try:
        setting = parse_setting(plain, names)
    except Unreadable:
        raise Unreadable("remote work not understood") from None
    if not setting.remote:
        raise Unreadable("remote work not understood")
    return setting.remote


def _part_of(amount: float, *, whole: float) -> str:
    """Call all of the time remote yes, none of it no, and the rest hybrid."""
    if amount > whole:
        raise Unreadable("remote work not understood")
    return YES if amount == whole else NO if amount == 0 else HYBRID
