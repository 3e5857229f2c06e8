"""A department's own coding speed: records over minutes, with the error between coders."""

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from analysis.estimate import Estimate

MINUTES = 480.0  # of 8 paid hours
LEVEL = 0.90


def own_rate(
    records: Sequence[float], minutes: Sequence[float], clusters: Sequence[Hashable]
) -> Estimate:
    """Estimate the records in 8 hours, with a 90 % interval from the scatter between clusters.

    The rate is R = 480 sum(records) / sum(minutes), a ratio of totals. With y and x the totals of
    each of n clusters, its variance is n / (n - 1) sum (480 y - R x)^2 / (sum x)^2 (Cochran 1977,
    Sampling Techniques, section 6.3), and the interval Student's t with n - 1 degrees of freedom.

    Parameters
    ----------
    records, minutes : sequence of float
        Of each row of a log, above 0.
    clusters : sequence
        Whose rows hang together: the coder, or the day where one coder alone was logged.

    Returns
    -------
    Estimate
        Without limits where there is a single cluster.

    Examples
    --------
    Two coders, 20 and 28 records in 8 hours each: 24 on average, with an error of 4.

    >>> found = own_rate([20, 28], [480, 480], ["a", "b"])
    >>> found.value, round(found.se, 2)
    (24.0, 4.0)
    """
    totals = pd.DataFrame({"y": records, "x": minutes}, dtype="float64").groupby(
        pd.Series(list(clusters)).to_numpy()
    )
    y, x = (totals.sum()[name].to_numpy() for name in ("y", "x"))
    rate, number = float(MINUTES * y.sum() / x.sum()), len(y)
    unit, source = "records in 8 hours", "own log of coded records"
    if number < 2:
        note = "no interval: one coder on one day"
        return Estimate(value=rate, unit=unit, kind="own tabulation", source=source, note=note)
    squares = float(((MINUTES * y - rate * x) ** 2).sum())
    se = float(np.sqrt(number / (number - 1) * squares) / x.sum())
    half = float(stats.t.ppf((1 + LEVEL) / 2, number - 1)) * se
    note = "" if half < rate else "too few coders or days for an interval above 0"
    return Estimate(
        value=rate,
        unit=unit,
        kind="own tabulation",
        source=source,
        se=se,
        low=max(0.0, rate - half),
        high=rate + half,
        note=note,
    )


def own_rates(log: pd.DataFrame) -> pd.DataFrame:
    """Estimate the rate of each encounter type in a log.

    Parameters
    ----------
    log : DataFrame
        coder, date, type, records, minutes.

    Returns
    -------
    DataFrame
        type, coders, days, records, records_per_8_hours, low, high (missing where one coder worked
        one day), note.
    """
    rows = []
    for kind, of_type in log.groupby("type"):
        coders = len(of_type["coder"].unique())
        by = "coder" if coders > 1 else "date"
        rate = own_rate(
            of_type["records"].tolist(), of_type["minutes"].tolist(), of_type[by].tolist()
        )
        rows.append(
            {
                "type": kind,
                "coders": coders,
                "days": len(of_type["date"].unique()),
                "records": of_type["records"].sum(),
                "records_per_8_hours": rate.value,
                "low": rate.low,
                "high": rate.high,
                "note": rate.note,
            }
        )
    return pd.DataFrame(rows).astype({"low": "float64", "high": "float64"})
