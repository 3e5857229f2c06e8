"""Who passes the exams, year by year, with the error that the number of takers leaves."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from analysis.estimate import Estimate
from analysis.studies.part import BLANK, Part

ALPHA = 0.10  # of the 90 % interval


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRecord(Part):
    """First-time pass rates.

    Parameters
    ----------
    table : DataFrame
        credential, year, pass_rate_pct, low_pct, high_pct (missing where the number of takers is
        not published), first_time_testers, origin (source and mark).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "credential": "Exam",
            "year": "Year",
            "pass_rate_pct": "Passed first time",
            "low_pct": "from",
            "high_pct": "to",
            "first_time_testers": "First-time takers",
            "origin": "Source [verified]",
        }
    )

    def latest(self, credential: str) -> Estimate:
        """Return the latest pass rate of an exam; "all" is the one with the most takers."""
        rows = self.table
        if credential == "all":
            newest = rows[rows["year"].eq(rows["year"].max())]
            counted = newest.dropna(subset=["first_time_testers"])
            rows = counted.nlargest(1, "first_time_testers") if len(counted) else newest.head(1)
        else:
            rows = rows[rows["credential"].eq(credential)].nlargest(1, "year")
        if rows.empty:
            return Estimate(
                value=None,
                unit="percent",
                source="AAPC and AHIMA",
                note=f"No pass rate is published for {credential}.",
            )
        row = rows.iloc[0]
        has_interval = bool(pd.notna(row["low_pct"]))
        return Estimate(
            value=float(row["pass_rate_pct"]),
            low=float(row["low_pct"]) if has_interval else None,
            high=float(row["high_pct"]) if has_interval else None,
            unit="percent",
            year=str(row["year"]),
            source=str(row["source_title"]),
            note=f"{row['credential']}, first-time takers.",
        )


def pass_record(pass_rates: pd.DataFrame, credential: str = "all") -> PassRecord:
    """Give each pass rate its 90 % Wilson interval, where the number of takers is published.

    Parameters
    ----------
    pass_rates : DataFrame
        The processed table of that name.
    credential : str
        "all", or one exam.

    References
    ----------
    Wilson (1927); Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion.

    Examples
    --------
    >>> from analysis import processed
    >>> found = pass_record(processed.read("pass_rates"), "CCS").latest("CCS")
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (84.0, 83.2, 84.7)
    """
    rows = (
        pass_rates if credential == "all" else pass_rates[pass_rates["credential"].eq(credential)]
    )
    if rows.empty:
        return PassRecord(
            table=rows.assign(low_pct=[], high_pct=[], origin=[]),
            reason=f"No pass rate is published for {credential}; the bodies publish few.",
        )
    limits = [
        _wilson(rate, takers)
        for rate, takers in zip(rows["pass_rate_pct"], rows["first_time_testers"], strict=True)
    ]
    return PassRecord(
        table=rows.assign(
            low_pct=[low for low, _ in limits],
            high_pct=[high for _, high in limits],
            origin=rows["source_title"] + " [" + rows["verification"] + "]",
        )
        .astype({"low_pct": "float64", "high_pct": "float64"})
        .sort_values(["credential", "year"], ignore_index=True),
        source="AHIMA, through the pages named in each row",
        note=(
            "Intervals are Wilson's, of chance among like takers; without the number of takers "
            f"there is none ({BLANK}). Who sits an exam changes from year to year. AAPC publishes "
            "no pass rate for CPC."
        ),
    )


def _wilson(rate_pct: float, takers: float) -> tuple[float, float]:
    """Return the 90 % interval of a rate in percent; missing without the number of takers."""
    if pd.isna(takers):
        return float("nan"), float("nan")
    low, high = proportion_confint(takers * rate_pct / 100, takers, alpha=ALPHA, method="wilson")
    return 100 * float(low), 100 * float(high)
