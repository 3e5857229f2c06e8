"""Credentials as people write them."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restated import format_certification

from analysis.cleaning.pay.certification import (
    Certification,
    credential_names,
    parse_certification,
)
from analysis.cleaning.pay.words import Unreadable
from analysis.errors import WrongInput

HELD = [
    ("CPC, CCS-P; RHIT", ["CCS-P", "CPC", "RHIT"]),
    ("C.P.C.", ["CPC"]),
    ("cpc-a", ["CPC-A"]),
    ("CPC - A", ["CPC-A"]),
    ("CPC (apprentice)", ["CPC-A"]),
    ("AAPC certified", ["AAPC (not named)"]),
    ("CPC (AAPC)", ["CPC"]),
    ("AAPC: CPC, COC", ["COC", "CPC"]),
    ("CPC CCS", ["CCS", "CPC"]),
    ("CPC / CIC and CRC", ["CIC", "CPC", "CRC"]),
    ("CPC w/ CRC", ["CPC", "CRC"]),
    ("Certified Professional Coder (CPC)", ["CPC"]),
    ("CPC since 2015", ["CPC"]),
    ("CCS P", ["CCS-P"]),
    ("CPC-H", ["COC"]),  # the name of the COC until 2015
    ("rn, cpc", ["CPC", "RN"]),
]
UNKNOWN = [
    "Epic certified",
    "failed CPC",
    "not CPC",
    "AHIMA",
    "certified",
    "expired",
    "took CPC class",
]


@pytest.mark.parametrize(("text", "names"), HELD)
def test_credentials_are_read(text, names, vocabulary):
    found = parse_certification(text, vocabulary.credentials)
    assert [each.name for each in found.credentials] == names
    assert found.unknown == ()


@pytest.mark.parametrize("text", UNKNOWN)
def test_what_is_not_understood_is_kept_as_written_and_never_guessed(text, vocabulary):
    found = parse_certification(text, vocabulary.credentials)
    assert found == Certification(unknown=(text,))


def test_body_level_and_status_are_told(vocabulary):
    found = parse_certification("cpc-a, RHIA (expired)", vocabulary.credentials).credentials
    assert [(each.body, each.level, each.status) for each in found] == [
        ("AAPC", "apprentice", "current"),
        ("AHIMA", "full", "expired"),
    ]


@pytest.mark.parametrize("text", ["former CPC", "CPC - lapsed", "CPC (inactive)"])
def test_a_credential_may_be_no_longer_held(text, vocabulary):
    (held,) = parse_certification(text, vocabulary.credentials).credentials
    assert (held.name, held.status) == ("CPC", "expired")


@pytest.mark.parametrize("text", ["studying for CPC", "CPC pending", "CPC exam scheduled"])
def test_a_credential_being_studied_for_is_not_held(text, vocabulary):
    found = parse_certification(text, vocabulary.credentials)
    assert (found.credentials, found.in_progress) == ((), ("CPC",))


@pytest.mark.parametrize("text", ["none", "Not certified", "no"])
def test_none_is_an_answer(text, vocabulary):
    assert parse_certification(text, vocabulary.credentials) == Certification(says_none=True)


def test_a_blank_cell_is_no_answer(vocabulary):
    with pytest.raises(Unreadable, match="not stated"):
        parse_certification(" n/a ", vocabulary.credentials)


def test_an_alias_of_two_credentials_is_refused():
    table = pd.DataFrame(
        {"alias": ["CPC", "C.P.C."], "credential": ["CPC", "CIC"], "body": "AAPC", "level": "full"}
    )
    with pytest.raises(WrongInput, match=r"'C\.P\.C\.' is read as 'cpc'"):
        credential_names(table)


parts = st.sampled_from(
    [
        "CPC",
        "cpc-a",
        "RHIA (expired)",
        "AAPC certified",
        "Widget",
        "studying for CCS",
        "none",
        "COC",
    ]
)


@given(st.lists(parts, min_size=1, max_size=4), st.sampled_from([", ", "; ", " / "]))
@settings(max_examples=200, deadline=None)
def test_credentials_that_are_written_are_read_again(vocabulary, names, separator):
    found = parse_certification(separator.join(names), vocabulary.credentials)
    assert parse_certification(format_certification(found), vocabulary.credentials) == found


@given(st.one_of(st.text(max_size=40), st.text("CPAHIMRTcs-,;/() expired&not", max_size=30)))
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_parser_raise_anything_but_its_own_error(vocabulary, text):
    try:
        found = parse_certification(text, vocabulary.credentials)
    except Unreadable:
        return
    assert found != Certification()
