"""The guide's states, settings and bands beside the official figures."""

import pytest

from analysis import processed
from analysis.studies.guide import (
    pay_bands_on_distribution,
    setting_shares,
    state_ranking,
)


@pytest.fixture(scope="module")
def tables():
    return processed.Tables()


def test_states_are_ranked_with_the_chance_of_the_top(tables):
    """51 areas: the states and DC; no territories."""
    ranked = state_ranking(tables, draws=500)
    assert len(ranked) == 51
    assert not ranked["area_code"].isin(["PR", "GU", "VI"]).any()
    assert ranked["p_top"].sum() == pytest.approx(3)
    assert set(ranked.loc[ranked["is_guide_top"], "area_code"]) == {"CA", "NY", "MA"}


def test_ranking_by_mean_uses_the_published_error(tables):
    """OEWS May 2025, California: mean 68,230, RSE 1.2 %: 818.76."""
    ranked = state_ranking(tables, measure="mean_wage_usd", draws=10).set_index("area_code")
    assert ranked.loc["CA", "standard_error"] == pytest.approx(818.76)


def test_only_two_measures_can_be_ranked(tables):
    with pytest.raises(ValueError, match="median_wage_usd or mean_wage_usd"):
        state_ranking(tables, measure="employment")


def test_remote_is_set_apart_from_employers(tables):
    shares = setting_shares(tables)
    apart = shares[~shares["is_employer"]]
    assert apart["claim_id"].tolist() == ["settings-remote-share"]
    assert apart["guide_share_of_employers_pct"].isna().all()
    once = shares[shares["definition"].isin(["only", "narrow"])]
    assert once["guide_share_of_employers_pct"].sum() == pytest.approx(100)


def test_wages_of_several_industries_are_weighted_by_jobs(tables):
    """(6,870 x 55,120 + 3,060 x 49,570) / 9,930 = 53,409.7."""
    narrow = setting_shares(tables).set_index("definition").loc["narrow"]
    assert narrow["mean_wage_usd"] == pytest.approx(53409.7, abs=0.1)


def test_a_state_has_no_industries_and_so_no_shares(tables):
    """OEWS publishes industries for the nation only: missing, not zero."""
    shares = setting_shares(tables, area_code="CA")
    assert shares["official_share_pct"].isna().all()
    assert shares["employment"].isna().all()


def test_bands_lie_where_the_published_percentiles_say(tables):
    """P10 37,000, P25 43,490, median 51,140, P75 64,820, P90 81,150 (OEWS May 2025)."""
    bands = pay_bands_on_distribution(tables).set_index("band")
    assert 10 < bands.loc["entry-level", "low_percentile"] < 25
    assert 25 < bands.loc["entry-level", "high_percentile"] < 50
    assert 75 < bands.loc["cardiology", "low_percentile"] < 90
    assert bands.loc["specialized-certified", "is_extrapolated"]
    assert bands["share_inside"].between(0, 1).all()
