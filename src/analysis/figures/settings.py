"""Who employs an occupation, what they pay, and who works from home."""

import textwrap

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    Chart,
    canvas,
    finished,
    label_end,
)
from analysis.figures.reason import Reason
from analysis.models.settings import GuideShares
from analysis.models.settings.remote_work import RemoteWork
from analysis.models.settings.setting_wages import SettingWages

THOUSAND = 1_000
SHOWN = 12  # industries
LABEL_WIDTH = 36  # characters of a title on one line
KIND_COLORS = {"official": BLUE, "member survey": PURPLE, "guide": ORANGE}


def guide_shares(shares: GuideShares) -> Chart | str:
    """Draw the guide's share of each setting beside the official one."""
    if shares.is_missing:
        return Reason(shares.reason)
    rows = shares.table.iloc[::-1].reset_index(drop=True)
    names = [
        row["setting"]
        if row["definition"] in ("only", "place of work")
        else f"{row['setting']}, {row['definition']}"
        for row in rows.to_dict("records")
    ]
    with canvas(height=0.5 * len(rows) + 1.0) as (figure, axes):
        axes.hlines(
            range(len(rows)),
            rows["guide_share_pct"],
            rows["official_share_pct"],
            color=INK,
            linewidth=1,
        )
        axes.scatter(
            rows["guide_share_pct"], range(len(rows)), color=ORANGE, marker="D", s=42, zorder=3
        )
        axes.scatter(rows["official_share_pct"], range(len(rows)), color=BLUE, s=46, zorder=3)
        for place, row in rows.iterrows():
            ends = [
                (
                    row["guide_share_pct"],
                    wording.percent(row["guide_share_pct"], decimals=0),
                    ORANGE,
                ),
                (row["official_share_pct"], wording.percent(row["official_share_pct"]), BLUE),
            ]
            for (value, text, color), side in zip(sorted(ends), ("right", "left"), strict=True):
                offset = (-8, 0) if side == "right" else (8, 0)
                label_end(axes, value, float(str(place)), text, color, ha=side, offset=offset)
        axes.set_yticks(range(len(rows)), names)
        axes.grid(axis="y", visible=False)
        axes.set_xlim(-4, 56)
        axes.set_ylim(-0.6, len(rows) - 0.4)
        axes.set_xlabel("Percent of coders")
        hospitals = shares.table.iloc[0]
        title = (
            f"{hospitals['setting']} employ "
            f"{wording.percent(hospitals['official_share_pct'], decimals=0)} of coders, not "
            f"{wording.percent(hospitals['guide_share_pct'], decimals=0)}"
        )
        return finished(
            figure,
            title=title,
            measure="United States; blue circles: official share, orange diamonds: the guide's",
            alt=f"{title}. "
            + "; ".join(
                f"{name}: guide {row['guide_share_pct']:.0f}%, official "
                f"{row['official_share_pct']:.1f}%"
                for name, row in zip(names, rows.to_dict("records"), strict=True)
            )
            + ".",
            data=shares.table,
            source=shares.source,
        )


def setting_wages(wages: SettingWages) -> Chart | str:
    """Draw the median wage of the largest industries, the best paying on top."""
    if wages.is_missing:
        return Reason(wages.reason)
    known = wages.table.dropna(subset=["median_wage_usd"])
    rows = known.head(SHOWN).sort_values("median_wage_usd")
    if rows.empty:
        return Reason("No median wage is published for these industries.")
    rows = rows.reset_index(drop=True)
    low = rows["low_usd"].fillna(rows["median_wage_usd"])
    high = rows["high_usd"].fillna(rows["median_wage_usd"])
    with canvas(height=0.36 * len(rows) + 1.2) as (figure, axes):
        axes.hlines(range(len(rows)), low / THOUSAND, high / THOUSAND, color=BLUE, linewidth=2)
        axes.scatter(rows["median_wage_usd"] / THOUSAND, range(len(rows)), color=BLUE, zorder=3)
        for place, row in enumerate(rows.to_dict("records")):
            share = wording.percent(row["share_of_jobs_pct"])
            label_end(
                axes,
                float(high[place]) / THOUSAND,
                place,
                f"{wording.usd(row['median_wage_usd'])} · {share}",
                INK,
                fontsize=8,
            )
        axes.set_yticks(
            range(len(rows)), [textwrap.fill(name, LABEL_WIDTH) for name in rows["industry_title"]]
        )
        axes.tick_params(axis="y", labelsize=7.5)
        axes.grid(axis="y", visible=False)
        span = (high.max() - low.min()) / THOUSAND
        axes.set_xlim(low.min() / THOUSAND - 0.05 * span, high.max() / THOUSAND + 0.35 * span)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.xaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        best, least = rows.iloc[-1], rows.iloc[0]
        gap = wording.percent(
            100 * (best["median_wage_usd"] / least["median_wage_usd"] - 1), decimals=0
        )
        title = f"The best paying large industry pays {gap} more than the least"
        return finished(
            figure,
            title=title,
            measure=(
                "United States; median wage, USD a year, with 90% interval, and share of all jobs"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['industry_title']} {wording.usd(row['median_wage_usd'])}"
                for row in rows.iloc[::-1].to_dict("records")
            )
            + ".",
            data=wages.table,
            source=wages.source,
        )


def remote_work(remote: RemoteWork) -> Chart | str:
    """Draw the three shares of remote work, each with what it counts."""
    if remote.is_missing:
        return Reason(remote.reason)
    rows = remote.table.iloc[::-1].reset_index(drop=True)
    with canvas(height=0.6 * len(rows) + 1.0) as (figure, axes):
        axes.barh(
            [
                textwrap.fill(f"{row['kind']}, {row['year']}: {row['definition']}", LABEL_WIDTH)
                for row in rows.to_dict("records")
            ],
            rows["share_pct"],
            color=[KIND_COLORS.get(kind, GREEN) for kind in rows["kind"]],
            height=0.55,
        )
        for place, row in enumerate(rows.to_dict("records")):
            label_end(axes, row["share_pct"], place, wording.percent(row["share_pct"]), INK)
        axes.grid(axis="y", visible=False)
        axes.set_xlim(0, 70)
        axes.set_xlabel("Percent")
        low, high = rows["share_pct"].min(), rows["share_pct"].max()
        title = (
            f"Between {wording.percent(low, decimals=0)} and {wording.percent(high, decimals=0)} "
            "work remotely: it depends on who is asked what"
        )
        return finished(
            figure,
            title=title,
            measure="Three definitions, three groups; no source gives an error",
            alt=f"{title}. "
            + "; ".join(
                f"{row['kind']} {row['share_pct']:.1f}% ({row['counted']})"
                for row in remote.table.to_dict("records")
            )
            + ".",
            data=remote.table,
            source=remote.source,
        )
