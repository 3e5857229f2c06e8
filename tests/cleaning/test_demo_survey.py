"""The demonstration survey: synthetic, always the same, and cleaned without loss."""

import runpy

import pandas as pd
from restated import RESTATED, restated

from analysis.cleaning.pay.column_guess import guess_column_map
from analysis.cleaning.pay.column_map import read_column_map
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.flags import Flag, flag_name
from analysis.cleaning.pay.records import clean_records
from analysis.sources import RAW

FOLDER = RAW / "demo_survey"
COLUMN_MAP = read_column_map(FOLDER / "columns.toml")
SURVEY = read_records(FOLDER / "demo_survey_synthetic.csv", COLUMN_MAP.file)


def test_the_survey_says_in_every_row_that_it_is_synthetic():
    assert SURVEY["Respondent"].str.startswith("SYNTHETIC-").all()


def test_the_survey_is_what_its_generator_makes():
    made = runpy.run_path(str(RAW.parents[1] / "scripts" / "make_demo_survey.py"))
    again = made["messy_survey"](made["ROWS"], seed=made["SEED"], published=made["published"]())
    pd.testing.assert_frame_equal(again.mask(again.eq("")), SURVEY)


def test_no_row_is_lost_and_most_are_kept(vocabulary):
    found = clean_records(SURVEY, COLUMN_MAP, vocabulary)
    assert len(found.salaries) + len(found.set_aside) == len(SURVEY) == 2_400
    assert len(found.salaries) > 2_160  # 9 in 10; some 6 in 100 have no usable pay by design


def test_cleaning_it_twice_changes_nothing(vocabulary):
    once = clean_records(SURVEY, COLUMN_MAP, vocabulary).salaries
    twice = clean_records(restated(once), RESTATED, vocabulary)
    pd.testing.assert_frame_equal(twice.salaries, once)


def test_it_is_dirty_in_the_ways_that_cleaning_knows(vocabulary):
    found = clean_records(SURVEY, COLUMN_MAP, vocabulary)
    flags = set("; ".join(found.salaries["flags"].unique()).split("; "))
    absent = {flag_name(flag) for flag in Flag} - flags
    assert absent <= {
        "range_reordered",
        "period_from_pay",
        "hours_range",
        "bonus_percent",
        "bonus_included",
        "bonus_unreadable",
        "extras_not_counted",
        "several_settings",
        "record_id_repeated",
        "equals_another_row",  # it has an identifier
        "full_time_equivalent",
        "part_time",
        "fte_unreadable",
        "total_pay",
    }


def test_its_map_is_the_one_that_would_be_guessed(vocabulary):
    assert guess_column_map(SURVEY, vocabulary).column_map == COLUMN_MAP
