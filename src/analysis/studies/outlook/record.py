"""What the BLS projected against what then happened, beside two forecasts anyone could make.

The projections of 2014-24 and 2016-26 of every occupation that kept its code and title, against
the employment that later editions of the same matrix show for its base years: 2, 8 and 10 years
on. A few large errors are redefinitions of an occupation that kept its title.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models.projection_error import SIZE_LIMITS, size_class
from analysis.studies.areas import ALL_OCCUPATIONS
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part

SOURCE = "BLS, Employment Projections, three editions; own comparison"
BLS, NO_CHANGE, CONSTANT_SHARE = "BLS projection", "no change", "constant share of all jobs"
FORECASTS: Mapping[str, str] = MappingProxyType(
    {BLS: "projected_log_growth", NO_CHANGE: "no_change", CONSTANT_SHARE: "constant_share"}
)
THOUSAND = 1_000


def cases_of_size(tables: Tables, jobs: float) -> pd.DataFrame:
    """Return the projections of occupations of a size with what came.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    jobs : float
        Employment in the base year; its class of `SIZE_LIMITS` is meant.

    Returns
    -------
    DataFrame
        The columns of `projection_cases`, and the log growth of the two naive forecasts:
        no_change (0) and constant_share (that of all occupations in the same projection).

    Examples
    --------
    >>> from analysis import processed
    >>> cases = cases_of_size(processed.Tables(), 194_800)
    >>> int((cases["horizon_years"] == 10).sum())
    159
    """
    cases = tables["projection_cases"]
    own: pd.DataFrame = cases[size_class(cases["base_employment"]) == size_class(jobs)]
    projections = tables["projections"]
    total = projections[projections["occupation_code"].eq(ALL_OCCUPATIONS)]
    total = total.set_index("projection_period")
    pace = (total["projected_employment"] / total["base_employment"]).map(np.log) / 10
    return own.assign(
        no_change=0.0,
        constant_share=own["horizon_years"] * own["projection_period"].map(pace.to_dict()),
    ).reset_index(drop=True)


def size_in_words(jobs: float) -> str:
    """Name the class of size an occupation is in.

    Examples
    --------
    >>> size_in_words(194_800), size_in_words(2_000), size_in_words(1e6)
    ('100,000 to 400,000 jobs', 'fewer than 10,000 jobs', '400,000 jobs or more')
    """
    number = int(size_class(jobs))
    if number == 0:
        return f"fewer than {wording.count(SIZE_LIMITS[0])} jobs"
    low = wording.count(SIZE_LIMITS[number - 1])
    if number == len(SIZE_LIMITS):
        return f"{low} jobs or more"
    return f"{low} to {wording.count(SIZE_LIMITS[number])} jobs"


def record(cases: pd.DataFrame, *, size: str) -> Part:
    """Judge the projection and the two naive forecasts by how old they are.

    The table: horizon_years, forecast, n_cases, median_error_pct and p90_error_pct (half, and
    nine in ten, missed employment by no more, percent of what was forecast), right_direction_pct
    (missing for "no change").
    """
    rows = []
    for years, group in cases.groupby("horizon_years"):
        for forecast, column in FORECASTS.items():
            known = group.dropna(subset=[column])
            error = 100 * (known["actual_log_growth"] - known[column]).map(np.expm1).abs()
            is_right = np.sign(known["actual_log_growth"]).eq(np.sign(known[column]))
            rows.append(
                {
                    "horizon_years": int(str(years)),
                    "forecast": forecast,
                    "n_cases": len(known),
                    "median_error_pct": float(error.median()),
                    "p90_error_pct": float(error.quantile(0.9)),
                    "right_direction_pct": (
                        np.nan if forecast == NO_CHANGE else 100 * float(is_right.mean())
                    ),
                }
            )
    return Part(
        table=pd.DataFrame(rows),
        reason="" if rows else "No projection can be tested.",
        source=SOURCE,
        note=(
            f"Occupations of {size} that kept their code and title, projections of 2014-24 and "
            "2016-26. Direction: jobs grew where growth was forecast, or fell where a fall was."
        ),
        columns={
            "horizon_years": "Years on",
            "forecast": "Forecast",
            "median_error_pct": "Half missed by more than",
            "p90_error_pct": "One in ten by more than",
            "right_direction_pct": Column("Direction right", _whole_percent),
            "n_cases": "Projections",
        },
    )


def typical_error(table: pd.DataFrame, *, note: str) -> Estimate:
    """Return the median error of the oldest BLS projections, percent of the jobs projected."""
    rows = table[table["forecast"].eq(BLS)] if len(table) else table
    last = None if rows.empty else rows.iloc[-1]
    return Estimate(
        value=None if last is None else float(last["median_error_pct"]),
        unit="percent of jobs",
        year="" if last is None else f"after {last['horizon_years']} years",
        source=SOURCE,
        kind="model",
        note=note,
    )


def bls_evaluation(tables: Tables) -> Part:
    """Show what the BLS found of its own projections, edition by edition.

    The table: measure, and a column an edition, percent.
    """
    found = tables["projection_evaluation"]
    wide = found.pivot_table(index="measure", columns="projection_period", values="value")
    editions = [str(period) for period in wide.columns]
    return Part(
        table=wide.reset_index(),
        columns={
            "measure": "Finding",
            **{period: Column(period, _as_published) for period in editions},
        },
        note=(
            "Percent of occupations where a finding counts them, percent of jobs where it is "
            "growth. The last edition counts calls on groups of occupations."
        ),
        source="US Bureau of Labor Statistics, evaluations of its projections",
    )


def _as_published(value: float) -> str:
    return wording.percent(value, decimals=0 if value.is_integer() else 1)


def _whole_percent(share: float) -> str:
    """Write a share of some hundred cases."""
    return wording.percent(share, decimals=0)
