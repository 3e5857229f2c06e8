"""What is left of pay after income and payroll tax."""

from dataclasses import replace

import numpy as np

from analysis.errors import WrongInput
from analysis.models.roi import Case, ReturnInput
from analysis.studies.areas import CODERS, Area
from analysis.studies.lookup import Tables


def net_pay(tables: Tables, place: Area) -> tuple[tuple[float, float], ...]:
    """Return wages a year and what is left of them after income and payroll tax of a state.

    Of a single person of 30 without dependents who has wages alone; the nation's is the mean of the
    states, each with the weight of its coders.

    Raises
    ------
    WrongInput
        A territory: its taxes are its own and are not in the table.

    Examples
    --------
    50,000 USD less 3,871.50 federal, 1,583.13 state and 3,825 payroll tax.

    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> tables = processed.Tables()
    >>> round(dict(net_pay(tables, find_area(tables["wages"], "NC")))[50_000.0], 2)
    40720.37
    """
    taxes = tables["taxes"]
    paid = taxes["federal_tax_usd"] + taxes["state_tax_usd"] + taxes["payroll_tax_usd"]
    left = taxes.assign(left_usd=taxes["wage_usd"] - paid)
    if place.is_nation:
        wages = tables["wages"]
        rows = wages[wages["occupation_code"].eq(CODERS) & wages["area_type"].eq("state")]
        jobs = left["state"].map(rows.set_index("area_code")["employment"]).fillna(0.0)
        sums = (left["left_usd"] * jobs).groupby(left["wage_usd"]).sum()
        values = sums / jobs.groupby(left["wage_usd"]).sum()
    elif left["state"].eq(place.state).any():
        values = left[left["state"].eq(place.state)].set_index("wage_usd")["left_usd"]
    else:
        raise WrongInput(f"after_tax must be false for {place.name}: no table of its taxes.")
    return tuple(zip(values.index.astype(float).tolist(), values.tolist(), strict=True))


def taxed(case: Case, wage: ReturnInput) -> ReturnInput:
    """Return the baseline's pay after tax, its limits at the rate of its value."""
    if not case.net_pay:
        return wage
    share = float(case.net(np.array([wage.value]))[0]) / wage.value
    found = wage.estimate
    estimate = replace(
        found,
        value=share * wage.value,
        low=None if found.low is None else share * found.low,
        high=None if found.high is None else share * found.high,
        note=f"{found.note} After tax.",
    )
    return replace(wage, estimate=estimate)
