"""What an occupation pays in an area, and the guide's pay by experience beside it."""

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.wages.distribution import WageDistribution, place_bands
from analysis.models.wages.experience import EXPERIENCE_YEARS, pay_by_experience
from analysis.studies.areas import NATION, Area
from analysis.studies.official import ALL_INDUSTRIES, SOURCE


def area_pay(
    wages: pd.DataFrame, *, occupation_code: str, area: Area
) -> tuple[WageDistribution, str]:
    """Return the pay distribution of an area, or of its state or the nation, and a note if so.

    Raises
    ------
    WrongInput
        Not even the nation has percentiles for the occupation.
    """
    for code in dict.fromkeys((area.code, area.state, NATION)):
        rows = wages[
            wages["occupation_code"].eq(occupation_code)
            & wages["area_code"].eq(code)
            & wages["industry_code"].eq(ALL_INDUSTRIES)
        ].sort_values("year")
        if rows.empty:
            continue
        row = rows.iloc[-1]
        try:
            pay = WageDistribution.from_row(row, year=f"May {row['year']}", source=SOURCE)
        except WrongInput:
            continue
        place = "the United States" if code == NATION else str(row["area_name"])
        note = (
            ""
            if code == area.code
            else f"BLS publishes no wage percentiles for {area.name}; those of {place} are used."
        )
        return pay, note
    raise WrongInput(
        f"occupation must be one with published wage percentiles; {occupation_code} has none."
    )


def experience_bands(
    bands: pd.DataFrame, pay: WageDistribution, *, national_pay: WageDistribution | None = None
) -> pd.DataFrame:
    """Hold the guide's pay by experience against the published distribution and the path.

    Parameters
    ----------
    bands : DataFrame
        The processed table `guide_salary_by_experience`.
    pay : WageDistribution
        Of the area.
    national_pay : WageDistribution or None
        Adds `low_percentile_us` and `high_percentile_us`.

    Returns
    -------
    DataFrame
        tier, years_low, years_high, low_usd, high_usd (the guide's), low_percentile,
        high_percentile, share_inside (where they lie on the official distribution), path_low_usd,
        path_high_usd (official pay by the experience path at those years; missing where the tier
        names no years).
    """
    named = bands.rename(columns={"salary_low_usd": "low_usd", "salary_high_usd": "high_usd"})
    placed = place_bands(pay, named[["tier", "years_low", "years_high", "low_usd", "high_usd"]])
    last = placed["years_high"].fillna(EXPERIENCE_YEARS[-1]).where(placed["years_low"].notna())
    placed = placed.assign(
        path_low_usd=_path_or_missing(pay, placed["years_low"]),
        path_high_usd=_path_or_missing(pay, last),
    )
    if national_pay is None:
        return placed
    national = place_bands(national_pay, named[["low_usd", "high_usd"]])
    return placed.assign(
        low_percentile_us=national["low_percentile"], high_percentile_us=national["high_percentile"]
    )


def _path_or_missing(pay: WageDistribution, years: pd.Series) -> pd.Series:
    """Read the path at each number of years; missing where there is none."""
    known = years.dropna().astype("float64")
    values = pay_by_experience(pay, known.tolist())
    return pd.Series(values, index=known.index, dtype="float64").reindex(years.index)
