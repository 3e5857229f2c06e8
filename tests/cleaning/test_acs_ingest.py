"""Person records of the ACS: what is read, what is set aside, what is refused.

The rows here are made up. With real files: ACS_2024_OCCUPATIONS, ACS_2024_ALABAMA and
ACS_2011_REPLICATES name three public extracts (see docs/adding-a-data-source.md).
"""

import io
import os
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.cleaning.acs.ingest import IngestedPersons, ingest_acs
from analysis.errors import WrongInput
from analysis.models.survey import replicate_total, weighted_mean, weighted_quantile
from analysis.schemas.acs import AcsPersons

CODER = {
    "SERIALNO": "2024HU0000001",
    "SPORDER": 1,
    "STATE": "01",
    "PUMA": "00300",
    "PWGTP": 79,
    "ADJINC": 1015250,
    "AGEP": 47,
    "SEX": 2,
    "SCHL": 20,
    "COW": 1,
    "ESR": 1,
    "INDP": "8191",
    "NAICSP": "622M",
    "OCCP": "3515",
    "WKHP": 40,
    "WKWN": 52,
    "JWTRNS": 11,
    "WAGP": 48000,
}
CHILD = {
    **CODER,
    "SPORDER": 2,
    "AGEP": 4,
    **dict.fromkeys(("COW", "ESR", "INDP", "NAICSP", "OCCP", "WKHP", "WKWN", "JWTRNS", "WAGP"), ""),
}
NURSE = {**CODER, "SERIALNO": "2024HU0000002", "OCCP": "3255", "WAGP": 90000, "JWTRNS": 1}


def csv_of(rows: list[dict]) -> bytes:
    return pd.DataFrame(rows).to_csv(index=False).encode()


@pytest.fixture
def ingest(tmp_path):
    """Write rows (or bytes) as a file and ingest it: the result and its table."""

    def run(
        rows: list[dict] | bytes, name: str = "psam_p01.csv", **options
    ) -> tuple[IngestedPersons, pd.DataFrame]:
        content = rows if isinstance(rows, bytes) else csv_of(rows)
        (tmp_path / name).write_bytes(content)
        done = ingest_acs(tmp_path / name, folder=tmp_path / "out", **options)
        return done, pd.read_parquet(done.place)

    return run


def test_a_coder_is_read_in_dollars_of_the_year_and_in_words(ingest):
    """48,000 x 1.015250 = 48,732."""
    done, table = ingest([CODER, CHILD, NURSE], occupations=[3515])
    assert done.vintage == "2024"
    assert table.loc[0].dropna().to_dict() == {
        "survey_year": 2024,
        "serial_number": "2024HU0000001",
        "person_number": 1,
        "state": "AL",
        "puma": "00300",
        "occupation_census_code": "3515",
        "industry_census_code": "8191",
        "naics_code": "622M",
        "wage_reported_usd": 48000.0,
        "income_adjustment": 1.01525,
        "wage_usd": 48732.0,
        "is_wage_top_coded": False,
        "hours_per_week": 40.0,
        "is_hours_top_coded": False,
        "weeks_worked_low": 52.0,
        "weeks_worked_high": 52.0,
        "age_years": 47,
        "sex": "female",
        "education": "associate's degree",
        "class_of_worker": "employee, private for-profit",
        "employment_status": "civilian employed, at work",
        "travel_to_work": "worked from home",
        "works_from_home": True,
        "person_weight": 79,
    }


def test_every_record_is_kept_set_aside_or_of_another_occupation(ingest):
    vacant = {**CODER, "SERIALNO": "2024HU0000003", "SPORDER": "", "PWGTP": 0}
    done, _ = ingest([CODER, CHILD, NURSE, vacant], occupations=[3515])
    counted = (done.rows_in, done.rows_kept, done.rows_set_aside, done.rows_other_occupations)
    assert counted == (4, 1, 1, 2)
    apart = pd.read_parquet(done.set_aside_place)
    assert apart["reason"].tolist() == ["no person: SPORDER or PWGTP is empty or 0"]
    assert apart["serial_number"].tolist() == ["2024HU0000003"]


def test_what_was_not_asked_is_missing_and_never_zero(ingest):
    _, table = ingest([CHILD])
    child = table.loc[0]
    for column in ("wage_usd", "hours_per_week", "weeks_worked_low", "travel_to_work"):
        assert pd.isna(child[column]), column
    assert pd.isna(child["works_from_home"])


def test_no_wage_is_zero_and_not_missing(ingest):
    assert ingest([{**CODER, "WAGP": 0}])[1]["wage_usd"].tolist() == [0.0]


def test_the_census_api_writes_what_was_not_asked_as_codes_and_a_factor_with_a_point(ingest):
    row = {**CODER, "WAGP": -1, "WKHP": 0, "WKWN": 0, "JWTRNS": 0, "NAICSP": "*", "ADJINC": 1.01525}
    _, table = ingest([row], occupations=[3515])
    assert table["income_adjustment"].tolist() == [1.01525]
    columns = ["wage_usd", "hours_per_week", "weeks_worked_low", "travel_to_work", "naics_code"]
    assert table[columns].isna().all(axis=None)


def test_older_names_and_classes_of_weeks_are_read(ingest):
    """WKW 3 is 40 to 47 weeks; JWTR and ST were the names to 2018 and 2022."""
    old = {
        {"STATE": "ST", "WKWN": "WKW", "JWTRNS": "JWTR"}.get(name, name): value
        for name, value in CODER.items()
    }
    old |= {"SERIALNO": "2017000000016", "WKW": 3, "JWTR": 4}
    done, table = ingest([old], occupations=[3515])
    assert done.vintage == "2017"
    read = table.loc[0, ["weeks_worked_low", "weeks_worked_high", "travel_to_work"]]
    assert read.tolist() == [40.0, 47.0, "subway or elevated rail"]


def test_a_release_of_before_2017_needs_its_year(ingest):
    old = {**CODER, "SERIALNO": "0000337"}
    with pytest.raises(WrongInput, match=r"does not say its year.*--year 2016"):
        ingest([old])
    assert ingest([old], year=2011)[0].vintage == "2011"


def test_a_year_that_is_not_the_files_is_refused(ingest):
    with pytest.raises(WrongInput, match="is of 2024 by its serial numbers, not of --year 2023"):
        ingest([CODER], year=2023)


def test_a_five_year_file_is_one_vintage(ingest):
    done, _ = ingest([CODER, {**NURSE, "SERIALNO": "2020HU0000009"}])
    assert done.vintage == "2020-2024"


def test_the_wage_that_a_state_shares_at_the_top_is_noted_as_top_coded(ingest):
    """The Census Bureau gives all wages over a state's threshold their mean, so they agree."""
    people = [
        {**NURSE, "SERIALNO": f"2024HU{number:07d}", "WAGP": wage}
        for number, wage in enumerate([90000, 419000, 419000, 419000, 80000], start=10)
    ]
    done, table = ingest([*people, {**CODER, "WAGP": 419000}, CHILD], occupations=[3515])
    assert table["is_wage_top_coded"].tolist() == [True]
    _, table = ingest([*people, CODER], occupations=[3515])
    assert table["is_wage_top_coded"].tolist() == [False]
    assert done.rows_in == 7


def test_99_hours_are_noted_as_a_bound(ingest):
    _, table = ingest([{**CODER, "WKHP": 99}])
    assert table[["hours_per_week", "is_hours_top_coded"]].loc[0].tolist() == [99.0, True]


def replicated(row: dict) -> dict:
    return {**row, **{f"PWGTP{number}": number - 3 for number in range(1, 81)}}


def test_all_80_replicate_weights_are_kept_even_below_zero(ingest):
    done, table = ingest([replicated(CODER)], occupations=[3515])
    assert done.has_replicate_weights
    weights = [table[f"replicate_weight_{number}"].iloc[0] for number in range(1, 81)]
    assert weights == list(range(-2, 78))


def test_some_of_the_replicate_weights_are_refused(ingest):
    row = replicated(CODER)
    del row["PWGTP17"]
    with pytest.raises(WrongInput, match=r"79 of the 80 replicate weights; PWGTP17 is the first"):
        ingest([row])


def test_without_adjinc_the_adjusted_wage_is_missing_unless_the_factor_is_given(ingest):
    row = {name: value for name, value in CODER.items() if name != "ADJINC"}
    done, table = ingest([row])
    assert not done.has_adjusted_wages
    assert table["wage_usd"].isna().all() and table["wage_reported_usd"].tolist() == [48000.0]
    assert ingest([row], income_adjustment=1.01525)[1]["wage_usd"].tolist() == [48732.0]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"WAGP": "48k"}, r"WAGP is no whole number: 48k \(SERIALNO 2024HU0000001\)"),
        ({"COW": 12}, r"COW has a code that is not in data/raw/acs/person_codes.csv: 12"),
        ({"STATE": 99}, r"STATE is no state of data/raw/geography/states.csv: 99"),
        ({"SEX": ""}, "SEX is empty"),
        ({"ADJINC": ""}, "ADJINC is no number: empty"),
    ],
)
def test_a_cell_that_cannot_be_read_refuses_the_file_and_writes_nothing(
    ingest, tmp_path, change, said
):
    with pytest.raises(WrongInput, match=said):
        ingest([{**CODER, **change}, NURSE])
    assert not list((tmp_path / "out").rglob("*"))


def test_such_records_can_be_set_aside_as_they_were_found(ingest):
    done, table = ingest([{**CODER, "WAGP": "48k"}, NURSE], set_unreadable_aside=True)
    assert table["occupation_census_code"].tolist() == ["3255"]
    apart = pd.read_parquet(done.set_aside_place)
    assert apart[["wage", "reason"]].loc[0].tolist() == ["48k", "WAGP is no whole number: 48k"]


def test_a_person_there_twice_is_refused(ingest, tmp_path):
    with pytest.raises(WrongInput, match="SERIALNO 2024HU0000001, SPORDER 1 2 times"):
        ingest([CODER, NURSE, CODER])
    assert not list((tmp_path / "out").rglob("*"))


def test_a_schema_that_does_not_hold_leaves_the_last_good_table(ingest):
    done, _ = ingest([CODER])
    before = done.place.read_bytes()
    with pytest.raises(WrongInput, match="hours_per_week: less_than_or_equal_to"):
        ingest([{**CODER, "WKHP": 100}])
    assert done.place.read_bytes() == before
    assert [path.name for path in done.place.parent.iterdir() if path.is_file()] == [
        done.place.name
    ]


@pytest.mark.parametrize(
    ("drop", "said"),
    [
        (["WAGP"], "lacks the column WAGP"),
        (["JWTRNS", "WKWN"], "lacks the column WKWN or WKW, JWTRNS or JWTR"),
    ],
)
def test_a_missing_column_is_named(ingest, drop, said):
    with pytest.raises(WrongInput, match=said):
        ingest([{name: value for name, value in CODER.items() if name not in drop}])


def test_a_file_that_spans_a_change_of_codes_is_named_for_what_it_is(ingest):
    row = {name: value for name, value in CODER.items() if name != "OCCP"}
    with pytest.raises(WrongInput, match="has OCCP10, OCCP12: a five-year file that spans"):
        ingest([row | {"OCCP10": "3540", "OCCP12": "3540"}])


def test_a_housing_file_is_named_for_what_it_is(ingest):
    with pytest.raises(WrongInput, match=r"it holds housing units. Give the persons file"):
        ingest([{"SERIALNO": "2024HU0000001", "NP": 2, "WGTP": 80}])


def test_soc_codes_in_place_of_census_codes_are_refused(ingest):
    with pytest.raises(WrongInput, match=r"occupations \(OCCP\) that are no codes of digits"):
        ingest(
            [{**CODER, "SERIALNO": f"2024HU{n:07d}", "OCCP": "29-2072"} for n in range(500)],
            occupations=[3515],
        )


def test_an_occupation_that_nobody_has_is_refused(ingest):
    with pytest.raises(WrongInput, match=r"None of the 2 records .* has occupation 3550"):
        ingest([CODER, CHILD], occupations=[3550])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (csv_of([CODER]).splitlines()[0] + b"\n", "has a header but no record"),
        (csv_of([CODER, NURSE])[:-30], "it was cut off. Fetch it again"),
        (b"<!DOCTYPE html><html>Access denied</html>\n", "is a web page, not data"),
        (b"PK\x03\x04broken", "is a broken zip: it was cut off"),
        (b"SERIALNO," + b"x" * 3_000_000, "is no comma-separated file"),
    ],
)
def test_a_file_that_is_no_release_is_named_for_what_it_is(ingest, content, said):
    with pytest.raises(WrongInput, match=said):
        ingest(content)


def test_a_line_with_too_many_fields_is_refused_with_its_place(ingest):
    lines = csv_of([CODER, NURSE, CHILD]).splitlines()
    lines[2] += b",1,2"
    with pytest.raises(WrongInput, match=r"cannot be read as a release has it.*[Ll]ine: 3"):
        ingest(b"\n".join(lines) + b"\n")


def zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def test_a_zip_with_several_parts_is_one_release(ingest):
    parts = {
        "psam_pusa.csv": csv_of([CODER, CHILD]),
        "psam_pusb.csv": csv_of([{**CODER, "SERIALNO": "2024GQ0000005"}, NURSE]),
        "ACS2024_PUMS_README.pdf": b"%PDF",
    }
    done, table = ingest(zipped(parts), name="csv_pus.zip", occupations=[3515])
    assert done.files == ("csv_pus.zip:psam_pusa.csv", "csv_pus.zip:psam_pusb.csv")
    assert done.rows_in == 4
    assert table["serial_number"].tolist() == ["2024GQ0000005", "2024HU0000001"]


def test_a_member_that_would_lie_elsewhere_is_unpacked_in_place(ingest, tmp_path):
    done, _ = ingest(zipped({"../../psam_p01.csv": csv_of([CODER])}), name="csv_pal.zip")
    assert done.rows_kept == 1
    assert not (tmp_path.parent / "psam_p01.csv").exists()


def test_a_zip_whose_packed_content_was_altered_is_refused(ingest):
    """Blocks of type 3, which deflate has not."""
    content = bytearray(zipped({"psam_p01.csv": csv_of([CODER, CHILD])}))
    start = 30 + len("psam_p01.csv")  # after the member's local header
    content[start : start + 20] = b"\xff" * 20
    with pytest.raises(WrongInput, match=r"is a broken zip: .*Fetch it again"):
        ingest(bytes(content), name="csv_pal.zip")


def test_a_zip_bomb_is_refused_while_it_unpacks(ingest, monkeypatch):
    monkeypatch.setattr("analysis.cleaning.acs.person_files.RATIO_MATTERS_BYTES", 2**20)
    bomb = zipped({"psam_p01.csv": csv_of([CODER]) + b"\n" * 2**24})
    with pytest.raises(WrongInput, match="unpacks to over"):
        ingest(bomb, name="csv_pal.zip")


@pytest.mark.parametrize("name", ["psam_p01.csv", "psam_p01.parquet"])
def test_text_and_parquet_give_the_same_table(ingest, tmp_path, name):
    rows = [replicated(CODER), replicated(CHILD), replicated(NURSE)]
    _, expected = ingest(rows, occupations=[3515, 3255])
    pd.read_csv(io.BytesIO(csv_of(rows))).to_parquet(tmp_path / "p.parquet")
    content = (tmp_path / "p.parquet").read_bytes() if name.endswith("parquet") else csv_of(rows)
    _, table = ingest(content, name=name, occupations=[3515, 3255])
    pd.testing.assert_frame_equal(table, expected)


@pytest.mark.parametrize(
    "content",
    [
        csv_of([CODER, NURSE]).replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + csv_of([CODER, NURSE]),
        csv_of([CODER, NURSE]).rstrip(),
        csv_of([CODER, NURSE]) + b"\n\n",
        csv_of([CODER, {**NURSE, "NAICSP": '62,"2'}]),
        csv_of([CODER, {**NURSE, "OCCP": "3255.0"}])
        .replace(b"3515", b"3515.0")
        .replace(b"OCCP", b"occp"),
    ],
    ids=["CRLF", "byte order mark", "no last line end", "blank lines", "quotes", "lower case"],
)
def test_the_same_records_are_read_however_the_lines_are_written(ingest, content):
    done, table = ingest(content, occupations=[3515])
    assert (done.rows_in, done.rows_kept) == (2, 1)
    assert table["wage_usd"].tolist() == [48732.0]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(["3515", "0350", "350", "3255", "3510", ""]), st.integers(0, 9)),
        min_size=1,
        max_size=40,
    ),
    st.sampled_from([3515, 350]),
)
def test_lines_are_narrowed_without_losing_or_adding_a_record(ingest, drawn, occupation):
    """Looking into whole lines must find what looking into the column finds."""
    rows = [
        {**NURSE, "SERIALNO": f"2024HU{350 + number:07d}", "OCCP": code, "WAGP": 35150 + tail}
        for number, (code, tail) in enumerate(drawn)
    ]
    expected = [row["SERIALNO"] for row in rows if row["OCCP"].lstrip("0") == str(occupation)]
    if not expected:
        with pytest.raises(WrongInput, match="None of the"):
            ingest(rows, occupations=[occupation])
        return
    done, table = ingest(rows, occupations=[occupation])
    assert done.rows_in == len(rows)
    assert table["serial_number"].tolist() == expected


anything = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\r"), max_size=12
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.dictionaries(st.sampled_from([*CODER, "PWGTP7"]), anything, max_size=3),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([(), (3515,)]),
)
def test_no_text_in_a_cell_does_more_than_set_its_record_aside(ingest, changes, occupations):
    """Kept, set aside and other occupations make up all records, or the file is refused."""
    rows = [
        {**replicated(CODER), "SERIALNO": f"2024HU{number:07d}", **change}
        for number, change in enumerate(changes)
    ]
    try:
        done, table = ingest(rows, occupations=occupations, set_unreadable_aside=True)
    except WrongInput:
        return
    counted = done.rows_kept + done.rows_set_aside + done.rows_other_occupations
    assert done.rows_in == counted == len(rows)
    assert done.rows_kept == len(table)
    assert len(pd.read_parquet(done.set_aside_place)) == done.rows_set_aside


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(6)))
def test_the_order_of_the_records_does_not_matter(ingest, order):
    rows = [{**CODER, "SERIALNO": f"2024HU{number:07d}", "WAGP": 1000 * number} for number in order]
    _, table = ingest(rows)
    assert table["wage_reported_usd"].tolist() == [1000.0 * number for number in range(6)]


def given_file(variable: str) -> Path:
    """Name a real file, or skip the test with a notice."""
    if not os.environ.get(variable):
        pytest.skip(f"{variable} does not name a file")
    return Path(os.environ[variable])


def test_the_extract_of_2024_has_1977_medical_records_specialists(tmp_path):
    """Own tabulation of the same records, all 1,977 of them."""
    file = given_file("ACS_2024_OCCUPATIONS")
    done = ingest_acs(file, occupations=[3515], folder=tmp_path, income_adjustment=1.01525)
    table = pd.read_parquet(done.place)
    assert (done.rows_in, done.rows_kept, done.rows_set_aside) == (15_416, 1_977, 0)
    employed = table["employment_status"].isin(
        ["civilian employed, at work", "civilian employed, with a job but not at work"]
    )
    assert (employed.sum(), table.loc[employed, "person_weight"].sum()) == (1_637, 163_162)
    full_time = table[
        employed
        & ~table["class_of_worker"].str.startswith(("self-employed", "without pay"))
        & (table["wage_reported_usd"] > 0)
        & (table["hours_per_week"] >= 35)
        & (table["weeks_worked_low"] >= 50)
    ]
    median = weighted_quantile(full_time["wage_reported_usd"], full_time["person_weight"], 0.5)
    assert (len(full_time), median) == (1_414, 48_000)
    at_work = table[employed & table["travel_to_work"].notna()]
    share = weighted_mean(at_work["works_from_home"].astype(float), at_work["person_weight"])
    assert share == pytest.approx(0.4751784)
    assert set(AcsPersons.to_schema().columns) == set(table)


AGES = [(0, 4), (5, 9), (10, 14), (15, 19), (20, 24), (25, 34), (35, 44), (45, 54), (55, 59)]
AGES += [(60, 64), (65, 74), (75, 84), (85, 120)]
ALABAMA = [285826, 309193, 333702, 357459, 337208, 648343, 659705, 624920, 308624]
ALABAMA += [338634, 560025, 300833, 93227]


def test_alabama_of_2024_agrees_with_the_table_of_the_census_bureau(tmp_path):
    """PUMS Estimates for User Verification 2024, persons, total and 13 age groups."""
    done = ingest_acs(given_file("ACS_2024_ALABAMA"), folder=tmp_path)
    table = pd.read_parquet(done.place)
    assert done.persons == 5_157_699
    found = [
        table.loc[table["age_years"].between(low, high), "person_weight"].sum()
        for low, high in AGES
    ]
    assert found == ALABAMA
    assert table.loc[table["is_wage_top_coded"], "wage_reported_usd"].unique() == [419_000]


def test_totals_that_the_census_bureau_controls_have_no_sampling_error(tmp_path):
    """Alaska 722,718 and Hawaii 1,374,810 in 2011, standard error 0 with all 80 replicates."""
    file, full = given_file("ACS_2011_REPLICATES"), tmp_path / "psam_p.csv"
    absent = ", ".join(f"NULL AS {name}" for name in ("OCCP", "WAGP", "WKHP", "WKW", "SCHL", "COW"))
    duckdb.sql(
        f"COPY (SELECT *, {absent}, NULL AS INDP, NULL AS JWTR FROM '{file}') TO '{full}' (HEADER)"
    )
    table = pd.read_parquet(ingest_acs(full, folder=tmp_path / "out", year=2011).place)
    for state, total in {"AK": 722_718, "HI": 1_374_810}.items():
        rows = table[table["state"] == state]
        weights = rows.filter(like="replicate_weight_")
        estimate = replicate_total([1] * len(rows), rows["person_weight"], weights)
        assert (estimate.value, estimate.se) == (total, 0)
