"""What the median wage bought over the years, nothing joined across a break."""

from analysis import wording
from analysis.figures.chart import BLUE, FAINT, QUIET, Chart, canvas, finished, label_end
from analysis.figures.reason import Reason
from analysis.studies.history import History

THOUSAND = 1_000


def real_wage(history: History) -> Chart | str:
    """Draw the national median wage, nominal and at the prices of the latest May."""
    table = history.table.dropna(subset=["median_wage_real_usd"])
    if len(table) < 2:
        return Reason(history.note or "Earlier years are not in hand.")
    segments = list(dict.fromkeys(table["segment"]))
    with canvas(height=3.3) as (figure, axes):
        for segment, rows in table.groupby("segment", sort=False):
            color = BLUE if segment == segments[-1] else QUIET
            axes.plot(rows["year"], rows["median_wage_usd"] / THOUSAND, color=FAINT, linewidth=1.5)
            axes.plot(
                rows["year"],
                rows["median_wage_real_usd"] / THOUSAND,
                color=color,
                marker="o",
                markersize=4,
            )
            label_end(
                axes,
                (rows["year"].min() + rows["year"].max()) / 2,
                rows["median_wage_real_usd"].max() / THOUSAND,
                str(segment),
                color,
                offset=(0, 10),
                ha="center",
            )
        for segment in segments[1:]:
            year = table.loc[table["segment"].eq(segment), "year"].min()
            axes.axvline(year - 0.5, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)
        first = table.iloc[0]
        label_end(
            axes,
            first["year"],
            first["median_wage_usd"] / THOUSAND,
            "nominal",
            QUIET,
            offset=(0, -11),
            ha="left",
        )
        axes.margins(x=0.05, y=0.2)
        axes.yaxis.set_major_formatter(lambda usd, _: f"${usd:,.0f}k")
        axes.set_xticks(range(int(table["year"].min()), int(table["year"].max()) + 1, 3))
        title = _finding(history)
        last = table.iloc[-1]
        return finished(
            figure,
            title=title,
            measure=(
                f"Median wage, United States, at prices of May {history.dollars_of}, USD a year; "
                "dashed: not comparable across"
            ),
            alt=(
                f"{title}. {wording.usd(first['median_wage_real_usd'])} in May {first['year']}, "
                f"{wording.usd(last['median_wage_real_usd'])} in May {last['year']}, both at the "
                f"prices of May {history.dollars_of}. {history.note}"
            ),
            data=table,
            source=f"{history.source}; CPI-U of May",
        )


def _finding(history: History) -> str:
    """Say how the real median wage moved over the latest span that compares."""
    growth = history.growth
    rows = growth[growth["measure"].eq("median_wage_real_usd")].sort_values("to_year")
    if rows.empty:
        return "No two years of the median wage compare"
    row = rows.iloc[-1]
    moved = wording.signed(wording.percent(row["growth_pct"]))
    span = f"from {row['from_year']} to {row['to_year']}"
    return f"After inflation, the median wage moved {moved} {span}"
