"""One credential, one way to it, one place: the case that its return is computed from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90
from analysis.models.roi import Case, ReturnInput, input_range
from analysis.models.roi.case import PERCENT
from analysis.models.roi.monte_carlo import HIGHEST_RATE, LOWEST_RATE
from analysis.models.wages.distribution import WageDistribution
from analysis.models.wages.experience import pay_by_experience, workforce_score
from analysis.studies.areas import ALL_OCCUPATIONS, CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.completions import placement_bound
from analysis.studies.credentials import CURRENT, FIRST, CredentialTerms, credential_terms
from analysis.studies.earnings_profiles import check_person, high_school_pay
from analysis.studies.experience_pay import area_pay
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables, assumed, row_of
from analysis.studies.roi.baseline import (
    CURRENT_CODER,
    FEDERAL,
    HIGH_SCHOOL,
    HIGH_SCHOOL_LEVEL,
    NO_STATE_VALUE,
    USUAL,
    Baseline,
    baseline_wage_input,
    find_baseline,
    high_school_input,
)
from analysis.studies.roi.costs import assumed_input, study_inputs
from analysis.studies.roi.pathways import Pathway, check_pathway, find_pathway
from analysis.studies.roi.taxes import net_pay, taxed

LONGEST_YEARS = 60
LACKS = "The ACS extract lacks"
PLACEMENT = "Finds work in the occupation"


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
    sex, hours, edition : str
        As in `return_case`.
    pay_note : str
        Where `pay` is not that of the area itself; else empty.
    """

    credential: str
    occupation_code: str
    pathway: Pathway
    area: Area
    baseline: Baseline
    sex: str
    hours: str
    edition: str
    pay_note: str = ""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader must know of the case: fallbacks, and what favors it."""
        baseline_note = self.input("baseline_wage_usd").estimate.note
        is_level = self.is_entrant and not self.baseline_path
        counts_part_time = self.baseline.name == FEDERAL or self.hours == "all"
        found = {
            self.pay_note: bool(self.pay_note),
            baseline_note.partition(". ")[0].removesuffix(".") + ".": baseline_note.startswith(
                (NO_STATE_VALUE, LACKS)
            ),
            "The baseline stays level while pay in the occupation rises with experience, which "
            "favors the credential.": is_level and self.profile is None,
            "Pay of high-school graduates counts part-time workers, official wages of coders are "
            "those of full-time work, which favors the credential: hours=full_time sets full-time "
            "pay on both sides.": self.baseline.name in (HIGH_SCHOOL, FEDERAL)
            and counts_part_time
            and not (self.profile and self.profile.by_age),
            "For somebody who codes already this is the pay gap between holders and others and "
            "nothing else: whoever certifies may have earned more anyway.": not self.is_entrant,
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
    baseline: str | float = USUAL,
    premium_share: float = 1.0,
    experience_years: float | None = None,
    start_age: float = 25.0,
    sex: str = "all",
    hours: str = "all",
    foregone_share: float | None = None,
    after_tax: bool = False,
    edition: str = CURRENT,
) -> ReturnCase:
    """Gather what a return needs from the processed tables.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    credential : str
        "CPC", "COC", "CIC", "CCS", "CCS-P", "RHIT", "RHIA", or another of the table `credentials`.
    pathway : str
        "certificate", "associate", "self_study", or "certification_only" for somebody who codes
        already.
    area : str
        "US", a postal code or a metropolitan area.
    occupation : str
        SOC code of the work it leads to.
    discount_rate : float
        Real, a year; -0.5 to 0.5.
    horizon_years : int
        1 to 60.
    remote_after_years : float
        0 or above; infinite for never.
    baseline : str or float
        "high_school" (pay of high-school graduates by age, of that sex and those hours),
        "federal_threshold" (the earnings threshold of the federal tests), "current_coder" (a coder
        without the credential), an own salary in USD a year, or "usual": "current_coder" for
        "certification_only", else "high_school".
    premium_share : float
        Part of the published pay gap taken to go with the credential; 0 to 1.
    experience_years : float or None
        At the start; None is 2 years for the baseline "current_coder", else 0.
    start_age : float
        At the decision, 18 to 60.
    sex, hours : str
        Of the baseline and of coders by age: "all", "women" or "men"; "all" or "full_time".
    foregone_share : float or None
        Part of earnings given up while in training, 0 to 1; None: not known, the stated range.
    after_tax : bool
        Count pay after income and payroll tax of the state, of a single person without dependents.
    edition : str
        Of the inputs: "current", or "first" for the raw premium of members, placement without a
        bound and completion over all sectors.

    Raises
    ------
    WrongInput
        A parameter is unknown or out of range, or the pathway does not lead to the credential.

    Examples
    --------
    >>> from analysis import processed
    >>> return_case(processed.Tables(), credential="CIC").input("exam_fee_usd").value
    425.0
    """
    check_terms(
        {
            "discount_rate": (discount_rate, LOWEST_RATE, HIGHEST_RATE),
            "horizon_years": (horizon_years, 1, LONGEST_YEARS),
            "remote_after_years": (remote_after_years, 0, math.inf),
            "premium_share": (premium_share, 0, 1),
            "experience_years": (experience_years or 0.0, 0, LONGEST_YEARS),
            "foregone_share": (foregone_share or 0.0, 0, 1),
        }
    )
    check_person(start_age, sex, hours)
    wages = tables["wages"]
    place, way = find_area(wages, area), find_pathway(pathway)
    against = find_baseline(baseline, pathway=pathway, sex=sex, hours=hours)
    find_occupation(wages, occupation)
    terms = credential_terms(tables, credential, premium_share=premium_share, edition=edition)
    check_pathway(credential, pathway)
    is_entrant = against.name != CURRENT_CODER
    usual = 0.0 if is_entrant else assumed(tables, "roi.coder_experience").low
    years = usual if experience_years is None else experience_years
    pay, pay_note = area_pay(wages, occupation_code=occupation, area=place)
    nation = find_area(wages, NATION)
    national_pay, _ = area_pay(wages, occupation_code=occupation, area=nation)
    case = ReturnCase(
        credential=credential,
        occupation_code=occupation,
        pathway=way,
        area=place,
        baseline=against,
        sex=sex,
        hours=hours,
        edition=edition,
        is_entrant=is_entrant,
        discount_rate=discount_rate,
        horizon_years=horizon_years,
        remote_after_years=remote_after_years,
        experience_years=years,
        apprentice_years=terms.apprentice_years if is_entrant else 0.0,
        start_age=start_age,
        pay=pay,
        national_pay=national_pay,
        inputs=(
            *study_inputs(tables, pathway=way, area=place, edition=edition),
            *terms.inputs,
            *duration_inputs(tables, pathway=way, is_entrant=is_entrant),
            *work_inputs(tables, pathway=way, is_entrant=is_entrant, place=place, edition=edition),
            baseline_wage_input(
                tables,
                against,
                area=place,
                coder_start_usd=float(pay_by_experience(pay, [years])[0]),
            ),
            unemployment_input(tables, "coder_unemployment_rate_pct", way.education),
            unemployment_input(
                tables,
                "baseline_unemployment_rate_pct",
                HIGH_SCHOOL_LEVEL if against.name in (HIGH_SCHOOL, FEDERAL) else way.education,
            ),
            *pay_inputs(tables, pay, occupation),
        ),
        pay_note=pay_note,
    )
    if after_tax:
        case = replace(case, net_pay=net_pay(tables, place))
        if case.is_entrant:
            wage = case.input("baseline_wage_usd")
            case = case.with_inputs({wage.name: taxed(case, wage)})
    if foregone_share is not None:
        case = case.with_input("foregone_share_pct", PERCENT * foregone_share)
    return against_high_school(tables, case) if against.name == HIGH_SCHOOL else _counted(case)


def against_high_school(tables: Tables, case: ReturnCase) -> ReturnCase:
    """Return the case against the pay of high-school graduates by age, of its sex and hours."""
    baseline = find_baseline(HIGH_SCHOOL, sex=case.sex, hours=case.hours)
    profile = high_school_pay(tables, place=case.area, sex=case.sex, hours=case.hours)
    wage = high_school_input(profile, case.start_age, baseline)
    left = case.net(np.array(profile.medians_usd))
    paid = replace(profile, medians_usd=tuple(left.tolist()))
    case = replace(case, baseline=baseline, baseline_path=paid.path(case.start_age))
    return _counted(case.with_inputs({wage.name: taxed(case, wage)}))


def against_threshold(tables: Tables, case: ReturnCase) -> ReturnCase:
    """Return the case against the federal earnings threshold, level over time."""
    baseline = find_baseline(FEDERAL)
    wage = baseline_wage_input(tables, baseline, area=case.area, coder_start_usd=0.0)
    case = replace(case, baseline=baseline, baseline_path=())
    return _counted(case.with_inputs({wage.name: taxed(case, wage)}))


def _counted(case: ReturnCase) -> ReturnCase:
    """Take no unemployment off a median over the labor force: those without work are in it."""
    is_in = case.baseline.name == HIGH_SCHOOL and case.hours == "all"
    is_in = is_in or (case.baseline.name == FEDERAL and case.edition != FIRST)
    if not is_in:
        return case
    rate = case.input("baseline_unemployment_rate_pct")
    known = replace(rate.at(0.0), label="Unemployment: counted in the median, as wages of 0")
    return case.with_inputs({rate.name: known})


def check_terms(terms: Mapping[str, tuple[float, float, float]]) -> None:
    """Raise WrongInput for each number out of its limits: value, lowest, highest by name."""
    wrong = [
        f"{name} must lie within {low:g} to {high:g}, not at {value!r}."
        for name, (value, low, high) in terms.items()
        if not low <= value <= high
    ]
    horizon = terms["horizon_years"][0]
    if horizon != int(horizon):
        wrong.append(f"horizon_years must be a whole number of years, not {horizon!r}.")
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


def work_inputs(
    tables: Tables, *, pathway: Pathway, is_entrant: bool, place: Area, edition: str
) -> tuple[ReturnInput, ...]:
    """Return what is given up in training, and the chance to find work after it."""
    foregone = assumed_input(
        tables,
        f"roi.foregone_share.{pathway.name}",
        "foregone_share_pct",
        "Earnings given up while in training",
    )
    if is_entrant:
        return foregone, placement_input(tables, place, edition=edition)
    return foregone, input_range(
        "placement_rate_pct",
        PLACEMENT,
        value=PERCENT,
        unit="percent",
        source="Works in the occupation already",
    )


def placement_input(tables: Tables, place: Area, *, edition: str) -> ReturnInput:
    """Return the chance to find work in the occupation, bounded by openings over awards.

    Most likely openings over awards of coding and records technology, where that is below the
    stated assumption; at least openings over awards with billing; at most the assumption's lot.
    Of the state, else of the nation. First edition: the assumption alone.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> tables = processed.Tables()
    >>> found = placement_input(tables, find_area(tables["wages"], "US"), edition="current")
    >>> round(found.low, 1), round(found.value, 1), found.high
    (41.8, 64.6, 85.0)
    """
    stated = assumed_input(
        tables, "roi.placement_rate", "placement_rate_pct", PLACEMENT, distribution="outcome"
    )
    if edition == FIRST:
        return stated
    state = place.state if placement_bound(tables, state=place.state).value is not None else NATION
    bound, least = (
        placement_bound(tables, state=state, with_billing=billing) for billing in (False, True)
    )
    likely = min(bound.value or PERCENT, stated.value)
    whose = "" if state == place.state else f"The nation's: {place.name} lacks one of the two. "
    return input_range(
        stated.name,
        stated.label,
        value=likely,
        low=min(least.value or likely, likely),
        high=max(stated.value, likely),
        unit="percent",
        year=bound.year,
        source=f"{bound.source}; upper limit: {stated.estimate.source}",
        kind="model",
        verification="derived",
        distribution="outcome",
        note=f"{whose}{bound.note}",
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
    remote = row_of(tables["acs_shares"], "id", "home_work")
    guide = row_of(tables["guide_remote"], "item", "fully remote staff")
    members = row_of(tables["member_salaries"], "group", "share working remotely")
    home_pct = float(remote["share_pct"])
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
