"""Where own records of pay lie beside what is published for the place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd
from scipy.stats import binom

from analysis.disclosure import MINIMUM_RECORDS, TOTAL, summarise
from analysis.models.wages import WageDistribution
from analysis.pay_records import RecordFile, records_needed
from analysis.studies.areas import Area
from analysis.studies.part import Part

SUBJECT = "Setting own pay beside the published"
UNSTATED = "not stated"
LEVEL = 0.90


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPay(Part):
    """Pay in own records by setting, each median placed on the published distribution.

    Parameters
    ----------
    table : DataFrame
        setting ("All" last), records, p25_usd, median_usd with its 90 % limits low_usd and
        high_usd, p75_usd, official_percentile (of the median, 0 to 100; missing where the place
        has no distribution). Numbers are missing in cells of few records, and in those that
        would give them back.
    is_synthetic : bool
        True where the records are made up.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "setting": "Setting",
            "records": "Records",
            "p25_usd": "25th percentile, USD a year",
            "median_usd": "Median, USD a year",
            "low_usd": "from",
            "high_usd": "to",
            "p75_usd": "75th percentile, USD a year",
            "official_percentile": "Percentile of the median among all workers",
        }
    )

    is_synthetic: bool = False


def own_pay(file: RecordFile | None, area: Area, distribution: WageDistribution | None) -> OwnPay:
    """Summarise own records of a place by setting, safe to publish.

    Parameters
    ----------
    file : RecordFile or None
        Cleaned records; None where there are none.
    area : Area
        The nation, or a place whose (first) state the records must be from.
    distribution : WageDistribution or None
        Published pay of the place.

    Examples
    --------
    >>> own_pay(None, Area(code="US", name="United States", kind="nation", state="US"), None).reason
    'Setting own pay beside the published needs records of pay, one row a person: ...'
    """
    if file is None:
        return OwnPay(table=pd.DataFrame(), reason=records_needed(SUBJECT))
    records = file.table if area.is_nation else file.table[file.table["state"].eq(area.state)]
    paid = records.dropna(subset=["annual_pay_usd"])
    if len(paid) < MINIMUM_RECORDS:
        where = "" if area.is_nation else f" from {area.state}"
        return OwnPay(
            table=pd.DataFrame(),
            reason=f"{file.name} has fewer than {MINIMUM_RECORDS} records of pay{where}.",
            is_synthetic=file.is_synthetic,
        )
    settings = paid.assign(setting=paid["setting"].fillna(UNSTATED))
    cells = summarise(settings, by=["setting"], value="annual_pay_usd")
    limits = [
        median_interval(_pay_of(settings, setting)) if pd.notna(count) else (np.nan, np.nan)
        for setting, count in zip(cells["setting"], cells["records"], strict=True)
    ]
    table = pd.DataFrame(
        {
            "setting": cells["setting"],
            "records": cells["records"],
            "p25_usd": cells["p25"],
            "median_usd": cells["p50"],
            "low_usd": [low for low, _ in limits],
            "high_usd": [high for _, high in limits],
            "p75_usd": cells["p75"],
            "official_percentile": _percentiles(distribution, cells["p50"]),
        }
    )
    return OwnPay(
        table=table,
        source=file.source,
        note=(
            f"Unweighted; from and to: {LEVEL:.0%} interval of the median, as if the records were "
            f"drawn at random. Settings with fewer than {MINIMUM_RECORDS} records are not shown, "
            "nor what would give them back. Who answers a survey is not who works in the "
            "occupation: the percentile compares, it does not correct."
        ),
        is_synthetic=file.is_synthetic,
    )


def median_interval(values: "pd.Series[float]") -> tuple[float, float]:
    """Return a 90 % interval of the median by order statistics.

    The number of values below the true median is binomial (n, 1/2), whatever they are
    distributed as; the interval runs between the two values that leave at most 5 % on each side.

    Parameters
    ----------
    values : Series
        At least 5, so that such values exist.

    References
    ----------
    Conover (1999), Practical Nonparametric Statistics, section 3.2.

    Examples
    --------
    >>> median_interval(pd.Series(range(1, 11), dtype="float64"))
    (2.0, 9.0)
    """
    ordered = np.sort(values.to_numpy(dtype=np.float64))
    rank = int(binom.ppf((1 - LEVEL) / 2, ordered.size, 0.5))
    return float(ordered[rank - 1]), float(ordered[ordered.size - rank])


def _pay_of(records: pd.DataFrame, setting: str) -> "pd.Series[float]":
    """Take the pay of one setting, or of all."""
    pay = records["annual_pay_usd"]
    return pay if setting == TOTAL else pay[records["setting"].eq(setting)]


def _percentiles(
    distribution: WageDistribution | None, medians: "pd.Series[float]"
) -> "pd.Series[float]":
    """Place each median on the published distribution; missing stays missing."""
    if distribution is None:
        return pd.Series(np.nan, index=medians.index)
    return medians.map(
        lambda usd: np.nan if pd.isna(usd) else 100 * float(distribution.percentile_of(usd))
    ).astype("float64")
