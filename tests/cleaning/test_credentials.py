"""Credential figures: what is read out of cells that hold more than one thing."""

import pytest

from analysis import processed


def test_dues_are_split_into_full_and_student():
    """AAPC 2026, through a page quoting it: 222 professional, 157 student."""
    row = processed.read("credentials").set_index("credential").loc["CPC"]
    assert (row["membership_usd_per_year"], row["student_membership_usd_per_year"]) == (222, 157)
    assert row["verification"] == "third party"


@pytest.mark.parametrize(
    ("year", "certified", "not_certified"),
    [
        (2009, 44_750, 38_290),
        (2019, 55_923, 42_015),
        (2021, 60_097, 47_200),
        (2024, 66_979, 55_721),
    ],
)
def test_member_surveys_give_certified_and_not_certified_by_year_asked(
    year, certified, not_certified
):
    """AAPC salary surveys; the report of 2025 asked in 2024."""
    rows = processed.read("member_salaries").set_index(["survey_year", "group"])["value"]
    assert rows[(year, "certified")] == certified
    assert rows[(year, "not certified")] == not_certified


def test_a_median_among_means_is_called_one():
    rows = processed.read("member_salaries")
    cpc = rows[rows["survey_year"].eq(2024) & rows["group"].eq("CPC")]
    assert cpc["measure"].tolist() == ["median"]


def test_ranges_keep_both_ends_and_words_stay_words():
    rows = processed.read("automation_evidence").set_index("item")
    leaders = rows.loc["direct-to-bill share, inpatient, leaders"]
    assert (leaders["value_low"], leaders["value_high"]) == (30, 45)
    assert leaders["verification"] == "claim"
    words = rows[rows["value_text"].eq("significantly shorter")].iloc[0]
    assert words[["value_low", "value_high"]].isna().all()
