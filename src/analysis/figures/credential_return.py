"""What a credential returns over the years, and what could change it."""

import numpy as np
from matplotlib.ticker import MaxNLocator

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
from analysis.figures.row_chart import row_chart
from analysis.figures.theme import GAIN, LOSS, SKY
from analysis.studies.roi import CredentialReturn

THOUSAND = 1_000
MONTHS = 12
PATHS = (
    ("holder_wage_usd", "with the credential", BLUE),
    ("uncertified_wage_usd", "coder without it", GREEN),
    ("baseline_wage_usd", "", QUIET),
)


def counterfactuals(study: CredentialReturn) -> Chart:
    """Draw what each account comes to: average, median and the middle half of simulated people."""
    part = study.counterfactuals
    rows = part.table.iloc[: len(study.accounts)].iloc[::-1].reset_index(drop=True)
    ahead = [f"{chance:.0f} of 100 come out ahead" for chance in rows["p_gain_pct"]]
    with row_chart(rows["label"], row=0.55, room=1.4, width=24, unit=THOUSAND) as chart:
        chart.axes.axvline(0, color=INK, linewidth=1)
        chart.lines(rows["p25_usd"], rows["p75_usd"], color=FAINT, linewidth=8)
        chart.dots(rows["median_usd"], color=INK, marker="|", s=180)
        chart.dots(rows["mean_usd"], color=[LOSS if usd < 0 else GAIN for usd in rows["mean_usd"]])
        chart.words(rows[["p75_usd", "mean_usd", "median_usd"]].max(axis=1), ahead, fontsize=8)
        low, high = chart.axes.get_xlim()
        chart.axes.set_xlim(low, high + 0.45 * (high - low))
        chart.axes.set_ylim(-0.6, len(rows) - 0.4)
        low_odds, high_odds = map(round, study.spanned("p_gain_pct"))
        span = wording.span(low_odds, high_odds)
        said = (
            f"{row['label']}: average {wording.usd(round(row['mean_usd'], -3))}, median "
            f"{wording.usd(round(row['median_usd'], -3))}, {chance}"
            for row, chance in zip(rows.to_dict("records"), ahead, strict=True)
        )
        return chart.done(
            part,
            f"{span} of 100 come out ahead, by what one compares",
            f"Gain over {study.case.horizon_years} years, USD present value; dot: average, bar: "
            "median, pale: middle half of simulated people who start",
            said,
        )


def adjusted_gaps(study: CredentialReturn) -> Chart:
    """Draw how much more coders earn than high-school graduates, at what is held fixed."""
    rows = study.gaps.table.iloc[::-1].reset_index(drop=True)
    names = [f"{universe}; same {held}" for universe, held in rows[["universe", "held"]].to_numpy()]
    with row_chart(names, row=0.55, room=1.4, width=24) as chart:
        chart.axes.axvline(0, color=INK, linewidth=1)
        chart.lines(rows["gap_low_pct"], rows["gap_high_pct"], color=SKY)
        chart.dots(rows["gap_pct"], color=SKY)
        texts = [wording.signed(wording.percent(gap)) for gap in rows["gap_pct"]]
        chart.words(rows["gap_high_pct"], texts, fontsize=8)
        chart.axes.xaxis.set_major_formatter(lambda pct, _: wording.percent(pct, decimals=0))
        chart.axes.set_xlim(right=1.15 * float(rows["gap_high_pct"].max()))
        chart.axes.set_ylim(-0.6, len(rows) - 0.4)
        first = float(rows.set_index("id")["gap_pct"]["coders_by_age_sex"])
        return chart.done(
            study.gaps,
            f"Coders earn {wording.percent(first, decimals=0)} more than high-school graduates of "
            "their age and sex",
            "Difference in pay, percent, United States without California and Texas, 2024; line: "
            "90% interval; full time all year unless it says otherwise",
            (f"{name}: {text}" for name, text in zip(names, texts, strict=True)),
        )


def cash_flow(study: CredentialReturn) -> Chart:
    """Draw gains less costs added up over the years, with the point of break-even."""
    flows = study.flows
    years = flows["month"] / MONTHS
    payback = study.measures.payback_years.value
    with canvas(height=3.4) as (figure, axes):
        axes.axhline(0, color=INK, linewidth=0.9)
        axes.plot(years, flows["cumulative_usd"] / THOUSAND, color=BLUE)
        discounted = flows["discounted_usd"].cumsum() / THOUSAND
        axes.plot(years, discounted, color=QUIET, linestyle="--", linewidth=1.4)
        axes.fill_between(
            years,
            flows["cumulative_usd"] / THOUSAND,
            0,
            where=(flows["cumulative_usd"] < 0).tolist(),
            color=ORANGE,
            alpha=0.16,
            linewidth=0,
        )
        last = float(years.iloc[-1])
        label_end(axes, last, flows["cumulative_usd"].iloc[-1] / THOUSAND, "added up", BLUE)
        label_end(axes, last, float(discounted.iloc[-1]), "discounted", QUIET)
        if payback is not None:
            axes.scatter([payback], [0], color=INK, zorder=4, s=36)
            words = f"breaks even after {payback:.1f} years"
            label_end(axes, payback, 0, words, INK, offset=(8, -12))
        axes.yaxis.set_major_formatter(lambda usd, _: wording.usd(usd * THOUSAND))
        axes.set_xlabel("Years from the first day of training")
        axes.set_xlim(0, last * 1.14)
        lowest = flows["cumulative_usd"].min()
        title = (
            "Even the most favorable account does not break even within the horizon"
            if payback is None
            else f"The most favorable account breaks even after {payback:.1f} years"
        )
        return finished(
            figure,
            title=title,
            measure=(
                f"Gains less costs at the most likely inputs, USD, {study.case.credential} by "
                f"{study.case.pathway.label.lower()}, against a {study.case.baseline.label}: "
                f"{study.accounts[0].label.lower()}"
            ),
            alt=(
                f"{title}. The lowest point is {wording.usd(lowest)}; after {last:.0f} years it "
                f"stands at {wording.usd(flows['cumulative_usd'].iloc[-1])}, discounted "
                f"{wording.usd(float(discounted.iloc[-1]) * THOUSAND)}."
            ),
            data=flows,
            source="model on the inputs listed below",
        )


def earnings_paths(study: CredentialReturn) -> Chart:
    """Draw pay by year with the credential, without it, and on the path not taken."""
    table = study.pay_by_year
    with canvas(height=3.2) as (figure, axes):
        for name, label, color in PATHS:
            axes.step(table["year"], table[name] / THOUSAND, color=color, where="mid")
            label_end(
                axes,
                float(table["year"].iloc[-1]),
                table[name].iloc[-1] / THOUSAND,
                label or study.case.baseline.label,
                color,
                fontsize=8,
            )
        axes.yaxis.set_major_formatter(wording.thousands_usd)
        axes.set_xlabel("Year in the occupation")
        axes.set_xlim(0.5, table["year"].max() * 1.42)
        last = table.iloc[-1]
        more = wording.usd(round(last["pay_gap_usd"], -2))
        title = (
            f"By year {last['year']:.0f} certified coders earn {more} more; the credential may not "
            "be why"
        )
        return finished(
            figure,
            title=title,
            measure=(
                "Pay by experience, USD a year, dollars of today; the gap between certified and "
                "not is what surveys show, not what the credential causes"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{label or study.case.baseline.label} from {wording.usd(table[name].iloc[0])} to "
                f"{wording.usd(table[name].iloc[-1])}"
                for name, label, _ in PATHS
            )
            + ".",
            data=table,
            source=f"{study.median_wage_usd.source}, {study.median_wage_usd.year}; model",
        )


def tornado(study: CredentialReturn, *, most: int = 10) -> Chart:
    """Draw how far the net present value moves between the limits of each input."""
    table = study.tornado.head(most).iloc[::-1]
    middle = float(table["npv_usd"].iloc[0]) / THOUSAND
    places = np.arange(len(table))
    with canvas(height=0.36 * len(table) + 1.2) as (figure, axes):
        for ends, color in (("npv_low_usd", ORANGE), ("npv_high_usd", BLUE)):
            axes.barh(
                places, table[ends] / THOUSAND - middle, left=middle, color=color, height=0.62
            )
        axes.axvline(middle, color=INK, linewidth=1)
        axes.axvline(0, color=QUIET, linestyle=(0, (2, 2)), linewidth=1)
        axes.set_yticks(places, table["label"].tolist())
        axes.grid(axis="y", visible=False)
        axes.xaxis.set_major_formatter(wording.thousands_usd)
        axes.xaxis.set_major_locator(MaxNLocator(6))
        first = study.tornado.iloc[0]
        title = f"What matters most: {first['label'][:1].lower()}{first['label'][1:]}"
        return finished(
            figure,
            title=title,
            measure=(
                "Net present value, USD, with each input at its low limit (orange) and at its "
                f"high limit (blue), the others at their most likely: {study.accounts[0].label}"
            ),
            alt=f"{title}. "
            + "; ".join(
                f"{row['label']}: {wording.usd(round(row['npv_low_usd'], -2))} to "
                f"{wording.usd(round(row['npv_high_usd'], -2))}"
                for row in study.tornado.head(most).to_dict("records")
            )
            + ".",
            data=study.tornado,
            source="model on the inputs listed below",
        )


def simulated_returns(study: CredentialReturn) -> Chart:
    """Draw the spread of net present values over all inputs at once."""
    bins = study.simulation.histogram
    width = (bins["high_usd"] - bins["low_usd"]) / THOUSAND
    with canvas(height=2.9) as (figure, axes):
        axes.bar(
            bins["low_usd"] / THOUSAND,
            100 * bins["share"],
            width=width,
            align="edge",
            color=[GAIN if high > 0 else LOSS for high in bins["high_usd"]],
            edgecolor="white",
            linewidth=0.3,
        )
        axes.axvline(0, color=INK, linewidth=1)
        axes.grid(axis="x", color=FAINT)
        axes.xaxis.set_major_formatter(lambda usd, _: wording.usd(usd * THOUSAND))
        axes.set_ylabel("Percent of draws")
        chance = wording.percent(study.simulation.p_gain.value, decimals=0)
        hired = wording.percent(study.simulation.p_gain_if_employed.value, decimals=0)
        title = f"{chance} come out ahead, {hired} once trained and hired"
        return finished(
            figure,
            title=title,
            measure=(
                f"Net present value, USD, of {study.simulation.draws:,} simulated people who "
                f"start; red: below zero. {study.accounts[0].label}"
            ),
            alt=(
                f"{title}. Middle 90% of cases: "
                f"{wording.interval(study.simulation.npv_usd)}; mean "
                f"{wording.amount(study.simulation.mean_usd)}."
            ),
            data=bins,
            source="Monte Carlo simulation over the inputs listed below",
        )
