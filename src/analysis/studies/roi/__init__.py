"""What a credential returns: `study` and its parts, on the `ReturnCase` of `return_case`.

Nothing here is a causal effect: who certifies may have earned more anyway. The methods stand in
`analysis.models.roi`.
"""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.roi.case import ReturnCase, return_case
    from analysis.studies.roi.comparisons import compare_credentials
    from analysis.studies.roi.costs import cost_lines, total
    from analysis.studies.roi.counterfactuals import Counterfactual, counterfactuals
    from analysis.studies.roi.published_tests import long_run_values, published_tests
    from analysis.studies.roi.study import CredentialReturn, study
else:
    load_when_used(__name__)

__all__ = [
    "Counterfactual",
    "CredentialReturn",
    "ReturnCase",
    "compare_credentials",
    "cost_lines",
    "counterfactuals",
    "long_run_values",
    "published_tests",
    "return_case",
    "study",
    "total",
]
