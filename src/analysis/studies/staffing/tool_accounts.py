"""What tools that propose codes would save, by who says so, and what coders then do all day."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.models.ranges import DRAWS, SIMULATED, Range
from analysis.models.staffing.staffing_need import StaffingNeed
from analysis.studies.lookup import Tables, cite, rows_where
from analysis.studies.part import Part
from analysis.studies.staffing.department_need import Inputs, department_need
from analysis.studies.staffing.staffing_inputs import GUIDE, PERCENT, DepartmentPlan

VENDOR, MEASURED = "vendor claim", "LLM accuracy"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolAccounts(Part):
    """Full-time coders a tool would save, by account.

    Parameters
    ----------
    table : DataFrame
        account, accuracy and saving (worded, in percent), fte_saved, saved_low, saved_high (below
        0 where the tool costs time), origin (source and mark).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "account": "Account",
            "accuracy": "Proposals right",
            "saving": "Time saved on those",
            "fte_saved": "Coders saved",
            "saved_low": "from",
            "saved_high": "to",
            "origin": "Source [verified]",
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderDay(Part):
    """What a coder's day would consist of, by the guide.

    Parameters
    ----------
    table : DataFrame
        activity, share_low_pct, share_high_pct, fte_low, fte_high (of the department's need).
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "activity": "Activity",
            "share_low_pct": "Share of the day, from",
            "share_high_pct": "to",
            "fte_low": "Full-time coders, from",
            "fte_high": "to ",
        }
    )


def tool_accounts(
    tables: Tables, inputs: Inputs, plan: DepartmentPlan, *, draws: int = DRAWS, seed: int = 0
) -> ToolAccounts:
    """Work out what the tool saves at the plan's adoption by each account in hand.

    The base is the guide's accuracy with a vendor's time saving. The others put in place what one
    source says: a vendor's higher claims, the accuracy that independent tests of general language
    models measured, and the time saving recalled of a controlled study.
    """
    evidence = tables["automation_evidence"]
    vendors, tested = rows_where(evidence, kind=VENDOR), rows_where(evidence, kind=MEASURED)
    tested = tested[
        tested["item"].str.contains("ICD-10-CM|CPT") & ~tested["item"].str.contains("non-exact")
    ].dropna(subset=["value_low"])
    outpatient = _item(vendors, "direct-to-bill share, high-volume outpatient")
    right = _item(vendors, "accuracy of AI-assisted outpatient")
    time = _item(vendors, "reduction in coder time per chart")
    study = _item(evidence, "size of that time saving")
    everything = Range.known(1.0)
    changes: list[tuple[str, dict[str, Range], str]] = [
        (
            "guide's accuracy, one vendor's saving",
            {},
            f"{GUIDE}; {inputs['review_time_saving'].source} [claim]",
        ),
        (
            "another vendor's claims throughout",
            {
                "routine_share": _range(outpatient),
                "tool_accuracy": _range(right),
                "review_time_saving": _range(time),
            },
            _origin(pd.concat([outpatient, right, time])),
        ),
        (
            "accuracy as independent tests found, saving as claimed",
            {
                "tool_accuracy": Range(
                    low=float(tested["value_low"].min()) / PERCENT,
                    high=float(tested["value_high"].max()) / PERCENT,
                )
            },
            f"{_origin(tested)} General language models, not coding products",
        ),
        (
            "time saved in a controlled study of 25 records",
            {
                "routine_share": everything,
                "tool_accuracy": everything,
                "review_time_saving": _range(study),
            },
            _origin(study),
        ),
    ]
    rows = []
    for account, change, origin in changes:
        said = {
            name: replace(each, range=change.get(name, each.range)) for name, each in inputs.items()
        }
        saved = department_need(said, plan, draws=draws, seed=seed).fte_saved
        accuracy, saving = said["tool_accuracy"].range, said["review_time_saving"].range
        rows.append(
            {
                "account": account,
                "accuracy": _percent(accuracy),
                "saving": _percent(saving),
                "fte_saved": saved.value,
                "saved_low": saved.low,
                "saved_high": saved.high,
                "origin": origin,
            }
        )
    return ToolAccounts(
        table=pd.DataFrame(rows),
        source=SIMULATED,
        note=(
            f"With {PERCENT * plan.ai_adoption:.0f}% of records through the tool. None of these "
            "measures a coding product on a department's own records: put in your own."
        ),
    )


def coder_day(shares: pd.DataFrame, need: StaffingNeed) -> CoderDay:
    """Split the need by the guide's shares of a coder's day.

    Parameters
    ----------
    shares : DataFrame
        The processed table `guide_ai_time_shares`.
    need : StaffingNeed
        Of the department.
    """
    fte = need.fte.value or 0.0
    low, high = shares["share_low_pct"].sum(), shares["share_high_pct"].sum()
    return CoderDay(
        table=pd.DataFrame(
            {
                "activity": shares["activity"],
                "share_low_pct": shares["share_low_pct"],
                "share_high_pct": shares["share_high_pct"],
                "fte_low": fte * shares["share_low_pct"] / PERCENT,
                "fte_high": fte * shares["share_high_pct"] / PERCENT,
            }
        ),
        source=f"{GUIDE}, shares of the day of a coder who works with AI; no time-use study named",
        note=f"The shares add up to {low:.0f}% to {high:.0f}%.",
    )


def _item(rows: pd.DataFrame, start: str) -> pd.DataFrame:
    """Return the one row whose item begins with `start`."""
    found = rows[rows["item"].str.startswith(start)]
    if len(found) != 1:
        raise ValueError(f"item must begin with {start!r} in one row, found {len(found)}.")
    return found


def _range(row: pd.DataFrame) -> Range:
    """Return the percentages of one row as shares."""
    return Range(
        low=float(row["value_low"].item()) / PERCENT, high=float(row["value_high"].item()) / PERCENT
    )


def _percent(shares: Range) -> str:
    """Write a range of shares in percent."""
    low, high = PERCENT * shares.low, PERCENT * shares.high
    return f"{low:.0f}%" if round(low) == round(high) else f"{low:.0f}% to {high:.0f}%"


def _origin(rows: pd.DataFrame) -> str:
    """Cite rows with their weakest mark."""
    cited = cite(rows)
    return f"{cited.source} [{cited.verification}]"
