"""What the BLS projected against what then happened, beside two forecasts anyone could make.

A projection is of ten years, and few are that old. So its pace is tested: growth over the first
h years as compounding would have it, against the growth that OEWS showed over the same years
for the same occupation code. Levels are not compared, since projections count the self-employed
and OEWS does not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis import wording
from analysis.studies.areas import ALL_OCCUPATIONS
from analysis.studies.history import FIRST_MODEL_BASED_YEAR
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part

SOURCE = "BLS, Employment Projections and OEWS; own comparison"
BLS, NO_CHANGE, CONSTANT_SHARE = "BLS projection", "no change", "constant share of all employment"
HYBRID_YEARS = (2019, 2020)  # OEWS mixed the 2010 and the 2018 classification
SUMMARY = [
    "forecast", "horizon_years", "cases", "n_cases", "n_occupations",
    "mean_absolute_error_pct_points", "mean_error_pct_points", "root_mean_square_log_error",
    "right_direction_pct",
]  # fmt: skip
GROWTH: Mapping[str, str] = MappingProxyType(
    {
        BLS: "projected_growth_pct",
        NO_CHANGE: "no_change_growth_pct",
        CONSTANT_SHARE: "constant_share_growth_pct",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Part):
    """The track record of the projections in hand.

    Parameters
    ----------
    table : DataFrame
        One case a row: occupation_code, projection_period, base_year, year, horizon_years,
        actual_growth_pct (OEWS), projected_growth_pct, no_change_growth_pct (0),
        constant_share_growth_pct (as the same projection has all occupations grow; missing where
        its total is not in hand), error_pct_points (actual less projected growth), log_error (log
        of actual over projected employment, both relative to the base), crosses_method_change
        (the base was measured before the model-based estimates of May 2021, the outcome with
        them), is_base_2021 (their first release), is_like_for_like (neither).
    summary : DataFrame
        forecast, horizon_years (missing: all), cases ("like for like", "same code"), n_cases,
        n_occupations, mean_absolute_error_pct_points, mean_error_pct_points (actual less
        forecast), root_mean_square_log_error, right_direction_pct (missing for "no change"). The
        three forecasts are judged on the same cases: those where all three exist.
    """

    summary: pd.DataFrame

    def mean_absolute_error(self, forecast: str = BLS) -> float | None:
        """Return the mean absolute error of a forecast, percentage points; None without cases.

        Over the like-for-like cases of every horizon.
        """
        rows = self.summary[
            self.summary["forecast"].eq(forecast)
            & self.summary["horizon_years"].isna()
            & self.summary["cases"].eq("like for like")
        ]
        return None if rows.empty else float(rows["mean_absolute_error_pct_points"].iloc[0])

    @property
    def by_age(self) -> Part:
        """The mean misses of the three forecasts, by how old the projection was."""
        rows = self.summary[self.summary["cases"].eq("like for like")]
        wide = rows.pivot_table(
            index="horizon_years",
            columns="forecast",
            values="mean_absolute_error_pct_points",
            dropna=False,
        )
        wide = wide.reindex(columns=list(GROWTH)).dropna()
        counts = rows[rows["forecast"].eq(BLS)].set_index("horizon_years")
        table = wide.join(counts[["n_cases", "n_occupations"]]).reset_index()
        years = table["horizon_years"].astype("str").where(table["horizon_years"].notna(), "all")
        return Part(
            table=table.assign(years_on=years),
            reason=self.reason,
            note=self.note,
            source=self.source,
            columns={
                "years_on": "Years on",
                **{name: Column(f"{name}, percentage points", "{:.1f}") for name in GROWTH},
                "n_cases": "Cases",
                "n_occupations": "Occupations",
            },
        )


def record(tables: Tables) -> Record:
    """Test every projection of every occupation against what OEWS then showed.

    One occupation alone has too few cases to judge by.

    Examples
    --------
    >>> from analysis import processed
    >>> cases = record(processed.Tables()).table
    >>> first = cases[cases["occupation_code"].eq("29-2071") & cases["base_year"].eq(2014)]
    >>> first[["projected_growth_pct", "actual_growth_pct"]].round(1).values.tolist()[-1]
    [5.9, 12.9]
    """
    lineage, projections = tables["occupation_lineage"], tables["projections"]
    between = lineage["first_year"].ge(HYBRID_YEARS[0]) & lineage["last_year"].le(HYBRID_YEARS[1])
    residual = lineage.loc[between, "published_as"].unique().tolist()
    tested = projections[~projections["occupation_code"].isin([ALL_OCCUPATIONS, *residual])]
    cases = back_test(tested, tables["national_wages"], everyone=projections)
    return Record(
        table=cases,
        summary=summarise_record(cases),
        note=(
            "Cases of one projection overlap, and few occupations are in hand, so the record is "
            "thinner than its number of cases. OEWS is not made for comparison over time: its own "
            "sampling error is part of every difference."
        ),
        reason="" if len(cases) else "No projection in hand can be tested.",
        source=SOURCE,
    )


def bls_evaluation(tables: Tables) -> Part:
    """Show what the BLS found of its own projections."""
    table = tables["projection_evaluation"]
    return Part(
        table=table.assign(cited=table["source_title"] + " [" + table["verification"] + "]"),
        columns={
            "measure": "Finding",
            "projection_period": "Projection",
            "value": Column("Value", wording.percent),
            "cited": "Source",
        },
        source="US Bureau of Labor Statistics",
    )


def back_test(
    projections: pd.DataFrame, national_wages: pd.DataFrame, *, everyone: pd.DataFrame
) -> pd.DataFrame:
    """Pair each projection with every later outcome of its code; see `Record.table`.

    Parameters
    ----------
    projections : DataFrame
        Those to test.
    national_wages : DataFrame
        Outcomes, and employment in the base years; rows without employment are left out.
    everyone : DataFrame
        Projections that hold those of all occupations.

    Returns
    -------
    DataFrame
        One case a row, by occupation, base year and year.
    """
    outcome = national_wages.dropna(subset=["employment"])
    outcome = outcome[["occupation_code", "year", "employment"]]
    start = outcome.rename(columns={"year": "base_year", "employment": "base_outcome"})
    growth = ["occupation_code", "projection_period", "base_year", "projected_year",
              "base_employment", "projected_employment"]  # fmt: skip
    cases = (
        projections[growth]
        .merge(start, on=["occupation_code", "base_year"], validate="many_to_one")
        .merge(outcome, on="occupation_code", validate="many_to_many")
    )
    cases = cases[cases["year"].gt(cases["base_year"]) & cases["year"].le(cases["projected_year"])]
    total = everyone[everyone["occupation_code"].eq(ALL_OCCUPATIONS)].set_index("projection_period")
    horizon = cases["year"] - cases["base_year"]
    actual = np.log(cases["employment"] / cases["base_outcome"])
    projected = horizon * _log_pace(cases)
    shared = horizon * cases["projection_period"].map(_log_pace(total))
    crosses = cases["base_year"].lt(FIRST_MODEL_BASED_YEAR) & cases["year"].ge(
        FIRST_MODEL_BASED_YEAR
    )
    is_base_2021 = cases["base_year"].eq(FIRST_MODEL_BASED_YEAR)
    keys = ["occupation_code", "projection_period", "base_year", "year"]
    return (
        cases[keys]
        .assign(
            horizon_years=horizon,
            actual_growth_pct=100 * np.expm1(actual),
            projected_growth_pct=100 * np.expm1(projected),
            no_change_growth_pct=0.0,
            constant_share_growth_pct=100 * np.expm1(shared),
            error_pct_points=100 * (np.exp(actual) - np.exp(projected)),
            log_error=actual - projected,
            crosses_method_change=crosses,
            is_base_2021=is_base_2021,
            is_like_for_like=~crosses & ~is_base_2021,
        )
        .sort_values(["occupation_code", "base_year", "year"])
        .reset_index(drop=True)
    )


def summarise_record(cases: pd.DataFrame) -> pd.DataFrame:
    """Judge the three forecasts on the cases where all exist; see `Record.summary`."""
    common = cases.dropna(subset=list(GROWTH.values()))
    rows = [
        {"forecast": forecast, "horizon_years": horizon, "cases": name, **_judgement(group, column)}
        for name, chosen in (
            ("like for like", common[common["is_like_for_like"]]),
            ("same code", common),
        )
        for forecast, column in GROWTH.items()
        for horizon, group in [(None, chosen), *chosen.groupby("horizon_years")]
        if len(group)
    ]
    return pd.DataFrame(rows, columns=SUMMARY).astype({"horizon_years": "Int64"})


def _judgement(cases: pd.DataFrame, forecast: str) -> dict[str, float]:
    """Sum up the errors of the forecast in one column."""
    actual, said = cases["actual_growth_pct"], cases[forecast]
    error = actual - said
    log_error = np.log1p(actual / 100) - np.log1p(said / 100)
    is_right = np.sign(actual).eq(np.sign(said))
    return {
        "n_cases": len(cases),
        "n_occupations": cases["occupation_code"].nunique(),
        "mean_absolute_error_pct_points": float(error.abs().mean()),
        "mean_error_pct_points": float(error.mean()),
        "root_mean_square_log_error": float(np.sqrt((log_error**2).mean())),
        "right_direction_pct": 100 * float(is_right.mean()) if said.any() else np.nan,
    }


def _log_pace(projections: pd.DataFrame) -> "pd.Series[float]":
    """Return the log growth a year that compounds to each projection."""
    years = projections["projected_year"] - projections["base_year"]
    ratio = projections["projected_employment"] / projections["base_employment"]
    return ratio.map(np.log) / years
