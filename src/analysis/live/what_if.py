"""What if the premium, the tuition or the account were another? The return, on other terms."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis import wording
from analysis.live.piece import Choice, Field, Piece
from analysis.models.roi.case import Case, FloatArray
from analysis.models.roi.cash_flow import coder_pay
from analysis.studies.roi import CredentialReturn
from analysis.studies.roi.case import LONGEST_YEARS

PERCENT = 100
MONTHS = 12
LOWEST_PASS_RATE_PCT = 10  # below it the job would lie beyond most horizons


def what_if(study: CredentialReturn) -> Piece:
    """Make the form that values a credential on other terms, by any account of the report.

    Its script mirrors `cash_flow.monthly_flows`, `finance.npv` and `finance.payback`; all that the
    form does not ask stays at the most likely value of the account.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import roi
    >>> what_if(roi.study(processed.Tables(), credential="CCS", draws=100))
    Try your own numbers (a form, answered on the page of the report)
    """
    fields = _fields(study.case)
    return Piece(
        kind="what-if",
        legend="Try your own numbers",
        choice=Choice(
            name="account",
            label="What the credential leads to",
            options=tuple(each.label for each in study.accounts),
        ),
        fields=fields,
        facts={"accounts": [case_facts(each.case) for each in study.accounts]},
        table=pd.DataFrame(
            {
                "Term": [field.label for field in fields],
                "In this report": [_shown(field) for field in fields],
                "Unit": [field.unit for field in fields],
            }
        ),
        caption=f"The terms of this report: {study.accounts[0].label.lower()}",
        instead=(
            "On the page of the report, with scripts allowed, these terms can be changed here. How "
            "the value moves with the premium is in the table after this one."
        ),
        note=(
            "Net present value at the most likely inputs, so neither the average over people nor "
            "the median; how far single people lie from it is shown under “How sure is it?”. The "
            "premium is a gap between people: holders may have earned more anyway."
        ),
    )


def case_facts(case: Case) -> dict[str, Any]:
    """List all that the return of a case is computed from.

    Returns
    -------
    dict
        values (the most likely value of every input, the discount rate in percent and the
        horizon), pay_usd (monthly coder pay by month at a premium of 0; its last value goes on),
        baseline_shape (pay of the baseline by month from the decision over that at the start;
        likewise), starts_at_hire (months of pay count from hire), apprentice_months, is_entrant.
    """
    plain = replace(case.with_input("premium_pct", 0.0), horizon_years=LONGEST_YEARS)
    return {
        "values": {
            **case.most_likely,
            "discount_rate_pct": PERCENT * case.discount_rate,
            "horizon_years": case.horizon_years,
        },
        "pay_usd": _until_level(coder_pay(plain)),
        "baseline_shape": _until_level(plain.baseline_shape()),
        "starts_at_hire": case.starts_at_hire,
        "apprentice_months": case.apprentice_months,
        "is_entrant": case.is_entrant,
    }


def _until_level(months: FloatArray) -> list[float]:
    """List a path by month up to where it stays as it is."""
    rising = int(np.flatnonzero(months != months[-1]).max(initial=-1)) + 2
    return [round(float(value), 9) for value in months[:rising]]


def _fields(case: Case) -> tuple[Field, ...]:
    """List what can be asked, with limits that hold the report's own values."""
    premium, tuition = case.input("premium_pct"), case.input("tuition_usd")
    return (
        Field(
            name="premium_pct",
            label="Pay advantage of certified coders",
            unit="percent",
            low=min(0.0, premium.low),
            high=max(60.0, premium.high),
            step=0.1,
            value=premium.value,
        ),
        Field(
            name="tuition_usd",
            label="Tuition and fees",
            unit="USD",
            low=0,
            high=max(20_000.0, tuition.high),
            step=1,
            value=tuition.value,
        ),
        Field(
            name="pass_rate_pct",
            label="Chance of passing each attempt",
            unit="percent",
            low=LOWEST_PASS_RATE_PCT,
            high=100,
            step=1,
            value=case.input("pass_rate_pct").value,
        ),
        Field(
            name="discount_rate_pct",
            label="Discount rate, real",
            unit="percent a year",
            low=min(0.0, PERCENT * case.discount_rate),
            high=max(15.0, PERCENT * case.discount_rate),
            step=0.1,
            value=PERCENT * case.discount_rate,
        ),
        Field(
            name="horizon_years",
            label="Years counted",
            unit="years",
            low=1,
            high=max(40, case.horizon_years),
            step=1,
            value=case.horizon_years,
        ),
    )


def _shown(field: Field) -> str:
    """Write the value of a field to the place of its step."""
    return wording.quantity(field.value, "", places=0 if field.step >= 1 else 1)
