"""Who works in the occupation, and what is said to drive the demand for it."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part

MEASURES: Mapping[str, tuple[str, str, float]] = MappingProxyType(
    {
        "median age (weighted)": ("Median age", "years", 1.0),
        "share female (employed)": ("Women", "percent of the employed", 100.0),
        "share bachelor's or higher (SCHL>=21)": ("Bachelor's or more", "percent", 100.0),
        "share associate's (SCHL=20)": ("Associate's", "percent", 100.0),
        "share usual hours<35": ("Usually under 35 hours a week", "percent", 100.0),
        "share work from home JWTRNS=11 (employed at work with JWTRNS)": (
            "Work from home",
            "percent of those at work",
            100.0,
        ),
    }
)
OLDER, SPENDING = "population 65 and over", "national health expenditures"
SPENDING_SERIES = "Total national health expenditures"
MILLION, TRILLION = 1e6, 1e12


def age_structure(tables: Tables, *, occupation: str = CODERS) -> Part:
    """Show what the American Community Survey in hand says of age and work, national.

    The table holds measure, value and unit; no standard errors, which the extract does not allow.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> age_structure(processed.Tables()).table["value"].iloc[0]
    np.float64(47.0)
    """
    title = find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        reason = f"The American Community Survey is not tabulated here for {title}."
        return Part(table=pd.DataFrame(), reason=reason)
    survey = tables["acs_occupation"]
    found = survey.drop_duplicates("statistic").set_index("statistic")["value"]
    rows = [
        (label, float(found[name]) * factor, unit)
        for name, (label, unit, factor) in MEASURES.items()
        if name in found.index
    ]
    return Part(
        table=pd.DataFrame(rows, columns=["measure", "value", "unit"]),
        columns={"measure": "Measure", "value": "Value", "unit": "Unit"},
        note=(
            "Only these summaries are in hand, not the distribution of ages, so retirements are "
            "not projected from ages: the exit rate of BLS, which counts people who leave the "
            "labour force at any age, stands for them. California and Texas are missing from the "
            "extract."
        ),
        source=str(survey["source_title"].iloc[0]),
    )


def demand_drivers(tables: Tables) -> Part:
    """Show population 65 and over and health spending, national, each within its vintage.

    A row a driver and vintage: kind ("estimate", "projection", "historical"), first_year,
    last_year, first, last (the values), unit, growth_pct (a year, compound; missing where there
    is one year alone). Levels of different vintages must not be joined or subtracted.

    Examples
    --------
    >>> from analysis import processed
    >>> drivers = demand_drivers(processed.Tables()).table
    >>> projected = drivers[drivers["kind"].eq("projection")]
    >>> int(projected["first_year"].iloc[0])
    2022
    """
    people = tables["population"].dropna(subset=["population_65_and_over"])
    spending = tables["health_spending"]
    is_year = spending["period"].str.fullmatch(r"\d{4}")
    spending = spending[spending["series"].eq(SPENDING_SERIES) & is_year]
    spending = spending.dropna(subset=["amount_usd"])
    levels = pd.concat(
        [
            people.assign(driver=OLDER, value=people["population_65_and_over"], unit="people"),
            spending.assign(
                driver=SPENDING,
                year=spending["period"].astype("int64"),
                value=spending["amount_usd"],
                unit="USD",
                vintage=spending["source_title"],
            ),
        ],
        ignore_index=True,
    )
    return Part(
        table=growth_within_vintages(levels),
        columns={
            "driver": "Driver",
            "published_in": "Published in",
            "first_year": "From",
            "last_year": "To",
            ("last", "unit"): Column("Last value", _in_millions),
            "growth_pct": "Growth a year",
        },
        note=(
            "Each vintage stands alone: estimates were rebased on the 2020 Census and later ones "
            "lie above earlier projections. Spending is in dollars of each year. That demand for "
            "coders follows these drivers is the guide's reasoning, not a measured effect."
        ),
        source="US Census Bureau; CMS, National Health Expenditures",
    )


def _in_millions(value: float, unit: str) -> str:
    """Write millions of people, or trillions of dollars."""
    if unit == "USD":
        return f"${value / TRILLION:,.2f} trillion"
    return f"{value / MILLION:,.1f} million {unit}"


def growth_within_vintages(levels: pd.DataFrame) -> pd.DataFrame:
    """Work out growth a year from the first to the last year of every vintage.

    Parameters
    ----------
    levels : DataFrame
        driver, vintage, kind, year, value, unit.

    Examples
    --------
    >>> levels = pd.DataFrame({"driver": "d", "vintage": ["a", "a", "b"], "kind": "estimate",
    ...     "year": [2020, 2022, 2030], "value": [100.0, 121.0, 500.0], "unit": "people"})
    >>> growth_within_vintages(levels)["growth_pct"].round(6).tolist()
    [10.0, nan]
    """
    spans = (
        levels.sort_values(["year", "driver", "vintage"])
        .groupby(["driver", "vintage"], sort=False)
        .agg(
            kind=("kind", "last"),
            first_year=("year", "first"),
            last_year=("year", "last"),
            first=("value", "first"),
            last=("value", "last"),
            unit=("unit", "first"),
        )
        .reset_index()
    )
    years = spans["last_year"] - spans["first_year"]
    growth = 100 * ((spans["last"] / spans["first"]) ** (1 / years.clip(lower=1)) - 1)
    return spans.assign(
        growth_pct=growth.where(years.gt(0)),
        published_in=spans["vintage"] + " [" + spans["kind"] + "]",
    )
