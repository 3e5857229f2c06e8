"""Tables: values in, text as people read it out."""

from typing import TYPE_CHECKING

from analysis.lazy import load_when_used

if TYPE_CHECKING:
    from analysis.tabular import (
        settings,
        staffing,
    )
    from analysis.tabular.part import beside_figure, of
    from analysis.tabular.simulation import simulation
    from analysis.tabular.table import Table, table
else:
    load_when_used(__name__)

__all__ = [
    "Table",
    "beside_figure",
    "of",
    "settings",
    "simulation",
    "staffing",
    "table",
]
