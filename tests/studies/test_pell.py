"""Workforce Pell: 8 to under 15 weeks and 150 to under 600 hours, and what is unknown stays so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from analysis import answers, figures, processed
from analysis.errors import WrongInput
from analysis.models.roi.official_tests import PELL_WEEKS
from analysis.studies.areas import CODERS, state_codes
from analysis.studies.pell import RATES, Pell, Program
from analysis.studies.state_rules import apply_rules, meets_rules

TABLES = processed.Tables()
GOOD = {
    "area": "NC", "weeks": 12, "hours": 320, "tuition": 1_800, "completion": 74, "placement": 71,
    "placement_in_occupation": 70, "earnings": 36_000, "students": 60,
    "title_iv": "yes", "approved": "yes",
}  # fmt: skip


def verdicts(**changed):
    """Return the verdict of each screen by its id."""
    table = Pell(TABLES, Program(**GOOD | changed)).screens.table
    return dict(zip(table["id"], table["verdict"], strict=True))


def test_a_program_within_every_limit_passes():
    """36,000 / 0.94326 = 38,166 at national prices, less 1.5 x 15,960: a cap of 14,225."""
    program = Pell(TABLES, Program(**GOOD))
    assert set(verdicts().values()) == {"pass"}
    assert program.verdict == "pass"
    assert program.tuition_cap.value == pytest.approx(36_000 / 0.94326 - 1.5 * 15_960)


@pytest.mark.parametrize(
    ("screen", "value", "verdict"),
    [
        ("weeks", 7.9, "fail"), ("weeks", 8, "pass"), ("weeks", 14.9, "pass"),
        ("weeks", 15, "fail"), ("weeks", 46, "fail"),
        ("hours", 149, "fail"), ("hours", 150, "pass"), ("hours", 599, "pass"),
        ("hours", 600, "fail"),
        ("completion", 69.9, "fail"), ("completion", 70, "pass"), ("placement", 69.9, "fail"),
        ("tuition", 14_225, "pass"), ("tuition", 14_226, "fail"),
    ],
)  # fmt: skip
def test_each_limit_lies_where_the_law_puts_it(screen, value, verdict):
    assert verdicts(**{screen: value})[screen] == verdict


def test_a_program_of_46_weeks_fails_whatever_its_outcomes():
    assert Pell(TABLES, Program(**GOOD | {"weeks": 46})).verdict == "fail"


@pytest.mark.parametrize("screen", ["weeks", "hours", "tuition", *RATES])
def test_what_is_not_given_is_unknown_and_not_passed(screen):
    assert verdicts(**{screen: None})[screen] == "unknown"


def test_a_program_of_which_little_is_known_is_neither_passed_nor_failed():
    program = Pell(TABLES, Program(area="NC"))
    assert program.verdict == "unknown"
    assert verdicts(title_iv="unknown", approved="unknown")["approval"] == "unknown"


def test_what_binds_from_2029_does_not_fail_a_program_of_2026():
    """Placement in the occupation is asked for from award year 2029-30."""
    program = Pell(TABLES, Program(**GOOD | {"placement_in_occupation": 40}))
    rows = program.screens.table.set_index("id")
    assert rows.loc["placement_in_occupation", ["verdict", "from_award_year"]].tolist() == [
        "fail", "2029-30"
    ]  # fmt: skip
    assert program.verdict == "pass"


def test_without_earnings_the_tuition_stays_unknown_even_where_the_field_would_allow_it():
    """The median certificate program of the field says nothing of this one."""
    program = Pell(TABLES, Program(**GOOD | {"earnings": None}))
    assert program.field_cap.value > GOOD["tuition"]
    assert dict(program.screens.table[["id", "verdict"]].values)["tuition"] == "unknown"


def test_guam_has_no_price_parity_so_its_tuition_stays_unknown():
    assert verdicts(area="GU")["tuition"] == "unknown"


def test_a_rate_of_a_small_cohort_is_shown_with_the_interval_of_chance():
    """74 % of 60 students: Wilson's 90 % limits are 63.8 and 82.1 %."""
    row = Pell(TABLES, Program(**GOOD)).rates.set_index("id").loc["completion"]
    assert (row["low"], row["high"]) == pytest.approx((63.8, 82.1), abs=0.05)
    assert "next cohort may differ" in row["what_to_know"]


@given(weeks=st.floats(0, 260), hours=st.floats(0, 10_000))
def test_weeks_and_hours_must_both_hold(weeks, hours):
    found = verdicts(weeks=weeks, hours=hours)
    assert (found["weeks"] == "pass") == (8 <= weeks < 15)
    assert (found["hours"] == "pass") == (150 <= hours < 600)


def test_the_return_page_and_the_pell_page_know_the_same_weeks():
    rule = TABLES["pell_rules"].set_index("id").loc["weeks"]
    assert (rule["minimum"], rule["below"]) == PELL_WEEKS


@pytest.mark.parametrize("wrong", [{"weeks": -1}, {"completion": 101}, {"title_iv": "maybe"}])
def test_a_number_out_of_range_is_refused(wrong):
    with pytest.raises(ValidationError):
        Program(**wrong)


def test_an_unknown_area_is_refused():
    with pytest.raises(WrongInput, match="area must be"):
        Pell(TABLES, Program(area="ZZ"))


# --- the states ---------------------------------------------------------------------------------


def test_ohio_counts_the_wage_and_either_openings_or_growth():
    """50,990 against 0.8 x 49,380 passes; 546 openings against 620 fail; growth is unknown."""
    rules = apply_rules(TABLES, state="OH").set_index("id")
    assert rules["verdict"].to_dict() == {
        "oh_wage": "pass", "oh_openings": "fail", "oh_growth": "unknown"
    }  # fmt: skip
    assert meets_rules(rules) == "unknown"


def test_one_purpose_is_enough_for_a_state():
    """South Dakota: the mean of 54,380 lies below 57,610, but 66 openings lie above 18."""
    rules = apply_rules(TABLES, state="SD").set_index("id")
    assert rules["verdict"].to_dict() == {"sd_wage": "fail", "sd_openings": "pass"}
    assert meets_rules(rules) == "pass"


def test_rules_of_at_least_six_states_are_applied_each_with_its_source():
    rules = apply_rules(TABLES)
    assert rules["state"].nunique() >= 12
    assert rules.loc[rules["verdict"].ne("unknown"), "state"].nunique() >= 6
    assert rules["what_to_know"].str.contains(r"\[.+; (?:read in|third party|read in a copy)").all()


def test_a_state_without_a_rule_says_so():
    found = Pell(TABLES, Program(area="CA"))
    assert "No rule of California" in found.state_rules.reason
    assert found.state_verdict == "unknown"


@pytest.mark.parametrize("area", sorted({"US", *state_codes(TABLES["wages"], CODERS)}))
def test_every_state_has_its_answer_and_its_cover(area):
    study = Pell(TABLES, Program(**GOOD | {"area": area}))
    answer = answers.pell(study)
    assert len(answer.finding) <= 80
    assert answers.pell_cover(study).parts[0][0] == "Program"
    assert study.state_verdict in {"pass", "fail", "unknown"}


@pytest.mark.parametrize("changed", [{}, {"completion": None}, dict.fromkeys(RATES)])
def test_rates_are_drawn_where_any_is_given(changed):
    drawn = figures.pell_rates(Pell(TABLES, Program(**GOOD | changed)))
    assert ("No completion" in str(drawn)) == (len(changed) == len(RATES))
