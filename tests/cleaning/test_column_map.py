"""The column map: read, checked, written, guessed."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.pay.column_guess import guess_column_map
from analysis.cleaning.pay.column_map import (
    MEANINGS,
    ColumnMap,
    FileFormat,
    format_column_map,
    parse_column_map,
    read_column_map,
)
from analysis.cleaning.pay.pay_cell import Period
from analysis.errors import WrongInput

names = st.text(min_size=1, max_size=12)
single = sorted(set(MEANINGS) - {"pay", "experience", "credentials"})


@st.composite
def column_maps(draw):
    columns = draw(st.dictionaries(st.sampled_from(single), names.map(lambda name: (name,))))
    columns |= {"credentials": tuple(draw(st.lists(names, max_size=3)))}
    columns |= {"pay": tuple(draw(st.lists(names, max_size=2)))}
    file = FileFormat(
        encoding=draw(st.sampled_from([None, "cp1252"])),
        delimiter=draw(st.one_of(st.none(), st.characters(exclude_categories=["Cs"]))),
        decimal_comma=draw(st.booleans()),
        pay_period=draw(st.sampled_from(Period)),
        currency=draw(st.sampled_from(["USD", "EUR"])),
    )
    return ColumnMap(**columns, file=file)


@given(column_maps())
@settings(max_examples=150, deadline=None)
def test_a_map_that_is_written_is_read_again(column_map):
    assert parse_column_map(format_column_map(column_map)) == column_map


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pay = ", "is not TOML"),
        ('[columns]\nsalary = "Pay"', "has 'salary'"),
        ('[columns]\npai = "Pay"', r'did you mean "pay"\?'),
        ("[columns]\npay = 3", "must be a column name or a list"),
        ('[columns]\npay = ["a", "b", "c", "d", "e"]', "at most 4"),
        ('[columns]\nexperience = ["a", "b", "c"]', "at most 2"),
        ("[file]\npay_year = 1066", "a number from 1,990 to 2,100"),
        ("[file]\nheader_row = true", "a number from 1"),
        ('[file]\nequal_rows = "drop"', 'must be "keep" or "set aside"'),
        ('[where]\njob_title = "coder"', "names no column"),
        ('[columns]\njob_title = "T"\n[where]\njob_title = "("', "no regular expression"),
        ("[where]\njob_title = 3", "must be text"),
        ('[file]\ndecimal_comma = "yes"', "must be true or false"),
        ('[file]\npay_period = "bimonthly"', "allowed: hourly"),
        ('[file]\ndelimiter = "::"', "one character"),
        ("columns = 3", "tables"),
    ],
)
def test_a_map_with_a_mistake_is_refused_and_told(text, message):
    with pytest.raises(WrongInput, match=message):
        parse_column_map(text)


@given(
    st.one_of(
        st.text(max_size=60),
        st.text('[columns]\npay="Salary",file=\'{}\\\\#12.', max_size=60),
        st.builds(
            "[{}]\n{} = {}".format,
            st.sampled_from(["columns", "file", "columns.pay", "other"]),
            st.sampled_from(["pay", "encoding", "sheet", "delimiter", "currency", "__class__"]),
            st.sampled_from(["1", "[[]]", "{a = 1}", "1979-05-27", "nan", "true", "''", "'€'"]),
        ),
    )
)
@settings(max_examples=200, deadline=None)
def test_any_text_is_a_map_or_wrong_input(text):
    try:
        assert isinstance(parse_column_map(text), ColumnMap)
    except WrongInput as error:
        assert str(error).startswith(("MAP.toml", "The column map"))


@given(
    st.dictionaries(
        st.sampled_from(["Pay", "State", "Certs", "Weight", "Setting", "Hours", "Exp", "x"]),
        st.lists(st.text(max_size=12), min_size=3, max_size=3),
        max_size=5,
    )
)
@settings(max_examples=60, deadline=None)
def test_a_map_is_proposed_for_any_table(vocabulary, columns):
    table = pd.DataFrame(columns, dtype="str")
    guess = guess_column_map(table, vocabulary)
    assert guess.evidence["column"].tolist() == list(columns)
    assert parse_column_map(format_column_map(guess.column_map)) == guess.column_map


def test_an_absent_map_is_refused(tmp_path):
    with pytest.raises(WrongInput, match="cannot be read"):
        read_column_map(tmp_path / "MAP.toml")


def test_a_map_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "MAP.toml").write_bytes(b'[columns]\npay = "\xe9"')
    with pytest.raises(WrongInput, match="UTF-8"):
        read_column_map(tmp_path / "MAP.toml")


def test_every_absent_column_is_named_at_once():
    column_map = ColumnMap(pay=("Pay",), state=("Land",))
    with pytest.raises(WrongInput, match=r'(?s)pay = "Pay".*state = "Land"'):
        column_map.check(pd.DataFrame({"Salary": []}))


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Annual Salary (USD)", ["$54,200", "52k"], "pay"),
        ("hourlyWage", ["26.05", "27.10"], "pay"),
        ("Pay Frequency", ["Hourly", "Biweekly"], "pay_period"),
        ("Currency", ["USD", "USD"], "currency"),
        ("Weekly hours", ["40", "37.5"], "hours_per_week"),
        ("Yrs Experience", ["8+", "0-2"], "experience"),
        ("Certifications held", ["CPC", "RHIT"], "credentials"),
        ("Employer type", ["Hospital", "clinic"], "setting"),
        ("Work from home?", ["Y", "N"], "remote"),
        ("Location", ["CA", "N. Carolina"], "state"),
        ("Where", ["CA", "NV"], "state"),
        ("Highest degree", ["BA", "HS"], "education"),
        ("Position", ["Coder", "Biller"], "job_title"),
        ("wgt", ["1.5", "0.5"], "weight"),
        ("Employee ID", ["A1", "A2"], "record_id"),
        ("Comments", ["fine", "too hot"], ""),
        ("Salary satisfaction", ["very", "not at all"], ""),
    ],
)
def test_a_column_is_guessed_by_header_and_values(header, values, field, vocabulary):
    evidence = guess_column_map(pd.DataFrame({header: values}), vocabulary).evidence
    assert evidence["field"].tolist() == [field]


def test_minimum_and_maximum_are_guessed_as_the_ends_of_a_range(vocabulary):
    table = pd.DataFrame({"Max salary": ["58000", "60000"], "Min salary": ["54000", "52000"]})
    guess = guess_column_map(table, vocabulary)
    assert guess.column_map.pay == ("Min salary", "Max salary")


def test_decimal_commas_are_guessed_from_the_pay(vocabulary):
    table = pd.DataFrame({"Salary": ["54.200,00", "52.000"], "State": ["CA", "NV"]})
    guess = guess_column_map(table, vocabulary)
    assert guess.column_map.file.decimal_comma
    assert not guess_column_map(table.head(0), vocabulary).column_map.file.decimal_comma


def test_the_better_of_two_columns_is_guessed(vocabulary):
    table = pd.DataFrame(
        {"Salary note": ["n", "50k", "no", "50k"], "Salary": ["1k", "2k", "3k", "4k"]}
    )
    assert guess_column_map(table, vocabulary).column_map.pay == ("Salary",)
