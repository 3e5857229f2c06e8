"""Figures of the outlook: where jobs and pay have been, and where they are said to go."""

import textwrap

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

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
)
from analysis.models.employment_history import History
from analysis.models.industry_mix import Industries
from analysis.models.openings import Openings
from analysis.models.projection_vintages import Vintages
from analysis.models.state_comparison import States

SEGMENT_COLORS = (QUIET, ORANGE, BLUE)
THOUSAND = 1_000
LABEL_WIDTH = 38  # characters of an industry title on one line
COLORS = mpl.colormaps["Blues"]
DARK_TILE = 0.55  # above it, white letters have the better contrast


def employment_history(history: History) -> Chart:
    """Draw employment and real median wage by year, nothing joined across a break."""
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
                last = counted.iloc[-1]
                label_end(
                    jobs,
                    last["year"],
                    last["employment"] / THOUSAND,
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
                "Employment with 90 % intervals, and the median wage at the prices of May "
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


def projections(vintages: Vintages) -> Chart | str:
    """Draw what each BLS edition projected for the occupation and for all jobs."""
    if vintages.is_missing:
        return vintages.reason
    table = vintages.table
    places = np.arange(len(table))
    latest = vintages.latest
    with canvas(height=0.32 * len(table) + 1.3) as (figure, axes):
        axes.hlines(
            places,
            table["all_occupations_ten_year_growth_pct"],
            table["ten_year_growth_pct"],
            color=FAINT,
            linewidth=3,
            zorder=1,
        )
        axes.scatter(
            table["all_occupations_ten_year_growth_pct"], places, color=QUIET, s=28, zorder=2
        )
        colors = np.where(table["is_latest"], ORANGE, np.where(table["is_comparable"], BLUE, QUIET))
        axes.scatter(table["ten_year_growth_pct"], places, color=list(colors), s=46, zorder=3)
        for place, row in zip(places, table.itertuples(), strict=True):
            label_end(
                axes,
                row.ten_year_growth_pct,
                place,
                wording.percent(row.ten_year_growth_pct),
                INK,
                offset=(7, 0),
            )
        axes.set_yticks(
            places,
            [
                f"{p}  ({c})"
                for p, c in zip(table["projection_period"], table["published_as"], strict=True)
            ],
        )
        axes.invert_yaxis()
        axes.grid(axis="y", visible=False)
        axes.margins(x=0.12)
        axes.set_xlim(left=0)
        axes.set_xlabel("Growth over ten years, percent")
        title = (
            f"The {latest['projection_period']} edition projects "
            f"{wording.percent(latest['ten_year_growth_pct'])} more jobs in ten years"
        )
        return finished(
            figure,
            title=title,
            measure=(
                "Ten-year growth by edition and the code it was made for: occupation (large), "
                "all occupations (small grey)"
            ),
            alt=(
                f"{title}, {wording.percent(latest['yearly_growth_pct'])} a year. All occupations: "
                f"{wording.percent(latest['all_occupations_ten_year_growth_pct'])} over ten years. "
                f"The {len(table)} editions range from "
                f"{wording.percent(table['ten_year_growth_pct'].min())} to "
                f"{wording.percent(table['ten_year_growth_pct'].max())}."
            ),
            data=table,
            source=vintages.source,
        )


def openings(parts: Openings, *, place: str = "") -> Chart | str:
    """Draw openings a year as growth, exits and transfers."""
    if parts.is_missing or parts.total.value is None:
        return parts.reason or parts.total.note
    estimates = {
        "Growth": (parts.growth, GREEN),
        "Leave work": (parts.exits, BLUE),
        "Change occupation": (parts.transfers, ORANGE),
    }
    values = {name: estimate.value or 0.0 for name, (estimate, _) in estimates.items()}
    with canvas(height=1.55) as (figure, axes):
        start = 0.0
        for name, (estimate, color) in estimates.items():
            width = values[name]
            axes.barh(0, width, left=start, color=color, height=0.6, edgecolor="white")
            axes.annotate(
                f"{name}\n{wording.amount(estimate)}",
                (start + width / 2, 0),
                ha="center",
                va="center",
                color="white",
                fontsize=8.5,
            ) if width > 0.08 * parts.total.value else axes.annotate(
                f"{name} {wording.amount(estimate)}",
                (start, 0.42),
                color=color,
                fontsize=8.5,
                va="bottom",
            )
            start += width
        axes.set_yticks([])
        axes.set_ylim(-0.45, 0.8)
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_formatter(lambda jobs, _: wording.count(jobs))
        replaced = sum(values[name] for name in ("Leave work", "Change occupation"))
        share = wording.percent(100 * replaced / sum(values.values()), decimals=0)
        title = f"{wording.amount(parts.total)} openings a year, {share} of them to replace people"
        return finished(
            figure,
            title=title,
            measure=f"Openings a year, {parts.total.year}{place and ', ' + place}",
            alt=f"{title}. "
            + "; ".join(f"{name.lower()} {wording.amount(e)}" for name, (e, _) in estimates.items())
            + ".",
            data=parts.table,
            source=parts.source,
        )


def industries(mix: Industries) -> Chart | str:
    """Draw the industries that employ most of the occupation."""
    if mix.is_missing:
        return mix.reason
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
        for place, (row, high) in enumerate(zip(table.itertuples(), highs, strict=True)):
            share = wording.percent(row.share_of_jobs_pct)
            words = f"{share} · median {wording.usd(row.median_wage_usd)}"
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
            measure="United States; jobs with 90 % intervals, share of all jobs, median wage",
            alt=f"{title}. "
            + "; ".join(
                f"{row.industry_title} {wording.count(row.employment)}"
                for row in mix.table.itertuples()
            )
            + " jobs.",
            data=mix.table,
            source=mix.source,
        )


def state_map(states: States, places: pd.DataFrame, *, area: str = "US") -> Chart | str:
    """Draw the median wage of each state on a grid of tiles.

    Parameters
    ----------
    states : States
        Of the outlook.
    places : DataFrame
        The table `states`: postal, grid_row, grid_column.
    area : str
        A state to outline, by postal code.
    """
    if states.is_missing:
        return states.reason
    table = states.table.merge(
        places, left_on="area_code", right_on="postal", validate="one_to_one"
    )
    paid = table.dropna(subset=["median_wage_usd"])
    norm = Normalize(paid["median_wage_usd"].min(), paid["median_wage_usd"].max())
    with canvas(height=4.6) as (figure, axes):
        for tile in table.itertuples():
            wage = tile.median_wage_usd
            known = wage == wage  # a suppressed wage is missing, and drawn as such
            color = COLORS(norm(wage)) if known else "white"
            axes.add_patch(
                Rectangle(
                    (tile.grid_column, tile.grid_row),
                    0.94,
                    0.94,
                    facecolor=color,
                    edgecolor=ORANGE if tile.area_code == area else FAINT,
                    linewidth=2.5 if tile.area_code == area else 0.5,
                    hatch=None if known else "////",
                )
            )
            ink = "white" if known and norm(wage) > DARK_TILE else INK
            text = f"{tile.area_code}\n{wage / THOUSAND:,.1f}" if known else f"{tile.area_code}\n–"
            axes.annotate(
                text,
                (tile.grid_column + 0.47, tile.grid_row + 0.47),
                ha="center",
                va="center",
                color=ink,
                fontsize=8,
            )
        axes.set_xlim(0, 12)
        axes.set_ylim(9, 0)
        axes.set_aspect("equal")
        axes.axis("off")
        best, least = paid.nlargest(3, "median_wage_usd"), paid.nsmallest(3, "median_wage_usd")
        title = f"Pay is highest in {wording.listed(list(best['area_name']))}"
        return finished(
            figure,
            title=title,
            measure="Median wage, thousand USD a year, May 2025; hatched: not published",
            alt=f"{title}. Highest: {_named(best)}. Lowest: {_named(least)}.",
            data=states.table,
            source=states.source,
        )


def _named(rows: pd.DataFrame) -> str:
    """Name states with their median wage."""
    return ", ".join(
        f"{row.area_name} {wording.usd(row.median_wage_usd)}" for row in rows.itertuples()
    )
