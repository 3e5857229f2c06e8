"""Who employs an occupation, what they pay, and who works from home."""

from analysis import wording
from analysis.figures.chart import BLUE, INK, ORANGE, Chart, label_end
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.figures.theme import KIND_COLORS
from analysis.studies.part import Part

SHOWN = 12  # industries
ONLY = ("only", "place of work")


def guide_shares(shares: Part) -> Chart | str:
    """Draw the guide's share of each setting beside the official one."""
    if shares.is_missing:
        return Reason(shares.reason)
    rows = shares.table.iloc[::-1].reset_index(drop=True)
    names = rows["setting"].where(
        rows["definition"].isin(ONLY), rows["setting"] + ", " + rows["definition"]
    )
    guide, official = rows["guide_share_pct"], rows["official_share_pct"]
    with row_chart(names, row=0.5, room=1.0, width=99) as chart:
        chart.lines(guide, official, color=INK, linewidth=1)
        chart.dots(guide, color=ORANGE, marker="D", s=42)
        chart.dots(official, s=46)
        for place, (said, found) in enumerate(zip(guide, official, strict=True)):
            ends = [(said, wording.percent(said, decimals=0), ORANGE),
                    (found, wording.percent(found), BLUE)]  # fmt: skip
            for (value, text, color), side in zip(sorted(ends), ("right", "left"), strict=True):
                offset = (-8, 0) if side == "right" else (8, 0)
                label_end(chart.axes, value, place, text, color, ha=side, offset=offset)
        chart.axes.set_xlim(-4, 56)
        chart.axes.set_ylim(-0.6, len(rows) - 0.4)
        chart.axes.set_xlabel("Percent of coders")
        first = shares.table.iloc[0]
        found, said = (
            wording.percent(first[f"{who}_share_pct"], decimals=0) for who in ("official", "guide")
        )
        return chart.done(
            shares,
            f"{first['setting']} employ {found} of coders, not {said}",
            "United States; blue circles: official share, orange diamonds: the guide's",
            [f"{name}: guide {g:.0f}%, official {o:.1f}%"
             for name, g, o in zip(names, guide, official, strict=True)],
        )  # fmt: skip


def setting_wages(wages: Part) -> Chart | str:
    """Draw the median wage of the largest industries, the best paying on top."""
    if wages.is_missing:
        return Reason(wages.reason)
    rows = wages.table.dropna(subset=["median_wage_usd"]).head(SHOWN)
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
        gap = wording.percent(100 * (median.iloc[-1] / median.iloc[0] - 1), decimals=0)
        return chart.done(
            wages,
            f"The best paying large industry pays {gap} more than the least",
            "United States; median wage, USD a year, with 90% interval, and share of all jobs",
            [
                f"{name} {wording.usd(usd)}"
                for name, usd in zip(titles[::-1], median[::-1], strict=True)
            ],
        )


def setting_spread(spread: Part) -> Chart | Reason:
    """Draw the published percentiles of each setting: line 10th to 90th, bar the middle half.

    Bars and lines rather than a smooth shape: five percentiles are all that is published, and a
    density drawn through them would show what nobody measured.
    """
    if spread.is_missing:
        return Reason(spread.reason)
    rows = spread.table.sort_values("median_wage_usd", ignore_index=True)
    titles = rows["industry_title"]
    p10, p25, median, p75, p90 = (
        rows[f"{name}_wage_usd"] for name in ("p10", "p25", "median", "p75", "p90")
    )
    low, high = p10.min() / 1_000, p90.max() / 1_000
    with row_chart(titles, row=0.42, unit=1_000) as chart:
        chart.lines(p10, p90, linewidth=1.5)
        chart.bars(p75, p25, alpha=0.45)
        places = rows.index
        chart.axes.vlines(median / 1_000, places - 0.25, places + 0.25, color=INK, linewidth=2.5)
        chart.words(p90, "median " + median.map(wording.usd), fontsize=8)
        chart.axes.set_xlim(low - 0.05 * (high - low), high + 0.3 * (high - low))
        within, between = (p90 - p10).median(), median.max() - median.min()
        return chart.done(
            spread,
            f"Pay differs by {wording.usd(within)} within a setting, by {wording.usd(between)} "
            "between them",
            "United States, USD a year; line: 10th to 90th percentile, bar: middle half, mark: "
            "median; within: the typical distance of the line's ends, between: of the medians",
            [f"{row['industry_title']} {wording.usd(row['p10_wage_usd'])} to "
             f"{wording.usd(row['p90_wage_usd'])}, median {wording.usd(row['median_wage_usd'])}"
             for row in rows.iloc[::-1].to_dict("records")],
        )  # fmt: skip


def remote_work(remote: Part) -> Chart | str:
    """Draw the three shares of remote work, each with what it counts."""
    if remote.is_missing:
        return Reason(remote.reason)
    rows = remote.table.iloc[::-1].reset_index(drop=True)
    share = rows["share_pct"]
    names = rows["kind"] + ", " + rows["year"] + ": " + rows["definition"]
    with row_chart(names, row=0.6, room=1.0) as chart:
        chart.bars(share, color=[KIND_COLORS[kind] for kind in rows["kind"]], height=0.55)
        chart.words(share, share.map(wording.percent))
        chart.axes.set_xlim(0, 70)
        chart.axes.set_xlabel("Percent")
        low, high = (wording.percent(end, decimals=0) for end in (share.min(), share.max()))
        return chart.done(
            remote,
            f"Between {low} and {high} work remotely: it depends on who is asked what",
            "Three definitions, three groups; no source gives an error",
            [f"{row['kind']} {row['share_pct']:.1f}% ({row['counted']})"
             for row in remote.table.to_dict("records")],
        )  # fmt: skip
