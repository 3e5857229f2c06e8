"""A log of coded records, as a department keeps it, to a tidy table."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from analysis.errors import WrongInput

NEEDED = ("coder", "date", "type")
AMOUNTS = ("records", "minutes")
DAY_MINUTES = 480.0  # 8 paid hours, where the log gives no minutes
MOST: Mapping[str, float] = MappingProxyType({"records": 10_000, "minutes": 1_440})
TYPES: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("inpatient", "ip"), "inpatient"),
        **dict.fromkeys(("outpatient", "op"), "outpatient"),
        **dict.fromkeys(("ed", "er", "emergency"), "ed"),
    }
)
MEND = "Correct the file, or leave the row out."


def read_log(path: Path) -> pd.DataFrame:
    """Read a log: a row for each record coded, or for each coder, day and type.

    Columns coder, date (2026-03-31 or 3/31/2026) and type (inpatient, outpatient or ed), and
    records, minutes or both. Without records a row is one record. Without minutes a row is a day
    of 8 paid hours, which a coder can have spent on one type only. Other columns are not read.

    Returns
    -------
    DataFrame
        coder, date, type, records, minutes.

    Raises
    ------
    WrongInput
        The file cannot be read, lacks a column, or a row makes no sense; the message says which.
    """
    raw = _read(path)
    has = {name: name in raw for name in AMOUNTS}
    lacking = [name for name in NEEDED if name not in raw]
    if lacking or not any(has.values()):
        raise WrongInput(
            f"{path} must have the columns coder, date, type, and records or minutes; "
            f"found {', '.join(map(str, raw)) or 'none'}. Name its columns so."
        )
    if raw.empty:
        raise WrongInput(f"{path} must have a row for each record or coder's day; found none.")
    _refuse(path, "coder", "a name", raw["coder"], raw["coder"].eq(""))
    kind = raw["type"].str.lower().map(TYPES)
    _refuse(path, "type", "inpatient, outpatient or ed", raw["type"], kind.isna())
    date = pd.to_datetime(raw["date"], format="%Y-%m-%d", errors="coerce").fillna(
        pd.to_datetime(raw["date"], format="%m/%d/%Y", errors="coerce")
    )
    _refuse(path, "date", "a day, as 2026-03-31 or 3/31/2026", raw["date"], date.isna())
    amounts = {name: _amount(path, raw, name) for name in AMOUNTS if has[name]}
    log = pd.DataFrame({"coder": raw["coder"], "date": date, "type": kind} | amounts)
    if not has["records"]:
        return log.assign(records=1.0)[[*NEEDED, *AMOUNTS]]
    return log if has["minutes"] else _with_days(path, log)


def _read(path: Path) -> pd.DataFrame:
    """Read text as it stands, headers in small letters."""
    try:
        raw = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError:
        raise WrongInput(f"There is no file {path}. Name a CSV file of coded records.") from None
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise WrongInput(
            f"{path} must be a CSV file in UTF-8; it cannot be read: {error}. Save it anew as CSV."
        ) from None
    if not isinstance(raw.index, pd.RangeIndex):
        raise WrongInput(f"{path} must have as many fields in each row as in its header.")
    named = raw.rename(columns=lambda name: str(name).strip().lower())
    twice = named.columns[named.columns.duplicated()].unique().tolist()
    if twice:
        raise WrongInput(f"{path} must name each column once; found {', '.join(twice)} again.")
    return pd.DataFrame({name: named[name].fillna("").str.strip() for name in named})


def _amount(path: Path, raw: pd.DataFrame, name: str) -> "pd.Series[float]":
    """Return records or minutes as numbers."""
    numbers = pd.to_numeric(raw[name], errors="coerce")
    is_wrong = ~(numbers.gt(0) & numbers.le(MOST[name]))
    _refuse(path, name, f"a number above 0, at most {MOST[name]:,.0f}", raw[name], is_wrong)
    return numbers.astype("float64")


def _with_days(path: Path, log: pd.DataFrame) -> pd.DataFrame:
    """Add up each coder's day, 8 paid hours of one type."""
    days = pd.DataFrame(log.groupby(list(NEEDED))["records"].sum()).reset_index()
    mixed = days.duplicated(["coder", "date"], keep=False)
    if mixed.any():
        first = days[mixed].iloc[0]
        raise WrongInput(
            f"{path} must have minutes where a coder codes several types on a day; "
            f"{first['coder']} did on {first['date']:%Y-%m-%d} ({int(mixed.sum())} rows are so). "
            "Add a column minutes."
        )
    return days.assign(minutes=DAY_MINUTES)


def _refuse(
    path: Path, column: str, must: str, values: "pd.Series[str]", is_wrong: "pd.Series[bool]"
) -> None:
    """Raise WrongInput at the first wrong value."""
    if is_wrong.any():
        place = int(is_wrong.to_numpy().argmax())
        raise WrongInput(
            f"{path}, row {place + 2}: {column} must be {must}; found {values.iloc[place]!r} "
            f"({int(is_wrong.sum())} rows are so). {MEND}"
        )
