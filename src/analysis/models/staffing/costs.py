"""What coding costs: a denied claim that coding could have prevented, and a coded record."""

from dataclasses import dataclass

import numpy as np

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, Range, summarise_draws
from analysis.models.staffing.workload import BENCHMARK_HOURS, MOST_SHRINKAGE

FULL_TIME_HOURS = 2080.0  # OEWS, footnote 2: annual wages are 2,080 times hourly wages


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialCost:
    """A year's denials, those that coding could prevent, and what these cost to rework (USD)."""

    denials: Estimate
    preventable_denials: Estimate
    cost: Estimate


def denial_cost(
    *,
    claims_per_year: float,
    denial_rate: Range,
    coding_share: Range,
    rework_cost_usd: Range,
    draws: int = DRAWS,
    seed: int = 0,
) -> DenialCost:
    """Cost the preventable denials: claims * rate * share * cost of rework, ranges drawn.

    Published figures differ in what they count: keep shares of claims and shares of charges
    apart, and hospital from practice costs. Revenue never recovered is not in the cost.

    Parameters
    ----------
    claims_per_year : float
        At least 0.
    denial_rate, coding_share : Range
        Share of claims denied at first, and of denials that right coding would have prevented.
    rework_cost_usd : Range
        Cost to rework one denied claim, at least 0.
    draws, seed : int
        Of the simulation.

    Raises
    ------
    ValueError
        A value out of range.

    Examples
    --------
    >>> denial_cost(
    ...     claims_per_year=100_000, denial_rate=Range.known(0.12),
    ...     coding_share=Range.known(0.15), rework_cost_usd=Range.known(25)).cost.value
    45000.0
    """
    if not 0 <= claims_per_year < float("inf"):
        raise ValueError(f"claims_per_year must be at least 0, not {claims_per_year}.")
    denial_rate.check_within("denial_rate", least=0.0, most=1.0)
    coding_share.check_within("coding_share", least=0.0, most=1.0)
    rework_cost_usd.check_within("rework_cost_usd", least=0.0, most=float("inf"))
    random = np.random.default_rng(seed)
    denials = claims_per_year * denial_rate.draw(random, draws)
    preventable = denials * coding_share.draw(random, draws)
    cost = preventable * rework_cost_usd.draw(random, draws)
    return DenialCost(
        denials=summarise_draws(denials, unit="claims a year"),
        preventable_denials=summarise_draws(preventable, unit="claims a year"),
        cost=summarise_draws(cost, unit="USD a year"),
    )


def cost_per_record(
    *,
    wage_usd: float,
    load_share: Range,
    records_per_8_hours: Range,
    shrinkage: Range,
    paid_hours_per_year: float = FULL_TIME_HOURS,
    draws: int = DRAWS,
    seed: int = 0,
) -> Estimate:
    """Cost the labor in one coded record, USD, ranges drawn.

    wage * (1 + load) / paid hours * 8 / (records in 8 paid hours) / (1 - shrinkage).

    Parameters
    ----------
    wage_usd : float
        A full-time year's wage, above 0.
    load_share : Range
        Benefits, payroll tax and overhead on top, as a share of the wage; at least 0.
    records_per_8_hours : Range
        Records in 8 paid hours, above 0.
    shrinkage : Range
        Share of paid hours not coded in, 0 to 0.99.
    paid_hours_per_year : float
        That the wage pays for.
    draws, seed : int
        Of the simulation.

    Raises
    ------
    ValueError
        A value out of range.

    Examples
    --------
    $52,000 a year is $25 an hour; with 30 % on top and 24 records in 8 hours, 25 * 1.3 / 3.

    >>> cost = cost_per_record(
    ...     wage_usd=52_000, load_share=Range.known(0.3),
    ...     records_per_8_hours=Range.known(24), shrinkage=Range.known(0))
    >>> round(cost.value, 2)
    10.83
    """
    if wage_usd <= 0 or paid_hours_per_year <= 0 or records_per_8_hours.low <= 0:
        raise ValueError(
            "wage_usd, paid_hours_per_year and records_per_8_hours must be above 0, not "
            f"{wage_usd}, {paid_hours_per_year}, {records_per_8_hours.low}."
        )
    load_share.check_within("load_share", least=0.0, most=float("inf"))
    shrinkage.check_within("shrinkage", least=0.0, most=MOST_SHRINKAGE)
    random = np.random.default_rng(seed)
    yearly = wage_usd * (1 + load_share.draw(random, draws))
    hours = BENCHMARK_HOURS / records_per_8_hours.draw(random, draws)
    coding_hours = paid_hours_per_year * (1 - shrinkage.draw(random, draws))
    return summarise_draws(yearly * hours / coding_hours, unit="USD")
