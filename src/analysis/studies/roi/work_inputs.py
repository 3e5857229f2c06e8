"""What bears on work and pay: earnings given up, finding work, staying, pay in the occupation."""

from collections.abc import Mapping

import pandas as pd

from analysis.estimate import NORMAL_90
from analysis.models.wages import WageDistribution
from analysis.studies.areas import ALL_OCCUPATIONS
from analysis.studies.experience_pay import workforce_score
from analysis.studies.lookup import row_of
from analysis.studies.roi.credential_costs import GUIDE
from analysis.studies.roi.return_inputs import PERCENT, ReturnInput, input_range
from analysis.studies.roi.training_pathways import Pathway

WORK_FROM_HOME = "share work from home JWTRNS=11 (employed at work with JWTRNS)"


def work_inputs(pathway: Pathway, *, is_entrant: bool) -> tuple[ReturnInput, ...]:
    """Return what is given up in training, and the chance to find work after it."""
    low, likely, high = pathway.foregone_pct
    return (
        input_range(
            "foregone_share_pct",
            "Earnings given up while in training",
            value=likely,
            low=low if low < high else None,
            high=high if low < high else None,
            unit="percent",
            source="Stated choice: from training beside a full job to full-time training",
        ),
        input_range(
            "placement_rate_pct",
            "Finds work in the occupation",
            value=85.0 if is_entrant else 100.0,
            low=70.0 if is_entrant else None,
            high=100.0 if is_entrant else None,
            unit="percent",
            source="Assumption; Workforce Pell asks for 70 % at least"
            if is_entrant
            else "Works in the occupation already",
            distribution="outcome",
        ),
    )


def pay_inputs(
    tables: Mapping[str, pd.DataFrame], pay: WageDistribution, occupation: str
) -> tuple[ReturnInput, ...]:
    """Return what bears on pay in the occupation."""
    separations = tables["separations"]
    is_known = bool(separations["occupation_code"].eq(occupation).any())
    leaves = row_of(separations, "occupation_code", occupation if is_known else ALL_OCCUPATIONS)
    rate = float(leaves["separation_rate_pct"])
    rse = pay.relative_standard_error_pct
    error = None if rse is None else NORMAL_90 * rse / PERCENT
    spread = NORMAL_90 * workforce_score(rate / PERCENT).within_sd
    remote = row_of(tables["acs_occupation"], "statistic", WORK_FROM_HOME)
    guide = row_of(tables["guide_remote"], "item", "fully remote staff")
    members = row_of(tables["member_salaries"], "group", "share working remotely")
    home_pct = PERCENT * float(remote["value"])
    return (
        input_range(
            "certified_share_pct",
            "Share of the occupation that holds a credential",
            value=50.0,
            low=30.0,
            high=85.0,
            unit="percent",
            source="Assumption: no statistic; the guide says 85 % of employers ask for one",
            note="Official pay is the average of holders and others: it is split by this share.",
        ),
        input_range(
            "remote_share_pct",
            "Works from home once experienced enough",
            value=home_pct,
            low=min(home_pct, float(guide["low"])),
            high=max(home_pct, float(members["value"])),
            unit="percent",
            year=str(remote["vintage"]),
            source=f"{remote['source_title']}; limits: {GUIDE} and AAPC members",
            kind="official",
            verification=str(remote["verification"]),
            note="Remote work is assumed to pay the national wage where that is higher.",
        ),
        input_range(
            "annual_separation_rate_pct",
            "Leaves the occupation in a year",
            value=rate,
            unit="percent",
            year=str(leaves["projection_period"]),
            source=str(leaves["source_title"]),
            kind="official",
            verification=str(leaves["verification"]),
            note="Exits and transfers; who leaves is taken to earn the baseline again.",
        ),
        input_range(
            "wage_level",
            "Error of the published wage level",
            value=1.0,
            low=None if error is None else 1 - error,
            high=None if error is None else 1 + error,
            unit="ratio",
            year=pay.year,
            source=pay.source,
            kind="official",
            verification="read in source",
            distribution="normal",
            note="Relative standard error of the mean wage.",
        ),
        input_range(
            "pay_position",
            "Own pay among people of equal experience",
            value=0.0,
            low=-spread,
            high=spread,
            unit="normal score",
            source="Spread that, with the experience path, gives the published distribution",
            kind="model",
            verification="derived",
            distribution="normal",
        ),
    )


def unemployment_input(
    tables: Mapping[str, pd.DataFrame], name: str, education: str
) -> ReturnInput:
    """Return the latest unemployment rate of a level of schooling as an input."""
    rates = tables["education_earnings"].dropna(subset=["unemployment_rate_pct"])
    row = rates[rates["education"].eq(education)].sort_values("period").iloc[-1]
    return input_range(
        name,
        f"Unemployment: {education}",
        value=float(row["unemployment_rate_pct"]),
        unit="percent",
        year=str(row["period"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
    )
