"""The same question on other terms: every credential by every pathway, other accounts of pay."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.models.roi import PayProfile, expected_npv, monthly_flows, monthly_pay
from analysis.models.roi.case import MONTHS
from analysis.models.roi.cash_flow import payback_years
from analysis.studies.areas import CODERS, NATION
from analysis.studies.credentials import PATHWAYS, credential_terms, is_eligible
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, row_of
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, program_outcomes
from analysis.studies.roi.baseline import CURRENT_CODER, HIGH_SCHOOL
from analysis.studies.roi.case import ReturnCase, return_case

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
LATER_YEAR = 10
JUST_BEFORE = 1e-9  # of a year: pay steps up, it does not glide
GUIDE_PREMIUM = "salary-certified-premium"
LATER_MISSING = {"later_wage_usd": "float64", "payback_years": "float64"}


def compare_credentials(
    tables: Tables,
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


def _row(tables: Tables, case: ReturnCase, *, body: str) -> dict[str, str | float | bool | None]:
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
        "published_fee_usd": fee.value if fee.estimate.kind != "guide" else None,
        "pass_rate_pct": passes.value,
        "has_published_pass_rate": passes.estimate.kind != "guide",
        "premium_pct": case.most_likely["premium_pct"],
        "npv_usd": expected_npv(case) if eligible else None,
        "payback_years": payback_years(monthly_flows(case)) if eligible else None,
        "is_eligible": eligible,
    }


def earnings_scenarios(tables: Tables, case: ReturnCase) -> pd.DataFrame:
    """Value a case under each account of what its holder earns.

    For who comes to the occupation: official pay by experience (the case itself), the guide's tiers
    at their middle, and the median of completers of real CIP 51.07 programs of that level (the
    state's, else the nation's), level over time. For a coder: the case itself, and the premium the
    guide states. All else stays.

    Returns
    -------
    DataFrame
        scenario, kind, first_year_wage_usd, later_wage_usd (in year 10 of work; missing where the
        horizon is shorter), npv_usd, payback_years (missing where it never pays back), source. Pay
        of holders, unemployment taken off.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> tables = processed.Tables()
    >>> earnings_scenarios(tables, return_case(tables))["scenario"].tolist()
    ['official pay by experience', "the guide's tiers", 'completers of real programs']
    """
    official = _scenario(
        case,
        scenario="official pay by experience",
        kind="official",
        source=f"{case.pay.source}, {case.pay.year}; experience path: an assumption",
    )
    rows = [official, _guide_scenario(tables, case)]
    if case.is_entrant and (found := _program_median(tables["programmes"], case)) is not None:
        earnings, place = found
        rows.append(
            _scenario(
                at_pay(case, (0.0,), (earnings,)),
                scenario="completers of real programs",
                kind="official",
                source=f"College Scorecard, CIP 51.07 {place}: median of institutions",
            )
        )
    return pd.DataFrame(rows).astype(LATER_MISSING)


def at_pay(case: ReturnCase, years: Sequence[float], medians_usd: Sequence[float]) -> ReturnCase:
    """Return the case with other pay of holders by experience, spread as the occupation's is.

    Parameters
    ----------
    case : ReturnCase
        Its premium is in the given pay, and is set to 0.
    years, medians_usd : sequence of float
        Years of experience from which a median is paid, and the median, USD a year.
    """
    median, wages = case.pay.quantile(0.5), np.array(case.pay.wages_usd)
    scaled = [replace(case.pay, wages_usd=tuple(usd / median * wages)) for usd in medians_usd]
    ends = [year - JUST_BEFORE for year in years[1:]]
    profile = PayProfile(
        years=tuple(sorted([*years, *ends])),
        pay=tuple(each for pay in scaled for each in (pay, pay))[: len(years) + len(ends)],
        by_age=False,
    )
    return replace(case.with_input("premium_pct", 0.0), profile=profile)


def _guide_scenario(tables: Tables, case: ReturnCase) -> dict[str, str | float | None]:
    """Value the case at the middle of the guide's tiers, or of the premium it states."""
    if not case.is_entrant:
        claim = row_of(tables["guide_claims"], "claim_id", GUIDE_PREMIUM)
        premium = (float(claim["low"]) + float(claim["high"])) / 2
        return _scenario(
            case.with_input("premium_pct", premium),
            scenario="the guide's premium",
            kind="guide",
            source=f"{GUIDE}: {premium:g} % above coders without a credential",
        )
    tiers = tables["guide_salary_by_experience"]
    dated = tiers[tiers["years_low"].notna()].sort_values("years_low")
    middles = (dated["salary_low_usd"] + dated["salary_high_usd"]) / 2
    return _scenario(
        at_pay(case, dated["years_low"].tolist(), middles.tolist()),
        scenario="the guide's tiers",
        kind="guide",
        source=f"{GUIDE}: middle of each tier",
    )


def _program_median(programs: pd.DataFrame, case: ReturnCase) -> tuple[float, str] | None:
    """Return median earnings of the pathway's level in the state, or in the nation."""
    level = ASSOCIATE if case.pathway.name == "associate" else CERTIFICATE
    for state in dict.fromkeys((case.area.state, NATION)):
        row = row_of(program_outcomes(programs, state=state), "credential", level)
        if pd.notna(row["median_earnings_usd"]):
            place = "in the nation" if state == NATION else f"in {state}"
            return float(row["median_earnings_usd"]), place
    return None


def _scenario(
    case: ReturnCase, *, scenario: str, kind: str, source: str
) -> dict[str, str | float | None]:
    """Value a case and say what its holder earns."""
    holder, later = monthly_pay(case)[0], (LATER_YEAR - 1) * MONTHS
    has_later = holder.size >= later + MONTHS
    return {
        "scenario": scenario,
        "kind": kind,
        "first_year_wage_usd": float(holder[:MONTHS].sum()),
        "later_wage_usd": float(holder[later : later + MONTHS].sum()) if has_later else None,
        "npv_usd": expected_npv(case),
        "payback_years": payback_years(monthly_flows(case)),
        "source": source,
    }
