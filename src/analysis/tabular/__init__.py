"""Tables: values in, text as people read it out."""

from analysis.tabular import (
    evidence,
    salary,
    settings,
    staffing,
)
from analysis.tabular.part import beside_figure, of
from analysis.tabular.simulation import simulation
from analysis.tabular.table import Table, table

__all__ = [
    "Table",
    "beside_figure",
    "evidence",
    "of",
    "salary",
    "settings",
    "simulation",
    "staffing",
    "table",
]
