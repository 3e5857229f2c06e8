"""Clean a million messy survey rows, against a plain pandas version that works row by row.

    python benchmarks/survey_benchmark.py [--rows 1000000] [--plain-rows 100000]

The rows come from the generator of the demonstration survey, written as CSV first. Each side
runs in a process of its own, so that its peak memory is its own. The plain version calls the
same parsers with `.apply` on every row and gives the same table but for the flags and the rows
set aside (checked on its rows); its time is scaled to all rows.
"""

import argparse
import json
import math
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
from own_process import figures_of

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

import make_demo_survey as demo  # noqa: E402

from analysis.cleaning.pay.annual_pay import (  # noqa: E402
    LARGEST_ANNUAL_USD,
    LEAST_HOURLY_USD,
    MINIMUM_WAGES_USD,
    ROUNDING,
)
from analysis.cleaning.pay.certification import Certification, parse_certification  # noqa: E402
from analysis.cleaning.pay.experience import Experience, parse_experience  # noqa: E402
from analysis.cleaning.pay.files import read_records  # noqa: E402
from analysis.cleaning.pay.pay_cell import PERIODS_PER_YEAR, Pay, Period, parse_pay, parse_period  # noqa: E402  # noqa: E402
from analysis.cleaning.pay.pay_columns import Hours, parse_hours  # noqa: E402
from analysis.cleaning.pay.records import clean_records  # noqa: E402
from analysis.cleaning.pay.setting import Setting, parse_remote, parse_setting  # noqa: E402
from analysis.cleaning.pay.state import parse_states  # noqa: E402
from analysis.cleaning.pay.vocabulary import (  # noqa: E402
    CREDENTIAL_ALIASES,
    SETTING_ALIASES,
    STATE_ALIASES,
    Vocabulary,
    vocabulary_of,
)
from analysis.cleaning.pay.words import (  # noqa: E402
    Unreadable,
    tidied,
)
from analysis.schemas.pay import SALARY_COLUMNS  # noqa: E402

MOST_SECONDS, MOST_GIB, LEAST_RATIO = 5.0, 1.5, 20.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--plain-rows", type=int, default=100_000)
    parser.add_argument("--run", choices=["suite", "plain"], help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.run:
        print(json.dumps(measured(given.run, given.file, given.plain_rows)))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "survey.csv"
        survey = demo.messy_survey(given.rows, seed=demo.SEED, published=demo.published())
        survey.to_csv(file, index=False)
        spellings = survey["What are you paid?"].nunique()
        del survey
        ours = run("suite", file, given.plain_rows)
        plain = run("plain", file, given.plain_rows)
    scaled = plain["seconds"] * given.rows / plain["rows"]
    print(f"{given.rows:,} rows, {spellings:,} spellings of pay")
    print(f"read as text        {ours['read_seconds']:8.2f} s")
    print(
        f"cleaned             {ours['seconds']:8.2f} s  ({ours['cpu_seconds']:.2f} s of processor; "
        f"at most {MOST_SECONDS:g}), peak {ours['peak_gib']:.2f} GiB (at most {MOST_GIB:g})"
    )
    print(
        f"plain pandas .apply {scaled:8.2f} s  (scaled from {plain['rows']:,} rows), "
        f"peak {plain['peak_gib']:.2f} GiB"
    )
    by_processor = plain["cpu_seconds"] * given.rows / plain["rows"] / ours["cpu_seconds"]
    print(
        f"ratio               {scaled / ours['seconds']:8.1f}    (at least {LEAST_RATIO:g}); "
        f"by processor time {by_processor:.1f}"
    )
    print(f"kept {ours['kept']:,}, set aside {ours['set_aside']:,}; the same rows as the plain way")


def run(side: str, file: Path, plain_rows: int) -> dict[str, float]:
    """Measure one side in a process of its own."""
    words = ["--run", side, "--file", str(file), "--plain-rows", str(plain_rows)]
    return figures_of(__file__, *words)


def measured(side: str, file: Path, plain_rows: int) -> dict[str, float]:
    """Read the file and clean it one way."""
    names = vocabulary()
    start = time.perf_counter()
    table = read_records(file)
    read_seconds = time.perf_counter() - start
    if side == "plain":
        table = table.head(plain_rows)
    start, start_cpu = time.perf_counter(), time.process_time()
    if side == "suite":
        cleaned = clean_records(table, demo.COLUMN_MAP, names)
    else:
        kept = plain_clean(table, names)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - start_cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    result = {
        "rows": len(table),
        "read_seconds": read_seconds,
        "seconds": seconds,
        "cpu_seconds": cpu_seconds,
        "peak_gib": peak,
    }
    if side == "suite":
        return {**result, "kept": len(cleaned.salaries), "set_aside": len(cleaned.set_aside)}
    ours = clean_records(table, demo.COLUMN_MAP, names).salaries
    pd.testing.assert_frame_equal(kept, ours[list(kept)])
    return result


def vocabulary() -> Vocabulary:
    """Read the alias tables from the repository."""
    tables = [
        pd.read_csv(ROOT / "data" / "raw" / path, dtype="str", keep_default_na=False)
        for path in (CREDENTIAL_ALIASES, SETTING_ALIASES, STATE_ALIASES)
    ]
    return vocabulary_of(credentials=tables[0], settings=tables[1], states=tables[2])


def plain_clean(table: pd.DataFrame, names: Vocabulary) -> pd.DataFrame:
    """Clean row by row, as one would with pandas alone; the same columns but the flags."""
    columns = {field: each[0] for field, each in demo.COLUMN_MAP.columns().items()}
    text = table.rename(columns={column: field for field, column in columns.items()}).fillna("")
    text = text[~text.duplicated()]

    def attempt(parse, *given):  # type: ignore[no-untyped-def]
        return lambda cell: quiet(parse, cell, *given)

    read = pd.DataFrame(
        {
            "pay": text["pay"].apply(attempt(parse_pay)),
            "period": text["pay_period"].apply(attempt(parse_period)),
            "hours": text["hours_per_week"].apply(attempt(parse_hours)),
            "experience": text["experience"].apply(attempt(parse_experience)),
            "credentials": text["credentials"].apply(
                attempt(parse_certification, names.credentials)
            ),
            "setting": text["setting"].apply(attempt(parse_setting, names.settings)),
            "remote": text["remote"].apply(attempt(parse_remote, names.settings)),
            "state": text["state"].apply(attempt(parse_states, names.states)),
            "education": text["education"].apply(attempt(tidied)),
            "job_title": text["job_title"].apply(attempt(tidied)),
            "record_id": text["record_id"],
            "weight": text["weight"],
        },
        dtype=object,
    )
    rows = read.apply(plain_row, axis=1)
    types = {name: kind for name, kind in SALARY_COLUMNS.items() if name != "flags"}
    return pd.DataFrame([row for row in rows if row]).astype(types)


def quiet(parse, cell, *given):  # type: ignore[no-untyped-def]
    """Parse one cell; None where it cannot be read."""
    try:
        return parse(cell, *given)
    except Unreadable:
        return None


def plain_row(row: pd.Series) -> dict[str, object]:
    """Put one row together; empty where its pay cannot be used."""
    pay = row["pay"]
    if not isinstance(pay, Pay):
        return {}
    period = Period.UNSTATED if pd.isna(row["period"]) else Period(int(row["period"]))
    hours = row["hours"].per_week if isinstance(row["hours"], Hours) else math.nan
    annual = annual_of_row(pay, period, hours)
    if annual is None:
        return {}
    certification, setting = row["credentials"], row["setting"]
    experience = row["experience"]
    named = setting.remote if isinstance(setting, Setting) else ""
    low, high, period = annual
    held = certification.credentials if isinstance(certification, Certification) else ()
    unknown = certification.unknown if isinstance(certification, Certification) else ()
    bonus = pay.bonus_usd
    if pay.bonus_share is not None:
        bonus = round((low + high) / 2 * pay.bonus_share, 2)
    return {
        "record_id": row["record_id"],
        "annual_pay_usd": round((low + high) / 2, 2),
        "annual_pay_low_usd": low,
        "annual_pay_high_usd": high,
        "bonus_usd": bonus,
        "pay_period": period.name.lower(),
        "hours_per_week": hours,
        "experience_years_low": experience.low if isinstance(experience, Experience) else None,
        "experience_years_high": experience.high if isinstance(experience, Experience) else None,
        "credentials": credentials_of_row(certification),
        "credential_bodies": "; ".join(sorted({each.body for each in held})) or None,
        "credential_level": "; ".join(each.level for each in held) or None,
        "credential_status": "; ".join(each.status for each in held) or None,
        "unknown_credentials": "; ".join(unknown) or None,
        "setting": "; ".join(setting.settings) or None if isinstance(setting, Setting) else None,
        "remote": row["remote"] if isinstance(row["remote"], str) else named or None,
        "state": "; ".join(row["state"]) if isinstance(row["state"], tuple) else None,
        "education": row["education"],
        "job_title": row["job_title"],
        "weight": float(row["weight"]),
    }


def annual_of_row(pay: Pay, in_column: Period, hours: float) -> tuple[float, float, Period] | None:
    """Annualise the pay of one row; None where it cannot be used."""
    period = pay.period or in_column or Period.ANNUAL
    is_good = is_plausible(pay, period, hours)
    if pay.period and in_column and pay.period != in_column:
        if not is_good or is_plausible(pay, in_column, hours):
            return None
    elif period == Period.ANNUAL and not pay.period and not is_good:
        is_hourly = pay.has_cents and not in_column
        is_hourly |= pay.high * 1000 < 2080 * MINIMUM_WAGES_USD[2010]
        if is_hourly and is_plausible(pay, Period.HOURLY, hours):
            period, is_good = Period.HOURLY, True
    if not is_good:
        return None
    factor = periods_per_year(period, hours)
    return round(pay.low * factor, 2), round(pay.high * factor, 2), period


def periods_per_year(period: Period, hours: float) -> float:
    """Say how many periods make a year."""
    if period == Period.HOURLY:
        return 52 * (40 if math.isnan(hours) else hours)
    return PERIODS_PER_YEAR[period]


def is_plausible(pay: Pay, period: Period, hours: float) -> bool:
    """Say whether pay in a period is a wage somebody may earn."""
    factor = periods_per_year(period, hours)
    if math.isnan(hours) and period != Period.HOURLY:
        least, largest = LEAST_HOURLY_USD * 1040, LARGEST_ANNUAL_USD
    else:
        hours_per_year = 52 * (40 if math.isnan(hours) else hours)
        least, largest = (
            LEAST_HOURLY_USD * hours_per_year,
            LARGEST_ANNUAL_USD / 2080 * hours_per_year,
        )
    return pay.low * factor >= least * (1 - ROUNDING) and pay.high * factor <= largest * (
        1 + ROUNDING
    )


def credentials_of_row(certification: object) -> str | None:
    """Write the credentials of one row."""
    if not isinstance(certification, Certification):
        return None
    if certification.says_none:
        return "none"
    return "; ".join(each.name for each in certification.credentials) or None


if __name__ == "__main__":
    main()
