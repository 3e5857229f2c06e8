"""Other occupations in hand, by what they pay more and how many openings they have."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, find_area, find_occupation
from analysis.studies.official import SOURCE, published
from analysis.studies.part import Part
from analysis.studies.projections import projected


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjacent(Part):
    """Occupations to move to, by wage gain.

    Parameters
    ----------
    table : DataFrame
        occupation_code, occupation_title, median_wage_usd, gain_usd (median less the median of
        the start, both here) with its 90 % limits gain_low_usd and gain_high_usd, gain_pct,
        employment (here), annual_openings and ten_year_growth_pct (national, BLS),
        typical_entry_education, missing (what is not in hand); the largest gain first, those
        without one last.
    place : str
        Where the wages are paid.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "occupation_title": "Occupation",
            "median_wage_usd": "Median wage, USD a year",
            "gain_usd": "Gain, USD a year",
            "employment": "Jobs here",
            "annual_openings": "Openings a year, United States",
            "typical_entry_education": "Typical education",
        }
    )

    place: str


def adjacent(
    tables: Mapping[str, pd.DataFrame], *, start: str = CODERS, area: str = "US"
) -> Adjacent:
    """Rank the occupations in hand by wage gain over `start`.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> best = adjacent(processed.Tables()).table.iloc[0]
    >>> best["occupation_code"], float(best["gain_usd"])
    ('11-9111', 72720.0)
    """
    wages = tables["wages"]
    place = find_area(wages, area)
    find_occupation(wages, start)
    known = wages.drop_duplicates("occupation_code")["occupation_code"]
    others = [str(code) for code in known if code not in (ALL_OCCUPATIONS, start)]
    here = _median(wages, start, place.code)
    rows = [
        {
            "occupation_code": code,
            "occupation_title": find_occupation(wages, code),
            **_gain(here, _median(wages, code, place.code)),
            "employment": published(
                wages, "employment", occupation_code=code, area_code=place.code
            ).value,
            **_outlook(tables["projections"], code),
        }
        for code in others
    ]
    numbers = [
        "median_wage_usd", "gain_usd", "gain_low_usd", "gain_high_usd", "gain_pct", "employment",
        "annual_openings", "ten_year_growth_pct",
    ]  # fmt: skip
    table = pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64"))
    return Adjacent(
        table=table.sort_values("gain_usd", ascending=False, na_position="last").reset_index(
            drop=True
        ),
        place=place.name,
        note=(
            "The occupations near health records whose wages are in hand, not all there are. "
            "Whether anyone moves between two of them no official figure says."
        ),
        source=f"{SOURCE}; BLS, Employment Projections",
    )


def difference(target: Estimate, start: Estimate) -> Estimate:
    """Take one estimate from another, their errors independent; missing where either is.

    Examples
    --------
    >>> a = Estimate.with_se(100.0, se=4.0, unit="USD a year")
    >>> difference(a, Estimate.with_se(60.0, se=3.0, unit="USD a year")).se
    5.0
    """
    if target.value is None or start.value is None:
        return Estimate(
            value=None,
            unit=target.unit,
            source=target.source,
            kind="model",
            note=target.note or start.note,
        )
    has_error = target.se is not None and start.se is not None
    return Estimate.with_se(
        target.value - start.value,
        se=((target.se or 0) ** 2 + (start.se or 0) ** 2) ** 0.5 if has_error else None,
        unit=target.unit,
        year=target.year,
        source=target.source,
        kind="model",
    )


def _median(wages: pd.DataFrame, code: str, area_code: str) -> Estimate:
    """Look up a median wage."""
    return published(wages, "median_wage_usd", occupation_code=code, area_code=area_code)


def _gain(here: Estimate, there: Estimate) -> dict[str, float | None]:
    """Compare two medians."""
    gain = difference(there, here)
    return {
        "median_wage_usd": there.value,
        "gain_usd": gain.value,
        "gain_low_usd": gain.low,
        "gain_high_usd": gain.high,
        "gain_pct": 100 * gain.value / here.value
        if gain.value is not None and here.value
        else None,
    }


def _outlook(projections: pd.DataFrame, code: str) -> dict[str, float | str | None]:
    """Look up openings, growth and education, and say what is not in hand."""
    found = projected(projections, code)
    if found is None:
        return {
            "annual_openings": None,
            "ten_year_growth_pct": None,
            "typical_entry_education": "not in hand",
            "missing": "projection",
        }
    return {
        "annual_openings": found.annual_openings,
        "ten_year_growth_pct": found.ten_year_growth_pct,
        "typical_entry_education": found.typical_entry_education or "not in hand",
        "missing": "",
    }
