"""Where the jobs are said to go: projections, openings, and how wrong they may be."""

import numpy as np

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
    ink_on,
    label_end,
    letters,
)
from analysis.figures.reason import Reason
from analysis.studies.history import History
from analysis.studies.outlook.openings import Openings
from analysis.studies.outlook.projection_fan import Fan
from analysis.studies.outlook.projection_vintages import Vintages

THOUSAND = 1_000
ROOM_FOR_WORDS = 0.08  # of the whole bar: a narrower part has its words above it


def projections(vintages: Vintages) -> Chart | str:
    """Draw what each BLS edition projected for the occupation and for all jobs."""
    if vintages.is_missing:
        return Reason(vintages.reason)
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
        for place, row in zip(places, table.to_dict("records"), strict=True):
            label_end(
                axes,
                row["ten_year_growth_pct"],
                float(place),
                wording.percent(row["ten_year_growth_pct"]),
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
    """Draw openings a year as growth, exits and transfers.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> openings(outlook.openings(processed.Tables())).alt.partition(". ")[0]
    '14,200 openings a year, 90% of them to replace people'
    """
    if parts.is_missing or parts.total.value is None:
        return Reason(parts.reason or parts.total.note)
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
            if width > ROOM_FOR_WORDS * parts.total.value:
                axes.annotate(
                    f"{name}\n{wording.amount(estimate)}",
                    (start + width / 2, 0),
                    ha="center",
                    va="center",
                    color=ink_on(color),
                    fontsize=8.5,
                )
            else:
                axes.annotate(
                    f"{name} {wording.amount(estimate)}",
                    (start, 0.42),
                    color=letters(color),
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


def fan(paths: Fan, history: History) -> Chart | str:
    """Draw the projection to the horizon, as wide as earlier ones were wrong.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import outlook
    >>> tables = processed.Tables()
    >>> fan(outlook.fan(tables), outlook.history(tables)).alt.partition(". ")[0]
    'Employment of the baseline path in 2034: 210,000 jobs, 90% interval 120,000 to 340,000'
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
        axes.plot(table["year"], table["p50"] / THOUSAND, color=BLUE)
        if paths.scenario != "baseline":
            axes.plot(
                table["year"],
                table["scenario_employment"] / THOUSAND,
                color=ORANGE,
                linestyle="--",
            )
        last = table.iloc[-1]
        ends = {"p95": "95%", "p50": "BLS path", "p05": "5%"} if has_spread else {"p50": "BLS path"}
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
        at_end = paths.at_horizon
        limits = wording.interval(at_end)
        within = f"by past errors, {limits}" if has_spread else "no interval is known"
        title = f"{wording.amount(at_end)} jobs by {at_end.year}; {within}"
        return finished(
            figure,
            title=title,
            measure=(
                "Jobs in thousands; BLS counts the self-employed too. Bands hold half and nine "
                "tenths of outcomes, if errors are as they were"
            ),
            alt=(
                f"Employment of the {paths.scenario} path in {at_end.year}: "
                f"{wording.amount(at_end)} jobs, "
                f"{f'90% interval {limits}' if has_spread else within}. {paths.note}"
            ),
            data=table,
            source=paths.source,
        )
