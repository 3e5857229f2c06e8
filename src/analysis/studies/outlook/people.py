"""Who works in the occupation, and what is said to drive the demand for it."""

import pandas as pd

from analysis.estimate import NORMAL_90
from analysis.studies.areas import CODERS, find_occupation
from analysis.studies.lookup import Tables, cite
from analysis.studies.part import Column, Part

AGES = (
    "age_16_to_24", "age_25_to_34", "age_35_to_44", "age_45_to_54",
    "age_55_to_59", "age_60_to_64", "age_65_up", "age_55_up",
)  # fmt: skip
SHARES = (*AGES, "women", "associate", "bachelor", "above_bachelor", "hours_35_up", "home_work")
OLDER, SPENDING = "population 65 and over", "national health expenditures"
SPENDING_SERIES = "Total national health expenditures"
MILLION, TRILLION = 1e6, 1e12


def age_structure(tables: Tables, *, occupation: str = CODERS) -> Part:
    """Show the ages and the work of employed coders by the American Community Survey, national.

    A row a share: statistic, share_pct, low_pct, high_pct (90 %).

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> ages = age_structure(processed.Tables()).table.set_index("statistic")
    >>> float(ages.loc["age 55 and over", "share_pct"])
    30.0
    """
    title = find_occupation(tables["wages"], occupation)
    if occupation != CODERS:
        reason = f"The American Community Survey is not tabulated here for {title}."
        return Part(reason=reason)
    survey = tables["acs_shares"].set_index("id").loc[list(SHARES)].reset_index(drop=True)
    margin = NORMAL_90 * survey["share_se_pct"]
    return Part(
        table=pd.DataFrame(
            {
                "statistic": survey["statistic"],
                "share_pct": survey["share_pct"],
                "low_pct": survey["share_pct"] - margin,
                "high_pct": survey["share_pct"] + margin,
            }
        ),
        columns={
            "statistic": "Employed coders, United States",
            "share_pct": "Share",
            ("low_pct", "high_pct"): Column("90% interval", "{:.1f}%"),
        },
        note=(
            "Those of 55 or older reach 65 within the ten years of a projection. "
            "Retirements are not projected from ages: the exit rate of BLS, which counts people "
            "who leave the labor force at any age, stands for them. California and Texas are "
            "missing from the extract; errors are approximate."
        ),
        source=cite(survey).source,
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
