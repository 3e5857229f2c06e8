"""Who employs an occupation, and what they pay."""

from analysis.models.settings.settings_study import (
    GuideShares,
    Settings,
    industry_share,
    study,
)

__all__ = [
    "GuideShares",
    "Settings",
    "industry_share",
    "study",
]
