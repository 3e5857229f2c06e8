"""What coding costs: a denied claim that coding could have prevented, and a coded record."""

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, Range, summarise_draws
from analysis.models.staffing.workload import BENCHMARK_HOURS, MOST_SHRINKAGE

FULL_TIME_HOURS = 2080.0  # OEWS, footnote 2: annual wages are 2,080 times hourly wages


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialCase:
    """Claims, and how many of them are denied for reasons that coding could prevent.

    Published figures differ in what they count: keep shares of claims and shares of charges
    apart, and hospital from practice costs.

    Parameters
    ----------
    claims_per_year : float
        At least 0.
    denial_rate : Range
        Share of claims denied at first, 0 to 1.
    coding_share : Range
        Share of denials that right coding would have prevented, 0 to 1.
    rework_cost_usd : Range
        Cost to rework one denied claim, at least 0.

    Raises
    ------
    ValueError
        A value out of range.
    """

    claims_per_year: float
    denial_rate: Range
    coding_share: Range
    rework_cost_usd: Range

    def __post_init__(self) -> None:
        if not 0 <= self.claims_per_year < float("inf"):
            raise ValueError(f"claims_per_year must be at least 0, not {self.claims_per_year}.")
        self.denial_rate.check_within("denial_rate", least=0.0, most=1.0)
        self.coding_share.check_within("coding_share", least=0.0, most=1.0)
        self.rework_cost_usd.check_within("rework_cost_usd", least=0.0, most=float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class DenialCost:
    """A year's denials and what those that coding could prevent cost to rework.

    Parameters
    ----------
    denials, preventable_denials : Estimate
        Claims a year.
    cost : Estimate
        USD a year; revenue never recovered is not in it.
    """

    denials: Estimate
    preventable_denials: Estimate
    cost: Estimate

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the three estimates: `measure`, `value`, `low`, `high`, `unit`."""
        rows = {
            "denials": self.denials,
            "preventable denials": self.preventable_denials,
            "rework cost": self.cost,
        }
        return pd.DataFrame(
            {"measure": measure, **asdict(estimate)} for measure, estimate in rows.items()
        )[["measure", "value", "low", "high", "unit"]]


def denial_cost(case: DenialCase, *, draws: int = DRAWS, seed: int = 0) -> DenialCost:
    """Cost the preventable denials: claims * rate * share * cost of rework, ranges drawn.

    Examples
    --------
    >>> case = DenialCase(
    ...     claims_per_year=100_000, denial_rate=Range.known(0.12),
    ...     coding_share=Range.known(0.15), rework_cost_usd=Range.known(25))
    >>> denial_cost(case).cost.value
    45000.0
    """
    random = np.random.default_rng(seed)
    denials = case.claims_per_year * case.denial_rate.draw(random, draws)
    preventable = denials * case.coding_share.draw(random, draws)
    cost = preventable * case.rework_cost_usd.draw(random, draws)
    return DenialCost(
        denials=summarise_draws(denials, unit="claims a year"),
        preventable_denials=summarise_draws(preventable, unit="claims a year"),
        cost=summarise_draws(cost, unit="USD a year"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourCost:
    """What a coder costs and delivers.

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

    Raises
    ------
    ValueError
        A value out of range.
    """

    wage_usd: float
    load_share: Range
    records_per_8_hours: Range
    shrinkage: Range
    paid_hours_per_year: float = FULL_TIME_HOURS

    def __post_init__(self) -> None:
        if self.wage_usd <= 0 or self.paid_hours_per_year <= 0 or self.records_per_8_hours.low <= 0:
            raise ValueError(
                "wage_usd, paid_hours_per_year and records_per_8_hours must be above 0, not "
                f"{self.wage_usd}, {self.paid_hours_per_year}, {self.records_per_8_hours.low}."
            )
        self.load_share.check_within("load_share", least=0.0, most=float("inf"))
        self.shrinkage.check_within("shrinkage", least=0.0, most=MOST_SHRINKAGE)


def cost_per_record(labour: LabourCost, *, draws: int = DRAWS, seed: int = 0) -> Estimate:
    """Cost the labour in one coded record, USD, ranges drawn.

    wage * (1 + load) / paid hours * 8 / (records in 8 paid hours) / (1 - shrinkage).

    Examples
    --------
    $52,000 a year is $25 an hour; with 30 % on top and 24 records in 8 hours, 25 * 1.3 / 3.

    >>> labour = LabourCost(
    ...     wage_usd=52_000, load_share=Range.known(0.3),
    ...     records_per_8_hours=Range.known(24), shrinkage=Range.known(0))
    >>> round(cost_per_record(labour).value, 2)
    10.83
    """
    random = np.random.default_rng(seed)
    yearly = labour.wage_usd * (1 + labour.load_share.draw(random, draws))
    hours = BENCHMARK_HOURS / labour.records_per_8_hours.draw(random, draws)
    coding_hours = labour.paid_hours_per_year * (1 - labour.shrinkage.draw(random, draws))
    return summarise_draws(yearly * hours / coding_hours, unit="USD")
