"""Official tables other than the release: published values, and the traps in them."""

import pandas as pd
import pytest

from analysis import processed
from analysis.cleaning import official
from analysis.cleaning.cited import Cleaned, all_kept
from analysis.errors import WrongInput
from analysis.schemas import guide, outlook
from analysis.schemas.table import checked


@pytest.mark.parametrize(
    ("period", "code", "base", "projected", "growth_pct", "openings"),
    [
        ("2016-26", "29-2071", 206_300, 234_100, 13.5, 15_800),
        ("2021-31", "29-2072", 186_400, 198_700, 6.6, 14_900),
        ("2022-32", "29-2072", 194_300, 210_900, 8.5, 15_000),
        ("2023-33", "29-2072", 191_500, 208_200, 8.7, 15_000),
        ("2024-34", "29-2072", 194_800, 208_600, 7.1, 14_200),
    ],
)
def test_projections_are_those_the_bls_published(
    period, code, base, projected, growth_pct, openings
):
    """BLS Employment Projections, table 1.2 or 1.7 of each edition."""
    rows = processed.read("projections").set_index(["projection_period", "occupation_code"])
    row = rows.loc[(period, code)]
    assert row["base_employment"] == base
    assert row["projected_employment"] == projected
    assert row["growth_pct"] == growth_pct
    assert row["annual_openings"] == openings


def test_openings_by_the_old_method_are_missing_not_a_tenfold_rate():
    """The 2014-24 edition printed ten-year openings (71.2 thousand) by another method."""
    rows = processed.read("projections")
    old = rows[rows["projection_period"].eq("2014-24")]
    assert len(old) >= 3
    assert old["annual_openings"].isna().all()


def test_copies_of_a_projection_are_set_aside_not_counted_twice(tmp_path):
    built = {table.name: table for table in processed.build(tmp_path)}["projections"]
    aside = pd.read_parquet(tmp_path / "set_aside" / "projections.parquet")
    assert (built.rows_in, built.rows_kept, built.rows_set_aside) == (51, 40, 11)
    assert set(aside["reason"]) == {"another copy of the same projection"}


def test_a_growth_rate_that_does_not_follow_from_its_numbers_breaks_the_schema():
    table = processed.read("projections").assign(growth_pct=9.0)
    with pytest.raises(WrongInput, match="growth is change over base, within rounding: broken"):
        checked(table, outlook.Projections)


def test_separations_are_people_a_year():
    """BLS table 1.10, 2024-34: 7.1 + 5.8 thousand people of 29-2072 a year."""
    row = processed.read("separations").set_index("occupation_code").loc["29-2072"]
    assert (row["annual_exits"], row["annual_transfers"]) == (7_100, 5_800)
    assert (row["exit_rate_pct"], row["transfer_rate_pct"]) == (3.5, 2.9)


def test_cpi_is_the_published_index():
    """BLS CUUR0000SA0: May 2025 is 321.465; the 2025 average rests on eleven months."""
    row = processed.read("consumer_prices").set_index("year").loc[2025]
    assert (row["cpi_may"], row["cpi_annual"], row["months_published"]) == (321.465, 321.943, 11)


def test_the_nation_has_price_parity_100_in_every_year():
    parities = processed.read("price_parities")
    assert parities.loc[parities["state"].eq("US"), "price_parity"].eq(100).all()


def test_spending_a_person_is_not_multiplied_into_millions():
    """CMS: Medicare spending per enrollee was 11,929 dollars in 2015."""
    rows = processed.read("health_spending").set_index(["series", "period"])
    assert rows.loc[("Medicare spending per enrollee", "2015"), "amount_usd"].item() == 11_929


def test_unverified_figures_keep_their_mark():
    productivity = processed.read("productivity")
    recalled = productivity["statistic"].eq("recommended rate") & productivity["setting"].eq(
        "emergency department"
    )
    assert productivity.loc[recalled, "verification"].tolist() == ["unverified"]


def test_an_unknown_mark_of_verification_is_refused():
    raw = pd.DataFrame({"value": ["1"], "verified": ["perhaps"]})
    with pytest.raises(WrongInput, match="found 'perhaps'"):
        official.all_kept(official.with_verification(raw), raw=raw)


def test_a_lost_row_is_noticed():
    raw = pd.DataFrame({"a": ["1", "2"]})
    with pytest.raises(WrongInput, match="Of 2 rows read, 1 were kept and 0 set aside"):
        all_kept(raw.iloc[:1], raw=raw)
    assert isinstance(all_kept(raw, raw=raw), Cleaned)


def test_shares_that_do_not_add_up_break_the_schema():
    settings = processed.read("guide_settings").assign(share_pct=30.0)
    with pytest.raises(WrongInput, match="shares add up to 100"):
        checked(settings, guide.Settings)


def test_a_missing_and_a_new_column_are_both_named():
    settings = processed.read("guide_settings").rename(columns={"share_pct": "share"})
    with pytest.raises(WrongInput, match=r"(?s)'share'.*'share_pct'"):
        checked(settings, guide.Settings)


def test_cleaning_leaves_the_raw_table_as_it_was():
    from analysis import sources

    raw = sources.read_raw("projections/projections.csv")
    before = raw.copy(deep=True)
    official.clean_projections(raw)
    pd.testing.assert_frame_equal(raw, before)
