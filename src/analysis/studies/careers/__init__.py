"""Where an occupation leads: its ladder, a move and its worth, and what lies beside it."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.studies.careers.study import Careers, study
else:
    load_when_used(__name__)

__all__ = ["Careers", "study"]
