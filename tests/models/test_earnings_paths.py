"""Pay by experience on the official distribution, and the published premium."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from analysis import processed
from analysis.errors import WrongInput
from analysis.models import roi as methods
from analysis.models.wages import WageDistribution
from analysis.models.wages.experience import (
    experience_score,
    pay_by_experience,
    workforce_score,
)
from analysis.studies import roi
from analysis.studies.areas import Area, find_area
from analysis.studies.credentials import certified_gaps, premium_input
from analysis.studies.experience_pay import area_pay
from analysis.studies.roi.baseline import find_baseline

TABLES = processed.Tables()
CODERS = WageDistribution.from_percentiles({10: 37000, 25: 43490, 50: 51140, 75: 64820, 90: 81150})


def test_the_path_meets_the_published_percentiles():
    """OEWS May 2025, 29-2072: 37,000 at entry, 43,490 after 2 years, 51,140 after 8, 64,820 after
    20 and from then on."""
    pay = pay_by_experience(CODERS, [0, 2, 8, 20, 35])
    assert pay == pytest.approx([37_000, 43_490, 51_140, 64_820, 64_820])


@settings(max_examples=50)
@given(st.floats(0, 50), st.floats(0, 10))
def test_pay_never_falls_with_experience(years, more):
    assert experience_score(years + more) >= experience_score(years)


def test_the_path_gives_back_the_published_median_over_the_workforce():
    """With 6.4 % leaving a year (BLS, 29-2072) the average normal score is that of the median."""
    moments = workforce_score(0.064)
    assert ndtr(moments.mean) == pytest.approx(0.50, abs=0.005)


def test_path_and_spread_together_give_back_the_published_distribution():
    """Experience drawn from that workforce and the spread at equal experience: standard normal."""
    moments = workforce_score(0.064)
    random = np.random.default_rng(1)
    years = np.linspace(0, 40, 4001)
    weights = 0.936**years
    drawn = random.choice(years, size=200_000, p=weights / weights.sum())
    scores = experience_score(drawn) + moments.within_sd * random.standard_normal(drawn.size)
    assert np.mean(scores) == pytest.approx(0, abs=0.01)
    assert np.std(scores) == pytest.approx(1, abs=0.01)


def test_an_area_without_percentiles_borrows_them_and_says_so():
    place = Area(code="99999", name="Nowhere", kind="metropolitan", state="TX")
    pay, note = area_pay(TABLES["wages"], occupation_code="29-2072", area=place)
    texas, _ = area_pay(
        TABLES["wages"], occupation_code="29-2072", area=find_area(TABLES["wages"], "TX")
    )
    assert pay == texas
    assert note == "BLS publishes no wage percentiles for Nowhere; those of Texas are used."


def test_the_unadjusted_gap_swings_from_survey_to_survey():
    """AAPC: +17 % (2009), +33 % (2019), +27 % (2021); 66,979 / 55,721 is +20.2 % (2024)."""
    gaps = certified_gaps(TABLES["member_salaries"])
    assert gaps["survey_year"].tolist() == [2009, 2019, 2021, 2024]
    assert gaps["gap_pct"].round().tolist() == [17, 33, 27, 20]


def test_the_premium_is_the_gap_at_equal_schooling_up_to_the_raw_gap_of_members():
    """CPS 2015: 825 / 742 is +11.2 %. CIC, raw: 66,979 / 55,721 x 60,100 / 57,020 is +26.7 %."""
    found = premium_input(TABLES, "CIC")
    assert found.value == pytest.approx(100 * (825 / 742 - 1))
    assert found.low == 0
    assert found.high == pytest.approx(100 * (66_979 / 55_721 * 60_100 / 57_020 - 1))
    assert "association" in found.estimate.note
    half = premium_input(TABLES, "CIC", premium_share=0.5)
    assert half.value == pytest.approx(found.value / 2)


def test_the_first_edition_took_the_raw_gap_at_the_credentials_standing_in_the_guide():
    found = premium_input(TABLES, "CIC", edition="first")
    assert found.value == pytest.approx(100 * (66_979 / 55_721 * 60_100 / 57_020 - 1))


def test_official_pay_is_the_average_of_holders_and_others():
    """With half of the coders holding a credential, (holder + other) / 2 is the path itself."""
    case = roi.return_case(TABLES, credential="CCS").with_input("coder_unemployment_rate_pct", 0.0)
    holder, other = methods.monthly_pay(case)
    path = pay_by_experience(case.pay, np.arange(holder.size) / 12) / 12
    assert (holder + other) / 2 == pytest.approx(path)


def test_the_federal_threshold_is_that_of_the_scorecard():
    """College Scorecard 2026-06-10: 36,082 in the nation, 34,809 in Texas."""
    nation, texas = (
        roi.return_case(TABLES, baseline="federal_threshold", area=area).input("baseline_wage_usd")
        for area in ("US", "TX")
    )
    assert (nation.value, texas.value) == (36_082, 34_809)
    assert nation.high == 930 * 52  # BLS, full-time workers of 25 and over, 2024


def test_guam_takes_the_national_threshold_and_says_so():
    case = roi.return_case(TABLES, baseline="federal_threshold", area="GU")
    assert case.input("baseline_wage_usd").value == 36_082
    assert any("Guam: the national one is used" in note for note in case.notes)


@pytest.mark.parametrize("baseline", [41_000, 41_000.0, "41000"])
def test_an_own_salary_is_a_baseline(baseline):
    assert roi.return_case(TABLES, baseline=baseline).input("baseline_wage_usd").value == 41_000


@pytest.mark.parametrize(
    ("baseline", "message"),
    [
        ("highschool", "Did you mean high_school"),
        (-5, "above 0"),
        ("nan", "above 0"),
        (2e6, "below 1,000,000"),
    ],
)
def test_a_baseline_that_is_none_is_refused(baseline, message):
    with pytest.raises(WrongInput, match=message):
        find_baseline(baseline)
