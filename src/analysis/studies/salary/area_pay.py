"""What an occupation pays in a place, as a whole distribution."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import KeyFigure
from analysis.models.wages import PERCENTILE_COLUMNS, WageDistribution, percentile_curve
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE, published
from analysis.studies.part import Part

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

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "percentile": "Percent who earn less",
            "wage_usd": "Wage, USD a year",
            "low_usd": "from",
            "high_usd": "to",
        }
    )

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
        note=(
            "Between the published percentiles the curve is a model, beyond the 10th and 90th an "
            "extrapolation."
        ),
    )
