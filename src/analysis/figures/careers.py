"""Where a career leads: its rungs, a move against staying, and the specialties."""

import pandas as pd

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    FAINT,
    GREEN,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
    spread,
)
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.studies.careers import Careers

THOUSAND = 1_000
LABEL_GAP = 0.06  # of the highest pay drawn
LABEL_WIDTH = 26  # characters of a title on one line


def ladder(study: Careers) -> Chart | str:
    """Draw the rungs of the ladder, each with the pay taken for it and that of its occupation."""
    if study.ladder.is_missing:
        return Reason(study.ladder.reason)
    rows = study.rungs
    top = rows["high_usd"].fillna(rows["low_usd"])
    names = [f"{step:.0f}  {title}" for step, title in rows[["step", "title"]].to_numpy()]
    ranges = [_range(*pay) for pay in rows[["low_usd", "high_usd"]].to_numpy()]
    farthest = pd.concat([top, rows["p90_wage_usd"]], axis=1).max(axis=1)
    with row_chart(names, row=0.55, room=1.2, width=LABEL_WIDTH + 3, unit=THOUSAND) as chart:
        low = rows["p10_wage_usd"].fillna(rows["low_usd"])
        chart.lines(low, rows["p90_wage_usd"].fillna(top), color=FAINT, linewidth=5)
        colors = [BLUE if step <= 2 else GREEN for step in rows["step"]]
        chart.lines(rows["low_usd"], top, color=colors, linewidth=9)
        chart.words(farthest, ranges, fontsize=8)
        chart.axes.set_xlim(0, 1.27 * float(farthest.max()) / THOUSAND)
        chart.axes.set_ylim(-0.7, len(rows) - 0.3)
        times = study.managers_over_coders
        return chart.done(
            study.ladder,
            "Official wages by rung"
            if times is None
            else f"The managers' median is {times:.1f} times the coders'",
            f"Official wages in {wording.place(study.area.name)}, USD a year; bar: the part of the "
            "occupation taken for the title (assumption), pale: its 10th to 90th percentile",
            (f"{title}: {pay}" for title, pay in zip(rows["title"], ranges, strict=True)),
        )


def career_paths(study: Careers) -> Chart | str:
    """Draw pay year by year for those who stay and those who move."""
    if study.missing:
        return Reason(study.missing)
    paths = study.paths
    with canvas(height=3.8) as (figure, axes):
        axes.fill_between(
            paths["years"],
            paths["move_low_usd"] / THOUSAND,
            paths["move_high_usd"] / THOUSAND,
            color=GREEN,
            alpha=0.18,
            linewidth=0,
        )
        axes.plot(paths["years"], paths["move_usd"] / THOUSAND, color=GREEN)
        axes.plot(paths["years"], paths["stay_usd"] / THOUSAND, color=BLUE)
        last = paths.iloc[-1]
        gap = LABEL_GAP * float(paths["move_high_usd"].max())
        heights = spread([float(last["move_usd"]), float(last["stay_usd"])], gap)
        for height, name, color in zip(heights, ("moving", "staying"), (GREEN, BLUE), strict=True):
            label_end(axes, last["years"], height / THOUSAND, name, color)
        axes.set_xlabel("Years since the start")
        axes.set_ylim(0, None)
        axes.set_xlim(0, 1.12 * float(last["years"]))
        axes.yaxis.set_major_formatter(wording.thousands_usd)
        gain = study.gain
        title = f"Moving is worth {wording.amount(gain)} more than staying, if it comes"
        if gain.value is not None and gain.value < 0:
            title = f"Moving is worth {wording.amount(gain)}: staying pays more"
        return finished(
            figure,
            title=title,
            measure=(
                "Pay a year by official percentiles; band: middle 90% of simulated moves. "
                f"{study.over}"
            ),
            alt=(
                f"{title}, {gain.limits} {wording.interval(gain)}. In the last year staying pays "
                f"{wording.usd(last['stay_usd'])}, moving {wording.usd(last['move_usd'])}."
            ),
            data=paths,
            source=study.value.source,
        )


def specialties(study: Careers) -> Chart | str:
    """Draw what the guide promises for each specialty above what official wages show."""
    placed = study.specialties
    if placed.is_missing:
        return Reason(placed.reason)
    rows = placed.table.dropna(subset=["low_usd", "guide_low_usd"], how="all").iloc[::-1]
    rows = rows.reset_index(drop=True)
    with row_chart(rows["title"], row=0.5, room=1.1, unit=THOUSAND) as chart:
        for low, high, color, shift in (
            ("guide_low_usd", "guide_high_usd", ORANGE, 0.14),
            ("low_usd", "high_usd", BLUE, -0.14),
        ):
            chart.axes.hlines(
                rows.index + shift,
                rows[low] / THOUSAND,
                rows[high].fillna(rows[low]) / THOUSAND,
                color=color,
                linewidth=6,
            )
        for place, row in rows[rows["low_usd"].isna()].iterrows():
            label_end(
                chart.axes,
                row["guide_high_usd"] / THOUSAND,
                float(str(place)) - 0.14,
                "no occupation fits",
                QUIET,
                fontsize=8,
            )
        chart.axes.set_ylim(-0.7, len(rows) - 0.3)
        lowest = placed.table["guide_low_percentile"].min()
        return chart.done(
            placed,
            "The guide's pay for specialists begins where "
            f"{wording.percent(lowest, decimals=0)} of all coders earn less",
            "USD a year; orange: the guide's band, blue: the part of the official wages in "
            f"{wording.place(study.area.name)} taken for it (assumption)",
            (
                f"{row['title']}: guide {_range(row['guide_low_usd'], row['guide_high_usd'])}, "
                f"official {_range(row['low_usd'], row['high_usd'])}"
                for row in placed.table.to_dict("records")
            ),
        )


def _range(low: float, high: float) -> str:
    """Write a range of pay; open where the upper end is top-coded, named where there is none."""
    return wording.MISSING if pd.isna(low) else wording.span(low, high, wording.usd)
