"""The table of a department's staffing that is made of estimates rather than of a part."""

import pandas as pd

from analysis import wording
from analysis.studies.staffing import Department
from analysis.tabular.table import Table, table


def denial_cost(study: Department) -> Table:
    """Show a year's denials, those that coding could prevent, and what these cost."""
    cost = study.denial_cost
    named = {
        "Claims denied at first": cost.denials,
        "of which coding could prevent": cost.preventable_denials,
        "Cost to rework those": cost.cost,
    }
    frame = pd.DataFrame(
        {"measure": list(named), "value": [estimate.value for estimate in named.values()]}
    )
    shown = {
        "A year": frame["measure"],
        "Median": pd.Series([wording.amount(estimate) for estimate in named.values()]),
        "Middle 90% of draws": pd.Series([wording.interval(each) for each in named.values()]),
    }
    return table(
        frame,
        shown,
        caption="Denials that right coding would have prevented",
        source="simulation over the figures below",
        note=study.denials.note,
    )
