"""Tables: values in, text as people read it out."""

from analysis.tables import credential_return, evidence, staffing
from analysis.tables.outlook import evaluation, fan_coverage, track_record
from analysis.tables.part import of
from analysis.tables.table import Table, table

__all__ = [
    "Table",
    "credential_return",
    "evaluation",
    "evidence",
    "fan_coverage",
    "of",
    "staffing",
    "table",
    "track_record",
]
