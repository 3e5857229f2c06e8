"""Tables: values in, text as people read it out."""

from analysis.tables import (
    evidence,
    salary,
    settings,
    staffing,
)
from analysis.tables.part import beside_figure, of
from analysis.tables.simulation import simulation
from analysis.tables.table import Table, table

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
