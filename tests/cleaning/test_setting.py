"""Settings, remote work and states as people write them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.pay.setting import parse_remote, parse_setting
from analysis.cleaning.pay.state import parse_states
from analysis.cleaning.pay.words import Unreadable


@pytest.mark.parametrize(
    ("text", "names", "remote"),
    [
        ("Hospital - inpatient", ("hospital inpatient",), ""),
        ("WFH", (), "yes"),
        ("Dr's office", ("physician office",), ""),
        ("insurance/payer", ("insurer",), ""),
        ("RCM vendor", ("billing company",), ""),
        ("Hospital (remote)", ("hospital",), "yes"),
        ("hospital, on-site", ("hospital",), "no"),
        ("Hybrid - physician's office", ("physician office",), "hybrid"),
        ("hospital & clinic", ("hospital", "physician office"), ""),
        ("I work in a hospital", ("hospital",), ""),
    ],
)
def test_settings_are_read(text, names, remote, vocabulary):
    found = parse_setting(text, vocabulary.settings)
    assert (found.settings, found.remote) == (names, remote)


@pytest.mark.parametrize("text", ["mars", "hospital on mars", "WFH, in the office", ""])
def test_a_setting_that_is_not_understood_is_refused(text, vocabulary):
    with pytest.raises(Unreadable):
        parse_setting(text, vocabulary.settings)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Y", "yes"),
        ("TRUE", "yes"),
        ("100%", "yes"),
        ("WFH", "yes"),
        ("5 days/week", "yes"),
        ("no", "no"),
        ("on-site", "no"),
        ("0 days", "no"),
        ("hybrid", "hybrid"),
        ("3 days", "hybrid"),
        ("2-3 days/week", "hybrid"),
        ("50% remote", "hybrid"),
    ],
)
def test_remote_work_is_read(text, answer, vocabulary):
    assert parse_remote(text, vocabulary.settings) == answer


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("CA", "CA"),
        ("california", "CA"),
        ("Calif.", "CA"),
        ("Washington DC", "DC"),
        ("Washington, D.C.", "DC"),
        ("Washington", "WA"),
        ("N. Carolina", "NC"),
        ("State of Ohio", "OH"),
        ("CA, NV", "CA NV"),
        ("CA NV AZ", "AZ CA NV"),
        ("NY/NJ", "NJ NY"),
        ("CA or NV", "CA NV"),
        ("Kansas, Missouri", "KS MO"),
        ("Kansas City, MO", "MO"),
        ("Austin, TX 78701", "TX"),
        ("New York, NY", "NY"),
        ("CA, Nevada", "CA NV"),
        ("OK, LA", "LA OK"),  # not Okla.
        ("OK LA", "LA OK"),
        ("Washington, DC 20001", "DC"),
        ("Remote (TX)", "TX"),
        ("Puerto Rico", "PR"),
    ],
)
def test_states_are_read(text, states, vocabulary):
    assert " ".join(parse_states(text, vocabulary.states)) == states


@pytest.mark.parametrize(
    "text", ["Ontario", "USA", "all 50", "Kansas City", "Indiana, PA", "ca nv", ""]
)
def test_a_state_that_is_not_understood_is_refused(text, vocabulary):
    with pytest.raises(Unreadable):
        parse_states(text, vocabulary.states)


@given(
    st.one_of(
        st.text(max_size=40), st.text("hospital remote,/-%0123 days CANVwash.dc", max_size=30)
    )
)
@settings(max_examples=400, deadline=None)
def test_no_text_makes_the_parsers_raise_anything_but_their_own_error(vocabulary, text):
    for parse, names in (
        (parse_setting, vocabulary.settings),
        (parse_remote, vocabulary.settings),
        (parse_states, vocabulary.states),
    ):
        try:
            parse(text, names)
        except Unreadable:
            continue


def test_any_two_postal_codes_are_read_as_two_states(vocabulary):
    postal = sorted(set(vocabulary.states.meanings.values()))
    for first in postal:
        for second in postal:
            both = tuple(sorted({first, second}))
            is_city = (first, second) in {("LA", "CA"), ("SD", "CA")}  # Los Angeles, San Diego
            for between in (" ",) if is_city else (", ", " ", "/"):
                assert parse_states(f"{first}{between}{second}", vocabulary.states) == both


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Dayton OH", "OH"), ("Winston-Salem, NC, US", "NC"), ("New York NY", "NY"),
        ("KC, MO", "MO"), ("Tulsa, Oklahoma, United States", "OK"), ("Reno/NV/USA", "NV"),
        ("Mesa, AZ 85201-1234, U.S.A.", "AZ"), ("Ontario, CA", "CA"), ("Washington DC", "DC"),
    ],
)  # fmt: skip
def test_a_city_a_zip_code_and_the_country_are_passed_over(text, state, vocabulary):
    assert parse_states(text, vocabulary.states) == (state,)


@pytest.mark.parametrize(
    "text",
    ["Toronto, ON, CA", "Toronto, Ontario, CA", "ON, CA", "Bengaluru, KA, IN", "LA, CA", "SD/CA"],
)
def test_a_code_of_a_city_or_of_another_country_is_never_a_state(text, vocabulary):
    with pytest.raises(Unreadable, match=r"state in no alias table|a city of that name"):
        parse_states(text, vocabulary.states)


@pytest.mark.parametrize("text", ["United States", "USA", "Remote, US"])
def test_the_country_alone_states_no_state(text, vocabulary):
    with pytest.raises(Unreadable, match="not stated"):
        parse_states(text, vocabulary.states)


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_settings_and_states_that_are_written_are_read_again(vocabulary, data):
    meanings = vocabulary.settings.aliases.meanings.values()
    known = sorted({each.partition("|")[0] for each in meanings} - {""})
    chosen = tuple(sorted(data.draw(st.sets(st.sampled_from(known), min_size=1, max_size=3))))
    assert parse_setting("; ".join(chosen), vocabulary.settings).settings == chosen
    postal = sorted(set(vocabulary.states.meanings.values()))
    states = tuple(sorted(data.draw(st.sets(st.sampled_from(postal), min_size=1, max_size=3))))
    assert parse_states("; ".join(states), vocabulary.states) == states
