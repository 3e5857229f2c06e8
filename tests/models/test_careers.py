"""Where an occupation leads."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.errors import WrongInput
from analysis.models.career import CareerCase, simulate
from analysis.models.ranges import Range
from analysis.models.wages import WageDistribution
from analysis.studies import careers
from analysis.studies.careers.terms import move_terms
from analysis.studies.projections import years_between

TABLES = processed.Tables()
PAY = WageDistribution.from_percentiles({10: 37000, 25: 43490, 50: 51140, 75: 64820, 90: 81150})
BETTER = WageDistribution.from_percentiles({10: 73390, 25: 94700, 50: 123860, 75: 166100})
CASE = CareerCase(
    start=PAY,
    target=BETTER,
    years_to_move=Range(low=5, high=7),
    education_usd=Range(low=27_270, high=34_830),
    ceiling_share=Range(low=0.1, high=0.5),
    discount_rate=0.03,
)


def gain(case):
    return float(np.median(simulate(case, draws=300).gain_usd))


def test_the_gain_is_the_difference_of_the_published_medians():
    """BLS, OEWS May 2025: 123,860 - 51,140 = 72,720."""
    assert careers.study(TABLES).wage_gain.value == 72_720


def test_a_flat_career_is_worth_the_annuity():
    """No discount, level pay: one wage everywhere, so 30 years at about 50,000 is 1.5 million."""
    level = WageDistribution.from_percentiles({10: 50_000, 90: 50_001})
    case = replace(CASE, start=level, target=level, discount_rate=0.0)
    drawn = simulate(case, draws=10)
    assert drawn.stay_usd == pytest.approx(1_500_000, rel=1e-4)
    assert drawn.move_usd == pytest.approx(drawn.stay_usd, rel=1e-4)


def test_undiscounted_education_costs_its_price():
    case = replace(CASE, education_usd=Range.known(30_000), discount_rate=0.0)
    assert simulate(case, draws=20).education_usd == pytest.approx(30_000)


@given(st.floats(-0.02, 0.10), st.floats(0.005, 0.05))
@settings(max_examples=15, deadline=None)
def test_a_higher_rate_lowers_the_gain_of_a_move_up(rate, more):
    higher = replace(CASE, discount_rate=rate + more)
    assert gain(higher) < gain(replace(CASE, discount_rate=rate))


@given(st.floats(0, 100_000), st.floats(100, 50_000))
@settings(max_examples=15, deadline=None)
def test_dearer_education_is_worth_less(price, more):
    cheap = replace(CASE, education_usd=Range.known(price))
    assert gain(replace(CASE, education_usd=Range.known(price + more))) < gain(cheap)


@given(st.floats(1.0, 20.0), st.floats(0.5, 5.0))
@settings(max_examples=15, deadline=None)
def test_a_later_move_up_gains_less(wait, later):
    early = replace(CASE, years_to_move=Range.known(wait))
    assert gain(replace(CASE, years_to_move=Range.known(wait + later))) < gain(early)


@pytest.mark.parametrize(("share", "chance"), [(0.0, 5.0), (0.5, 15.5), (1.0, 26.1)])
def test_study_time_raises_the_chance_from_which_the_degree_pays(share, chance):
    """Three years of full-time study, spread over the wait: from 5 % with none of the pay given up
    to about 15.5 % with half and 26.1 % with all of it."""
    assert careers.study(TABLES, foregone_share=share).break_even.value == pytest.approx(
        chance, abs=0.2
    )


def test_earnings_given_up_are_the_share_of_pay_over_the_years_of_study():
    """At level pay of 50,000 and no discount, half of three years is 75,000."""
    level = WageDistribution.from_percentiles({10: 50_000, 90: 50_001})
    case = replace(CASE, start=level, target=level, discount_rate=0.0)
    drawn = simulate(replace(case, study_years=3.0, foregone_share=0.5), draws=10)
    assert drawn.foregone_usd == pytest.approx(75_000, rel=1e-4)


def test_no_more_can_be_promoted_than_there_are_openings():
    """62,100 openings a year for 3,523,390 people in eight occupations that pay less, over six
    years: 1 - (1 - 62,100 / 3,523,390)^6 = 10.1 %."""
    found = careers.study(TABLES).chance_bound
    assert found.value == pytest.approx(100 * (1 - (1 - 62_100 / 3_523_390) ** 6))


def test_without_a_climb_who_stays_earns_the_median_and_who_moves_starts_at_the_ceiling():
    case = replace(CASE, climbs=False, years_to_move=Range.known(6.0))
    drawn = simulate(replace(case, ceiling_share=Range.known(0.25)), draws=5)
    assert drawn.stay_pay == pytest.approx(51_140)
    assert drawn.move_pay[:, 7:] == pytest.approx(94_700)


@pytest.mark.parametrize("share", [-0.1, 1.5])
def test_a_share_of_pay_outside_0_to_1_is_refused(share):
    with pytest.raises(WrongInput, match="foregone_share must lie within 0 to 1"):
        careers.study(TABLES, foregone_share=share)


def test_nobody_climbs_past_the_ceiling():
    case = replace(CASE, ceiling_share=Range.known(0.25))
    assert simulate(case, draws=50).move_pay.max() <= BETTER.quantile(0.25) + 1e-6


def test_another_seed_moves_the_gain_by_less_than_a_twentieth_of_its_interval():
    """Median of 4,000 draws: standard error about 1.25 sd / sqrt(4000) = 0.02 sd."""
    first = careers.study(TABLES).gain
    drawn = np.median(simulate(CASE, seed=1).gain_usd)
    assert abs(drawn - first.value) < (first.high - first.low) / 20


@pytest.mark.parametrize("wrong", [{"horizon_years": 7}, {"discount_rate": -1.0}])
def test_a_case_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        replace(CASE, **wrong)


def test_the_price_of_a_degree_by_hand():
    """From an award (1 year) to a bachelor's (4): 2 x 11,610 + 4,050 = 27,270, or 3 x 11,610."""
    terms = move_terms(TABLES)
    assert (terms.education_usd.low, terms.education_usd.high) == (27_270, 34_830)
    assert (terms.years_to_move.low, terms.years_to_move.high) == (5, 7)


def test_a_move_to_less_education_costs_none():
    assert move_terms(TABLES, target="43-3021").education_usd.high == 0


def test_an_unknown_education_is_not_priced_and_said():
    terms = move_terms(TABLES, target="13-1041")
    assert terms.education_usd.high == terms.study_years == 0
    assert any("is not known" in said for said in terms.assumptions)
    assert years_between(None, "Bachelor's degree") is None


def test_every_title_of_the_guide_has_an_occupation_or_says_why_not():
    table = careers.study(TABLES).ladder.table
    assert len(table) == len(TABLES["guide_ladder"])
    assert table["why"].str.len().gt(0).all()
    without = table[table["occupation_code"].isna()]
    assert without["low_usd"].isna().all()
    assert without["pay_note"].str.startswith("No wages").all()


def test_the_rungs_are_the_published_percentiles():
    """BLS, OEWS May 2025, 29-2072: 37,000, 43,490, 51,140, 64,820, 81,150."""
    steps = careers.study(TABLES).rungs
    assert steps["low_usd"].head(4).tolist() == [37_000, 43_490, 51_140, 64_820]
    assert steps["high_usd"].head(4).tolist() == [43_490, 51_140, 64_820, 81_150]


def test_every_specialisation_of_the_guide_is_there():
    table = careers.study(TABLES).specialties.table
    assert len(table) == len(TABLES["guide_specializations"])
    assert table["why"].notna().all()


@pytest.mark.parametrize(
    ("area", "target"), [("GU", "29-9021"), ("PR", "11-9111"), ("DC", "11-9111")]
)
def test_missing_wages_give_a_sentence(area, target):
    found = careers.study(TABLES, area=area, target=target)
    for figure in found.key_figures():
        assert figure.estimate.value is not None or figure.estimate.note
    assert found.value.is_missing == bool(found.value.reason)


def test_guam_publishes_no_registrars():
    found = careers.study(TABLES, area="GU", target="29-9021")
    assert found.value.reason == (
        "BLS does not publish what health information technologists and medical registrars are "
        "paid in Guam."
    )
    ranked = found.adjacent.table
    assert ranked["gain_usd"].isna().iloc[-1]


def test_occupations_near_by_come_by_gain_and_leave_the_start_out():
    table = careers.study(TABLES).adjacent.table
    assert table["gain_usd"].is_monotonic_decreasing
    assert not {"29-2072", "00-0000"} & set(table["occupation_code"])


def test_the_ladder_is_that_of_coders_alone():
    found = careers.study(TABLES, start="43-3021", target="29-2072")
    for part in (found.ladder, found.specialties, found.checklist, found.tasks):
        assert part.is_missing
        assert part.reason


def test_start_and_target_must_differ():
    with pytest.raises(WrongInput, match="target must be another occupation"):
        careers.study(TABLES, start="11-9111", target="11-9111")


def test_the_lists_are_whole():
    """20 competencies of the guide, 17 tasks of O*NET."""
    found = careers.study(TABLES)
    assert (len(found.checklist.table), len(found.tasks.table)) == (20, 17)
