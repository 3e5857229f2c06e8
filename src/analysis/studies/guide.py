"""The guide's figures beside the official ones: pay by state, settings, pay bands."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.models.ranking import DRAWS, rank_areas
from analysis.models.wages import WageDistribution, place_bands, quantile_rse_pct
from analysis.studies.areas import CODERS, NATION, TERRITORIES
from analysis.studies.lookup import Tables, latest, rows_where
from analysis.studies.official import ALL_INDUSTRIES

GUIDE = "Career guide 2026"  # as every page names it
REMOTE = "settings-remote-share"
HOME_WORK = "home_work"  # in the table acs_shares
BILLING_NARROW = ("541200", "561400")  # billing services are NAICS 541219
BILLING_BROAD = (*BILLING_NARROW, "541600", "561100")  # with consultants and office services
INDUSTRIES: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "settings-hospitals-share": {"only": ("622000",)},
    "settings-physician-offices-share": {"only": ("621100",)},
    "settings-billing-companies-share": {"narrow": BILLING_NARROW, "broad": BILLING_BROAD},
    "settings-insurers-share": {"only": ("524000",)},
}


def state_ranking(
    tables: Tables,
    *,
    measure: str = "median_wage_usd",
    top: int = 3,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """Rank the states and DC by coder pay, with the guide's figures beside.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Needs wages and guide_salary_by_state.
    measure : str
        "median_wage_usd" or "mean_wage_usd".
    top, draws, seed : int
        As in `ranking.rank_areas`.

    Returns
    -------
    DataFrame
        As `ranking.rank_areas`, with `is_guide_top` and `guide_mean_wage_usd` (missing where
        the guide names none). The guide gives means.

    Raises
    ------
    ValueError
        Another measure.

    Examples
    --------
    >>> from analysis import processed
    >>> ranked = state_ranking(processed.Tables(), draws=100)
    >>> ranked["area_code"].head(3).tolist()
    ['DC', 'RI', 'HI']
    """
    if measure not in ("median_wage_usd", "mean_wage_usd"):
        raise ValueError(f"measure must be median_wage_usd or mean_wage_usd, not {measure!r}.")
    states = state_rows(tables)
    factor = quantile_rse_pct(0.5, mean_rse_pct=1.0) if measure == "median_wage_usd" else 1.0
    estimates = pd.DataFrame(
        {
            "area_code": states["area_code"],
            "area_name": states["area_name"],
            "value": states[measure],
            "standard_error": states[measure] * factor * states["mean_wage_rse_pct"] / 100,
        }
    )
    guide = tables["guide_salary_by_state"].set_index("state")["salary_mean_usd"]
    ranked = rank_areas(estimates, top=top, draws=draws, seed=seed)
    return ranked.assign(
        is_guide_top=ranked["area_code"].isin(guide.index),
        guide_mean_wage_usd=ranked["area_code"].map(guide),
    )


def state_rows(tables: Tables) -> pd.DataFrame:
    """Return the latest OEWS rows of coders in the states and DC, all industries."""
    rows = rows_where(
        tables["wages"],
        occupation_code=CODERS,
        area_type="state",
        industry_code=ALL_INDUSTRIES,
    )
    return latest(rows[~rows["area_code"].isin(TERRITORIES)], "year")


def setting_shares(tables: Tables, *, area_code: str = NATION) -> pd.DataFrame:
    """Compare the guide's shares by setting with official ones.

    Billing companies are not an industry of their own, so they come twice: narrowly as
    accounting and business support services, broadly with consultants and office services too.
    Working from home is a place of work and not an employer: it stands apart
    (`is_employer` False) and must not be added to the others.

    Returns
    -------
    DataFrame
        claim_id, setting, definition ("only", "narrow", "broad", "place of work"), is_employer,
        industry_codes, guide_share_pct, guide_share_of_employers_pct (the guide's share once
        the remote row is left out), employment, official_share_pct (of all coder jobs),
        mean_wage_usd (weighted by jobs), median_wage_usd (one industry only). Missing where OEWS
        publishes none, as for every industry outside the nation.

    Examples
    --------
    >>> from analysis import processed
    >>> shares = setting_shares(processed.Tables()).set_index(["setting", "definition"])
    >>> shares["official_share_pct"].round(1).tolist()
    [28.5, 17.9, 47.7, 5.1, 13.9, 3.2]
    """
    guide = tables["guide_settings"]
    employers_pct = guide.loc[guide["claim_id"].ne(REMOTE), "share_pct"].sum()
    rows = [
        {
            "claim_id": claim_id,
            "setting": setting,
            "definition": definition,
            "is_employer": claim_id != REMOTE,
            "guide_share_pct": share,
            "guide_share_of_employers_pct": None
            if claim_id == REMOTE
            else 100 * share / employers_pct,
            **figures,
        }
        for claim_id, setting, share in zip(
            guide["claim_id"], guide["setting"], guide["share_pct"], strict=True
        )
        for definition, figures in _official_shares(tables, claim_id, area_code).items()
    ]
    shares = [name for name in rows[0] if name.endswith(("_pct", "_usd", "employment"))]
    return pd.DataFrame(rows).astype(dict.fromkeys(shares, "float64"))


def pay_bands_on_distribution(tables: Tables) -> pd.DataFrame:
    """Place the guide's experience tiers and specialties on the national distribution of pay.

    Returns
    -------
    DataFrame
        claim_id, band, kind ("experience" or "specialty"), and the columns of
        `place_bands`. OEWS knows neither experience nor specialty: the percentiles
        are those of all coders.

    Examples
    --------
    >>> from analysis import processed
    >>> bands = pay_bands_on_distribution(processed.Tables())
    >>> bands.loc[0, ["low_percentile", "high_percentile"]].astype("float").round().tolist()
    [12.0, 30.0]
    """
    usd = {"salary_low_usd": "low_usd", "salary_high_usd": "high_usd"}
    bands = pd.concat(
        [
            tables["guide_salary_by_experience"]
            .rename(columns={"tier": "band", **usd})
            .assign(kind="experience"),
            tables["guide_salary_by_specialty"]
            .rename(columns={"specialty": "band", **usd})
            .assign(kind="specialty"),
        ],
        ignore_index=True,
    )
    return place_bands(
        national_distribution(tables), bands[["claim_id", "band", "kind", "low_usd", "high_usd"]]
    )


def national_distribution(tables: Tables) -> WageDistribution:
    """Build the national distribution of coder pay of the latest OEWS."""
    row = national_row(tables)
    return WageDistribution.from_row(row, year=f"May {row['year']}")


def national_row(tables: Tables) -> "pd.Series[Any]":
    """Return the latest national OEWS row of coders, all industries."""
    rows = rows_where(
        tables["wages"],
        occupation_code=CODERS,
        area_code=NATION,
        industry_code=ALL_INDUSTRIES,
    )
    return latest(rows, "year").iloc[0]


def home_work_share_pct(tables: Tables) -> float:
    """Return the percent of coders at work who worked from home in the week before (ACS)."""
    return float(rows_where(tables["acs_shares"], id=HOME_WORK)["share_pct"].item())


def _official_shares(tables: Tables, claim_id: str, area_code: str) -> dict[str, dict[str, object]]:
    """Look up one setting, by definition."""
    if claim_id == REMOTE:
        share = home_work_share_pct(tables) if area_code == NATION else None
        return {"place of work": {"industry_codes": "", "official_share_pct": share}}
    wages = tables["wages"]
    here = latest(
        wages[wages["occupation_code"].eq(CODERS) & wages["area_code"].eq(area_code)], "year"
    ).set_index("industry_code")
    return {
        definition: _industry_figures(here, codes)
        for definition, codes in INDUSTRIES[claim_id].items()
    }


def _industry_figures(here: pd.DataFrame, codes: tuple[str, ...]) -> dict[str, object]:
    """Add industries up; missing when any of them is."""
    rows = here.reindex(list(codes))
    jobs = rows["employment"].sum(skipna=False)
    payroll = (rows["employment"] * rows["mean_wage_usd"]).sum(skipna=False)
    return {
        "industry_codes": "; ".join(codes),
        "employment": jobs,
        "official_share_pct": 100 * jobs / here["employment"].get(ALL_INDUSTRIES, float("nan")),
        "mean_wage_usd": payroll / jobs,
        "median_wage_usd": rows["median_wage_usd"].iloc[0] if len(codes) == 1 else None,
    }
