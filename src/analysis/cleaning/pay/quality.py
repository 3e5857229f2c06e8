"""Say how good a file of records is: what came in, was repaired, set aside, is missing."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.cleaning.pay.flags import MEANINGS, SEPARATOR, flag_name
from analysis.cleaning.pay.records import CleanedRecords
from analysis.disclosure import MINIMUM_RECORDS, summarise

RARE = "(spellings of too few records to show)"
SEVERAL = "several"
BIN_USD = 10_000
LISTED = 20  # texts that were not understood, of each field


@dataclass(frozen=True, slots=True, kw_only=True)
class QualitySummary:
    """Tables for a data-quality page; no cell tells of fewer than `minimum` records of pay.

    Parameters
    ----------
    rows : DataFrame
        what ("came in", "kept", "set aside"), rows, share_pct.
    columns : DataFrame
        column, field, filled, share_filled_pct, distinct, as the file came.
    repairs : DataFrame
        flag, meaning, rows, share_pct of the rows kept; the most frequent first.
    reasons : DataFrame
        reason, column, rows, share_pct of the rows that came in; the most frequent first.
    unread : DataFrame
        field, found, rows; at most `LISTED` of a field, spellings of fewer than `minimum`
        records together as `RARE`.
    missing : DataFrame
        column of `salaries`, rows without a value, share_pct of the rows kept.
    pay : DataFrame
        bin_low_usd, bin_high_usd, records: annual pay in bins of 10,000 dollars, the ends
        merged inwards until each bin holds `minimum` records.
    by_setting, by_state, by_credential : DataFrame
        As `disclosure.summarise`, of annual pay; records with several settings, states or
        credentials are together in `SEVERAL`.
    minimum : int
        Fewest records a cell may tell of.
    """

    rows: pd.DataFrame
    columns: pd.DataFrame
    repairs: pd.DataFrame
    reasons: pd.DataFrame
    unread: pd.DataFrame
    missing: pd.DataFrame
    pay: pd.DataFrame
    by_setting: pd.DataFrame
    by_state: pd.DataFrame
    by_credential: pd.DataFrame
    minimum: int


def quality_summary(cleaned: CleanedRecords, *, minimum: int = MINIMUM_RECORDS) -> QualitySummary:
    """Summarise what cleaning found.

    Parameters
    ----------
    cleaned : CleanedRecords
        As `clean_records` returns it.
    minimum : int
        Fewest records a cell of pay, or a spelling, may tell of; at least 1.
    """
    salaries, rows_in, kept = cleaned.salaries, cleaned.rows_in, len(cleaned.salaries)
    counts = pd.Series({"came in": rows_in, "kept": kept, "set aside": len(cleaned.set_aside)})
    rows = counts.rename_axis("what").reset_index(name="rows")
    given = cleaned.given
    missing = salaries.isna().sum().rename_axis("column").reset_index(name="rows")
    return QualitySummary(
        rows=rows.assign(share_pct=_share_pct(rows["rows"], rows_in)),
        columns=given.assign(share_filled_pct=_share_pct(given["filled"], rows_in)),
        repairs=_repairs(salaries),
        reasons=_reasons(cleaned.set_aside, rows_in),
        unread=_unread(cleaned.unread, minimum),
        missing=missing.assign(share_pct=_share_pct(missing["rows"], kept)),
        pay=pay_bins(salaries["annual_pay_usd"], minimum=minimum),
        by_setting=_by(salaries, "setting", minimum),
        by_state=_by(salaries, "state", minimum),
        by_credential=_by(salaries, "credentials", minimum),
        minimum=minimum,
    )


def pay_bins(annual_pay_usd: pd.Series, *, minimum: int = MINIMUM_RECORDS) -> pd.DataFrame:
    """Count records in bins of 10,000 dollars, bins joined until each has `minimum` records.

    Examples
    --------
    >>> pay = pd.Series([41_000.0] * 3 + [55_000.0] * 12 + [99_000.0])
    >>> pay_bins(pay, minimum=5).values.tolist()
    [[40000, 100000, 16]]
    >>> pay_bins(pay, minimum=1)["records"].sum()
    np.int64(16)
    """
    names = ["bin_low_usd", "bin_high_usd", "records"]
    known = annual_pay_usd.dropna()
    bins = np.floor(known / BIN_USD).astype("int64").value_counts().sort_index()
    joined: list[tuple[int, int, int]] = []
    low, records = None, 0
    for place, count in bins.items():
        low = int(str(place)) if low is None else low
        records += int(count)
        if records >= minimum:
            joined.append((low * BIN_USD, (int(str(place)) + 1) * BIN_USD, records))
            low, records = None, 0
    if records and joined:
        first, _, before = joined.pop()
        joined.append((first, (int(bins.index[-1]) + 1) * BIN_USD, before + records))
    return pd.DataFrame(joined, columns=names).astype("int64")


def _share_pct(counts: pd.Series, whole: int) -> pd.Series:
    """Express counts as a percentage of a whole; missing where the whole is nothing."""
    return counts.astype("float64") * 100 / whole if whole else counts.astype("float64") * np.nan


def _repairs(salaries: pd.DataFrame) -> pd.DataFrame:
    """Count the rows of each flag."""
    sets = salaries["flags"].value_counts()
    counts = {flag_name(flag): 0 for flag in MEANINGS}
    for names, rows in sets.items():
        for name in str(names).split(SEPARATOR):
            if name in counts:
                counts[name] += int(rows)
    table = pd.DataFrame(
        {
            "flag": list(counts),
            "meaning": list(MEANINGS.values()),
            "rows": list(counts.values()),
        }
    )
    found = table[table["rows"] > 0].sort_values("rows", ascending=False, kind="stable")
    return found.assign(share_pct=_share_pct(found["rows"], len(salaries))).reset_index(drop=True)


def _reasons(set_aside: pd.DataFrame, rows_in: int) -> pd.DataFrame:
    """Count the rows of each reason."""
    counts = (
        set_aside.groupby(["reason", "column"], observed=True)
        .size()
        .reset_index(name="rows")
        .sort_values(["rows", "reason"], ascending=[False, True], ignore_index=True)
    )
    return counts.assign(share_pct=_share_pct(counts["rows"], rows_in))


def _unread(unread: pd.DataFrame, minimum: int) -> pd.DataFrame:
    """List frequent texts that were not understood, rare ones together."""
    is_listed = unread["rows"].ge(minimum) & (unread.groupby("field").cumcount() < LISTED)
    rest = unread[~is_listed].groupby("field")["rows"].sum().reset_index().assign(found=RARE)
    every = pd.concat([unread[is_listed], rest[["field", "found", "rows"]]])
    return every.sort_values("field", kind="stable", ignore_index=True)


def _by(salaries: pd.DataFrame, column: str, minimum: int) -> pd.DataFrame:
    """Tabulate annual pay by one column, answers of several parts together."""
    is_several = salaries[column].str.contains(SEPARATOR, regex=False).fillna(False).astype(bool)
    grouped = salaries.assign(**{column: salaries[column].mask(is_several, SEVERAL)})
    return summarise(grouped, by=[column], value="annual_pay_usd", weight="weight", minimum=minimum)
