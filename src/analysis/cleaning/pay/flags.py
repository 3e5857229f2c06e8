"""What was done to a row on its way into `salaries`: one name and meaning a flag."""

from collections.abc import Iterable
from enum import IntFlag, auto

import numpy as np
import pandas as pd
from numpy.typing import NDArray

SEPARATOR = "; "


class Flag(IntFlag):
    """One bit a flag; the name in lower case is what the column `flags` shows."""

    RANGE = auto()
    RANGE_REORDERED = auto()
    APPROXIMATE = auto()
    PERIOD_ASSUMED = auto()
    PERIOD_FROM_PAY = auto()
    HOURLY_IN_ANNUAL = auto()
    HOURS_ASSUMED = auto()
    HOURS_RANGE = auto()
    HOURS_UNREADABLE = auto()
    BONUS_UNSTATED = auto()
    BONUS_PERCENT = auto()
    BONUS_INCLUDED = auto()
    BONUS_UNREADABLE = auto()
    EXTRAS_NOT_COUNTED = auto()
    EXPERIENCE_UNREADABLE = auto()
    UNKNOWN_CREDENTIAL = auto()
    CREDENTIAL_IN_PROGRESS = auto()
    SETTING_UNREADABLE = auto()
    SEVERAL_SETTINGS = auto()
    REMOTE_UNREADABLE = auto()
    REMOTE_CONTRADICTS_SETTING = auto()
    STATE_UNREADABLE = auto()
    SEVERAL_STATES = auto()
    RECORD_ID_REPEATED = auto()
    EQUALS_ANOTHER_ROW = auto()
    FULL_TIME_EQUIVALENT = auto()
    PART_TIME = auto()
    FTE_UNREADABLE = auto()
    TOTAL_PAY = auto()


MEANINGS: dict[Flag, str] = {
    Flag.RANGE: "pay is a range; annual_pay_usd is its midpoint",
    Flag.RANGE_REORDERED: "the higher end of the range came first",
    Flag.APPROXIMATE: "pay was called approximate",
    Flag.PERIOD_ASSUMED: "no pay period was stated; taken as annual",
    Flag.PERIOD_FROM_PAY: "pay period taken from the pay cell against the period column, "
    "the only one of the two that gives a plausible wage",
    Flag.HOURLY_IN_ANNUAL: "an hourly wage among annual pay, read as hourly",
    Flag.HOURS_ASSUMED: "annualized with 2,080 hours a year; none were stated",
    Flag.HOURS_RANGE: "hours were a range or a bound; its midpoint or bound was used",
    Flag.HOURS_UNREADABLE: "hours could not be read",
    Flag.BONUS_UNSTATED: "a bonus without its amount",
    Flag.BONUS_PERCENT: "the bonus was a percentage of annual pay",
    Flag.BONUS_INCLUDED: "pay includes a bonus that cannot be told apart",
    Flag.BONUS_UNREADABLE: "the bonus could not be read",
    Flag.EXTRAS_NOT_COUNTED: "overtime, benefits or the like were named and not counted",
    Flag.EXPERIENCE_UNREADABLE: "experience could not be read",
    Flag.UNKNOWN_CREDENTIAL: "a credential is in no alias table; kept as written",
    Flag.CREDENTIAL_IN_PROGRESS: "a credential is being studied for; not counted as held",
    Flag.SETTING_UNREADABLE: "the setting is in no alias table",
    Flag.SEVERAL_SETTINGS: "more than one setting",
    Flag.REMOTE_UNREADABLE: "remote work could not be read",
    Flag.REMOTE_CONTRADICTS_SETTING: "the remote column and the setting disagree; the column holds",
    Flag.STATE_UNREADABLE: "the state is in no alias table",
    Flag.SEVERAL_STATES: "more than one state",
    Flag.RECORD_ID_REPEATED: "other rows carry the same record_id",
    Flag.EQUALS_ANOTHER_ROW: "another row is equal in every column; without an identifier or a "
    "time stamp they are taken for two people",
    Flag.FULL_TIME_EQUIVALENT: "part-time pay, divided by its share of full time",
    Flag.PART_TIME: "part time, its share of full time not stated; pay as paid",
    Flag.FTE_UNREADABLE: "the share of full time could not be read",
    Flag.TOTAL_PAY: "the column is of total pay, which has bonus or overtime in it",
}


def flag_name(flag: Flag) -> str:
    """Return the name a flag has in the column `flags`."""
    return str(flag.name).lower()


def flags_text(bits: int) -> str:
    """Write a set of flags as the column `flags` holds it, in alphabetical order.

    Examples
    --------
    >>> flags_text(Flag.RANGE | Flag.HOURS_ASSUMED)
    'hours_assumed; range'
    """
    return SEPARATOR.join(sorted(flag_name(flag) for flag in Flag if flag & bits))


def flags_bits(text: str) -> int:
    """Read the column `flags` back; names that are no flag are passed over.

    Examples
    --------
    >>> flags_bits("hours_assumed; range") == Flag.RANGE | Flag.HOURS_ASSUMED
    True
    """
    names = {name.strip() for name in text.split(";")}
    return sum(int(flag) for flag in Flag if flag_name(flag) in names)


def combined(bits: Iterable[NDArray[np.int64]], rows: int) -> NDArray[np.int64]:
    """Join the flags that several columns gave the same rows."""
    total = np.zeros(rows, dtype=np.int64)
    for each in bits:
        total |= each
    return total


def flags_column(bits: NDArray[np.int64]) -> pd.Series:
    """Write one row's flags after another; each distinct set is written once."""
    codes, sets = pd.factorize(bits)
    texts = pd.array([flags_text(int(each)) for each in sets], dtype="str")
    return pd.Series(texts.take(codes))
