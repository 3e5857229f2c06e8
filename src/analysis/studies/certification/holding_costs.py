"""What it costs to get a credential by its exam alone, and to hold it for years."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models.ranges import DRAWS, Range, summarise_draws
from analysis.models.roi import ReturnInput
from analysis.studies.credentials import (
    exam_fee_input,
    find_credential,
    materials_input,
    membership_input,
    pass_rate_input,
    renewal_input,
)
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part

HORIZONS = (5, 10)
PERCENT = 100.0


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

    ten_years: Mapping[str, Estimate]
    getting: Mapping[str, Estimate]


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
        columns={
            "credential": "Credential",
            "exam_fee_usd": "Exam, one attempt",
            "attempts": Column("Attempts expected", "{:.1f}"),
            "get_usd": Column("To get it", wording.tens_usd),
            "five_year_usd": Column("To hold it 5 years", wording.tens_usd),
            "ten_year_usd": Column("10 years", wording.tens_usd),
            ("ten_year_usd", "ten_low_usd", "ten_high_usd"): Column(
                "10 years, from - to",
                lambda usd, low, high: wording.limits(usd, low, high, "USD"),
            ),
            ("is_fee_published", "is_pass_rate_published"): Column(
                "Published", _published, is_text=True
            ),
        },
        source=f"exam fees and dues through the pages named below; {GUIDE}; model",
        note=(
            "Dues of the first year, expected attempts, materials, then renewal every year, in "
            "dollars of today, without training and time. Median and middle 90% of draws over the "
            "limits of each line. Where a fee or pass rate is not published the guide's range for "
            "all exams stands in."
        ),
    )


def _costs(
    tables: Tables, credential: str, *, draws: int, seed: int
) -> tuple[dict[str, object], dict[int, Estimate]]:
    """Cost one credential: its row, and the estimates of getting it (0) and of each horizon."""
    body = find_credential(tables, credential)
    dues = membership_input(tables, credential=credential, body=body)
    fee = exam_fee_input(tables, credential=credential)
    passing = pass_rate_input(tables, credential=credential)
    materials = materials_input(tables)
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
        "is_fee_published": fee.verification != "assumption",
        "is_pass_rate_published": passing.estimate.kind != "guide",
    }
    return row, estimates


def _published(fee: bool, pass_rate: bool) -> str:
    """Name which of fee and pass rate are published for the exam."""
    named = [name for name, is_known in (("fee", fee), ("pass rate", pass_rate)) if is_known]
    return wording.listed(named) or "neither: guide's range"
