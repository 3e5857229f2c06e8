"""The guide's ladder and specialisations, each title with the official wages taken for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.wages import WageDistribution
from analysis.studies.areas import CODERS, Area, find_area, find_occupation
from analysis.studies.experience_pay import area_pay
from analysis.studies.official import SOURCE
from analysis.studies.part import Part
from analysis.studies.projections import projected

TITLE_SOURCE = f"career guide; {SOURCE}; occupations taken by this project"
WAGES = {"p10_wage_usd": 0.10, "median_wage_usd": 0.50, "p90_wage_usd": 0.90}
WAGE_COLUMNS = ["low_usd", "high_usd", "low_se_usd", "high_se_usd", *WAGES, "pay_note"]
CODERS_ALONE = "The guide's ladder begins with coders; it is not that of another occupation."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder(Part):
    """Titles of the guide with the official wages of the occupation taken for each.

    Parameters
    ----------
    table : DataFrame
        track ("vertical", "lateral", "credential"), step (1 to 4; missing off the vertical
        track), title, years_low, years_high (the guide's; missing where it gives none),
        credential, occupation_code, occupation_title, typical_entry_education, low_percentile,
        high_percentile (the part of the occupation's pay taken: an assumption), low_usd, high_usd
        (that part; high missing where top-coded), standard errors low_se_usd and high_se_usd,
        p10_wage_usd, median_wage_usd, p90_wage_usd (of the whole occupation), pay_note (whose
        wages, where not the area's), why.
    place : str
        Where the wages are paid.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "title": "Title",
            "years_low": "Years from",
            "years_high": "Years to",
            "credential": "Credential",
            "occupation_title": "Occupation taken",
            "low_usd": "from",
            "high_usd": "to",
        }
    )

    place: str

    @property
    def steps(self) -> pd.DataFrame:
        """The vertical track with known wages, lowest rung first."""
        rows = self.table
        return rows[rows["track"].eq("vertical") & rows["low_usd"].notna()] if len(rows) else rows


def ladder(
    tables: Mapping[str, pd.DataFrame], *, area: str = "US", occupation: str = CODERS
) -> Ladder:
    """Put official wages to every title of the guide's ladder.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        Where; wages not published there are those of its state or the nation, as `pay_note` says.
    occupation : str
        The ladder begins with coders; for any other start there is no table.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> climb = ladder(processed.Tables())
    >>> climb.steps["low_usd"].tolist()[:3]
    [37000.0, 43490.0, 51140.0]
    """
    place = find_area(tables["wages"], area)
    find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        return Ladder(table=pd.DataFrame(), place=place.name, reason=CODERS_ALONE)
    mapped = tables["ladder_occupations"]
    table = tables["guide_ladder"].merge(
        mapped, on=["track", "title"], how="left", validate="one_to_one"
    )
    years = tables["guide_salary_by_experience"].set_index("tier")
    named = table["guide_band"].isin(years.index)
    for column in ("years_low", "years_high"):
        tier_years = table["guide_band"].where(named).map(years[column])
        table = table.assign(**{column: table[column].fillna(tier_years)})
    return Ladder(
        table=with_wages(tables, table, place),
        place=place.name,
        note=(
            "Which occupation and which part of its pay stand for a title is an assumption, with "
            "its reason beside it; the wages are official. Years are the guide's, which has "
            "managers after 5 to 7 years but experienced staff only from 8."
        ),
        source=TITLE_SOURCE,
    )


def with_wages(
    tables: Mapping[str, pd.DataFrame], titles: pd.DataFrame, place: Area
) -> pd.DataFrame:
    """Add the official wages in `place` to titles with occupation_code and percentiles."""
    codes = titles["occupation_code"].dropna().unique()
    pay = {
        str(code): area_pay(tables["wages"], occupation_code=str(code), area=place)
        for code in codes
    }
    names = {str(code): find_occupation(tables["wages"], str(code)) for code in codes}
    schooling = {
        code: known.typical_entry_education
        for code in names
        if (known := projected(tables["projections"], code)) is not None
    }
    found = [
        _wages_of(*pay[code], float(low), float(high))
        if isinstance(code, str)
        else {"pay_note": "No wages: no occupation in hand fits."}
        for code, low, high in zip(
            titles["occupation_code"],
            titles["low_percentile"],
            titles["high_percentile"],
            strict=True,
        )
    ]
    table = titles.join(pd.DataFrame(found, index=titles.index, columns=WAGE_COLUMNS))
    return table.assign(
        occupation_title=table["occupation_code"].map(names),
        typical_entry_education=table["occupation_code"].map(schooling),
    )


def _wages_of(
    pay: WageDistribution, note: str, low_percentile: float, high_percentile: float
) -> dict[str, float | str | None]:
    """Read the part of the distribution taken for a title, and the whole of it."""
    low = pay.quantile_estimate(low_percentile / 100)
    high = pay.quantile_estimate(high_percentile / 100)
    return {
        "low_usd": low.value,
        "high_usd": high.value,
        "low_se_usd": low.se,
        "high_se_usd": high.se,
        **{name: pay.quantile_estimate(share).value for name, share in WAGES.items()},
        "pay_note": note,
    }
