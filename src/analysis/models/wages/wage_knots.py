"""Which published percentiles a wage distribution can pass through, and which only bound it."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analysis.errors import WrongInput

PERCENTILE_COLUMNS = {
    "p10_wage_usd": 10,
    "p25_wage_usd": 25,
    "median_wage_usd": 50,
    "p75_wage_usd": 75,
    "p90_wage_usd": 90,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Knots:
    """Percentiles sorted into known wages and the lowest bound.

    Parameters
    ----------
    shares, wages_usd : tuple of float
        Shares of workers, 0 to 1, ascending, and the wage at each.
    bound_share, bound_usd : float or None
        The lowest top-coded percentile and its bound.
    """

    shares: tuple[float, ...]
    wages_usd: tuple[float, ...]
    bound_share: float | None
    bound_usd: float | None


def read_knots(percentiles: Mapping[int, float | None], *, top_code_usd: float | None) -> Knots:
    """Sort percentiles by what they say; None and NaN say nothing.

    Parameters
    ----------
    percentiles : mapping of int to float or None
        Percentile, 1 to 99, to wage.
    top_code_usd : float or None
        Wages at or above it are bounds.

    Raises
    ------
    WrongInput
        A wage or percentile out of range, wages that descend, or fewer than two different
        wages left.

    Examples
    --------
    >>> read_knots({50: 180_000, 25: 130_000, 10: None, 90: 239_200}, top_code_usd=239_200)
    Knots(shares=(0.25, 0.5), wages_usd=(130000.0, 180000.0), bound_share=0.9, bound_usd=239200.0)
    """
    known = {
        percent / 100: float(wage)
        for percent, wage in sorted(percentiles.items())
        if wage is not None and not np.isnan(wage)
    }
    top_code = np.inf if top_code_usd is None else top_code_usd
    knots = {share: wage for share, wage in known.items() if wage < top_code}
    bounds = {share: wage for share, wage in known.items() if wage >= top_code}
    _check(known, different=len(set(knots.values())))
    return Knots(
        shares=tuple(knots),
        wages_usd=tuple(knots.values()),
        bound_share=min(bounds, default=None),
        bound_usd=min(bounds.values(), default=None),
    )


def _check(known: Mapping[float, float], *, different: int) -> None:
    """Raise unless the percentiles make a distribution."""
    wages = list(known.values())
    if outside := [share for share in known if not 0 < share < 1]:
        raise WrongInput(f"Percentiles must lie between 0 and 100; found {100 * outside[0]:g}.")
    if any(not 0 < wage < np.inf for wage in wages):
        raise WrongInput(f"Wages must be above 0 and finite; found {wages}.")
    if any(low > high for low, high in pairwise(wages)):
        raise WrongInput(f"A higher percentile must not have a lower wage; found {wages}.")
    if different < 2:
        raise WrongInput(
            "At least two different wages that are neither missing nor top-coded are needed; "
            f"found {wages}. Use an area with more published percentiles."
        )
