"""Where the jobs and the pay of an occupation have been, and who employs it."""

import textwrap

import pandas as pd

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    FAINT,
    INK,
    ORANGE,
    QUIET,
    Chart,
    canvas,
    finished,
    label_end,
)
from analysis.figures.reason import Reason
from analysis.studies.history import History
from analysis.studies.industries import Industries

SEGMENT_COLORS = (QUIET, ORANGE, BLUE)
THOUSAND = 1_000
LABEL_WIDTH = 38  # characters of an industry title on one line


def employment_history(history: History) -> Chart:
    """Draw employment and real median wage by year, nothing joined across a break.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> employment_history(outlook.history(processed.Tables())).alt.partition(". ")[0]
    'After inflation, pay has moved −1.4% since 2022'
    """
    table = history.table
    segments = list(dict.fromkeys(table["segment"]))
    colors = dict(zip(segments, SEGMENT_COLORS[-len(segments) :], strict=False))
    with canvas(height=5.4, rows=2, sharex=True) as (figure, (jobs, pay)):
        for segment, rows in table.groupby("segment", sort=False):
            color = colors[str(segment)]
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
            pay.plot(rows["year"], rows["median_wage_usd"], color=FAINT, linewidth=1.5)
            pay.plot(
                rows["year"], rows["median_wage_real_usd"], color=color, marker="o", markersize=4
            )
            if len(counted):
                label_end(
                    jobs,
                    (counted["year"].min() + counted["year"].max()) / 2,
                    counted["employment"].max() / THOUSAND,
                    str(segment),
                    color,
                    offset=(0, 12),
                    ha="center",
                )
        for axes in (jobs, pay):
            for year in _breaks(table):
                axes.axvline(year - 0.5, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)
            axes.margins(x=0.05, y=0.22)
        jobs.set_ylabel("Thousand jobs")
        pay.set_ylabel(f"USD of May {history.dollars_of}")
        pay.yaxis.set_major_formatter(lambda usd, _: f"${usd / THOUSAND:,.0f}k")
        pay.set_xticks(range(int(table["year"].min()), int(table["year"].max()) + 1, 3))
        first = table.iloc[0]
        label_end(
            pay,
            first["year"],
            first["median_wage_usd"],
            "nominal",
            QUIET,
            offset=(0, -11),
            ha="left",
        )
        title, finding = _pay_finding(history)
        return finished(
            figure,
            title=title,
            measure=(
                "Employment with 90% intervals, and the median wage at the prices of May "
                f"{history.dollars_of}; dashed: not comparable across"
            ),
            alt=f"{title}. {finding} {history.note}",
            data=table,
            source=history.source,
        )


def _breaks(table: pd.DataFrame) -> list[int]:
    """List the first year of each segment but the first."""
    first_years = table.groupby("segment", sort=False)["year"].min()
    return sorted(int(year) for year in first_years)[1:]


def _pay_finding(history: History) -> tuple[str, str]:
    """Say how the real median wage of the latest segment has moved."""
    growth = history.growth
    latest = growth[
        growth["measure"].eq("median_wage_real_usd") & growth["to_year"].eq(history.dollars_of)
    ]
    wages = history.table.dropna(subset=["median_wage_real_usd"]).iloc[-1]
    now = f"The median wage was {wording.usd(wages['median_wage_usd'])} in May {wages['year']}."
    if latest.empty:
        return f"The median wage was {wording.usd(wages['median_wage_usd'])}", now
    change = latest.iloc[-1]
    moved = wording.signed(wording.percent(change["growth_pct"]))
    title = f"After inflation, pay has moved {moved} since {change['from_year']}"
    return title, now


def industries(mix: Industries) -> Chart | str:
    """Draw the industries that employ most of the occupation."""
    if mix.is_missing:
        return Reason(mix.reason)
    table = mix.table.iloc[::-1]
    thousands = table["employment"] / THOUSAND
    highs = (table["employment_high"] / THOUSAND).fillna(thousands)
    with canvas(height=0.42 * len(table) + 1.2) as (figure, axes):
        axes.barh(
            [textwrap.fill(title, LABEL_WIDTH) for title in table["industry_title"]],
            thousands,
            xerr=[0 * thousands, highs - thousands],
            color=BLUE,
            height=0.62,
            error_kw={"ecolor": INK, "elinewidth": 1},
        )
        for place, (row, high) in enumerate(zip(table.to_dict("records"), highs, strict=True)):
            share = wording.percent(row["share_of_jobs_pct"])
            words = f"{share} · median {wording.usd(row['median_wage_usd'])}"
            label_end(axes, high, place, words, INK, fontsize=8)
        axes.grid(axis="y", visible=False)
        axes.set_xlim(0, highs.max() * 1.4)
        axes.set_xlabel("Thousand jobs")
        first, second = mix.table["industry_title"].iloc[:2]
        share = wording.percent(mix.table["share_of_jobs_pct"].iloc[:2].sum(), decimals=0)
        title = f"{first} and {second.lower()} hold {share} of the jobs"
        return finished(
            figure,
            title=title,
            measure="United States; jobs with 90% intervals, share of all jobs, median wage",
            alt=f"{title}. "
            + "; ".join(
                f"{row['industry_title']} {wording.count(row['employment'])}"
                for row in mix.table.to_dict("records")
            )
            + " jobs.",
            data=mix.table,
            source=mix.source,
        )
