"""Wages by age, sex, hours and schooling, counted in an ingested file of ACS person records."""

from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.models.survey import replicate_quantile
from analysis.models.survey.weighted import weighted_quantile
from analysis.studies.areas import NATION

AGES = (
    (18, 24),
    *((low, low + 4) for low in range(25, 65, 5)),
    *((low, low + 9) for low in range(25, 65, 10)),
    (25, 64),
)
HIGH_SCHOOL = ("high school diploma", "GED or alternative credential")
DEGREES = (
    "bachelor's degree",
    "master's degree",
    "professional degree beyond a bachelor's degree",
    "doctorate degree",
)
CODERS = "3515"  # Census code of medical records specialists
LEAST_SAMPLED = 30  # persons of a cell
LEAST_STATES = 48  # of a file that stands for the nation
MOST_REPLICATED = 20_000  # persons of a cell whose error is taken from replicate weights
COLUMNS = [
    "survey_year", "state", "occupation_census_code", "wage_usd", "hours_per_week",
    "weeks_worked_low", "age_years", "sex", "education", "employment_status", "person_weight",
]  # fmt: skip


@lru_cache(maxsize=2)
def person_profiles(path: Path, changed: int) -> pd.DataFrame:  # noqa: ARG001
    """Tabulate a file of `workforce ingest acs` as the table `earnings_profiles` is.

    Parameters
    ----------
    path : Path
        Parquet of person records.
    changed : int
        When it was last changed: another file of the name is counted anew.

    Returns
    -------
    DataFrame
        The columns of `earnings_profiles` and origin (whose counts they are), of high-school
        graduates and of coders below a bachelor's degree; a cell of fewer than 30 persons is left
        out, and the nation where the file holds fewer than 48 states. Errors of medians come from
        the replicate weights where the file has them, else from Kish's effective size (Woodruff's
        interval).
    """
    persons = pd.read_parquet(path, filters=[("age_years", ">=", 18), ("age_years", "<=", 64)])
    weights = [str(name) for name in persons if str(name).startswith("replicate_weight_")]
    persons = persons[[*COLUMNS, *weights]].dropna(subset=["wage_usd"])
    groups = {
        "high_school_only": persons["education"].isin(HIGH_SCHOOL),
        "coders_3515_below_bachelors": persons["occupation_census_code"].eq(CODERS)
        & ~persons["education"].isin(DEGREES),
    }
    status = persons["employment_status"].fillna("")
    in_labor_force = status.str.startswith("civilian employed") | status.eq("unemployed")
    full_time = persons["hours_per_week"].ge(35) & persons["weeks_worked_low"].ge(50)
    universes = {
        "labor_force": in_labor_force,
        "full_time_year_round": in_labor_force & full_time & persons["wage_usd"].gt(0),
    }
    sexes = {"all": "", "women": "female", "men": "male"}
    states = sorted(persons["state"].unique())
    places = [NATION, *states] if len(states) >= LEAST_STATES else states
    rows = []
    for group, is_in in groups.items():
        for universe, counts in universes.items():
            chosen = persons[is_in & counts]
            for sex, word in sexes.items():
                of_sex = chosen[chosen["sex"].eq(word)] if word else chosen
                for place in places:
                    here = of_sex if place == NATION else of_sex[of_sex["state"].eq(place)]
                    for low, high in AGES:
                        cell = here[here["age_years"].between(low, high)]
                        if len(cell) >= LEAST_SAMPLED:
                            rows.append(
                                {
                                    "state": place,
                                    "worker_group": group,
                                    "universe": universe,
                                    "sex": sex,
                                    "age_low": low,
                                    "age_high": high,
                                    **_wages(cell, weights),
                                }
                            )
    held = f"{len(states)} {'state' if len(states) == 1 else 'states'}"
    year = int(persons["survey_year"].max()) if len(persons) else 0
    origin = f"Census Bureau, ACS {year} PUMS, counted in {path.name} ({held})"
    return pd.DataFrame(rows).assign(origin=origin)


def _wages(cell: pd.DataFrame, replicates: list[str]) -> dict[str, float]:
    """Describe the wages of one cell."""
    wages, weights = cell["wage_usd"], cell["person_weight"]
    shares = {"p10": 0.10, "p25": 0.25, "median": 0.50, "p75": 0.75, "p90": 0.90}
    found = {
        f"{name}_wage_usd": weighted_quantile(wages, weights, share)
        for name, share in shares.items()
    }
    return {
        "persons_sampled": len(cell),
        "persons_weighted": float(weights.sum()),
        **found,
        "mean_wage_usd": float(np.average(wages, weights=weights)),
        "median_se_usd": _median_se(cell, replicates),
    }


def _median_se(cell: pd.DataFrame, replicates: list[str]) -> float:
    """Return the standard error of the median."""
    wages, weights = cell["wage_usd"], cell["person_weight"]
    if replicates and len(cell) <= MOST_REPLICATED:
        return float(replicate_quantile(wages, weights, cell[replicates], 0.5).se)
    effective = float(weights.sum()) ** 2 / float((weights.astype("float64") ** 2).sum())
    margin = 0.5 / effective**0.5
    low, high = (weighted_quantile(wages, weights, 0.5 + by) for by in (-margin, margin))
    return (high - low) / 2
