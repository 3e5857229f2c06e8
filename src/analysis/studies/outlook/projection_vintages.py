"""What the BLS projected, each time it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, find_occupation
from analysis.studies.history import codes_by_year
from analysis.studies.part import Part

SOURCE = "BLS, Employment Projections"
YEARS = 10  # every projection spans ten years
TEN_YEAR_TOTAL = (
    "Growth is a ten-year total, not a yearly rate; the yearly rate that compounds to it stands "
    "beside it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vintages(Part):
    """Every projection of an occupation.

    Parameters
    ----------
    table : DataFrame
        projection_period, base_year, projected_year, published_as (the code it was made for),
        base_employment, projected_employment (jobs, the self-employed included),
        ten_year_growth_pct (as published), yearly_growth_pct (compound equivalent),
        annual_openings (missing for 2014-24, which was published by an older method),
        all_occupations_ten_year_growth_pct (missing where not in hand), is_latest, is_comparable
        (made for the code of the latest), note, source_title; by base year.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "projection_period": "Projection",
            "published_as": "Made for",
            "base_employment": "Jobs in the base year",
            "projected_employment": "Jobs projected",
            "ten_year_growth_pct": "Growth over ten years, %",
            "yearly_growth_pct": "The same a year, %",
            "annual_openings": "Openings a year",
            "all_occupations_ten_year_growth_pct": "All occupations, over ten years, %",
        }
    )

    @property
    def latest(self) -> "pd.Series[float]":
        """The row of the latest projection.

        Raises
        ------
        ValueError
            There is no projection in hand; ask `is_missing` first.
        """
        if self.is_missing:
            raise ValueError(f"There is no latest projection: {self.reason}")
        return self.table[self.table["is_latest"]].iloc[0]


def projections_by_vintage(
    tables: Mapping[str, pd.DataFrame], *, occupation: str = CODERS
) -> Vintages:
    """List every projection in hand of an occupation, under the code each was made for.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> vintages = projections_by_vintage(processed.Tables())
    >>> shown = ["projection_period", "published_as", "ten_year_growth_pct"]
    >>> vintages.table[shown].tail(2).values.tolist()
    [['2023-33', '29-2072', 8.7], ['2024-34', '29-2072', 7.1]]
    >>> vintages.table["yearly_growth_pct"].round(2).tolist()[-2:]
    [0.84, 0.69]
    """
    title = find_occupation(tables["wages"], occupation)
    projections = tables["projections"]
    spans = codes_by_year(tables["occupation_lineage"], occupation)
    rows = projections.merge(
        spans, left_on="occupation_code", right_on="published_as", validate="many_to_one"
    )
    rows = rows[rows["base_year"].between(rows["first_year"], rows["last_year"])]
    if rows.empty:
        return Vintages(table=pd.DataFrame(), reason=f"BLS projections of {title} are not in hand.")
    rows = rows.sort_values("base_year")
    everyone = projections[projections["occupation_code"].eq(ALL_OCCUPATIONS)]
    table = rows.assign(
        ten_year_growth_pct=rows["growth_pct"],
        yearly_growth_pct=100
        * ((rows["projected_employment"] / rows["base_employment"]) ** (1 / YEARS) - 1),
        all_occupations_ten_year_growth_pct=rows["projection_period"].map(
            everyone.set_index("projection_period")["growth_pct"]
        ),
        is_latest=rows["base_year"].eq(rows["base_year"].max()),
        is_comparable=rows["published_as"].eq(rows["published_as"].iloc[-1]),
        note=rows["note"].fillna(""),
    )
    columns = [
        "projection_period", "base_year", "projected_year", "published_as",
        "base_employment", "projected_employment", "ten_year_growth_pct", "yearly_growth_pct",
        "annual_openings", "all_occupations_ten_year_growth_pct", "is_latest", "is_comparable",
        "note", "source_title",
    ]  # fmt: skip
    return Vintages(table=table[columns].reset_index(drop=True), note=TEN_YEAR_TOTAL, source=SOURCE)
