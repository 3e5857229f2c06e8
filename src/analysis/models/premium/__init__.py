"""What a credential is associated with in pay.

From records: `wage_equation`, `quantile_premium`, `percent_premium`, `decompose`,
`compare_groups`, and `sensitivity` to what was not measured. None of these makes an association
an effect.
"""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.models.premium.comparison import PairwiseComparison, compare_groups
    from analysis.models.premium.decomposition import Decomposition
    from analysis.models.premium.oaxaca import decompose
    from analysis.models.premium.percent_premium import percent_premium
    from analysis.models.premium.sensitivity import (
        Adjusted,
        Sensitivity,
        benchmark_strength,
        omitted_variable_bound,
        partial_r2,
        robustness_value,
        sensitivity,
    )
    from analysis.models.premium.wage_equation import quantile_premium, wage_equation
else:
    load_when_used(__name__)

__all__ = [
    "Adjusted",
    "Decomposition",
    "PairwiseComparison",
    "Sensitivity",
    "benchmark_strength",
    "compare_groups",
    "decompose",
    "omitted_variable_bound",
    "partial_r2",
    "percent_premium",
    "quantile_premium",
    "robustness_value",
    "sensitivity",
    "wage_equation",
]
