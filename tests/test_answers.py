"""The sentences that open a report: where a figure is missing, and where a planner has spoken."""

from copy import copy
from dataclasses import replace

import pytest

from analysis import answers, processed, tabular
from analysis.estimate import Estimate
from analysis.figures.reason import Reason
from analysis.reporting.page import SENTENCE
from analysis.studies import careers, certification, evidence, outlook, staffing
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


@pytest.mark.parametrize(
    ("answer", "finding"),
    [
        (
            lambda data: answers.careers(careers.Careers(data)),
            "Medical and health services managers earn $72,720 more than coders, US",
        ),
        (
            lambda data: answers.careers(careers.Careers(data, area="VI")),
            "What the move pays is not published, Virgin Islands",
        ),
        (
            lambda data: answers.careers(careers.Careers(data, area="35620")),
            "Median pay is $106,390 more after the move, New York-Newark-Jersey City, NY-NJ",
        ),
        (
            lambda data: answers.certification(certification.Certification(data)),
            "Certified AAPC members report 20% more pay; the credential may not be why",
        ),
        (
            lambda data: answers.evidence(evidence.Evidence(data)),
            "40 of the 52 testable statements in the guide hold against US figures",
        ),
        (
            lambda data: answers.staffing(staffing.study(data, DepartmentPlan(), draws=100)),
            "Example: 11.8 coders keep a made-up hospital's backlog within 3 days",
        ),
    ],
)
def test_a_page_is_headed_by_its_finding_and_opens_with_a_short_sentence(data, answer, finding):
    found = answer(data)
    assert found.finding == finding
    assert len(found.finding) <= 80
    assert len(SENTENCE.split(found.text)[0].split()) <= 25


def test_costs_that_cannot_be_had_stand_as_a_sentence_on_the_page(data):
    study = staffing.study(data, DepartmentPlan(area="VI"), draws=100)
    assert study.costs.is_missing
    shown = tabular.of(study.costs, "Costs")
    assert isinstance(shown, Reason)
    assert "<p>Costs need a wage" in shown._repr_html_()
