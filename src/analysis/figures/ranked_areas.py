"""Areas by what they pay, each with the interval of its estimate."""

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis import wording
from analysis.estimate import NORMAL_90
from analysis.figures.chart import BLUE, ORANGE, QUIET, Chart, canvas, finished
from analysis.figures.reason import Reason
from analysis.studies.places import MetroPay, States

THOUSAND = 1_000
SHOWN_STATES, SHOWN_METROS = 15, 20
LONGEST_NAME = 34  # characters of an area's name


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
        low=rows[states.measure] - NORMAL_90 * rows["standard_error"],
        high=rows[states.measure] + NORMAL_90 * rows["standard_error"],
        is_here=rows["area_code"].eq(area),
    )
    first = known.iloc[0]
    likely = wording.percent(100 * first["p_top"], decimals=0)
    prices = " at national prices" if states.is_price_adjusted else ""
    leader = str(first["area_name"]).replace("District", "The District")
    title = f"{leader} leads, and is among the first {states.top} with probability {likely}"
    return _drawn(
        rows,
        title=title,
        measure=f"Median wage{prices}, USD a year, with 90% interval, and rank (90% range)",
        data=states.table,
        source=states.source,
    )


def metros_ranked(metros: MetroPay) -> Chart | str:
    """Draw the metropolitan areas of a state, the best paid first, or both ends of the nation's."""
    if metros.is_missing:
        return Reason(metros.reason)
    known = metros.table.dropna(subset=["median_wage_usd"])
    if known.empty:
        return Reason(f"No median wage is published for a metropolitan area of {metros.place}.")
    rows = known.assign(wage=known["median_wage_usd"], low=known["low_usd"], high=known["high_usd"])
    best, least = known.iloc[0], known.iloc[-1]
    title = (
        f"From {wording.usd(least['median_wage_usd'])} in {_city(least['area_name'])} to "
        f"{wording.usd(best['median_wage_usd'])} in {_city(best['area_name'])}"
        if len(known) > 1
        else f"{best['area_name']}: {wording.usd(best['median_wage_usd'])}"
    )
    return _drawn(
        rows.head(SHOWN_METROS),
        title=title,
        measure=(
            f"Median wage, USD a year, with 90% interval, and rank among {metros.n_nation} "
            "metropolitan areas (90% range)"
        ),
        data=metros.table,
        source=metros.source,
    )


def _drawn(
    rows: pd.DataFrame, *, title: str, measure: str, data: pd.DataFrame, source: str
) -> Chart:
    """Draw wage, low and high of each row, the best on top, those `is_here` marked."""
    upward = rows.iloc[::-1].reset_index(drop=True)
    with canvas(height=0.27 * len(upward) + 1.2) as (figure, axes):
        colors = [ORANGE if is_here else BLUE for is_here in upward["is_here"]]
        axes.hlines(
            range(len(upward)),
            upward["low"] / THOUSAND,
            upward["high"] / THOUSAND,
            color=colors,
            linewidth=2,
        )
        axes.scatter(upward["wage"] / THOUSAND, range(len(upward)), color=colors, s=34, zorder=3)
        for place in _gaps(upward):
            axes.axhline(place - 0.5, color=QUIET, linestyle=(0, (2, 2)), linewidth=0.8)
        axes.set_yticks(range(len(upward)), [_named(row) for row in upward.to_dict("records")])
        axes.grid(axis="y", visible=False)
        axes.set_ylim(-0.7, len(upward) - 0.3)
        axes.xaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        return finished(
            figure,
            title=title,
            measure=measure,
            alt=f"{title}. "
            + "; ".join(
                f"{row['area_name']} {wording.usd(row['wage'])}" for row in rows.to_dict("records")
            )
            + ".",
            data=data,
            source=source,
        )


def _gaps(upward: pd.DataFrame) -> list[int]:
    """Find the rows above which ranks are left out."""
    jump = upward["rank"].astype("float64").diff().lt(-1)
    ties = upward["rank"].duplicated(keep=False)
    return [int(place) for place in upward.index[jump & ~ties] if _is_far(upward, int(place))]


def _is_far(upward: pd.DataFrame, place: int) -> bool:
    """Say whether more than a few ranks lie between a row and the one below it."""
    return int(upward["rank"].iloc[place - 1]) - int(upward["rank"].iloc[place]) > SHOWN_STATES


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
    return (
        f"{short}  {row['rank']} ({low})"
        if low == high
        else f"{short}  {row['rank']} ({low}–{high})"
    )
