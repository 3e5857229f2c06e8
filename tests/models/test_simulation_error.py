"""By how much another seed may move a simulated figure."""

import numpy as np
import pytest

from analysis.studies.simulation_error import simulation_error


def test_the_error_is_that_of_the_difference_of_two_runs():
    """Ten runs of 0 and 2 in turn: s = sqrt(10/9) = 1.05409. Student's t of 9 degrees at 99 % is
    3.24984 (any table: 3.250), and two runs differ by sqrt(2) s: 3.24984 * 1.41421 * 1.05409."""
    values = iter([0.0, 2.0] * 5 + [7.0])
    found = simulation_error(lambda _: {"gain": next(values)}, seed=3)
    assert found.error_of("gain") == pytest.approx(4.84455, abs=1e-4)
    assert found.table["value"].tolist() == [7.0]  # the study's own seed, asked last
    assert found.source == "10 repetitions with other seeds"
    assert "99 of 100 pairs of seeds" in found.note


def test_every_run_has_a_seed_of_its_own_that_follows_from_the_study():
    asked = []

    def headlines(seed):
        asked.append(seed)
        return {"gain": float(seed)}

    first = simulation_error(headlines, seed=3)
    second = simulation_error(headlines, seed=3)
    assert first.table.equals(second.table)
    assert asked[:11] == asked[11:]
    assert asked[10] == 3
    assert len(set(asked[:11])) == 11


def test_another_seed_moves_a_mean_by_no_more_than_its_error_in_99_of_100_pairs():
    def headlines(seed):
        return {"mean": float(np.random.default_rng(seed).normal(size=50).mean())}

    error = [simulation_error(headlines, seed=seed).error_of("mean") for seed in range(200)]
    moved = [abs(headlines(s)["mean"] - headlines(s + 10_000)["mean"]) for s in range(200)]
    inside = np.mean(np.array(moved) <= np.array(error))
    assert 0.96 <= inside <= 1  # 0.99, give or take four standard errors of 200 pairs
