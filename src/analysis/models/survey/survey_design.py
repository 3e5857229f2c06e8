"""How a sample was drawn, and what that does to the error of a total.

The variance of a total of z (already weighted), with t_hi the sum of z over
cluster i of stratum h, n_h clusters drawn of N_h:

    V = sum_h (1 - n_h/N_h) n_h/(n_h - 1) sum_i (t_hi - mean_i t_hi)^2
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.errors import WrongInput
from analysis.models.survey.weighted import Floats, Numbers, check_weights, numbers

Codes = NDArray[np.int64]
Labels = pd.Series | list[object] | NDArray[np.generic]


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """How a sample was drawn; one entry of each field a row of data.

    Parameters
    ----------
    weights : sequence of float
        How many people a row stands for; 0 or above.
    strata : sequence, optional
        Label of the stratum; all rows are one stratum without it.
    psu : sequence, optional
        Label of the cluster (primary sampling unit) within the stratum; each
        row is its own without it.
    population_clusters : sequence of float, optional
        Clusters in the row's stratum of the population (N_h), for the finite
        population correction; one number a stratum. Left out, none is made.
    """

    weights: Numbers
    strata: Labels | None = None
    psu: Labels | None = None
    population_clusters: Numbers | None = None

    def weight_array(self) -> Floats:
        """Return the weights as floats, checked."""
        return check_weights(self.weights, rows=len(self.weights))

    def strata_codes(self) -> Codes:
        """Return the stratum of each row as 0, 1, 2, ..."""
        rows = len(self.weights)
        return np.zeros(rows, int) if self.strata is None else _codes(self.strata, "strata", rows)

    def clusters(self) -> tuple[Codes, Codes, int]:
        """Return the stratum of each cluster, the cluster of each row, and their number."""
        rows = len(self.weights)
        within = np.arange(rows) if self.psu is None else _codes(self.psu, "psu", rows)
        pairs = np.column_stack([self.strata_codes(), within])
        unique, cluster = np.unique(pairs, axis=0, return_inverse=True)
        return unique[:, 0], cluster.reshape(-1), len(unique)


def linearised_se(scores: Floats, design: Design) -> float:
    """Return the standard error of the sum of `scores` (module docstring).

    Raises
    ------
    WrongInput
        A stratum has a single cluster and not all of its population was drawn.

    Examples
    --------
    >>> linearised_se(np.array([1.0, 3.0]), Design(weights=[1, 1]))
    2.0
    """
    cluster_stratum, cluster, number = design.clusters()
    totals = np.bincount(cluster, weights=scores, minlength=number)
    drawn = np.bincount(cluster_stratum)
    shares = _sampling_fractions(design, drawn)
    lone = (drawn == 1) & (shares < 1)
    if lone.any():
        raise WrongInput(
            f"{int(lone.sum())} of {drawn.size} strata have a single cluster, so their variance "
            f"is unknown (first: stratum {int(np.argmax(lone))} in sorted order). "
            "Join such strata to similar ones."
        )
    means = np.bincount(cluster_stratum, weights=totals) / drawn
    squares = np.bincount(cluster_stratum, weights=(totals - means[cluster_stratum]) ** 2)
    return float(np.sqrt(np.sum((1 - shares) * drawn / np.maximum(drawn - 1, 1) * squares)))


def _codes(labels: Labels, name: str, rows: int) -> Codes:
    """Replace labels by 0, 1, 2, ... in sorted order."""
    codes, _ = pd.factorize(pd.Series(labels), sort=True)
    if codes.size != rows:
        raise WrongInput(f"{name} must have one label a row: {codes.size} labels, {rows} rows.")
    if (codes < 0).any():
        raise WrongInput(f"{name} must not be missing; row {int(np.argmax(codes < 0))} is.")
    return np.asarray(codes, dtype=np.int64)


def _sampling_fractions(design: Design, drawn: Codes) -> Floats:
    """Return n_h/N_h of each stratum; 0 where the population is not given."""
    if design.population_clusters is None:
        return np.zeros(drawn.size)
    sizes = numbers(design.population_clusters, name="population_clusters")
    strata = design.strata_codes()
    if sizes.size != strata.size:
        raise WrongInput("population_clusters must have one number a row.")
    if (missing := np.isnan(sizes)).any():
        raise WrongInput(
            f"population_clusters must not be missing; row {int(np.argmax(missing))} is."
        )
    by_stratum = pd.Series(sizes).groupby(strata)
    population = by_stratum.max().to_numpy()
    if (varies := by_stratum.min().to_numpy() < population).any():
        raise WrongInput(
            "population_clusters must be one number in each stratum; "
            f"{int(varies.sum())} of {drawn.size} strata have several."
        )
    if not (population >= drawn).all():
        raise WrongInput("population_clusters must be at least the clusters drawn in each stratum.")
    return np.asarray(drawn / population)
