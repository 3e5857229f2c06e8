"""How far projections were off, how that grows with their age, and how sure that is."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

SIZE_LIMITS = (10_000.0, 30_000.0, 100_000.0, 400_000.0)  # jobs in the base year


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Spread:
    """The errors of projections of occupations of one size, and how they grow with age.

    The share p of outcomes lies, h years after the base, at most `scaled_quantile(p)` * h **
    `exponent` above the projection, in logs: an empirical quantile, not that of a normal.

    Parameters
    ----------
    scaled : FloatArray
        log(actual / projected employment) / h ** exponent, one a case.
    exponent : float
        Slope of the log root mean square error on log h, by least squares over the horizons
        observed. 0.5 would be errors independent from year to year, 1 a pace that is wrong by the
        same amount every year.
    n_occupations, longest_horizon : int
        Occupations measured on, and the age in years of the oldest case; beyond it the spread is
        an extrapolation.
    """

    scaled: FloatArray
    exponent: float
    n_occupations: int
    longest_horizon: int

    @property
    def n_cases(self) -> int:
        """Projections held against outcomes."""
        return len(self.scaled)

    def log_error(self, years: ArrayLike, share: float) -> FloatArray:
        """Return the log error that a `share` of outcomes, 0 to 1, does not exceed."""
        return np.asarray(
            float(np.quantile(self.scaled, share)) * np.asarray(years, dtype=float) ** self.exponent
        )

    def root_mean_square(self, years: float) -> float:
        """Return the root mean square log error after `years`."""
        return float(np.sqrt(np.mean(self.scaled**2)) * years**self.exponent)


def size_class(jobs: ArrayLike) -> NDArray[np.int64]:
    """Return the number of the size of occupations, 0 the smallest, by `SIZE_LIMITS`.

    Examples
    --------
    >>> size_class([9_999, 194_800, 400_000]).tolist()
    [0, 3, 4]
    """
    return np.asarray(np.digitize(np.asarray(jobs, dtype=float), SIZE_LIMITS), dtype=np.int64)


def measure_spread(cases: pd.DataFrame) -> Spread:
    """Measure how far projections were off, and how that grows with their age.

    Parameters
    ----------
    cases : DataFrame
        occupation_code, horizon_years (above 0), log_error; of occupations of one size, with two
        horizons at least.

    Raises
    ------
    ValueError
        Fewer than two horizons, or one at which no projection was off.

    Examples
    --------
    Errors of 0.02 after one year and 0.04 after two grow with the horizon itself.

    >>> cases = pd.DataFrame({"occupation_code": ["a", "b", "a", "b"],
    ...     "horizon_years": [1, 1, 2, 2], "log_error": [0.02, -0.02, 0.04, -0.04]})
    >>> spread = measure_spread(cases)
    >>> round(spread.exponent, 3), round(spread.root_mean_square(10), 3)
    (1.0, 0.2)
    """
    rms = np.sqrt(cases["log_error"].pow(2).groupby(cases["horizon_years"]).mean())
    if len(rms) < 2 or not rms.gt(0).all():
        raise ValueError("Errors at two horizons at least are needed, none of them all zero.")
    exponent = float(np.polyfit(np.log(rms.index.to_numpy(float)), np.log(rms.to_numpy()), 1)[0])
    return Spread(
        scaled=(cases["log_error"] / cases["horizon_years"] ** exponent).to_numpy(),
        exponent=exponent,
        n_occupations=int(cases["occupation_code"].nunique()),
        longest_horizon=int(cases["horizon_years"].max()),
    )


def held_out_coverage(cases: pd.DataFrame) -> pd.DataFrame:
    """Count how often outcomes fell within the bands that the other occupations gave.

    Each occupation is left out in turn, with all its cases; the exponent stays that of all.

    Parameters
    ----------
    cases : DataFrame
        As in `measure_spread`.

    Returns
    -------
    DataFrame
        horizon_years (missing: all), n_cases, cover_50_pct, cover_90_pct.
    """
    spread = measure_spread(cases)
    codes = cases["occupation_code"].to_numpy()
    inside = pd.DataFrame(
        {"horizon_years": cases["horizon_years"].to_numpy(), "50": False, "90": False}
    )
    for code in np.unique(codes):
        own = codes == code
        limits = np.quantile(spread.scaled[~own], [0.05, 0.25, 0.75, 0.95])
        value = spread.scaled[own]
        inside.loc[own, "50"] = (limits[1] <= value) & (value <= limits[2])
        inside.loc[own, "90"] = (limits[0] <= value) & (value <= limits[3])
    groups = [*inside.groupby("horizon_years"), (None, inside)]
    return pd.DataFrame(
        [
            {
                "horizon_years": years,
                "n_cases": len(rows),
                "cover_50_pct": 100 * rows["50"].mean(),
                "cover_90_pct": 100 * rows["90"].mean(),
            }
            for years, rows in groups
        ]
    ).astype({"horizon_years": "Int64"})
