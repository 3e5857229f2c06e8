"""A school's programs beside others: what is withheld stays unknown, never 0."""

import pytest

from analysis import answers, figures, processed
from analysis.errors import WrongInput
from analysis.studies.program import WITHHELD, SchoolPrograms

TABLES = processed.Tables()
PROGRAMS = TABLES["programmes"]
IVY_TECH = SchoolPrograms(TABLES, unitid="150987")


def test_a_school_is_shown_with_its_published_figures():
    """College Scorecard 2026-06-10: Ivy Tech, certificate 38,643; Indiana's threshold 36,492."""
    assert IVY_TECH.earnings.value == 38_643
    assert IVY_TECH.premium.value == 38_643 - 36_492
    assert IVY_TECH.verdict == "passes"


def test_a_school_stands_beside_its_state_its_kind_and_the_nation():
    """The nation's certificate: 36,646.50, associate: 40,997, each institution counted once."""
    beside = IVY_TECH.beside.table
    nation = beside[beside["group"].eq("United States")]
    assert nation["median_earnings_usd"].tolist() == [36_646.5, 40_997]
    assert beside["group"].drop_duplicates().tolist() == [
        "Ivy Tech Community College", "Indiana", "Public, United States", "United States"
    ]  # fmt: skip


def test_a_school_that_publishes_nothing_has_no_zero():
    silent = PROGRAMS.query("credential_level == 1 and median_earnings_usd.isna()")
    study = SchoolPrograms(TABLES, unitid=str(silent["unitid"].iloc[0]))
    assert study.earnings.value is None
    assert study.earnings.note == WITHHELD
    assert "publishes no earnings" in answers.program(study).finding


def test_a_school_whose_state_is_not_stated_is_held_against_the_nation():
    unplaced = PROGRAMS[PROGRAMS["state"].isna()]["unitid"].iloc[0]
    assert SchoolPrograms(TABLES, unitid=str(unplaced)).area.name == "United States"


@pytest.mark.parametrize("state", [None, *sorted(PROGRAMS["state"].dropna().unique())])
def test_a_school_of_every_state_has_its_answer_and_its_key_figures(state):
    """The first and the largest program of each state, whatever is published of them."""
    rows = PROGRAMS[PROGRAMS["state"].isna() if state is None else PROGRAMS["state"].eq(state)]
    chosen = {rows["unitid"].iloc[0], rows.nlargest(1, "completers")["unitid"].iloc[0]}
    for unitid in sorted(chosen):
        study = SchoolPrograms(TABLES, unitid=unitid)
        answer = answers.program(study)
        assert answer.text
        assert len(answer.finding) <= 80
        assert {f.name for f in study.key_figures()} == {f.name for f in IVY_TECH.key_figures()}


def test_the_figure_states_how_far_earnings_lie_above_those_of_high_school():
    """38,643 - 36,492 = 2,151."""
    assert "$2,151 a year above high-school earnings" in figures.school_beside_others(IVY_TECH).alt


def test_an_unknown_school_is_refused_and_one_alike_suggested():
    with pytest.raises(WrongInput, match=r"Did you mean 150987 \(Ivy Tech Community College\)"):
        SchoolPrograms(TABLES, unitid="Ivy Tech Comunity College")
