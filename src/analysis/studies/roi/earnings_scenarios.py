"""What a credential returns if its holder earns what each source says."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models import finance
from analysis.studies.areas import NATION
from analysis.studies.lookup import row_of
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, program_outcomes
from analysis.studies.roi.cash_flow import monthly_flows, monthly_pay
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import PERCENT
from analysis.studies.roi.return_measures import payback_years
from analysis.studies.roi.return_value import MONTHS

FloatArray = NDArray[np.float64]

LATER_YEAR = 10
GUIDE_PREMIUM = "salary-certified-premium"
MAY_BE_MISSING = {"later_wage_usd": "float64", "payback_years": "float64"}


def earnings_scenarios(tables: Mapping[str, pd.DataFrame], case: ReturnCase) -> pd.DataFrame:
    """Value a case under each account of what its holder earns.

    For who comes to the occupation: official pay by experience (the case itself), the guide's tiers
    at their middle, and the median of completers of real CIP 51.07 programmes of that level (the
    state's, else the nation's), level over time. For a coder: the case itself, and the premium the
    guide states. All else stays.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    case : ReturnCase
        What is earned, how and where.

    Returns
    -------
    DataFrame
        scenario, kind, first_year_wage_usd, later_wage_usd (in year 10 of work; missing where the
        horizon is shorter), npv_usd, payback_years (missing where it never pays back), source. Pay
        of holders, unemployment taken off.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi.return_case import return_case
    >>> tables = processed.Tables()
    >>> earnings_scenarios(tables, return_case(tables))["scenario"].tolist()
    ['official pay by experience', "the guide's tiers", 'completers of real programs']
    """
    official = _row(
        case,
        monthly_pay(case)[0],
        scenario="official pay by experience",
        kind="official",
        source=f"{case.pay.source}, {case.pay.year}; experience path: an assumption",
    )
    if not case.is_entrant:
        guided = _with_guide_premium(tables["guide_claims"], case)
        return pd.DataFrame([official, guided]).astype(MAY_BE_MISSING)
    rows = [official, _at_guide_tiers(tables["guide_salary_by_experience"], case)]
    outcomes = _programme_median(tables["programmes"], case)
    if outcomes is not None:
        earnings, place = outcomes
        rows.append(
            _row(
                case,
                np.full(case.horizon_years * MONTHS, _employed(case) * earnings / MONTHS),
                scenario="completers of real programs",
                kind="official",
                source=f"College Scorecard, CIP 51.07 {place}: median of programme medians",
            )
        )
    return pd.DataFrame(rows).astype(MAY_BE_MISSING)


def _at_guide_tiers(tiers: pd.DataFrame, case: ReturnCase) -> dict[str, str | float | None]:
    """Value the case at the middle of the guide's tier of each year of experience."""
    dated = tiers[tiers["years_low"].notna()].sort_values("years_low")
    middles = ((dated["salary_low_usd"] + dated["salary_high_usd"]) / 2).to_numpy(dtype=float)
    years = case.experience_years + np.arange(case.horizon_years * MONTHS) / MONTHS
    starts = dated["years_low"].to_numpy(dtype=float)
    tier = np.searchsorted(starts, years, side="right") - 1
    return _row(
        case,
        np.asarray(_employed(case) * middles[tier] / MONTHS, dtype=np.float64),
        scenario="the guide's tiers",
        kind="guide",
        source="Career guide 2026: middle of each tier",
    )


def _with_guide_premium(claims: pd.DataFrame, case: ReturnCase) -> dict[str, str | float | None]:
    """Value a coder's case at the middle of the premium the guide states."""
    claim = row_of(claims, "claim_id", GUIDE_PREMIUM)
    premium = (float(claim["low"]) + float(claim["high"])) / 2
    guided = case.with_input("premium_pct", premium)
    return _row(
        guided,
        monthly_pay(guided)[0],
        scenario="the guide's premium",
        kind="guide",
        source=f"Career guide 2026: {premium:g} % above coders without a credential",
    )


def _programme_median(programmes: pd.DataFrame, case: ReturnCase) -> tuple[float, str] | None:
    """Return median earnings of the pathway's level in the state, or in the nation."""
    level = ASSOCIATE if case.pathway.name == "associate" else CERTIFICATE
    for state in dict.fromkeys((case.area.state, NATION)):
        row = row_of(program_outcomes(programmes, state=state), "credential", level)
        if pd.notna(row["median_earnings_usd"]):
            place = "in the nation" if state == NATION else f"in {state}"
            return float(row["median_earnings_usd"]), place
    return None


def _employed(case: ReturnCase) -> float:
    """Return the share of the time that a holder has work."""
    return 1 - case.most_likely["coder_unemployment_rate_pct"] / PERCENT


def _row(
    case: ReturnCase, holder_usd: FloatArray, *, scenario: str, kind: str, source: str
) -> dict[str, str | float | None]:
    """Value a case whose holder earns this month by month of experience."""
    flows = monthly_flows(case, holder_usd=holder_usd)
    later = (LATER_YEAR - 1) * MONTHS
    return {
        "scenario": scenario,
        "kind": kind,
        "first_year_wage_usd": float(holder_usd[:MONTHS].sum()),
        "later_wage_usd": float(holder_usd[later : later + MONTHS].sum())
        if holder_usd.size >= later + MONTHS
        else None,
        "npv_usd": finance.npv(
            finance.monthly_rate(case.discount_rate), flows["net_usd"].to_numpy(dtype=float)
        ),
        "payback_years": payback_years(flows),
        "source": source,
    }
