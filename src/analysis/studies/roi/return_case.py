"""One credential, one way to it, one place: all that its return is computed from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.wages import WageDistribution
from analysis.studies.areas import CODERS, NATION, Area, find_area, find_occupation
from analysis.studies.experience_pay import area_pay, pay_by_experience
from analysis.studies.roi.credential_costs import study_inputs
from analysis.studies.roi.credential_terms import CredentialTerms, credential_terms, is_eligible
from analysis.studies.roi.return_baselines import (
    CURRENT_CODER,
    HIGH_SCHOOL,
    HIGH_SCHOOL_LEVEL,
    NO_STATE_VALUE,
    Baseline,
    baseline_wage_input,
    find_baseline,
)
from analysis.studies.roi.return_inputs import ReturnInput, modes, with_value
from analysis.studies.roi.training_pathways import Pathway, duration_inputs, find_pathway
from analysis.studies.roi.work_inputs import pay_inputs, unemployment_input, work_inputs

CODER_EXPERIENCE_YEARS = 2.0  # of somebody who codes already: the end of the guide's entry tier
LOWEST_RATE, HIGHEST_RATE = -0.5, 0.5
LONGEST_YEARS = 60
MONTHS_PER_YEAR = 12
ROUNDING = 1e-9  # so that 2 years less 1.9 are two months, not three


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
    pay_note : str
        Where `pay` is not that of the area itself; else empty.
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
    pay_note: str = ""

    @property
    def is_entrant(self) -> bool:
        """True for somebody who comes to the occupation; False for somebody who codes already."""
        return self.baseline.name != CURRENT_CODER

    @property
    def apprentice_months(self) -> int:
        """Whole months of work before the premium is paid; experience at the start counts."""
        left = 0.0 if not self.is_entrant else self.apprentice_years - self.experience_years
        return max(0, math.ceil(MONTHS_PER_YEAR * left - ROUNDING))

    @property
    def most_likely(self) -> dict[str, float]:
        """The most likely value of every input, by name."""
        return modes(self.inputs)

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

    def input(self, name: str) -> ReturnInput:
        """Return the input called `name`."""
        return next(item for item in self.inputs if item.name == name)

    def with_credential(self, terms: CredentialTerms) -> "ReturnCase":
        """Return the same case for another credential (`credential_terms`)."""
        own = {item.name: item for item in terms.inputs}
        return replace(
            self,
            credential=terms.credential,
            apprentice_years=terms.apprentice_years if self.is_entrant else 0.0,
            inputs=tuple(own.get(item.name, item) for item in self.inputs),
        )

    def with_input(self, name: str, value: float) -> "ReturnCase":
        """Return the case with one input known to be `value` (see `inputs`)."""
        return replace(self, inputs=with_value(self.inputs, name, value))


def return_case(
    tables: Mapping[str, pd.DataFrame],
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
    terms = credential_terms(tables, credential, premium_share=premium_share)
    is_entrant = against.name != CURRENT_CODER
    usual = 0.0 if is_entrant else CODER_EXPERIENCE_YEARS
    years = usual if experience_years is None else experience_years
    pay, pay_note = area_pay(wages, occupation_code=occupation, area=place)
    nation = find_area(wages, NATION)
    national_pay, _ = area_pay(wages, occupation_code=occupation, area=nation)
    start_usd = float(pay_by_experience(pay, [years])[0])
    inputs = (
        *study_inputs(tables, pathway=way, area=place),
        *terms.inputs,
        *duration_inputs(
            tables["guide_education_paths"],
            tables["guide_timeline"],
            pathway=way,
            is_entrant=is_entrant,
        ),
        *work_inputs(way, is_entrant=is_entrant),
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
