"""Every credential of the guide by every pathway: the guide's figures beside published ones."""

from collections.abc import Mapping

import pandas as pd

from analysis.studies.areas import CODERS, NATION
from analysis.studies.lookup import row_of
from analysis.studies.roi.cash_flow import monthly_flows
from analysis.studies.roi.credential_terms import credential_terms, is_eligible
from analysis.studies.roi.monte_carlo import expected_npv
from analysis.studies.roi.return_baselines import CURRENT_CODER, HIGH_SCHOOL
from analysis.studies.roi.return_case import ReturnCase, return_case
from analysis.studies.roi.return_measures import payback_years
from analysis.studies.roi.training_pathways import PATHWAYS

GUIDE_FEE_ITEMS = {"CPC": "CPC exam"}
GUIDE_FEE_RANGE = "certification exam, FAQ range"
MAY_BE_MISSING = (
    "guide_mean_wage_usd",
    "guide_percentile",
    "member_wage_usd",
    "member_year",
    "published_fee_usd",
    "npv_usd",
    "payback_years",
)


def compare_credentials(
    tables: Mapping[str, pd.DataFrame],
    *,
    area: str = NATION,
    occupation: str = CODERS,
    discount_rate: float = 0.03,
    horizon_years: int = 20,
    remote_after_years: float = 2.0,
    baseline: str | float = HIGH_SCHOOL,
    premium_share: float = 1.0,
) -> pd.DataFrame:
    """Tabulate the return of every credential of the guide by every pathway.

    The pathway "certification_only" is held against a coder without a credential, the others
    against `baseline`.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    area, occupation, discount_rate, horizon_years, remote_after_years, baseline, premium_share
        As in `roi.study`.

    Returns
    -------
    DataFrame
        credential, body, pathway, baseline, guide_mean_wage_usd, guide_percentile (where that mean
        lies on the area's official distribution, 0 to 100), member_wage_usd, member_year (latest
        survey that names the credential), official_median_wage_usd, guide_fee_low_usd,
        guide_fee_high_usd, published_fee_usd, pass_rate_pct, has_published_pass_rate, premium_pct,
        npv_usd, payback_years, is_eligible. Missing where nobody publishes a figure, where it never
        pays back, or where the pathway does not lead to the credential.

    Raises
    ------
    WrongInput
        As in `roi.study`.
    """
    bases = [
        return_case(
            tables,
            pathway=pathway,
            area=area,
            occupation=occupation,
            discount_rate=discount_rate,
            horizon_years=horizon_years,
            remote_after_years=remote_after_years,
            baseline=CURRENT_CODER if pathway == "certification_only" else baseline,
        )
        for pathway in PATHWAYS
    ]
    every = [
        credential_terms(tables, credential, premium_share=premium_share)
        for credential in tables["guide_credentials"]["credential"]
    ]
    rows = [
        _row(tables, base.with_credential(terms), body=terms.body)
        for terms in every
        for base in bases
    ]
    return pd.DataFrame(rows).astype(dict.fromkeys(MAY_BE_MISSING, "float64"))


def _row(
    tables: Mapping[str, pd.DataFrame], case: ReturnCase, *, body: str
) -> dict[str, str | float | bool | None]:
    """Describe one credential by one pathway."""
    credential = case.credential
    guide = tables["guide_salary_by_credential"].set_index("credential")["salary_mean_usd"]
    guide_mean = float(guide[credential]) if credential in guide.index else None
    members = tables["member_salaries"]
    members = members[members["group"].eq(credential)].sort_values("survey_year")
    fee_item = GUIDE_FEE_ITEMS.get(credential, GUIDE_FEE_RANGE)
    guide_fee = row_of(tables["guide_certification_costs"], "item", fee_item)
    fee, passes = case.input("exam_fee_usd"), case.input("pass_rate_pct")
    eligible = is_eligible(credential, case.pathway.name)
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
        "member_year": int(members["survey_year"].iloc[-1]) if len(members) else None,
        "official_median_wage_usd": case.pay.quantile(0.5),
        "guide_fee_low_usd": float(guide_fee["low_usd"]),
        "guide_fee_high_usd": float(guide_fee["high_usd"]),
        "published_fee_usd": fee.value if fee.estimate.kind == "official" else None,
        "pass_rate_pct": passes.value,
        "has_published_pass_rate": passes.estimate.kind == "official",
        "premium_pct": case.most_likely["premium_pct"],
        "npv_usd": expected_npv(case) if eligible else None,
        "payback_years": payback_years(monthly_flows(case)) if eligible else None,
        "is_eligible": eligible,
    }
