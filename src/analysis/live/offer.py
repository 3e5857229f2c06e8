"""Where does my offer stand? A salary typed on the page, placed on the area's distribution."""

from typing import Any

import numpy as np
import pandas as pd
from scipy.interpolate import PchipInterpolator

from analysis import wording
from analysis.answers.salary import ALMOST_ALL, HARDLY_ANYONE, OFFER
from analysis.estimate import NORMAL_90
from analysis.figures.reason import Reason
from analysis.live.piece import Field, Piece
from analysis.models.wages import WageDistribution
from analysis.studies.pay import AreaPay

PERCENT = 100
HOURS_A_YEAR = 2080  # what OEWS takes a year to be
TYPED_USD = (1, 1_000_000)
HOURLY_BELOW_USD = 500  # no year of work pays so little, no hour so much
STEP_USD = 1
LEAST, MOST = 0.02, 0.98  # shares of workers between which the slider moves
SHOWN_PERCENTILES = (10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90)


def offer(pay: AreaPay, *, offer_usd: float | None = None) -> Piece | Reason:
    """Make the form that places a salary among the workers of an area.

    Its script mirrors `WageDistribution.percentile_estimate`: the same curve, the same error.

    Parameters
    ----------
    pay : AreaPay
        The distribution.
    offer_usd : float or None
        What the field starts at, USD a year; None starts at the median of the curve.

    Returns
    -------
    Piece or Reason
        The reason where too little is published to draw a curve.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.pay import area_pay
    >>> offer(area_pay(processed.read("wages"), area="OH"))
    Where would a salary stand in Ohio? (a form, answered on the page of the report)
    """
    if pay.is_missing or pay.distribution is None:
        return Reason(pay.reason)
    curve = pay.distribution
    start = round(curve.quantile(0.5)) if offer_usd is None else offer_usd
    return Piece(
        kind="offer",
        legend=f"Where would a salary stand in {wording.place(pay.place)}?",
        fields=(
            Field(
                name="offer_usd",
                label="Salary",
                unit=f"USD a year; below {HOURLY_BELOW_USD}, an hour",
                low=TYPED_USD[0],
                high=TYPED_USD[1],
                step=STEP_USD,
                value=start,
                slider=(round(curve.quantile(LEAST), -3), round(curve.quantile(MOST), -3)),
            ),
        ),
        facts={
            **curve_facts(curve),
            "offer_usd": start,
            "hours_a_year": HOURS_A_YEAR,
            "hourly_below_usd": HOURLY_BELOW_USD,
            "words": {"offer": OFFER, "hardly": HARDLY_ANYONE, "almost": ALMOST_ALL},
        },
        table=_wages_by_percentile(curve),
        caption=f"Wage by percentile, {pay.place}, {pay.year}, with its 90% interval",
        instead=(
            "On the page of the report, with scripts allowed, a salary can be typed in here. The "
            "table says as much."
        ),
        note=(
            f"Wages of {pay.year}, all experience and settings together. Between the published "
            "percentiles the curve is a model, beyond them an extrapolation. An hourly wage is "
            f"taken {wording.count(HOURS_A_YEAR)} times a year. What is typed stays on this page."
        ),
    )


def curve_facts(curve: WageDistribution) -> dict[str, Any]:
    """List what it takes to read the curve: knots, slopes, ties and the error.

    `slopes` are those of the curve at its knots, in log wage a normal score; `tails` those beyond.
    """
    inner = curve.curve()
    knots = inner.log_wages[:, 0]
    slopes = PchipInterpolator(inner.scores, knots).derivative()(inner.scores)
    rse = curve.relative_standard_error_pct
    return {
        "scores": inner.scores.tolist(),
        "log_wages": knots.tolist(),
        "slopes": np.asarray(slopes).tolist(),
        "tails": [float(inner.lower_slope[0]), float(inner.upper_slope[0])],
        "ties": [list(tie) for tie in curve.ties()],
        "shares": [curve.shares[0], curve.shares[-1]],
        "error": None if rse is None else rse / PERCENT / curve.log_wage_sd,
        "normal_90": NORMAL_90,
    }


def _wages_by_percentile(curve: WageDistribution) -> pd.DataFrame:
    """Tabulate the wage with its interval at each tenth percentile and the quartiles."""
    estimates = {p: curve.quantile_estimate(p / PERCENT) for p in SHOWN_PERCENTILES}
    return pd.DataFrame(
        {
            "Percent who earn less": [f"{p}%" for p in estimates],
            "Wage, USD a year": [wording.amount(each) for each in estimates.values()],
            "90% interval": [wording.interval(each) or "–" for each in estimates.values()],
            "Kind": [each.kind for each in estimates.values()],
        }
    )
