"""How much a credential returns and when: value, rates of return, payback, benefit-cost."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.estimate import Estimate
from analysis.models import finance
from analysis.studies.roi.cash_flow import monthly_flows, monthly_pay
from analysis.studies.roi.monte_carlo import SINGLE_CASES, Simulation
from analysis.studies.roi.return_case import ReturnCase
from analysis.studies.roi.return_inputs import PERCENT
from analysis.studies.roi.return_value import MONTHS

FLOWS = "Expected monthly flows"
SEVERAL = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnMeasures:
    """The return of one case, from its expected monthly flows.

    Parameters
    ----------
    npv_usd : Estimate
        Net present value; the interval is the middle 90 % of the simulation.
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

    def to_frame(self) -> pd.DataFrame:
        """Tabulate measure, value, unit, low, high, note."""
        named = {
            "npv_usd": self.npv_usd,
            "rate_of_return_pct": self.rate_of_return_pct,
            "modified_rate_pct": self.modified_rate_pct,
            "payback_years": self.payback_years,
            "discounted_payback_years": self.discounted_payback_years,
            "benefit_cost": self.benefit_cost,
        }
        return pd.DataFrame(
            [
                {
                    "measure": name,
                    "value": found.value,
                    "unit": found.unit,
                    "low": found.low,
                    "high": found.high,
                    "note": found.note,
                }
                for name, found in named.items()
            ]
        ).astype({"value": "float64", "low": "float64", "high": "float64"})

    def _repr_html_(self) -> str:
        """Show the measures in a notebook."""
        return self.to_frame().to_html(
            index=False, float_format="{:,.2f}".format, na_rep="none", border=0
        )


def measures(
    flows: pd.DataFrame, *, discount_rate: float, simulation: Simulation | None = None
) -> ReturnMeasures:
    """Measure the return of monthly flows.

    Parameters
    ----------
    flows : DataFrame
        As `cash_flow.monthly_flows` gives them.
    discount_rate : float
        Real, a year.
    simulation : Simulation or None
        Gives the net present value its interval.

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
    horizon = f"within {net.size / MONTHS:g} years"
    return ReturnMeasures(
        npv_usd=Estimate(
            value=finance.npv(monthly, net),
            low=None if simulation is None else simulation.npv_usd.low,
            high=None if simulation is None else simulation.npv_usd.high,
            unit="USD",
            source=FLOWS,
            kind="model",
            note="Expected value.",
            limits=SINGLE_CASES,
        ),
        rates_of_return=rates,
        rate_of_return_pct=_estimate(
            None if quoted is None else PERCENT * finance.annual_rate(quoted),
            unit="percent",
            missing="No rate brings the value to 0.",
            note=_several(rates),
        ),
        modified_rate_pct=_estimate(
            None if modified is None else PERCENT * finance.annual_rate(modified),
            unit="percent",
            missing="There is nothing to set against each other.",
        ),
        payback_years=_estimate(
            _years(finance.payback(net)), unit="years", missing=f"Not paid back {horizon}."
        ),
        discounted_payback_years=_estimate(
            _years(finance.discounted_payback(net, monthly)),
            unit="years",
            missing=f"Not paid back {horizon}.",
        ),
        benefit_cost=_estimate(
            finance.benefit_cost(benefits, np.maximum(paid, 0.0), rate=monthly),
            unit="ratio",
            missing="Nothing is paid.",
        ),
    )


def pay_by_year(case: ReturnCase) -> pd.DataFrame:
    """Tabulate yearly pay of who sees it through, before any chance of not doing so.

    Returns
    -------
    DataFrame
        year (of work with the credential, from 1), experience_years (at its start),
        holder_wage_usd, uncertified_wage_usd, baseline_wage_usd; unemployment taken off, remote
        work at its share; the baseline of a coder is that of the same year.
    """
    holder, uncertified = monthly_pay(case)
    years = np.arange(case.horizon_years)
    flows = monthly_flows(case)
    sums = {
        "holder_wage_usd": holder,
        "uncertified_wage_usd": uncertified,
        "baseline_wage_usd": flows["baseline_usd"].to_numpy(),
    }
    return pd.DataFrame(
        {
            "year": years + 1,
            "experience_years": case.experience_years + years,
            **{name: pay.reshape(-1, MONTHS).sum(axis=1) for name, pay in sums.items()},
        }
    )


def payback_years(flows: pd.DataFrame) -> float | None:
    """Return the years until the running total of monthly flows is back at 0; None if never."""
    return _years(finance.payback(flows["net_usd"].to_numpy(dtype=float)))


def _years(months: float | None) -> float | None:
    """Turn months into years."""
    return None if months is None else months / MONTHS


def _several(rates: tuple[float, ...]) -> str:
    """Say that there is more than one rate of return."""
    if len(rates) < SEVERAL:
        return ""
    return f"One of {len(rates)} rates; the value at a chosen discount rate says more."


def _estimate(value: float | None, *, unit: str, missing: str, note: str = "") -> Estimate:
    """Make the estimate of a measure; `missing` says why there is none."""
    return Estimate(
        value=value,
        unit=unit,
        source=FLOWS,
        kind="model",
        note=missing if value is None else note,
    )
