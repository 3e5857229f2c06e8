"""The guide's pay bands set on the wage distribution of a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.wages import place_bands
from analysis.studies.areas import CODERS
from analysis.studies.part import Part
from analysis.studies.salary.area_pay import AreaPay

USD = {"salary_low_usd": "low_usd", "salary_high_usd": "high_usd"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideBands(Part):
    """The guide's bands by experience and by specialty, as slices of the official distribution.

    Parameters
    ----------
    table : DataFrame
        band, kind ("experience" or "specialty"), years_low, years_high (the guide's; missing
        where open or not given), low_usd, high_usd, low_percentile, high_percentile (0 to 100),
        share_inside (0 to 1), is_extrapolated.
    place : str
        Whose distribution.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "band": "Band of the guide",
            "low_usd": "from",
            "high_usd": "to",
            "low_percentile": "From percentile",
            "high_percentile": "To percentile",
        }
    )

    place: str


def guide_bands(
    tables: Mapping[str, pd.DataFrame], pay: AreaPay, *, occupation: str = CODERS
) -> GuideBands:
    """Place the guide's bands on the distribution of `pay`.

    Parameters
    ----------
    tables : mapping of DataFrame
        Needs guide_salary_by_experience and guide_salary_by_specialty.
    pay : AreaPay
        Of the place.
    occupation : str
        The guide speaks of coders; for any other occupation there is no table.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.salary.area_pay import area_pay
    >>> tables = processed.Tables()
    >>> bands = guide_bands(tables, area_pay(tables["wages"])).table
    >>> bands.loc[0, ["low_percentile", "high_percentile"]].astype("float").round().tolist()
    [12.0, 30.0]
    """
    reason = pay.reason
    if occupation != CODERS:
        reason = "The guide speaks of coders and billers; its bands fit no other occupation."
    if reason or pay.distribution is None:
        return GuideBands(table=pd.DataFrame(), place=pay.place, reason=reason)
    bands = pd.concat(
        [
            tables["guide_salary_by_experience"]
            .rename(columns={"tier": "band", **USD})
            .assign(kind="experience"),
            tables["guide_salary_by_specialty"]
            .rename(columns={"specialty": "band", **USD})
            .assign(kind="specialty"),
        ],
        ignore_index=True,
    )
    columns = ["band", "kind", "years_low", "years_high", "low_usd", "high_usd"]
    return GuideBands(
        table=place_bands(pay.distribution, bands[columns]),
        place=pay.place,
        note=(
            "OEWS knows neither experience nor specialty, so the slices are of all workers: a "
            "proxy. The guide's bands are national."
        ),
        source=f"career guide; {pay.source} {pay.year}",
    )
