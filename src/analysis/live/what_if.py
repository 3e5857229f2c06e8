"""What if the premium, the tuition or the pass rate were another? The return, on other terms."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from analysis import wording
from analysis.live.piece import Field, Piece
from analysis.models.roi import monthly_pay
from analysis.studies.roi import CredentialReturn, ReturnCase
from analysis.studies.roi.case import LONGEST_YEARS

PERCENT = 100
MONTHS = 12
LOWEST_PASS_RATE_PCT = 10  # below it the job would lie beyond most horizons


def what_if(study: CredentialReturn) -> Piece:
    """Make the form that values a credential on other terms.

    Its script mirrors `cash_flow.monthly_flows`, `finance.npv` and `finance.payback`; all that the
    form does not ask stays at the most likely value of the report.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies import roi
    >>> what_if(roi.study(processed.Tables(), credential="CCS", draws=100))
    What if the terms were others? (a form, answered on the page of the report)
    """
    case = study.case
    fields = _fields(case)
    return Piece(
        kind="what-if",
        legend="What if the terms were others?",
        fields=fields,
        facts=case_facts(case),
        table=pd.DataFrame(
            {
                "Term": [field.label for field in fields],
                "In this report": [_shown(field) for field in fields],
                "Unit": [field.unit for field in fields],
            }
        ),
        caption="The terms of this report",
        instead=(
            "On the page of the report, with scripts allowed, these terms can be changed here. How "
            "the value moves with the premium is in the table after this one."
        ),
        note=(
            "An expected value, all else at the report's most likely values; how far single cases "
            "lie from it is shown under “How sure is it?”. The premium is an unadjusted gap: "
            "holders may have earned more anyway."
        ),
    )


def case_facts(case: ReturnCase) -> dict[str, Any]:
    """List all that the return of a case is computed from.

    Returns
    -------
    dict
        values (the most likely value of every input, the discount rate in percent and the
        horizon), pay_usd (monthly coder pay by month of experience at a premium of 0; its last
        value goes on), apprentice_months, is_entrant.
    """
    plain = replace(case.with_input("premium_pct", 0.0), horizon_years=LONGEST_YEARS)
    _, pay = monthly_pay(plain)
    rising = int(np.flatnonzero(pay != pay[-1]).max(initial=-1)) + 2  # then it stays as it is
    return {
        "values": {
            **case.most_likely,
            "discount_rate_pct": PERCENT * case.discount_rate,
            "horizon_years": case.horizon_years,
        },
        "pay_usd": [round(float(usd), 9) for usd in pay[:rising]],
        "apprentice_months": case.apprentice_months,
        "is_entrant": case.is_entrant,
    }


def _fields(case: ReturnCase) -> tuple[Field, ...]:
    """List what can be asked, with limits that hold the report's own values."""
    premium, tuition = case.input("premium_pct"), case.input("tuition_usd")
    return (
        Field(
            name="premium_pct",
            label="Pay of holders above other coders",
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
            label="Passes the exam at an attempt",
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
