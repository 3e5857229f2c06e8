"""One credential, one way to it, one place: the case that its return is computed from."""

import math
from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90
from analysis.models.roi import Case, ReturnInput, input_range
from analysis.models.roi.case import PERCENT
from analysis.models.roi.monte_carlo import HIGHEST_RATE, LOWEST_RATE
from analysis.models.wages.distribution import WageDistribution
from analysis.models.wages.experience import pay_by_experience, workforce_score
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.credentials import (
    CredentialTerms,
    Pathway,
    credential_terms,
    find_pathway,
    is_eligible,
)
from analysis.studies.experience_pay import area_pay
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, row_of
from analysis.studies.roi.baseline import (
    CURRENT_CODER,
    HIGH_SCHOOL,
    HIGH_SCHOOL_LEVEL,
    NO_STATE_VALUE,
    Baseline,
    baseline_wage_input,
    find_baseline,
)
from analysis.studies.roi.costs import assumed_input, study_inputs

LONGEST_YEARS = 60
WORK_FROM_HOME = "share work from home JWTRNS=11 (employed at work with JWTRNS)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCase(Case):
    """A case with its names.

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
    pay_note : str
        Where `pay` is not that of the area itself; else empty.
    """

    credential: str
    occupation_code: str
    pathway: Pathway
    area: Area
    baseline: Baseline
    pay_note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the case: fallbacks, what favours it, choices that clash."""
        baseline_note = self.input("baseline_wage_usd").estimate.note
        found = {
            self.pay_note: bool(self.pay_note),
            baseline_note: baseline_note.startswith(NO_STATE_VALUE),
            "The baseline stays level while pay in the occupation rises with experience, which "
            "favours the credential.": self.is_entrant,
            "Earnings of high-school graduates count part-time workers, official wages are of "
            "full-time work, which favours it too.": self.baseline.name == HIGH_SCHOOL,
            f"{self.credential} asks for a degree that this pathway does not give (AHIMA's rule, "
            "unverified): the result supposes that it is held already.": not is_eligible(
                self.credential, self.pathway.name
            ),
            "The pathway certification_only is for somebody who codes already: the baseline "
            "current_coder shows what goes with the credential itself.": (
                self.pathway.name == "certification_only" and self.is_entrant
            ),
        }
        return tuple(note for note, applies in found.items() if applies)

    def with_credential(self, terms: CredentialTerms) -> "ReturnCase":
        """Return the same case for another credential (`credential_terms`)."""
        case = self.with_inputs({item.name: item for item in terms.inputs})
        years = terms.apprentice_years if self.is_entrant else 0.0
        return replace(case, credential=terms.credential, apprentice_years=years)


def return_case(
    tables: Tables,
    *,
    credential: str = "CPC",
    pathway: str = "certificate",
    area: str = NATION,
    occupation: str = CODERS,
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
        As in `roi.CredentialReturn`.
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
    terms = credential_terms(tables, credential, premium_share=premium_share)
    is_entrant = against.name != CURRENT_CODER
    usual = 0.0 if is_entrant else assumed(tables, "roi.coder_experience").low
    years = usual if experience_years is None else experience_years
    pay, pay_note = area_pay(wages, occupation_code=occupation, area=place)
    nation = find_area(wages, NATION)
    national_pay, _ = area_pay(wages, occupation_code=occupation, area=nation)
    start_usd = float(pay_by_experience(pay, [years])[0])
    inputs = (
        *study_inputs(tables, pathway=way, area=place),
        *terms.inputs,
        *duration_inputs(tables, pathway=way, is_entrant=is_entrant),
        *work_inputs(tables, pathway=way, is_entrant=is_entrant),
        baseline_wage_input(tables, against, area=place, coder_start_usd=start_usd),
        unemployment_input(tables, "coder_unemployment_rate_pct", way.education),
        unemployment_input(
            tables,
            "baseline_unemployment_rate_pct",
            HIGH_SCHOOL_LEVEL if against.name == HIGH_SCHOOL else way.education,
        ),
        *pay_inputs(tables, pay, occupation),
    )
    return ReturnCase(
        credential=credential,
        occupation_code=occupation,
        pathway=way,
        area=place,
        baseline=against,
        is_entrant=is_entrant,
        discount_rate=discount_rate,
        horizon_years=horizon_years,
        remote_after_years=remote_after_years,
        experience_years=years,
        apprentice_years=terms.apprentice_years if is_entrant else 0.0,
        pay=pay,
        national_pay=national_pay,
        inputs=inputs,
        pay_note=pay_note,
    )


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


def duration_inputs(
    tables: Tables, *, pathway: Pathway, is_entrant: bool
) -> tuple[ReturnInput, ...]:
    """Return how long training, exam preparation, a retake and the job search take, in months.

    Training and preparation are the guide's. The search is what its "start to first job" leaves
    after "training plus certification"; somebody in the occupation has none.
    """
    timeline = tables["guide_timeline"]
    preparation = _months(row_of(timeline, "stage", "exam preparation"))
    trained = _months(row_of(timeline, "stage", "training plus certification"))
    hired = _months(row_of(timeline, "stage", "start to first job"))
    search = (hired[0] - trained[0], hired[1] - trained[1]) if is_entrant else (0.0, 0.0)
    training = (0.0, 0.0)
    if pathway.guide_path:
        training = _months(row_of(tables["guide_education_paths"], "path", pathway.guide_path))
    return (
        _of_guide("training_months", "Training", *training),
        _of_guide("exam_preparation_months", "Exam preparation", *preparation),
        assumed_input(
            tables, "roi.retake_wait", "retake_wait_months", "Wait before a retake", unit="months"
        ),
        _of_guide("job_search_months", "Search for the first job", *search),
    )


def work_inputs(tables: Tables, *, pathway: Pathway, is_entrant: bool) -> tuple[ReturnInput, ...]:
    """Return what is given up in training, and the chance to find work after it."""
    placement = assumed_input(
        tables,
        "roi.placement_rate",
        "placement_rate_pct",
        "Finds work in the occupation",
        distribution="outcome",
    )
    if not is_entrant:
        placement = input_range(
            placement.name,
            placement.label,
            value=PERCENT,
            unit="percent",
            source="Works in the occupation already",
        )
    return (
        assumed_input(
            tables,
            f"roi.foregone_share.{pathway.name}",
            "foregone_share_pct",
            "Earnings given up while in training",
        ),
        placement,
    )


def pay_inputs(tables: Tables, pay: WageDistribution, occupation: str) -> tuple[ReturnInput, ...]:
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
        assumed_input(
            tables,
            "roi.certified_share",
            "certified_share_pct",
            "Share of the occupation that holds a credential",
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


def unemployment_input(tables: Tables, name: str, education: str) -> ReturnInput:
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


def _months(row: pd.Series) -> tuple[float, float]:
    """Return the months of a row of the guide."""
    return float(row["months_low"]), float(row["months_high"])


def _of_guide(name: str, label: str, low: float, high: float) -> ReturnInput:
    """Make a duration of the guide; the middle of its range is the value."""
    return input_range(
        name,
        label,
        value=(low + high) / 2,
        low=low,
        high=high,
        unit="months",
        source=GUIDE,
        kind="guide",
        verification="guide",
    )
