"""Published values of the Census Bureau, the package svy as a live oracle, and laws."""

import math

import numpy as np
import pandas as pd
import polars
import pytest
import svy
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import WrongInput
from analysis.models import survey

values_and_weights = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=1, max_size=30
)


def sample(seed, *, rows=120):
    rng = np.random.default_rng(seed)
    pay, weight = rng.lognormal(10.8, 0.4, rows).round(-3), rng.uniform(1, 50, rows)
    return pd.DataFrame({"pay": pay, "weight": weight})


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


# --- replicates --------------------------------------------------------------------------------


def test_successive_differences_centre_on_the_full_sample():
    """4/80 (40 * 1^2 + 40 * 3^2) = 20; about the replicates' mean 99 it would be 16."""
    found = survey.replicate_se(100.0, [101.0] * 40 + [97.0] * 40)
    assert found == pytest.approx(math.sqrt(20), abs=1e-12)


def test_jackknife_of_a_mean_is_the_textbook_error():
    """Drop-one means of n rows give the error s/sqrt(n)."""
    values = np.array([3.0, 8.0, 1.0, 10.0])
    drop_one = (1 - np.eye(4)) * 4 / 3
    found = survey.replicate_mean(values, [1] * 4, drop_one, method="jk1")
    assert found.se == pytest.approx(values.std(ddof=1) / 2)


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


def test_replicate_weights_that_cannot_be_used_are_refused():
    with pytest.raises(WrongInput, match="must be finite"):
        survey.replicate_mean([1, 2], [1, 1], [[1, math.nan], [1, 1]])
    with pytest.raises(WrongInput, match="no row of positive weight"):
        survey.replicate_mean([math.nan, 2], [1, 0], np.ones((2, 2)))


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
