"""Rates of a program against what Workforce Pell asks for."""

from typing import Any

import pandas as pd

from analysis import wording
from analysis.figures.chart import BLUE, FAINT, INK, MUTED, ORANGE, Chart, label_end
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.studies.part import Part
from analysis.studies.pell import FIRST_YEAR, Pell

NONE_GIVEN = (
    "No completion or placement rate was given: there is nothing to compare with the limits."
)

LOOKS: dict[str, dict[str, Any]] = {  # told apart without color, too
    "pass": {"color": BLUE, "marker": "o"},
    "fail": {"color": ORANGE, "marker": "X"},
    "unknown": {"facecolor": "none", "edgecolor": MUTED, "linewidth": 1.5, "marker": "o"},
}
MOST_ROWS = 12
MARKED = "filled circle: pass, cross: fail, empty circle: unknown"


def pell_screens(study: Pell) -> Chart:
    """Draw the verdict on each federal screen."""
    rows = study.screens.table
    counts = rows["verdict"].value_counts()
    passed, failed, unknown = (int(counts.get(name, 0)) for name in LOOKS)
    title = f"Of {len(rows)} screens {passed} are passed, {failed} failed and {unknown} unknown"
    later = rows["from_award_year"].map(lambda year: "" if year == FIRST_YEAR else f", from {year}")
    return _verdicts(study.screens, rows["screen"] + later, title, f"Federal screens; {MARKED}")


def state_rules(study: Pell) -> Chart | Reason:
    """Draw the verdict of each rule of the state, or of all states for the nation."""
    part = study.state_rules
    if part.is_missing:
        return Reason(part.reason)
    rows = part.table
    known = int(rows["verdict"].ne("unknown").sum())
    passed = int(rows["verdict"].eq("pass").sum())
    found = f"{len(rows)} {'was' if len(rows) == 1 else 'were'} found"
    title = (
        f"Coders meet {passed} of the {known} rules that can be applied; {found}"
        if known
        else f"No rule can be applied to the figures available; {found}"
    )
    return _verdicts(part, rows["state_name"] + ": " + rows["rule"], title, f"Rules; {MARKED}")


def _verdicts(part: Part, names: "pd.Series[str]", title: str, measure: str) -> Chart:
    """Draw a mark and the figure in words for each row; of many, for those that are decided."""
    rows = part.table.assign(name=names).iloc[::-1].reset_index(drop=True)
    if len(rows) > MOST_ROWS:
        rows = rows[rows["verdict"].ne("unknown")].reset_index(drop=True)
    with row_chart(rows["name"], row=0.46, room=0.7, width=44) as chart:
        for place, row in enumerate(rows.to_dict("records")):
            chart.axes.scatter(0, place, s=60, zorder=3, **LOOKS[row["verdict"]])
            text = f"{row['verdict']}: {row['figure']}"
            label_end(chart.axes, 0, place, text, INK, offset=(10, 0), fontsize=8)
        chart.axes.set_xlim(-0.05, 1)
        chart.axes.set_ylim(-0.7, len(rows) - 0.3)
        chart.axes.set_xticks([])
        chart.axes.spines["bottom"].set_visible(False)
        return chart.done(
            part,
            title,
            measure,
            [f"{row['name']}: {row['verdict']}" for row in rows.iloc[::-1].to_dict("records")],
        )


def pell_rates(study: Pell) -> Chart | Reason:
    """Draw the rates that were given beside their limits, with the intervals of the cohort."""
    rows = study.rates
    if rows.empty:
        return Reason(NONE_GIVEN)
    rows = rows.iloc[::-1].reset_index(drop=True)
    rates = rows["rate"]
    with row_chart(rows["screen"], row=0.55, room=1.0) as chart:
        chart.lines(rows["low"].fillna(rates), rows["high"].fillna(rates), color=FAINT, linewidth=6)
        passes = rows["verdict"].eq("pass")
        chart.dots(rates, color=passes.map({True: BLUE, False: ORANGE}).tolist())
        ends = rows["high"].fillna(rates)
        texts = rates.map(wording.percent) + ", " + rows["verdict"]
        chart.words(ends, texts)
        for place, limit in enumerate(rows["minimum"]):
            chart.axes.vlines(limit, place - 0.3, place + 0.3, color=INK, linewidth=2)
        label_end(
            chart.axes, rows["minimum"].iloc[-1], len(rows) - 0.55, "asked for", INK,
            ha="center", offset=(0, 0),
        )  # fmt: skip
        chart.axes.set_xlim(0, 125)
        chart.axes.set_xticks([0, 25, 50, 75, 100])
        chart.axes.set_ylim(-0.6, len(rows) - 0.3)
        passed = int(passes.sum())
        return chart.done(
            study.screens,
            f"{passed} of the {len(rows)} rates given reach their limit",
            "Percent; grey: 90% interval for a cohort of this size, where its size was given",
            [
                f"{row['screen']} {row['rate']:g}%, {row['verdict']}"
                for row in rows.to_dict("records")
            ],
        )
