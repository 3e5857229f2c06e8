"""Claims about pay by state."""

import pandas as pd
from scipy.stats import spearmanr

from analysis.models.ranking import DRAWS
from analysis.studies.areas import CODERS, HEALTH_MANAGERS
from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official, OlderFigure
from analysis.studies.guide import state_ranking, state_rows
from analysis.studies.lookup import Citation, Tables, cite, cite_oews, latest, rows_where
from analysis.studies.official import ALL_INDUSTRIES

LIKELY = 0.5  # the chance from which a ranking counts as holding
SIGNIFICANT = 0.05  # a link between states counts only if chance gives it less often


@tests("salary-state-california", "salary-state-new-york", "salary-state-massachusetts")
def mean_wage_of_a_state(tables: Tables, claim: Claim) -> Official:
    """Compare with the state's mean wage, now and in earlier releases."""
    state = rows_where(tables["guide_salary_by_state"], claim_id=claim.claim_id)["state"].item()
    row = rows_where(state_rows(tables), area_code=state).iloc[0]
    panel = tables["state_wages"]
    earlier = panel[panel["state"].eq(state) & panel["occupation_code"].eq(CODERS)]
    cited = cite_oews(tables["wages"])
    if len(earlier):
        cited = cited + cite(earlier)
    mean = float(row["mean_wage_usd"])
    before = ", ".join(
        f"${wage:,.0f} in May {year}"
        for year, wage in zip(earlier["year"], earlier["mean_wage_usd"], strict=True)
    )
    return Official(
        low=mean,
        high=mean,
        unit=claim.unit,
        year=f"May {row['year']}",
        cited=cited,
        older=tuple(
            OlderFigure(value=float(wage), year=f"May {year}")
            for year, wage in zip(earlier["year"], earlier["mean_wage_usd"], strict=True)
        ),
        reason=f"The mean wage in {row['area_name']} is ${mean:,.0f}"
        + (f"; it was {before}." if before else "."),
    )


@tests("salary-top-states")
def top_three_states(tables: Tables, _: Claim) -> Official:
    """Rank states by median and by mean, with the error of their ranks."""
    size = len(tables["guide_salary_by_state"])
    by_median = state_ranking(tables, measure="median_wage_usd", top=size)
    by_mean = state_ranking(tables, measure="mean_wage_usd", top=size)
    named = by_median["is_guide_top"]
    at_most = max(_all_in_top(by_median), _all_in_top(by_mean))
    chance = f"{100 * at_most:.1f}%" if at_most else f"less than 1 in {DRAWS:,}"
    ranks = ", ".join(
        f"{name} {rank}"
        for name, rank in by_median[named][["area_name", "rank"]].itertuples(index=False)
    )
    leaders = ", ".join(by_median["area_name"].head(size))
    return Official(
        text=leaders,
        unit="rank",
        year=f"May {tables['wages']['year'].max()}",
        cited=cite_oews(tables["wages"]),
        holds=at_most >= LIKELY,
        reason=f"By median the leaders are {leaders} and the guide's states rank {ranks}; by mean "
        f"they are {', '.join(by_mean['area_name'].head(size))}; the chance that the guide's "
        f"are the true top {size} is {chance} at most.",
    )


@tests("salary-high-cost-areas")
def dearer_states_pay_more(tables: Tables, _: Claim) -> Official:
    """Correlate state medians with price levels."""
    parities = latest(tables["price_parities"], "year")
    pay = _medians(tables).join(parities.set_index("state")["price_parity"]).dropna()
    return _correlation(
        pay["median_wage_usd"],
        pay["price_parity"],
        what="price level",
        cited=cite_oews(tables["wages"]) + cite(parities),
        year=f"May {tables['wages']['year'].max()}; prices {parities['year'].max()}",
    )


@tests("salary-large-health-states")
def states_with_large_health_sectors(tables: Tables, _: Claim) -> Official:
    """Correlate state medians with the number of health managers, the size of the sector."""
    managers = rows_where(
        tables["wages"],
        occupation_code=HEALTH_MANAGERS,
        area_type="state",
        industry_code=ALL_INDUSTRIES,
    )
    pay = _medians(tables).join(managers.set_index("area_code")["employment"]).dropna()
    return _correlation(
        pay["median_wage_usd"],
        pay["employment"],
        what="number of health managers",
        cited=cite_oews(tables["wages"]),
        year=f"May {tables['wages']['year'].max()}",
    )


def _correlation(
    pay: "pd.Series[float]",
    other: "pd.Series[float]",
    *,
    what: str,
    cited: Citation,
    year: str,
) -> Official:
    """Say whether states rank alike by pay and by another measure."""
    result = spearmanr(pay, other)
    rho, chance = float(result.statistic), float(result.pvalue)
    odds = f"{chance:.2f}" if chance >= 0.01 else "less than 0.01"
    return Official(
        text=f"rank correlation {rho:.2f} over {len(pay)} areas",
        year=year,
        cited=cited,
        comparison="proxy",
        holds=rho > 0 and chance < SIGNIFICANT,
        reason=f"Across {len(pay)} areas (the states and DC) the median wage and the {what} have "
        f"a rank correlation of {rho:.2f} (p {odds})"
        + ("." if chance < SIGNIFICANT else ": no link to be seen."),
    )


def _medians(tables: Tables) -> pd.DataFrame:
    """Give the median wage by state."""
    return state_rows(tables).set_index("area_code")[["median_wage_usd"]]


def _all_in_top(ranked: pd.DataFrame) -> float:
    """Bound the chance that the guide's states are all in the top: that of the least likely."""
    return float(ranked.loc[ranked["is_guide_top"], "p_top"].min())
