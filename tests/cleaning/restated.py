"""Write cleaned records as records again, each in its canonical spelling.

Cleaning what this writes changes nothing: the law by which cleaning is tested, and the way to
join a cleaned table with new raw records.
"""

import math

import numpy as np
import pandas as pd

from analysis.cleaning.pay.certification import EXPIRED, NONE, SEPARATOR
from analysis.cleaning.pay.column_map import ColumnMap
from analysis.cleaning.pay.distinct import as_text
from analysis.cleaning.pay.experience import Experience
from analysis.cleaning.pay.pay_cell import (
    APPROXIMATE,
    BONUS_INCLUDED,
    BONUS_UNSTATED,
    EXTRAS,
    FULL_TIME_HOURS_PER_WEEK,
    PERIODS_PER_YEAR,
    RANGE,
    WEEKS_PER_YEAR,
    Period,
    format_period,
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


def restated(salaries):
    """Write each row of `salaries` as a row of text that the column map `RESTATED` describes."""
    kept = ["setting", "state", "remote", "education", "job_title", "flags"]
    numbers = {"bonus": "bonus_usd", "hours_per_week": "hours_per_week", "weight": "weight"}
    columns = {
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


def _rows(table, columns):
    some = table[columns].astype(object)
    return some.where(some.notna(), None).itertuples(index=False, name=None)


def _pay(low, high, name, hours, flags):
    if low is None or name is None:
        return None
    period = Period[name.upper()]
    weekly = FULL_TIME_HOURS_PER_WEEK if hours is None else hours
    factor = PERIODS_PER_YEAR.get(period, weekly * WEEKS_PER_YEAR)
    ends = [_number(low / factor)]
    if high != low or "range" in (flags or "").split(SEPARATOR):
        ends.append(_number(high / factor))
    return f"{' - '.join(str(end) for end in ends)} {name}"


def _experience(low, high):
    return None if low is None else format_experience(Experience(low=low, high=high))


def _credentials(names, status, unknown):
    held = (names or "").split(SEPARATOR) if names else []
    states = (status or "").split(SEPARATOR) if status else [""] * len(held)
    written = [
        f"{name} (expired)" if state == EXPIRED else name
        for name, state in zip(held, states, strict=True)
    ]
    return SEPARATOR.join([*written, *([unknown] if unknown else [])]) or None


def _number(value):
    if value is None or math.isnan(value):
        return None
    return np.format_float_positional(value, trim="0")


def format_pay(pay):
    low, high = (_written(amount, pay.has_cents) for amount in (pay.low, pay.high))
    amount = f"${low}-${high}" if pay.flags & RANGE else f"${low}"
    period = f" {format_period(pay.period)}" if pay.period else ""
    about = "~ " if pay.flags & APPROXIMATE else ""
    return f"{about}{amount}{period}{_extra_text(pay)}"


def _written(amount, has_cents):
    if has_cents:
        return f"{amount:.2f}"
    return str(int(amount)) if amount.is_integer() else f"{amount!r}0"


def _extra_text(pay):
    if pay.bonus_usd is not None:
        return f" + ${_written(pay.bonus_usd, False)} bonus"
    if pay.bonus_share is not None:
        return f" + {pay.bonus_share * 100!r}% bonus"
    if pay.flags & BONUS_INCLUDED:
        return " including bonus"
    if pay.flags & BONUS_UNSTATED:
        return " + bonus"
    return " + benefits" if pay.flags & EXTRAS else ""


def format_experience(experience):
    low = f"{experience.low:.2f}".rstrip("0").rstrip(".")
    if experience.high is None:
        return f"{low}+ years"
    high = f"{experience.high:.2f}".rstrip("0").rstrip(".")
    return f"{low} years" if low == high else f"{low}-{high} years"


def format_certification(certification):
    if certification.says_none:
        return NONE
    held = [
        f"{each.name} (expired)" if each.status == EXPIRED else each.name
        for each in certification.credentials
    ]
    progress = [f"{name} in progress" for name in certification.in_progress]
    return SEPARATOR.join([*held, *progress, *certification.unknown])
