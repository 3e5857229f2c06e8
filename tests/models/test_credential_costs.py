"""The bill of a credential: published fees where there are some, the guide's range elsewhere."""

import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies import roi
from analysis.studies.areas import find_area
from analysis.studies.credentials import credential_terms
from analysis.studies.roi.costs import FIRST_CERTIFICATION, completion_input, tuition_input
from analysis.studies.roi.pathways import PATHWAYS, find_pathway, pathways_to

TABLES = processed.Tables()


def term(credential, name):
    """One input of a credential."""
    return next(item for item in credential_terms(TABLES, credential).inputs if item.name == name)


def bill(**choices):
    """The bill of a case."""
    return roi.cost_lines(roi.return_case(TABLES, **choices)).set_index("name")


@pytest.mark.parametrize(
    ("credential", "fee", "kind"),
    [
        ("CPC", 425, "third party"),  # medicalbillingandcoding.training, February 2026
        ("CCS", 399, "third party"),  # not a member; 299 for members
        ("RHIT", 299, "third party"),
        ("CIC", 425, "assumption"),  # as both other AAPC exams
        ("RHIA", 299, "assumption"),  # middle of 199 to 399, the other AHIMA exams
    ],
)
def test_the_fee_is_the_published_one_else_that_of_the_bodys_other_exams(credential, fee, kind):
    found = term(credential, "exam_fee_usd")
    assert (found.value, found.estimate.kind) == (fee, kind)


@pytest.mark.parametrize(
    ("credential", "pass_rate", "year", "kind"),
    [
        ("CCS", 84, "2025", "third party"),  # AHIMA: 84 % of 6,331 first-time takers
        ("CCA", 62, "2025", "third party"),
        ("RHIA", 67, "2025", "third party"),
        ("CPC", 65, "", "guide"),  # AAPC publishes none; the guide says 60 to 70 %
    ],
)
def test_the_pass_rate_is_the_latest_published_one_else_the_guides(
    credential, pass_rate, year, kind
):
    found = term(credential, "pass_rate_pct")
    assert (found.value, found.estimate.year, found.estimate.kind) == (pass_rate, year, kind)
    assert found.distribution == "attempts"


def test_the_limits_of_a_pass_rate_are_its_published_years():
    """CCA from 62 % (2025) to 82 % (2019)."""
    found = term("CCA", "pass_rate_pct")
    assert (found.low, found.high) == (62, 82)


def test_third_party_figures_keep_their_mark():
    assert term("CPC", "exam_fee_usd").verification == "third party"
    assert term("CIC", "exam_fee_usd").verification == "assumption"


def test_expected_retakes_are_geometric_in_the_pass_rate():
    """425 at 65 %: 425 x (1 / 0.65 - 1) = 228.85."""
    assert bill().loc["expected_retakes_usd", "value_usd"] == pytest.approx(228.85, abs=5e-3)


def test_the_first_certification_costs_what_the_guide_says():
    """222 + 425 + 300 = 947, within the guide's 900 to 1,100."""
    found = roi.total(roi.cost_lines(roi.return_case(TABLES)), *FIRST_CERTIFICATION)
    guide = TABLES["guide_certification_costs"].set_index("item")
    stated = guide.loc["first certification, stated total"]
    assert found.value == 947
    assert stated["low_usd"] <= found.value <= stated["high_usd"]


def test_study_hours_are_valued_at_the_baselines_wage():
    """125 hours at 36,082 / 2,080 = 17.35 USD."""
    found = bill(baseline="federal_threshold").loc["study_time_usd"]
    assert found["value_usd"] == pytest.approx(125 * 36_082 / 2_080)
    assert not found["is_cash"]


def test_tuition_is_the_states_own_where_it_is_published():
    """College Board 2024-25: 4,050 a year in the nation, 1,440 in California; 10.5 months."""
    nation = tuition_input(
        TABLES, pathway=find_pathway("certificate"), area=find_area(TABLES["wages"], "US")
    )
    california = tuition_input(
        TABLES, pathway=find_pathway("certificate"), area=find_area(TABLES["wages"], "CA")
    )
    assert nation.value == pytest.approx(4_050 * 10.5 / 12)
    assert california.value == pytest.approx(1_440 * 10.5 / 12)
    assert (nation.low, nation.high) == (1_200, 15_000)  # the guide's range


@pytest.mark.parametrize(
    ("pathway", "rate"),
    [("certificate", 67.0), ("associate", 34.1), ("certification_only", 100.0)],
)
def test_completion_is_the_published_rate(pathway, rate):
    """NCES: certificate seekers at public institutions within 150 % of the time; any program
    within three years."""
    assert completion_input(TABLES, pathway=find_pathway(pathway)).value == rate


def test_an_old_completion_rate_is_marked_and_bounded_by_the_newest_of_its_sector():
    """Cohort of 2006 at public institutions, 67.0 %; public two-year starters of 2018, 43.4 %."""
    found = completion_input(TABLES, pathway=find_pathway("certificate"))
    assert (found.low, found.value) == (43.4, 67.0)
    assert found.estimate.note.startswith("Old: the 2006 entry cohort.")
    first = completion_input(TABLES, pathway=find_pathway("certificate"), edition="first")
    assert first.value == 67.3


def test_every_line_says_where_it_comes_from():
    frame = bill(credential="CIC", area="TX", pathway="associate")
    assert (frame["source"].str.len() > 0).all()
    assert (frame["verification"].str.len() > 0).all()
    assert frame["low_usd"].fillna(0).le(frame["value_usd"]).all()
    assert frame["value_usd"].le(frame["high_usd"].fillna(1e9)).all()


def test_ahima_exams_need_no_membership():
    assert bill(credential="CCS").loc["membership_usd", "value_usd"] == 0


def test_degrees_are_asked_for_by_rhit_and_rhia_only():
    assert pathways_to("RHIT") == ("associate", "certification_only")
    assert pathways_to("RHIA") == ("certification_only",)
    assert pathways_to("CPC") == tuple(PATHWAYS)


def test_an_unknown_credential_is_refused_with_the_nearest():
    with pytest.raises(WrongInput, match=r"credential must be one of .*'CPX'. Did you mean CP"):
        credential_terms(TABLES, "CPX")
