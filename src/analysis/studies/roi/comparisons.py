"""Every credential by every pathway that leads to it: the guide's figures and published ones."""

from collections.abc import Sequence

import pandas as pd

from analysis.models.roi import expected_npv, monthly_flows
from analysis.models.roi.cash_flow import payback_years
from analysis.studies.credentials import credential_terms
from analysis.studies.lookup import Tables, row_of
from analysis.studies.roi.case import ReturnCase, return_case
from analysis.studies.roi.pathways import pathways_to

GUIDE_FEE_ITEMS = {"CPC": "CPC exam"}
GUIDE_FEE_RANGE = "certification exam, FAQ range"
OPEN_TO_ALL = "CPC"  # every pathway leads to it
MAY_BE_MISSING = (
    "guide_mean_wage_usd",
    "guide_percentile",
    "member_wage_usd",
    "published_fee_usd",
    "payback_years",
)


def compare_credentials(
    tables: Tables, pathways: Sequence[str], *, premium_share: float = 1.0, **terms: object
) -> pd.DataFrame:
    """Tabulate the return of every credential of the guide by each pathway that leads to it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    pathways : sequence of str
        All of newcomers or "certification_only": the two have different baselines.
    premium_share, **terms
        As in `return_case`.

    Returns
    -------
    DataFrame
        credential, body, pathway, baseline, guide_mean_wage_usd, guide_percentile (where that mean
        lies on the area's official distribution, 0 to 100), member_wage_usd (latest survey that
        names the credential), official_median_wage_usd, guide_fee_low_usd, guide_fee_high_usd,
        published_fee_usd, pass_rate_pct, premium_pct, npv_usd and payback_years (at the most likely
        inputs). Missing where nobody publishes a figure or where it never pays back.

    Raises
    ------
    WrongInput
        As in `return_case`.
    """
    bases = [
        return_case(tables, credential=OPEN_TO_ALL, pathway=pathway, **terms)  # type: ignore[arg-type]
        for pathway in pathways
    ]
    every = [
        credential_terms(tables, credential, premium_share=premium_share, edition=bases[0].edition)
        for credential in tables["guide_credentials"]["credential"]
    ]
    rows = [
        _row(tables, base.with_credential(each), body=each.body)
        for each in every
        for base in bases
        if base.pathway.name in pathways_to(each.credential)
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(MAY_BE_MISSING, "float64"))


def _row(tables: Tables, case: ReturnCase, *, body: str) -> dict[str, str | float | bool | None]:
    """Describe one credential by one pathway."""
    credential = case.credential
    guide = tables["guide_salary_by_credential"].set_index("credential")["salary_mean_usd"]
    guide_mean = float(guide[credential]) if credential in guide.index else None
    members = tables["member_salaries"]
    members = members[members["group"].eq(credential)].sort_values("survey_year")
    fee_item = GUIDE_FEE_ITEMS.get(credential, GUIDE_FEE_RANGE)
    guide_fee = row_of(tables["guide_certification_costs"], "item", fee_item)
    fee = case.input("exam_fee_usd")
    is_published = fee.verification != "assumption"
    return {
        "credential": credential,
        "body": body,
        "pathway": case.pathway.name,
        "baseline": case.baseline.name,
        "guide_mean_wage_usd": guide_mean,
        "guide_percentile": None
        if guide_mean is None
        else 100 * case.pay.percentile_of(guide_mean),
        "member_wage_usd": float(members["value"].iloc[-1]) if len(members) else None,
        "official_median_wage_usd": case.pay.quantile(0.5),
        "guide_fee_low_usd": float(guide_fee["low_usd"]),
        "guide_fee_high_usd": float(guide_fee["high_usd"]),
        "published_fee_usd": fee.value if is_published else None,
        "pass_rate_pct": case.most_likely["pass_rate_pct"],
        "premium_pct": case.most_likely["premium_pct"],
        "npv_usd": expected_npv(case),
        "payback_years": payback_years(monthly_flows(case)),
    }
