"""Every place an occupation is published for: pay with its error, jobs, openings, prices."""

import pandas as pd

from analysis.estimate import NORMAL_90
from analysis.models.wages import median_se
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.lookup import Tables
from analysis.studies.official import ALL_INDUSTRIES
from analysis.studies.outlook.openings import openings

PERCENT = 100
PERCENTILES = [f"{name}_wage_usd" for name in ("p10", "p25", "median", "p75", "p90")]
KINDS = ("nation", "state", "metropolitan", "nonmetropolitan")
PARTS = ("growth", "exits", "transfers", "total")


def profiles(tables: Tables, *, occupation: str = CODERS) -> pd.DataFrame:
    """Tabulate every place with what is published for it, and what national rates imply.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    occupation : str
        SOC code.

    Returns
    -------
    DataFrame
        By kind of area, then by name: area_code, area_name, area_type, state, employment with its
        standard error employment_se, jobs_per_1000 and location_quotient (both missing for the
        nation), the percentiles p10_wage_usd to p90_wage_usd, mean_wage_usd, mean_wage_rse_pct,
        median_se_usd with low_usd and high_usd (90 %), price_parity (nation = 100; that of the
        state, missing for territories), median_wage_national_prices_usd; and openings a year by
        part: growth, exits, transfers, total (published for the nation; elsewhere the national
        rates, applied to the jobs of the place). Missing where not published.

    Raises
    ------
    WrongInput
        Occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> places = profiles(processed.Tables()).set_index("area_code")
    >>> places.loc["US", ["median_wage_usd", "total"]].tolist()
    [51140.0, 14200.0]
    """
    wages = tables["wages"]
    find_occupation(wages, occupation)
    rows = wages[
        wages["occupation_code"].eq(occupation)
        & wages["industry_code"].eq(ALL_INDUSTRIES)
        & wages["year"].eq(wages["year"].max())
    ]
    nation = find_area(wages, NATION).name
    prices = tables["price_parities"]
    parity = prices[prices["year"].eq(prices["year"].max())].set_index("state")["price_parity"]
    se = median_se(rows["median_wage_usd"], mean_rse_pct=rows["mean_wage_rse_pct"])
    places = rows.assign(
        area_name=rows["area_name"].mask(rows["area_code"].eq(NATION), nation),
        employment_se=rows["employment"] * rows["employment_rse_pct"] / PERCENT,
        median_se_usd=se,
        low_usd=rows["median_wage_usd"] - NORMAL_90 * se,
        high_usd=rows["median_wage_usd"] + NORMAL_90 * se,
        price_parity=rows["state"].map(parity),
        kind=rows["area_type"].map(KINDS.index),
    )
    places["median_wage_national_prices_usd"] = (
        PERCENT * places["median_wage_usd"] / places["price_parity"]
    )
    return _with_openings(places, tables, occupation).sort_values(["kind", "area_name"])[
        [
            "area_code", "area_name", "area_type", "state", "employment", "employment_se",
            "jobs_per_1000", "location_quotient", *PERCENTILES, "mean_wage_usd",
            "mean_wage_rse_pct", "median_se_usd", "low_usd", "high_usd", "price_parity",
            "median_wage_national_prices_usd", *PARTS,
        ]
    ].reset_index(drop=True)  # fmt: skip


def _with_openings(places: pd.DataFrame, tables: Tables, occupation: str) -> pd.DataFrame:
    """Add openings: one share of jobs in every place; in the nation, what is published."""
    known = places[places["employment"].gt(0) & places["area_type"].eq("state")]
    nation = openings(tables, occupation=occupation)
    added = {}
    for part in PARTS:
        added[part] = pd.Series(float("nan"), index=places.index)
    for code, jobs in known.nlargest(1, "employment")[["area_code", "employment"]].to_numpy():
        found = openings(tables, area=str(code), occupation=occupation)
        for part in PARTS:
            value = getattr(found, part).value
            if value is not None:
                added[part] = places["employment"] * (value / float(jobs))
    is_nation = places["area_code"].eq(NATION)
    return places.assign(
        **{part: added[part].mask(is_nation, getattr(nation, part).value) for part in PARTS}
    )
