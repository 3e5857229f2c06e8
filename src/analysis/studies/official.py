"""Published OEWS figures as estimates: with the interval their standard error gives."""

import pandas as pd

from analysis.estimate import INTERVAL, OWN_INTERVAL, Estimate
from analysis.models.wages import quantile_rse_pct
from analysis.studies.areas import NATION

ALL_INDUSTRIES = "000000"
SOURCE = "BLS, Occupational Employment and Wage Statistics"
UNITS = {"employment": "jobs", "jobs_per_1000": "jobs per 1,000", "location_quotient": "ratio"}
HOURLY = "_hourly_wage_usd"
PERCENTILES = {"p10": 0.10, "p25": 0.25, "median": 0.50, "p75": 0.75, "p90": 0.90}


def published(
    wages: pd.DataFrame,
    measure: str,
    *,
    occupation_code: str,
    area_code: str = NATION,
    industry_code: str = ALL_INDUSTRIES,
) -> Estimate:
    """Look up one published figure.

    Parameters
    ----------
    wages : DataFrame
        The processed table `wages`.
    measure : str
        One of its columns: "employment", "median_wage_usd", ...
    occupation_code, area_code, industry_code : str
        Which cell.

    Returns
    -------
    Estimate
        Kind official. The 90 % interval comes from the published relative standard error: that
        of employment for jobs, that of the mean wage for wages. Percentiles have no published
        error: theirs is estimated here (see `quantile_rse_pct`), and the limits say so. A
        suppressed figure has the value None, a top-coded one the value None and the bound as
        `low`; `note` says which.

    Examples
    --------
    >>> from analysis import processed
    >>> wages = processed.read("wages")
    >>> published(wages, "median_wage_usd", occupation_code="29-2072").value
    51140.0
    >>> published(wages, "employment", occupation_code="29-2072", area_code="VT").value is None
    True
    """
    rows = wages[
        wages["occupation_code"].eq(occupation_code)
        & wages["area_code"].eq(area_code)
        & wages["industry_code"].eq(industry_code)
    ]
    unit = _unit(measure)
    if rows.empty:
        return Estimate(
            kind="official",
            value=None,
            unit=unit,
            source=SOURCE,
            note="BLS publishes no estimate for this occupation here.",
        )
    row = rows.sort_values("year").iloc[-1]
    return _estimate(row, measure, unit=unit)


def _estimate(row: "pd.Series[float]", measure: str, *, unit: str) -> Estimate:
    """Turn one cell into an estimate."""
    year = f"May {row['year']}"
    if measure in str(row["top_coded"]).split("; "):
        return Estimate(
            kind="official",
            value=None,
            low=float(row[measure]),
            unit=unit,
            year=year,
            source=SOURCE,
            note="Top-coded: BLS publishes only that the wage is at least this much.",
        )
    if pd.isna(row[measure]):
        return Estimate(
            kind="official",
            value=None,
            unit=unit,
            year=year,
            source=SOURCE,
            note=_why_missing(row, measure),
        )
    value = float(row[measure])
    rse_pct = row["employment_rse_pct" if measure == "employment" else "mean_wage_rse_pct"]
    has_error = measure == "employment" or measure.endswith("_usd")
    if pd.isna(rse_pct) or not has_error:
        return Estimate(kind="official", value=value, unit=unit, year=year, source=SOURCE)
    own_rse_pct = _own_rse_pct(measure, float(rse_pct))
    return Estimate.with_se(
        value,
        se=value * own_rse_pct / 100,
        unit=unit,
        year=year,
        source=SOURCE,
        kind="official",
        limits=INTERVAL if own_rse_pct == rse_pct else OWN_INTERVAL,
    )


def _own_rse_pct(measure: str, published_rse_pct: float) -> float:
    """Widen the error of the mean wage to that of a percentile; others keep the published one."""
    share = PERCENTILES.get(measure.replace(HOURLY, "").replace("_wage_usd", ""))
    if share is None:
        return published_rse_pct
    return quantile_rse_pct(share, mean_rse_pct=published_rse_pct)


def _unit(measure: str) -> str:
    """Name the unit of a column of the wage table."""
    if measure.endswith("_pct"):
        return "percent"
    if measure.endswith(HOURLY):
        return "USD an hour"
    return UNITS.get(measure, "USD a year")


def _why_missing(row: "pd.Series[float]", measure: str) -> str:
    """Say why a cell is empty."""
    is_wage = measure.endswith("_usd")
    if row["is_wage_suppressed"] if is_wage else row["is_employment_suppressed"]:
        return "BLS did not release this estimate (too few reports or too large an error)."
    return "Not published for this area."
