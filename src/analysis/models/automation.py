"""What a tool that proposes codes does to the labor that work needs, and when.

One method for the nation's jobs and for one department: a tool saves time on the records that go
through it, some of which it gets right. How many go through it is adoption, which rises along a
logistic curve; what was observed since moves the curve.
"""

from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
Number = TypeVar("Number", float, FloatArray)


def time_saved(
    *,
    routine_share: Number,
    accuracy: Number,
    review_time_saving: Number,
    wrong_proposal_penalty: Number,
) -> Number:
    """Return the share of coding time that a tool saves on the records that go through it.

        routine_share * (accuracy * review_time_saving - (1 - accuracy) * wrong_proposal_penalty)

    Parameters
    ----------
    routine_share : float or array
        Share of those records simple enough for a proposal, 0 to 1.
    accuracy : float or array
        Share of proposals that are right, 0 to 1.
    review_time_saving : float or array
        Share of the time to code that is saved by reviewing a right proposal, 0 to 1.
    wrong_proposal_penalty : float or array
        Extra time after a wrong proposal, as a share of the time to code; at least 0.

    Returns
    -------
    float or array
        At most 1; below 0 where the tool costs time.

    Examples
    --------
    0.35 x (0.885 x 0.25 - 0.115 x 0.25) = 0.0674

    >>> saved = time_saved(routine_share=0.35, accuracy=0.885, review_time_saving=0.25,
    ...                    wrong_proposal_penalty=0.25)
    >>> round(saved, 4)
    0.0674
    """
    return routine_share * (accuracy * review_time_saving - (1 - accuracy) * wrong_proposal_penalty)


def adoption(years: ArrayLike, *, ceiling: float, midpoint: float, growth: float) -> FloatArray:
    """Return the share of records that go through the tool, year by year.

        ceiling / (1 + exp(-growth * (year - midpoint)))

    Parameters
    ----------
    years : array
        Calendar years.
    ceiling : float
        Share in the end, 0 to 1.
    midpoint : float
        Year in which half of it is reached.
    growth : float
        Steepness a year, above 0; 0.36 takes it from a tenth to nine tenths in twelve years.

    Examples
    --------
    >>> adoption([2030, 2040], ceiling=0.8, midpoint=2030, growth=0.5).round(3)
    array([0.4  , 0.795])
    """
    late = np.asarray(years, dtype=float) - midpoint
    return np.asarray(ceiling / (1 + np.exp(-growth * late)), dtype=float)


def labor_per_unit(adopted: ArrayLike, saved: float) -> FloatArray:
    """Return the labor a unit of work takes in each year, that of the first year = 1.

    Examples
    --------
    >>> labor_per_unit([0.0, 0.5], 0.2)
    array([1. , 0.9])
    """
    labor = 1 - np.asarray(adopted, dtype=float) * saved
    return np.asarray(labor / labor[0], dtype=float)


def jobs_with_tools(
    baseline: ArrayLike, labor: ArrayLike, *, demand_elasticity: float
) -> FloatArray:
    """Return the jobs needed where tools save labor and cheaper coding is asked for more.

        baseline * labor ** (1 - demand_elasticity)

    The cost of coding is taken to follow its labor; where it falls by 1 %, work rises by
    `demand_elasticity` percent. At 1 no job is lost, above 1 tools add jobs.

    Parameters
    ----------
    baseline : array
        Jobs without further tools.
    labor : array
        Labor a unit of work, first year = 1; above 0.
    demand_elasticity : float
        At least 0.

    Examples
    --------
    >>> jobs_with_tools([100.0, 100.0], [1.0, 0.81], demand_elasticity=0.5).round(1)
    array([100.,  90.])
    """
    base, needed = np.asarray(baseline, dtype=float), np.asarray(labor, dtype=float)
    return np.asarray(base * needed ** (1 - demand_elasticity), dtype=float)


def updated(prior: FloatArray, misses: FloatArray, *, errors: FloatArray) -> FloatArray:
    """Return how likely each candidate is after what was observed.

    Bayes' rule with independent normal errors: prior times exp(-(miss / error)^2 / 2) over the
    observations, made to sum to 1.

    Parameters
    ----------
    prior : array
        How likely each candidate was, shape (k,); sums to 1.
    misses : array
        Observed less what each candidate says, shape (k, n).
    errors : array
        Standard errors of the n observations.

    Examples
    --------
    Two candidates as likely, one off by nothing, the other by two errors: e^0 to e^-2.

    >>> updated(np.array([0.5, 0.5]), np.array([[0.0], [2.0]]), errors=np.array([1.0])).round(3)
    array([0.881, 0.119])
    """
    log_likelihood = -0.5 * ((misses / errors) ** 2).sum(axis=1)
    weight = prior * np.exp(log_likelihood - log_likelihood.max())
    return np.asarray(weight / weight.sum(), dtype=float)
