"""States side by side: jobs, pay, what the pay buys, and how sure the ranking is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.ranking import rank_areas
from analysis.models.wages.wage_error import median_se
from analysis.studies.areas import find_occupation
from analysis.studies.occupations import CODERS
from analysis.studies.official import ALL_INDUSTRIES, SOURCE
from analysis.studies.part import Part

TOP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class States(Part):
    """Every state and territory the occupation is published for.

    Parameters
    ----------
    table : DataFrame
        area_code, area_name, employment, employment_rse_pct, jobs_per_1000 (all jobs),
        location_quotient (nation = 1), median_wage_usd, standard_error (USD, of the ranked median,
        from the relative standard error of the mean wage, the only one published), price_parity
        (nation = 100), median_wage_national_prices_usd, rank (of the column `measure`), rank_low
        and rank_high (90 %), p_top (probability to be among the first `top`),
        p_top_simulation_error, reason (why there is no rank), missing (what is not published).
        Missing where not published.
    top : int
        Size of the top group.
    parity_year : int
        Year of the price parities.
    is_price_adjusted : bool
        True where the ranks are of wages at national prices.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "area_name": "State",
            "employment": "Jobs",
            "jobs_per_1000": "Per 1,000 jobs",
            "location_quotient": "Location quotient",
            "median_wage_usd": "Median wage, USD a year",
            "median_wage_national_prices_usd": "At national prices, USD a year",
            "rank": "Rank",
            "p_top": "Probability to be among the first",
        }
    )

    top: int
    parity_year: int
    is_price_adjusted: bool = False

    @property
    def measure(self) -> str:
        """The column that is ranked."""
        return "median_wage_national_prices_usd" if self.is_price_adjusted else "median_wage_usd"


def states(
    tables: Mapping[str, pd.DataFrame],
    *,
    occupation: str = CODERS,
    top: int = TOP,
    price_adjusted: bool = False,
    seed: int = 0,
) -> States:
    """Compare the states, and rank their median wages with the uncertainty of the ranks.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code.
    top : int
        Size of the top group, at least 1.
    price_adjusted : bool
        Rank wages at national prices; the territories, without a price parity, have no rank then.
    seed : int
        Of the simulated rankings.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> compared = states(processed.Tables()).table
    >>> compared["area_code"].head(3).tolist()
    ['DC', 'RI', 'HI']
    """
    title = find_occupation(tables["wages"], occupation)
    wages = tables["wages"]
    rows = wages[
        wages["occupation_code"].eq(occupation)
        & wages["area_type"].eq("state")
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    parities = tables["price_parities"]
    parity_year = int(parities["year"].max())
    parity = parities[parities["year"].eq(parity_year)].set_index("state")["price_parity"]
    price_parity = rows["area_code"].map(parity)
    adjusted = 100 * rows["median_wage_usd"] / price_parity
    ranked_wage = adjusted if price_adjusted else rows["median_wage_usd"]
    listed = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_name": rows["area_name"],
            "value": ranked_wage,
            "standard_error": median_se(ranked_wage, mean_rse_pct=rows["mean_wage_rse_pct"]),
            "median_wage_usd": rows["median_wage_usd"],
            "employment": rows["employment"],
            "employment_rse_pct": rows["employment_rse_pct"],
            "jobs_per_1000": rows["jobs_per_1000"],
            "location_quotient": rows["location_quotient"],
            "price_parity": price_parity,
            "median_wage_national_prices_usd": adjusted,
            "missing": _missing(rows, price_parity),
        }
    ).reset_index(drop=True)
    ranked = rank_areas(listed, top=top, seed=seed)
    columns = [
        "area_code", "area_name", "employment", "employment_rse_pct", "jobs_per_1000",
        "location_quotient", "median_wage_usd", "standard_error", "price_parity",
        "median_wage_national_prices_usd", "rank", "rank_low", "rank_high", "p_top",
        "p_top_simulation_error", "reason", "missing",
    ]  # fmt: skip
    return States(
        table=ranked[columns],
        top=top,
        parity_year=parity_year,
        is_price_adjusted=price_adjusted,
        note=(
            f"Wages at national prices use the price parities of {parity_year}; BEA publishes "
            "none for the territories. Ranks are of wages "
            f"{'at national prices' if price_adjusted else 'as paid'}."
        ),
        reason="" if len(ranked) else f"BLS publishes no state figures for {title}.",
        source=f"{SOURCE}; BEA, regional price parities",
    )


def _missing(rows: pd.DataFrame, price_parity: "pd.Series[float]") -> "pd.Series[str]":
    """Name what is not published of each state: "jobs", "median wage", "price parity"."""
    gaps = {
        "jobs": rows["employment"].isna(),
        "median wage": rows["median_wage_usd"].isna(),
        "price parity": price_parity.isna(),
    }
    return pd.Series(
        [", ".join(name for name, is_gap in gaps.items() if is_gap[i]) for i in rows.index],
        index=rows.index,
        dtype="str",
    )
