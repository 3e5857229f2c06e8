"""Coding operations and automation: cited figures, many of them surveys or vendor claims."""

import pandas as pd
import pandera.pandas as pa

from analysis.schemas.promise import CitedTable


class CitedRange(CitedTable):
    """A cited figure, a point (low = high), a range, or only words; found by its id."""

    id: str = pa.Field(unique=True, str_matches=r"^[a-z0-9_]+$")
    value_low: float = pa.Field(nullable=True)
    value_high: float = pa.Field(nullable=True)
    value_text: str
    unit: str = pa.Field(nullable=True)
    note: str = pa.Field(nullable=True)

    @pa.dataframe_check
    @classmethod
    def low_is_not_above_high(cls, table: pd.DataFrame) -> "pd.Series[bool]":
        """Hold low to at most high."""
        return ~table["value_low"].gt(table["value_high"])


class Denials(CitedRange):
    """Denial rates, causes and costs."""

    measure: str
    period: str = pa.Field(nullable=True)
    population: str = pa.Field(nullable=True)


class Productivity(CitedRange):
    """How much a coder codes; no national standard exists."""

    setting: str
    statistic: str


class AutomationEvidence(CitedRange):
    """Exposure measures, measured accuracy, adoption surveys and vendor claims, by `kind`."""

    kind: str = pa.Field(
        isin=[
            "task exposure",
            "LLM accuracy",
            "CAC productivity",
            "adoption",
            "staffing",
            "vendor claim",
            "official view",
        ]
    )
    item: str
    records: str = pa.Field(nullable=True)
    source_url: str = pa.Field(nullable=True)
    vintage: str = pa.Field(nullable=True)


class CodeSetStatus(CitedTable):
    """What the agencies say about the diagnosis code set in force."""

    statement: str
