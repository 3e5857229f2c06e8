"""Pay over the years: in the occupation by experience, and without it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from analysis.errors import WrongInput
from analysis.models.wages import WageDistribution, place_bands
from analysis.studies.areas import NATION, Area
from analysis.studies.official import ALL_INDUSTRIES, SOURCE

FloatArray = NDArray[np.float64]

# Assumption: years of experience and the share of the occupation that earns less. With people
# leaving at the rate BLS publishes (6.4 % a year) the normal scores of this path average zero over
# the workforce, so that the path gives back the published median (see `workforce_score`).
EXPERIENCE_YEARS = (0.0, 2.0, 8.0, 20.0)
EXPERIENCE_SHARES = (0.10, 0.25, 0.50, 0.75)
CAREER_YEARS = 40.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreMoments:
    """Mean and spread of the experience path's normal scores over a workforce.

    Parameters
    ----------
    mean : float
        0 where the path gives back the published median.
    within_sd : float
        Spread of pay positions at equal experience that makes the whole as wide as published.
    """

    mean: float
    within_sd: float


def experience_score(years: float | Sequence[float] | FloatArray) -> FloatArray:
    """Return the normal score of pay at `years` of experience: p10 at entry, p75 from year 20.

    Straight between 0 years (10th percentile), 2 (25th), 8 (median) and 20 (75th), then level. An
    assumption: OEWS knows no experience. See `workforce_score` for what supports it.

    Examples
    --------
    >>> ndtr(experience_score([0, 2, 8, 30])).round(2)
    array([0.1 , 0.25, 0.5 , 0.75])
    """
    scores = np.interp(np.asarray(years, float), EXPERIENCE_YEARS, ndtri(EXPERIENCE_SHARES))
    return np.asarray(scores, dtype=np.float64)


def workforce_score(annual_separation_rate: float) -> ScoreMoments:
    """Average the experience path over a workforce of up to 40 years that people leave steadily.

    Parameters
    ----------
    annual_separation_rate : float
        Share that leaves in a year, 0 or above, below 1.

    Examples
    --------
    >>> moments = workforce_score(0.064)
    >>> round(moments.mean, 2), round(moments.within_sd, 2)
    (0.0, 0.82)
    """
    years = np.linspace(0, CAREER_YEARS, 4001)
    weights = (1 - annual_separation_rate) ** years
    scores = experience_score(years)
    mean = float(np.average(scores, weights=weights))
    between = float(np.average((scores - mean) ** 2, weights=weights))
    return ScoreMoments(mean=mean, within_sd=max(0.0, 1 - between) ** 0.5)


def pay_by_experience(
    pay: WageDistribution, years: Sequence[float] | FloatArray, *, position: float = 0.0
) -> FloatArray:
    """Read the annual wage in USD at each number of years of experience.

    Parameters
    ----------
    pay : WageDistribution
        Of the occupation in the area.
    years : sequence of float
        Of experience.
    position : float
        How far a person stands above (below) others of equal experience, as a normal score.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({10: 37000, 25: 43490, 50: 51140})
    >>> pay_by_experience(pay, [0, 2, 8]).round()
    array([37000., 43490., 51140.])
    """
    return pay.quantile(ndtr(experience_score(years) + position))


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
