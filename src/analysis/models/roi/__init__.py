"""Methods for the return of a credential: the federal tests of a program."""

from analysis.models.roi.official_tests import (
    DebtToEarnings,
    debt_to_earnings,
    debt_to_earnings_ratio,
    earnings_premium,
    price_to_earnings_premium,
    value_added_earnings,
)

__all__ = [
    "DebtToEarnings",
    "debt_to_earnings",
    "debt_to_earnings_ratio",
    "earnings_premium",
    "price_to_earnings_premium",
    "value_added_earnings",
]
