"""What a person would earn without the credential."""

from dataclasses import dataclass

import pandas as pd

from analysis.errors import WrongInput
from analysis.models.roi import ReturnInput, input_range
from analysis.studies.areas import NATION, Area
from analysis.studies.credentials import nearest
from analysis.studies.lookup import Tables, row_of

HIGH_SCHOOL, CURRENT_CODER, OWN_SALARY = "high_school", "current_coder", "own_salary"
BASELINES = (HIGH_SCHOOL, CURRENT_CODER)
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
        "high_school", "current_coder" or "own_salary", and as a reader has it.
    salary_usd : float or None
        Own salary, USD a year.
    """

    name: str
    label: str
    salary_usd: float | None = None


def find_baseline(baseline: str | float) -> Baseline:
    """Read the parameter: "high_school", "current_coder", or an own salary in USD a year.

    Raises
    ------
    WrongInput
        Neither a known name nor a salary above 0 and below a million.

    Examples
    --------
    >>> find_baseline("41000").salary_usd
    41000.0
    """
    if baseline == HIGH_SCHOOL:
        return Baseline(name=HIGH_SCHOOL, label="worker with a high-school diploma")
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
            "baseline must be a salary above 0 and below 1,000,000 USD a year, "
            f"{HIGH_SCHOOL} or {CURRENT_CODER}; found {baseline!r}."
        )
    return Baseline(name=OWN_SALARY, label=f"own salary of {salary:,.0f} USD", salary_usd=salary)


def baseline_wage_input(
    tables: Tables, baseline: Baseline, *, area: Area, coder_start_usd: float
) -> ReturnInput:
    """Return the baseline's earnings a year.

    High school: the College Scorecard threshold of the state (median of people aged 25 to 34 with
    a high-school diploma only), which counts part-time workers; the upper limit is the BLS median
    of full-time workers of 25 and over, scaled to the state. Where a state has none (Guam) the
    national value stands in, and the note says so.
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
