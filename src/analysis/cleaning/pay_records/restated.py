"""Write cleaned records as records again, each in its canonical spelling.

Cleaning what this writes changes nothing: the law by which cleaning is tested, and the way to
join a cleaned table with new raw records.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from analysis.cleaning.pay_records.certification import EXPIRED, SEPARATOR
from analysis.cleaning.pay_records.column_map import ColumnMap
from analysis.cleaning.pay_records.distinct import as_text
from analysis.cleaning.pay_records.experience import Experience, format_experience
from analysis.cleaning.pay_records.pay_period import (
    FULL_TIME_HOURS_PER_WEEK,
    PERIODS_PER_YEAR,
    WEEKS_PER_YEAR,
    Period,
)

RESTATED = ColumnMap(
    record_id=("record_id",),
    pay=("pay",),
    hours_per_week=("hours_per_week",),
    bonus=("bonus",),
    experience=("experience",),
    credentials=("credentials",),
    setting=("setting",),
    state=("state",),
    remote=("remote",),
    education=("education",),
    job_title=("job_title",),
    weight=("weight",),
    flags=("flags",),
)


def restated(salaries: pd.DataFrame) -> pd.DataFrame:
    """Write each row of `salaries` as a row of text that the column map `RESTATED` describes.

    Pay stands in its own period, to the last digit.

    Examples
    --------
    >>> from analysis.schemas.pay import SALARY_COLUMNS
    >>> row = pd.DataFrame({"record_id": ["1"], "annual_pay_low_usd": [54184.0],
    ...     "annual_pay_high_usd": [54184.0], "pay_period": ["hourly"]})
    >>> table = row.reindex(columns=list(SALARY_COLUMNS)).astype(SALARY_COLUMNS)
    >>> restated(table)["pay"].tolist()
    ['26.05 hourly']
    """
    kept = ["setting", "state", "remote", "education", "job_title", "flags"]
    numbers = {"bonus": "bonus_usd", "hours_per_week": "hours_per_week", "weight": "weight"}
    columns: dict[str, pd.Series | list[str | None]] = {
        "record_id": salaries["record_id"],
        "pay": [_pay(*row) for row in _rows(salaries, _PAY)],
        "experience": [_experience(*row) for row in _rows(salaries, _EXPERIENCE)],
        "credentials": [_credentials(*row) for row in _rows(salaries, _CREDENTIALS)],
        **{name: salaries[name] for name in kept},
        **{name: [_number(value) for value in salaries[of]] for name, of in numbers.items()},
    }
    return as_text(pd.DataFrame(columns, index=salaries.index))


_PAY = ["annual_pay_low_usd", "annual_pay_high_usd", "pay_period", "hours_per_week", "flags"]
_EXPERIENCE = ["experience_years_low", "experience_years_high"]
_CREDENTIALS = ["credentials", "credential_status", "unknown_credentials"]


def _rows(table: pd.DataFrame, columns: list[str]) -> Iterator[tuple[Any, ...]]:
    """Return some columns row by row, missing as None."""
    some = table[columns].astype(object)
    return some.where(some.notna(), None).itertuples(index=False, name=None)


def _pay(
    low: float | None, high: float, name: str | None, hours: float | None, flags: str | None
) -> str | None:
    """Write pay in its own period."""
    if low is None or name is None:
        return None
    period = Period[name.upper()]
    weekly = FULL_TIME_HOURS_PER_WEEK if hours is None else hours
    factor = PERIODS_PER_YEAR.get(period, weekly * WEEKS_PER_YEAR)
    ends = [_number(low / factor)]
    if high != low or "range" in (flags or "").split(SEPARATOR):
        ends.append(_number(high / factor))
    return f"{' - '.join(str(end) for end in ends)} {name}"


def _experience(low: float | None, high: float | None) -> str | None:
    """Write years of experience."""
    return None if low is None else format_experience(Experience(low=low, high=high))


def _credentials(names: str | None, status: str | None, unknown: str | None) -> str | None:
    """Write credentials with their status, known and unknown."""
    held = (names or "").split(SEPARATOR) if names else []
    states = (status or "").split(SEPARATOR) if status else [""] * len(held)
    written = [
        f"{name} (expired)" if state == EXPIRED else name
        for name, state in zip(held, states, strict=True)
    ]
    return SEPARATOR.join([*written, *([unknown] if unknown else [])]) or None


def _number(value: float | None) -> str | None:
    """Write a number with all its digits and never as a power of ten."""
    if value is None or math.isnan(value):
        return None
    return np.format_float_positional(value, trim="0")
