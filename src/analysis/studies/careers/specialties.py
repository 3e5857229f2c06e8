"""The guide's specialties and functions placed on the wage distribution."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.wages import place_bands
from analysis.studies.areas import CODERS, find_area, find_occupation
from analysis.studies.careers.career_ladder import CODERS_ALONE, TITLE_SOURCE, with_wages
from analysis.studies.experience_pay import area_pay
from analysis.studies.part import Part

BAND = {"salary_low_usd": "guide_low_usd", "salary_high_usd": "guide_high_usd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Specialties(Part):
    """Specialisations with the guide's pay, where that lies, and official wages.

    Parameters
    ----------
    table : DataFrame
        title, track ("medical" or "functional"), guide_band (the guide's band taken),
        guide_low_usd, guide_high_usd (missing where it names no pay), guide_low_percentile and
        guide_high_percentile (among all workers of the occupation started from, in the area), and
        the columns of `career_ladder.with_wages`.
    place : str
        Where the wages are paid.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "title": "Specialisation",
            "guide_low_usd": "Guide from",
            "guide_high_usd": "Guide to",
            "occupation_title": "Occupation taken",
            "low_usd": "Official from",
            "high_usd": "Official to",
        }
    )

    place: str


def specialties(
    tables: Mapping[str, pd.DataFrame], *, area: str = "US", occupation: str = CODERS
) -> Specialties:
    """Place the guide's specialisations on the distribution of coders' pay.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> placed = specialties(processed.Tables()).table.set_index("title")
    >>> round(float(placed.loc["risk adjustment", "guide_low_percentile"]))
    75
    """
    place = find_area(tables["wages"], area)
    find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        return Specialties(table=pd.DataFrame(), place=place.name, reason=CODERS_ALONE)
    mapped = tables["ladder_occupations"]
    named = tables["guide_specializations"].rename(
        columns={"specialization": "title", "kind": "track"}
    )
    titles = named.merge(mapped, on=["track", "title"], how="left", validate="one_to_one")
    bands = pd.concat(
        [
            tables["guide_salary_by_experience"].rename(columns={"tier": "guide_band", **BAND}),
            tables["guide_salary_by_specialty"].rename(columns={"specialty": "guide_band", **BAND}),
        ]
    )[["guide_band", *BAND.values()]]
    table = titles.merge(bands, on="guide_band", how="left", validate="many_to_one")
    coders, note = area_pay(tables["wages"], occupation_code=occupation, area=place)
    placed = place_bands(
        coders,
        table[["guide_low_usd", "guide_high_usd"]].rename(
            columns={"guide_low_usd": "low_usd", "guide_high_usd": "high_usd"}
        ),
    )
    return Specialties(
        table=with_wages(
            tables,
            table.assign(
                guide_low_percentile=placed["low_percentile"],
                guide_high_percentile=placed["high_percentile"],
            ),
            place,
        ),
        place=place.name,
        note=" ".join(
            [
                "OEWS knows no specialty: the official range is a part of the occupation's pay, "
                "taken by assumption.",
                note,
            ]
        ).strip(),
        source=TITLE_SOURCE,
    )
