"""Tables: values in, text as people read it out."""

from analysis.tables.part import of
from analysis.tables.table import Table, table

__all__ = ["Table", "of", "table"]
