"""A file of pay records, end to end: tables, page, and nothing written when it cannot be read."""

import re

import pandas as pd
import pytest

from analysis import sources
from analysis.cleaning.pay.column_guess import propose_map
from analysis.errors import WrongInput
from analysis.reporting.runs import Run
from analysis.reporting.survey import write_cleaned

DEMO = sources.RAW / "demo_survey"
FILE, COLUMNS = DEMO / "demo_survey_synthetic.csv", DEMO / "columns.toml"
RUN = Run(run_id="1", started_at="2026-11-22 06:00 UTC", code_version="0")


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory):
    return write_cleaned(FILE, columns=COLUMNS, out=tmp_path_factory.mktemp("out"), run=RUN)


def test_every_row_ends_in_exactly_one_of_the_two_tables(cleaned):
    """The demonstration file has 2,400 rows below its header."""
    kept, aside = pd.read_parquet(cleaned.salaries), pd.read_parquet(cleaned.set_aside)
    assert len(kept) + len(aside) == cleaned.rows_in == 2_400
    assert (len(kept), len(aside)) == (cleaned.rows_kept, cleaned.rows_set_aside)
    assert aside["reason"].ne("").all()


def test_the_page_says_what_happened_and_that_the_records_are_synthetic(cleaned):
    html = cleaned.page.read_text()
    assert f"{cleaned.rows_kept:,} were kept" in html
    assert "Synthetic records: no person in them exists." in html
    assert "another currency" in html


def test_the_page_leads_to_no_list_of_reports_since_none_lies_beside_it(cleaned):
    assert ".html" not in "".join(re.findall(r'href="([^"]*)"', cleaned.page.read_text()))


def test_a_proposed_map_finds_the_columns_of_the_demonstration_file():
    proposed, _ = propose_map(FILE)
    assert 'pay = "What are you paid?"' in proposed
    assert 'credentials = "Credentials"' in proposed


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ('[columns]\npay = "Salary"\n', "Salary"),
        ('[columns]\npayment = "What are you paid?"\n', "payment"),
        ("[columns", "TOML"),
    ],
)
def test_a_wrong_map_is_refused_and_nothing_is_written(tmp_path, columns, said):
    (tmp_path / "map.toml").write_text(columns)
    with pytest.raises(WrongInput, match=said):
        write_cleaned(FILE, columns=tmp_path / "map.toml", out=tmp_path / "out", run=RUN)
    assert not (tmp_path / "out").exists()
