"""One school's earnings beside those of others."""

from matplotlib.ticker import MaxNLocator

from analysis import wording
from analysis.figures.chart import BLUE, INK, ORANGE, Chart, label_end
from analysis.figures.reason import Reason
from analysis.figures.row_chart import row_chart
from analysis.studies.program import WITHHELD, SchoolPrograms


def school_beside_others(study: SchoolPrograms) -> Chart | Reason:
    """Draw median earnings of a school's programs, its state's, its kind's and the nation's."""
    part = study.beside
    if part.is_missing:
        return Reason(part.reason)
    rows = part.table.dropna(subset=["median_earnings_usd"]).iloc[::-1].reset_index(drop=True)
    own = rows["group"].eq(study.school)
    if rows.empty:
        return Reason(WITHHELD)
    earnings = rows["median_earnings_usd"]
    names = rows["group"] + ", " + rows["credential"].str.split().str[0].str.lower()
    names = names.str.replace(", undergraduate", ", certificate")
    threshold = study.led_by["earnings_threshold_state_usd"]
    with row_chart(names, row=0.42, room=1.1, unit=1_000) as chart:
        chart.dots(earnings, color=own.map({True: ORANGE, False: BLUE}).tolist())
        chart.words(earnings, earnings.map(wording.usd), fontsize=8)
        low, high = float(earnings.min()), float(earnings.max())
        if threshold == threshold:  # not missing
            low, high = min(low, threshold), max(high, threshold)
            chart.axes.axvline(threshold / 1_000, color=INK, linewidth=1)
            label_end(
                chart.axes, threshold / 1_000, len(rows) - 0.35, "high school", INK,
                ha="center", offset=(0, 0),
            )  # fmt: skip
        chart.axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10], integer=True))
        room = 0.12 * (high - low) + 1_000
        chart.axes.set_xlim((low - room) / 1_000, (high + 3 * room) / 1_000)
        chart.axes.set_ylim(-0.6, len(rows) - 0.1)
        if study.premium.value is None:
            title = f"{study.school}: what others of its kind lead to"
        else:
            side = "above" if study.premium.value > 0 else "below"
            gap = wording.usd(abs(study.premium.value))
            title = f"{study.school}: {gap} a year {side} high-school earnings"
        return chart.done(
            part,
            title,
            "Median earnings of completers, USD a year; orange: this school; line: high-school "
            f"earnings, {study.area.name}",
            [f"{name} {wording.usd(usd)}" for name, usd in zip(names, earnings, strict=True)],
        )
