"""What an occupation pays in a place, as a whole distribution, and how far such curves miss."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType

import pandas as pd

from analysis.estimate import Estimate, KeyFigure
from analysis.models.wages import (
    PERCENTILE_COLUMNS,
    WageDistribution,
    holdout_mean_errors,
    percentile_curve,
    summarise_holdout,
)
from analysis.studies.areas import CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE, published
from analysis.studies.part import Part

CURVE_ERROR_UNIT = "percent of the mean wage"
FEWEST_PERCENTILES = 2  # a curve needs two points
PUBLISHED: Mapping[str, str] = MappingProxyType(
    {
        "mean_wage_usd": "Mean wage",
        "p10_wage_usd": "10th percentile",
        "p25_wage_usd": "25th percentile",
        "p75_wage_usd": "75th percentile",
        "p90_wage_usd": "90th percentile",
        "median_hourly_wage_usd": "Median wage, hourly",
        "jobs_per_1000": "Of 1,000 jobs here",
        "location_quotient": "Location quotient",
    }
)
OF_A_PART = ("jobs_per_1000", "location_quotient")  # published for parts of the nation alone


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaPay(Part):
    """The wage distribution of an occupation in an area.

    Parameters
    ----------
    table : DataFrame
        percentile, wage_usd with its 90 % limits low_usd and high_usd, kind ("official" at the
        published percentiles), is_extrapolated.
    place, year : str
        Where and when.
    figures : tuple of KeyFigure
        Mean, percentiles and, but for the nation, jobs per 1,000 and location quotient as
        published for the area.
    distribution : WageDistribution or None
        None where too little is published.
    """

    place: str
    year: str
    figures: tuple[KeyFigure, ...] = ()
    distribution: WageDistribution | None = None

    @property
    def published(self) -> pd.DataFrame:
        """The published percentiles alone."""
        return self.table[self.table["kind"].eq("official")]


def area_pay(wages: pd.DataFrame, *, area: str = NATION, occupation: str = CODERS) -> AreaPay:
    """Fit the wage distribution of an occupation in an area to its published percentiles.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> pay = area_pay(processed.read("wages"))
    >>> pay.published["wage_usd"].tolist()
    [37000.0, 43490.0, 51140.0, 64820.0, 81150.0]
    """
    place = find_area(wages, area)
    title = find_occupation(wages, occupation)
    rows = wages[
        wages["area_code"].eq(place.code)
        & wages["occupation_code"].eq(occupation)
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    year = f"May {wages['year'].max()}"
    figures = tuple(
        KeyFigure(
            name=measure,
            label=label,
            estimate=published(wages, measure, occupation_code=occupation, area_code=place.code),
        )
        for measure, label in PUBLISHED.items()
        if not (place.is_nation and measure in OF_A_PART)
    )
    known = rows[list(PERCENTILE_COLUMNS)].notna().sum(axis=1).max() if len(rows) else 0
    if known < FEWEST_PERCENTILES:
        return AreaPay(
            table=pd.DataFrame(),
            place=place.name,
            year=year,
            figures=figures,
            reason=f"BLS did not release what {title.lower()} are paid in {place.name}.",
        )
    row = rows.sort_values("year").iloc[-1]
    distribution = WageDistribution.from_row(row, year=year, source=SOURCE)
    return AreaPay(
        table=percentile_curve(distribution),
        place=place.name,
        year=year,
        figures=figures,
        distribution=distribution,
        source=SOURCE,
        columns={
            "percentile": "Percent who earn less",
            "wage_usd": "Wage, USD a year",
            "low_usd": "from",
            "high_usd": "to",
        },
        note=(
            "Between the published percentiles the curve is a model; beyond them an offer is "
            "placed on an extrapolation."
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveError(Part):
    """The hold-out errors of the wage curve of an occupation.

    Parameters
    ----------
    table : DataFrame
        areas (which of them), n, n_set_apart (no mean or too few percentiles),
        median_absolute_error_pct, p90_absolute_error_pct (percent of the published mean).
    own : Estimate
        The error in the area asked about, with its sign; missing with a note.
    """

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
        [
            {"areas": name, **asdict(summarise_holdout(group))}
            for name, group in groups.items()
            if len(group)
        ]
    )
    return CurveError(
        table=table,
        own=_own(errors, area, year=f"May {rows['year'].max()}"),
        note="The curve is laid through the percentiles alone; the mean it implies is a test.",
        reason="" if len(table) else f"BLS publishes no wages of {title.lower()}.",
        source=SOURCE,
        columns={
            "areas": "Areas",
            "n": "Compared",
            "n_set_apart": "Not comparable",
            "median_absolute_error_pct": "Half of them miss by less than",
            "p90_absolute_error_pct": "Nine in ten by less than",
        },
    )


def _own(errors: pd.DataFrame, area: Area, *, year: str) -> Estimate:
    """Give the error of one area."""
    row = errors[errors["area_code"].eq(area.code)]
    known = row.dropna(subset=["error_pct"])
    if known.empty:
        why = row["reason"].iloc[0] if len(row) else "BLS publishes no estimate here"
        return Estimate(
            value=None,
            unit=CURVE_ERROR_UNIT,
            year=year,
            source=SOURCE,
            kind="model",
            note=f"No test: {why}.",
        )
    return Estimate(
        value=float(known["error_pct"].iloc[0]),
        unit=CURVE_ERROR_UNIT,
        year=year,
        source=SOURCE,
        kind="model",
        note="Mean by the curve less the published mean, which it never saw.",
    )
