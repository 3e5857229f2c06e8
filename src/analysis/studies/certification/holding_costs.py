"""What it costs to get a credential by its exam alone, and to hold it for years."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar

import numpy as np
import pandas as pd

from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, Range, summarise_draws
from analysis.studies.lookup import Tables
from analysis.studies.part import Part
from analysis.studies.roi.credential_costs import materials_input, renewal_input
from analysis.studies.roi.credential_terms import (
    exam_fee_input,
    find_credential,
    membership_input,
    pass_rate_input,
)
from analysis.studies.roi.return_inputs import ReturnInput
from analysis.studies.roi.training_pathways import find_pathway

HORIZONS = (5, 10)
PERCENT = 100.0
EXAM_ALONE = "certification_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldingCosts(Part):
    """Cost of getting a credential and holding it, by credential.

    Parameters
    ----------
    table : DataFrame
        credential, body, exam_fee_usd, attempts (expected), get_usd, five_year_usd, five_low_usd,
        five_high_usd, ten_year_usd, ten_low_usd, ten_high_usd, is_fee_published,
        is_pass_rate_published.
    ten_years, getting : mapping of Estimate
        By credential, USD.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "credential": "Credential",
            "exam_fee_usd": "Exam, one attempt",
            "attempts": "Attempts expected",
            "get_usd": "To get it",
            "five_year_usd": "To hold it 5 years",
            "ten_year_usd": "10 years",
            "ten_low_usd": "from",
            "ten_high_usd": "to",
            "is_fee_published": "Fee published",
        }
    )

    ten_years: Mapping[str, Estimate]
    getting: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exams(Part):
    """The exams: form, fees, upkeep, holders.

    Parameters
    ----------
    table : DataFrame
        credential, form, passing, fees, upkeep, holders, origin; all worded.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "credential": "Exam",
            "form": "Form",
            "passing": "Passes with",
            "fees": "Fee",
            "upkeep": "Upkeep",
            "holders": "Holders",
            "origin": "Source [verified]",
        }
    )


def holding_costs(
    tables: Tables, credential: str = "all", *, draws: int = DRAWS, seed: int = 0
) -> HoldingCosts:
    """Cost each credential: dues of the first year, attempts, materials, then renewal each year.

        cost of n years = dues + fee / pass rate + materials + (n - 1) renewal

    Attempts are the expected number, 1 / pass rate, at a fee each. Dollars of today, undiscounted;
    no training, no hours of study, no earnings given up: `roi` counts those.

    Parameters
    ----------
    tables : mapping of DataFrame
        Processed tables credentials, pass_rates, guide_certification_costs,
        guide_certification_exam, guide_credentials.
    credential : str
        "all" of the guide, or one.
    draws, seed : int
        Of the simulation over the limits of each line.

    Examples
    --------
    >>> from analysis import processed
    >>> costs = holding_costs(processed.Tables(), "CPC", draws=100)
    >>> costs.getting["CPC"].unit, costs.getting["CPC"].value < costs.ten_years["CPC"].value
    ('USD', True)
    """
    names = list(tables["guide_credentials"]["credential"]) if credential == "all" else [credential]
    found = {name: _costs(tables, name, draws=draws, seed=seed) for name in names}
    rows = [row for row, _ in found.values()]
    return HoldingCosts(
        table=pd.DataFrame(rows),
        ten_years={name: estimates[HORIZONS[-1]] for name, (_, estimates) in found.items()},
        getting={name: estimates[0] for name, (_, estimates) in found.items()},
        source="exam fees and dues through the pages named below; career guide; model",
        note=(
            "Dues of the first year, expected attempts, materials, then renewal every year, in "
            "dollars of today, without training and time. Median and middle 90% of draws over the "
            "limits of each line. Where a fee or pass rate is not published the guide's range for "
            "all exams stands in."
        ),
    )


def exams(credentials: pd.DataFrame, credential: str = "all") -> Exams:
    """List the exams as published.

    Examples
    --------
    >>> from analysis import processed
    >>> exams(processed.read("credentials"), "CPC").table.shape[0]
    1
    """
    rows = credentials
    if credential != "all":
        rows = rows[rows["credential"].eq(credential)]
    if rows.empty:
        return Exams(
            table=pd.DataFrame(),
            reason=f"No published page about the {credential} exam is in hand.",
        )
    return Exams(
        table=pd.DataFrame(
            {
                "credential": rows["credential"],
                "form": [_form(row) for row in rows.to_dict("records")],
                "passing": rows["passing"].fillna("–"),
                "fees": [_fees(row) for row in rows.to_dict("records")],
                "upkeep": [_upkeep(row) for row in rows.to_dict("records")],
                "holders": rows["active_holders"].map("{:,.0f}".format, na_action="ignore")
                .astype("str").fillna("–"),
                "origin": rows["source_title"] + ", " + rows["vintage"].fillna("undated") + " ["
                + rows["verification"] + "]",
            }
        ).reset_index(drop=True),
        source="as named in each row",
        note="Fees: member / other where both are published. CEU: continuing education units.",
    )  # fmt: skip


def _costs(
    tables: Tables, credential: str, *, draws: int, seed: int
) -> tuple[dict[str, object], dict[int, Estimate]]:
    """Cost one credential: its row, and the estimates of getting it (0) and of each horizon."""
    body = find_credential(tables, credential)
    dues = membership_input(tables, credential=credential, body=body)
    fee = exam_fee_input(tables, credential=credential)
    passing = pass_rate_input(tables, credential=credential)
    materials = materials_input(tables, pathway=find_pathway(EXAM_ALONE))
    renewal = renewal_input(tables)
    random = np.random.default_rng(seed)

    def drawn(line: ReturnInput) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        values = Range(low=line.low, high=line.high, likely=line.value).draw(random, draws)
        return np.asarray(values)

    get = drawn(dues) + drawn(fee) * PERCENT / drawn(passing) + drawn(materials)
    a_year = drawn(renewal)
    totals = {0: get} | {years: get + (years - 1) * a_year for years in HORIZONS}
    estimates = {years: summarise_draws(values, unit="USD") for years, values in totals.items()}
    five, ten = (estimates[years] for years in HORIZONS)
    row = {
        "credential": credential,
        "body": body,
        "exam_fee_usd": fee.value,
        "attempts": PERCENT / passing.value,
        "get_usd": estimates[0].value,
        "five_year_usd": five.value,
        "five_low_usd": five.low,
        "five_high_usd": five.high,
        "ten_year_usd": ten.value,
        "ten_low_usd": ten.low,
        "ten_high_usd": ten.high,
        "is_fee_published": fee.estimate.kind == "official",
        "is_pass_rate_published": passing.estimate.kind == "official",
    }
    return row, estimates


def _form(row: Mapping[Hashable, Any]) -> str:
    """Word questions and time."""
    questions, scored, minutes = (row[k] for k in ("questions", "questions_scored", "exam_minutes"))
    if pd.isna(questions):
        return "–"
    asked = f"{questions:.0f} questions"
    if pd.notna(scored) and scored != questions:
        asked += f" ({scored:.0f} scored)"
    hours = "" if pd.isna(minutes) else f", {minutes / 60:.3g} hours"
    return asked + hours


def _fees(row: Mapping[Hashable, Any]) -> str:
    """Word the fees."""
    fee, other = row["exam_fee_usd"], row["exam_fee_nonmember_usd"]
    if pd.isna(fee):
        return "–"
    both = pd.notna(other) and other != fee
    return f"${fee:,.0f} / ${other:,.0f}" if both else f"${fee:,.0f}"


def _upkeep(row: Mapping[Hashable, Any]) -> str:
    """Word dues and continuing education."""
    dues, units = row["membership_usd_per_year"], row["continuing_education"]
    parts = [
        f"dues ${dues:,.0f} a year" if pd.notna(dues) else "",
        str(units) if pd.notna(units) else "",
    ]
    return "; ".join(filter(None, parts)) or "–"
