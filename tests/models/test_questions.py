"""The newcomer's questions, answered from the tables."""

import pytest

from analysis import processed
from analysis.studies.evidence.questions import questions_answered


@pytest.fixture(scope="module")
def tables():
    return processed.Tables()


def test_six_questions_and_four_steps_are_answered(tables):
    replies = questions_answered(tables).table
    assert replies["kind"].value_counts().to_dict() == {"question": 6, "step": 4}
    assert not replies.isna().any().any()
    assert not replies["answer"].str.contains(r"\b(?:nan|None)\b").any()
    assert replies["question"].is_unique


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Will there be jobs?", ["7.1%", "3.1%", "14,200", "1,380"]),  # BLS 2024-34
        ("Can the work be done from home?", ["47.7%", "55%"]),  # ACS 2024, AAPC 2022
        ("What does a credential cost?", ["$425", "$222", "$647", "$199 to $299"]),
        ("How do coding and billing differ?", ["$51,140", "$48,500", "+7.1%", "-0.4%"]),
        ("Which program?", ["$36,647", "$9,500", "142 of 324"]),  # College Scorecard
        ("Where to apply?", ["29%", "$59,120", "18%", "$47,120"]),  # OEWS May 2025
    ],
)
def test_answers_carry_the_published_figures(tables, question, figures):
    answer = questions_answered(tables).table.set_index("question").loc[question, "answer"]
    for figure in figures:
        assert figure in answer


def test_answers_follow_the_tables(tables):
    credentials = tables["credentials"].copy()
    credentials.loc[credentials["credential"].eq("CPC"), "exam_fee_usd"] = 500.0
    changed = questions_answered(
        {name: tables[name] for name in tables} | {"credentials": credentials}
    ).table
    assert (
        "$500 for one attempt"
        in changed.set_index("question").loc["What does a credential cost?", "answer"]
    )


def test_an_answer_is_marked_by_its_least_verified_figure(tables):
    marks = questions_answered(tables).table.set_index("question")["verification"]
    assert marks["What does a credential cost?"] == "third party"
    assert marks["Where to apply?"] == "read in source"
