"""Openings: who leaves an occupation in a year, and who is hired in their place."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.errors import WrongInput


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparationRates:
    """Yearly separation rates of an occupation, national.

    Parameters
    ----------
    exit_rate : float
        Share of the employed who leave the labour force in a year; 0 to 1.
    transfer_rate : float
        Share who leave for another occupation; 0 to 1.
    projection_period : str
        The projection they were published with.
    """

    exit_rate: float
    transfer_rate: float
    projection_period: str

    @property
    def separation_rate(self) -> float:
        """Exits and transfers together."""
        return self.exit_rate + self.transfer_rate


def stock_flow(jobs: "pd.Series[float]", rates: SeparationRates) -> pd.DataFrame:
    """Work out who leaves and who is hired, so that people equal jobs every year.

        jobs[t] = jobs[t-1] - exits - transfers - layoffs + openings

    Exits and transfers are rates times the mean of the two years, as BLS has it. Openings fill
    what is then short; layoffs are what is then too many. One of the two is always 0.

    Parameters
    ----------
    jobs : Series of float
        Jobs needed; index year, without gaps.
    rates : SeparationRates
        Of the occupation.

    Returns
    -------
    DataFrame
        year, jobs, jobs_change, exits, transfers, openings, layoffs; flows missing in the first
        year.

    Raises
    ------
    ValueError
        Jobs below 0, or years with gaps.

    Examples
    --------
    100 jobs fall to 96 while 0.06 x 98 = 5.88 people leave: 1.88 are hired.

    >>> rates = SeparationRates(exit_rate=0.04, transfer_rate=0.02, projection_period="")
    >>> flows = stock_flow(pd.Series({2024: 100.0, 2025: 96.0}), rates)
    >>> flows[["openings", "layoffs"]].iloc[1].round(2).tolist()
    [1.88, 0.0]
    """
    if (jobs < 0).any():
        raise ValueError("jobs must not be below 0.")
    if (np.diff(jobs.index.to_numpy()) != 1).any():
        raise ValueError("years must follow one another without gaps.")
    change = jobs.diff()
    mean = (jobs + jobs.shift()) / 2
    exits, transfers = rates.exit_rate * mean, rates.transfer_rate * mean
    needed = change + exits + transfers
    return pd.DataFrame(
        {
            "year": jobs.index.astype("int64"),
            "jobs": jobs.to_numpy(),
            "jobs_change": change.to_numpy(),
            "exits": exits.to_numpy(),
            "transfers": transfers.to_numpy(),
            "openings": needed.clip(lower=0).to_numpy(),
            "layoffs": (-needed).clip(lower=0).to_numpy(),
        }
    )


def annual_openings(
    *, base: float, projected: float, years: float, exit_rate: float, transfer_rate: float
) -> float:
    """Work out openings a year from a projection and the separation rates.

        (projected - base) / years + (exit_rate + transfer_rate) * (base + projected) / 2

    Parameters
    ----------
    base, projected : float
        Employment at the start and the end, in jobs or in thousands; not below 0.
    years : float
        Between them; above 0.
    exit_rate, transfer_rate : float
        Yearly shares of employment that leave work, and that change occupation; 0 to 1.

    Returns
    -------
    float
        In the unit of `base`. Negative where employment falls faster than people leave.

    Raises
    ------
    WrongInput
        A value lies outside its range.

    References
    ----------
    BLS, Employment Projections: occupational separations and openings.

    Examples
    --------
    Medical records specialists 2024-34, in thousands; BLS prints 14.2.

    >>> thousands = annual_openings(
    ...     base=194.8, projected=208.6, years=10, exit_rate=0.035, transfer_rate=0.029)
    >>> round(thousands, 1)
    14.3
    """
    _check(base=base, projected=projected, years=years)
    _check_rates(exit_rate=exit_rate, transfer_rate=transfer_rate)
    return (projected - base) / years + (exit_rate + transfer_rate) * (base + projected) / 2


def _check(*, base: float, projected: float, years: float) -> None:
    """Raise unless the projection can be used."""
    if not base >= 0 or not projected >= 0:
        raise WrongInput(
            f"base and projected must be employment, not below 0; found {base} and {projected}."
        )
    if not years > 0:
        raise WrongInput(f"years must be above 0, not {years}.")


def _check_rates(**rates: float) -> None:
    """Raise unless every rate is a share."""
    for name, rate in rates.items():
        if not 0 <= rate <= 1:
            raise WrongInput(f"{name} must lie in 0 to 1 (0.035 is 3.5 % a year); found {rate}.")
