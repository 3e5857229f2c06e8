"""What a job pays: the distribution in a place, places side by side, and the years."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    INK,
    MUTED,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
)
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.models.wages import PERCENTILE_COLUMNS
from analysis.studies.history import History
from analysis.studies.part import Part
from analysis.studies.pay import AreaPay
from analysis.studies.places import MetroPay, States

THOUSAND = 1_000
TIED = "; equal percentiles fell into one pay interval of BLS and are not resolved"
RIGHT_HALF = 55  # percent: beyond it a label has more room on the left
SHOWN_STATES, SHOWN_METROS = 15, 20
LONGEST_NAME = 34  # characters of an area's name


def wage_distribution(pay: AreaPay, *, offer_usd: float | None = None) -> Chart | str:
    """Draw wages by percentile with their error band, the published points, and an offer.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.pay import area_pay
    >>> wage_distribution(area_pay(processed.read("wages"))).alt.partition(". ")[0]
    'Half of the workers earn $43,490 to $64,820, United States, May 2025'
    """
    if pay.is_missing or pay.distribution is None:
        return Reason(pay.reason)
    curve = pay.table
    known = curve[~curve["is_extrapolated"]].dropna(subset=["wage_usd"])
    official = known[known["kind"].eq("official")]
    with canvas(height=3.9) as (figure, axes):
        axes.fill_between(
            known["percentile"],
            known["low_usd"] / THOUSAND,
            known["high_usd"] / THOUSAND,
            color=BLUE,
            alpha=0.18,
            linewidth=0,
        )
        axes.plot(known["percentile"], known["wage_usd"] / THOUSAND, color=BLUE)
        axes.scatter(official["percentile"], official["wage_usd"] / THOUSAND, color=BLUE, zorder=3)
        for point in official.to_dict("records"):
            label_end(
                axes,
                point["percentile"],
                point["wage_usd"] / THOUSAND,
                wording.usd(point["wage_usd"]),
                INK,
                offset=(-6, 9),
                ha="right",
                fontsize=8.5,
            )
        if offer_usd is not None:
            offer_percent = 100 * float(pay.distribution.percentile_of(offer_usd))
            is_right = offer_percent > RIGHT_HALF
            axes.scatter([offer_percent], [offer_usd / THOUSAND], color=ORANGE, s=60, zorder=4)
            label_end(
                axes,
                offer_percent,
                offer_usd / THOUSAND,
                f"you are here: {wording.usd(offer_usd)}",
                ORANGE,
                offset=(-8, 12) if is_right else (8, -10),
                ha="right" if is_right else "left",
            )
        axes.set_xlabel("Percent of workers who earn less")
        axes.yaxis.set_major_formatter(wording.thousands_usd)
        axes.set_xlim(0, 100)
        points = {row["percentile"]: row["wage_usd"] for row in official.to_dict("records")}
        title = _distribution_finding(points)
        return finished(
            figure,
            title=title,
            measure=(
                f"Wage in {wording.place(pay.place)}, {pay.year}, USD a year; band: 90% interval"
                f"{TIED if pay.distribution.is_collapsed else ''}"
            ),
            alt=f"{title}, {pay.place}, {pay.year}. "
            + "; ".join(f"percentile {p:.0f}: {wording.usd(w)}" for p, w in points.items())
            + ".",
            data=curve,
            source=pay.source,
        )


def states_ranked(states: States, *, area: str = "US") -> Chart | str:
    """Draw the best paid states with their intervals, and the area asked about.

    Parameters
    ----------
    states : States
        Ranked by wages as paid or at national prices.
    area : str
        A state to mark, by postal code; shown whatever its rank.
    """
    if states.is_missing:
        return Reason(states.reason)
    known = states.table.dropna(subset=["rank"])
    if known.empty:
        return Reason("No state has both a median wage and its error.")
    rows = known[known["area_code"].isin([*known["area_code"].head(SHOWN_STATES), area])]
    rows = rows.assign(
        wage=rows[states.measure],
        low=rows["low_usd"],
        high=rows["high_usd"],
        is_here=rows["area_code"].eq(area),
    )
    prices = " at national prices" if states.is_price_adjusted else ""
    return _ranked(
        rows,
        states,
        states.finding,
        f"Median wage{prices}, USD a year, with 90% interval, and rank (90% rank set)"
        f"{states.leader}",
    )


def places_compared(places: Part) -> Chart | str:
    """Draw the published percentiles of places beside each other, the first named on top."""
    known = places.table.dropna(subset=list(PERCENTILE_COLUMNS)).iloc[::-1].reset_index(drop=True)
    if known.empty:
        return Reason("All five percentiles are published for none of these places.")
    best = known.iloc[int(known["median_wage_usd"].argmax())]
    with row_chart(known["area_name"], row=0.5, unit=1_000) as chart:
        chart.percentiles(known)
        return chart.done(
            places,
            f"{best['area_name']} pays most: half earn over {wording.usd(best['median_wage_usd'])}",
            "USD a year; line: 10th to 90th percentile, bar: middle half, mark: median",
            [
                f"{row['area_name']} {wording.usd(row['p10_wage_usd'])} to "
                f"{wording.usd(row['p90_wage_usd'])}, median {wording.usd(row['median_wage_usd'])}"
                for row in known.iloc[::-1].to_dict("records")
            ],
        )


def metros_ranked(metros: MetroPay) -> Chart | str:
    """Draw the metropolitan areas of a state, the best paid first, or both ends of the nation's."""
    if metros.is_missing:
        return Reason(metros.reason)
    known = metros.table.dropna(subset=["median_wage_usd"])
    if known.empty:
        return Reason(f"No median wage is published for a metropolitan area of {metros.place}.")
    rows = known.assign(wage=known["median_wage_usd"], low=known["low_usd"], high=known["high_usd"])
    best, least = rows.iloc[0], rows.iloc[-1]
    title = (
        f"Median pay runs from {wording.usd(least['wage'])} in {_city(least['area_name'])} to "
        f"{wording.usd(best['wage'])} in {_city(best['area_name'])}"
        if len(rows) > 1
        else f"{best['area_name']} pays a median of {wording.usd(best['wage'])}"
    )
    return _ranked(
        rows.head(SHOWN_METROS),
        metros,
        title,
        f"Median wage, USD a year, with 90% interval, and rank among {metros.n_nation} "
        "metropolitan areas (90% rank set)",
    )


def real_wage(history: History) -> Chart | str:
    """Draw the national median wage, nominal and at the prices of the latest May."""
    table = history.table.dropna(subset=["median_wage_real_usd"])
    if len(table) < 2:
        return Reason(history.note or "Earlier years are not in hand.")
    segments = list(dict.fromkeys(table["segment"]))
    colors = {segment: BLUE if segment == segments[-1] else QUIET for segment in segments}
    with canvas(height=3.3) as (figure, axes):
        for segment, rows in table.groupby("segment", sort=False):
            color = colors[str(segment)]
            real = rows["median_wage_real_usd"] / THOUSAND
            axes.plot(rows["year"], rows["median_wage_usd"] / THOUSAND, color=MUTED, linewidth=1.5)
            axes.plot(rows["year"], real, color=color, marker="o", markersize=4)
            label_segment(axes, str(segment), rows["year"], real.max(), color, above=10)
        mark_breaks(axes, table)
        first, last = table.iloc[0], table.iloc[-1]
        label_nominal(axes, first["year"], first["median_wage_usd"] / THOUSAND)
        axes.margins(x=0.05, y=0.2)
        axes.yaxis.set_major_formatter(wording.thousands_usd)
        axes.set_xticks(range(int(table["year"].min()), int(table["year"].max()) + 1, 3))
        title = _real_wage_finding(history)
        return finished(
            figure,
            title=title,
            measure=(
                f"Median wage, United States, at prices of May {history.dollars_of}, USD a year; "
                "dashed: not comparable across"
            ),
            alt=(
                f"{title}. {wording.usd(first['median_wage_real_usd'])} in May {first['year']}, "
                f"{wording.usd(last['median_wage_real_usd'])} in May {last['year']}, both at the "
                f"prices of May {history.dollars_of}. {history.note}"
            ),
            data=table,
            source=f"{history.source}; CPI-U of May",
        )


def mark_breaks(axes: Axes, table: pd.DataFrame) -> None:
    """Draw a dashed line before the first year of each segment but the first."""
    first_years = table.groupby("segment", sort=False)["year"].min()
    for year in sorted(int(year) for year in first_years)[1:]:
        axes.axvline(year - 0.5, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)


def label_segment(
    axes: Axes, segment: str, years: "pd.Series[int]", height: float, color: str, *, above: int
) -> None:
    """Write the code a segment was published under above its middle, of a single year the year."""
    middle = (years.min() + years.max()) / 2
    text = segment if len(years) > 1 else segment.rpartition(", ")[2]
    label_end(axes, middle, height, text, color, offset=(0, above), ha="center")


def label_nominal(axes: Axes, year: int, height: float) -> None:
    """Name the line of wages in dollars of each year."""
    label_end(axes, year, height, "nominal", QUIET, offset=(0, -11), ha="left")


def _distribution_finding(points: Mapping[float, float]) -> str:
    """Say where the middle half lies, or else the lowest percentile."""
    if {25.0, 75.0} <= points.keys():
        return (
            f"Half of the workers earn {wording.usd(points[25.0])} to {wording.usd(points[75.0])}"
        )
    lowest = min(points, default=None)
    return (
        "Wages"
        if lowest is None
        else f"The {lowest:.0f}th percentile is {wording.usd(points[lowest])}"
    )


def _real_wage_finding(history: History) -> str:
    """Say how the real median wage moved over the latest span that compares."""
    growth = history.growth
    rows = growth[growth["measure"].eq("median_wage_real_usd")].sort_values("to_year")
    if rows.empty:
        return "No two years of the median wage compare"
    row = rows.iloc[-1]
    return pay_moved(row["growth_pct"], f"from {row['from_year']} to {row['to_year']}")


def pay_moved(growth_pct: float, when: str) -> str:
    """Say how pay moved against prices.

    Examples
    --------
    >>> pay_moved(-1.4, "since 2022")
    'Pay has slipped 1.4% behind inflation since 2022'
    >>> pay_moved(0.62, "since 2022")
    'Pay has outrun inflation by 0.6% since 2022'
    """
    moved = wording.percent(abs(growth_pct))
    if growth_pct < 0:
        return f"Pay has slipped {moved} behind inflation {when}"
    return f"Pay has outrun inflation by {moved} {when}"


def _ranked(rows: pd.DataFrame, part: Part, title: str, measure: str) -> Chart:
    """Draw wage, low and high of each row, the best on top, those `is_here` marked."""
    upward = rows.iloc[::-1].reset_index(drop=True)
    names = [_named(row) for row in upward.to_dict("records")]
    colors = [ORANGE if is_here else BLUE for is_here in upward["is_here"]]
    with row_chart(names, row=0.27, width=99, unit=THOUSAND) as chart:
        chart.lines(upward["low"], upward["high"], color=colors)
        chart.dots(upward["wage"], color=colors, s=34)
        for place in _gaps(upward):
            chart.axes.axhline(place - 0.5, color=QUIET, linestyle=(0, (2, 2)), linewidth=0.8)
        chart.axes.set_ylim(-0.7, len(upward) - 0.3)
        said = [f"{row['area_name']} {wording.usd(row['wage'])}" for row in rows.to_dict("records")]
        return chart.done(part, title, measure, said)


def _gaps(upward: pd.DataFrame) -> list[int]:
    """Find the rows below which many ranks are left out."""
    jump = upward["rank"].astype("float64").diff().lt(-SHOWN_STATES)
    ties = upward["rank"].duplicated(keep=False)
    return [int(place) for place in upward.index[jump & ~ties]]


def _city(area_name: str) -> str:
    """Return the first city of a metropolitan area's name."""
    return area_name.partition(",")[0].partition("-")[0]


def _named(row: Mapping[Hashable, Any]) -> str:
    """Name an area with its rank and the range of the rank."""
    name = str(row["area_name"])
    short = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"
    if pd.isna(row["rank"]):
        return short
    low, high = row["rank_low"], row["rank_high"]
    return f"{short}  {row['rank']} ({low if low == high else f'{low}–{high}'})"
