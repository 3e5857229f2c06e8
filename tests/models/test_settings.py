"""Who employs an occupation, and what they pay."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as at_most
from hypothesis import strategies as st

from analysis import processed
from analysis.estimate import Estimate
from analysis.studies import settings
from analysis.studies.employers import employer_measures, industry_share, share_of_jobs, verdict
from analysis.studies.settings import (
    concentration,
    herfindahl,
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
    found = industry_share(WAGES, "622000", occupation="29-2072")
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


def test_an_occupation_without_published_jobs_has_no_concentration_and_a_reason():
    wages = WAGES.assign(employment=WAGES["employment"].mask(WAGES["area_code"].eq("US")))
    found = settings.study({**TABLES, "wages": wages})
    assert found.concentration.is_missing
    assert found.top_four_share.value is None
    assert found.top_four_share.note


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
    """ACS 2024 47.7 % (error 1.7: 1.645 x 1.7 = 2.8 either way), AAPC 2022 55 %, guide 22 %."""
    table = remote_work(TABLES).table
    assert table["share_pct"].tolist() == [47.7, 55.0, 22.0]
    assert table["kind"].tolist() == ["own tabulation", "member survey", "guide"]
    assert table.loc[0, ["low_pct", "high_pct"]].tolist() == pytest.approx([44.9, 50.5], abs=0.05)


def test_hospitals_by_every_measure():
    """55,530 and head offices 14,870 of 194,720; 37,680 billers among 168,930 in health care.

    70,400 / 194,720 = 36.2 %; 93,210 / 363,650 = 25.6 %; people themselves 40.5 % (ACS 2024).
    Physician offices: (34,860 + 65,230) / 363,650 = 27.5 %.
    """
    found = employer_measures(TABLES).set_index(["setting", "measure"])["share_pct"].round(1)
    assert found["Hospitals"].tolist() == [28.5, 36.2, 25.6, 40.5]
    assert found["Physician offices"].tolist() == [17.9, 27.5]


def test_the_verdict_follows_from_all_measures():
    found = employer_measures(TABLES).groupby("setting")["verdict"].unique().to_dict()
    assert found["Hospitals"].tolist() == ["agrees with coders, head offices included"]
    assert found["Physician offices"].tolist() == ["agrees with coders and billers"]


@given(st.floats(0, 100), st.floats(0, 50), st.floats(0.1, 5))
@at_most(max_examples=50, deadline=None)
def test_a_share_beyond_all_limits_agrees_with_none(value, distance, se):
    share = Estimate.with_se(value, se=se, unit="percent", kind="official")
    far = share.high + 1 + distance
    assert verdict(far, {"coders": share}) == "above every measure"
    assert verdict(2 * value - far, {"coders": share}) == "below every measure"


def test_a_share_with_a_part_unpublished_is_missing_and_says_why():
    hidden = WAGES["industry_code"].eq("551100") & WAGES["occupation_code"].eq("29-2072")
    wages = WAGES.assign(employment=WAGES["employment"].mask(hidden))
    cells = [("29-2072", industry) for industry in ("622000", "551100")]
    found = share_of_jobs(wages, cells, [("29-2072", "000000")])
    assert found.value is None
    assert found.note


def test_home_work_pays_a_fifth_more_as_an_association():
    """+0.187 log points, error 0.032: exp(0.187 - 0.032^2 / 2) - 1 = 20.5 %."""
    found = settings.study(TABLES).home_work_gap
    assert found.value == pytest.approx(20.5, abs=0.05)
    assert (found.low, found.high) == pytest.approx((14.4, 27.1), abs=0.05)
    assert "association" in found.note


def test_no_card_of_an_area_shows_a_national_figure_without_saying_so():
    labels = {
        figure.name: figure.label for figure in settings.study(TABLES, area="TX").key_figures()
    }
    of_area = {"location_quotient"}
    assert all("United States" in label for name, label in labels.items() if name not in of_area)


def test_a_full_count_has_no_limits():
    """Federal agencies: BLS counts them in full and publishes an error of 0."""
    table = setting_wages(TABLES).table.set_index("industry_code")
    federal = table[table["industry_title"].str.contains("Federal")]
    assert len(federal)
    assert federal[["low_usd", "high_usd"]].isna().all(axis=None)
