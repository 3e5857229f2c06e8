"""Claims about what a credential and the training for it cost."""

import pandas as pd

from analysis.studies.evidence.claim_tests.registry import tests
from analysis.studies.evidence.grading import Claim, Official
from analysis.studies.lookup import Tables, cite, rows_where

CREDENTIAL = "CPC"
TUITION = "published tuition and fees, in-district, full time"
LOWEST_TUITION = "published tuition and fees, lowest state (California)"
HIGHEST_TUITION = "published tuition and fees, highest state (Vermont)"
ASSOCIATE_YEARS = 2


@tests("cost-aapc-membership")
def membership_dues(tables: Tables, claim: Claim) -> Official:
    """Compare with the dues in hand."""
    row = _credential(tables)
    dues, students = (
        float(row[column].item())
        for column in ("membership_usd_per_year", "student_membership_usd_per_year")
    )
    return _fee(claim, row, dues, dues, f"Dues are ${dues:,.0f} a year, students ${students:,.0f}.")


@tests("cost-exam-cpc", "cost-exam-fee-range")
def exam_fee(tables: Tables, claim: Claim) -> Official:
    """Compare with the fee for one attempt at the CPC."""
    row = _credential(tables)
    fee = float(row["exam_fee_usd"].item())
    others = rows_where(tables["credentials"], body="AHIMA")["exam_fee_usd"].dropna()
    return _fee(
        claim,
        row,
        fee,
        fee,
        f"One attempt at the CPC costs ${fee:,.0f}; AHIMA's exams cost members "
        f"${others.min():,.0f} to ${others.max():,.0f}.",
    )


@tests("cost-first-certification-total")
def first_certification(tables: Tables, claim: Claim) -> Official:
    """Add current dues and fee to the guide's own range for materials."""
    row = _credential(tables)
    fixed = float(row["exam_fee_usd"].item() + row["membership_usd_per_year"].item())
    materials = rows_where(tables["guide_claims"], claim_id="cost-study-materials")
    low, high = fixed + materials["low"].item(), fixed + materials["high"].item()
    return _fee(
        claim,
        row,
        low,
        high,
        f"Dues and one attempt cost ${fixed:,.0f}; for materials no price is published, so the "
        "guide's own range is added.",
        is_proxy=True,
    )


@tests("cost-renewal-annual")
def yearly_renewal(tables: Tables, claim: Claim) -> Official:
    """Compare with the dues: what education units cost is not published."""
    row = _credential(tables)
    dues = float(row["membership_usd_per_year"].item())
    return _fee(
        claim,
        row,
        dues,
        dues,
        f"Dues alone are ${dues:,.0f} a year; the {row['continuing_education'].item()} come on "
        "top, at prices that are not published.",
        is_proxy=True,
    )


@tests("education-program-cost")
def price_of_training(tables: Tables, claim: Claim) -> Official:
    """Compare with one and two years' tuition at public two-year colleges."""
    costs = rows_where(tables["programme_costs"], sector="public two-year")
    rows = costs[costs["item"].isin([TUITION, LOWEST_TUITION, HIGHEST_TUITION])]
    newest = rows[rows["period"].eq(rows["period"].max())]
    year, low, high = (
        float(rows_where(newest, item=item)["value"].item())
        for item in (TUITION, LOWEST_TUITION, HIGHEST_TUITION)
    )
    return Official(
        low=year,
        high=ASSOCIATE_YEARS * year,
        unit=claim.unit,
        year=str(newest["period"].iloc[0]),
        cited=cite(newest),
        comparison="proxy",
        reason=f"A year at a public two-year college costs ${year:,.0f} (states ${low:,.0f} to "
        f"${high:,.0f}), one or two years are needed; for-profit schools publish no current price.",
    )


def _credential(tables: Tables) -> pd.DataFrame:
    """Return the row of the CPC."""
    return rows_where(tables["credentials"], credential=CREDENTIAL)


def _fee(
    claim: Claim,
    row: pd.DataFrame,
    low: float,
    high: float,
    reason: str,
    *,
    is_proxy: bool = False,
) -> Official:
    """State a cost that rests on the CPC's row."""
    return Official(
        low=low,
        high=high,
        unit=claim.unit,
        year=str(row["vintage"].item()),
        cited=cite(row),
        comparison="proxy" if is_proxy else "direct",
        reason=reason,
    )
