"""How concentrated an occupation is: in few industries, and in few states."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd

from analysis.models.areas import find_occupation
from analysis.models.estimate import Estimate
from analysis.models.occupations import CODERS
from analysis.models.official import ALL_INDUSTRIES, SOURCE, published
from analysis.models.outlook.industry_mix import Level, industries, with_columns
from analysis.models.part import Part
from analysis.models.settings.setting_wages import EVERY

TOPS = (1, 4, 10)
INDUSTRY_LEVELS: tuple[Level, ...] = ("sector", "3-digit", "4-digit")
UNIT = "index, 0 to 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Concentration(Part):
    """The concentration of an occupation in industries, by how fine these are cut, and in states.

    Parameters
    ----------
    table : DataFrame
        level ("sector", "3-digit", "4-digit", "state"), groups (published ones), covered_pct (of
        all jobs), top_1_pct, top_4_pct, top_10_pct (of all jobs), herfindahl (0 to 1),
        herfindahl_high (were the rest one group), equal_groups (1 / herfindahl: as many groups of
        equal size would be as concentrated).
    herfindahl : Estimate
        Of the 4-digit industries, with the interval that the errors of their jobs give.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "level": "Among",
            "groups": "Published",
            "top_1_pct": "Largest one",
            "top_4_pct": "Largest four",
            "top_10_pct": "Largest ten",
            "herfindahl": "Herfindahl index",
            "equal_groups": "As if in so many equal ones",
        }
    )

    herfindahl: Estimate


def concentration(tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS) -> Concentration:
    """Measure how concentrated an occupation is in industries and in states, national.

    Shares are of all jobs. The index is the sum of squared shares (Herfindahl and Hirschman) of
    the groups that are published; those that are not would add at least nothing and at most the
    square of their sum.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> measured = concentration(processed.Tables()).table.set_index("level")
    >>> measured.loc["3-digit", ["top_1_pct", "top_4_pct"]].astype("float").round().tolist()
    [29.0, 75.0]
    """
    wages = tables["wages"]
    title = find_occupation(wages, occupation)
    total = published(wages, "employment", occupation_code=occupation).value
    if total is None:
        missing = Estimate(value=None, unit=UNIT, note="National employment is not published.")
        return Concentration(
            table=pd.DataFrame(),
            herfindahl=missing,
            reason=f"BLS does not publish how many {title.lower()} there are.",
        )
    by_level: dict[str, pd.DataFrame] = {
        level: _jobs_by_industry(tables, occupation, level) for level in INDUSTRY_LEVELS
    }
    by_level |= {"state": _jobs_by_state(wages, occupation)}
    table = pd.DataFrame(
        [
            {"level": level, **_measures(jobs["employment"], total)}
            for level, jobs in by_level.items()
        ]
    )
    return Concentration(
        table=table,
        herfindahl=_with_error(by_level["4-digit"], total, year=f"May {wages['year'].max()}"),
        note=(
            "Shares are of all jobs of the occupation, also those in groups that are not "
            "published. An index of 1 is a single employer group."
        ),
        source=SOURCE,
    )


def herfindahl(shares: "pd.Series[float]") -> float:
    """Add up the squares of shares.

    Examples
    --------
    >>> herfindahl(pd.Series([0.5, 0.25, 0.25]))
    0.375
    """
    return float((shares**2).sum())


def _jobs_by_industry(
    tables: Mapping[str, pd.DataFrame], occupation: str, level: Level
) -> pd.DataFrame:
    """Return employment and its relative error by industry of one level, none counted twice."""
    mix = industries(tables, occupation=occupation, level=level, top=EVERY).table
    columns = ["employment", "employment_rse_pct"]
    return with_columns(
        mix, tables["wages"], occupation=occupation, columns=["employment_rse_pct"]
    )[columns]


def _jobs_by_state(wages: pd.DataFrame, occupation: str) -> pd.DataFrame:
    """Return employment and its relative error by state and territory, where published."""
    rows = wages[
        wages["occupation_code"].eq(occupation)
        & wages["area_type"].eq("state")
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    return rows[["employment", "employment_rse_pct"]].dropna(subset=["employment"])


def _measures(jobs: "pd.Series[float]", total: float) -> dict[str, float | int | None]:
    """Work out every measure of one level."""
    shares = (jobs / total).sort_values(ascending=False)
    index = herfindahl(shares)
    rest = max(0.0, 1 - float(shares.sum()))
    return {
        "groups": len(shares),
        "covered_pct": 100 * min(1.0, float(shares.sum())),
        **{f"top_{top}_pct": 100 * float(shares.head(top).sum()) for top in TOPS},
        "herfindahl": index,
        "herfindahl_high": index + rest**2,
        "equal_groups": 1 / index if index > 0 else None,
    }


def _with_error(jobs: pd.DataFrame, total: float, *, year: str) -> Estimate:
    """Give the index with the error that those of the jobs imply; none where one of them lacks.

    Delta method, the jobs e_i of industries independent: with H the index, s_i the shares and T
    the total, var(H) = 4 / T^2 * sum(var(e_i) * (s_i - H)^2).
    """
    shares = jobs["employment"] / total
    index = herfindahl(shares)
    errors = shares * jobs["employment_rse_pct"] / 100
    se = 2 * float(np.sqrt((errors**2 * (shares - index) ** 2).sum()))
    return Estimate.with_se(
        index,
        se=None if errors.isna().any() else se,
        unit=UNIT,
        year=year,
        source=SOURCE,
        kind="model",
        note="4-digit industries; the rest, not published, is left out.",
    )
