"""One credential, one way to it, one place: all that its return is computed from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.areas import NATION, Area, find_area, find_occupation
from analysis.models.credential_costs import AAPC, GUIDE, exam_inputs, find_credential, study_inputs
from analysis.models.credential_premium import certified_gaps, premium_input
from analysis.models.earnings_paths import (
    area_pay,
    pay_by_experience,
    unemployment_rate_pct,
    workforce_score,
)
from analysis.models.estimate import NORMAL_90
from analysis.models.return_baselines import (
    CURRENT_CODER,
    HIGH_SCHOOL,
    HIGH_SCHOOL_LEVEL,
    Baseline,
    baseline_wage_input,
    find_baseline,
)
from analysis.models.return_inputs import PERCENT, ReturnInput, input_range, modes, with_value
from analysis.models.table_rows import row_of
from analysis.models.training_pathways import Pathway, duration_inputs, find_pathway
from analysis.models.wage_distribution import WageDistribution

OCCUPATION = "29-2072"
ALL_OCCUPATIONS = "00-0000"
WORK_FROM_HOME = "share work from home JWTRNS=11 (employed at work with JWTRNS)"
APPRENTICE_YEARS = 2.0  # AAPC takes the A off after two years of experience
CODER_EXPERIENCE_YEARS = 2.0  # of somebody who codes already: the end of the guide's entry tier
LOWEST_RATE, HIGHEST_RATE = -0.5, 0.5
LONGEST_YEARS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCase:
    """All that a credential's return is computed from.

    Parameters
    ----------
    credential, occupation_code : str
        What is earned and where it is used.
    pathway : Pathway
        How it is earned.
    area : Area
        Where.
    baseline : Baseline
        What it is held against.
    discount_rate : float
        Real, a year: 0.03 for 3 %.
    horizon_years : int
        Years counted, from the decision on.
    remote_after_years : float
        Years of experience after which remote work at national pay is open; infinite for never.
    experience_years : float
        Experience in the occupation at the start.
    apprentice_years : float
        Years of experience before the credential's premium is paid.
    pay, national_pay : WageDistribution
        Of the occupation, in the area and in the nation.
    inputs : tuple of ReturnInput
        Everything else, by name.
    notes : tuple of str
        What a reader must know: fallbacks, choices.
    """

    credential: str
    occupation_code: str
    pathway: Pathway
    area: Area
    baseline: Baseline
    discount_rate: float
    horizon_years: int
    remote_after_years: float
    experience_years: float
    apprentice_years: float
    pay: WageDistribution
    national_pay: WageDistribution
    inputs: tuple[ReturnInput, ...]
    notes: tuple[str, ...] = ()

    @property
    def is_entrant(self) -> bool:
        """True for somebody who comes to the occupation; False for somebody who codes already."""
        return self.baseline.name != CURRENT_CODER

    @property
    def most_likely(self) -> dict[str, float]:
        """The most likely value of every input, by name."""
        return modes(self.inputs)

    def input(self, name: str) -> ReturnInput:
        """Return the input called `name`."""
        return next(item for item in self.inputs if item.name == name)

    def with_input(self, name: str, value: float) -> "ReturnCase":
        """Return the case with one input known to be `value` (see `inputs`)."""
        return replace(self, inputs=with_value(self.inputs, name, value))


def return_case(
    tables: Mapping[str, pd.DataFrame],
    *,
    credential: str = "CPC",
    pathway: str = "certificate",
    area: str = NATION,
    occupation: str = OCCUPATION,
    discount_rate: float = 0.03,
    horizon_years: int = 20,
    remote_after_years: float = 2.0,
    baseline: str | float = HIGH_SCHOOL,
    premium_share: float = 1.0,
    experience_years: float | None = None,
) -> ReturnCase:
    """Gather what a return needs from the processed tables.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    credential, pathway, area, occupation, baseline
        As in `roi.study`.
    discount_rate : float
        Real, a year; -0.5 to 0.5.
    horizon_years : int
        1 to 60.
    remote_after_years : float
        0 or above; infinite for never.
    premium_share : float
        Part of the published pay gap taken to go with the credential; 0 to 1.
    experience_years : float or None
        At the start; None is 2 years for the baseline "current_coder", else 0.

    Raises
    ------
    WrongInput
        A parameter is unknown or out of range.

    Examples
    --------
    >>> from analysis import processed
    >>> return_case(processed.Tables(), credential="CIC").input("exam_fee_usd").value
    430.0
    """
    check_terms(discount_rate, horizon_years, remote_after_years, premium_share, experience_years)
    wages = tables["wages"]
    place, way, against = find_area(wages, area), find_pathway(pathway), find_baseline(baseline)
    find_occupation(wages, occupation)
    is_entrant = against.name != CURRENT_CODER
    usual = 0.0 if is_entrant else CODER_EXPERIENCE_YEARS
    years = usual if experience_years is None else experience_years
    pay, pay_note = area_pay(wages, occupation_code=occupation, area=place)
    nation = find_area(wages, NATION)
    national_pay, _ = area_pay(wages, occupation_code=occupation, area=nation)
    start_usd = float(pay_by_experience(pay, [years])[0])
    inputs = (
        *study_inputs(tables, pathway=way, area=place),
        *credential_inputs(tables, credential, premium_share=premium_share),
        *duration_inputs(
            tables["guide_education_paths"],
            tables["guide_timeline"],
            pathway=way,
            is_entrant=is_entrant,
        ),
        *_work_inputs(way, is_entrant=is_entrant),
        baseline_wage_input(tables, against, area=place, coder_start_usd=start_usd),
        _unemployment(tables, "coder_unemployment_rate_pct", way.education),
        _unemployment(
            tables,
            "baseline_unemployment_rate_pct",
            HIGH_SCHOOL_LEVEL if against.name == HIGH_SCHOOL else way.education,
        ),
        *_pay_inputs(tables, pay, occupation),
    )
    return ReturnCase(
        credential=credential,
        occupation_code=occupation,
        pathway=way,
        area=place,
        baseline=against,
        discount_rate=discount_rate,
        horizon_years=horizon_years,
        remote_after_years=remote_after_years,
        experience_years=years,
        apprentice_years=_apprentice_years(tables, credential, is_entrant=is_entrant),
        pay=pay,
        national_pay=national_pay,
        inputs=inputs,
        notes=_notes(credential, way, against, pay_note),
    )


def for_credential(
    tables: Mapping[str, pd.DataFrame],
    case: ReturnCase,
    credential: str,
    *,
    premium_share: float = 1.0,
) -> ReturnCase:
    """Return the same case for another credential; all but the exam and the premium stays.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    case : ReturnCase
        Gives pathway, area, baseline and terms.
    credential : str
        The other one.
    premium_share : float
        As in `return_case`.

    Raises
    ------
    WrongInput
        No such credential.
    """
    others = {
        item.name: item
        for item in credential_inputs(tables, credential, premium_share=premium_share)
    }
    return replace(
        case,
        credential=credential,
        apprentice_years=_apprentice_years(tables, credential, is_entrant=case.is_entrant),
        inputs=tuple(others.get(item.name, item) for item in case.inputs),
        notes=_notes(credential, case.pathway, case.baseline, ""),
    )


def credential_inputs(
    tables: Mapping[str, pd.DataFrame], credential: str, *, premium_share: float = 1.0
) -> tuple[ReturnInput, ...]:
    """Return the inputs that belong to a credential: dues, fee, pass rate, premium."""
    body = find_credential(tables, credential)
    return (
        *exam_inputs(tables, credential=credential, body=body),
        premium_input(
            certified_gaps(tables["member_salaries"]),
            tables["guide_salary_by_credential"],
            credential=credential,
            premium_share=premium_share,
        ),
    )


def _apprentice_years(
    tables: Mapping[str, pd.DataFrame], credential: str, *, is_entrant: bool
) -> float:
    """Return the years before the premium is paid: AAPC marks beginners as apprentices."""
    is_apprentice = is_entrant and find_credential(tables, credential) == AAPC
    return APPRENTICE_YEARS if is_apprentice else 0.0


def check_terms(
    discount_rate: float,
    horizon_years: int,
    remote_after_years: float,
    premium_share: float,
    experience_years: float | None,
) -> None:
    """Raise WrongInput for each number out of its range."""
    limits: tuple[tuple[str, float, float, float], ...] = (
        ("discount_rate", discount_rate, LOWEST_RATE, HIGHEST_RATE),
        ("horizon_years", horizon_years, 1, LONGEST_YEARS),
        ("remote_after_years", remote_after_years, 0, math.inf),
        ("premium_share", premium_share, 0, 1),
        ("experience_years", experience_years or 0.0, 0, LONGEST_YEARS),
    )
    wrong = [
        f"{name} must lie within {low:g} to {high:g}, not at {value!r}."
        for name, value, low, high in limits
        if not low <= value <= high
    ]
    if horizon_years != int(horizon_years):
        wrong.append(f"horizon_years must be a whole number of years, not {horizon_years!r}.")
    if wrong:
        raise WrongInput(" ".join(wrong))


def _work_inputs(pathway: Pathway, *, is_entrant: bool) -> tuple[ReturnInput, ...]:
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


def _pay_inputs(
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


def _unemployment(tables: Mapping[str, pd.DataFrame], name: str, education: str) -> ReturnInput:
    """Return the unemployment rate of a level of schooling as an input."""
    found = unemployment_rate_pct(tables["education_earnings"], education)
    return input_range(
        name,
        f"Unemployment: {education}",
        value=float(found["value"]),
        unit="percent",
        year=str(found["year"]),
        source=str(found["source"]),
        kind="official",
        verification=str(found["verification"]),
    )


def _notes(credential: str, pathway: Pathway, baseline: Baseline, pay_note: str) -> tuple[str, ...]:
    """Say what a reader must know of a case."""
    found = [pay_note] if pay_note else []
    if not is_eligible(credential, pathway.name):
        found.append(
            f"{credential} asks for a degree that this pathway does not give (AHIMA; unverified): "
            "the result supposes that it is held already."
        )
    if pathway.name == "certification_only" and baseline.name == HIGH_SCHOOL:
        found.append(
            "The pathway certification_only is for somebody who codes already: baseline "
            "current_coder shows what the credential itself goes with."
        )
    return tuple(found)


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
