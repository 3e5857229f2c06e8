"""Pay of high-school graduates and coders by age, from the table or an ingested file."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis import processed
from analysis.errors import WrongInput
from analysis.studies import roi
from analysis.studies.areas import find_area
from analysis.studies.earnings_profiles import (
    adjusted_gaps,
    certified_gap_pct,
    check_person,
    coder_pay,
    high_school_pay,
)
from analysis.studies.person_profiles import person_profiles

TABLES = processed.Tables()
NATION, ALABAMA = (find_area(TABLES["wages"], code) for code in ("US", "AL"))


class WithFile(dict):
    """The tables beside an ingested file of person records."""

    persons_path: Path


def persons(wage_usd: float) -> pd.DataFrame:
    """Forty women and forty men of Alabama in each ten years of age, all paid alike."""
    ages = np.repeat([20, 27, 32, 37, 42, 47, 52, 57, 62], 80)
    return pd.DataFrame(
        {
            "survey_year": 2024,
            "state": "AL",
            "occupation_census_code": "4110",
            "wage_usd": wage_usd,
            "hours_per_week": 40.0,
            "weeks_worked_low": 52.0,
            "age_years": ages,
            "sex": np.tile(["female", "male"], ages.size // 2),
            "education": "high school diploma",
            "employment_status": "civilian employed, at work",
            "person_weight": 100,
        }
    )


@pytest.fixture
def with_file(tmp_path):
    """Tables beside a file in which everybody of Alabama earns 30,000."""
    tables = WithFile({name: TABLES[name] for name in TABLES})
    tables.persons_path = tmp_path / "acs_persons_2024.parquet"
    persons(30_000.0).to_parquet(tables.persons_path)
    return tables


def test_pay_by_age_is_in_dollars_of_the_survey_year():
    """35,000 as answered at 25 to 34, times 1.01525, beside a federal threshold of 36,082."""
    rows = TABLES["earnings_profiles"]
    cell = rows[
        rows["state"].eq("US")
        & rows["worker_group"].eq("high_school_only")
        & rows["universe"].eq("labor_force")
        & rows["sex"].eq("all")
        & rows["age_low"].eq(25)
        & rows["age_high"].eq(34)
    ]
    assert cell["median_wage_usd"].item() == pytest.approx(35_533.75)


def test_who_is_at_school_until_25_does_not_lower_the_pay_of_who_is_25():
    """Medians of 18,274.50 to 24 and 33,503.25 from 25 to 29."""
    profile = high_school_pay(TABLES, place=NATION, sex="all", hours="all")
    assert (profile.at(24), profile.at(25)) == pytest.approx((18_274.5, 33_503.25))


def test_a_states_profile_meets_its_own_medians_in_the_middle_of_ten_years():
    """Alabama, 45 to 54: 40,000 x 1.01525, over the 42,640.50 of the nation."""
    profile = high_school_pay(TABLES, place=ALABAMA, sex="all", hours="all")
    nation = high_school_pay(TABLES, place=NATION, sex="all", hours="all")
    times = profile.at(50) / nation.at(50)
    assert times == pytest.approx(40_610 / 42_640.5, rel=1e-3)


def test_men_who_code_are_too_few_by_age_and_take_the_profile_of_all():
    men, every = (
        coder_pay(TABLES, sex=sex, hours="full_time", times=1.0)[0] for sex in ("men", "all")
    )
    assert men == every


def test_the_adjusted_gaps_change_sign_once_sex_is_held_fixed():
    """-0.0534 and +0.1075 log points: -5.2 and +11.3 %; 90 % from exp(0.1075 +- 1.645 x 0.0208)."""
    table = adjusted_gaps(TABLES).table.set_index("id")
    assert table["gap_pct"].round(1).tolist() == [-5.2, 11.3, 37.3]
    row = table.loc["coders_by_age_sex"]
    assert (row["gap_low_pct"], row["gap_high_pct"]) == pytest.approx((7.6, 15.2), abs=0.06)


def test_the_certified_earn_an_eighth_more_at_the_same_schooling():
    """CPS 2015: 825 / 742."""
    gap, row = certified_gap_pct(TABLES)
    assert gap == pytest.approx(100 * (825 / 742 - 1))
    assert row["verification"] == "third party"


def test_an_ingested_file_is_used_for_the_state_it_holds_and_is_named(with_file):
    profile = high_school_pay(with_file, place=ALABAMA, sex="women", hours="full_time")
    nation = high_school_pay(with_file, place=NATION, sex="women", hours="full_time")
    own = [profile.at(age) for age in (30, 40, 50, 60)]
    assert own == pytest.approx([30_000] * 4, rel=0.02)
    assert "counted in acs_persons_2024.parquet (1 state)" in profile.source
    assert "acs_persons" not in nation.source
    study = roi.study(with_file, area="AL", draws=100)
    assert any("acs_persons_2024.parquet" in note for note in study.notes)


def test_a_file_that_changes_is_counted_anew(with_file):
    path = with_file.persons_path
    first = person_profiles(path, path.stat().st_mtime_ns)
    persons(36_000.0).to_parquet(path)
    second = person_profiles(path, path.stat().st_mtime_ns + 1)
    assert (first["median_wage_usd"].max(), second["median_wage_usd"].max()) == (30_000, 36_000)


def test_cells_of_fewer_than_thirty_persons_are_left_out(tmp_path):
    path = tmp_path / "acs_persons_2024.parquet"
    persons(30_000.0).groupby("age_years").head(20).to_parquet(path)
    found = person_profiles(path, 0)
    assert found["persons_sampled"].min() >= 30
    assert set(found["sex"]) == {"all", "women", "men"}  # of 25 to 64, eighty each


@pytest.mark.parametrize(
    ("person", "message"),
    [
        ((17, "all", "all"), "start_age must lie within 18 to 60"),
        ((25, "female", "all"), "sex must be all or women or men"),
        ((25, "all", "part"), "hours must be all or full_time"),
    ],
)
def test_a_person_the_profiles_do_not_hold_is_refused(person, message):
    with pytest.raises(WrongInput, match=message):
        check_person(*person)
