"""Methods for the return of a credential: flows, value, simulation, and the federal tests.

They take a `Case` of numbers and know no table; `analysis.studies.roi` gathers one.
"""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.models.roi.case import Case, PayProfile, ReturnInput, input_range, inputs_frame
    from analysis.models.roi.cash_flow import (
        ReturnMeasures,
        hire_month,
        measures,
        monthly_flows,
        monthly_pay,
        pay_by_year,
    )
    from analysis.models.roi.monte_carlo import (
        Simulation,
        break_even,
        premium_sensitivity,
        simulate,
        tornado,
    )
    from analysis.models.roi.official_tests import (
        DebtToEarnings,
        debt_to_earnings,
        earnings_premium,
        price_to_earnings_premium,
        value_added_earnings,
    )
    from analysis.models.roi.value import expected_npv
else:
    load_when_used(__name__)

__all__ = [
    "Case",
    "DebtToEarnings",
    "PayProfile",
    "ReturnInput",
    "ReturnMeasures",
    "Simulation",
    "break_even",
    "debt_to_earnings",
    "earnings_premium",
    "expected_npv",
    "hire_month",
    "input_range",
    "inputs_frame",
    "measures",
    "monthly_flows",
    "monthly_pay",
    "pay_by_year",
    "premium_sensitivity",
    "price_to_earnings_premium",
    "simulate",
    "tornado",
    "value_added_earnings",
]
