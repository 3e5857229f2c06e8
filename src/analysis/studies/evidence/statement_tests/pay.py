"""Statements about pay by experience and place, about employers, and about working from home."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from analysis.estimate import NORMAL_90
from analysis.models.ranking import DRAWS
from analysis.studies.areas import CODERS, HEALTH_MANAGERS
from analysis.studies.employers import employer_measures
from analysis.studies.evidence.grading import Official, Statement, Test, from_oews, from_rows
from analysis.studies.guide import (
    HOME_WORK,
    national_row,
    pay_bands_on_distribution,
    setting_shares,
    state_ranking,
    state_rows,
)
from analysis.studies.lookup import Tables, cite, cite_oews, latest, rows_where
from analysis.studies.official import ALL_INDUSTRIES

LONG_EXPERIENCE = "more than 15 years experience"
SHORT_EXPERIENCE = "more than 2 years experience"
MEMBERS_REMOTE = "share working remotely"
LIKELY = 0.5  # the chance from which a ranking counts as holding
UNLIKELY = 0.05  # the chance below which there is evidence against it
SIGNIFICANT = 0.05  # a link between states counts only if chance gives it less often
MAJORITY_PCT = 50.0  # what "most" and "the norm" mean


def _band(concept: str) -> Test:
    """Place a band on the distribution of all coders; OEWS knows neither tiers nor specialties."""

    def test(tables: Tables, statement: Statement) -> Official:
        bands = pay_bands_on_distribution(tables).set_index("claim_id")
        band = bands.loc[statement.claim_id]
        return from_oews(
            tables,
            text=f"percentiles {band['low_percentile']:.0f} to {band['high_percentile']:.0f} of "
            "all coders",
            comparison="proxy",
            is_comparable=False,
            reason=f"OEWS records no {concept}; the band holds {100 * band['share_inside']:.0f}% "
            "of all coders.",
        )

    return test


def _drivers(tables: Tables, _: Statement) -> Official:
    """Look for a gap by place and by experience; specialty is not recorded."""
    states = state_rows(tables)["median_wage_usd"].dropna()
    surveys = tables["member_salaries"]
    long = rows_where(surveys, group=LONG_EXPERIENCE)
    short = rows_where(surveys, group=SHORT_EXPERIENCE, survey=long["survey"].item())
    gap = 100 * (float(long["value"].item()) / float(short["value"].item()) - 1)
    by_place = 100 * (states.quantile(0.9) / states.quantile(0.1) - 1)
    return from_oews(
        tables,
        text=f"by place {by_place:.0f}%, by experience {gap:.0f}%",
        year=f"May {tables['wages']['year'].max()}; {long['survey_year'].item()}",
        cited=cite_oews(tables["wages"]) + cite(long),
        comparison="proxy",
        holds=bool(by_place > 0 and gap > 0),
        reason=f"Two of the four: state medians differ by {by_place:.0f}% (90th to 10th "
        f"percentile) and members of long experience averaged {gap:.0f}% more; credentials are "
        "tested apart and specialty is not recorded.",
    )


def _state_mean(tables: Tables, statement: Statement) -> Official:
    """Compare with the state's mean wage, now and in earlier releases."""
    guide = rows_where(tables["guide_salary_by_state"], claim_id=statement.claim_id)
    row = rows_where(state_rows(tables), area_code=guide["state"].item()).iloc[0]
    panel = tables["state_wages"]
    earlier = panel[panel["state"].eq(row["area_code"]) & panel["occupation_code"].eq(CODERS)]
    older = tuple(
        (f"May {year}", float(wage))
        for year, wage in zip(earlier["year"], earlier["mean_wage_usd"], strict=True)
    )
    before = ", ".join(f"${wage:,.0f} in {may}" for may, wage in older)
    cited = cite_oews(tables["wages"])
    return from_oews(
        tables,
        float(row["mean_wage_usd"]),
        cited=cited + cite(earlier) if older else cited,
        older=older,
        reason=f"The mean wage in {row['area_name']} is ${row['mean_wage_usd']:,.0f}"
        + (f"; it was {before}." if before else "."),
    )


def _top_states(tables: Tables, _: Statement) -> Official:
    """Rank states by median and by mean, with the error of their ranks."""
    size = len(tables["guide_salary_by_state"])
    by_median, by_mean = (
        state_ranking(tables, measure=measure, top=size)
        for measure in ("median_wage_usd", "mean_wage_usd")
    )
    named = by_median["is_guide_top"]
    at_most = max(
        float(ranked.loc[ranked["is_guide_top"], "p_top"].min()) for ranked in (by_median, by_mean)
    )
    chance = f"{100 * at_most:.1f}%" if at_most else f"less than 1 in {DRAWS:,}"
    ranks = ", ".join(
        f"{name} {rank}"
        for name, rank in by_median[named][["area_name", "rank"]].itertuples(index=False)
    )
    leaders = ", ".join(by_median["area_name"].head(size))
    return from_oews(
        tables,
        text=leaders,
        holds=at_most >= LIKELY,
        is_comparable=at_most >= LIKELY or at_most < UNLIKELY,
        reason=f"By median the leaders are {leaders} and the guide's states rank {ranks}; by mean "
        f"they are {', '.join(by_mean['area_name'].head(size))}; the chance that the guide's "
        f"are the true top {size} is {chance} at most.",
    )


def _dear_states(tables: Tables, _: Statement) -> Official:
    """Correlate state medians with price levels."""
    parities = latest(tables["price_parities"], "year")
    prices = parities.set_index("state")["price_parity"]
    short, words, holds = _rank_link(tables, prices, "price level")
    return from_oews(
        tables,
        text=short,
        year=f"May {tables['wages']['year'].max()}; prices {parities['year'].max()}",
        cited=cite_oews(tables["wages"]) + cite(parities),
        comparison="proxy",
        holds=holds,
        reason=words,
    )


def _large_health_states(tables: Tables, _: Statement) -> Official:
    """Correlate state medians with the number of health managers, which is no evidence against."""
    managers = rows_where(
        tables["wages"],
        occupation_code=HEALTH_MANAGERS,
        area_type="state",
        industry_code=ALL_INDUSTRIES,
    )
    counts = managers.set_index("area_code")["employment"]
    short, words, holds = _rank_link(tables, counts, "number of health managers")
    return from_oews(
        tables,
        text=short,
        comparison="proxy",
        holds=holds,
        is_comparable=holds,
        reason=f"{words} A count of managers follows the size of a state, and no link found is no "
        "evidence against one.",
    )


def _employer_share(tables: Tables, statement: Statement) -> Official:
    """Compare with every measure of a setting, as the settings report does."""
    measures = employer_measures(tables)
    rows = measures[measures["claim_id"].eq(statement.claim_id)]
    each = ", ".join(
        f"{share:.1f}% of {who}"
        for who, share in zip(rows["measure"], rows["share_pct"], strict=True)
    )
    return from_oews(
        tables,
        float(rows["share_pct"].min()),
        float(rows["share_pct"].max()),
        comparison="proxy",
        reason=f"The answer depends on who is counted: {each}.",
    )


def _insurers_share(tables: Tables, statement: Statement) -> Official:
    """Divide coders alone: insurers' billing clerks are not told from those of other trades."""
    row = rows_where(setting_shares(tables), claim_id=statement.claim_id).iloc[0]
    return from_oews(
        tables,
        float(row["official_share_pct"]),
        comparison="proxy",
        reason=f"Insurers (NAICS {row['industry_codes']}) hold {row['employment']:,.0f} of "
        f"{national_row(tables)['employment']:,.0f} coder jobs; their billing clerks cannot be "
        "told from those who bill for other things.",
    )


def _billing_companies_share(tables: Tables, statement: Statement) -> Official:
    """Take billing companies narrowly and broadly: no industry is theirs alone."""
    rows = rows_where(setting_shares(tables), claim_id=statement.claim_id)
    narrow, broad = (rows_where(rows, definition=name).iloc[0] for name in ("narrow", "broad"))
    return from_oews(
        tables,
        float(narrow["official_share_pct"]),
        float(broad["official_share_pct"]),
        comparison="proxy",
        reason=f"The answer depends on the definition: of coders {narrow['official_share_pct']:.1f}"
        f"% work in NAICS {narrow['industry_codes']}, {broad['official_share_pct']:.1f}% in NAICS "
        f"{broad['industry_codes']}.",
    )


def _hospitals_pay_more(tables: Tables, _: Statement) -> Official:
    hospitals, insurers = (
        float(rows_where(setting_shares(tables), claim_id=claim_id)["median_wage_usd"].item())
        for claim_id in ("settings-hospitals-share", "settings-insurers-share")
    )
    everyone = float(national_row(tables)["median_wage_usd"])
    return from_oews(
        tables,
        text=f"median ${hospitals:,.0f}, all settings ${everyone:,.0f}",
        holds=hospitals > everyone,
        reason=f"The hospital median of ${hospitals:,.0f} is above the ${everyone:,.0f} of all "
        f"settings; insurers pay ${insurers:,.0f}.",
    )


def _home_share(why: str) -> Test:
    """Show the share of coders who mostly work from home, which is another concept."""

    def test(tables: Tables, statement: Statement) -> Official:
        row = rows_where(tables["acs_shares"], id=HOME_WORK)
        has_number = statement.low is not None
        return from_rows(
            row,
            float(row["share_pct"].item()) if has_number else None,
            text="" if has_number else f"{row['share_pct'].item():.1f}% of coders work from home",
            comparison="proxy",
            is_comparable=False,
            reason=why,
        )

    return test


def _home_is_the_norm(tables: Tables, _: Statement) -> Official:
    """Ask whether about half or more work from home, by both sources."""
    row = rows_where(tables["acs_shares"], id=HOME_WORK)
    share, se = float(row["share_pct"].item()), float(row["share_se_pct"].item())
    members = latest(rows_where(tables["member_salaries"], group=MEMBERS_REMOTE), "survey_year")
    of_members = float(members["value"].item())
    return from_rows(
        pd.concat([row, members]),
        text=f"{share:.1f}% of coders, {of_members:.0f}% of AAPC members",
        year=f"{row['vintage'].item()}; {members['survey_year'].item()}",
        comparison="proxy",
        holds=share + NORMAL_90 * se >= MAJORITY_PCT and of_members >= MAJORITY_PCT,
        reason=f"About half work from home: {share:.1f}% of coders in the census sample (standard "
        f"error {se:.1f}) and {of_members:.0f}% of AAPC members.",
    )


def _two_years_first(tables: Tables, _: Statement) -> Official:
    """Show the two-year bar there is; it stands before the full credential, not home work."""
    noted = tables["credentials"]
    return from_rows(
        noted[noted["note"].str.contains("apprentice", na=False)],
        text="apprentice mark on the CPC until two years of experience",
        comparison="proxy",
        is_comparable=False,
        reason="AAPC lifts the apprentice mark at two years, which is about the credential; no "
        "source records experience and place of work together.",
    )


def _cheaper_states(tables: Tables, _: Statement) -> Official:
    """Show how far state means lie apart then and now; why they moved is not in the data."""
    panel = rows_where(tables["state_wages"], occupation_code=CODERS)
    now = state_rows(tables).set_index("area_code")["mean_wage_usd"].dropna()
    years = panel.groupby("year")["state"].nunique()
    then_year = int(years[years >= len(now) - 1].index.max())
    before = rows_where(panel, year=then_year)
    both = now.to_frame("now").join(before.set_index("state")["mean_wage_usd"].rename("then"))
    spread = 100 * both.dropna().apply(np.log).std()
    return from_oews(
        tables,
        text=f"spread of state means {spread['then']:.1f}%, now {spread['now']:.1f}%",
        year=f"May {then_year} to May {tables['wages']['year'].max()}",
        cited=cite_oews(tables["wages"]) + cite(before),
        comparison="proxy",
        is_comparable=False,
        reason=f"State means lie {'closer' if spread['now'] < spread['then'] else 'no closer'} "
        f"together than in {then_year}, but where remote staff live, and so the cause, is not "
        "published.",
    )


def _rank_link(tables: Tables, other: "pd.Series[float]", what: str) -> tuple[str, str, bool]:
    """Say whether states rank alike by median pay and by another measure."""
    medians = state_rows(tables).set_index("area_code")["median_wage_usd"]
    pay = pd.concat([medians, other.rename("other")], axis=1).dropna()
    result = spearmanr(pay["median_wage_usd"], pay["other"])
    rho, chance = float(result.statistic), float(result.pvalue)
    odds = f"{chance:.2f}" if chance >= 0.01 else "less than 0.01"
    words = (
        f"The median wage and the {what} have a rank correlation of {rho:.2f} (p {odds}) over "
        f"{len(pay)} areas, the states and DC."
    )
    short = f"rank correlation {rho:.2f} over {len(pay)} areas"
    return short, words, rho > 0 and chance < SIGNIFICANT


TESTS: Mapping[str, Test] = {
    "salary-entry-range": _band("experience"),
    "salary-mid-range": _band("experience"),
    "salary-experienced-range": _band("experience"),
    "salary-specialized-range": _band("experience"),
    "salary-specialty-interventional-radiology": _band("specialty"),
    "salary-specialty-cardiology": _band("specialty"),
    "salary-specialty-risk-adjustment": _band("specialty"),
    "salary-drivers": _drivers,
    "salary-state-california": _state_mean,
    "salary-state-new-york": _state_mean,
    "salary-state-massachusetts": _state_mean,
    "salary-top-states": _top_states,
    "salary-high-cost-areas": _dear_states,
    "salary-large-health-states": _large_health_states,
    "settings-hospitals-share": _employer_share,
    "settings-physician-offices-share": _employer_share,
    "settings-insurers-share": _insurers_share,
    "settings-billing-companies-share": _billing_companies_share,
    "settings-hospitals-pay-more": _hospitals_pay_more,
    "settings-remote-share": _home_share(
        "The guide means staff who are fully remote; the census asks how people usually got to "
        "work last week, so hybrid weeks count as home, and California and Texas are missing."
    ),
    "remote-most-employers-offer": _home_share(
        "The guide counts employers, the census workers; no source asks employers."
    ),
    "remote-standard": _home_is_the_norm,
    "remote-min-experience": _two_years_first,
    "remote-premium-markets": _cheaper_states,
}
