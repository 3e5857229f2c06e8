"""What drives the demand for coders: people aged 65 and over, and spending on health."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.studies.part import Part

OLDER, SPENDING = "population 65 and over", "national health expenditures"
SPENDING_SERIES = "Total national health expenditures"
UNITS: Mapping[str, str] = MappingProxyType({OLDER: "people", SPENDING: "USD, of the year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DemandDrivers(Part):
    """Drivers of demand by year, each within the vintage that published it; national.

    Parameters
    ----------
    table : DataFrame
        driver, vintage, kind ("estimate", "projection", "historical"), year, value, unit,
        verification. Levels of different vintages must not be joined or subtracted.
    growth : DataFrame
        driver, vintage, from_year, to_year, growth_pct (over the span), growth_pct_a_year; of
        every vintage with two years or more.
    published_growth : DataFrame
        driver, vintage, period, growth_pct_a_year, verification: rates that were published
        without levels.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"driver": "Driver", "vintage": "Published in", "kind": "Kind", "year": "Year"}
    )

    growth: pd.DataFrame
    published_growth: pd.DataFrame


def demand_drivers(tables: Mapping[str, pd.DataFrame]) -> DemandDrivers:
    """Gather population 65 and over and health spending, and grow each within its vintage.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.

    Examples
    --------
    >>> from analysis import processed
    >>> growth = demand_drivers(processed.Tables()).growth
    >>> older = growth[growth["driver"].eq("population 65 and over") & growth["to_year"].gt(2034)]
    >>> int(older["from_year"].iloc[0])
    2022
    """
    people = tables["population"].dropna(subset=["population_65_and_over"])
    spending = tables["health_spending"]
    spending = spending[spending["series"].eq(SPENDING_SERIES)]
    is_year = spending["period"].str.fullmatch(r"\d{4}")
    levels = spending[is_year].dropna(subset=["amount_usd"])
    table = pd.concat(
        [
            _levels(people, OLDER, value="population_65_and_over", vintage="vintage"),
            _levels(
                levels.assign(year=levels["period"].astype("int64")),
                SPENDING,
                value="amount_usd",
                vintage="source_title",
            ),
        ],
        ignore_index=True,
    ).sort_values(["driver", "vintage", "year"])
    rates = spending[spending["amount_usd"].isna() | ~is_year].dropna(subset=["growth_pct"])
    return DemandDrivers(
        table=table.reset_index(drop=True),
        growth=growth_within_vintages(table),
        published_growth=pd.DataFrame(
            {
                "driver": SPENDING,
                "vintage": rates["source_title"],
                "period": rates["period"],
                "growth_pct_a_year": rates["growth_pct"],
                "verification": rates["verification"],
            }
        ).reset_index(drop=True),
        note=(
            "Each vintage stands alone: estimates were rebased on the 2020 Census and later ones "
            "lie above earlier projections. Spending is in dollars of each year. That demand for "
            "coders follows these drivers is the guide's reasoning, not a measured effect."
        ),
        source="US Census Bureau; CMS, National Health Expenditures",
    )


def growth_within_vintages(table: pd.DataFrame) -> pd.DataFrame:
    """Work out growth from the first to the last year of every vintage.

    Parameters
    ----------
    table : DataFrame
        driver, vintage, year, value.

    Examples
    --------
    >>> table = pd.DataFrame({"driver": "d", "vintage": ["a", "a", "b"],
    ...                       "year": [2020, 2022, 2030], "value": [100.0, 121.0, 500.0]})
    >>> growth_within_vintages(table)["growth_pct_a_year"].round(6).tolist()
    [10.0]
    """
    ordered = table.sort_values("year").groupby(["driver", "vintage"], as_index=False)
    spans = ordered.agg(
        from_year=("year", "first"),
        to_year=("year", "last"),
        first=("value", "first"),
        last=("value", "last"),
    )
    spans = spans[spans["to_year"].gt(spans["from_year"])]
    ratio, years = spans["last"] / spans["first"], spans["to_year"] - spans["from_year"]
    return (
        spans[["driver", "vintage", "from_year", "to_year"]]
        .assign(growth_pct=100 * (ratio - 1), growth_pct_a_year=100 * (ratio ** (1 / years) - 1))
        .reset_index(drop=True)
    )


def _levels(rows: pd.DataFrame, driver: str, *, value: str, vintage: str) -> pd.DataFrame:
    """Bring one driver into the columns of `DemandDrivers.table`."""
    return pd.DataFrame(
        {
            "driver": driver,
            "vintage": rows[vintage],
            "kind": rows["kind"],
            "year": rows["year"],
            "value": rows[value],
            "unit": UNITS[driver],
            "verification": rows["verification"],
        }
    )
