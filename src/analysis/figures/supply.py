"""Awards against openings, by year, level and state; postings; wages after training."""

from calendar import month_name

import pandas as pd
import seaborn as sns

from analysis import wording
from analysis.figures.chart import (
    BLUE,
    FAINT,
    GREEN,
    INK,
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
from analysis.studies.supply import Supply

SHOWN_STATES = 15
NATION = "US"
LABELS = {
    "awards_with_billing": "with billing",
    "coder_awards": "coding and records technology",
    "annual_openings": "openings a year",
}


def awards_and_openings(study: Supply) -> Chart | Reason:
    """Draw awards by year beside openings a year."""
    part = study.awards
    if part.is_missing:
        return Reason(part.reason)
    table = part.table
    colors = {"awards_with_billing": ORANGE, "coder_awards": BLUE}
    openings = study.openings.value
    with canvas(height=3.6) as (figure, axes):
        long = table.melt("academic_year", [*colors], var_name="programs", value_name="awards")
        sns.lineplot(
            data=long, x="academic_year", y="awards", hue="programs", palette=colors,
            marker="o", legend=False, ax=axes,
        )  # fmt: skip
        ends = {name: float(table[name].iloc[-1]) for name in colors}
        if openings is not None:
            axes.hlines(openings, 0, len(table) - 1, color=GREEN, linestyles=(0, (4, 2)))
            ends["annual_openings"] = openings
        top = max(*ends.values(), float(table["awards_with_billing"].max()))
        heights = spread(list(ends.values()), 0.075 * top)
        for (name, value), height in zip(ends.items(), heights, strict=True):
            is_openings = name == "annual_openings"
            amount = wording.amount(study.openings) if is_openings else wording.count(value)
            text = f"{amount} {LABELS[name]}"
            label_end(axes, len(table) - 1, height, text, colors.get(name, GREEN))
        axes.set_ylim(0, 1.08 * top)
        axes.set_xlim(-0.2, len(table) + 1.4)
        axes.set_xticks(range(len(table)), table["academic_year"])
        axes.set_xlabel("")
        axes.set_ylabel("")
        axes.grid(axis="x", visible=False)
        axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        alt = "; ".join(
            f"{row['academic_year']}: {row['coder_awards']:,.0f}, with billing "
            f"{row['awards_with_billing']:,.0f}"
            for row in table.to_dict("records")
        )
        title = _title(study)
        return finished(
            figure,
            title=title,
            measure=f"{study.state.name}; awards of an academic year, first majors, and openings",
            alt=f"{title}. {alt}.",
            data=table,
            source=f"{part.source}; {study.openings.source}",
        )


def _title(study: Supply) -> str:
    ratio = study.awards_per_opening
    if ratio.value is None:
        return f"{wording.amount(study.coder_awards)} awards; openings are not published"
    with_billing = wording.amount(study.awards_with_billing_per_opening)
    return (
        f"Schools make {wording.amount(ratio)} awards for each opening, {with_billing} with billing"
    )


def award_levels(study: Supply) -> Chart | Reason:
    """Draw the awards of the latest year by level."""
    part = study.levels
    if part.is_missing or not part.table["coder_awards"].sum():
        return Reason(part.reason or "No award in coding or records technology is reported.")
    rows = part.table.iloc[::-1].reset_index(drop=True)
    with row_chart(rows["award_level"], row=0.38, room=1.0) as chart:
        chart.bars(rows["coder_awards"])
        chart.words(
            rows["coder_awards"],
            [f"{wording.count(n)} · {wording.percent(share, decimals=0)}"
             for n, share in zip(rows["coder_awards"], rows["share_pct"], strict=True)],
        )  # fmt: skip
        chart.axes.set_xlim(0, 1.25 * rows["coder_awards"].max())
        chart.axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        most = rows.nlargest(1, "coder_awards").to_dict("records")[0]
        share = wording.percent(most["share_pct"], decimals=0)
        return chart.done(
            part,
            f"The most common award is the {most['award_level']}: {share} of all",
            f"{study.state.name}, {study.year}; awards in coding and records technology",
            [
                f"{row['award_level']}: {row['coder_awards']:,}"
                for row in part.table.to_dict("records")
            ],
        )


def state_ratios(study: Supply) -> Chart | Reason:
    """Draw awards per opening in the states with the most openings, and in the one asked about."""
    part = study.states
    known = part.table.dropna(subset=["awards_per_opening"])
    largest = known.nlargest(SHOWN_STATES + 1, "annual_openings")["area_code"]
    rows = known[known["area_code"].isin([*largest, study.state.code])].iloc[::-1]
    rows = rows.reset_index(drop=True)
    ratio = rows["awards_per_opening"]
    here = rows["area_code"].eq(study.state.code)
    above, of = study.states_short_of_openings
    with row_chart(rows["area_name"], row=0.3, room=1.1) as chart:
        chart.axes.axvline(1, color=QUIET, linewidth=1)
        chart.lines(
            rows["low_awards_per_opening"].fillna(ratio),
            rows["high_awards_per_opening"].fillna(ratio),
            color=FAINT,
            linewidth=5,
        )
        colors = pd.Series(BLUE, index=rows.index).mask(rows["area_code"].eq(NATION), INK)
        chart.dots(ratio, color=colors.mask(here, ORANGE).tolist())
        chart.words(rows["high_awards_per_opening"].fillna(ratio), rows["ratio_words"])
        chart.axes.set_xlim(0, 1.1 * float(rows["high_awards_per_opening"].fillna(ratio).max()))
        return chart.done(
            part,
            f"In {above} of {of} states awards outnumber openings, sampling error allowed for",
            f"Awards of {study.year} for one opening a year, with 90% interval; the states with "
            "the most openings. Online colleges count at home (Illinois, Arizona)",
            [f"{row['area_name']} {row['ratio_words']}"
             for row in rows.iloc[::-1].to_dict("records")],
        )  # fmt: skip


def postings(study: Supply) -> Chart:
    """Draw the postings index of the sector beside that of all sectors."""
    part = study.postings
    table = part.table
    colors = {"medical_information_index": BLUE, "all_postings_index": QUIET}
    names = ["Medical Information", "all sectors"]
    peak, last = study.postings_peak, study.postings_last
    with canvas(height=3.4) as (figure, axes):
        for (column, color), name in zip(colors.items(), names, strict=True):
            known = table[column].dropna()
            sns.lineplot(x=known.index, y=known, color=color, ax=axes)
            label_end(axes, known.index[-1], known.iloc[-1], name, color, va="top")
        at, height = (
            int(table["month"].eq(peak["month"]).argmax()),
            float(peak["medical_information_index"]),
        )
        label_end(axes, at, height, f"{height:.0f}", INK, offset=(0, 8), ha="center")
        axes.axhline(100, color=FAINT, linewidth=1)
        years = table.index[table["month"].str.endswith("-01")]
        axes.set_xticks(years, table.loc[years, "month"].str[:4])
        axes.set_xlim(-1, 1.22 * len(table))
        axes.set_ylim(0, 1.15 * float(peak["medical_information_index"]))
        axes.set_xlabel("")
        axes.set_ylabel("")
        title = (
            f"Postings peaked at {height:.0f} in {_month(peak['month'])} and stood at "
            f"{last['medical_information_index']:.0f} in {_month(last['month'])}"
        )
        first = table.iloc[0]
        return finished(
            figure,
            title=title,
            measure="United States; job postings on Indeed, index, 1 February 2020 = 100, "
            "monthly means",
            alt=f"{title}; all sectors went from {first['all_postings_index']:.0f} in "
            f"{_month(first['month'])} to {table['all_postings_index'].iloc[-1]:.0f} in "
            f"{_month(table['month'].iloc[-1])}.",
            data=table,
            source=part.source,
        )


def _month(month: object) -> str:
    """Write "2022-01" as "January 2022"."""
    year, number = str(month).split("-")
    return f"{month_name[int(number)]} {year}"


def wages_after_training(study: Supply) -> Chart:
    """Draw quarterly wages soon after each program and two years after."""
    part = study.wage_records
    table = part.table.sort_values("mean_quarterly_wage_usd")
    quarters = table["quarters_after"]
    last = table[quarters.eq(quarters.max())]
    first = table[quarters.eq(quarters.min())].set_index("cip_code").loc[last["cip_code"]]
    before, after = first["mean_quarterly_wage_usd"], last["mean_quarterly_wage_usd"]
    with row_chart(last["cip_title"], row=0.5, room=1.1, unit=1_000) as chart:
        chart.lines(before.tolist(), after.tolist(), color=FAINT, linewidth=5)
        chart.dots(before.tolist(), color=QUIET)
        chart.dots(after.tolist(), color=PURPLE)
        chart.words(
            after.tolist(),
            [f"{wording.usd(usd)}, {wording.percent(share, decimals=0)} with a job"
             for usd, share in zip(after, last["employed_in_state_pct"], strict=True)],
        )  # fmt: skip
        chart.axes.set_xlim(float(before.min()) / 1_000 - 0.4, float(after.max()) / 1_000 + 1.6)
        return chart.done(
            part,
            f"In New Jersey, two years after training, wages were {wording.usd(after.min())} to "
            f"{wording.usd(after.max())} a quarter",
            f"Mean wage, USD a quarter (years of the cohorts not stated), {quarters.min()} "
            f"(grey) and {quarters.max()} (purple) quarters after; share with any job in the state",
            [f"{title}: {wording.usd(soon)}, then {wording.usd(later)}"
             for title, soon, later in zip(last["cip_title"], before, after, strict=True)],
        )  # fmt: skip
