"""Awards against openings, as published, and the bound on placement that they give."""

import pytest

from analysis import answers, figures, processed
from analysis.studies.areas import CODERS, state_codes
from analysis.studies.completions import awards, awards_and_openings, placement_bound
from analysis.studies.supply import Supply

TABLES = processed.Tables()
NATION = Supply(TABLES)


def test_21997_awards_stand_against_14200_openings():
    """IPEDS 2023-24: 11,827 in records technology and 10,170 in coding; BLS 2024-34: 14,200."""
    assert NATION.coder_awards.value == 11_827 + 10_170 == 21_997
    assert NATION.openings.value == 14_200
    assert NATION.awards_per_opening.value == pytest.approx(1.55, abs=0.005)


def test_with_billing_33960_awards_stand_against_the_same_openings():
    assert NATION.awards_with_billing.value == 21_997 + 11_963 == 33_960
    assert NATION.awards_with_billing_per_opening.value == pytest.approx(2.39, abs=0.005)


def test_awards_with_billing_are_up_40_percent_in_four_years():
    """24,240 in 2019-20; coding and records technology alone 17,254 to 21,997, 27 %."""
    assert NATION.change_pct.value == pytest.approx(100 * (33_960 / 24_240 - 1))
    assert NATION.change_pct.value == pytest.approx(40, abs=0.5)
    table = awards(TABLES)
    assert table["academic_year"].tolist() == [
        "2019-20",
        "2020-21",
        "2021-22",
        "2022-23",
        "2023-24",
    ]
    assert table["coder_awards"].iloc[-1] / table["coder_awards"].iloc[0] == pytest.approx(
        1.27, abs=0.01
    )


def test_postings_peaked_in_january_2022():
    """Indeed Hiring Lab, sector Medical Information: 195.96, and 107.20 in September 2024."""
    assert (NATION.postings_peak["month"], NATION.postings_last["month"]) == ("2022-01", "2024-09")
    assert NATION.postings_peak["medical_information_index"] == 195.96
    assert NATION.postings_last["medical_information_index"] == pytest.approx(107, abs=0.5)


def test_coders_in_new_jersey_earned_8324_a_quarter_two_years_on():
    """Wage records of 51.0713: 6,490, 7,450 and 8,324 USD; 68.4 % had any job in the state."""
    table = NATION.wage_records.table.query("cip_code == '51.0713'")
    assert table["mean_quarterly_wage_usd"].tolist() == [6_490, 7_450, 8_324]
    assert table["four_quarters_usd"].iloc[-1] == 4 * 8_324
    assert table["employed_in_state_pct"].iloc[-1] == 68.4


def test_openings_can_place_at_most_two_thirds_of_new_award_holders():
    """14,200 / 21,997 = 64.6 %; with billing 14,200 / 33,960 = 41.8 %."""
    assert placement_bound(TABLES).value == pytest.approx(100 * 14_200 / 21_997)
    assert placement_bound(TABLES, with_billing=True).value == pytest.approx(100 * 14_200 / 33_960)


def test_a_bound_never_passes_all():
    """North Carolina has 192 awards for about 500 openings."""
    assert placement_bound(TABLES, state="NC").value == 100


def test_openings_of_the_states_add_up_to_those_of_the_nation():
    """The same rates on jobs that sum to the nation's, but for the states BLS withholds."""
    rows = awards_and_openings(TABLES).set_index("area_code")["annual_openings"]
    assert rows.drop("US").sum() == pytest.approx(rows["US"], rel=0.03)


@pytest.mark.parametrize(("area", "why"), [("DC", "No institution"), ("VT", "BLS withholds")])
def test_a_number_that_is_not_there_is_missing_with_its_reason(area, why):
    found = Supply(TABLES, area=area)
    assert found.awards_per_opening.value is None
    assert why in found.awards_per_opening.note
    assert placement_bound(TABLES, state=area).value is None


def test_a_metropolitan_area_is_given_the_awards_of_its_state():
    assert Supply(TABLES, area="16980").coder_awards == Supply(TABLES, area="IL").coder_awards


@pytest.mark.parametrize("area", sorted({"US", *state_codes(TABLES["wages"], CODERS)}))
def test_every_state_has_its_answer_and_its_key_figures(area):
    study = Supply(TABLES, area=area)
    answer = answers.supply(study)
    assert answer.text
    assert len(answer.finding) <= 80
    assert {f.name for f in study.key_figures()} == {f.name for f in NATION.key_figures()}


@pytest.mark.parametrize("area", ["US", "IL", "DC", "VT", "GU"])
def test_every_figure_is_drawn_or_says_why_not(area):
    study = Supply(TABLES, area=area)
    for draw in (figures.awards_and_openings, figures.award_levels, figures.state_ratios):
        assert draw(study) is not None
