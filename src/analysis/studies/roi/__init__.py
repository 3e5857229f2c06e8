"""What a credential returns: one import for the models of cost, pay, value, risk and tests.

Start with `study`; each of its parts is a function of its own here, on the `ReturnCase` that
`return_case` gathers from the tables. Nothing here is a causal effect: premiums are unadjusted
gaps, and who certifies may have earned more anyway.
"""

from analysis.models.roi.official_tests import (
    DebtToEarnings,
    debt_to_earnings,
    debt_to_earnings_ratio,
    earnings_premium,
    price_to_earnings_premium,
    value_added_earnings,
)
from analysis.studies.experience_pay import experience_bands, pay_by_experience, workforce_score
from analysis.studies.programs import outcomes_beside_promise, program_outcomes
from analysis.studies.roi.break_even import BreakEven, break_even, premium_sensitivity
from analysis.studies.roi.cash_flow import hire_month, monthly_flows, monthly_pay
from analysis.studies.roi.cost_lines import CostLine, CredentialCosts, costs
from analysis.studies.roi.credential_comparison import compare_credentials
from analysis.studies.roi.credential_premium import certified_gaps, relative_standing
from analysis.studies.roi.credential_return import CredentialReturn, study
from analysis.studies.roi.earnings_scenarios import earnings_scenarios
from analysis.studies.roi.monte_carlo import Simulation, expected_npv, simulate, tornado
from analysis.studies.roi.published_tests import PublishedTests, long_run_values, published_tests
from analysis.studies.roi.return_case import ReturnCase, return_case
from analysis.studies.roi.return_inputs import ReturnInput, inputs_frame
from analysis.studies.roi.return_measures import ReturnMeasures, measures, pay_by_year

__all__ = [
    "BreakEven",
    "CostLine",
    "CredentialCosts",
    "CredentialReturn",
    "DebtToEarnings",
    "PublishedTests",
    "ReturnCase",
    "ReturnInput",
    "ReturnMeasures",
    "Simulation",
    "break_even",
    "certified_gaps",
    "compare_credentials",
    "costs",
    "debt_to_earnings",
    "debt_to_earnings_ratio",
    "earnings_premium",
    "earnings_scenarios",
    "expected_npv",
    "experience_bands",
    "hire_month",
    "inputs_frame",
    "long_run_values",
    "measures",
    "monthly_flows",
    "monthly_pay",
    "outcomes_beside_promise",
    "pay_by_experience",
    "pay_by_year",
    "premium_sensitivity",
    "price_to_earnings_premium",
    "program_outcomes",
    "published_tests",
    "relative_standing",
    "return_case",
    "simulate",
    "study",
    "tornado",
    "value_added_earnings",
    "workforce_score",
]
