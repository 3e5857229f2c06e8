"""Figures: tidy data in, a drawn chart out, its finding in the title and in the alt text."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.figures.careers import career_paths, ladder, specialties
    from analysis.figures.certification import member_gaps, pass_rates, published_pay
    from analysis.figures.chart import Chart
    from analysis.figures.credential_return import (
        adjusted_gaps,
        cash_flow,
        counterfactuals,
        earnings_paths,
        simulated_returns,
        tornado,
    )
    from analysis.figures.guide import grades, guide_bands, state_ranking
    from analysis.figures.outlook import (
        automation,
        employment_history,
        fan,
        industries,
        openings,
        projections,
    )
    from analysis.figures.pell import pell_rates, pell_screens, state_rules
    from analysis.figures.program import school_beside_others
    from analysis.figures.record_premium import credential_pairs, gap_parts, record_premiums
    from analysis.figures.salary import (
        metros_ranked,
        places_compared,
        real_wage,
        states_ranked,
        wage_distribution,
    )
    from analysis.figures.settings import employers, remote_work, setting_spread, setting_wages
    from analysis.figures.staffing import (
        backlogs,
        days_within_target,
        hiring_plan,
        staffing_need,
        staffing_tornado,
        tool_adoption,
    )
    from analysis.figures.state_map import state_map
    from analysis.figures.supply import (
        award_levels,
        awards_and_openings,
        postings,
        state_ratios,
        wages_after_training,
    )
else:
    load_when_used(__name__)

__all__ = [
    "Chart",
    "adjusted_gaps",
    "automation",
    "award_levels",
    "awards_and_openings",
    "backlogs",
    "career_paths",
    "cash_flow",
    "counterfactuals",
    "credential_pairs",
    "days_within_target",
    "earnings_paths",
    "employers",
    "employment_history",
    "fan",
    "gap_parts",
    "grades",
    "guide_bands",
    "hiring_plan",
    "industries",
    "ladder",
    "member_gaps",
    "metros_ranked",
    "openings",
    "pass_rates",
    "pell_rates",
    "pell_screens",
    "places_compared",
    "postings",
    "projections",
    "published_pay",
    "real_wage",
    "record_premiums",
    "remote_work",
    "school_beside_others",
    "setting_spread",
    "setting_wages",
    "simulated_returns",
    "specialties",
    "staffing_need",
    "staffing_tornado",
    "state_map",
    "state_ranking",
    "state_ratios",
    "state_rules",
    "states_ranked",
    "tool_adoption",
    "tornado",
    "wage_distribution",
    "wages_after_training",
]
