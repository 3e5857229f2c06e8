"""What a credential is worth: published averages, exams, costs, and own records."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import answers, figures, processed
from analysis.errors import WrongInput
from analysis.pay_records import RecordFile
from analysis.schemas.pay import SALARY_COLUMNS
from analysis.studies import certification
from analysis.studies.areas import find_area
from analysis.studies.certification.pay_records import pay_records
from analysis.tabular import beside_figure, of

PREMIUM, YEAR = 0.10, 0.02  # log points that the records below are made with


@pytest.fixture(scope="module")
def data():
    return processed.Tables()


@pytest.fixture(scope="module")
def study(data):
    return certification.study(data)


def people(count=600, *, state="TX", seed=1):
    """Make records in which the certified earn exactly PREMIUM more, but for small noise."""
    random = np.random.default_rng(seed)
    held = random.choice(["none", "CPC", "CCS", "CPC; CCS"], count, p=[0.4, 0.3, 0.2, 0.1])
    years = random.integers(0, 20, count).astype(float)
    log_pay = 10.5 + PREMIUM * (held != "none") + YEAR * years + random.normal(0, 0.01, count)
    frame = pd.DataFrame(
        {
            "record_id": [str(number) for number in range(count)],
            "annual_pay_usd": np.exp(log_pay),
            "experience_years_low": years,
            "experience_years_high": years,
            "credentials": held,
            "credential_status": [
                None if names == "none" else "; ".join(["current"] * len(names.split("; ")))
                for names in held
            ],
            "setting": random.choice(["hospital", "physician office"], count),
            "remote": random.choice(["yes", "no"], count),
            "state": state,
            "weight": 1.0,
        }
    )
    return frame.reindex(columns=list(SALARY_COLUMNS)).astype(SALARY_COLUMNS)


def record_file(table, *, is_synthetic=False, name="members.parquet"):
    return RecordFile(table=table, name=name, sha256="abc", is_synthetic=is_synthetic)


@pytest.fixture(scope="module")
def with_records(data):
    return certification.study(data, record_file(people()))


def test_the_unadjusted_gap_swings_as_the_surveys_print_it(study):
    """AAPC prints 17 % (2009), 33 % (2019), 27 % (2021); 66,979 / 55,721 is 20.2 %, not 20.7."""
    table = study.gaps.table
    assert table["year"].tolist() == [2009, 2019, 2021, 2024]
    assert table["gap_pct"].round().tolist() == [17, 33, 27, 20]
    assert table["gap_usd"].tolist() == [6_460, 13_908, 12_897, 11_258]
    assert "Unadjusted, and from 17% to 33%" in study.latest_gap.note


def test_every_published_figure_names_its_measure_its_kind_and_its_year(study):
    table = study.pay.table
    assert set(table["measure"]) == {"mean", "median"}
    assert set(table["kind"]) == {"guide", "member survey", "official"}
    assert (table["when"] != "").all()
    assert table.loc[table["kind"].eq("guide"), "may_usd"].isna().all()


def test_prices_are_carried_by_the_may_index(study):
    """AAPC 2018, CIC 56,045: times CPI-U of May 2025 over May 2018, 321.465 / 251.588."""
    row = study.pay.table.query("group == 'CIC' and kind == 'member survey'").iloc[0]
    assert row["may_usd"] == pytest.approx(56_045 * 321.465 / 251.588)


def test_one_credential_leaves_the_others_out(data):
    groups = set(certification.study(data, credential="CPC").pay.table["group"])
    assert "CPC" in groups
    assert not groups & {"CIC", "CCS"}


def test_a_pass_rate_has_wilsons_interval():
    """Wilson, 90 %, 62 % of 2,101: centre (p + z2/2n)/(1 + z2/n), n = 2101, z = 1.6449.

    (0.62 + 0.000644) / 1.001288 = 0.61985; half width 1.6449 sqrt(p q / n + z2/4n2) / 1.001288
    = 0.01741: 60.24 to 63.73 %.
    """
    rates = processed.read("pass_rates")
    table = certification.pass_rates(rates).table
    row = table.query("credential == 'CCA' and year == 2025").iloc[0]
    assert (row["low_pct"], row["high_pct"]) == pytest.approx((60.24, 63.73), abs=0.01)


def test_a_rate_without_its_number_of_takers_has_no_interval():
    row = certification.pass_rates(processed.read("pass_rates")).table.query("year == 2023").iloc[0]
    assert np.isnan(row["low_pct"])


def test_an_exam_without_a_published_rate_says_so(data):
    found = certification.study(data, credential="CIC")
    assert found.pass_rate.value is None
    assert "No pass rate is published for CIC" in found.passes.reason


def test_cost_of_ccs_is_fee_over_pass_rate_with_materials_and_renewals(data):
    """399 / 0.84 = 475; materials 300; nine renewals of 250: 3,025 at the most likely values."""
    found = certification.study(data, credential="CCS").ten_year_cost
    assert found.value == pytest.approx(3_025, rel=0.03)
    assert found.low < found.value < found.high


def test_another_seed_moves_costs_by_no_more_than_the_stated_error(data):
    one, other = (certification.study(data, seed=seed) for seed in (1, 2))
    for name in one.simulation.table["headline"]:
        values = [
            {f.name: f.estimate.value for f in each.key_figures()}[name] for each in (one, other)
        ]
        assert abs(values[0] - values[1]) <= one.simulation.error_of(name)


def test_the_same_seed_gives_the_same_study(data, study):
    pd.testing.assert_frame_equal(certification.study(data).to_frame(), study.to_frame())


def test_without_records_the_section_says_once_what_it_needs(study):
    for part in (study.records.premiums, study.records.gap, study.records.pairs):
        assert part.is_missing
    assert "workforce survey FILE --columns MAP" in study.records.premiums.reason
    assert figures.gap_parts(study) is None  # said once, above
    assert study.records.premium.value is None
    assert beside_figure(study.records.pairs, "Pairs") is None
    assert "needs records" in figures.record_premiums(study)


def test_the_premium_built_into_records_is_found(with_records):
    """exp(0.10) - 1 is 10.5 %."""
    found = with_records.records.premium
    assert found.value == pytest.approx(100 * np.expm1(PREMIUM), abs=0.5)
    assert found.low < found.value < found.high
    assert "association" in found.note.lower()


def test_premiums_at_quantiles_agree_where_pay_is_shifted_alike(with_records):
    table = with_records.records.premiums.table.set_index("premium")["premium_pct"]
    assert table.loc["25th percentile, otherwise alike"] == pytest.approx(10.5, abs=0.8)
    assert table.loc["75th percentile, otherwise alike"] == pytest.approx(10.5, abs=0.8)


def test_explained_and_unexplained_add_up_to_the_gap_by_every_reference(with_records):
    gap = with_records.records.gap
    assert len(gap.table) == 6
    total = gap.table["explained"] + gap.table["unexplained"]
    assert total.to_numpy() == pytest.approx(np.full(6, with_records.records.gap_log), abs=1e-9)
    detail = with_records.records.gap_detail.table["explained"].sum()
    assert detail == pytest.approx(gap.table["explained"].iloc[-1], abs=1e-9)


def test_each_credential_is_set_over_people_without_one(with_records):
    table = with_records.records.pairs.table
    assert set(table["first"]) == {"CPC", "CCS", "several"}
    assert set(table["second"]) == {"none"}
    assert table["premium_pct"].tolist() == pytest.approx([10.5] * 3, abs=1)
    assert (table["p_holm"] < 0.001).all()


def test_a_strong_unmeasured_variable_would_be_needed_for_a_sharp_premium(with_records):
    assert with_records.records.robustness_pct > 50


def test_groups_of_fewer_than_ten_records_are_suppressed(data):
    few = people()
    few.loc[few.index[:5], ["credentials", "credential_status"]] = ["RHIA", "current"]
    found = certification.study(data, record_file(few)).records
    row = found.by_credential.table.set_index("credential").loc["RHIA"]
    assert pd.isna(row["records"])
    assert row["suppressed"]
    assert "RHIA" not in set(found.pairs.table["first"])


def test_small_counts_of_left_out_records_are_not_given_away(data):
    few = people()
    few.loc[few.index[:3], "credentials"] = None
    used = certification.study(data, record_file(few)).records.used.table
    assert "fewer than 10" in set(used["records"])


def test_too_few_records_give_a_sentence(data):
    found = certification.study(data, record_file(people(12))).records
    assert found.premium.value is None
    assert "at least 10 complete records" in found.premiums.reason


def test_records_of_another_state_are_left_out(data):
    found = certification.study(data, record_file(people()), area="CA").records
    assert found.premiums.is_missing
    assert "not in CA" in set(found.used.table["step"])


def test_no_finding_rests_on_made_up_records(data):
    found = certification.study(
        data, record_file(people(), is_synthetic=True, name="demo_synthetic.parquet")
    )
    assert found.records.premium.value is None
    assert "SYNTHETIC" in found.records.premium.note
    assert "no finding rests on them" in str(answers.certification(found))
    for chart in (figures.record_premiums(found), figures.gap_parts(found)):
        assert "SYNTHETIC" in chart.alt
        assert "SYNTHETIC" in chart.source
    assert "SYNTHETIC" in of(found.records.by_credential, "Pay").source


def test_who_holds_only_expired_credentials_is_neither_certified_nor_not(data):
    some = people(200)
    some.loc[some.index[:40], ["credentials", "credential_status"]] = ["CPC", "expired"]
    area = find_area(data["wages"], "US")
    left = pay_records(some, data["price_parities"], area).left_out.set_index("why")["records"]
    assert left["hold none but expired credentials"] == 40


def test_a_column_that_is_empty_is_not_held_fixed(data):
    some = people().assign(remote=pd.Series([None] * 600, dtype="str"))
    found = certification.study(data, record_file(some)).records
    assert "remote work" not in found.premiums.note
    assert found.premium.value == pytest.approx(10.5, abs=0.5)


def test_a_category_of_one_group_alone_keeps_its_column_out_of_the_split_and_says_so(data):
    """No certified record is of an insurer, so the setting cannot be priced for the certified."""
    some = people()
    uncertified = some.index[some["credentials"].eq("none")]
    some.loc[uncertified[:30], "setting"] = "insurer"
    found = certification.study(data, record_file(some)).records
    assert not found.gap_detail.table["regressor"].str.startswith("setting").any()
    assert "experience, remote work account for. Not setting: some category" in found.gap.note
    assert (
        "setting" in found.premiums.note
    )  # the equation has both groups in one: it holds it fixed


def test_premiums_name_the_errors_of_means_and_of_percentiles(with_records):
    assert (
        "of means from HC3 errors, of percentiles from Powell's"
        in with_records.records.premiums.note
    )


@given(count=st.integers(0, 60), seed=st.integers(0, 99))
@settings(max_examples=15, deadline=None)
def test_every_record_is_used_or_left_out_for_one_reason(count, seed):
    tables_ = processed.Tables()
    records = people(count, seed=seed)
    found = pay_records(records, tables_["price_parities"], find_area(tables_["wages"], "US"))
    assert len(found.table) + found.left_out["records"].sum() == count


def test_pay_that_scales_leaves_premiums_as_they_are(data, with_records):
    doubled = people().assign(annual_pay_usd=lambda table: 2 * table["annual_pay_usd"])
    found = certification.study(data, record_file(doubled)).records.premium
    assert found.value == pytest.approx(with_records.records.premium.value)


@pytest.mark.parametrize("area", ["US", "GU", "VT", "31080"])
def test_figures_tables_and_answer_hold_for_any_area(data, area):
    found = certification.study(data, area=area)
    shown = [
        str(answers.certification(found)),
        of(found.pay, "Pay")._repr_html_(),
        figures.published_pay(found).alt,
        found._repr_html_(),
    ]
    assert not any("nan" in text.lower().split() for text in shown)


def test_the_answer_claims_no_effect(study, with_records):
    for found in (study, with_records):
        text = str(answers.certification(found))
        assert "adjusted for nothing" in text
        assert "because of" not in text


def test_an_unknown_credential_is_refused_with_the_nearest(data):
    with pytest.raises(WrongInput, match="CPC"):
        certification.study(data, credential="CPQ")
