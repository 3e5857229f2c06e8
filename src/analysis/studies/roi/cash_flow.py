"""Money in and out month by month, expected over completing, passing and finding work."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.finance import monthly_rate
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import PERCENT
from analysis.studies.roi.return_value import HOURS_A_YEAR, MONTHS, pay_paths

FloatArray = NDArray[np.float64]


def monthly_flows(case: ReturnCase, *, holder_usd: FloatArray | None = None) -> pd.DataFrame:
    """Lay out the expected flows of a case, at the most likely value of every input.

    Training runs from month 0; who does not complete leaves halfway and earns the baseline again.
    Dues, materials and the hours of study fall due when training ends, exam fees (of the expected
    number of attempts) when preparation ends; the job follows after the expected retakes and the
    search. A date within a month is shared between it and the next. Coder pay is official pay by
    experience, without the premium while an apprentice, with the remote gain from
    `remote_after_years`; who leaves the occupation earns the baseline again.

    Parameters
    ----------
    case : ReturnCase
        What is earned, how and where.
    holder_usd : array or None
        Monthly pay of a holder by month of experience (of the horizon for who codes already),
        instead of the case's own (`monthly_pay`).

    Returns
    -------
    DataFrame
        month (0 is the decision), study_usd (tuition, fees, materials, hours of study),
        renewal_usd, cost_usd (both), baseline_usd, earnings_usd, gain_usd (of the job over the
        baseline), net_usd (earnings less baseline less cost),
        cumulative_usd, discounted_usd; a row a month up to the horizon. Real USD, expected values.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> flows = monthly_flows(case)
    >>> len(flows), float(flows["cumulative_usd"].iloc[-1].round(-2))
    (240, 73500.0)
    """
    values = case.most_likely
    months = np.arange(case.horizon_years * MONTHS)
    trained = values["training_months"]
    completes = values["completion_rate_pct"] / PERCENT
    attempts = PERCENT / values["pass_rate_pct"]
    exam = trained + values["exam_preparation_months"]
    hired = hire_month(case)
    enrolled = _overlap(months, 0.0, trained / 2) + completes * _overlap(
        months, trained / 2, trained
    )
    tuition = enrolled / trained if trained > 0 else _one_off(months, 0.0)
    study = (
        values["tuition_usd"] * tuition
        + completes * _one_off(months, trained) * _preparation(case)
        + completes * _one_off(months, exam) * values["exam_fee_usd"] * attempts
    )
    own, uncertified = monthly_pay(case)
    holder = own if holder_usd is None else holder_usd
    baseline = _monthly_baseline(case, uncertified)
    works = completes * values["placement_rate_pct"] / PERCENT
    stays = 1 - values["annual_separation_rate_pct"] / PERCENT
    gained = np.zeros(months.size)
    renewal = np.zeros(months.size)
    first = int(hired)
    for start, weight in ((first, 1 - (hired - first)), (first + 1, hired - first)):
        after = months[months >= start]
        at_work = weight * works * stays ** ((after - start) / MONTHS)
        pay = holder[after - start] if case.is_entrant else holder[after]
        gained[after] += at_work * (pay - baseline[after])
        renewal[after] += at_work * values["renewal_usd_per_year"] / MONTHS
    foregone = values["foregone_share_pct"] / PERCENT * enrolled * baseline
    earnings = baseline - foregone + gained
    net = earnings - baseline - study - renewal
    rate = monthly_rate(case.discount_rate)
    return pd.DataFrame(
        {
            "month": months,
            "study_usd": study,
            "renewal_usd": renewal,
            "cost_usd": study + renewal,
            "baseline_usd": baseline,
            "earnings_usd": earnings,
            "gain_usd": gained,
            "net_usd": net,
            "cumulative_usd": np.cumsum(net),
            "discounted_usd": net / (1 + rate) ** months,
        }
    )


def hire_month(case: ReturnCase) -> float:
    """Return the expected month of the first job (or of the first pay with the credential).

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> round(hire_month(case), 1)
    18.6
    """
    values = case.most_likely
    retakes = PERCENT / values["pass_rate_pct"] - 1
    return (
        values["training_months"]
        + values["exam_preparation_months"]
        + retakes * values["retake_wait_months"]
        + (values["job_search_months"] if case.is_entrant else 0.0)
    )


def _preparation(case: ReturnCase) -> float:
    """Add up what falls due when training ends, the hours of study at the baseline's wage."""
    values = case.most_likely
    hourly = values["baseline_wage_usd"] / HOURS_A_YEAR
    return values["membership_usd"] + values["materials_usd"] + values["study_hours"] * hourly


def monthly_pay(case: ReturnCase) -> tuple[FloatArray, FloatArray]:
    """Return monthly pay by month of experience, of a holder and of a coder without one.

    Both in USD a month, over the horizon, at the most likely value of every input.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.roi import return_case
    >>> case = return_case(processed.Tables())
    >>> holder, uncertified = monthly_pay(case)
    >>> holder.size, round(float(holder[-1] / uncertified[-1]) - 1, 3)
    (240, 0.143)
    """
    values = case.most_likely
    paths = pay_paths(case, np.array([values["pay_position"]]))
    remote = values["remote_share_pct"] / PERCENT
    premium = values["premium_pct"] / PERCENT
    average = (paths.area_usd[0] + remote * paths.remote_gain_usd[0]) * values["wage_level"]
    employed = 1 - values["coder_unemployment_rate_pct"] / PERCENT
    uncertified = employed * average / (1 + values["certified_share_pct"] / PERCENT * premium)
    has_premium = np.arange(uncertified.size) >= case.apprentice_months
    return uncertified * (1 + premium * has_premium), uncertified


def _monthly_baseline(case: ReturnCase, uncertified: FloatArray) -> FloatArray:
    """Return what the baseline earns in each month."""
    if not case.is_entrant:
        return uncertified
    values = case.most_likely
    employed = 1 - values["baseline_unemployment_rate_pct"] / PERCENT
    return np.full(uncertified.size, values["baseline_wage_usd"] * employed / MONTHS)


def _overlap(months: NDArray[np.intp], start: float, end: float) -> FloatArray:
    """Return the part of each month between two times."""
    both = np.minimum(end, months + 1) - np.maximum(start, months)
    return np.asarray(np.clip(both, 0.0, None), dtype=np.float64)


def _one_off(months: NDArray[np.intp], time: float) -> FloatArray:
    """Share one payment between the month it falls in and the next."""
    return np.asarray(np.clip(1 - np.abs(months - time), 0.0, None), dtype=np.float64)
