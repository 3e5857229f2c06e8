"""Where a career leads: its rungs, a move against staying, and the specialisations."""

import textwrap

import pandas as pd

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
    spread,
)
from analysis.figures.reason import Reason
from analysis.studies.careers.career_ladder import Ladder
from analysis.studies.careers.career_value import CareerValue
from analysis.studies.careers.specialties import Specialties

THOUSAND = 1_000
LABEL_GAP = 0.06  # of the highest pay drawn
LABEL_WIDTH = 26  # characters of a title on one line


def ladder(climb: Ladder) -> Chart | str:
    """Draw the rungs of the ladder, each with the pay taken for it and that of its occupation."""
    if climb.is_missing:
        return Reason(climb.reason)
    rows = climb.steps.reset_index(drop=True)
    top = rows["high_usd"].fillna(rows["low_usd"])
    with canvas(height=0.55 * len(rows) + 1.2) as (figure, axes):
        axes.hlines(
            range(len(rows)),
            rows["p10_wage_usd"].fillna(rows["low_usd"]) / THOUSAND,
            rows["p90_wage_usd"].fillna(top) / THOUSAND,
            color=FAINT,
            linewidth=5,
        )
        colors = [BLUE if step <= 2 else GREEN for step in rows["step"]]
        axes.hlines(
            range(len(rows)), rows["low_usd"] / THOUSAND, top / THOUSAND, color=colors, linewidth=9
        )
        for place, row in enumerate(rows.to_dict("records")):
            label_end(
                axes,
                max(top[place], row["p90_wage_usd"] if pd.notna(row["p90_wage_usd"]) else 0)
                / THOUSAND,
                place,
                _range(row["low_usd"], row["high_usd"]),
                INK,
                fontsize=8,
            )
        axes.set_yticks(
            range(len(rows)),
            [
                f"{row['step']:.0f}  {textwrap.fill(row['title'], LABEL_WIDTH)}"
                for row in rows.to_dict("records")
            ],
        )
        axes.grid(axis="y", visible=False)
        axes.set_xlim(0, 1.27 * max(top.max(), rows["p90_wage_usd"].max()) / THOUSAND)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.xaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        title = _jump(rows)
        return finished(
            figure,
            title=title,
            measure=(
                f"Official wages in {wording.place(climb.place)}, USD a year; bar: the part of the "
                "occupation taken for the title (assumption), pale: its 10th to 90th percentile"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['title']}: {_range(row['low_usd'], row['high_usd'])}"
                for row in rows.to_dict("records")
            )
            + ".",
            data=climb.table,
            source=climb.source,
        )


def career_paths(value: CareerValue) -> Chart | str:
    """Draw pay year by year for those who stay and those who move."""
    if value.is_missing:
        return Reason(value.reason)
    paths = value.paths
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
        axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        gain = value.gain
        title = f"Moving is worth {wording.amount(gain)} more than staying, if it comes"
        if gain.value is not None and gain.value < 0:
            title = f"Moving is worth {wording.amount(gain)}: staying pays more"
        return finished(
            figure,
            title=title,
            measure=(
                "Pay a year by official percentiles; band: middle 90% of simulated moves. "
                f"{value.note}"
            ),
            alt=(
                f"{title}, {gain.limits} {wording.interval(gain)}. In the last year staying pays "
                f"{wording.usd(last['stay_usd'])}, moving {wording.usd(last['move_usd'])}."
            ),
            data=paths,
            source=value.source,
        )


def specialties(placed: Specialties) -> Chart | str:
    """Draw what the guide promises for each specialisation above what official wages show."""
    if placed.is_missing:
        return Reason(placed.reason)
    rows = placed.table.dropna(subset=["low_usd", "guide_low_usd"], how="all").iloc[::-1]
    rows = rows.reset_index(drop=True)
    with canvas(height=0.5 * len(rows) + 1.1) as (figure, axes):
        axes.hlines(
            rows.index + 0.14,
            rows["guide_low_usd"] / THOUSAND,
            rows["guide_high_usd"] / THOUSAND,
            color=ORANGE,
            linewidth=6,
        )
        axes.hlines(
            rows.index - 0.14,
            rows["low_usd"] / THOUSAND,
            rows["high_usd"].fillna(rows["low_usd"]) / THOUSAND,
            color=BLUE,
            linewidth=6,
        )
        axes.set_yticks(range(len(rows)), rows["title"].tolist())
        for place, row in enumerate(rows.to_dict("records")):
            if pd.isna(row["low_usd"]):
                label_end(
                    axes,
                    row["guide_high_usd"] / THOUSAND,
                    place - 0.14,
                    "no occupation in hand",
                    QUIET,
                    fontsize=8,
                )
        axes.grid(axis="y", visible=False)
        axes.set_ylim(-0.7, len(rows) - 0.3)
        axes.xaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        named = placed.table.dropna(subset=["guide_low_percentile"])
        lowest = named["guide_low_percentile"].min()
        title = (
            "The guide's pay for specialists begins where "
            f"{wording.percent(lowest, decimals=0)} of all coders earn less"
        )
        return finished(
            figure,
            title=title,
            measure=(
                "USD a year; orange: the guide's band, blue: the part of the official wages in "
                f"{wording.place(placed.place)} taken for it (assumption)"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['title']}: guide {_range(row['guide_low_usd'], row['guide_high_usd'])}, "
                f"official {_range(row['low_usd'], row['high_usd'])}"
                for row in placed.table.to_dict("records")
            )
            + ".",
            data=placed.table,
            source=placed.source,
        )


def _range(low: float, high: float) -> str:
    """Write a range of pay; open where the upper end is top-coded, named where there is none."""
    if pd.isna(low):
        return wording.MISSING
    return (
        f"{wording.usd(low)} or more"
        if pd.isna(high)
        else f"{wording.usd(low)} to {wording.usd(high)}"
    )


def _jump(rows: pd.DataFrame) -> str:
    """Say how much more the rungs of management pay than the highest before them."""
    below, above = rows[rows["step"].le(2)], rows[rows["step"].ge(3)]
    if below.empty or above.empty or below["median_wage_usd"].isna().all():
        return "Official wages by rung"
    times = above["median_wage_usd"].iloc[0] / below["median_wage_usd"].iloc[0]
    return f"The managers' median is {times:.1f} times the coders'"
