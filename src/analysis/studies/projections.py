"""What the latest Employment Projections say of an occupation."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.models.outlook import SeparationRates
from analysis.studies.lookup import Tables, latest, rows_where

# Years of full-time study after school; some college, or an award below a degree, is taken as one.
YEARS_OF_STUDY: Mapping[str, float] = MappingProxyType(
    {
        "No formal educational credential": 0.0,
        "High school diploma or equivalent": 0.0,
        "Some college, no degree": 1.0,
        "Postsecondary nondegree award": 1.0,
        "Associate's degree": 2.0,
        "Bachelor's degree": 4.0,
        "Master's degree": 6.0,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Projected:
    """What the latest projection in hand says of an occupation.

    Parameters
    ----------
    period : str
        "2024-34".
    annual_openings, ten_year_growth_pct : float or None
        National.
    typical_entry_education : str or None
        As BLS words it.
    """

    period: str
    annual_openings: float | None
    ten_year_growth_pct: float | None
    typical_entry_education: str | None


def projected(projections: pd.DataFrame, occupation: str) -> Projected | None:
    """Look up the latest projection of an occupation; None where none is in hand.

    Examples
    --------
    >>> from analysis import processed
    >>> projected(processed.read("projections"), "11-9111").typical_entry_education
    "Bachelor's degree"
    """
    rows = projections[projections["occupation_code"].eq(occupation)]
    if rows.empty:
        return None
    row = rows.sort_values("projection_period").iloc[-1]
    education = row["typical_entry_education"]
    return Projected(
        period=str(row["projection_period"]),
        annual_openings=_given(row["annual_openings"]),
        ten_year_growth_pct=_given(row["growth_pct"]),
        typical_entry_education=None if pd.isna(education) else str(education),
    )


def years_between(start: str | None, target: str | None) -> float | None:
    """Count the years of full-time study from one level to another; None where one is unknown.

    Examples
    --------
    >>> years_between("Postsecondary nondegree award", "Bachelor's degree")
    3.0
    >>> years_between("Bachelor's degree", "Associate's degree")
    0.0
    """
    if start is None or target is None or not {start, target} <= YEARS_OF_STUDY.keys():
        return None
    return max(0.0, YEARS_OF_STUDY[target] - YEARS_OF_STUDY[start])


def _given(value: float) -> float | None:
    """Turn what may be missing into None."""
    return None if pd.isna(value) else float(value)


def newest_projection(tables: Tables, occupation_code: str) -> pd.DataFrame:
    """Return the newest projection of an occupation, one row.

    Raises
    ------
    ValueError
        None is in hand.
    """
    rows = rows_where(tables["projections"], occupation_code=occupation_code)
    return latest(rows, "projected_year")


def separation_rates(
    separations: pd.DataFrame, occupation: str, *, period: str | None = None
) -> SeparationRates | None:
    """Look up the separation rates published with a projection; None where there are none.

    Rates of one edition never stand beside the projection of another.

    Parameters
    ----------
    separations : DataFrame
        The processed table.
    occupation : str
        SOC code.
    period : str or None
        The edition, "2024-34"; the latest where None.

    Examples
    --------
    >>> from analysis import processed
    >>> rates = separation_rates(processed.read("separations"), "29-2072")
    >>> rates is not None and separation_rates(processed.read("separations"), "99-9999") is None
    True
    """
    rows = separations[separations["occupation_code"].eq(occupation)]
    if period is not None:
        rows = rows[rows["projection_period"].eq(period)]
    if rows.empty:
        return None
    row = rows.sort_values("projection_period").iloc[-1]
    return SeparationRates(
        exit_rate=float(row["exit_rate_pct"]) / 100,
        transfer_rate=float(row["transfer_rate_pct"]) / 100,
        projection_period=str(row["projection_period"]),
    )


def no_separations(separations: pd.DataFrame, occupation: str, *, title: str, period: str) -> str:
    """Say that a projection has no separation rates of its own edition.

    Examples
    --------
    >>> rates = pd.DataFrame({"occupation_code": ["29-2072"], "projection_period": ["2024-34"]})
    >>> no_separations(rates, "29-2072", title="Coders", period="2025-35")
    'BLS separation rates of Coders for 2025-35 are not available; those of 2024-34 belong to ...'
    """
    rows = separations[separations["occupation_code"].eq(occupation)]
    others = ", ".join(sorted(rows["projection_period"].unique()))
    reason = f"BLS separation rates of {title} for {period} are not available"
    return (
        f"{reason}; those of {others} belong to another projection and are not mixed with it."
        if others
        else f"{reason}."
    )
