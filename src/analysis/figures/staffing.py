"""How many coders a department needs, and how long records wait."""

from dataclasses import replace

from matplotlib.ticker import MaxNLocator

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    GREEN,
    INK,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
    letters,
    spread,
)
from analysis.figures.row_chart import row_chart
from analysis.studies.staffing import Department
from analysis.studies.staffing.need import MODEL, coders_between

TEAM_COLORS = {
    "nobody hired": ORANGE,
    "team of today, kept": QUIET,
    "with the hires planned": BLUE,
}


def staffing_need(study: Department) -> Chart:
    """Draw the full-time coders by encounter type with their intervals."""
    rows = study.by_type.table.iloc[::-1].reset_index(drop=True)
    low, high = rows["fte_low"], rows["fte_high"]
    with row_chart(rows["encounter_type"], row=0.5, room=1.1) as chart:
        colors = [INK if name == "All" else BLUE for name in rows["encounter_type"]]
        chart.lines(low, high, color=colors, linewidth=7, alpha=0.3)
        chart.dots(rows["fte"], color=colors, s=46)
        chart.words(
            high,
            [f"{fte:.1f}  ({coders_between(*ends)})"
             for fte, *ends in zip(rows["fte"], low, high, strict=True)],
            fontsize=8.5,
        )  # fmt: skip
        chart.axes.set_ylim(-0.6, len(rows) - 0.4)
        chart.axes.set_xlim(0, high.max() * 1.25)
        chart.axes.set_xlabel("Full-time coders")
        return chart.done(
            replace(study.by_type, source=MODEL),
            f"The volume needs about {wording.amount(study.need.fte)} full-time coders",
            "Full-time coders by type of encounter: median and middle 90% of simulated cases",
            (
                f"{row['encounter_type']}: {row['fte']:.1f}, middle 90% "
                f"{coders_between(row['fte_low'], row['fte_high'])}"
                for row in study.by_type.table.to_dict("records")
            ),
        )


def staffing_tornado(study: Department) -> Chart:
    """Draw how far the need moves between the limits of each input."""
    rows = study.by_input.table.iloc[::-1].reset_index(drop=True)
    middle = study.middle_fte
    with row_chart(rows["label"], row=0.36) as chart:
        for ends, color in (("fte_low_input", ORANGE), ("fte_high_input", BLUE)):
            chart.bars(rows[ends], middle, color=color, height=0.62)
        chart.axes.axvline(middle, color=INK, linewidth=1)
        chart.axes.set_xlabel("Full-time coders")
        first = rows["label"].iloc[-1]
        return chart.done(
            study.by_input,
            f"Most depends on: {first[:1].lower()}{first[1:]}",
            "Full-time coders with each input at its low limit (orange) and at its high limit "
            "(blue), the others in the middle",
            (
                f"{row['label']}: {row['fte_low_input']:.1f} to {row['fte_high_input']:.1f}"
                for row in study.by_input.table.to_dict("records")
            ),
        )


def tool_adoption(study: Department) -> Chart:
    """Draw the need as more records go through the tool."""
    table = study.by_adoption.table
    chosen = 100 * study.plan.ai_adoption
    with canvas(height=2.9) as (figure, axes):
        axes.fill_between(table["adoption_pct"], table["fte_low"], table["fte_high"], color=BLUE,
                          alpha=0.18, linewidth=0)  # fmt: skip
        axes.plot(table["adoption_pct"], table["fte"], color=BLUE, marker="o", markersize=4)
        axes.axvline(chosen, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)
        axes.annotate(
            "this department", (chosen, table["fte_high"].max()), xytext=(5, 0),
            textcoords="offset points", color=QUIET, fontsize=8, va="top",
        )  # fmt: skip
        axes.set_ylim(0, table["fte_high"].max() * 1.08)
        axes.set_xlim(0, 100)
        axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0f}%")
        axes.set_xlabel("Share of records with AI assistance")
        last = table.iloc[-1]
        title = (
            f"Even with AI on every record, vendors' figures save {last['fte_saved']:.1f} of "
            f"{table['fte'].iloc[0]:.1f} coders"
        )
        return finished(
            figure,
            title=title,
            measure="Full-time coders: median and middle 90% of simulated cases",
            alt=f"{title}. Coders fall from {table['fte'].iloc[0]:.1f} without the tool to "
            f"{last['fte']:.1f} with every record through it.",
            data=table,
            source="vendors' figures and the guide, as listed below; model",
        )


def days_within_target(study: Department) -> Chart:
    """Draw the share of days within the target by how many coders are employed."""
    table = study.waits.table[~study.waits.table["is_team_of_today"]]
    names, shares = table["coders"].map("{:.0f}".format).tolist(), table["within_pct"]
    goal = 100 * study.plan.target_share
    with canvas(height=2.7) as (figure, axes):
        bars = axes.bar(names, shares, color=BLUE, width=0.6)
        axes.bar_label(bars, [f"{share:.0f}%" for share in shares], fontsize=8.5, padding=2)
        axes.axhline(goal, color=INK, linestyle=(0, (2, 2)), linewidth=1)
        axes.set_ylim(0, 112)
        axes.grid(axis="x", visible=False)
        axes.set_xlabel("Coders employed")
        axes.set_ylabel("Percent of days")
        title = _days_title(study)
        return finished(
            figure,
            title=title,
            measure=(
                f"Percent of working days on which at most {study.plan.target_days:g} days of "
                f"arrivals wait, by coders employed; line: the target share of {goal:g}%"
            ),
            alt=f"{title}. "
            + "; ".join(f"{n} coders: {share:.0f}%" for n, share in zip(names, shares, strict=True))
            + ".",
            data=study.waits.table,
            source=study.waits.source,
        )


def backlogs(study: Department) -> Chart:
    """Draw the backlog day by day for each team."""
    table = study.backlogs.table
    last = table.groupby("team")["backlog_days"].last()
    days = int(table["day"].max())
    with canvas(height=3.1) as (figure, axes):
        heights = spread(last[list(TEAM_COLORS)].tolist(), table["backlog_days"].max() * 0.08)
        for (team, color), height in zip(TEAM_COLORS.items(), heights, strict=True):
            rows = table[table["team"].eq(team)]
            axes.plot(rows["day"], rows["backlog_days"], color=color)
            label_end(axes, days, height, team, color, fontsize=8.5)
        axes.set_xlim(0, days * 1.32)
        axes.set_xticks(list(range(0, days + 1, 42)))
        axes.set_ylim(0, None)
        axes.set_xlabel("Working day, 21 a month")
        left, hired = last["nobody hired"], last["with the hires planned"]
        title = f"With nobody hired the backlog reaches {left:.0f} days, with the plan {hired:.0f}"
        return finished(
            figure,
            title=title,
            measure="Records waiting to be coded, in days of arrivals",
            alt=f"{title}, after {days} working days. "
            + "; ".join(f"{team}: {last[team]:.1f} days at the end" for team in TEAM_COLORS)
            + ".",
            data=table,
            source="day-by-day model on the inputs listed below",
        )


def hiring_plan(study: Department) -> Chart:
    """Draw hires, team and working capacity month by month."""
    table, target = study.hiring.table, study.target
    with canvas(height=3.0) as (figure, axes):
        axes.bar(table["month"], table["hires"], color=GREEN, width=0.5, alpha=0.6)
        for month, hires in zip(table["month"], table["hires"], strict=True):
            if hires:
                axes.annotate(
                    f"+{hires:.0f}", (month, hires), xytext=(0, 2), textcoords="offset points",
                    ha="center", color=letters(GREEN), fontsize=8.5,
                )  # fmt: skip
        axes.plot(table["month"], table["heads_end"], color=QUIET)
        axes.plot(table["month"], table["productive_fte"], color=BLUE)
        last = table.iloc[-1]
        axes.hlines(target, 0.4, last["month"], color=INK, linestyle=(0, (2, 2)),
                    linewidth=1)  # fmt: skip
        ends = [last["productive_fte"], last["heads_end"], float(target)]
        named = ("at full speed", "employed", "target")
        gap = target * 0.07
        for height, name, color in zip(spread(ends, gap), named, (BLUE, QUIET, INK), strict=True):
            label_end(axes, last["month"], height, name, color, fontsize=8.5, offset=(12, 0))
        axes.set_xlim(0.4, last["month"] * 1.2)
        axes.set_xticks(table["month"][:: 2 if len(table) > 14 else 1])
        axes.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        axes.set_ylim(0, max(target, study.coders) * 1.25)
        axes.grid(axis="x", visible=False)
        axes.set_xlabel("Month")
        title = _hiring_title(study)
        return finished(
            figure,
            title=title,
            measure=(
                f"Coders by month at {100 * study.plan.turnover:.0f}% turnover a year, an "
                "assumption; bars: people hired"
            ),
            alt=f"{title}. The team goes from {study.coders:.1f} coders to "
            f"{last['heads_end']:.1f}, of whom {last['productive_fte']:.1f} work at full speed.",
            data=table,
            source=MODEL,
        )


def _days_title(study: Department) -> str:
    """Say how many coders keep the target, and what one step fewer does."""
    table = study.waits.table[~study.waits.table["is_team_of_today"]].reset_index(drop=True)
    days = f"within {study.plan.target_days:g} days"
    enough = table.index[table["within_pct"] >= 100 * study.plan.target_share]
    if not len(enough):
        last = table.iloc[-1]
        return f"{last['coders']:.0f} coders keep the backlog {days} on {last['within_pct']:.0f}%"
    first = table.loc[enough[0]]
    title = f"{first['coders']:.0f} coders keep the backlog {days} on {first['within_pct']:.0f}%"
    if enough[0] == 0:
        return f"{title} of days"
    fewer = table.loc[enough[0] - 1]
    return f"{title} of days, {fewer['coders']:.0f} on {fewer['within_pct']:.0f}%"


def _hiring_title(study: Department) -> str:
    """Say what the hires come to: the target, or how far the team stays from it."""
    hires = f"{study.hires or 'No'} hire{'' if study.hires == 1 else 's'}"
    months = f"in {study.plan.plan_months} months"
    if not study.is_target_reached:
        return (
            f"{hires} {months} leave the team {study.last_gap:.0f} short of {study.target} coders"
        )
    if not study.hires:
        return f"{hires} {months}: {study.coders:.0f} coders are enough"
    return f"{hires} {months} bring the team to {study.target} coders"
