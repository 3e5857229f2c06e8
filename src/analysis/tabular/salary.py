"""Tables of pay by place."""

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.figures.reason import Reason
from analysis.studies.part import BLANK, Part
from analysis.studies.places import MetroPay, States
from analysis.tabular.part import words
from analysis.tabular.table import TO, Table, table

LEAST, MOST = 1, 99  # percent
NOT_SHOWN = "not shown"  # too few to publish, or would give such a cell back


def states(ranked: States) -> Table | str:
    """List the states by rank, with how sure the rank is; those without one last."""
    if ranked.is_missing:
        return Reason(ranked.reason)
    frame = ranked.table
    wage = frame[ranked.measure]
    other = "median_wage_usd" if ranked.is_price_adjusted else "median_wage_national_prices_usd"
    ranked_by = "At national prices" if ranked.is_price_adjusted else "Median wage"
    also = "As paid" if ranked.is_price_adjusted else "At national prices"
    shown = {
        "State": frame["area_name"],
        "Rank (90% range)": _ranks(frame),
        f"Among the first {ranked.top}": (100 * frame["p_top"]).map(_probability),
        f"{ranked_by}, USD a year": words(wage, "wage_usd"),
        "90% interval": _intervals(wage, frame["standard_error"]),
        f"{also}, USD a year": words(frame[other], "wage_usd"),
    }
    return table(
        frame,
        shown,
        caption=f"States and territories by median wage{_adjusted(ranked)}",
        source=ranked.source,
        note=ranked.note,
    )


def metros(listed: MetroPay) -> Table | str:
    """List metropolitan areas with rank, jobs and median wage."""
    if listed.is_missing:
        return Reason(listed.reason)
    frame = listed.table
    shown = {
        "Metropolitan area": frame["area_name"],
        "Rank (90% range)": _ranks(frame),
        "Jobs": words(frame["employment"], "employment"),
        "Median wage, USD a year": words(frame["median_wage_usd"], "wage_usd"),
        "90% interval": _intervals(frame["median_wage_usd"], frame["standard_error"]),
        "Tied": words(frame["is_collapsed"], "is_collapsed"),
    }
    return table(
        frame,
        shown,
        caption=f"Metropolitan areas, {listed.place}",
        source=listed.source,
        text={"Tied"},
        note=listed.note,
    )


def own_pay(own: Part) -> Table | str:
    """List own pay by setting, beside the published distribution."""
    if own.is_missing:
        return Reason(own.reason)
    frame = own.table
    shown = {
        "Setting": frame["setting"],
        "Records": words(frame["records"], "records").mask(frame["records"].isna(), NOT_SHOWN),
        "25th percentile, USD a year": words(frame["p25_usd"], "p25_usd"),
        "Median, USD a year": words(frame["median_usd"], "median_usd"),
        "90% interval": words(frame["low_usd"], "low_usd")
        .str.cat(words(frame["high_usd"], "high_usd"), sep=TO)
        .mask(frame["median_usd"].isna(), BLANK),
        "75th percentile, USD a year": words(frame["p75_usd"], "p75_usd"),
        "Of all workers, percent paid less than the median": frame["official_percentile"].map(
            lambda percent: BLANK if pd.isna(percent) else wording.percent(percent, decimals=0)
        ),
    }
    return table(
        frame,
        shown,
        caption="Pay in own records, by setting",
        source=own.source,
        text={"Setting"},
        note=own.note,
    )


def _adjusted(ranked: States) -> str:
    """Say which wages are ranked."""
    return " at national prices" if ranked.is_price_adjusted else ""


def _ranks(frame: pd.DataFrame) -> "pd.Series[str]":
    """Write ranks with their range; a dash where there is none."""
    texts = [
        BLANK if pd.isna(rank) else f"{rank} ({low}{TO}{high})"
        for rank, low, high in zip(
            frame["rank"], frame["rank_low"], frame["rank_high"], strict=True
        )
    ]
    return pd.Series(texts, index=frame.index, dtype="str")


def _intervals(wages: "pd.Series[float]", errors: "pd.Series[float]") -> "pd.Series[str]":
    """Write 90 % intervals on one line; a dash where there is none."""
    texts = [
        BLANK if pd.isna(wage) or pd.isna(error) else _limits(wage, error)
        for wage, error in zip(wages, errors, strict=True)
    ]
    return pd.Series(texts, index=wages.index, dtype="str").str.replace(" ", "\u00a0")


def _limits(wage: float, error: float) -> str:
    return wording.interval(Estimate.with_se(wage, se=error, unit="USD a year", kind="official"))


def _probability(percent: float) -> str:
    """Write a simulated probability: whole percent, and no certainty that draws cannot give."""
    if pd.isna(percent):
        return BLANK
    if percent < LEAST:
        return f"under {LEAST}%"
    return f"over {MOST}%" if percent > MOST else wording.percent(percent, decimals=0)
