"""The pay of an occupation in an area as a distribution, from its published percentiles."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Any, overload

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from analysis.errors import WrongInput
from analysis.estimate import INTERVAL, NORMAL_90, OWN_INTERVAL, Estimate
from analysis.models.wages.curve import FloatArray, WageCurves
from analysis.models.wages.error import SE_ASSUMPTION, quantile_rse_pct, share_se

PERCENTILE_COLUMNS = {
    "p10_wage_usd": 10,
    "p25_wage_usd": 25,
    "median_wage_usd": 50,
    "p75_wage_usd": 75,
    "p90_wage_usd": 90,
}
ROUNDING = 1e-9  # a share this close to a knot is the knot


@dataclass(frozen=True, slots=True, kw_only=True)
class WageDistribution:
    """Wages of the workers of one cell, known at a few percentiles; build it with `from_...`.

    Log wages are a PCHIP in the normal score between the knots and lognormal beyond the first
    and last knot, at the slope of the last two. Over the areas
    whose knots are not tied, the mean this predicts differs from the published one by 1.1 %
    (median).

    Parameters
    ----------
    shares : tuple of float
        Shares of workers at or below each knot, in (0, 1), ascending.
    wages_usd : tuple of float
        Wages at the knots, above 0, never descending, at least two different ones.
    bound_share, bound_usd : float or None
        The lowest top-coded percentile: the wage at `bound_share` is at least `bound_usd`.
    relative_standard_error_pct : float or None
        Of the mean wage, in percent; None where the source gives none.
    unit, year, source : str
        Passed on to every estimate.
    """

    shares: tuple[float, ...]
    wages_usd: tuple[float, ...]
    bound_share: float | None = None
    bound_usd: float | None = None
    relative_standard_error_pct: float | None = None
    unit: str = "USD a year"
    year: str = ""
    source: str = ""

    @classmethod
    def from_percentiles(
        cls,
        percentiles: Mapping[int, float | None],
        *,
        top_code_usd: float | None = None,
        relative_standard_error_pct: float | None = None,
        unit: str = "USD a year",
        year: str = "",
        source: str = "",
    ) -> "WageDistribution":
        """Build the distribution from wages by percentile, such as {10: 37000, 50: 51140}.

        Parameters
        ----------
        percentiles : mapping of int to float or None
            Percentile, 1 to 99, to wage in USD; None and NaN are passed over.
        top_code_usd : float or None
            Wages at or above it are lower bounds, not knots; of OEWS at present 239200 a
            year or 115 an hour.
        relative_standard_error_pct, unit, year, source
            As in the class.

        Raises
        ------
        WrongInput
            A wage or percentile out of range, wages that descend, or fewer than two different
            wages left.

        Examples
        --------
        >>> coders = WageDistribution.from_percentiles(
        ...     {10: 37000, 25: 43490, 50: 51140, 75: 64820, 90: 81150}
        ... )
        >>> round(coders.quantile(0.5)), round(coders.mean())
        (51140, 56040)
        >>> round(coders.percentile_of(60000), 3)
        0.679
        """
        known = {
            percent / 100: wage
            for percent, given in sorted(percentiles.items())
            if (wage := _given(given)) is not None
        }
        top_code = np.inf if top_code_usd is None else top_code_usd
        knots = {share: wage for share, wage in known.items() if wage < top_code}
        bounds = {share: wage for share, wage in known.items() if wage >= top_code}
        _check(known, different=len(set(knots.values())))
        return cls(
            shares=tuple(knots),
            wages_usd=tuple(knots.values()),
            bound_share=min(bounds, default=None),
            bound_usd=min(bounds.values(), default=None),
            relative_standard_error_pct=_given(relative_standard_error_pct),
            unit=unit,
            year=year,
            source=source,
        )

    @classmethod
    def from_row(
        cls, row: Mapping[Hashable, Any] | pd.Series, *, year: str = "", source: str = ""
    ) -> "WageDistribution":
        """Build the distribution from a row of the processed wages table.

        Parameters
        ----------
        row : mapping or Series
            p10_wage_usd, p25_wage_usd, median_wage_usd, p75_wage_usd, p90_wage_usd (missing
            allowed); is_top_coded, if there, says that the highest of them is a bound;
            mean_wage_rse_pct, if there, is the relative standard error.
        year, source : str
            As in the class.

        Raises
        ------
        WrongInput
            As in `from_percentiles`.

        Examples
        --------
        >>> row = {"p10_wage_usd": 37000, "median_wage_usd": 51140, "p90_wage_usd": None}
        >>> WageDistribution.from_row(row).shares
        (0.1, 0.5)
        """
        wages = {percent: _given(row.get(column)) for column, percent in PERCENTILE_COLUMNS.items()}
        top_code = max((wage for wage in wages.values() if wage is not None), default=None)
        return cls.from_percentiles(
            wages,
            top_code_usd=top_code if row.get("is_top_coded", False) else None,
            relative_standard_error_pct=_given(row.get("mean_wage_rse_pct")),
            year=year,
            source=source,
        )

    @property
    def is_collapsed(self) -> bool:
        """True where two neighbouring percentiles fell into one pay interval and are equal."""
        return any(low == high for low, high in pairwise(self.wages_usd))

    @property
    def is_top_coded(self) -> bool:
        """True where some percentile is only known to be at least `bound_usd`."""
        return self.bound_usd is not None

    @property
    def log_wage_sd(self) -> float:
        """The standard deviation of log wages: least-squares slope of log wages on scores."""
        slope, _ = np.polyfit(ndtri(np.array(self.shares)), np.log(self.wages_usd), 1)
        return float(slope)

    @overload
    def quantile(self, p: float) -> float: ...
    @overload
    def quantile(self, p: Sequence[float] | FloatArray) -> FloatArray: ...
    def quantile(self, p: float | Sequence[float] | FloatArray) -> float | FloatArray:
        """Read the wage in USD that a share `p` of workers earns at most.

        Exact at the knots and never falling; flat only between tied knots.

        Raises
        ------
        ValueError
            A share at or outside 0 and 1.

        Examples
        --------
        >>> pay = WageDistribution.from_percentiles({25: 40000, 75: 60000})
        >>> pay.quantile([0.25, 0.5, 0.9]).round()
        array([40000., 48990., 72010.])
        """
        shares = np.asarray(p, dtype=np.float64)
        if not np.all((shares > 0) & (shares < 1)):
            raise ValueError(f"Shares must lie between 0 and 1, both excluded, not {p}.")
        wages = np.exp(self.curve().log_quantiles(ndtri(shares).ravel())[:, 0])
        return float(wages[0]) if shares.ndim == 0 else wages.reshape(shares.shape)

    @overload
    def percentile_of(self, usd: float) -> float: ...
    @overload
    def percentile_of(self, usd: Sequence[float] | FloatArray) -> FloatArray: ...
    def percentile_of(self, usd: float | Sequence[float] | FloatArray) -> float | FloatArray:
        """Give the share of workers, 0 to 1, who earn at most `usd`; the inverse of `quantile`.

        A wage published for several percentiles gets the middle of their span: 0.175 for a
        wage that is both the 10th and the 25th percentile.

        Raises
        ------
        ValueError
            A wage that is not above 0.

        Examples
        --------
        >>> pay = WageDistribution.from_percentiles({10: 40260, 25: 40260, 50: 46720})
        >>> pay.is_collapsed, round(pay.percentile_of(40260), 3)
        (True, 0.175)
        """
        wages = np.asarray(usd, dtype=np.float64)
        if not np.all(wages > 0):
            raise ValueError(f"Wages must be above 0 USD, not {usd}.")
        shares = ndtr(self.curve().scores_of(np.log(wages).ravel()))
        for tied_usd, low, high in self.ties():
            shares = np.where(
                np.isclose(wages.ravel(), tied_usd, rtol=1e-12, atol=0), (low + high) / 2, shares
            )
        return float(shares[0]) if wages.ndim == 0 else shares.reshape(wages.shape)

    def mean(self) -> float:
        """Integrate the wage over all workers, in USD; the tails are part of it."""
        return float(self.curve().means()[0])

    @overload
    def is_extrapolated(self, p: float) -> bool: ...
    @overload
    def is_extrapolated(self, p: Sequence[float] | FloatArray) -> np.ndarray: ...
    def is_extrapolated(self, p: float | Sequence[float] | FloatArray) -> bool | np.ndarray:
        """Say whether the quantile at `p` lies beyond the knots, on a lognormal tail."""
        shares = np.asarray(p, dtype=np.float64)
        beyond = (shares < self.shares[0] - ROUNDING) | (shares > self.shares[-1] + ROUNDING)
        return bool(beyond) if shares.ndim == 0 else beyond

    def quantile_estimate(self, p: float) -> Estimate:
        """Give the wage at share `p` with its approximate 90 % interval (`error`).

        Official at a knot, a model between and beyond; at or above a top-coded percentile the
        value is None and `low` the bound.

        Examples
        --------
        >>> pay = WageDistribution.from_percentiles(
        ...     {25: 40000, 50: 50000, 75: 60000}, relative_standard_error_pct=1.0
        ... )
        >>> round(pay.quantile_estimate(0.5).se)
        627
        """
        if self.bound_share is not None and p >= self.bound_share:
            return Estimate(
                kind="official",
                value=None,
                unit=self.unit,
                low=self.bound_usd,
                year=self.year,
                source=self.source,
                note="Top-coded: only a lower bound is published.",
            )
        published = [
            usd
            for share, usd in zip(self.shares, self.wages_usd, strict=True)
            if np.isclose(p, share)
        ]
        wage = published[0] if published else self.quantile(p)
        rse = self.relative_standard_error_pct
        return Estimate.with_se(
            wage,
            se=None if rse is None else wage * quantile_rse_pct(p, mean_rse_pct=rse) / 100,
            unit=self.unit,
            year=self.year,
            source=self.source,
            kind="official" if published else "model",
            limits=OWN_INTERVAL if published else INTERVAL,
            note=self._note(self.is_extrapolated(p)),
        )

    def percentile_estimate(self, offer_usd: float) -> Estimate:
        """Place an offer: the percent of workers who earn at most `offer_usd`, with error.

        The error is that of `error`; the interval is cut at 0 and 100.

        Examples
        --------
        >>> pay = WageDistribution.from_percentiles(
        ...     {25: 40000, 50: 50000, 75: 60000}, relative_standard_error_pct=1.0
        ... )
        >>> found = pay.percentile_estimate(50000)
        >>> round(found.value), round(found.low), round(found.high)
        (50, 47, 53)
        """
        share = self.percentile_of(offer_usd)
        rse = self.relative_standard_error_pct
        se = None
        if rse is not None:
            se = 100 * share_se(share, mean_rse_pct=rse, log_wage_sd=self.log_wage_sd)
        ties = [
            f"{usd:,.0f} USD is published for every percentile from {100 * low:.0f} to "
            f"{100 * high:.0f} (wages are collected in intervals); the middle is given."
            for usd, low, high in self.ties()
            if np.isclose(offer_usd, usd, rtol=1e-12, atol=0)
        ]
        return Estimate(
            value=100 * share,
            unit="percent of workers",
            se=se,
            low=None if se is None else max(0.0, 100 * share - NORMAL_90 * se),
            high=None if se is None else min(100.0, 100 * share + NORMAL_90 * se),
            year=self.year,
            source=self.source,
            kind="model",
            note=" ".join([*ties, self._note(self.is_extrapolated(share))]).strip(),
        )

    def curve(self) -> WageCurves:
        """Lay the curve through the knots."""
        bound = self.bound_share is not None and self.bound_usd is not None
        return WageCurves.through(
            ndtri(np.array(self.shares)),
            np.log(np.array(self.wages_usd))[:, None],
            bound_scores=ndtri(np.array([self.bound_share])) if bound else None,
            log_bounds=np.log(np.array([self.bound_usd], dtype=np.float64)) if bound else None,
        )

    def ties(self) -> list[tuple[float, float, float]]:
        """List each wage that several knots share, with their lowest and highest share."""
        knots = zip(self.wages_usd, self.shares, strict=True)
        spans = [
            (usd, [share for _, share in tied]) for usd, tied in groupby(knots, key=itemgetter(0))
        ]
        return [(usd, shares[0], shares[-1]) for usd, shares in spans if len(shares) > 1]

    def _note(self, is_extrapolated: bool) -> str:
        """Say what a reader must know of an estimate from this distribution."""
        beyond = (
            f"Beyond the published percentiles ({100 * self.shares[0]:.0f} to "
            f"{100 * self.shares[-1]:.0f}): extrapolated with a lognormal tail."
        )
        error = (
            "The source gives no standard error."
            if self.relative_standard_error_pct is None
            else SE_ASSUMPTION
        )
        return f"{beyond} {error}" if is_extrapolated else error


def _given(value: Any) -> float | None:
    """Read a number that may be missing."""
    return None if value is None or pd.isna(value) else float(value)


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


def place_bands(distribution: WageDistribution, bands: pd.DataFrame) -> pd.DataFrame:
    """Place pay bands on a distribution.

    Parameters
    ----------
    distribution : WageDistribution
        The pay they are held against, in the same year's dollars.
    bands : DataFrame
        `low_usd` and `high_usd`; missing where a band is open at that end.

    Returns
    -------
    DataFrame
        `bands` with `low_percentile` and `high_percentile` (0 to 100, missing at an open end),
        `share_inside` (share of workers, 0 to 1; an open end counts to the end) and
        `is_extrapolated` (an end lies beyond the published percentiles).

    Raises
    ------
    WrongInput
        A column is missing, or a band ends below its start.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({25: 40000, 50: 50000, 75: 60000})
    >>> bands = pd.DataFrame({"low_usd": [40000, 60000], "high_usd": [50000, None]})
    >>> place_bands(pay, bands)["share_inside"].round(2).tolist()
    [0.25, 0.25]
    """
    if lacking := [name for name in ("low_usd", "high_usd") if name not in bands]:
        raise WrongInput(f"Pay bands must have the columns low_usd and high_usd; no {lacking}.")
    if (upside_down := bands["low_usd"] > bands["high_usd"]).any():
        raise WrongInput(
            "A pay band must not end below its start; found "
            f"{bands.loc[upside_down, ['low_usd', 'high_usd']].iloc[0].tolist()}."
        )
    low = _shares_or_missing(distribution, bands["low_usd"])
    high = _shares_or_missing(distribution, bands["high_usd"])
    return bands.assign(
        low_percentile=100 * low,
        high_percentile=100 * high,
        share_inside=high.fillna(1.0) - low.fillna(0.0),
        is_extrapolated=distribution.is_extrapolated(low.to_numpy())
        | distribution.is_extrapolated(high.to_numpy()),
    )


def _shares_or_missing(distribution: WageDistribution, usd: pd.Series) -> pd.Series:
    """Give the share below each wage; missing where the wage is missing."""
    wages = usd.to_numpy(dtype=np.float64, na_value=np.nan)
    shares = np.full(wages.shape, np.nan)
    is_known = ~np.isnan(wages)
    shares[is_known] = distribution.percentile_of(wages[is_known])
    return pd.Series(shares, index=usd.index)


def percentile_curve(
    distribution: WageDistribution, *, percentiles: Iterable[float] = range(1, 100)
) -> pd.DataFrame:
    """Tabulate wages by percentile with their 90 % limits.

    Parameters
    ----------
    distribution : WageDistribution
        What to tabulate.
    percentiles : iterable of float
        Above 0 and below 100.

    Returns
    -------
    DataFrame
        One row a percentile: `percentile`, `wage_usd`, `low_usd`, `high_usd` (missing without a
        published standard error), `kind` ("official" at a published percentile, else "model")
        and `is_extrapolated`. Where the wage is top-coded it is missing and `low_usd` the bound.

    Examples
    --------
    >>> pay = WageDistribution.from_percentiles({25: 40000, 50: 50000, 75: 60000})
    >>> percentile_curve(pay, percentiles=[50, 90])[["wage_usd", "kind"]].round().values.tolist()
    [[50000.0, 'official'], [70700.0, 'model']]
    """
    chosen = list(percentiles)
    estimates = [distribution.quantile_estimate(percent / 100) for percent in chosen]
    return pd.DataFrame(
        {
            "percentile": pd.Series(chosen, dtype="float64"),
            "wage_usd": pd.Series([found.value for found in estimates], dtype="float64"),
            "low_usd": pd.Series([found.low for found in estimates], dtype="float64"),
            "high_usd": pd.Series([found.high for found in estimates], dtype="float64"),
            "kind": pd.Series([found.kind for found in estimates], dtype="str"),
            "is_extrapolated": [distribution.is_extrapolated(percent / 100) for percent in chosen],
        }
    )
