"""Who employs an occupation, what they pay, and who works from home."""

from typing import Any

import pandas as pd

from analysis import wording
from analysis.figures.chart import BLUE, INK, ORANGE, Chart, label_end
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.figures.theme import KIND_COLORS
from analysis.studies.part import Part
from analysis.studies.settings import Settings

LEFT: dict[str, Any] = {"offset": (-7, 0), "ha": "right"}
RIGHT: dict[str, Any] = {"offset": (7, 0), "ha": "left"}
NEAR_PCT = 1.5  # marks this close would hide one another, so the guide's stands lower
APART = 0.3  # rows


def employers(part: Part) -> Chart | Reason:
    """Draw every measure of hospitals and physician offices, the guide's share beside it."""
    if part.is_missing:
        return Reason(part.reason)
    rows = part.table.iloc[::-1].reset_index(drop=True)
    share, guide = rows["share_pct"], rows["guide_share_pct"]
    low, high = rows["low_pct"].fillna(share), rows["high_pct"].fillna(share)
    places = pd.Series(range(len(rows)), dtype="float64")
    beside = places - APART * (guide.between(low - NEAR_PCT, high + NEAR_PCT))
    with row_chart(rows["setting"] + ": " + rows["measure"], row=0.46, room=1.0) as chart:
        chart.lines(low, high)
        chart.dots(share, s=46)
        chart.axes.scatter(guide, beside, color=ORANGE, marker="D", s=34, zorder=3)
        for row in rows.index:  # each label at its own mark, on the side away from the other
            sides = (LEFT, RIGHT) if share[row] < guide[row] else (RIGHT, LEFT)
            end = low[row] if share[row] < guide[row] else high[row]
            official, said = wording.percent(share[row]), f"guide {_whole(guide[row])}"
            label_end(chart.axes, end, places[row], official, BLUE, fontsize=8.5, **sides[0])
            label_end(chart.axes, guide[row], beside[row], said, ORANGE, fontsize=8.5, **sides[1])
        chart.axes.set_xlim(0, 56)
        chart.axes.set_ylim(-0.6, len(rows) - 0.4)
        chart.axes.set_xlabel("Percent of jobs")
        first = part.table.iloc[0]
        said = _whole(first["guide_share_pct"])
        hospitals = part.table[part.table["setting"].eq(first["setting"])]["share_pct"]
        ends = wording.span(hospitals.min(), hospitals.max(), _whole)
        return chart.done(
            part,
            f"{first['setting']} employ {ends} of US coders; the guide says {said}",
            "United States; circles: share with 90% interval, orange diamonds: the guide's",
            [f"{row['setting']}, {row['measure']}: {row['share_pct']:.1f}%, guide "
             f"{row['guide_share_pct']:.0f}%" for row in part.table.to_dict("records")],
        )  # fmt: skip


def setting_wages(wages: Part) -> Chart | Reason:
    """Draw the median wage of the largest industries, the best paying on top."""
    if wages.is_missing:
        return Reason(wages.reason)
    rows = wages.table.dropna(subset=["median_wage_usd"])
    rows = rows.sort_values("median_wage_usd").reset_index(drop=True)
    if rows.empty:
        return Reason("No median wage is published for these industries.")
    titles, median = rows["industry_title"], rows["median_wage_usd"]
    low, high = rows["low_usd"].fillna(median), rows["high_usd"].fillna(median)
    span = high.max() - low.min()
    with row_chart(titles, row=0.36, unit=1_000) as chart:
        chart.lines(low, high)
        chart.dots(median)
        chart.words(
            high,
            [f"{wording.usd(usd)} · {wording.percent(share)}"
             for usd, share in zip(median, rows["share_of_jobs_pct"], strict=True)],
            fontsize=8,
        )  # fmt: skip
        chart.axes.tick_params(axis="y", labelsize=7.5)
        chart.axes.set_xlim((low.min() - 0.05 * span) / 1_000, (high.max() + 0.35 * span) / 1_000)
        chart.axes.set_ylim(-0.7, len(rows) - 0.3)
        return chart.done(
            wages,
            f"US median pay runs from {wording.usd(median.iloc[0])} to "
            f"{wording.usd(median.iloc[-1])} over the largest industries",
            "United States; median wage, USD a year, with 90% interval, and share of all jobs",
            [
                f"{name} {wording.usd(usd)}"
                for name, usd in zip(titles[::-1], median[::-1], strict=True)
            ],
        )


def setting_spread(study: Settings) -> Chart | Reason:
    """Draw the published percentiles of each setting."""
    spread = study.spread
    if spread.is_missing:
        return Reason(spread.reason)
    title = (
        "Pay varies more within settings than between them"
        if study.varies_more_within
        else "Pay varies more between settings than within them"
    )
    rows = spread.table.sort_values("median_wage_usd", ignore_index=True)
    with row_chart(rows["industry_title"], row=0.42, unit=1_000) as chart:
        chart.percentiles(rows)
        return chart.done(
            spread,
            title,
            "United States, USD a year; line: 10th to 90th percentile, bar: middle half, mark: "
            "median",
            [f"{row['industry_title']} {wording.usd(row['p10_wage_usd'])} to "
             f"{wording.usd(row['p90_wage_usd'])}, median {wording.usd(row['median_wage_usd'])}"
             for row in rows.iloc[::-1].to_dict("records")],
        )  # fmt: skip


def remote_work(remote: Part) -> Chart | Reason:
    """Draw the three shares of remote work, each with what it counts."""
    if remote.is_missing:
        return Reason(remote.reason)
    rows = remote.table.iloc[::-1].reset_index(drop=True)
    share = rows["share_pct"]
    names = rows["kind"] + ", " + rows["year"] + ": " + rows["definition"]
    low, high = rows["low_pct"].fillna(share), rows["high_pct"].fillna(share)
    with row_chart(names, row=0.6, room=1.0) as chart:
        chart.bars(share, color=[KIND_COLORS[kind] for kind in rows["kind"]], height=0.55)
        chart.lines(low, high, color=INK, linewidth=1)
        chart.words(high, share.map(wording.percent))
        chart.axes.set_xlim(0, 70)
        chart.axes.set_xlabel("Percent")
        ends = wording.span(share.min(), share.max(), _whole)
        return chart.done(
            remote,
            f"{ends} of US coders work remotely, depending on who is asked",
            "United States; three definitions, three groups; line: 90% interval",
            [f"{row['kind']} {row['share_pct']:.1f}% ({row['counted']})"
             for row in remote.table.to_dict("records")],
        )  # fmt: skip


def _whole(pct: float) -> str:
    return wording.percent(pct, decimals=0)
