"""What tools that propose codes are said to save: the inputs of every page that speaks of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from analysis.models.ranges import Range
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, cite, rows_where

PERCENT = 100.0
INPUTS: Mapping[str, str] = MappingProxyType(
    {
        "routine_share": "records simple enough for a proposal, share",
        "accuracy": "proposals that are right, share",
        "review_time_saving": "time saved by reviewing a right proposal, share",
        "wrong_proposal_penalty": "extra time after a wrong proposal, share",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """What a tool does to the records that go through it, by one account.

    Parameters
    ----------
    routine_share, accuracy, review_time_saving, wrong_proposal_penalty : Range
        Shares, 0 to 1, as `models.automation.time_saved` takes them; each with its source.
    """

    routine_share: Range
    accuracy: Range
    review_time_saving: Range
    wrong_proposal_penalty: Range

    @property
    def middle(self) -> dict[str, float]:
        """Every input in the middle of its range."""
        return {name: getattr(self, name).middle for name in INPUTS}

    @property
    def least(self) -> dict[str, float]:
        """Every input at its end that saves least."""
        penalty = self.wrong_proposal_penalty.high
        ends = {name: getattr(self, name).low for name in INPUTS}
        return {**ends, "wrong_proposal_penalty": penalty}


def guided_tool(tables: Tables) -> Tool:
    """Return the tool by the guide's accuracy and one vendor's saving of time.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.models.automation import time_saved
    >>> round(time_saved(**guided_tool(processed.Tables()).middle), 4)
    0.0674
    """
    row = rows_where(tables["guide_quality"], claim_id="ai-accuracy-routine").iloc[0]
    return Tool(
        routine_share=_assumed(tables, "staffing.routine_share"),
        accuracy=Range(
            low=float(row["low"]) / PERCENT,
            high=float(row["high"]) / PERCENT,
            source=f"{GUIDE}, routine cases; no study named",
        ),
        review_time_saving=_evidence(tables, "cac_time_saving"),
        wrong_proposal_penalty=_assumed(tables, "staffing.wrong_proposal_penalty"),
    )


def vendor_tool(tables: Tables) -> Tool:
    """Return the tool by another vendor's figures throughout.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.models.automation import time_saved
    >>> round(time_saved(**vendor_tool(processed.Tables()).middle), 4)
    0.306
    """
    return Tool(
        routine_share=_evidence(tables, "direct_to_bill_outpatient"),
        accuracy=_evidence(tables, "ai_assisted_outpatient_accuracy"),
        review_time_saving=_evidence(tables, "chart_time_reduction"),
        wrong_proposal_penalty=_assumed(tables, "staffing.wrong_proposal_penalty"),
    )


def _evidence(tables: Tables, name: str) -> Range:
    """Return the percentages of a cited row as shares."""
    rows: pd.DataFrame = rows_where(tables["automation_evidence"], id=name)
    cited = cite(rows)
    return Range(
        low=float(rows["value_low"].iloc[0]) / PERCENT,
        high=float(rows["value_high"].iloc[0]) / PERCENT,
        source=f"{cited.source} [{cited.verification}]",
    )


def _assumed(tables: Tables, name: str) -> Range:
    """Return the percentages of an assumption as shares."""
    found = assumed(tables, name)
    return Range(low=found.low / PERCENT, high=found.high / PERCENT, source=found.source)
