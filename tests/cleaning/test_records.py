"""Records: every row is kept or set aside, whatever comes in."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from restated import RESTATED, restated

from analysis.cleaning.pay.column_map import ColumnMap, FileFormat
from analysis.cleaning.pay.pay_cell import Period
from analysis.cleaning.pay.records import CleanedRecords, clean_records
from analysis.cleaning.pay.set_aside import repeated_rows
from analysis.errors import WrongInput
from analysis.schemas.pay import SALARY_COLUMNS

MAP = ColumnMap(
    record_id=("id",),
    pay=("pay",),
    pay_period=("basis",),
    currency=("currency",),
    hours_per_week=("hours",),
    bonus=("bonus",),
    experience=("years",),
    credentials=("cert",),
    setting=("setting",),
    state=("state",),
    remote=("remote",),
    education=("education",),
    job_title=("title",),
    weight=("weight",),
)

ODD = st.one_of(st.none(), st.text(max_size=8))
CELLS = {
    "pay": [
        "$54,200",
        "54-58k",
        "26.05/hr",
        "26.05",
        "4,500/mo",
        "~60K + bonus",
        "N/A",
        "€5",
        "26",
    ],
    "basis": ["annual", "hourly", "", "per week", "whenever"],
    "currency": ["USD", "$", None, "EUR"],
    "hours": ["40", "37.5", "35-40", "lots", None],
    "bonus": ["2,000", "0", None, "some"],
    "years": ["0-2", "8+", "18 months", "2-May", None],
    "cert": [
        "CPC, CCS-P; RHIT",
        "cpc-a",
        "RHIA (expired)",
        "none",
        "AAPC certified",
        "Widget; CPC",
    ],
    "setting": ["Hospital - inpatient", "WFH", "clinic & hospital", "mars", None],
    "state": ["CA", "N. Carolina", "CA, NV", "Ontario", None],
    "remote": ["Y", "2 days/week", "no", "perhaps", None],
    "education": ["Associate's\u00a0 degree", None, "n/a"],
    "title": ["Coder  II", None],
    "weight": ["1", "0.5", "2.25", "-1", "heavy", None],
}


@st.composite
def surveys(draw, odd=True):
    rows = draw(st.integers(0, 12))
    columns = {"id": [str(number) for number in range(rows)]}
    for name, cells in CELLS.items():
        cell = st.one_of(st.sampled_from(cells), ODD) if odd else st.sampled_from(cells)
        columns[name] = draw(st.lists(cell, min_size=rows, max_size=rows))
    return pd.DataFrame(columns, dtype=object)


def cleaned(pay, vocabulary, **columns):
    table = pd.DataFrame({"pay": pay, **columns}, dtype=object)
    column_map = ColumnMap(pay=("pay",), **{name: (name,) for name in columns})
    return clean_records(table, column_map, vocabulary)


@given(survey=surveys())
@settings(max_examples=40, deadline=None)
def test_every_row_is_kept_or_set_aside(vocabulary, survey):
    found = clean_records(survey, MAP, vocabulary)
    assert len(found.salaries) + len(found.set_aside) == len(survey)
    identities = [*found.salaries["record_id"], *found.set_aside["id"]]
    assert sorted(identities) == sorted(survey["id"])
    assert dict(found.salaries.dtypes.astype(str)) == SALARY_COLUMNS
    assert found.set_aside["reason"].notna().all()


@given(survey=surveys())
@settings(max_examples=40, deadline=None)
def test_cleaning_twice_changes_nothing(vocabulary, survey):
    once = clean_records(survey, MAP, vocabulary).salaries
    twice = clean_records(restated(once), RESTATED, vocabulary)
    assert twice.set_aside.empty
    pd.testing.assert_frame_equal(twice.salaries, once)


def test_cleaning_twice_changes_nothing_for_any_amount_and_hours(vocabulary):
    """Pay is kept to the cent a year and restated in its own period: 2,000 drawn amounts."""
    random = np.random.default_rng(7)
    low = random.lognormal(3.3, 0.5, 2_000)
    survey = pd.DataFrame(
        {
            "pay": [f"{pay} - {pay * 3}/hr" for pay in low],
            "hours": random.uniform(1, 100, 2_000).round(3).astype(str),
        }
    )
    column_map = ColumnMap(pay=("pay",), hours_per_week=("hours",))
    once = clean_records(survey, column_map, vocabulary).salaries
    assert len(once) > 1_500
    pd.testing.assert_frame_equal(
        clean_records(restated(once), RESTATED, vocabulary).salaries, once
    )


@given(survey=surveys(), seed=st.integers(0, 99))
@settings(max_examples=25, deadline=None)
def test_the_order_of_rows_does_not_matter(vocabulary, survey, seed):
    order = np.random.default_rng(seed).permutation(len(survey))
    first = clean_records(survey, MAP, vocabulary)
    second = clean_records(survey.iloc[order], MAP, vocabulary)
    by = "record_id"
    pd.testing.assert_frame_equal(
        first.salaries.sort_values(by, ignore_index=True),
        second.salaries.sort_values(by, ignore_index=True),
    )
    aside = [each.set_aside.sort_values("id", ignore_index=True) for each in (first, second)]
    pd.testing.assert_frame_equal(*(each.drop(columns="row") for each in aside))


@given(survey=surveys())
@settings(max_examples=15, deadline=None)
def test_cleaning_leaves_its_argument_as_it_was(vocabulary, survey):
    before = survey.copy(deep=True)
    clean_records(survey, MAP, vocabulary)
    pd.testing.assert_frame_equal(survey, before)


@given(
    frame=st.dictionaries(
        st.text(max_size=5),
        st.lists(
            st.one_of(st.none(), st.integers(), st.floats(), st.booleans(), st.text(max_size=5)),
            min_size=3,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
@settings(max_examples=60, deadline=None)
def test_any_frame_can_be_cleaned_with_any_of_its_columns_as_pay(vocabulary, frame):
    table = pd.DataFrame(frame, dtype=object)
    found = clean_records(table, ColumnMap(pay=(str(table.columns[0]),)), vocabulary)
    assert len(found.salaries) + len(found.set_aside) == len(table)


def test_a_survey_that_loses_a_row_is_refused(vocabulary):
    found = cleaned(["$54,200"], vocabulary)
    with pytest.raises(WrongInput, match="1 are unaccounted for"):
        CleanedRecords(
            salaries=found.salaries,
            set_aside=found.set_aside,
            given=found.given,
            unread=found.unread,
            rows_in=2,
        )


def test_exact_duplicates_are_set_aside_with_the_row_they_repeat(vocabulary):
    table = pd.DataFrame({"pay": ["$54,200", "50k", "$54,200", "$54,200.00", "$54,200"]})
    by = ColumnMap(pay=("pay",), file=FileFormat(equal_rows="set aside"))
    found = clean_records(table, by, vocabulary)
    repeats = found.set_aside[["row", "reason", "repeats_row"]].to_numpy().tolist()
    reason = "repeats an earlier row in every column"
    assert repeats == [[3, reason, 1], [5, reason, 1]]
    assert found.salaries["record_id"].tolist() == ["1", "2", "4"]


@given(
    rows=st.lists(st.tuples(*[st.sampled_from(["a", "b", "", None])] * 3), max_size=20),
)
@settings(max_examples=100, deadline=None)
def test_repeated_rows_are_those_pandas_finds(rows):
    table = pd.DataFrame(rows, columns=["a", "b", "c"], dtype="str")
    assert (repeated_rows(table) >= 0).tolist() == table.duplicated().tolist()


def test_set_aside_rows_come_as_they_were_with_column_and_find(vocabulary):
    found = cleaned(["€54,200"], vocabulary, state=["CA"])
    assert found.set_aside.drop(columns="repeats_row").to_dict("records") == [
        {
            "row": 1,
            "reason": "another currency",
            "column": "pay",
            "found": "€54,200",
            "pay": "€54,200",
            "state": "CA",
        }
    ]


def test_unknown_credentials_are_kept_as_written_and_counted(vocabulary):
    found = cleaned(["50k", "51k"], vocabulary, credentials=["Widget, CPC", "Widget"])
    assert found.salaries["credentials"].tolist()[0] == "CPC"
    assert found.salaries["unknown_credentials"].tolist() == ["Widget", "Widget"]
    assert found.unread.to_numpy().tolist() == [["credentials", "Widget", 2]]


def test_the_remote_column_holds_over_the_setting(vocabulary):
    found = cleaned(
        ["50k", "51k", "52k"],
        vocabulary,
        setting=["WFH", "WFH", "Hospital"],
        remote=["no", None, "hybrid"],
    ).salaries
    assert found["remote"].tolist() == ["no", "yes", "hybrid"]
    assert "remote_contradicts_setting" in found["flags"][0]


def test_hourly_pay_is_annualised_with_stated_hours(vocabulary):
    """20 hours: 26.05 * 52 * 20 = 27,092; without hours 26.05 * 2,080 = 54,184."""
    found = cleaned(["26.05/hr", "26.05/hr"], vocabulary, hours_per_week=["20", None]).salaries
    assert found["annual_pay_usd"].tolist() == [27_092, 54_184]
    assert found["flags"].tolist() == ["", "hours_assumed"]


def test_two_columns_of_pay_are_a_range_and_several_credentials_a_list(vocabulary):
    table = pd.DataFrame(
        {"least": ["$50,000", "60k"], "most": ["$58,000", None], "a": ["CPC", "COC"], "b": "RHIT"}
    )
    column_map = ColumnMap(pay=("least", "most"), credentials=("a", "b"))
    found = clean_records(table, column_map, vocabulary).salaries
    assert found["annual_pay_usd"].tolist() == [54_000, 60_000]
    assert found["credentials"].tolist() == ["CPC; RHIT", "COC; RHIT"]


def test_the_file_says_what_its_columns_leave_out(vocabulary):
    table = pd.DataFrame({"pay": ["26,05"]})
    file = FileFormat(decimal_comma=True, pay_period=Period.HOURLY)
    found = clean_records(table, ColumnMap(pay=("pay",), file=file), vocabulary).salaries
    assert (found["annual_pay_usd"][0], found["flags"][0]) == (54_184, "hours_assumed")
    euros = FileFormat(currency="EUR")
    aside = clean_records(table, ColumnMap(pay=("pay",), file=euros), vocabulary).set_aside
    assert aside["reason"].tolist() == ["another currency"]


def test_a_bad_weight_sets_the_row_aside(vocabulary):
    found = cleaned(["50k"] * 4, vocabulary, weight=["2.5", "-1", "heavy", "0"])
    assert found.salaries["weight"].tolist() == [2.5, 0.0]
    assert found.set_aside["found"].tolist() == ["-1", "heavy"]


def test_a_file_without_pay_keeps_its_rows(vocabulary):
    table = pd.DataFrame({"state": ["CA", "NV"]})
    found = clean_records(table, ColumnMap(state=("state",)), vocabulary)
    assert found.salaries["annual_pay_usd"].isna().all()
    assert len(found.salaries) == 2


def test_a_file_that_is_30_percent_garbage_loses_nothing(vocabulary):
    """3 of 10 rows are garbage of the kinds there are."""
    pay = ["$54,200"] * 7 + ["\x00\x01", "💸💸", "'; DROP TABLE pay; --"]
    rows = [str(number) for number in range(10)]
    found = cleaned(pay, vocabulary, job_title=rows)
    assert (len(found.salaries), len(found.set_aside)) == (7, 3)


def test_columns_of_numbers_are_read_too(vocabulary):
    found = cleaned([54200, 26.05, np.nan], vocabulary)
    assert found.salaries["annual_pay_usd"].tolist() == [54_200, 54_184]
    assert found.set_aside["reason"].tolist() == ["empty row"]


def test_columns_named_as_ours_are_kept_beside_them(vocabulary):
    table = pd.DataFrame({"pay": ["lots"], "reason": ["because"]})
    aside = clean_records(table, ColumnMap(pay=("pay",)), vocabulary).set_aside
    assert aside["reason (given)"].tolist() == ["because"]


def test_a_wrong_map_is_refused_with_the_nearest_name(vocabulary):
    table = pd.DataFrame({"Salary": ["1"], "State": ["CA"]})
    with pytest.raises(WrongInput, match=r'pay = "Salery" \(did you mean "Salary"\?\)'):
        clean_records(table, ColumnMap(pay=("Salery",), state=("State",)), vocabulary)


def test_columns_of_one_name_are_refused(vocabulary):
    table = pd.DataFrame([["1", "2"]], columns=["pay", "pay"])
    with pytest.raises(WrongInput, match="own name"):
        clean_records(table, ColumnMap(pay=("pay",)), vocabulary)
