"""What belongs to a credential: who awards it, its exam, its published premium."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput
from analysis.studies.lookup import row_of
from analysis.studies.roi.credential_costs import GUIDE, guide_exam_input
from analysis.studies.roi.credential_premium import certified_gaps, premium_input
from analysis.studies.roi.return_inputs import ReturnInput, input_range
from analysis.studies.roi.training_pathways import nearest

Tables = Mapping[str, pd.DataFrame]

AAPC = "AAPC"
APPRENTICE_YEARS = 2.0  # AAPC takes the A off after two years of experience


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialTerms:
    """What belongs to one credential, whatever the way to it.

    Parameters
    ----------
    credential, body : str
        What is awarded, and by whom.
    apprentice_years : float
        Years of experience before a beginner's credential counts in full.
    inputs : tuple of ReturnInput
        membership_usd, exam_fee_usd (an attempt), pass_rate_pct, premium_pct.
    """

    credential: str
    body: str
    apprentice_years: float
    inputs: tuple[ReturnInput, ...]


def credential_terms(
    tables: Tables, credential: str, *, premium_share: float = 1.0
) -> CredentialTerms:
    """Look up what belongs to a credential: published figures, else the guide's ranges.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables credentials, pass_rates, member_salaries and the guide's.
    credential : str
        CPC, COC, CIC, CCS, CCS-P, RHIT, RHIA, or another of the table `credentials`.
    premium_share : float
        As in `credential_premium.premium_input`.

    Raises
    ------
    WrongInput
        No such credential; the message lists them and the nearest match.

    Examples
    --------
    >>> from analysis import processed
    >>> credential_terms(processed.Tables(), "CIC").body
    'AAPC'
    """
    body = find_credential(tables, credential)
    return CredentialTerms(
        credential=credential,
        body=body,
        apprentice_years=APPRENTICE_YEARS if body == AAPC else 0.0,
        inputs=(
            membership_input(tables, credential=credential, body=body),
            exam_fee_input(tables, credential=credential),
            pass_rate_input(tables, credential=credential),
            premium_input(
                certified_gaps(tables["member_salaries"]),
                tables["guide_salary_by_credential"],
                credential=credential,
                premium_share=premium_share,
            ),
        ),
    )


def find_credential(tables: Tables, credential: str) -> str:
    """Return the body that awards a credential of the guide or of the table `credentials`.

    Raises
    ------
    WrongInput
        No such credential; the message lists them and the nearest match.

    Examples
    --------
    >>> from analysis import processed
    >>> find_credential(processed.Tables(), "CIC")
    'AAPC'
    """
    bodies = {
        str(name): str(body)
        for table in ("credentials", "guide_credentials")
        for name, body in zip(tables[table]["credential"], tables[table]["body"], strict=True)
    }
    if credential not in bodies:
        raise WrongInput(
            f"credential must be one of {', '.join(sorted(bodies))}; found {credential!r}."
            f"{nearest(str(credential), sorted(bodies))}"
        )
    return bodies[credential]


def membership_input(tables: Tables, *, credential: str, body: str) -> ReturnInput:
    """Return the first year's dues: AAPC asks for them; AHIMA's non-member fee needs none."""
    label = f"{body} membership, first year"
    if body != AAPC:
        return input_range(
            "membership_usd",
            label,
            value=0.0,
            unit="USD",
            source="Not needed: the exam fee taken is the one for non-members",
        )
    rows = tables["credentials"]
    rows = rows[rows["body"].eq(AAPC) & rows["membership_usd_per_year"].notna()]
    own = rows[rows["credential"].eq(credential)]
    row = (own if len(own) else rows).iloc[0]
    dues, students = float(row["membership_usd_per_year"]), row["student_membership_usd_per_year"]
    return input_range(
        "membership_usd",
        label,
        value=dues,
        low=None if pd.isna(students) else float(students),
        high=None if pd.isna(students) else dues,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(students) else "The lower limit is the students' rate.",
    )


def exam_fee_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the fee of one attempt, as published, else the guide's range."""
    rows = tables["credentials"]
    rows = rows[rows["credential"].eq(credential) & rows["exam_fee_usd"].notna()]
    label = f"{credential} exam, one attempt"
    if rows.empty:
        guide = tables["guide_certification_costs"]
        row = row_of(guide, "item", "certification exam, FAQ range")
        low, high = float(row["low_usd"]), float(row["high_usd"])
        return input_range(
            "exam_fee_usd",
            label,
            value=(low + high) / 2,
            low=low,
            high=high,
            unit="USD",
            source=GUIDE,
            kind="guide",
            verification="guide",
            note="No published fee for this exam at hand: the guide's range for all exams.",
        )
    row = rows.iloc[0]
    fee, other = float(row["exam_fee_usd"]), row["exam_fee_nonmember_usd"]
    has_other = pd.notna(other) and float(other) > fee
    return input_range(
        "exam_fee_usd",
        label,
        value=float(other) if has_other else fee,
        low=fee if has_other else None,
        high=float(other) if has_other else None,
        unit="USD",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note="" if pd.isna(row["note"]) else str(row["note"]),
    )


def pass_rate_input(tables: Tables, *, credential: str) -> ReturnInput:
    """Return the chance to pass an attempt: the latest published one, else the guide's range.

    A first-time rate is taken for every attempt; its limits are the lowest and highest published
    year (10 points either side where there is one year only).
    """
    rows = tables["pass_rates"]
    rows = rows[rows["credential"].eq(credential)].sort_values("year")
    if rows.empty:
        return guide_exam_input(
            tables,
            "first-time pass rate",
            "pass_rate_pct",
            f"{credential} pass rate",
            unit="percent",
            note="No pass rate is published for this exam: the guide's range for all exams.",
        )
    row = rows.iloc[-1]
    value = float(row["pass_rate_pct"])
    one_year = len(rows) == 1
    return input_range(
        "pass_rate_pct",
        f"{credential} pass rate",
        value=value,
        low=value - 10 if one_year else float(rows["pass_rate_pct"].min()),
        high=min(value + 10, 99.0) if one_year else float(rows["pass_rate_pct"].max()),
        unit="percent",
        year=str(row["year"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        distribution="attempts",
        note="First-time takers; taken for every attempt.",
    )


def is_eligible(credential: str, pathway: str) -> bool:
    """Say whether a pathway leads to a credential.

    RHIT asks for an accredited associate degree, RHIA for an accredited bachelor's degree (AHIMA's
    rule, from memory: unverified); the exam alone is open to who holds the degree already.

    Examples
    --------
    >>> is_eligible("RHIT", "associate"), is_eligible("RHIA", "associate")
    (True, False)
    """
    allowed = {"RHIT": ("associate", "certification_only"), "RHIA": ("certification_only",)}
    return credential not in allowed or pathway in allowed[credential]
