"""Tables of the outlook that need more than their part's own columns."""

import pandas as pd

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.outlook.demand import DemandDrivers
from analysis.studies.outlook.projection_fan import Fan
from analysis.studies.outlook.projection_record import BLS, GROWTH, Record
from analysis.studies.part import BLANK
from analysis.tables.part import words
from analysis.tables.table import Table, table

MILLION = 1_000_000


def track_record(record: Record) -> Table | str:
    """Compare the misses of BLS projections with those of two forecasts anyone could make."""
    if record.is_missing:
        return Reason(record.reason)
    summary = record.summary
    rows = summary[summary["cases"].eq("like for like")]
    wide = rows.pivot_table(
        index="horizon_years",
        columns="forecast",
        values="mean_absolute_error_pct_points",
        dropna=False,
    )[list(GROWTH)].dropna()
    counts = rows[rows["forecast"].eq(BLS)].set_index("horizon_years")[["n_cases", "n_occupations"]]
    frame = wide.join(counts).reset_index()
    shown = {
        "Years on": words(frame["horizon_years"], "horizon_year").replace(BLANK, "all"),
        **{f"{name}, percentage points": frame[name].map("{:.1f}".format) for name in GROWTH},
        "Cases": words(frame["n_cases"], "cases"),
        "Occupations": words(frame["n_occupations"], "occupations"),
    }
    return table(
        frame,
        shown,
        caption="Mean miss of growth over the years, by how old the projection was",
        source=record.source,
        note=record.note,
    )


def evaluation(frame: pd.DataFrame) -> Table:
    """Show what the BLS found of its own projections."""
    shown = {
        "Finding": frame["measure"],
        "Projection": frame["projection_period"],
        "Value": frame["value"].map(wording.percent),
        "Source": frame["source_title"] + " [" + frame["verification"] + "]",
    }
    return table(
        frame,
        shown,
        caption="What the BLS found of its own projections",
        source="US Bureau of Labor Statistics",
        text={"Projection", "Source"},
    )


def fan_coverage(fan: Fan) -> Table | str:
    """Show how often the outcome fell within the bands, each occupation left out in turn."""
    frame = fan.coverage
    if frame.empty:
        return Reason(fan.reason or "There is no track record to test the bands on.")
    shown = {
        "Left out": frame["occupation_code"],
        "Cases": words(frame["n_cases"], "cases"),
        "Within the band for half": frame["cover_50_pct"].map(_share),
        "Within the band for 90%": frame["cover_90_pct"].map(_share),
    }
    return table(
        frame,
        shown,
        caption="How often the outcome fell within the bands that the other occupations gave",
        source=fan.source,
        note=fan.note,
    )


def _share(value: float) -> str:
    """Write a share of few cases: whole percent."""
    return BLANK if pd.isna(value) else wording.percent(value, decimals=0)


def drivers(demand: DemandDrivers) -> Table | str:
    """Show the first and the last year of each driver and vintage, and the growth between."""
    if demand.is_missing:
        return Reason(demand.reason)
    ends = demand.table.sort_values("year").groupby(["driver", "vintage", "kind"], sort=False)
    frame = ends.agg(
        first_year=("year", "first"),
        last_year=("year", "last"),
        first=("value", "first"),
        last=("value", "last"),
        unit=("unit", "first"),
    ).reset_index()
    years = frame["last_year"] - frame["first_year"]
    growth = 100 * ((frame["last"] / frame["first"]) ** (1 / years.clip(lower=1)) - 1)
    frame["growth_pct"] = growth.where(years.gt(0))
    shown = {
        "Driver": frame["driver"],
        "Published in": frame["vintage"] + " [" + frame["kind"] + "]",
        "From": words(frame["first_year"], "year"),
        "To": words(frame["last_year"], "year"),
        "Last value": frame["last"].map(lambda value: f"{value / MILLION:,.1f} million"),
        "Unit": frame["unit"],
        "Growth a year": words(frame["growth_pct"], "growth_pct"),
    }
    return table(
        frame,
        shown,
        caption="What is said to drive demand, by driver and vintage",
        source=demand.source,
        text={"Published in", "Unit"},
        note=demand.note,
    )
