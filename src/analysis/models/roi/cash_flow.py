"""Money in and out month by month, expected over completing, passing and finding work."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.estimate import Estimate
from analysis.models import finance
from analysis.models.roi.case import MONTHS, PERCENT, Case, FloatArray

HOURS_A_YEAR = 2080.0
FLOWS = "Expected monthly flows"
SINGLE_CASES = "middle 90% of single cases"


def monthly_flows(case: Case) -> pd.DataFrame:
    """Lay out the expected flows of a case, at the most likely value of every input.

    Training runs from month 0; who does not complete leaves halfway and earns the baseline again.
    Dues, materials and the hours of study fall due when training ends, exam fees (of the expected
    number of attempts) when preparation ends; the job follows after the expected retakes and the
    search. A date within a month is shared between it and the next. Who leaves the occupation
    earns the baseline again.

    Returns
    -------
    DataFrame
        month (0 is the decision), study_usd (tuition, fees, materials, hours of study),
        renewal_usd, cost_usd (both), baseline_usd, earnings_usd, gain_usd (of the job over the
        baseline), net_usd (earnings less baseline less cost),
        cumulative_usd, discounted_usd; a row a month up to the horizon. Real USD, expected values.
    """
    values, months = case.most_likely, case.months
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
    other = coder_pay(case)
    premium = values["premium_pct"] / PERCENT
    baseline = baseline_pay(case)
    works = completes * values["placement_rate_pct"] / PERCENT
    stays = 1 - values["annual_separation_rate_pct"] / PERCENT
    gained = np.zeros(months.size)
    renewal = np.zeros(months.size)
    first = int(hired)
    for start, weight in ((first, 1 - (hired - first)), (first + 1, hired - first)):
        after = months[months >= start]
        at_work = weight * works * stays ** ((after - start) / MONTHS)
        has_premium = (after - start if case.is_entrant else after) >= case.apprentice_months
        pay = other[after - start if case.starts_at_hire else after] * (1 + premium * has_premium)
        gained[after] += at_work * (pay - baseline[after])
        renewal[after] += at_work * values["renewal_usd_per_year"] / MONTHS
    foregone = values["foregone_share_pct"] / PERCENT * enrolled * baseline
    earnings = baseline - foregone + gained
    net = earnings - baseline - study - renewal
    rate = finance.monthly_rate(case.discount_rate)
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


def hire_month(case: Case) -> float:
    """Return the expected month of the first job (or of the first pay with the credential)."""
    values = case.most_likely
    retakes = PERCENT / values["pass_rate_pct"] - 1
    return (
        values["training_months"]
        + values["exam_preparation_months"]
        + retakes * values["retake_wait_months"]
        + (values["job_search_months"] if case.is_entrant else 0.0)
    )


def coder_pay(case: Case) -> FloatArray:
    """Return expected monthly pay of a coder without the credential, USD.

    Pay in the occupation is the average of holders and others: with a share s of holders and a
    premium p, others earn 1 / (1 + s p) of it. Unemployment is taken off, remote work counted at
    its share. By month of work, or from the decision on (`Case.starts_at_hire`).
    """
    values = case.most_likely
    area, remote_gain = case.occupation_pay(np.zeros(1))
    official = area[0] + values["remote_share_pct"] / PERCENT * remote_gain[0]
    employed = 1 - values["coder_unemployment_rate_pct"] / PERCENT
    premium = values["premium_pct"] / PERCENT
    split = 1 + values["certified_share_pct"] / PERCENT * premium
    return np.asarray(values["wage_level"] * employed * official / split, dtype=np.float64)


def monthly_pay(case: Case) -> tuple[FloatArray, FloatArray]:
    """Return monthly pay of a holder and of a coder without the credential, USD.

    As `coder_pay`; a holder's premium begins after the apprentice months.
    """
    other = coder_pay(case)
    premium = case.most_likely["premium_pct"] / PERCENT
    return other * (1 + premium * (case.months >= case.apprentice_months)), other


def baseline_pay(case: Case) -> FloatArray:
    """Return what the baseline earns in each month, unemployment taken off, USD."""
    if not case.is_entrant:
        return coder_pay(case)
    values = case.most_likely
    employed = 1 - values["baseline_unemployment_rate_pct"] / PERCENT
    monthly = values["baseline_wage_usd"] * employed / MONTHS
    return np.asarray(monthly * case.baseline_shape(), dtype=np.float64)


def pay_by_year(case: Case) -> pd.DataFrame:
    """Tabulate yearly pay of who sees it through, before any chance of not doing so.

    Returns
    -------
    DataFrame
        year (of work with the credential, from 1), experience_years (at its start),
        holder_wage_usd, uncertified_wage_usd, baseline_wage_usd, pay_gap_usd (the first less the
        second); unemployment taken off, remote work at its share; the baseline of a coder is that
        of the same year.
    """
    holder, uncertified = monthly_pay(case)
    sums = {
        "holder_wage_usd": holder,
        "uncertified_wage_usd": uncertified,
        "baseline_wage_usd": baseline_pay(case),
        "pay_gap_usd": holder - uncertified,
    }
    years = np.arange(case.horizon_years)
    return pd.DataFrame(
        {
            "year": years + 1,
            "experience_years": case.experience_years + years,
            **{name: pay.reshape(-1, MONTHS).sum(axis=1) for name, pay in sums.items()},
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMeasures:
    """The return of one case, from its expected monthly flows.

    Parameters
    ----------
    npv_usd : Estimate
        Net present value; the limits are those given to `measures`.
    rates_of_return : tuple of float
        Every real yearly rate at which the flows are worth nothing, ascending; 0.05 is 5 %.
    rate_of_return_pct : Estimate
        The one to quote, a year; None where there is none.
    modified_rate_pct : Estimate
        MIRR a year, financed and reinvested at the discount rate.
    payback_years, discounted_payback_years : Estimate
        From the decision on; None where the money does not come back within the horizon.
    benefit_cost : Estimate
        Present gains over present costs, time and earnings given up among them.
    """

    npv_usd: Estimate
    rates_of_return: tuple[float, ...]
    rate_of_return_pct: Estimate
    modified_rate_pct: Estimate
    payback_years: Estimate
    discounted_payback_years: Estimate
    benefit_cost: Estimate


def measures(
    flows: pd.DataFrame, *, discount_rate: float, spread: Estimate | None = None
) -> ReturnMeasures:
    """Measure the return of monthly flows.

    Parameters
    ----------
    flows : DataFrame
        As `monthly_flows` gives them.
    discount_rate : float
        Real, a year.
    spread : Estimate or None
        Gives the net present value its limits.

    Examples
    --------
    >>> flows = pd.DataFrame({"net_usd": [-120.0] + [10.0] * 24, "gain_usd": [0.0] + [10.0] * 24})
    >>> measures(flows, discount_rate=0.0).payback_years.value
    1.0
    """
    net = flows["net_usd"].to_numpy(dtype=float)
    gain = flows["gain_usd"].to_numpy(dtype=float)
    monthly = finance.monthly_rate(discount_rate)
    rates = tuple(finance.annual_rate(rate) for rate in finance.rates_of_return(net))
    quoted = finance.irr(net)
    modified = finance.mirr(net, finance_rate=monthly, reinvest_rate=monthly)
    benefits, paid = np.maximum(gain, 0.0), np.maximum(gain, 0.0) - net
    never = f"Not paid back within {net.size / MONTHS:g} years."
    several = f"One of {len(rates)} rates; the value at a chosen discount rate says more."
    return ReturnMeasures(
        npv_usd=Estimate(
            value=finance.npv(monthly, net),
            low=None if spread is None else spread.low,
            high=None if spread is None else spread.high,
            unit="USD",
            source=FLOWS,
            kind="model",
            note="At the most likely value of every input; the mean of the draws is another.",
            limits=SINGLE_CASES,
        ),
        rates_of_return=rates,
        rate_of_return_pct=_estimate(
            None if quoted is None else PERCENT * finance.annual_rate(quoted),
            unit="percent",
            missing="No rate brings the value to 0.",
            note=several if len(rates) > 1 else "",
        ),
        modified_rate_pct=_estimate(
            None if modified is None else PERCENT * finance.annual_rate(modified),
            unit="percent",
            missing="There is nothing to set against each other.",
        ),
        payback_years=_estimate(payback_years(flows), unit="years", missing=never),
        discounted_payback_years=_estimate(
            _years(finance.discounted_payback(net, monthly)), unit="years", missing=never
        ),
        benefit_cost=_estimate(
            finance.benefit_cost(benefits, np.maximum(paid, 0.0), rate=monthly),
            unit="ratio",
            missing="Nothing is paid.",
        ),
    )


def payback_years(flows: pd.DataFrame) -> float | None:
    """Return the years until the running total of monthly flows is back at 0; None if never."""
    return _years(finance.payback(flows["net_usd"].to_numpy(dtype=float)))


def _preparation(case: Case) -> float:
    """Add up what falls due when training ends, the hours of study at the baseline's wage."""
    values = case.most_likely
    hourly = values["baseline_wage_usd"] / HOURS_A_YEAR
    return values["membership_usd"] + values["materials_usd"] + values["study_hours"] * hourly


def _overlap(months: NDArray[np.intp], start: float, end: float) -> FloatArray:
    """Return the part of each month between two times."""
    both = np.minimum(end, months + 1) - np.maximum(start, months)
    return np.asarray(np.clip(both, 0.0, None), dtype=np.float64)


def _one_off(months: NDArray[np.intp], time: float) -> FloatArray:
    """Share one payment between the month it falls in and the next."""
    return np.asarray(np.clip(1 - np.abs(months - time), 0.0, None), dtype=np.float64)


def _years(months: float | None) -> float | None:
    return None if months is None else months / MONTHS


def _estimate(value: float | None, *, unit: str, missing: str, note: str = "") -> Estimate:
    return Estimate(
        value=value,
        unit=unit,
        source=FLOWS,
        kind="model",
        note=missing if value is None else note,
    )
