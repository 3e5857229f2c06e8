"""Published values of the Census Bureau, the package svy as a live oracle, and laws."""

import math

import numpy as np
import pandas as pd
import polars
import pytest
import svy
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import WrongInput
from analysis.models import survey

values_and_weights = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=1, max_size=30
)


def sample(seed, *, rows=120, strata=3, clusters=24):
    """A random sample with clusters of equal size within strata, and a domain."""
    rng = np.random.default_rng(seed)
    cluster = np.repeat(np.arange(clusters), rows // clusters)
    return pd.DataFrame(
        {
            "pay": rng.lognormal(10.8, 0.4, rows).round(-3),
            "hours": rng.uniform(20, 60, rows),
            "weight": rng.uniform(1, 50, rows),
            "stratum": cluster % strata,
            "cluster": cluster,
            "certified": rng.random(rows) < 0.6,
        }
    )


def design_of(table):
    return survey.Design(weights=table["weight"], strata=table["stratum"], psu=table["cluster"])


def oracle_of(table):
    plain = polars.DataFrame({name: table[name].tolist() for name in table})
    return svy.Sample(plain, svy.Design(wgt="weight", stratum="stratum", psu="cluster"))


# --- weighted statistics -----------------------------------------------------------------------


def test_weighted_mean_total_and_ratio_by_hand():
    """(3*1 + 1*5)/4 = 2; 3*1 + 1*5 = 8; 8/(3*2 + 1*2) = 1."""
    assert survey.weighted_mean([1, 5], [3, 1]) == 2
    assert survey.weighted_total([1, 5], [3, 1]) == 8
    assert survey.weighted_ratio([1, 5], [2, 2], [3, 1]) == 1


@given(values_and_weights, st.sampled_from([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0]))
def test_whole_weights_are_copies_of_a_row(pairs, q):
    """A weight of 3 is the row three times over."""
    values, weights = (list(column) for column in zip(*pairs, strict=True))
    copies = np.repeat(values, weights).astype(float)
    assert survey.weighted_mean(values, weights) == pytest.approx(copies.mean())
    assert survey.weighted_total(values, weights) == pytest.approx(copies.sum())
    expected = np.quantile(copies, q, method="inverted_cdf")
    assert survey.weighted_quantile(values, weights, q) == expected


def test_tenths_reach_the_median_at_the_fifth_row():
    """0.1 five times adds up to 0.5 only to rounding."""
    assert survey.weighted_quantile(range(1, 11), [0.1] * 10, 0.5) == 5
    assert survey.weighted_quantile(range(1, 11), [0.1] * 10, 0.3) == 3


def test_rows_of_no_weight_do_not_count():
    assert survey.weighted_quantile([1, 2, 3], [0, 1, 0], 0.0) == 2
    assert survey.weighted_quantile([1, 2, 3], [0, 1, 0], 1.0) == 2


def test_missing_values_are_left_out_with_their_weight():
    values = pd.Series([1, None, 5], dtype="Int64")
    assert survey.weighted_mean(values, [3, 100, 1]) == 2
    assert survey.weighted_total(values, [3, 100, 1]) == 8
    assert survey.weighted_quantile(values, [3, 100, 1], 0.5) == 1
    assert survey.weighted_ratio([1, 7, 5], [2, None, 2], [3, 100, 1]) == 1


@pytest.mark.parametrize("weights", [[1, -1], [0, 0], [1, math.nan], [1, math.inf], [1], [1, 2, 3]])
def test_unusable_weights_are_refused(weights):
    for statistic in (survey.weighted_mean, survey.weighted_total):
        with pytest.raises(WrongInput, match="weights must"):
            statistic([1, 2], weights)
    with pytest.raises(WrongInput, match="weights must"):
        survey.weighted_quantile([1, 2], weights, 0.5)
    with pytest.raises(WrongInput, match="weights must"):
        survey.weighted_ratio([1, 2], [1, 2], weights)


def test_a_negative_weight_is_named():
    with pytest.raises(WrongInput, match=r"1 of 2 are not, first row 1 with -3"):
        survey.weighted_mean([1, 2], [1, -3])


def test_nothing_to_weigh_is_refused():
    with pytest.raises(WrongInput, match="no row of positive weight has a value"):
        survey.weighted_mean([None, 2.0], [1, 0])
    with pytest.raises(WrongInput, match="must be finite"):
        survey.weighted_mean([math.inf], [1])
    with pytest.raises(WrongInput, match="must not add up to 0"):
        survey.weighted_ratio([1, 2], [1, -1], [1, 1])
    with pytest.raises(ValueError, match="q must lie in 0 to 1"):
        survey.weighted_quantile([1], [1], 50)


# --- linearised errors -------------------------------------------------------------------------


def test_error_of_a_mean_without_design_is_the_textbook_one():
    """1, 2, 3, 4 have variance 5/3; the mean of 4 has error sqrt(5/12)."""
    found = survey.estimate_mean([1, 2, 3, 4], survey.Design(weights=[1] * 4))
    assert (found.value, found.se) == (2.5, pytest.approx(math.sqrt(5 / 12)))
    assert (found.degrees_of_freedom, found.rows) == (3, 4)


def test_sampling_a_share_of_the_population_lowers_the_error():
    """4 of 16: the variance falls by the share 1/4 that was seen."""
    design = survey.Design(weights=[4] * 4, population_clusters=[16] * 4)
    found = survey.estimate_mean([1, 2, 3, 4], design)
    assert found.se == pytest.approx(math.sqrt(5 / 12 * 3 / 4))


def test_a_census_has_no_error():
    design = survey.Design(weights=[1, 1], strata=["a", "b"], population_clusters=[1, 1])
    assert survey.estimate_total([5, 7], design).se == 0


@pytest.mark.parametrize("seed", range(4))
def test_mean_total_and_ratio_agree_with_svy(seed):
    """Svy is checked against R survey to six digits by its authors."""
    table = sample(seed)
    design, oracle = design_of(table), oracle_of(table).estimation
    for found, expected in (
        (survey.estimate_mean(table["pay"], design), oracle.mean("pay")),
        (survey.estimate_total(table["pay"], design), oracle.total("pay")),
        (survey.estimate_ratio(table["pay"], table["hours"], design), oracle.ratio("pay", "hours")),
    ):
        (theirs,) = expected.estimates
        assert found.value == pytest.approx(theirs.est, rel=1e-10)
        assert found.se == pytest.approx(theirs.se, rel=1e-8)
        assert found.degrees_of_freedom == theirs.df == 21
        assert found.interval(0.95) == pytest.approx((theirs.lci, theirs.uci), rel=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_domains_agree_with_svy(seed):
    table = sample(seed)
    (theirs,) = oracle_of(table).estimation.mean("pay", where=svy.col("certified")).estimates
    found = survey.estimate_mean(table["pay"], design_of(table), domain=table["certified"])
    assert found.value == pytest.approx(theirs.est, rel=1e-10)
    assert found.se == pytest.approx(theirs.se, rel=1e-8)


@pytest.mark.parametrize("seed", range(4))
def test_quantiles_and_woodruff_intervals_agree_with_svy(seed):
    """Pay rounded to thousands has ties, where F(q) and q differ."""
    table = sample(seed)
    theirs = oracle_of(table).estimation.quantile("pay", p=(0.1, 0.25, 0.5, 0.75))
    for q, (expected,) in zip(
        (0.1, 0.25, 0.5, 0.75), (one.estimates for one in theirs), strict=True
    ):
        found = survey.estimate_quantile(table["pay"], design_of(table), q, level=0.95)
        assert found.value == expected.est
        assert found.se == pytest.approx(expected.se, rel=1e-8)
        assert found.interval(0.95) == (expected.lci, expected.uci)


def test_a_missing_value_is_outside_the_domain_but_keeps_its_cluster():
    table = sample(7)
    design = design_of(table)
    answered = table["pay"].where(table["certified"])
    found = survey.estimate_mean(answered, design)
    assert found == survey.estimate_mean(table["pay"], design, domain=table["certified"])


@given(st.integers(0, 10_000), st.floats(0.01, 100))
@settings(max_examples=20)
def test_the_unit_of_weights_changes_no_mean_and_no_error(seed, scale):
    table = sample(seed)
    found = survey.estimate_mean(table["pay"], design_of(table))
    scaled = survey.estimate_mean(
        table["pay"], design_of(table.assign(weight=table["weight"] * scale))
    )
    assert (scaled.value, scaled.se) == pytest.approx((found.value, found.se))


def test_clusters_are_counted_within_their_stratum():
    """Clusters 1 and 2 of stratum a are not those of stratum b."""
    design = survey.Design(weights=[1] * 4, strata=list("aabb"), psu=[1, 2, 1, 2])
    assert survey.estimate_mean([1, 2, 3, 4], design).degrees_of_freedom == 2


def test_a_stratum_with_one_cluster_is_refused():
    design = survey.Design(weights=[1, 1, 1], strata=["a", "a", "b"])
    with pytest.raises(WrongInput, match="1 of 2 strata have a single cluster"):
        survey.estimate_mean([1, 2, 3], design)


def test_designs_that_do_not_match_the_data_are_refused():
    with pytest.raises(WrongInput, match="strata must have one label a row"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1], strata=["a"]))
    with pytest.raises(WrongInput, match="psu must not be missing; row 1"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1], psu=["a", None]))
    with pytest.raises(WrongInput, match="domain must say True or False"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1]), domain=np.array([1, 0]))
    with pytest.raises(WrongInput, match="at least the clusters drawn"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1], population_clusters=[1, 1]))
    with pytest.raises(WrongInput, match="one number in each stratum; 1 of 1 strata"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1], population_clusters=[8, 9]))
    with pytest.raises(WrongInput, match="population_clusters must not be missing; row 1"):
        survey.estimate_mean([1, 2], survey.Design(weights=[1, 1], population_clusters=[8, None]))


def test_an_estimate_becomes_a_figure_with_its_interval():
    """t(3; 90 %) = 2.353363; 2.5 -+ 2.353363 * sqrt(5/12)."""
    found = survey.estimate_mean([1, 2, 3, 4], survey.Design(weights=[1] * 4))
    figure = found.to_estimate(unit="USD a year", year="2024", source="own survey")
    assert (figure.low, figure.high) == pytest.approx((0.980911, 4.019089), abs=1e-6)
    assert found.to_frame().loc[0, "high"] == figure.high
    assert "<table" in found._repr_html_()


# --- replicates --------------------------------------------------------------------------------


def test_successive_differences_centre_on_the_full_sample():
    """4/80 (40 * 1^2 + 40 * 3^2) = 20; about the replicates' mean 99 it would be 16."""
    found = survey.replicate_se(100.0, [101.0] * 40 + [97.0] * 40)
    assert found == pytest.approx(math.sqrt(20), abs=1e-12)


def test_jackknife_of_a_mean_is_the_textbook_error():
    """Drop-one means of n rows give the error s/sqrt(n)."""
    values = np.array([3.0, 8.0, 1.0, 10.0])
    weights = survey.jackknife_weights(survey.Design(weights=[1] * 4))
    found = survey.replicate_mean(values, [1] * 4, weights, method="jk1")
    assert found.se == pytest.approx(values.std(ddof=1) / 2)


@pytest.mark.parametrize("seed", range(3))
def test_jackknife_of_a_total_equals_the_linearised_error(seed):
    """For one stratum and a total the two are the same algebra."""
    table = sample(seed)
    design = survey.Design(weights=table["weight"], psu=table["cluster"])
    found = survey.replicate_total(
        table["pay"], table["weight"], survey.jackknife_weights(design), method="jk1"
    )
    assert found.se == pytest.approx(survey.estimate_total(table["pay"], design).se)


@pytest.mark.parametrize("center", ["estimate", "rep_mean"])
def test_replicate_errors_agree_with_svy_where_it_centres_on_the_estimate(center):
    """Its default, the mean of the replicates, gives less."""
    table = sample(11)
    factors = np.random.default_rng(12).choice([1 - 2**-1.5, 1.0, 1 + 2**-1.5], (len(table), 80))
    copies = factors * table["weight"].to_numpy()[:, None]
    plain = polars.DataFrame(
        {"pay": table["pay"].tolist(), "weight": table["weight"].tolist()}
        | {f"r{column + 1}": copies[:, column] for column in range(80)}
    )
    weights = svy.RepWeights(method="sdr", prefix="r", n_reps=80)
    oracle = svy.Sample(plain, svy.Design(wgt="weight", rep_wgts=weights)).estimation
    for theirs, found in (
        (oracle.mean, survey.replicate_mean(table["pay"], table["weight"], copies)),
        (oracle.total, survey.replicate_total(table["pay"], table["weight"], copies)),
    ):
        (expected,) = theirs("pay", method="replication", variance_center=center).estimates
        assert found.value == pytest.approx(expected.est)
        if center == "estimate":
            assert found.se == pytest.approx(expected.se, rel=1e-9)
        else:
            assert found.se > expected.se


def test_replicate_weights_below_zero_are_used_as_they_are():
    """Replicates (2*1 - 1*3)/1 = -1 and (0*1 + 2*3)/2 = 3 about the mean 2."""
    copies = np.array([[2.0, 0.0], [-1.0, 2.0]])
    found = survey.replicate_mean([1, 3], [1, 1], copies)
    assert found.se == pytest.approx(math.sqrt(4 / 2 * (9 + 1)))
    assert (found.rows, found.degrees_of_freedom) == (2, 1)  # R - 1 replicates


def test_a_median_on_a_plateau_has_no_replicate_error():
    """All replicates agree on rounded pay: the known defect the docstring warns of."""
    copies = np.array([[1.0, 2.0], [1.0, 1.0], [1.0, 1.5]])
    assert survey.replicate_quantile([50, 50, 50], [1, 1, 1], copies, 0.5).se == 0


def test_estimates_that_cannot_be_had_are_refused():
    """A share of nothing, a domain that is no mask, an interval of one cluster."""
    design = survey.Design(weights=[1, 1])
    with pytest.raises(WrongInput, match="must match: 2, 3 rows"):
        survey.estimate_ratio([1, 2], [1, 2, 3], design)
    with pytest.raises(WrongInput, match="must not add up to 0"):
        survey.estimate_ratio([1, 2], [0, 0], design)
    with pytest.raises(ValueError, match="must lie in 0 to 1"):
        survey.estimate_quantile([1, 2], design, -0.1)
    with pytest.raises(WrongInput, match="True or False for each of 2 rows"):
        survey.estimate_mean([1, 2], design, domain=[1, 0])
    with pytest.raises(WrongInput, match="no row of positive weight"):
        survey.estimate_mean([1, 2], design, domain=[False, False])
    one = survey.Design(weights=[1, 1], psu=["a", "a"])
    with pytest.raises((ValueError, WrongInput), match="cluster"):
        survey.estimate_mean([1, 2], one).interval()


def test_replicate_weights_that_cannot_be_used_are_refused():
    with pytest.raises(WrongInput, match="must be finite"):
        survey.replicate_mean([1, 2], [1, 1], [[1, math.nan], [1, 1]])
    with pytest.raises(WrongInput, match="no row of positive weight"):
        survey.replicate_mean([math.nan, 2], [1, 0], np.ones((2, 2)))
    with pytest.raises(WrongInput, match="at least 2 clusters, not 1"):
        survey.jackknife_weights(survey.Design(weights=[1, 1], psu=["a", "a"]))


def test_the_ends_of_the_quantiles_are_the_lowest_and_highest_value():
    copies = np.ones((3, 2))
    for share, end in ((0, 1), (1, 3)):
        assert survey.replicate_quantile([1, 2, 3], [1, 1, 1], copies, share).value == end
    with pytest.raises(ValueError, match="must lie in 0 to 1"):
        survey.replicate_quantile([1, 2, 3], [1, 1, 1], copies, 1.01)


def test_replicates_that_cannot_be_used_are_refused():
    with pytest.raises(ValueError, match="at least 2 numbers"):
        survey.replicate_se(1.0, [1.0])
    with pytest.raises(ValueError, match="must be finite"):
        survey.replicate_se(1.0, [1.0, math.nan])
    with pytest.raises(ValueError, match='method must be "sdr" or "jk1"'):
        survey.replicate_se(1.0, [1.0, 2.0], method="brr")
    with pytest.raises(WrongInput, match="one row for each of 2"):
        survey.replicate_mean([1, 2], [1, 1], np.ones((3, 4)))
    with pytest.raises(WrongInput, match="without strata"):
        survey.jackknife_weights(survey.Design(weights=[1, 1], strata=["a", "b"]))


# --- margins -----------------------------------------------------------------------------------

# ACS handbook, chapter 8; digits from datadesk/census-data-aggregator, test.py


def test_margin_of_a_sum_of_single_women():
    assert survey.margin_of_sum([3860, 2642, 1957]) == pytest.approx(5070.4647715963865)


def test_margin_of_a_sum_of_children():
    assert survey.margin_of_sum([3778, 3911]) == pytest.approx(5437.757350231803)


def test_margins_of_zero_estimates_count_once_and_the_largest_does():
    """sqrt(29^2 + 37^2)."""
    found = survey.margin_of_sum([22, 22, 29, 37], estimates=[0, 0, 0, 41])
    assert found == pytest.approx(47.01063709417264)


def test_margin_of_the_share_of_single_women():
    total = survey.margin_of_sum([391, 572, 459])
    assert survey.margin_of_proportion(203_119, 5_070, 630_498, total) == pytest.approx(
        0.008, abs=5e-4
    )


def test_margin_of_a_share_falls_back_to_the_ratio():
    """100^2 - 1^2 * 200^2 is negative."""
    found = survey.margin_of_proportion(1_000, 100, 1_000, 200)
    assert found == survey.margin_of_ratio(1_000, 100, 1_000, 200)


def test_margin_of_the_ratio_of_single_men_to_single_women():
    men = survey.margin_of_sum([4222, 2819, 2259])
    assert survey.margin_of_ratio(226_840, men, 203_119, 5_070) == pytest.approx(0.039, abs=5e-4)


def test_margin_of_the_product_of_homes_and_a_share():
    found = survey.margin_of_product(74_506_512, 228_238, 0.824, 0.001)
    assert found == pytest.approx(202288.98902721, abs=1e-6)


def test_margin_of_the_percent_change_of_single_women():
    found = survey.margin_of_percent_change(135_173, 3_860, 139_301, 4_047)
    assert found == pytest.approx(4.198069852261231)


@given(st.floats(0, 1e9))
def test_margins_and_errors_undo_each_other(margin):
    assert survey.margin_from_se(survey.se_from_margin(margin)) == pytest.approx(margin)


def test_margins_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="must be 0 or above, not -1"):
        survey.margin_of_sum([1, -1])
    with pytest.raises(ValueError, match="denominator must be above 0"):
        survey.margin_of_ratio(1, 1, 0, 1)
    with pytest.raises(ValueError, match="argument 2 is longer"):
        survey.margin_of_sum([1, 2], estimates=[1])
