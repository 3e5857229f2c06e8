"""The sentences that open a report: where a figure is missing, and where a planner has spoken."""

from copy import copy
from dataclasses import replace

import pytest

from analysis import answers, processed, tabular
from analysis.estimate import Estimate
from analysis.figures.reason import Reason
from analysis.studies import outlook, staffing
from analysis.studies.staffing import DepartmentPlan

WITHHELD = Estimate(value=None, unit="USD a year", note="Withheld.", kind="official")


@pytest.fixture(scope="module")
def data():
    return processed.Tables()


@pytest.fixture(scope="module")
def guam(data):
    return outlook.Outlook(data, area="GU")


@pytest.mark.parametrize(
    ("area", "said"),
    [
        ("DC", "people in the District of Columbia work as"),
        ("VI", "work in the Virgin Islands is not"),
    ],
)
def test_a_place_has_its_article(data, area, said):
    assert said in answers.outlook(outlook.Outlook(data, area=area)).text


def having(study, **figures):
    """Copy a study, with some of its figures given."""
    other = copy(study)
    vars(other).update(figures)
    return other


def test_a_wage_that_is_missing_beside_known_jobs_is_told_as_such(guam):
    told = answers.outlook(having(guam, median_wage=WITHHELD)).text
    assert "people in Guam work as medical records specialists" in told
    assert "Their median wage is not published. Withheld." in told


def test_jobs_and_wage_that_are_both_missing_are_told_together(guam):
    jobs = replace(WITHHELD, unit="jobs")
    told = answers.outlook(having(guam, employment=jobs, median_wage=WITHHELD)).text
    assert "specialists work in Guam is not published. Their median wage is not" in told


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (DepartmentPlan(), "Volumes and team are made-up defaults until you put in your own."),
        (DepartmentPlan(ed_per_day=0), "The team is a made-up default until you put in your own."),
        (DepartmentPlan(coders=8), "The volumes are made-up defaults until you put in your own."),
        (DepartmentPlan(ed_per_day=0, coders=8), ""),
    ],
)
def test_only_what_the_planner_did_not_put_in_is_called_made_up(data, plan, said):
    told = answers.staffing(staffing.study(data, plan, draws=100)).text
    assert told.endswith(said)
    assert ("made-up" in told) == bool(said)


def test_costs_that_cannot_be_had_stand_as_a_sentence_on_the_page(data):
    study = staffing.study(data, DepartmentPlan(area="VI"), draws=100)
    assert study.costs.is_missing
    shown = tabular.of(study.costs, "Costs")
    assert isinstance(shown, Reason)
    assert "<p>Costs need a wage" in shown._repr_html_()
