"""Figures: tidy data in, a drawn chart out, its finding in the title and in the alt text."""

from analysis.figures.automation import automation
from analysis.figures.chart import Chart
from analysis.figures.credential_return import (
    cash_flow,
    earnings_paths,
    simulated_returns,
    tornado,
)
from analysis.figures.employment import employment_history, industries
from analysis.figures.guide import grades, pay_bands, state_ranking
from analysis.figures.projection import fan, openings, projections
from analysis.figures.staffing import (
    backlogs,
    coding_queue,
    hiring_plan,
    staffing_need,
    staffing_tornado,
    tool_adoption,
)
from analysis.figures.state_map import state_map
from analysis.figures.wages import wage_distribution

__all__ = [
    "Chart",
    "automation",
    "backlogs",
    "cash_flow",
    "coding_queue",
    "earnings_paths",
    "employment_history",
    "fan",
    "grades",
    "hiring_plan",
    "industries",
    "openings",
    "pay_bands",
    "projections",
    "simulated_returns",
    "staffing_need",
    "staffing_tornado",
    "state_map",
    "state_ranking",
    "tool_adoption",
    "tornado",
    "wage_distribution",
]
