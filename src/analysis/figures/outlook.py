"""Where the jobs have been, who employs them, and where they are said to go."""

import numpy as np
import pandas as pd

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    MUTED,
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
from analysis.figures.row_chart import row_chart
from analysis.figures.salary import label_nominal, label_segment, mark_breaks, pay_moved
from analysis.studies.history import History
from analysis.studies.industries import Industries
from analysis.studies.outlook.automation import Automation
from analysis.studies.outlook.fan import Fan
from analysis.studies.outlook.openings import Openings
from analysis.studies.part import Part

THOUSAND = 1_000
SCENARIO_COLORS = (QUIET, GREEN, BLUE, ORANGE, PURPLE)
PANELS = (("jobs", "Jobs"), ("openings", "Openings a year"))


def employment_history(history: History) -> Chart:
    """Draw employment and real median wage by year, nothing joined across a break.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.history import history
    >>> employment_history(history(processed.Tables())).alt.partition(". ")[0]
    'Pay has slipped 1.4% behind inflation since 2022'
    """
    table = history.table
    latest = table["segment"].iloc[-1]
    with canvas(height=5.4, rows=2, sharex=True) as (figure, (jobs, pay)):
        for segment, rows in table.groupby("segment", sort=False):
            color = BLUE if segment == latest else QUIET
            counted = rows.dropna(subset=["employment"])
            jobs.errorbar(
                counted["year"],
                counted["employment"] / THOUSAND,
                yerr=(counted["employment_high"] - counted["employment"]) / THOUSAND,
                color=color,
                marker="o",
                markersize=4,
                capsize=2,
                elinewidth=1,
            )
            pay.plot(rows["year"], rows["median_wage_usd"], color=MUTED, linewidth=1.5)
            pay.plot(
                rows["year"], rows["median_wage_real_usd"], color=color, marker="o", markersize=4
            )
            if len(counted):
                top = counted["employment"].max() / THOUSAND
                label_segment(jobs, str(segment), counted["year"], top, color, above=12)
        for axes in (jobs, pay):
            mark_breaks(axes, table)
            axes.margins(x=0.05, y=0.22)
        jobs.set_ylabel("Thousand jobs")
        pay.set_ylabel(f"USD of May {history.dollars_of}")
        pay.yaxis.set_major_formatter(lambda usd, _: wording.thousands_usd(usd / THOUSAND))
        pay.set_xticks(range(int(table["year"].min()), int(table["year"].max()) + 1, 3))
        label_nominal(pay, table["year"].iloc[0], table["median_wage_usd"].iloc[0])
        title, finding = _pay_finding(history)
        return finished(
            figure,
            title=title,
            measure=(
                "United States; employment with 90% intervals, and the median wage at the prices "
                f"of May {history.dollars_of}; dashed: not comparable across"
            ),
            alt=f"{title}. {finding} {history.note}",
            data=table,
            source=history.source,
        )


def _pay_finding(history: History) -> tuple[str, str]:
    """Say how the real median wage of the latest segment has moved."""
    growth = history.growth
    latest = growth[growth["measure"].eq("median_wage_real_usd")].sort_values("to_year")
    wages = history.table.dropna(subset=["median_wage_real_usd"]).iloc[-1]
    now = f"The median wage was {wording.usd(wages['median_wage_usd'])} in May {wages['year']}."
    if latest.empty:
        return f"The median wage was {wording.usd(wages['median_wage_usd'])}", now
    change = latest.iloc[-1]
    return pay_moved(change["growth_pct"], f"since {change['from_year']}"), now


def industries(mix: Industries) -> Chart | str:
    """Draw the industries that employ most of the occupation."""
    if mix.is_missing:
        return Reason(mix.reason)
    table = mix.table.iloc[::-1]
    jobs = table["employment"]
    highs = table["employment_high"].fillna(jobs)
    with row_chart(table["industry_title"], row=0.42, width=38) as chart:
        chart.bars(
            jobs / THOUSAND,
            height=0.62,
            xerr=[0 * jobs, (highs - jobs) / THOUSAND],
            error_kw={"ecolor": INK, "elinewidth": 1},
        )
        chart.words(
            highs / THOUSAND,
            [
                f"{wording.percent(row['share_of_jobs_pct'])} · median "
                f"{wording.usd(row['median_wage_usd'])}"
                for row in table.to_dict("records")
            ],
            fontsize=8,
        )
        chart.axes.set_xlim(0, highs.max() / THOUSAND * 1.4)
        chart.axes.set_xlabel("Thousand jobs")
        first, second = mix.table["industry_title"].iloc[:2]
        share = wording.percent(mix.table["share_of_jobs_pct"].iloc[:2].sum(), decimals=0)
        counts = [
            f"{row['industry_title']} {wording.count(row['employment'])}"
            for row in mix.table.to_dict("records")
        ]
        return chart.done(
            mix,
            f"{first} and {second.lower()} hold {share} of the jobs",
            "United States; jobs with 90% intervals, share of all jobs, median wage",
            [*counts[:-1], f"{counts[-1]} jobs"],
        )


def projections(vintages: Part) -> Chart | str:
    """Draw what each BLS edition projected for the occupation and for all jobs."""
    if vintages.is_missing:
        return Reason(vintages.reason)
    table = vintages.table
    latest = table.iloc[-1]
    growth, everyone = table["ten_year_growth_pct"], table["all_occupations_ten_year_growth_pct"]
    with row_chart(
        table["projection_period"] + "  (" + table["published_as"] + ")",
        row=0.32,
        room=1.3,
    ) as chart:
        chart.lines(everyone, growth, color=FAINT, linewidth=3, zorder=1)
        chart.dots(everyone, color=QUIET, s=28, zorder=2)
        colors = np.where(table["is_latest"], ORANGE, np.where(table["is_comparable"], BLUE, QUIET))
        chart.dots(growth, color=list(colors), s=46)
        chart.words(growth, growth.map(wording.percent), offset=(7, 0))
        chart.axes.invert_yaxis()
        chart.axes.margins(x=0.12)
        chart.axes.set_xlim(left=min(0, growth.min(), everyone.min()))
        chart.axes.set_xlabel("Growth over ten years, percent")
        first = table.iloc[0]
        title = (
            f"BLS projected {wording.percent(first['ten_year_growth_pct'])} growth for "
            f"{first['projection_period']} and projects "
            f"{wording.percent(latest['ten_year_growth_pct'])} for {latest['projection_period']}"
            if len(table) > 1
            else f"The {latest['projection_period']} edition projects "
            f"{wording.percent(latest['ten_year_growth_pct'])} more jobs in ten years"
        )
        said = (
            f"That is {wording.percent(latest['yearly_growth_pct'])} a year. All occupations: "
            f"{wording.percent(latest['all_occupations_ten_year_growth_pct'])} over ten years. "
            f"The {len(table)} editions range from {wording.percent(growth.min())} to "
            f"{wording.percent(growth.max())}"
        )
        return chart.done(
            vintages,
            title,
            "United States; ten-year growth by edition and the code it was made for (codes do not "
            "count the same people): occupation (large), all occupations (small gray)",
            [said],
        )


def openings(parts: Openings, *, title: str = "", place: str = "") -> Chart | str:
    """Draw openings a year as a waterfall: who leaves, and what growth adds or takes.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> openings(outlook.openings(processed.Tables()), title="14,200 openings a year").alt
    '14,200 openings a year. leave work 7,100; change occupation 5,800; growth 1,380.'
    """
    if parts.is_missing or parts.total.value is None:
        return Reason(parts.reason or parts.total.note)
    steps = [
        ("Leave work", parts.exits, BLUE),
        ("Change occupation", parts.transfers, BLUE),
        ("Growth" if (parts.growth.value or 0) >= 0 else "Jobs not refilled", parts.growth, GREEN),
    ]
    values = pd.Series([step.value or 0.0 for _, step, _ in steps])
    ends = values.cumsum()
    names = [*(name for name, _, _ in steps), "Openings a year"][::-1]
    high = pd.concat([pd.Series([parts.total.value]), ends[::-1]], ignore_index=True)
    low = pd.concat([pd.Series([0.0]), (ends - values)[::-1]], ignore_index=True)
    grown = GREEN if values.iloc[-1] >= 0 else ORANGE
    with row_chart(names, row=0.38, room=1.0) as chart:
        chart.bars(high, low, color=[INK, grown, BLUE, BLUE], height=0.6)
        chart.words(
            pd.concat([high, low], axis=1).max(axis=1),
            [wording.amount(parts.total), *(wording.amount(step) for _, step, _ in steps[::-1])],
        )
        chart.axes.set_xlim(0, 1.15 * max(high.max(), low.max()))
        chart.axes.xaxis.set_major_formatter(lambda jobs, _: wording.count(jobs))
        return chart.done(
            parts,
            title or f"{wording.amount(parts.total)} openings a year",
            f"Openings a year, {parts.total.year}{place and ', ' + place}",
            [f"{name.lower()} {wording.amount(step)}" for name, step, _ in steps],
        )


def fan(paths: Fan, history: History) -> Chart | str:
    """Draw the projection to the horizon, as wide as earlier ones were wrong.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> from analysis.studies.history import history
    >>> tables = processed.Tables()
    >>> fan(outlook.fan(tables), history(tables)).alt.partition(". ")[0]
    'BLS expects 208,600 jobs in 2034; past misses suggest 137,000 to 346,000'
    """
    if paths.is_missing:
        return Reason(paths.reason)
    table = paths.table
    past = history.table[history.table["segment"].eq(history.table["segment"].iloc[-1])]
    has_spread = table["p05"].notna().all()
    with canvas(height=3.7) as (figure, axes):
        axes.plot(past["year"], past["employment"] / THOUSAND, color=INK, marker="o", markersize=4)
        label_end(
            axes,
            past["year"].iloc[0],
            past["employment"].iloc[0] / THOUSAND,
            "OEWS, employees",
            INK,
            offset=(0, -14),
            ha="left",
        )
        for low, high, strength in (("p05", "p95", 0.16), ("p25", "p75", 0.28)):
            if has_spread:
                axes.fill_between(
                    table["year"],
                    table[low] / THOUSAND,
                    table[high] / THOUSAND,
                    color=BLUE,
                    alpha=strength,
                    linewidth=0,
                )
        axes.plot(table["year"], table["bls_path"] / THOUSAND, color=BLUE)
        if paths.scenario != "baseline":
            axes.plot(
                table["year"],
                table["scenario_employment"] / THOUSAND,
                color=ORANGE,
                linestyle="--",
            )
        last = table.iloc[-1]
        ends = {"bls_path": "BLS"} | ({"p95": "95%", "p05": "5%"} if has_spread else {})
        for name, label in ends.items():
            label_end(
                axes,
                last["year"],
                last[name] / THOUSAND,
                f"{label}: {last[name] / THOUSAND:,.0f}",
                BLUE,
                fontsize=8,
            )
        axes.set_ylabel("Thousand jobs")
        axes.set_xlim(past["year"].min() - 0.5, last["year"] + 2.2)
        axes.set_xticks(range(int(past["year"].min()), int(last["year"]) + 1, 2))
        year = int(last["year"])
        title = paths.finding
        return finished(
            figure,
            title=title,
            measure=(
                "United States; jobs in thousands, BLS counts the self-employed too. Inner band: "
                "half of past outcomes, outer band: nine in ten"
            ),
            alt=f"{title}. {paths.note} From {int(table['year'].iloc[0])} to {year}.",
            data=table,
            source=paths.source,
        )


def automation(paths: Automation) -> Chart | str:
    """Draw jobs and entry openings by year under each scenario."""
    if paths.is_missing:
        return Reason(paths.reason)
    table = paths.table
    scenarios = list(dict.fromkeys(table["scenario"]))
    first, last = int(table["year"].min()), int(table["year"].max())
    with canvas(height=3.3, columns=2) as (figure, panels):
        for axes, (measure, heading) in zip(panels, PANELS, strict=True):
            unit = THOUSAND if table[measure].max() > 10 * THOUSAND else 1
            ends = []
            for scenario, color in zip(scenarios, SCENARIO_COLORS, strict=False):
                rows = table[table["scenario"].eq(scenario)].dropna(subset=[measure])
                width = 2.6 if scenario == paths.chosen else 1.4
                axes.plot(rows["year"], rows[measure] / unit, color=color, linewidth=width)
                ends.append(float(rows[measure].iloc[-1]) / unit)
            places = spread(ends, gap=0.055 * max(ends))
            for scenario, color, height in zip(scenarios, SCENARIO_COLORS, places, strict=False):
                weight = "bold" if scenario == paths.chosen else "normal"
                label_end(axes, last, height, scenario, color, fontsize=8, fontweight=weight)
            axes.set_title(f"{heading}{', thousand' if unit > 1 else ''}", loc="left", fontsize=9)
            axes.set_ylim(bottom=0)
            axes.set_xlim(first, last + 0.42 * (last - first))
            axes.set_xticks(range(first, last + 1, max(2, (last - first) // 3)))
        at_end = table[table["year"].eq(last)]
        title = paths.finding
        return finished(
            figure,
            title=title,
            measure=(
                "Scenarios, not forecasts, on top of a BLS projection that already allows for some "
                "tools; their assumptions stand below"
            ),
            alt=f"{title}. In {last}: "
            + "; ".join(
                f"{row['scenario']} {wording.count(round(row['jobs'], -3))} jobs and "
                f"{wording.count(round(row['openings'], -2))} openings"
                for row in at_end.to_dict("records")
            )
            + ".",
            data=table,
            source=paths.source,
        )
