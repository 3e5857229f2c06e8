"""The outlook as a whole: complete for every area and occupation, and honest where data lack."""

import math
import re

import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies import outlook
from analysis.studies.areas import state_codes

TABLES = processed.Tables()
WAGES = TABLES["wages"]
AREAS = ["US", *state_codes(WAGES, "29-2072"), "35620", "31080"]
OCCUPATIONS = sorted(WAGES["occupation_code"].unique())
PARTS = (
    "history", "projections", "openings", "industries", "states", "record", "fan", "automation",
    "exposure", "demand", "age",
)  # fmt: skip
NOT_A_NUMBER = re.compile(r"\bnan\b|NaN|&lt;NA&gt;|>None<")
NATION = outlook.Outlook(TABLES)


def figures(study):
    return {figure.name: figure.estimate for figure in study.key_figures()}


def assert_complete(study):
    """Hold every figure to a value or a reason, and every page text to no NaN."""
    for name, estimate in figures(study).items():
        assert estimate.value is not None or estimate.note, name
        assert estimate.value is None or math.isfinite(estimate.value), name
    for name in PARTS:
        part = getattr(study, name)
        assert bool(part.reason) == part.is_missing, name
        assert not NOT_A_NUMBER.search(part._repr_html_()), name
    assert not NOT_A_NUMBER.search(study._repr_html_())


def test_key_figures_of_the_nation_are_the_published_ones():
    """OEWS May 2025: 194,720 jobs, median 51,140. Projections 2024-34: 7.1 %, 14,200 a year."""
    found = figures(NATION)
    assert found["employment"].value == 194_720
    assert found["median_wage_usd"].value == 51_140
    assert found["annual_openings"].value == 14_200
    assert found["ten_year_growth_pct"].value == 7.1
    assert found["employment_at_horizon"].value == pytest.approx(208_600)


@pytest.mark.parametrize("area", AREAS)
def test_every_area_has_a_complete_outlook(area):
    assert_complete(outlook.Outlook(TABLES, area=area))


@pytest.mark.parametrize("scenario", ["low", "high"])
@pytest.mark.parametrize("occupation", OCCUPATIONS)
def test_every_occupation_has_a_complete_outlook(occupation, scenario):
    assert_complete(outlook.Outlook(TABLES, occupation=occupation, scenario=scenario))


def test_key_figures_have_the_same_names_everywhere():
    names = list(figures(NATION))
    assert list(figures(outlook.Outlook(TABLES, area="VT", occupation="13-1041"))) == names


def test_unpublished_jobs_are_missing_not_zero():
    """BLS suppresses Vermont's employment, and publishes its median wage."""
    found = figures(outlook.Outlook(TABLES, area="VT"))
    assert found["employment"].value is None
    assert found["annual_openings"].value is None
    assert found["median_wage_usd"].value == 57_560


def test_the_interval_of_the_horizon_is_the_fan():
    last = NATION.fan.table.iloc[-1]
    at_horizon = figures(NATION)["employment_at_horizon"]
    assert (at_horizon.low, at_horizon.high) == (last["p05"], last["p95"])
    assert at_horizon.kind == "model"


def test_scenarios_order_growth_and_openings():
    low, high = (outlook.Outlook(TABLES, scenario=name) for name in ("low", "high"))
    assert low.growth.value < NATION.growth.value < high.growth.value
    assert low.openings.total.value < NATION.openings.total.value < high.openings.total.value
    assert low.openings.total.kind == "model"


def test_no_headline_counts_automation_twice():
    assert not [name for name in figures(NATION) if "automation" in name]


def test_a_path_that_falls_is_not_a_share_of_growth():
    """Low scenario of Texas: leavers less the posts that are not refilled are the openings."""
    study = outlook.Outlook(TABLES, area="TX", scenario="low")
    parts = study.openings
    assert parts.growth.value < 0
    assert "not refilled" in study.openings_finding
    assert "%" not in study.openings_finding
    leave = parts.exits.value + parts.transfers.value
    assert leave + parts.growth.value == pytest.approx(parts.total.value)


def test_each_national_figure_of_an_area_says_so():
    for figure in outlook.Outlook(TABLES, area="CA").key_figures():
        is_own = figure.name in ("employment", "median_wage_usd", "annual_openings")
        assert is_own or figure.label.endswith("United States")


@pytest.mark.parametrize("scenario", ["low", "high"])
def test_a_scenario_of_this_report_is_named_on_its_cards(scenario):
    found = outlook.Outlook(TABLES, scenario=scenario)
    labels = {figure.name: figure.label for figure in found.key_figures()}
    assert f"{scenario} scenario" in labels["ten_year_growth_pct"]
    assert f"{scenario} scenario" in labels["employment_at_horizon"]
    assert "not a BLS projection" in found.growth.note


def test_a_scenario_of_ones_own_can_be_studied():
    own = outlook.AutomationScenario(
        name="own",
        saved=0.1,
        adoption_ceiling=0.5,
        adoption_midpoint=2030,
        adoption_growth=0.5,
    )
    assert outlook.Outlook(TABLES, automation=own).automation.chosen == "own"


def test_the_same_call_gives_the_same_figures():
    assert outlook.Outlook(TABLES).to_frame().equals(NATION.to_frame())


@pytest.mark.parametrize(
    ("parameter", "value", "allowed"),
    [
        ("area", "ZZ", "postal code"),
        ("occupation", "99-9999", "29-2072"),
        ("horizon", 2024, "2025 to 2034"),
        ("horizon", 2035, "2025 to 2034"),
        ("scenario", "best", "low, baseline, high"),
        ("automation", "total", "none, conservative, moderate, aggressive"),
    ],
)
def test_wrong_input_names_the_parameter_what_was_found_and_what_is_allowed(
    parameter, value, allowed
):
    with pytest.raises(WrongInput) as refused:
        outlook.Outlook(TABLES, **{parameter: value})
    message = str(refused.value)
    assert parameter in message
    assert str(value) in message
    assert allowed in message
