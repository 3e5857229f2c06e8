"""The OEWS release: published values, and what suppression, top codes and footnotes become."""

from pathlib import Path

import pandas as pd
import pytest

from analysis import processed, sources
from analysis.cleaning.oews.flat import clean_oews
from analysis.errors import WrongInput
from analysis.schemas.table import checked
from analysis.schemas.wages import Wages

OEWS = sources.RAW / "oews"
CELL = "OEUN0000000000000292072"


@pytest.fixture(scope="module")
def coders() -> pd.DataFrame:
    """The rows of 29-2072 over all industries, by area."""
    wages = processed.read("wages")
    of_all = wages["occupation_code"].eq("29-2072") & wages["industry_code"].eq("000000")
    return wages[of_all].set_index("area_code")


@pytest.mark.parametrize(
    ("measure", "published"),
    [
        ("employment", 194_720),
        ("employment_rse_pct", 1.1),
        ("mean_hourly_wage_usd", 27.30),
        ("mean_wage_usd", 56_790),
        ("mean_wage_rse_pct", 0.4),
        ("p10_wage_usd", 37_000),
        ("p25_wage_usd", 43_490),
        ("median_wage_usd", 51_140),
        ("p75_wage_usd", 64_820),
        ("p90_wage_usd", 81_150),
    ],
)
def test_the_nation_has_the_figures_the_bls_published(coders, measure, published):
    """BLS oe.data, May 2025, series OEUN0000000000000292072xx."""
    assert coders.loc["US", measure] == published


def test_every_area_it_was_published_for_is_there(coders):
    """May 2025: 50 states, DC, Guam and Puerto Rico; 507 metropolitan and other local areas."""
    assert coders["area_type"].value_counts().to_dict() == {
        "metropolitan": 375,
        "nonmetropolitan": 132,
        "state": 53,
        "nation": 1,
    }


def test_vermonts_employment_is_missing_and_flagged_not_zero(coders):
    vermont = coders.loc["VT"]
    assert pd.isna(vermont["employment"])
    assert vermont["is_employment_suppressed"]
    assert vermont["median_wage_usd"] == 57_560
    assert not vermont["is_wage_suppressed"]
    assert vermont["footnotes"] == "8"


def test_28_areas_have_collapsed_percentiles(coders):
    """Measured on the release: 28 of 560 areas have two equal neighbouring percentiles."""
    assert coders["is_collapsed"].sum() == 28


@pytest.fixture
def release(tmp_path):
    """Write a tiny release whose lines are given; the code lists are the real ones."""

    def write(*lines: str, footnote: str | None = None) -> pd.DataFrame:
        data = tmp_path / "oe.data"
        header = "series_id\tyear\tperiod\tvalue\tfootnote_codes"
        data.write_text("\n".join([header, *lines]) + "\n")
        notes = OEWS / "oe.footnote"
        if footnote is not None:
            notes = tmp_path / "oe.footnote"
            notes.write_text(f"footnote_code\tfootnote_text\n{footnote}\n")
        return clean(data, notes)

    return write


def clean(data: Path, footnote: Path):
    return clean_oews(
        data,
        area=OEWS / "oe.area",
        industry=OEWS / "oe.industry",
        occupation=OEWS / "oe.occupation",
        footnote=footnote,
        states=sources.RAW / "geography" / "states.csv",
    )


def test_a_top_coded_wage_is_kept_as_its_bound_and_named(release):
    """Footnote 5: at or above $115.00 an hour or $239,200 a year."""
    cleaned = release(
        f"{CELL}14\t2025\tA01\t201000\t", f"{CELL}15\t2025\tA01\t-\t5", f"{CELL}10\t2025\tA01\t-\t5"
    )
    row = checked(cleaned.table, Wages).iloc[0]
    assert row["p90_wage_usd"] == 239_200
    assert row["p90_hourly_wage_usd"] == 115
    assert row["top_coded"] == "p90_hourly_wage_usd; p90_wage_usd"
    assert row["is_top_coded"]
    assert not row["is_collapsed"]


def test_two_top_coded_percentiles_are_not_called_collapsed(release):
    cleaned = release(f"{CELL}14\t2025\tA01\t-\t5", f"{CELL}15\t2025\tA01\t-\t5")
    assert not cleaned.table["is_collapsed"].iloc[0]


def test_the_top_code_is_read_from_the_releases_own_footnote(release):
    cleaned = release(
        f"{CELL}15\t2025\tA01\t-\t5",
        footnote="5\tThis wage is equal to or greater than $120.00 per hour or $249,600 per year.",
    )
    assert cleaned.table["p90_wage_usd"].iloc[0] == 249_600


def test_a_release_whose_top_code_cannot_be_read_is_refused(release):
    with pytest.raises(WrongInput, match="must say the top code as"):
        release(f"{CELL}15\t2025\tA01\t-\t5", footnote="5\tVery high.")


def test_series_that_cannot_be_read_are_set_aside_with_their_reason(release):
    cleaned = release(
        f"{CELL}01\t2025\tA01\t194720\t",
        f"{CELL}99\t2025\tA01\t1\t",
        f"{CELL}1\t2025\tA01\t1\t",
        f"{CELL}13\t2025\tA01\tmany\t",
    )
    assert (cleaned.rows_in, cleaned.rows_kept) == (4, 1)
    assert cleaned.set_aside["reason"].tolist() == [
        "unknown data type",
        "series id is not 25 characters long",
        "value is neither a number nor -",
    ]


def test_a_series_that_is_there_twice_stops_the_cleaning(release):
    line = f"{CELL}01\t2025\tA01\t194720\t"
    with pytest.raises(WrongInput, match="holds 1 series more than once for May 2025"):
        release(line, line)


def test_padding_as_in_the_agencys_files_is_trimmed(release):
    cleaned = release(f"{CELL}01     \t2025\tA01\t      194720\t ")
    assert cleaned.table["employment"].iloc[0] == 194_720


def test_percentiles_out_of_order_break_the_schema(release):
    cleaned = release(f"{CELL}11\t2025\tA01\t60000\t", f"{CELL}13\t2025\tA01\t51140\t")
    with pytest.raises(WrongInput, match="percentiles do not fall"):
        checked(cleaned.table, Wages)


def test_wages_in_thousands_by_mistake_break_the_schema(release):
    cleaned = release(f"{CELL}13\t2025\tA01\t51.14\t")
    with pytest.raises(WrongInput, match="median_wage_usd: greater_than_or_equal_to"):
        checked(cleaned.table, Wages)
