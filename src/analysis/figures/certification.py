"""What is published, and what own records say, about pay and credentials."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis import wording
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
    label_end,
    spread,
)
from analysis.figures.reason import Reason
from analysis.figures.theme import KIND_COLORS
from analysis.studies.certification import Certification
from analysis.studies.guide import GUIDE

THOUSAND = 1_000
MARKERS = {"mean": "o", "median": "D"}
EXAM_COLORS = {"CCA": BLUE, "CCS": ORANGE, "RHIA": GREEN}


def member_gaps(study: Certification) -> Chart | Reason:
    """Draw the means of certified and not certified members survey by survey."""
    gaps = study.gaps
    if gaps.is_missing:
        return Reason(gaps.reason)
    table = gaps.table
    places = np.arange(len(table))
    with canvas(height=0.5 * len(table) + 1.3) as (figure, axes):
        low, high = table["not_certified_usd"] / THOUSAND, table["certified_usd"] / THOUSAND
        axes.hlines(places, low, high, color=FAINT, linewidth=5)
        axes.scatter(low, places, color=QUIET, s=44, zorder=3)
        axes.scatter(high, places, color=PURPLE, s=44, zorder=3)
        for place, row in enumerate(table.to_dict("records")):
            gap = wording.signed(wording.percent(row["gap_pct"], decimals=0))
            label_end(axes, row["certified_usd"] / THOUSAND, place, gap, INK, fontweight="bold")
        label_end(axes, low.iloc[0], 0, "not certified", QUIET, offset=(0, 11), ha="center")
        label_end(axes, high.iloc[0], 0, "certified", PURPLE, offset=(0, 11), ha="center")
        axes.set_yticks(places, [str(year) for year in table["year"]])
        axes.set_ylim(len(table) - 0.5, -0.75)
        axes.set_xlim(low.min() - 3, high.max() + 5)
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_major_formatter(wording.thousands_usd)
        title = f"The reported gap has swung between {study.gap_range}"
        return finished(
            figure,
            title=title,
            measure="Mean pay of AAPC members who answered, USD a year of the survey",
            alt=f"{title}. "
            + "; ".join(
                f"{row['year']}: certified {wording.usd(row['certified_usd'])}, not certified "
                f"{wording.usd(row['not_certified_usd'])}"
                for row in table.to_dict("records")
            )
            + ".",
            data=table,
            source="AAPC member surveys, through pages quoting them; self-selected",
        )


def published_pay(study: Certification) -> Chart:
    """Draw every published figure of pay by credential, means and medians told apart."""
    table = study.pay.table
    official = table[table["kind"].eq("official")]
    shown = table[~table["kind"].eq("official")].assign(
        usd=table["may_usd"].fillna(table["wage_usd"])
    )
    ordered = shown.sort_values("is_credential", ascending=False, kind="stable")
    groups = list(dict.fromkeys(ordered["group"]))[::-1]
    with canvas(height=0.27 * len(groups) + 1.7) as (figure, axes):
        for row in official.to_dict("records"):
            axes.axvline(row["wage_usd"] / THOUSAND, color=BLUE, linewidth=1.2,
                         linestyle="-" if row["measure"] == "mean" else (0, (3, 2)))  # fmt: skip
        for row in shown.to_dict("records"):
            axes.scatter(
                row["usd"] / THOUSAND, groups.index(row["group"]), s=40, zorder=3,
                marker=MARKERS[row["measure"]], color=KIND_COLORS[row["kind"]],
            )  # fmt: skip
            if row["kind"] != "guide":
                label_end(
                    axes, row["usd"] / THOUSAND, groups.index(row["group"]), row["when"], QUIET,
                    fontsize=7.5,
                )  # fmt: skip
        axes.set_yticks(range(len(groups)), [group.removeprefix("members: ") for group in groups])
        axes.set_ylim(-0.7, len(groups) + 0.9)
        _official_labels(axes, official, len(groups) + 0.2)
        axes.xaxis.set_major_formatter(wording.thousands_usd)
        axes.set_xlabel(
            "circle: mean, diamond: median; orange: guide, purple: AAPC members, lines: official"
        )
        title = study.pay_finding
        return finished(
            figure,
            title=title,
            measure=(
                f"USD a year, surveys at the prices of {study.prices_of}, the guide as "
                "printed; latest survey of each group"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['group']}, {row['kind']} {row['measure']}: {wording.usd(row['wage_usd'])} "
                f"({row['when']})"
                for row in table.to_dict("records")
            )
            + ".",
            data=table,
            source=f"{GUIDE}; AAPC member surveys; BLS, OEWS",
        )


def pass_rates(study: Certification) -> Chart | Reason:
    """Draw first-time pass rates by year with their intervals."""
    record = study.passes
    if record.is_missing:
        return Reason(record.reason)
    table = record.table
    exams = list(table["credential"].unique())
    last = {
        str(row["credential"]): row
        for row in table.groupby("credential").tail(1).to_dict("records")
    }
    with canvas(height=3.1) as (figure, axes):
        heights = spread([float(last[exam]["pass_rate_pct"]) for exam in exams], 2.2)
        for exam, height in zip(exams, heights, strict=True):
            rows, color = table[table["credential"].eq(exam)], EXAM_COLORS.get(exam, PURPLE)
            known = rows.set_index("year")["pass_rate_pct"]
            every = known.reindex(range(known.index.min(), known.index.max() + 1))  # gaps stay open
            axes.plot(known.index, known, color=color, linewidth=1, linestyle=(0, (1, 3)))
            axes.plot(every.index, every, color=color, marker="o", markersize=5)
            axes.vlines(rows["year"], rows["low_pct"], rows["high_pct"], color=color, linewidth=5,
                        alpha=0.3)  # fmt: skip
            words = f"{exam} {wording.percent(last[exam]['pass_rate_pct'], decimals=0)}"
            label_end(axes, float(last[exam]["year"]), height, words, color, offset=(9, 0))
        first, end = int(table["year"].min()), int(table["year"].max())
        axes.set_xlim(first - 0.4, end + 1.3)
        axes.set_xticks(range(first, end + 1))
        axes.yaxis.set_major_formatter(lambda share, _: f"{share:.0f}%")
        title = study.pass_finding
        return finished(
            figure,
            title=title,
            measure=(
                "Share of first-time takers who passed; bars: 90% interval where the number of "
                "takers is published; dotted: years not published"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['credential']} {row['year']}: {wording.percent(row['pass_rate_pct'])}"
                for row in table.to_dict("records")
            )
            + ".",
            data=table,
            source="AHIMA, through pages quoting it",
        )


def _official_labels(axes: Axes, official: pd.DataFrame, height: float) -> None:
    """Name the official lines, each on its outer side."""
    for row in official.to_dict("records"):
        is_mean = row["measure"] == "mean"
        label_end(
            axes,
            row["wage_usd"] / THOUSAND,
            height,
            f"official {row['measure']}",
            BLUE,
            offset=(4, 0) if is_mean else (-4, 0),
            ha="left" if is_mean else "right",
            fontsize=8,
        )
