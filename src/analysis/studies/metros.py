"""What an occupation pays in metropolitan areas: a state's, or both ends of the nation's."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import NORMAL_90
from analysis.models.ranking import rank_areas
from analysis.models.wages.wage_error import median_se
from analysis.studies.areas import Area, find_area, find_occupation
from analysis.studies.occupations import CODERS
from analysis.studies.official import ALL_INDUSTRIES, SOURCE
from analysis.studies.part import Part

EACH_END = 10  # metropolitan areas shown from the top and from the bottom of the nation
DRAWS = 1_000  # simulated rankings: ranks of hundreds of areas need no more
STATES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")  # "Kansas City, MO-KS"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetroPay(Part):
    """Metropolitan areas by median wage.

    Parameters
    ----------
    table : DataFrame
        area_code, area_name, employment, employment_rse_pct, median_wage_usd, standard_error,
        low_usd and high_usd (90 %), rank (in the nation), rank_low, rank_high, is_collapsed (two
        published percentiles fell into one pay interval), is_here; by median wage, those
        without one last.
    place : str
        What they lie in.
    n_nation : int
        Metropolitan areas ranked in the nation.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "area_name": "Metropolitan area",
            "rank": "Rank",
            "employment": "Jobs",
            "median_wage_usd": "Median wage, USD a year",
            "low_usd": "from",
            "high_usd": "to",
            "is_collapsed": "Percentiles tied",
        }
    )

    place: str
    n_nation: int


def metro_pay(
    wages: pd.DataFrame, *, area: str = "US", occupation: str = CODERS, seed: int = 0
) -> MetroPay:
    """List the metropolitan areas of a state, or both ends of the nation's.

    For a metropolitan area those of its state are listed. Areas that cross state lines belong to
    each state of their name.

    Parameters
    ----------
    wages : DataFrame
        The processed table.
    area, occupation : str
        As in `area_pay`.
    seed : int
        Of the simulated rankings.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> best = metro_pay(processed.read("wages"), area="KS").table
    >>> best["area_name"].head(2).tolist()
    ['Topeka, KS', 'Kansas City, MO-KS']
    """
    place = find_area(wages, area)
    title = find_occupation(wages, occupation)
    ranked = _ranked(wages, occupation, seed=seed)
    n_nation = int(ranked["rank"].notna().sum())
    chosen = _both_ends(ranked) if place.is_nation else ranked[_lies_in(ranked, place)]
    where = place.name if place.is_nation or place.kind == "state" else place.state
    return MetroPay(
        table=chosen.assign(is_here=chosen["area_code"].eq(place.code)).reset_index(drop=True),
        place=where,
        n_nation=n_nation,
        note=_note(place, n_nation),
        reason=(
            ""
            if len(chosen)
            else f"BLS publishes no metropolitan area in {where} for {title.lower()}."
        ),
        source=SOURCE,
    )


def _ranked(wages: pd.DataFrame, occupation: str, *, seed: int) -> pd.DataFrame:
    """Rank the metropolitan areas of the nation by median wage."""
    rows = wages[
        wages["occupation_code"].eq(occupation)
        & wages["area_type"].eq("metropolitan")
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    rows = rows[rows["year"].eq(rows["year"].max())]
    median = rows["median_wage_usd"]
    error = median_se(median, mean_rse_pct=rows["mean_wage_rse_pct"])
    columns = ["area_code", "area_name", "state", "employment", "employment_rse_pct"]
    listed = rows[[*columns, "is_collapsed"]].assign(
        value=median,
        standard_error=error,
        low_usd=median - NORMAL_90 * error,
        high_usd=median + NORMAL_90 * error,
    )
    ranked = rank_areas(listed, draws=DRAWS, seed=seed)
    return ranked.rename(columns={"value": "median_wage_usd"})


def _both_ends(ranked: pd.DataFrame) -> pd.DataFrame:
    """Keep the best and the least paid."""
    known = ranked[ranked["rank"].notna()]
    if len(known) <= 2 * EACH_END:
        return known
    return pd.concat([known.head(EACH_END), known.tail(EACH_END)])


def _lies_in(ranked: pd.DataFrame, place: Area) -> "pd.Series[bool]":
    """Mark the areas whose name carries the state."""
    return ranked["area_name"].map(lambda name: place.state in states_of(name)).astype("bool")


def states_of(area_name: str) -> list[str]:
    """Read the states out of the name of a metropolitan area.

    Examples
    --------
    >>> states_of("Washington-Arlington-Alexandria, DC-VA-MD-WV")
    ['DC', 'VA', 'MD', 'WV']
    """
    found = STATES.search(area_name)
    return found[1].split("-") if found else []


def _note(place: Area, n_nation: int) -> str:
    """Say what is listed and how far the ranks go."""
    listed = (
        f"The first and last {EACH_END} of {n_nation} metropolitan areas; small areas lie at both "
        "ends partly because their estimates are rough."
        if place.is_nation
        else f"Ranks are among the {n_nation} metropolitan areas of the nation; areas that cross "
        "state lines are listed whole."
    )
    return (
        f"{listed} Tied: neighbouring percentiles fell into one pay interval, so that they say "
        "less than they seem to."
    )
