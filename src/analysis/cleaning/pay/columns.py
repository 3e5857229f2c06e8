"""From the columns about a person and a job to tidy columns, for every row."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.cleaning.pay.certification import (
    NONE,
    SEPARATOR,
    Certification,
    parse_certification,
)
from analysis.cleaning.pay.distinct import (
    Coded,
    Distinct,
    is_unread,
    parse_each,
    unread_counts,
)
from analysis.cleaning.pay.experience import Experience, parse_experience
from analysis.cleaning.pay.flags import Flag, flags_bits
from analysis.cleaning.pay.setting import (
    HYBRID,
    NO,
    YES,
    Setting,
    parse_remote,
    parse_setting,
)
from analysis.cleaning.pay.state import parse_states
from analysis.cleaning.pay.vocabulary import Vocabulary
from analysis.cleaning.pay.words import Unreadable, tidied

Parsed = TypeVar("Parsed")
Bits = NDArray[np.int64]
REMOTE = (YES, NO, HYBRID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """Tidy columns of one field.

    Parameters
    ----------
    columns : dict of str to Coded or array
        By the name each has in `salaries`; one entry a row.
    flags : array of int
        Bits of `Flag`, one entry a row.
    unread : dict of str to int
        Texts that were not understood, and the rows that hold each.
    """

    columns: dict[str, Coded | NDArray[np.float64]]
    flags: Bits
    unread: dict[str, int]


def experience_answers(texts: Distinct, *, decimal_comma: bool) -> Answers:
    """Read years of experience: experience_years_low and _high, NaN where not known."""
    parsed = parse_each(texts.spellings, partial(parse_experience, decimal_comma=decimal_comma))
    lows = [each.low if isinstance(each, Experience) else math.nan for each in parsed]
    highs = [
        math.nan if isinstance(each, Unreadable) or each.high is None else each.high
        for each in parsed
    ]
    return Answers(
        columns={
            "experience_years_low": texts.rows(lows, math.nan, np.float64),
            "experience_years_high": texts.rows(highs, math.nan, np.float64),
        },
        flags=_flags(texts, parsed, unread=Flag.EXPERIENCE_UNREADABLE),
        unread=unread_counts(texts, parsed),
    )


def credential_answers(texts: Distinct, vocabulary: Vocabulary) -> Answers:
    """Read credentials, their bodies, levels and status, and those that are not known."""
    parsed = parse_each(texts.spellings, partial(parse_certification, names=vocabulary.credentials))
    found = [
        each
        if isinstance(each, Certification)
        else Certification(unknown=(text,) if is_unread(each) else ())
        for each, text in zip(parsed, texts.spellings, strict=True)
    ]

    def column(of: Callable[[Certification], list[str]]) -> Coded:
        return texts.coded([SEPARATOR.join(of(each)) or None for each in found])

    unknown: dict[str, int] = {}
    for each, rows in zip(found, texts.counts(), strict=True):
        for name in each.unknown:
            unknown[name] = unknown.get(name, 0) + int(rows)
    in_progress = [int(Flag.CREDENTIAL_IN_PROGRESS) * bool(each.in_progress) for each in found]
    is_unknown = [bool(each.unknown) for each in found]
    return Answers(
        columns={
            "credentials": column(
                lambda each: [NONE] if each.says_none else [held.name for held in each.credentials]
            ),
            "credential_bodies": column(
                lambda each: sorted({held.body for held in each.credentials})
            ),
            "credential_level": column(lambda each: [held.level for held in each.credentials]),
            "credential_status": column(lambda each: [held.status for held in each.credentials]),
            "unknown_credentials": column(lambda each: list(each.unknown)),
        },
        flags=texts.rows(in_progress, 0, np.int64)
        | texts.rows(is_unknown, False, np.int64) * int(Flag.UNKNOWN_CREDENTIAL),
        unread=unknown,
    )


def setting_answers(texts: Distinct, vocabulary: Vocabulary) -> Answers:
    """Read settings, and the remote work that a setting states."""
    parsed = parse_each(texts.spellings, partial(parse_setting, names=vocabulary.settings))
    settings = [each.settings if isinstance(each, Setting) else () for each in parsed]
    remote = [each.remote or None if isinstance(each, Setting) else None for each in parsed]
    several = [len(each) > 1 for each in settings]
    return Answers(
        columns={
            "setting": texts.coded([SEPARATOR.join(each) or None for each in settings]),
            "remote": _coded_remote(texts, remote),
        },
        flags=_flags(texts, parsed, unread=Flag.SETTING_UNREADABLE)
        | texts.rows(several, False, np.int64) * int(Flag.SEVERAL_SETTINGS),
        unread=unread_counts(texts, parsed),
    )


def remote_answers(texts: Distinct, vocabulary: Vocabulary) -> Answers:
    """Read the column that asks about remote work."""
    parsed = parse_each(texts.spellings, partial(parse_remote, names=vocabulary.settings))
    return Answers(
        columns={
            "remote": _coded_remote(
                texts, [None if isinstance(e, Unreadable) else e for e in parsed]
            )
        },
        flags=_flags(texts, parsed, unread=Flag.REMOTE_UNREADABLE),
        unread=unread_counts(texts, parsed),
    )


def _coded_remote(texts: Distinct, remote: list[str | None]) -> Coded:
    """Give each row "yes", "no" or "hybrid", always coded alike."""
    codes = [-1 if each is None else REMOTE.index(each) for each in remote]
    return Coded(texts=REMOTE, codes=texts.rows(codes, -1, np.int32))


def remote_of_both(remote: Answers, setting: Answers) -> Answers:
    """Let the remote column hold, and the setting where the column says nothing."""
    asked, named = remote.columns["remote"], setting.columns["remote"]
    if not isinstance(asked, Coded) or not isinstance(named, Coded):
        raise ValueError("Remote work must be coded.")
    differs = (asked.codes >= 0) & (named.codes >= 0) & (asked.codes != named.codes)
    both = Coded(texts=REMOTE, codes=np.where(asked.codes >= 0, asked.codes, named.codes))
    return Answers(
        columns={"remote": both},
        flags=remote.flags | differs * int(Flag.REMOTE_CONTRADICTS_SETTING),
        unread=remote.unread,
    )


def state_answers(texts: Distinct, vocabulary: Vocabulary) -> Answers:
    """Read states as postal codes."""
    parsed = parse_each(texts.spellings, partial(parse_states, names=vocabulary.states))
    states = [() if isinstance(each, Unreadable) else each for each in parsed]
    several = [len(each) > 1 for each in states]
    return Answers(
        columns={"state": texts.coded([SEPARATOR.join(each) or None for each in states])},
        flags=_flags(texts, parsed, unread=Flag.STATE_UNREADABLE)
        | texts.rows(several, False, np.int64) * int(Flag.SEVERAL_STATES),
        unread=unread_counts(texts, parsed),
    )


def text_answers(texts: Distinct, name: str) -> Answers:
    """Keep a column as written, but for odd spaces; blank answers are missing."""
    parsed = parse_each(texts.spellings, partial(tidied, longest=2**31))
    kept = [None if isinstance(each, Unreadable) else each for each in parsed]
    return Answers(
        columns={name: texts.coded(kept)},
        flags=np.zeros(len(texts.codes), dtype=np.int64),
        unread={},
    )


def earlier_flags(texts: Distinct) -> Bits:
    """Read the flags that an earlier cleaning left."""
    return texts.rows([flags_bits(each) for each in texts.spellings], 0, np.int64)


def weights(texts: Distinct, *, decimal_comma: bool) -> NDArray[np.float64]:
    """Read survey weights; NaN where missing, negative or no number."""
    values = pd.Series(texts.spellings, dtype="str").str.strip()
    if decimal_comma:
        values = values.str.replace(",", ".")
    numbers = pd.to_numeric(values, errors="coerce").to_numpy(dtype=np.float64)
    is_good = np.isfinite(numbers) & (numbers >= 0)
    return texts.rows(np.where(is_good, numbers, math.nan).tolist(), math.nan, np.float64)


def _flags(texts: Distinct, parsed: list[Parsed | Unreadable], *, unread: Flag) -> Bits:
    """Flag the rows whose text was not understood."""
    return texts.rows([int(unread) * is_unread(each) for each in parsed], 0, np.int64)
