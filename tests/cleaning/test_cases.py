"""Files as people have them: each in `cases` is of a kind that went wrong once, then more of it.

Without a map a file is cleaned by the one that is guessed.
"""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.cleaning.pay.column_guess import guess_column_map, propose_map
from analysis.cleaning.pay.column_map import parse_column_map, read_column_map
from analysis.cleaning.pay.files import read_records
from analysis.cleaning.pay.own_records import clean_file
from analysis.cleaning.pay.quality import quality_summary
from analysis.cleaning.pay.vocabulary import known_spellings
from analysis.disclosure import summarise
from analysis.errors import WrongInput
from analysis.pay_records import RecordFile
from analysis.studies.areas import Area
from analysis.studies.salary import own_pay

CASES = Path(__file__).parent / "cases"


@pytest.fixture
def case(tmp_path):
    """Clean a case, or text written as one, by a map, the text of one, or the one guessed."""

    def clean(file, *, by=None):
        if "\n" in file:
            place = tmp_path / "own.csv"
            place.write_text(file, encoding="utf-8")
        else:
            place = CASES / file
        if by is None:
            column_map = guess_column_map(read_records(place), known_spellings()).column_map
        elif by.endswith(".toml"):
            column_map = read_column_map(CASES / by)
        else:
            column_map = parse_column_map(by)
        return clean_file(place, column_map)

    return clean


def pay(cleaned):
    """Return pay a year of the rows kept: a number, or the ends of a range."""
    table = cleaned.salaries[["annual_pay_low_usd", "annual_pay_high_usd"]]
    ends = table.itertuples(index=False, name=None)
    return [low if low == high else (low, high) for low, high in ends]


def states(cleaned):
    return cleaned.salaries["state"].fillna("").tolist()


def reasons(cleaned):
    return dict(zip(cleaned.set_aside["row"], cleaned.set_aside["reason"], strict=True))


RIGHT = {
    "01-currency-many.csv": [52_000, 48_500, 66_000],
    "02-title-row.csv": [52_000, 44_000, 68_000],
    "03-job-board-estimates.csv": [
        (45_000, 61_000), (37_440, 49_920), (60_000, 75_000), (39_520, 45_760), (70_000, 85_000),
    ],
    "04-country-after-state.csv": [52_000 + 1_000 * row for row in range(8)],
    "06-jobspy.csv": [(43_680, 57_200), (60_000, 72_000), (37_440, 47_840), (50_400, 57_600)],
    "07-salary-or-hourly.csv": [52_000, 44_720, 24_960, 67_000, 40_040],
    "08-pay-frequency.csv": [52_000, 44_500, 68_000, 91_000, 49_500],
    "10-hourly-header.csv": [54_080, 43_680, 70_720, 58_240],
    "12-without-bonus-header.csv": [52_000, 44_000, 68_000],
    "14-equal-people.csv": [48_500, 48_500, 48_500, 54_250, 54_250, 88_000],
    "15-lower-bounds.csv": [(44_720, 60_320)],
    "19-early-minimum.csv": [13_624, 12_168, 17_472, 18_200, 18_000],
    "21-utf16.txt": [52_000, 44_500],
    "22-summary-rows.csv": [52_000, 56_000, 44_000],
    "24-cover-sheet.xlsx": [52_000, 44_000, 68_000],
    "25-linkedin-postings.csv": [
        (45_760, 58_240), (45_000, 52_000), 68_000, (50_400, 55_200),
    ],
    "28-flag-taken-for-credential.csv": [52_000, 44_000, 68_000],
    "31-hours-and-fte.csv": [52_000, 44_000, 68_000, 52_000],
    "32-narrow-spaces.csv": [52_000, 44_500.50, 68_000],
    "33-repeated-header.csv": [52_000, 44_000, 68_000],
    "34-per-chart.csv": [52_000],
    "36-unit-before-pay.csv": [(62_000, 68_000), 59_280, 52_800, 54_600],
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_pay_of_a_case_by_the_map_that_is_guessed(case, name):
    assert pay(case(name)) == RIGHT[name]


@pytest.mark.parametrize(
    "name", [name for name in RIGHT if (CASES / name).with_suffix(".toml").is_file()]
)
def test_pay_of_a_case_by_its_own_map(case, name):
    assert pay(case(name, by=Path(name).with_suffix(".toml").name)) == RIGHT[name]


def test_every_case_has_its_right_outcome_here():
    files = {place.name for place in CASES.iterdir() if place.suffix in {".csv", ".txt", ".xlsx"}}
    assert files - {"35-weighted.csv"} == RIGHT.keys()


# Currency ---------------------------------------------------------------------------------------


def test_other_currencies_of_a_column_are_set_aside(case):
    assert set(reasons(case("01-currency-many.csv")).values()) == {"another currency"}
    assert list(reasons(case("01-currency-many.csv"))) == [2, 3, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("header", ["Salary (GBP)", "Annual pay in €", "Gehalt / salary, CHF"])
def test_a_currency_in_the_header_holds_for_every_cell(case, header):
    with pytest.raises(WrongInput, match="another currency"):
        case(f'"{header}",State\n52000,OH\n61000,NV\n', by=f'[columns]\npay = "{header}"')


def test_of_two_columns_in_two_currencies_the_one_in_dollars_is_taken(case):
    found = case("Pay (EUR),Pay (USD),State\n48000,52000,OH\n40000,44000,NV\n")
    assert pay(found) == [52_000, 44_000]


@pytest.mark.parametrize("code", ["USD", "US Dollar", "$", "us dollars"])
def test_dollars_in_a_column_of_currencies_are_kept(case, code):
    assert pay(case(f"Pay,Currency\n52000,{code}\n44000,EUR\n")) == [52_000]


# Place ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("02-title-row.csv", ["OH", "NV", "OK"]),
        ("04-country-after-state.csv", ["OH"] * 8),
        ("06-jobspy.csv", ["OH", "NV", "OK", "AZ"]),
        ("21-utf16.txt", ["OH", "NV"]),
        ("25-linkedin-postings.csv", ["OH", "NV", "", "OK"]),
    ],
)
def test_state_of_a_case(case, name, right):
    assert states(case(name)) == right


# Period, unit, base and total -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "cell", "annual"),
    [
        ("Hourly Rate", "26", 54_080),  # 26 * 2,080
        ("Pay per hour", "21.50", 44_720),
        ("Monthly Salary", "4500", 54_000),
        ("Bi-weekly pay", "2000", 52_000),
        ("Salary (in thousands)", "52.5", 52_500),
        ("Annual pay ($000)", "61", 61_000),
        ("Daily rate", "210", 54_600),  # 210 * 260
    ],
)
def test_the_header_of_pay_says_its_unit(case, header, cell, annual):
    assert pay(case(f'Role,"{header}"\nCoder,{cell}\n', by=f'[columns]\npay = "{header}"')) == [
        annual
    ]
    assert pay(case(f'Role,"{header}"\nCoder,{cell}\n')) == [annual]


def test_the_unit_in_a_cell_holds_against_the_header(case):
    assert pay(case("Role,Annual Salary\nCoder,26.05/hr\nBiller,44000\n")) == [54_184, 44_000]


@pytest.mark.parametrize("frequency", ["Biweekly", "Weekly", "Monthly", "Every payday"])
def test_how_often_people_are_paid_is_not_the_period_of_an_annual_column(case, frequency):
    text = f"Annual Salary,Pay Frequency\n52000,{frequency}\n"
    by = '[columns]\npay = "Annual Salary"\npay_period = "Pay Frequency"'
    assert pay(case(text, by=by)) == [52_000]


def test_base_pay_is_taken_before_total_pay(case):
    text = "Base Salary,Total Compensation,Bonus\n52000,60000,3000\n44000,47000,0\n"
    found = case(text)
    assert pay(found) == [52_000, 44_000]
    assert found.salaries["bonus_usd"].tolist()[0] == 3_000


def test_base_and_total_pay_are_never_the_ends_of_a_range(case):
    with pytest.raises(WrongInput, match="base and total pay are never one pay"):
        case(
            "Base Salary,Total Compensation\n52000,60000\n",
            by='[columns]\npay = ["Base Salary", "Total Compensation"]',
        )


def test_total_pay_alone_is_taken_and_flagged(case):
    found = case("Role,Total compensation\nCoder,60000\n")
    assert (pay(found), "total_pay" in found.salaries["flags"][0]) == ([60_000], True)


def test_of_several_years_of_pay_the_newest_is_taken_and_said(case, tmp_path):
    text = "Name,Salary 2023,Salary 2025,Salary 2024\nP1,48000,52000,50000\nP2,40000,44000,42000\n"
    assert pay(case(text)) == [52_000, 44_000]
    assert "2025 is newer" in propose_map(tmp_path / "own.csv")[0]


@pytest.mark.parametrize(
    "ratings",
    ["Salary satisfaction,4\n5\n2", "Fair pay (1-5),4\n5\n2", "Pay score,1\n5\n3"],
)
def test_a_rating_is_no_pay(ratings, tmp_path):
    header, *values = ratings.replace(",", "\n").split("\n")
    (tmp_path / "own.csv").write_text("Role," + header + "\n" + "".join(f"C,{v}\n" for v in values))
    assert not propose_map(tmp_path / "own.csv")[1]


def test_flags_of_no_and_none_are_no_credentials(case):
    found = case("28-flag-taken-for-credential.csv")
    assert found.salaries["credentials"].isna().all()


# Bounds and words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "From $21.50 an hour", "Starting at $21.50 an hour", "From $50,000 a year", "100k+",
        "$50k or more", "starts at $20/hr", "min. $45,000", "at least 60k",
    ],
)  # fmt: skip
def test_lower_bounds_are_always_alike(case, text):
    found = case(f'Role,Salary\nCoder,"{text}"\nBiller,44000\n')
    assert reasons(found) == {1: "a lower bound, not an amount"}


@pytest.mark.parametrize("text", ["Up to $60,000 a year", "under 60k", "max $30/hr", "<60000"])
def test_upper_bounds_are_always_alike(case, text):
    found = case(f'Role,Salary\nCoder,"{text}"\nBiller,44000\n')
    assert reasons(found) == {1: "an upper bound, not an amount"}


@pytest.mark.parametrize(
    "text",
    [
        "$25/hr DOE", "Pay range: $24-$26 per hour", "$25/hr, depending on experience",
        "Salary range $24 - $26/hr (Employer est.)", "$25/hour negotiable", "25/hr D.O.E.",
    ],
)  # fmt: skip
def test_words_of_advertisements_change_no_amount(case, text):
    assert case(f'Role,Salary\nCoder,"{text}"\n').salaries["annual_pay_usd"].tolist() == [52_000]


# Plausible pay ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "kept"),
    [(None, [10_920, 13_624]), (2006, [10_920, 13_624]), (2009, [13_624]), (2024, [])],
)
def test_the_least_plausible_wage_is_the_minimum_wage_of_the_year(case, year, kept):
    """5.25 * 2,080 = 10,920 and 6.55 * 2,080 = 13,624; the minimum was 5.15, 6.55 and 7.25."""
    stated = f"\n[file]\npay_year = {year}" if year else ""
    by = f'[columns]\npay = "Pay"{stated}'
    text = "Pay,Role\n5.25/hr,Clerk\n6.55/hr,Clerk\n40/hr,Coder\n"
    assert pay(case(text, by=by)) == [*kept, 83_200]


def test_the_largest_plausible_pay_is_a_parameter(case):
    text = "Pay,Role\n600000,Surgeon\n52000,Coder\n"
    assert pay(case(text, by='[columns]\npay = "Pay"')) == [52_000]
    by = '[columns]\npay = "Pay"\n[file]\nlargest_annual_usd = 700_000'
    assert pay(case(text, by=by)) == [600_000, 52_000]


def test_an_amount_with_cents_among_annual_pay_cannot_be_told(case):
    """26.05 in a column of annual pay: an hourly wage, or 26,050."""
    found = case("Annual Salary,Role\n52000,Coder\n26.05,Biller\n")
    assert reasons(found) == {2: "an hourly wage or thousands a year, it cannot be told which"}


# Equal rows, summaries, weights, hours ----------------------------------------------------------


def test_equal_rows_without_an_identifier_are_people_and_flagged(case):
    found = case("14-equal-people.csv")
    assert found.salaries["flags"].eq("equals_another_row").tolist() == [
        False, True, True, False, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("ID,Annual Salary\n1,48500\n1,48500\n", 1),
        ("Timestamp,Annual Salary\n4/27/2026 11:02:10,48500\n4/27/2026 11:02:10,48500\n", 1),
        ("Start date,Annual Salary\n4/27/2026,48500\n4/27/2026,48500\n", 2),
    ],
)
def test_an_identifier_or_a_time_stamp_makes_equal_rows_repeats(case, text, rows):
    assert len(case(text).salaries) == rows


def test_the_map_decides_what_equal_rows_are(case):
    by = '[columns]\npay = "Annual Salary"\n[file]\nequal_rows = "set aside"'
    assert pay(case("14-equal-people.csv", by=by)) == [48_500, 54_250, 88_000]
    text = "ID,Annual Salary\n1,48500\n1,48500\n"
    by = '[columns]\nrecord_id = "ID"\npay = "Annual Salary"\n[file]\nequal_rows = "keep"'
    assert len(case(text, by=by).salaries) == 2


def test_summary_rows_are_set_aside_as_such(case):
    assert reasons(case("22-summary-rows.csv")) == dict.fromkeys(
        [4, 5, 6], "a summary of other rows, not a record"
    )


@pytest.mark.parametrize("word", ["Grand Total", "AVERAGE", "Subtotal:", "mean"])
def test_a_word_for_a_summary_beside_numbers_alone_makes_a_summary(case, word):
    found = case(f"Name,Title,Annual Salary,Hours\nP1,Coder,52000,40\n,{word},52000,40\n")
    assert list(reasons(found).values()) == ["a summary of other rows, not a record"]


def test_an_answer_of_average_is_no_summary(case):
    """Somebody calls their own pay average, and says where they work."""
    text = "How is your pay?,Annual Salary,State\naverage,52000,OH\nhigh,61000,NV\n"
    assert pay(case(text)) == [52_000, 61_000]
    often = "View,Annual Salary\n" + "average,52000\n" * 30 + "low,41000\n" * 30
    assert len(case(often).salaries) == 60


@pytest.mark.parametrize(
    ("share", "annual", "flag"),
    [
        ("0.5", 44_000, "full_time_equivalent"),  # 22,000 / 0.5
        ("80%", 27_500, "full_time_equivalent"),
        ("full time", 22_000, ""),
        ("PT", 22_000, "part_time"),
        ("sometimes", 22_000, "fte_unreadable"),
    ],
)
def test_a_share_of_full_time_makes_full_time_pay(case, share, annual, flag):
    by = '[columns]\npay = "Annual Salary"\nfte = "FTE"'
    found = case(f"Annual Salary,FTE\n22000,{share}\n", by=by)
    assert (pay(found), found.salaries["flags"].tolist()) == ([annual], [flag])


def test_rows_are_chosen_by_words_of_a_field(case):
    by = '[columns]\npay = "Annual Salary"\njob_title = "Title"\n[where]\njob_title = "cod(er|ing)"'
    found = case(
        "Title,Annual Salary\nCODER II,52000\nPolice officer,81000\nCoding lead,66000\n", by=by
    )
    assert pay(found) == [52_000, 66_000]
    assert reasons(found) == {2: "not chosen: job_title is not like cod(er|ing)"}


# No success without pay -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Survey of the chapter\nRole,Pay\nCoder,52000\n", [52_000]),
        ("Survey,,\n2026,,\n,,\nRole,Pay,State\nCoder,52000,OH\n", [52_000]),
        (",Pay,,Place\nRole,Min,Max,State\nCoder,50000,54000,OH\n", [(50_000, 54_000)]),
        ('"A title, with a comma",,\nRole,Pay,State\nCoder,52000,OH\n', [52_000]),
    ],
)
def test_the_header_is_found_below_a_title(case, text, right):
    assert pay(case(text)) == right


def test_the_line_of_the_header_can_be_stated(case):
    text = "Role,Pay,State\nrole,pay,state\nCoder,52000,OH\n"
    assert pay(case(text, by='[columns]\npay = "pay"\n[file]\nheader_row = 2')) == [52_000]
    with pytest.raises(WrongInput, match="no names of columns in line 9"):
        case(text, by='[columns]\npay = "pay"\n[file]\nheader_row = 9')


def test_the_sheet_with_the_table_is_read_and_named():
    proposal, has_pay = propose_map(CASES / "24-cover-sheet.xlsx")
    assert has_pay
    assert "# Read from the sheet 'Records'" in proposal
    assert "# The sheet 'Read me' has rows, too." in proposal


@pytest.mark.parametrize(
    ("text", "by", "said"),
    [
        ("Role,State\nCoder,OH\n", '[columns]\nstate = "State"', r"names no pay.*'Role', 'State'"),
        ("Role,Pay\nCoder,well\n", '[columns]\npay = "Pay"', r"No row .* 'well': not an amount"),
        ("Role,Pay\nCoder,12 EUR\n", '[columns]\npay = "Pay"', r"another currency.*header_row"),
    ],
)
def test_a_file_without_pay_is_refused_with_what_was_seen(case, text, by, said):
    with pytest.raises(WrongInput, match=said):
        case(text, by=by)


def test_a_guess_says_of_each_column_why_what_was_read_and_what_was_left():
    proposal, _ = propose_map(CASES / "25-linkedin-postings.csv")
    assert "'normalized_salary', as '52000.0': left out (pay, but the ends of a range" in proposal
    assert "'min_salary', as '22.0': pay (header, 100% of its values read)" in proposal
    proposal, _ = propose_map(CASES / "01-currency-many.csv")
    assert "currency (header, 88% of its values read, not 'Other')" in proposal
    for place in CASES.glob("*.csv"):
        proposal, _ = propose_map(place)
        assert (
            parse_column_map(proposal)
            == guess_column_map(read_records(place), known_spellings()).column_map
        )
        assert all(repr(str(name)) in proposal for name in read_records(place).columns)


def test_a_bound_alone_is_found_as_pay_and_refused_as_no_amount(tmp_path):
    (tmp_path / "own.csv").write_text("Role,Salary\nCoder,100k+\n")
    assert propose_map(tmp_path / "own.csv")[1]


def weighted_case(case):
    return case("35-weighted.csv", by='[columns]\npay = "Annual Salary"\nweight = "Weight"')


def test_the_weight_of_the_map_is_used_on_the_page_of_the_file(case):
    """Six of 9 and eight of 1: half of 62 is reached at 41,500; unweighted it were 61,250."""
    by_setting = quality_summary(weighted_case(case)).by_credential
    assert by_setting.empty  # nothing is mapped to group by
    table = summarise(
        weighted_case(case).salaries.assign(all="x"), by=["all"], value="annual_pay_usd",
        weight="weight",
    )  # fmt: skip
    assert table["p50"].tolist() == [41_500, 41_500]


def test_the_weight_of_the_map_is_used_on_the_salary_page(case):
    found = own_pay(
        RecordFile(table=weighted_case(case).salaries, name="35", sha256="", is_synthetic=False),
        Area(code="US", name="United States", kind="nation", state="US"),
        None,
    )
    assert found.table["median_usd"].dropna().unique().tolist() == [41_500]
    assert found.note.startswith("Weighted by the file's own weights")


@given(
    pay=st.lists(st.integers(20_000, 200_000).map(float), min_size=10, max_size=40),
    times=st.integers(2, 5),
)
@settings(max_examples=50, deadline=None)
def test_a_weight_is_as_good_as_that_many_records(pay, times):
    """A record of weight k moves the quartiles as k records of weight 1 do."""
    weights = [times if place % 3 else 1 for place in range(len(pay))]
    weighed = pd.DataFrame({"group": "x", "pay": pay, "weight": weights})
    repeated = weighed.loc[weighed.index.repeat(weights)].assign(weight=[1.0] * sum(weights))
    repeated.iloc[-1, 2] = 1 + 1e-13  # weights that differ, so that one rule holds for both
    columns = ["p25", "p50", "p75"]
    first, second = (
        summarise(table, by=["group"], value="pay", weight="weight")[columns].to_numpy()
        for table in (weighed, repeated)
    )
    assert (first == second).all()
