"""How far the wage curve misses the published means it never saw, over all areas and in one."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.wages import holdout_mean_errors, summarise_holdout
from analysis.studies.areas import CODERS, Area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE
from analysis.studies.part import Part

UNIT = "percent of the mean wage"


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveError(Part):
    """The hold-out errors of the wage curve of an occupation.

    Parameters
    ----------
    table : DataFrame
        areas (which of them), n, n_set_apart (no mean or too few percentiles),
        median_absolute_error_pct, p90_absolute_error_pct (percent of the published mean).
    errors : DataFrame
        As `wages.holdout_mean_errors` gives it, a row an area.
    own : Estimate
        The error in the area asked about, with its sign; missing with a note.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "areas": "Areas",
            "n": "Compared",
            "n_set_apart": "Not comparable",
            "median_absolute_error_pct": "Half of them miss by less than",
            "p90_absolute_error_pct": "Nine in ten by less than",
        }
    )

    errors: pd.DataFrame
    own: Estimate


def curve_error(wages: pd.DataFrame, *, area: Area, occupation: str = CODERS) -> CurveError:
    """Predict the mean wage of every area from its percentiles, and compare.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> wages = processed.read("wages")
    >>> found = curve_error(wages, area=find_area(wages, "US"))
    >>> round(found.own.value, 1), bool(found.table["n"].iloc[0] > 500)
    (-1.3, True)
    """
    title = find_occupation(wages, occupation)
    rows = wages[
        wages["occupation_code"].eq(occupation) & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    rows = rows[rows["year"].eq(rows["year"].max())]
    errors = holdout_mean_errors(rows)
    groups = {
        "all areas": errors,
        "whose percentiles differ": errors[~errors["is_collapsed"]],
        "with two percentiles in one pay interval": errors[errors["is_collapsed"]],
    }
    table = pd.DataFrame(
        [{"areas": name, **_summary(group)} for name, group in groups.items() if len(group)]
    )
    return CurveError(
        table=table,
        errors=errors,
        own=_own(errors, area, year=f"May {rows['year'].max()}"),
        note="The curve is laid through the percentiles alone; the mean it implies is a test.",
        reason="" if len(table) else f"BLS publishes no wages of {title.lower()}.",
        source=SOURCE,
    )


def _summary(errors: pd.DataFrame) -> dict[str, float | int | None]:
    """Condense the errors of a group of areas."""
    summary = summarise_holdout(errors)
    return {
        "n": summary.n,
        "n_set_apart": summary.n_set_apart,
        "median_absolute_error_pct": summary.median_absolute_error_pct,
        "p90_absolute_error_pct": summary.p90_absolute_error_pct,
    }


def _own(errors: pd.DataFrame, area: Area, *, year: str) -> Estimate:
    """Give the error of one area."""
    row = errors[errors["area_code"].eq(area.code)]
    known = row.dropna(subset=["error_pct"])
    if known.empty:
        why = row["reason"].iloc[0] if len(row) else "BLS publishes no estimate here"
        return Estimate(
            value=None, unit=UNIT, year=year, source=SOURCE, kind="model", note=f"No test: {why}."
        )
    return Estimate(
        value=float(known["error_pct"].iloc[0]),
        unit=UNIT,
        year=year,
        source=SOURCE,
        kind="model",
        note="Mean by the curve less the published mean, which it never saw.",
    )
