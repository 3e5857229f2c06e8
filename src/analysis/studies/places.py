"""Places side by side: what an occupation pays there, and how sure the ranking is."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90
from analysis.models.ranking import contenders, rank_areas
from analysis.models.wages import PERCENTILE_COLUMNS, median_se
from analysis.studies.areas import CODERS, TERRITORIES, Area, find_area, find_occupation
from analysis.studies.official import ALL_INDUSTRIES, SOURCE, published
from analysis.studies.part import Column, Part

TOP = 3
EACH_END = 10  # metropolitan areas shown from the top and from the bottom of the nation
STATES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")  # "Kansas City, MO-KS"


@dataclass(frozen=True, slots=True, kw_only=True)
class States(Part):
    """Every state and territory the occupation is published for.

    Parameters
    ----------
    table : DataFrame
        area_code, area_name, employment, employment_rse_pct, jobs_per_1000 (all jobs),
        location_quotient (nation = 1), median_wage_usd, standard_error (USD, of the ranked median,
        from the relative standard error of the mean wage, the only one published), low_usd and
        high_usd (90 % limits of the ranked median), price_parity (nation = 100),
        median_wage_national_prices_usd, rank (of the column `measure`), rank_low and rank_high
        (90 % rank confidence set), likely_usd (the ranked median drawn toward that of states and
        DC, the rougher the further), p_top (probability to be among the first `top`, from
        likely_usd), p_top_simulation_error, may_be_top (cannot be excluded from the first `top`,
        90 %, all at once), reason (why there is no rank), missing (what is not published).
        Missing where not published.
    period : str
        Of the wages: "May 2025".
    top : int
        Size of the top group.
    is_price_adjusted : bool
        True where the ranks are of wages at national prices.
    """

    period: str
    top: int
    is_price_adjusted: bool

    @property
    def finding(self) -> str:
        """Who is likeliest to be among the best paid, as a title."""
        likely = self.table.dropna(subset=["rank"]).sort_values("p_top", kind="stable").iloc[-1]
        place, chance = wording.place(str(likely["area_name"])), _chance(float(likely["p_top"]))
        prices = " at US prices" if self.is_price_adjusted else ""
        title = f"{place} is likeliest to pay a top-{self.top} wage{prices}: {chance}"
        return title[:1].upper() + title[1:]

    @property
    def leader(self) -> str:
        """The chance of the first as published, where another is likelier to be among the best."""
        known = self.table.dropna(subset=["rank"])
        first = known.iloc[0]
        if first["p_top"] == known["p_top"].max():
            return ""
        chance = _chance(float(first["p_top"]))
        return f"; chance of the top {self.top}: {first['area_name']}, first as published, {chance}"

    @property
    def measure(self) -> str:
        """The column that is ranked."""
        return "median_wage_national_prices_usd" if self.is_price_adjusted else "median_wage_usd"


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

    place: str
    n_nation: int


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
    rows = _published(tables["wages"], occupation, "state")
    parities = tables["price_parities"]
    parity_year = int(parities["year"].max())
    parity = parities[parities["year"].eq(parity_year)].set_index("state")["price_parity"]
    price_parity = rows["area_code"].map(parity).astype("float64")  # also of no rows
    adjusted = 100 * rows["median_wage_usd"] / price_parity
    ranked_wage = adjusted if price_adjusted else rows["median_wage_usd"]
    gaps = {
        "jobs": rows["employment"].isna(),
        "median wage": rows["median_wage_usd"].isna(),
        "price parity": price_parity.isna(),
    }
    columns = [
        "area_code", "area_name", "employment", "employment_rse_pct", "jobs_per_1000",
        "location_quotient", "median_wage_usd", "standard_error", "low_usd", "high_usd",
        "price_parity", "median_wage_national_prices_usd", "rank", "rank_low", "rank_high",
        "likely_usd", "p_top", "p_top_simulation_error", "may_be_top", "reason", "missing",
    ]  # fmt: skip
    error = median_se(ranked_wage, mean_rse_pct=rows["mean_wage_rse_pct"])
    listed = rows[[name for name in columns if name in rows]].assign(
        value=ranked_wage,
        standard_error=error,
        low_usd=ranked_wage - NORMAL_90 * error,
        high_usd=ranked_wage + NORMAL_90 * error,
        is_pooled=~rows["area_code"].isin(TERRITORIES),
        price_parity=price_parity,
        median_wage_national_prices_usd=adjusted,
        missing=pd.Series(
            [", ".join(name for name, gap in gaps.items() if gap[i]) for i in rows.index],
            index=rows.index,
            dtype="str",
        ),
    )
    ranked = rank_areas(listed, top=top, seed=seed).rename(columns={"likely_value": "likely_usd"})
    known = ranked.dropna(subset=["rank"])
    may_be_top = contenders(
        known["value"].to_numpy(float), known["standard_error"].to_numpy(float), top=top, seed=seed
    )
    ranked = ranked.assign(may_be_top=pd.Series(may_be_top, index=known.index))[columns]
    as_ranked = " at national prices" if price_adjusted else ""
    return States(
        table=ranked,
        period=f"May {tables['wages']['year'].max()}",
        top=top,
        is_price_adjusted=price_adjusted,
        columns={
            "area_name": "State",
            "employment": "Jobs",
            "jobs_per_1000": "Per 1,000 jobs",
            "location_quotient": "Location quotient",
            "median_wage_usd": "Median wage, USD a year",
            "median_wage_national_prices_usd": "At national prices, USD a year",
            ("low_usd", "high_usd"): Column(f"90% interval{as_ranked}", dollars),
            ("rank", "rank_low", "rank_high"): Column("Rank (90% set)", ranks, is_text=True),
            "p_top": Column(f"Chance to be among the first {top}", _chance),
        },
        note=(
            f"Wages at national prices use the price parities of {parity_year}; BEA publishes "
            "none for the territories. Ranks are of wages "
            f"{'at national prices' if price_adjusted else 'as paid'}. A set holds the true rank "
            "of its place 90 times in 100. Chances draw each median toward that of states and DC, "
            f"the rougher the further; {int(may_be_top.sum())} places cannot be excluded from the "
            f"first {top}."
        ),
        reason="" if len(ranked) else f"BLS publishes no state figures for {title}.",
        source=f"{SOURCE}; BEA, regional price parities",
    )


def metro_pay(
    wages: pd.DataFrame, *, area: str = "US", occupation: str = CODERS, seed: int = 0
) -> MetroPay:
    """List the metropolitan areas of a state, or both ends of the nation's.

    For a metropolitan area those of its state are listed. Areas that cross state lines belong to
    each state of their name.

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
    rows = _published(wages, occupation, "metropolitan")
    median = rows["median_wage_usd"]
    error = median_se(median, mean_rse_pct=rows["mean_wage_rse_pct"])
    columns = ["area_code", "area_name", "state", "employment", "employment_rse_pct"]
    listed = rows[[*columns, "is_collapsed"]].assign(
        value=median,
        standard_error=error,
        low_usd=median - NORMAL_90 * error,
        high_usd=median + NORMAL_90 * error,
    )
    shown = _both_ends(listed) if place.is_nation else _lies_in(listed, place)
    ranked = rank_areas(listed.assign(is_listed=shown), draws=1, seed=seed)  # no p_top is shown
    ranked = ranked.rename(columns={"value": "median_wage_usd"})
    n_nation = int(ranked["rank"].notna().sum())
    chosen = ranked[ranked["is_listed"]].drop(
        columns=["is_listed", "likely_value", "p_top", "p_top_simulation_error"]
    )
    where = place.name if place.is_nation or place.kind == "state" else place.state
    whose = (
        f"The first and last {EACH_END} of {n_nation} metropolitan areas; small areas lie at both "
        "ends partly because their estimates are rough."
        if place.is_nation
        else f"Ranks are among the {n_nation} metropolitan areas of the nation; areas that cross "
        "state lines are listed whole."
    )
    return MetroPay(
        table=chosen.assign(is_here=chosen["area_code"].eq(place.code)).reset_index(drop=True),
        place=where,
        n_nation=n_nation,
        columns={
            "area_name": "Metropolitan area",
            ("rank", "rank_low", "rank_high"): Column("Rank (90% set)", ranks, is_text=True),
            "employment": "Jobs",
            "median_wage_usd": "Median wage, USD a year",
            ("low_usd", "high_usd"): Column("90% interval", dollars),
            "is_collapsed": Column("Tied", {True: "yes", False: "no"}.__getitem__, is_text=True),
        },
        note=(
            f"{whose} Tied: neighbouring percentiles fell into one pay interval, so that they say "
            "less than they seem to."
        ),
        reason=(
            ""
            if len(chosen)
            else f"BLS publishes no metropolitan area in {where} for {title.lower()}."
        ),
        source=SOURCE,
    )


def compared(
    tables: Mapping[str, pd.DataFrame], areas: Sequence[str], *, occupation: str = CODERS
) -> Part:
    """Set places side by side, in the order given.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    areas : sequence of str
        "US", postal codes and codes of other areas; at least one, none twice.
    occupation : str
        SOC code.

    Returns
    -------
    Part
        area_code, area_name, employment with its 90 % limits employment_low and employment_high,
        jobs_per_1000, p10_wage_usd to p90_wage_usd, median_wage_usd with low_usd and high_usd,
        median_wage_national_prices_usd (that of a metropolitan area at the prices of its first
        state). Missing where not published.

    Raises
    ------
    WrongInput
        A place or the occupation is unknown, or a place is named twice.

    Examples
    --------
    >>> from analysis import processed
    >>> compared(processed.Tables(), ["US", "CA"]).table["median_wage_usd"].tolist()
    [51140.0, 61810.0]
    """
    wages = tables["wages"]
    find_occupation(wages, occupation)
    if not areas or len(set(areas)) != len(areas):
        raise WrongInput(f"areas must name at least one place, and none twice; found {[*areas]}.")
    places = [find_area(wages, code) for code in areas]
    prices = tables["price_parities"]
    parity = prices[prices["year"].eq(prices["year"].max())].set_index("state")["price_parity"]
    rows = []
    for place in places:
        jobs, median = (
            published(wages, measure, occupation_code=occupation, area_code=place.code)
            for measure in ("employment", "median_wage_usd")
        )
        plain = {
            name: published(wages, name, occupation_code=occupation, area_code=place.code).value
            for name in ("jobs_per_1000", *PERCENTILE_COLUMNS)
        }
        at_prices = 100.0 if place.is_nation else parity.get(place.state, float("nan"))
        rows.append(
            {
                "area_code": place.code,
                "area_name": place.name,
                "employment": jobs.value,
                "employment_low": jobs.low,
                "employment_high": jobs.high,
                **plain,
                "low_usd": median.low,
                "high_usd": median.high,
                "median_wage_national_prices_usd": None
                if median.value is None
                else 100 * median.value / at_prices,
            }
        )
    numbers = [name for name in rows[0] if not name.startswith("area_")]
    return Part(
        table=pd.DataFrame(rows).astype(dict.fromkeys(numbers, "float64")),
        source=(
            f"{SOURCE}, May {wages['year'].max()}; BEA, Regional Price Parities, "
            f"{prices['year'].max()}"
        ),
        note=(
            "Limits are 90% intervals. A metropolitan area is put at the prices of its (first) "
            "state. Where two intervals of the median overlap much, which place pays more is not "
            "known."
        ),
        columns={
            "area_name": "Place",
            "employment": "Jobs",
            "jobs_per_1000": "Per 1,000 jobs",
            "p10_wage_usd": "10th percentile",
            "p25_wage_usd": "25th",
            "median_wage_usd": "Median wage, USD a year",
            "p75_wage_usd": "75th",
            "p90_wage_usd": "90th percentile",
            "median_wage_national_prices_usd": "Median at national prices, USD a year",
        },
    )


def states_of(area_name: str) -> list[str]:
    """Read the states out of the name of a metropolitan area.

    Examples
    --------
    >>> states_of("Washington-Arlington-Alexandria, DC-VA-MD-WV")
    ['DC', 'VA', 'MD', 'WV']
    """
    found = STATES.search(area_name)
    return found[1].split("-") if found else []


def _published(wages: pd.DataFrame, occupation: str, area_type: str) -> pd.DataFrame:
    """Return the latest row of each area of a type, all industries."""
    return wages[
        wages["occupation_code"].eq(occupation)
        & wages["area_type"].eq(area_type)
        & wages["industry_code"].eq(ALL_INDUSTRIES)
        & wages["year"].eq(wages["year"].max())
    ]


def ranks(rank: Any, low: Any, high: Any) -> str:
    """Write a rank with the ranks it may be; a dash where there is none."""
    return wording.BLANK if pd.isna(rank) else f"{rank} ({wording.span(low, high)})"


def dollars(low: float, high: float) -> str:
    """Write an interval to the hundred dollars; a dash where there is none."""
    return wording.span(low, high, lambda usd: wording.usd(round(usd, -2)))


def _chance(share: float) -> str:
    """Write a simulated probability: whole percent, and no certainty that draws cannot give."""
    percent = 100 * share
    if percent < 1:
        return "under 1%"
    return "over 99%" if percent > 99 else wording.percent(percent, decimals=0)


def _both_ends(listed: pd.DataFrame) -> "pd.Series[bool]":
    """Mark the best and the least paid."""
    known = listed.dropna(subset=["value", "standard_error"]).sort_values("value")
    ends = [*known.index[:EACH_END], *known.index[-EACH_END:]]
    return pd.Series(listed.index.isin(ends), index=listed.index)


def _lies_in(listed: pd.DataFrame, place: Area) -> "pd.Series[bool]":
    """Mark the areas whose name carries the state."""
    return listed["area_name"].map(lambda name: place.state in states_of(name)).astype("bool")
