"""Controls of the tour answer anew what depends on the choice, and nothing else."""

import pytest

from analysis import live, processed
from analysis.cleaning.pay.own_records import read_own_records
from analysis.errors import WrongInput

DEMO = "data/raw/demo_survey/demo_survey_synthetic.csv"
COLUMNS = "data/raw/demo_survey/columns.toml"
PAY, RETURN, JOBS, OWN = range(4)


@pytest.fixture(scope="module")
def own():
    return read_own_records(DEMO, columns=COLUMNS)


@pytest.fixture(scope="module")
def shown(own):
    return live.controls(processed.Tables(), own)


def choose(shown, name, value):
    """Choose, and say which sections answered anew."""
    choices, *sections = shown.children
    before = [section.value for section in sections]
    next(each for each in choices.children if each.description == name).value = value
    return [number for number, section in enumerate(sections) if section.value != before[number]]


def test_a_choice_moves_the_answers_that_depend_on_it(shown):
    assert choose(shown, "Place", "OH") == [PAY, RETURN, JOBS, OWN]
    assert choose(shown, "Credential", "CCS") == [RETURN, OWN]
    assert choose(shown, "Scenario", "high") == [JOBS]


def test_answers_are_those_of_the_place_chosen(shown):
    choose(shown, "Place", "TX")
    _, pay, *_ = shown.children
    assert "in Texas earn more than" in pay.value
    assert '<div role="img" aria-label="Half of the workers' in pay.value


def test_made_up_records_are_called_so(shown):
    assert "The records given are synthetic" in shown.children[1 + OWN].value


def test_a_stored_output_is_a_sentence_and_holds_no_identity(shown):
    assert repr(shown).startswith("Controls: ")


def test_without_own_records_there_are_three_answers():
    _, *sections = live.controls(processed.Tables(), area="VT").children
    assert len(sections) == 3


def test_columns_are_guessed_where_nobody_says_what_they_hold(own):
    guessed = read_own_records(DEMO)
    assert len(guessed.table) == pytest.approx(len(own.table), rel=0.05)


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(WrongInput, match=r"file must be one that exists; 'nowhere.csv' does not"):
        read_own_records("nowhere.csv")
