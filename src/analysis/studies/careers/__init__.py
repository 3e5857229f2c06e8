"""Where an occupation leads: its ladder, a move and its worth, and what lies beside it."""

from analysis.studies.careers.study import Careers, study

__all__ = ["Careers", "study"]
