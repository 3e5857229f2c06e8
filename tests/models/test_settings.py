"""Who employs an occupation, and what they pay."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as at_most
from hypothesis import strategies as st

from analysis import processed
from analysis.studies import settings
from analysis.studies.industries import industries
from analysis.studies.official import SOURCE
from analysis.studies.settings import (
    concentration,
    herfindahl,
    herfindahl_estimate,
    remote_work,
    setting_wages,
    unpublished,
)

TABLES = processed.Tables()
WAGES = TABLES["wages"]
OCCUPATIONS = sorted(WAGES["occupation_code"].unique())


def test_shares_are_jobs_over_all_jobs():
    """Hospitals 55,530 and physician offices 34,860 of 194,720: 28.5 % and 17.9 %."""
    found = settings.study(TABLES)
    assert found.hospital_share.value == pytest.approx(28.52, abs=0.005)
    assert found.physician_share.value == pytest.approx(17.90, abs=0.005)


def test_the_error_of_a_share_counts_the_total_too():
    """Hospitals: errors 0.1 % of 55,530 and 1.1 % of 194,720; p = 0.2852, se 0.31 points.

    (0.7148 x 55.53)^2 + 0.2852^2 (2141.92^2 - 55.53^2) = 374,283; sqrt 611.8 / 194,720 = 0.00314.
    """
    found = settings.industry_share(WAGES, "622000", occupation="29-2072")
    assert found.se == pytest.approx(0.314, abs=0.001)


def test_wages_by_setting_carry_the_error_of_a_median():
    """Physician offices: 47,120 x 1.2 % x 1.2533 x 1.645 = 1,166 either way."""
    rows = setting_wages(TABLES).table.set_index("industry_code")
    row = rows.loc["621100"]
    assert row["high_usd"] - row["median_wage_usd"] == pytest.approx(1_166, abs=1)


def test_withheld_industries_are_listed_and_are_not_zero():
    """May 2025, 4 digits: offices of dentists, software publishers, two wholesalers."""
    found = unpublished(TABLES)
    assert found.table["industry_code"].tolist() == ["4240A2", "513200", "621200"]
    assert (
        not found.table["industry_title"].isin(setting_wages(TABLES).table["industry_title"]).any()
    )


def test_a_state_is_told_that_industries_are_the_nations():
    found = settings.study(TABLES, area="TX")
    assert "not for Texas" in found.wages.note
    assert "not for Texas" in found.guide.note
    assert found.location_quotient.value == 0.98


def test_concentration_by_hand():
    """Largest 3-digit group: ambulatory care, 55,630 of 194,720 = 28.6 %."""
    table = concentration(TABLES).table.set_index("level")
    assert table.loc["3-digit", "top_1_pct"] == pytest.approx(28.57, abs=0.005)
    assert table.loc["state", "top_1_pct"] == pytest.approx(100 * 21_490 / 194_720)


def test_the_jobs_that_are_not_published_may_raise_the_index_by_the_square_of_their_share():
    table = concentration(TABLES).table
    rest = 1 - table["covered_pct"] / 100
    assert (table["herfindahl_high"] - table["herfindahl"]).tolist() == pytest.approx(rest**2)


def test_an_occupation_without_published_jobs_has_no_index_and_a_reason():
    wages = WAGES.assign(employment=WAGES["employment"].mask(WAGES["area_code"].eq("US")))
    index = herfindahl_estimate({**TABLES, "wages": wages})
    assert concentration({**TABLES, "wages": wages}).is_missing
    assert index.value is None
    assert index.note == "National employment is not published."


def test_the_error_of_the_index_is_that_of_drawn_jobs():
    """Draw the jobs of each 4-digit industry within their errors, the total moving along."""
    index = herfindahl_estimate(TABLES)
    mix = industries(TABLES, occupation="29-2072", level="4-digit", top=1000).table
    nation = WAGES[WAGES["occupation_code"].eq("29-2072") & WAGES["area_code"].eq("US")]
    rse = mix["industry_code"].map(nation.set_index("industry_code")["employment_rse_pct"])
    jobs = mix["employment"].to_numpy()
    draws = np.random.default_rng(1).normal(
        jobs, jobs * rse.fillna(0).to_numpy() / 100, size=(20_000, len(jobs))
    )
    totals = 194_720 + (draws - jobs).sum(axis=1)
    drawn = ((draws / totals[:, None]) ** 2).sum(axis=1)
    assert index.value == pytest.approx(((jobs / 194_720) ** 2).sum())
    assert index.se == pytest.approx(drawn.std(), rel=0.03)
    assert (index.source, index.kind) == (SOURCE, "own tabulation")


def test_the_index_has_no_error_where_that_of_an_industry_is_unknown():
    physicians = WAGES["industry_code"].eq("621100") & WAGES["occupation_code"].eq("29-2072")
    wages = WAGES.assign(employment_rse_pct=WAGES["employment_rse_pct"].mask(physicians))
    found = herfindahl_estimate({**TABLES, "wages": wages})
    assert found.value is not None
    assert found.se is None


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30))
@at_most(max_examples=50, deadline=None)
def test_the_index_lies_between_equal_shares_and_a_single_group(jobs):
    shares = pd.Series(jobs) / sum(jobs)
    assert 1 / len(jobs) - 1e-9 <= herfindahl(shares) <= 1 + 1e-9


@given(st.lists(st.floats(0.01, 100), min_size=2, max_size=20))
@at_most(max_examples=50, deadline=None)
def test_merging_two_groups_never_lowers_the_index(jobs):
    shares = pd.Series(jobs) / sum(jobs)
    merged = pd.Series([shares[0] + shares[1], *shares[2:]])
    assert herfindahl(merged) >= herfindahl(shares) - 1e-12


@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_every_occupation_has_a_study(occupation):
    found = settings.study(TABLES, occupation=occupation)
    table = found.concentration.table
    assert table["herfindahl"].between(0, 1).all()
    assert (table["herfindahl"] <= table["herfindahl_high"]).all()
    assert np.isfinite(table["equal_groups"]).all()
    assert found.remote.is_missing == (occupation != "29-2072")
    for figure in found.key_figures():
        assert figure.estimate.value is not None or figure.estimate.note


def test_three_definitions_of_remote_work_stand_side_by_side():
    """ACS 2024 47.5 %, AAPC 2022 55 %, guide 22 %."""
    table = remote_work(TABLES).table
    assert table["share_pct"].round(1).tolist() == [47.5, 55.0, 22.0]
    assert table["kind"].tolist() == ["own tabulation", "member survey", "guide"]
