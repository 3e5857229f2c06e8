"""Kinds of figures: derived from how far they were verified, never official by default."""

from typing import get_args

import pytest

from analysis.estimate import KIND_OF, VERIFICATION, Estimate, Kind, kind_of
from analysis.figures.theme import KIND_COLORS
from analysis.reporting.metrics import KIND_NAMES
from analysis.studies.lookup import Citation


def test_no_figure_is_official_unless_it_says_so():
    with pytest.raises(TypeError, match="kind"):
        Estimate(value=84.0, unit="percent")


def test_only_what_was_read_at_its_owner_is_official():
    assert [mark for mark in VERIFICATION if kind_of(mark) == "official"] == ["read in source"]


def test_what_a_page_quotes_is_third_party_and_what_is_recalled_an_assumption():
    assert kind_of("third party") == "third party"
    assert kind_of("claim") == "vendor figure"
    assert kind_of("unverified", made_as="member survey") == "assumption"


def test_a_guide_s_figure_is_never_promoted_by_being_read():
    assert kind_of("read in source", made_as="guide") == "guide"


def test_every_kind_has_one_name_and_one_color():
    kinds = set(get_args(Kind))
    assert set(KIND_NAMES) == set(KIND_COLORS) == kinds
    assert set(KIND_OF.values()) <= kinds


@pytest.mark.parametrize("weak", VERIFICATION)
def test_two_sources_are_as_good_as_the_weaker_one(weak):
    best = Citation(source="A", verification=VERIFICATION[0])
    assert (best + Citation(source="B", verification=weak)).verification == weak
