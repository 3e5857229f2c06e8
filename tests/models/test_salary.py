"""What a job pays in a place, and where an offer stands."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import processed
from analysis.disclosure import MINIMUM_RECORDS
from analysis.errors import WrongInput
from analysis.pay_records import RecordFile
from analysis.studies import salary
from analysis.studies.areas import find_area, state_codes
from analysis.studies.pay import curve_error
from analysis.studies.salary import median_interval, own_pay

TABLES = processed.Tables()
WAGES = TABLES["wages"]
PLACES = ["US", "47900", *state_codes(WAGES, "29-2072")]


@pytest.fixture(scope="module")
def california():
    return salary.Salary(TABLES, area="CA", offer_usd=61_810)


def test_an_offer_at_the_published_median_stands_at_half(california):
    """BLS, OEWS May 2025, California, 29-2072: median 61,810."""
    found = california.offer_percentile
    assert found.value == pytest.approx(50)
    assert found.low < 50 < found.high


@given(low=st.floats(20_000, 150_000), more=st.floats(1, 50_000))
@settings(max_examples=30, deadline=None)
def test_a_higher_offer_never_stands_lower(california, low, more):
    pay = california.pay.distribution
    assert pay.percentile_of(low + more) >= pay.percentile_of(low)


def test_national_prices_divide_by_the_parity(california):
    """61,810 / 1.1072 = 55,826 (BEA, price parity of California 2024: 110.720)."""
    assert california.median_at_national_prices.value == pytest.approx(55_826, abs=1)


@pytest.mark.parametrize("area", ["GU", "PR"])
def test_a_territory_has_no_price_parity_and_says_so(area):
    adjusted = salary.Salary(TABLES, area=area).median_at_national_prices
    assert adjusted.value is None
    assert "no price parity" in adjusted.note


def test_price_adjusted_ranks_leave_the_territories_out():
    found = salary.Salary(TABLES, area="GU", price_adjusted=True)
    ranked = found.states.table.dropna(subset=["rank"])
    assert not {"GU", "PR"} & set(ranked["area_code"])
    assert found.state_rank.value is None
    assert ranked["median_wage_national_prices_usd"].is_monotonic_decreasing


def test_the_rank_lies_within_its_range(california):
    rank = california.state_rank
    assert rank.low <= rank.value <= rank.high
    assert rank.unit == "of 53 states and territories"
    assert rank.kind == "model"


@pytest.mark.parametrize("area", PLACES)
def test_every_place_has_a_study_and_every_missing_figure_a_reason(area):
    found = salary.Salary(TABLES, area=area, offer_usd=60_000)
    for figure in found.key_figures():
        assert figure.estimate.value is not None or figure.estimate.note
    assert "nan" not in found._repr_html_().lower().replace("financ", "")


@pytest.mark.parametrize("occupation", sorted(WAGES["occupation_code"].unique()))
def test_every_occupation_has_a_study(occupation):
    found = salary.Salary(TABLES, occupation=occupation)
    assert found.median_wage.value > 0
    assert found.bands.is_missing == (occupation != "29-2072")


def test_an_unknown_area_is_refused():
    with pytest.raises(WrongInput, match="area must be"):
        salary.Salary(TABLES, area="ZZ")


def test_hold_out_errors_are_those_measured_before():
    """Methods, 2.2: 532 areas whose percentiles differ, median 1.07 %, 90th percentile 3.1 %."""
    table = curve_error(WAGES, area=find_area(WAGES, "US")).table.set_index("areas")
    row = table.loc["whose percentiles differ"]
    assert row["n"] == 532
    assert row["median_absolute_error_pct"] == pytest.approx(1.07, abs=0.05)
    assert row["p90_absolute_error_pct"] == pytest.approx(3.1, abs=0.1)


def test_the_national_hold_out_error_is_that_measured_before():
    """Methods, 2.2: implied mean 56,040 against the published 56,790, -1.3 %."""
    assert curve_error(WAGES, area=find_area(WAGES, "US")).own.value == pytest.approx(
        -1.3, abs=0.05
    )


def test_an_area_without_percentiles_has_no_hold_out_error_but_a_reason():
    """BLS does not release the wages of 29-2072 in one metropolitan area of May 2025."""
    rows = WAGES[WAGES["occupation_code"].eq("29-2072") & WAGES["is_wage_suppressed"]]
    here = find_area(WAGES, rows[rows["industry_code"].eq("000000")]["area_code"].iloc[0])
    own = curve_error(WAGES, area=here).own
    assert own.value is None
    assert own.note.startswith("No test: ")


def records_of(pay: dict[str, list[float]], *, name: str = "own.parquet") -> RecordFile:
    """Records of CA with the pay given, by setting."""
    rows = [
        {"setting": setting, "state": "CA", "annual_pay_usd": usd}
        for setting, amounts in pay.items()
        for usd in amounts
    ]
    table = pd.DataFrame(rows, columns=["setting", "state", "annual_pay_usd"]).assign(weight=1.0)
    return RecordFile(table=table, name=name, sha256="0", is_synthetic="synthetic" in name)


def test_own_pay_at_the_published_median_stands_at_half(california):
    """BLS, OEWS May 2025, California: 61,810. Eleven records about it have it as their median."""
    pay = [61_810 + 100 * step for step in range(-5, 6)]
    own = own_pay(
        records_of({"hospital": pay}), find_area(WAGES, "CA"), california.pay.distribution
    )
    row = own.table.set_index("setting").loc["hospital"]
    assert (row["records"], row["median_usd"]) == (11, 61_810)
    assert row["official_percentile"] == pytest.approx(50)


def test_the_median_of_ten_lies_between_the_second_and_the_ninth():
    """Conover, table A3: for n = 10, P(X <= 1) = 11/1024 = 0.011 and P(X <= 2) = 0.055."""
    assert median_interval(pd.Series([float(n) for n in range(1, 11)])) == (2, 9)


@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_no_setting_of_few_own_records_can_be_worked_out(sizes):
    pay = {f"setting {n}": [50_000.0 + m for m in range(size)] for n, size in enumerate(sizes)}
    own = own_pay(records_of(pay), find_area(WAGES, "US"), None)
    if sum(sizes) < MINIMUM_RECORDS:
        assert "fewer than 10 records" in own.reason
        return
    shown = own.table.set_index("setting")["records"].dropna()
    hidden = sum(sizes) - shown.drop("All", errors="ignore").sum() if "All" in shown else 0
    assert (shown >= MINIMUM_RECORDS).all()
    assert hidden == 0 or hidden >= MINIMUM_RECORDS


def test_own_records_of_another_state_do_not_count():
    own = own_pay(records_of({"hospital": [50_000.0] * 20}), find_area(WAGES, "TX"), None)
    assert own.reason == "own.parquet has fewer than 10 records of pay from TX."


def test_made_up_records_are_called_so():
    file = records_of({"hospital": [50_000.0] * 20}, name="demo_synthetic.parquet")
    assert own_pay(file, find_area(WAGES, "CA"), None).source.startswith("SYNTHETIC records")
