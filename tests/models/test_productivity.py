"""Own coding speed from a log of coded records: by hand, by laws, and refused where it is wrong."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from analysis.cleaning.coding_log import read_log
from analysis.cli import app
from analysis.errors import WrongInput
from analysis.models.staffing.productivity import own_rate, own_rates

HEAD = "coder,date,type,records"
rows = st.lists(
    st.tuples(st.floats(1, 200), st.floats(30, 480), st.sampled_from("abcd")),
    min_size=2,
    max_size=40,
)


@pytest.fixture
def log(tmp_path):
    def written(text):
        file = tmp_path / "log.csv"
        file.write_text(text, encoding="utf-8")
        return file

    return written


def test_three_coders_by_hand():
    """18, 20 and 22 a day: 20, error 2 / sqrt(3) = 1.155; t(2; 90 %) = 2.920, so 16.6 to 23.4."""
    found = own_rate([18, 20, 22], [480] * 3, ["a", "b", "c"])
    assert found.value == 20
    assert found.se == pytest.approx(2 / 3**0.5)
    assert (found.low, found.high) == pytest.approx((16.628, 23.372), abs=0.001)


def test_a_rate_is_the_ratio_of_totals_not_the_mean_of_rates():
    """10 records in 60 minutes and 10 in 180: 20 in 240 are 40 in 480, not (80 + 26.7) / 2."""
    assert own_rate([10, 10], [60, 180], ["a", "b"]).value == 40


@given(rows=rows, split=st.floats(0.1, 0.9))
@settings(max_examples=50, deadline=None)
def test_how_a_coders_work_is_cut_into_rows_changes_nothing(rows, split):
    records, minutes, coders = (list(column) for column in zip(*rows, strict=True))
    whole = own_rate(records, minutes, coders)
    cut = own_rate(
        [*(split * each for each in records), *((1 - split) * each for each in records)],
        [*(split * each for each in minutes), *((1 - split) * each for each in minutes)],
        coders * 2,
    )
    assert cut.value == pytest.approx(whole.value)
    assert cut.se == (None if whole.se is None else pytest.approx(whole.se, abs=1e-6))


def test_days_of_eight_hours_stand_for_minutes_that_are_not_logged(log):
    found = read_log(
        log(f"{HEAD}\nA,2026-03-02,inpatient,18\nB,3/2/2026,IP,22\nC,2026-03-02,ER,70\n")
    )
    rates = own_rates(found).set_index("type")["records_per_8_hours"]
    assert rates.to_dict() == {"inpatient": 20, "ed": 70}


def test_a_row_without_records_is_one_record(log):
    found = read_log(log("coder,date,type,minutes\nA,2026-03-02,ed,6\nA,2026-03-02,ed,10\n"))
    assert own_rates(found)["records_per_8_hours"].item() == pytest.approx(480 / 8)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "must be a CSV file"),
        ("coder,date,type\nA,2026-03-02,ed\n", "columns coder, date, type, and records or minutes"),
        (f"{HEAD}\n", "a row for each record"),
        (f"{HEAD}\nA,2026-03-02,dental,3\n", "row 2: type must be inpatient, outpatient or ed"),
        (f"{HEAD}\nA,2026-03-02,ed,3\nA,31.3.2026,ed,3\n", "row 3: date must be a day"),
        (f"{HEAD}\nA,2026-03-02,ed,many\n", "row 2: records must be a number above 0"),
        (f"{HEAD}\nA,2026-03-02,ed,0\n", "row 2: records must be a number above 0"),
        (f"{HEAD}\n,2026-03-02,ed,3\n", "row 2: coder must be a name"),
        (f"{HEAD}\nA,2026-03-02,ed,3,9\n", "as many fields in each row"),
        (f"{HEAD},Records\nA,2026-03-02,ed,3,4\n", "name each column once"),
        (f"{HEAD}\nA,2026-03-02,ed,3\nA,2026-03-02,ip,3\n", "A did on 2026-03-02"),
    ],
)
def test_a_log_that_makes_no_sense_is_refused_with_the_row(log, text, message):
    with pytest.raises(WrongInput, match=message):
        read_log(log(text))


def test_a_file_that_is_no_text_or_not_there_is_refused(log, tmp_path):
    file = log("")
    file.write_bytes(b"\xff\xfe\x00\x81coder")
    with pytest.raises(WrongInput, match="must be a CSV file in UTF-8"):
        read_log(file)
    with pytest.raises(WrongInput, match="There is no file"):
        read_log(tmp_path / "none.csv")


def test_the_command_prints_rates_and_how_to_use_them(log):
    text = f"{HEAD}\n" + "".join(
        f"{c},2026-03-0{d},inpatient,{20 + d}\n" for c in "ABC" for d in (2, 3)
    )
    told = CliRunner().invoke(app, ["productivity", str(log(text))])
    assert told.exit_code == 0
    assert "inpatient: 22.5 records in 8 hours (90% interval 22.5 to 22.5)" in told.output
    assert "workforce report staffing -p inpatient_speed=22.5-22.5" in told.output


def test_a_single_day_has_a_rate_and_no_interval(log):
    found = own_rates(read_log(log(f"{HEAD}\nA,2026-03-02,ed,80\n")))
    assert found["records_per_8_hours"].item() == 80
    assert pd.isna(found["low"].item())
    assert found["note"].item() == "no interval: one coder on one day"
