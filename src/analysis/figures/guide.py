"""The guide beside the evidence."""

import numpy as np
import pandas as pd
from matplotlib.patches import Patch

from analysis import wording
from analysis.estimate import NORMAL_90
from analysis.figures.chart import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    PURPLE,
    QUIET,
    Chart,
    canvas,
    finished,
    ink_on,
    label_end,
)
from analysis.figures.reason import Reason
from analysis.figures.theme import AMBER, WINE
from analysis.studies.evidence import Evidence
from analysis.studies.part import Part

THOUSAND = 1_000
GRADE_COLORS = {
    "supported": GREEN,
    "overstated": ORANGE,
    "understated": AMBER,
    "outdated": PURPLE,
    "contradicted": WINE,
    "not comparable": QUIET,
    "not testable": FAINT,
}
SHOWN_STATES = 15


def grades(study: Evidence) -> Chart:
    """Draw how many statements of each topic got which grade."""
    rows = study.summary.table.set_index("topic").sort_values("statements")
    with canvas(height=0.255 * len(rows) + 1.3) as (figure, axes):
        heights, start = np.arange(len(rows)), np.zeros(len(rows))
        for grade, color in GRADE_COLORS.items():
            widths = rows[grade].to_numpy(dtype="float64")
            given = widths > 0
            bars = axes.barh(
                heights[given],
                widths[given],
                left=start[given],
                color=color,
                height=0.7,
                edgecolor="white",
            )
            axes.bar_label(bars, fmt="{:.0f}", label_type="center", color=ink_on(color), fontsize=8)
            start = start + widths
        axes.set_yticks(heights, rows.index)
        axes.legend(
            handles=[Patch(facecolor=color, label=grade) for grade, color in GRADE_COLORS.items()],
            loc="lower right",
            fontsize=8,
            ncols=1,
        )
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("Statements")
        axes.set_ylim(-0.7, len(rows) - 0.3)
        counts, total = study.by_verdict, len(study.statements)
        title = f"{counts['supported']} of {study.graded} statements that can be tested hold"
        return finished(
            figure,
            title=title,
            measure=f"Statements of the guide by topic and grade, {total} in all",
            alt=f"{title}. "
            + ", ".join(f"{count} {grade}" for grade, count in counts.items())
            + ".",
            data=study.summary.table,
            source=study.summary.source,
        )


def guide_bands(part: Part, *, place: str = "United States") -> Chart | Reason:
    """Draw the guide's pay bands as slices of the official distribution of a place."""
    if part.is_missing:
        return Reason(part.reason)
    bands = part.table
    rows = bands.iloc[::-1].reset_index(drop=True)
    with canvas(height=0.42 * len(rows) + 1.2) as (figure, axes):
        for height, row in enumerate(rows.to_dict("records")):
            color = BLUE if row["kind"] == "experience" else GREEN
            width = row["high_percentile"] - row["low_percentile"]
            axes.barh(height, width, left=row["low_percentile"], color=color, height=0.5)
            label_end(
                axes,
                row["high_percentile"],
                height,
                f"{wording.usd(row['low_usd'])} to {wording.usd(row['high_usd'])}",
                INK,
                fontsize=8,
            )
        axes.set_yticks(range(len(rows)), rows["band"].tolist())
        axes.set_xlim(0, 122)
        axes.set_xticks(range(0, 101, 10))
        axes.grid(axis="y", visible=False)
        axes.set_xlabel("Percent of all workers of the occupation who earn less")
        inside = bands[bands["kind"].eq("experience")].iloc[0]
        share = wording.percent(100 * inside["share_inside"], decimals=0)
        title = f"The guide's {inside['band']} band holds {share} of all workers"
        return finished(
            figure,
            title=title,
            measure=(
                f"Where the guide's bands lie on the official wages of {wording.place(place)}, a "
                "proxy; blue: by experience, green: by specialty"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['band']}: percentile {row['low_percentile']:.0f} to "
                f"{row['high_percentile']:.0f}"
                for row in bands.to_dict("records")
            )
            + ".",
            data=bands,
            source=part.source,
        )


def state_ranking(part: Part) -> Chart:
    """Draw the best paid states by mean pay with their error, the guide's three marked."""
    ranking = part.table
    known = ranking.dropna(subset=["rank"]).sort_values("rank")
    guide = known[known["is_guide_top"]]
    rows = (
        pd.concat([known.head(SHOWN_STATES), guide])
        .drop_duplicates("area_code")
        .sort_values("rank", ascending=False)
        .reset_index(drop=True)
    )
    with canvas(height=0.27 * len(rows) + 1.2) as (figure, axes):
        colors = [ORANGE if is_guide else BLUE for is_guide in rows["is_guide_top"]]
        axes.hlines(
            range(len(rows)),
            (rows["value"] - NORMAL_90 * rows["standard_error"]) / THOUSAND,
            (rows["value"] + NORMAL_90 * rows["standard_error"]) / THOUSAND,
            color=colors,
            linewidth=2,
        )
        axes.scatter(rows["value"] / THOUSAND, range(len(rows)), color=colors, s=34, zorder=3)
        claimed = rows.dropna(subset=["guide_mean_wage_usd"])
        axes.scatter(
            claimed["guide_mean_wage_usd"] / THOUSAND,
            claimed.index,
            marker="D",
            s=30,
            facecolor="white",
            edgecolor=ORANGE,
            zorder=4,
        )
        axes.set_yticks(
            range(len(rows)),
            [
                f"{name}  {rank:.0f}"
                for name, rank in zip(rows["area_name"], rows["rank"], strict=True)
            ],
        )
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_major_formatter(wording.thousands_usd)
        names = wording.listed(guide["area_name"].tolist())
        ranks = wording.listed([f"{rank:.0f}" for rank in guide["rank"]])
        is_right = sorted(guide["rank"]) == list(range(1, len(guide) + 1))
        title = f"{names} rank {ranks}{'' if is_right else ', not first to third'}"
        return finished(
            figure,
            title=title,
            measure=(
                f"Mean wage with 90% interval and rank, {part.note}; orange: the guide's three, "
                "diamonds: the averages it gives"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['area_name']} {wording.usd(row['value'])}, rank {row['rank']:.0f}"
                for row in rows.iloc[::-1].head(SHOWN_STATES).to_dict("records")
            )
            + ".",
            data=ranking,
            source=part.source,
        )
