"""Rates of a program against what Workforce Pell asks for."""

from analysis import wording
from analysis.figures.chart import BLUE, FAINT, INK, ORANGE, Chart, label_end
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.studies.pell import Pell

NONE_GIVEN = (
    "No completion or placement rate was given: there is nothing to compare with the limits."
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
