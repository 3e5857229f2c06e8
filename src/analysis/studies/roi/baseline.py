"""What a person would earn without the credential."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90
from analysis.models.roi import ReturnInput, input_range
from analysis.studies.areas import NATION, Area
from analysis.studies.credentials import nearest
from analysis.studies.earnings_profiles import AgeProfile
from analysis.studies.lookup import Tables, row_of

USUAL, HIGH_SCHOOL, FEDERAL = "usual", "high_school", "federal_threshold"
CURRENT_CODER, OWN_SALARY = "current_coder", "own_salary"
BASELINES = (USUAL, HIGH_SCHOOL, FEDERAL, CURRENT_CODER)
EXAM_ALONE = "certification_only"
PEOPLE = {"all": "worker", "women": "woman", "men": "man"}
PAID = {"all": "who works or seeks work", "full_time": "working full time all year"}
HIGH_SCHOOL_LEVEL = "High school diploma"
NO_STATE_VALUE = "No earnings of high-school graduates are published for"
HIGHEST_SALARY_USD = 1_000_000.0
WEEKS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Baseline:
    """Earnings the credential is held against.

    Parameters
    ----------
    name, label : str
        "high_school", "federal_threshold", "current_coder" or "own_salary", and as a reader has
        it.
    salary_usd : float or None
        Own salary, USD a year.
    """

    name: str
    label: str
    salary_usd: float | None = None


def find_baseline(
    baseline: str | float, *, pathway: str = "", sex: str = "all", hours: str = "all"
) -> Baseline:
    """Read the parameter: one of `BASELINES`, or an own salary in USD a year.

    "usual" is "current_coder" for somebody who codes already (the pathway "certification_only"),
    else "high_school".

    Raises
    ------
    WrongInput
        Neither a known name nor a salary above 0 and below a million; or people without a job in
        the occupation, for a pathway that is for those who have one.

    Examples
    --------
    >>> find_baseline("41000").salary_usd
    41000.0
    """
    if baseline == USUAL:
        baseline = CURRENT_CODER if pathway == EXAM_ALONE else HIGH_SCHOOL
    if pathway == EXAM_ALONE and baseline in (HIGH_SCHOOL, FEDERAL):
        raise WrongInput(
            f"baseline must be {USUAL}, {CURRENT_CODER} or a salary in USD a year for the pathway "
            f"{EXAM_ALONE}, which is for somebody who codes already; found {baseline!r}."
        )
    if baseline == HIGH_SCHOOL:
        label = f"{PEOPLE[sex]} with a high-school diploma {PAID[hours]}"
        return Baseline(name=HIGH_SCHOOL, label=label)
    if baseline == FEDERAL:
        return Baseline(name=FEDERAL, label="worker with a high-school diploma, aged 25 to 34")
    if baseline == CURRENT_CODER:
        return Baseline(name=CURRENT_CODER, label="coder without a credential")
    try:
        salary = float(baseline)
    except ValueError:
        raise WrongInput(
            f"baseline must be {', '.join(BASELINES)} or a salary in USD a year; found "
            f"{baseline!r}.{nearest(str(baseline), list(BASELINES))}"
        ) from None
    if not 0 < salary < HIGHEST_SALARY_USD:
        raise WrongInput(
            "baseline must be a salary above 0 and below 1,000,000 USD a year, or one of "
            f"{', '.join(BASELINES)}; found {baseline!r}."
        )
    return Baseline(name=OWN_SALARY, label=f"worker paid ${salary:,.0f} a year", salary_usd=salary)


def high_school_input(profile: AgeProfile, start_age: float, baseline: Baseline) -> ReturnInput:
    """Return the pay of high-school graduates at the start, with its sampling error."""
    value = profile.at(start_age)
    margin = NORMAL_90 * profile.relative_se * value
    return input_range(
        "baseline_wage_usd",
        f"Pay of a {baseline.label}, at {start_age:g}",
        value=value,
        low=value - margin,
        high=value + margin,
        unit="USD a year",
        source=profile.source,
        kind="official",
        verification="derived",
        distribution="normal",
        note=f"{profile.note} Follows the median of each later age.".strip(),
    )


def baseline_wage_input(
    tables: Tables, baseline: Baseline, *, area: Area, coder_start_usd: float
) -> ReturnInput:
    """Return the baseline's earnings a year, where they are not those of the age profile.

    Federal threshold: the College Scorecard's for the state (median of people aged 25 to 34 with a
    high-school diploma only, in the labor force); the upper limit is the BLS median of full-time
    workers of 25 and over, scaled to the state. Where a state has none (Guam) the national value
    stands in, and the note says so.
    """
    if baseline.name == CURRENT_CODER:
        return input_range(
            "baseline_wage_usd",
            "Pay of a coder without a credential, at the start",
            value=coder_start_usd,
            unit="USD a year",
            source="Experience path on the official distribution",
            kind="model",
            verification="derived",
            note="Rises with experience along the same path as that of a holder.",
        )
    if baseline.salary_usd is not None:
        return input_range(
            "baseline_wage_usd",
            "Own salary",
            value=baseline.salary_usd,
            unit="USD a year",
            source="Parameter baseline",
            note="Held level in real terms.",
        )
    thresholds = tables["high_school_earnings"]
    has_own = bool(thresholds["state"].eq(area.state).any())
    row = row_of(thresholds, "state", area.state if has_own else NATION)
    nation = row_of(thresholds, "state", NATION)
    value = float(row["high_school_earnings_usd"])
    ratio = value / float(nation["high_school_earnings_usd"])
    full_time, period = full_time_high_school_usd(tables["education_earnings"])
    place = "" if has_own else f"{NO_STATE_VALUE} {area.name}: the national one is used. "
    return input_range(
        "baseline_wage_usd",
        "Earnings of high-school graduates",
        value=value,
        low=value,
        high=max(value, full_time * ratio),
        unit="USD a year",
        year=str(row["vintage"]),
        source=str(row["source_title"]),
        kind="official",
        verification=str(row["verification"]),
        note=f"{place}Counts part-time workers; the upper limit is the median of full-time workers "
        f"of 25 and over ({period}, BLS), scaled to the state.",
    )


def full_time_high_school_usd(education_earnings: pd.DataFrame) -> tuple[float, str]:
    """Return the latest median of full-time workers with a high-school diploma, USD a year."""
    rows = education_earnings[
        education_earnings["education"].eq(HIGH_SCHOOL_LEVEL)
        & education_earnings["median_weekly_earnings_usd"].notna()
    ].sort_values("period")
    row = rows.iloc[-1]
    return WEEKS * float(row["median_weekly_earnings_usd"]), str(row["period"])
