"""A credential under each published test, side by side."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.models.prices import parity
from analysis.models.roi import expected_npv
from analysis.models.roi.case import MONTHS, PERCENT
from analysis.models.roi.official_tests import (
    ANNUAL_LIMIT,
    DISCRETIONARY_LIMIT,
    admits_weeks,
    debt_to_earnings,
    earnings_premium,
    poverty_guideline,
    price_to_earnings_premium,
    value_added_earnings,
)
from analysis.models.wages.experience import pay_by_experience
from analysis.studies.areas import NATION
from analysis.studies.credentials import FIRST
from analysis.studies.lookup import Tables, assumed, row_of
from analysis.studies.part import BLANK, Column, Part
from analysis.studies.programs import ASSOCIATE, CERTIFICATE, PUBLIC, program_outcomes
from analysis.studies.roi.case import ReturnCase

LOAN_YEARS = 10
WEEKS_OF_YEAR = 52.0
TEST_YEARS = 4.0  # the tests look at earnings four years after completion
NPV_HORIZONS = (10, 20, 40)
NPV_RATES = (0.02, 0.03)
FEDERAL = "34 CFR 668.402"
NOTHING_LEFT = "Earnings leave nothing above 150 % of poverty."
UNKNOWN = "The College Scorecard publishes no earnings or debt here."
PROGRAMS = "completers of real programs"
PATH = "official pay after four years"

Row = dict[str, str | float | bool | None]


class _Subject(NamedTuple):
    """Whose earnings and debt a test looks at; None where nobody publishes them."""

    name: str
    earnings_usd: float | None
    debt_usd: float | None
    note: str


def published_tests(tables: Tables, case: ReturnCase) -> Part:
    """Put a case under the published tests.

    Twice: with the median earnings and debt of completers of real CIP 51.07 programs of that level
    at public institutions, whose tuition the case pays, in the state (else in the nation), and
    with official pay four years into the occupation and the case's own tuition, borrowed in full.
    Where BEA has no price parity or the Scorecard no figure, the value is missing and the note says
    why.

    Returns
    -------
    Part
        Table of test, subject (whose earnings), value, unit, limit, passes (missing where the test
        cannot be taken or has no limit), source, note.
    """
    state = case.area.state
    level = ASSOCIATE if case.pathway.name == "associate" else CERTIFICATE
    control = None if case.edition == FIRST else PUBLIC  # the sector whose tuition the case pays
    earnings, debt, place = _program_medians(tables["programmes"], state, level, control)
    subjects = (
        _Subject(PROGRAMS, earnings, debt, f"Medians of {level.lower()} programs, {place}"),
        _Subject(
            PATH,
            float(pay_by_experience(case.pay, [case.experience_years + TEST_YEARS])[0]),
            case.most_likely["tuition_usd"],
            "The tuition is taken to be borrowed in full",
        ),
    )
    tests = [
        row
        for subject in subjects
        for row in (
            *_debt_rows(
                subject,
                poverty_guideline(tables["poverty_guidelines"], state),
                rate=assumed(tables, "roi.loan_rate").low / PERCENT,
            ),
            _premium_row(subject, *_threshold(tables["high_school_earnings"], state)),
            _value_added_row(tables, case, subject),
            _recoup_row(case, subject, *_threshold(tables["high_school_earnings"], state)),
        )
    ]
    table = pd.DataFrame(tests).astype({"value": "float64", "limit": "float64"})
    verdicts = table["passes"].map({True: "yes", False: "no"})
    return Part(
        table=table.assign(verdict=verdicts, told=table["note"] + " [" + table["source"] + "]"),
        columns={
            "test": "Test",
            "subject": "Of",
            ("value", "unit"): Column("Value", in_unit),
            ("limit", "unit"): Column("Limit", in_unit),
            "verdict": "Passes",
            "told": "What to know",
        },
        source="as named in each row; College Scorecard; HHS poverty guideline; BEA",
    )


def failing_programs(tables: Tables, case: ReturnCase) -> Estimate:
    """Return the share of institutions whose program fails the earnings-premium test, nationwide.

    Programs of the pathway's award, each institution counted once.
    """
    level = ASSOCIATE if case.pathway.name == "associate" else CERTIFICATE
    row = row_of(program_outcomes(tables["programmes"]), "credential", level)
    return Estimate(
        value=float(row["failing_pct"]),
        unit="percent",
        year="2026-06-10 release",
        source="College Scorecard, field of study, CIP 51.07",
        kind="own tabulation",
        note=f"{int(row['institutions_failing'])} of {int(row['institutions_with_verdict'])} "
        f"institutions with a verdict on their {level.lower()} program ("
        f"{row['campus_failing_pct']:.1f}% where each campus is counted); CIP 51.07 also holds "
        "medical office programs.",
    )


def in_unit(value: float | None, unit: str) -> str:
    """Write a value in its unit, dollars to three digits: none here is known better.

    Examples
    --------
    >>> in_unit(47_912.3, "USD"), in_unit(12.34, "percent"), in_unit(None, "years")
    ('$47,900', '12.3%', '–')
    """
    if wording.is_absent(value):
        return BLANK
    if wording.is_money(unit):
        return wording.usd(float(f"{value:.3g}"))
    return wording.quantity(value, unit, places=1)


def long_run_values(
    case: ReturnCase,
    *,
    horizons: Sequence[int] = NPV_HORIZONS,
    rates: Sequence[float] = NPV_RATES,
) -> pd.DataFrame:
    """Tabulate the net present value over 10, 20 and 40 years at 2 and 3 %.

    The horizons and the lower rate are Georgetown's, the higher rate FREOPP's.

    Returns
    -------
    DataFrame
        years, discount_rate, npv_usd; expected values.
    """
    return pd.DataFrame(
        [
            {
                "years": years,
                "discount_rate": rate,
                "npv_usd": expected_npv(replace(case, horizon_years=years, discount_rate=rate)),
            }
            for years in horizons
            for rate in rates
        ]
    )


def _program_medians(
    programs: pd.DataFrame, state: str, level: str, control: str | None
) -> tuple[float | None, float | None, str]:
    """Return median earnings and debt of a level in the state, or in the nation."""
    owner = "" if control is None else f"{control.lower()} institutions "
    for code in dict.fromkeys((state, NATION)):
        outcomes = program_outcomes(programs, state=code, control=control)
        row = row_of(outcomes, "credential", level)
        if pd.notna(row["median_earnings_usd"]) and pd.notna(row["median_debt_usd"]):
            place = f"{owner}in the nation" if code == NATION else f"{owner}in {code}"
            return float(row["median_earnings_usd"]), float(row["median_debt_usd"]), place
    return None, None, "none published"


def _threshold(high_school_earnings: pd.DataFrame, state: str) -> tuple[float, str]:
    """Return the earnings of a state's high-school graduates, or the nation's and a note."""
    has_own = bool(high_school_earnings["state"].eq(state).any())
    row = row_of(high_school_earnings, "state", state if has_own else NATION)
    note = "" if has_own else "; no threshold of its own, the national one is used"
    return float(row["high_school_earnings_usd"]), note


def _debt_rows(subject: _Subject, guideline: pd.Series, *, rate: float) -> tuple[Row, Row]:
    """Take both federal debt-to-earnings rates."""
    names = ("annual debt-to-earnings", "discretionary debt-to-earnings")
    limits = (ANNUAL_LIMIT, DISCRETIONARY_LIMIT)
    if subject.earnings_usd is None or subject.debt_usd is None:
        annual, discretionary = (
            _row(name, subject, source=FEDERAL, unit="percent", limit=PERCENT * limit, note=UNKNOWN)
            for name, limit in zip(names, limits, strict=True)
        )
        return annual, discretionary
    found = debt_to_earnings(
        debt=subject.debt_usd,
        earnings=subject.earnings_usd,
        rate=rate,
        years=LOAN_YEARS,
        poverty_guideline=float(guideline["poverty_guideline_usd"]),
    )
    terms = (
        f"{subject.note}; {PERCENT * rate:.2f} % over {LOAN_YEARS} years (unverified), "
        f"poverty guideline {int(guideline['year'])}"
    )
    annual, discretionary = (
        _row(
            name,
            subject,
            value=PERCENT * share,
            unit="percent",
            limit=PERCENT * limit,
            passes=share <= limit,
            source=FEDERAL,
            note=terms
            if math.isfinite(share)
            else "Earnings leave nothing above 150 % of poverty.",
        )
        for name, share, limit in zip(
            names, (found.annual, found.discretionary), limits, strict=True
        )
    )
    return annual, discretionary


def _premium_row(subject: _Subject, threshold: float, threshold_note: str) -> Row:
    """Take the earnings-premium test."""
    name, unit = "earnings premium", "USD a year"
    if subject.earnings_usd is None:
        return _row(name, subject, unit=unit, limit=0.0, source=FEDERAL, note=UNKNOWN)
    premium = earnings_premium(subject.earnings_usd, threshold)
    return _row(
        name,
        subject,
        value=premium,
        unit=unit,
        limit=0.0,
        passes=premium > 0,
        source=FEDERAL,
        note=subject.note + threshold_note,
    )


def _value_added_row(tables: Tables, case: ReturnCase, subject: _Subject) -> Row:
    """Take the Workforce Pell test: tuition may not exceed value-added earnings."""
    name, unit, source = "value-added earnings", "USD a year", "Workforce Pell"
    tuition = case.most_likely["tuition_usd"]
    weeks = WEEKS_OF_YEAR * case.most_likely["training_months"] / MONTHS
    level = parity(tables["price_parities"], case.area.state)
    if level is None or subject.earnings_usd is None:
        missing = UNKNOWN if level else f"BEA publishes no price parity for {case.area.name}."
        return _row(name, subject, unit=unit, limit=tuition, source=source, note=missing)
    guideline = poverty_guideline(tables["poverty_guidelines"], case.area.state)
    added = value_added_earnings(
        earnings=subject.earnings_usd,
        parity=level,
        poverty_guideline=float(guideline["poverty_guideline_usd"]),
    )
    return _row(
        name,
        subject,
        value=added,
        unit=unit,
        limit=tuition,
        passes=None if admits_weeks(weeks) else False,
        source=source,
        note=(
            "The tuition (the limit shown) may not exceed it. Clock hours, completion, placement "
            "and the state's approval decide too and are unknown here."
            if admits_weeks(weeks)
            else f"Not eligible, whatever the tuition: about {weeks:.0f} weeks of instruction; "
            "the law admits 8 to under 15 weeks, and 150 to under 600 clock hours."
        ),
    )


def _recoup_row(case: ReturnCase, subject: _Subject, threshold: float, threshold_note: str) -> Row:
    """Count the years to recoup the tuition; a test without a limit."""
    name, unit, source = "price-to-earnings premium", "years", "Third Way"
    if subject.earnings_usd is None:
        return _row(name, subject, unit=unit, source=source, note=UNKNOWN)
    years = case.most_likely["training_months"] / MONTHS or 1.0
    recoup = price_to_earnings_premium(
        net_price_per_year=case.most_likely["tuition_usd"] / years,
        years=years,
        earnings=subject.earnings_usd,
        baseline=threshold,
    )
    never = "Earnings do not exceed those of high-school graduates: never recouped."
    counted = f"Years to recoup the tuition; {subject.note}{threshold_note}"
    return _row(
        name,
        subject,
        value=recoup,
        unit=unit,
        source=source,
        note=counted if math.isfinite(recoup) else never,
    )


def _row(
    test: str,
    subject: _Subject,
    *,
    unit: str,
    source: str,
    note: str,
    value: float | None = None,
    limit: float | None = None,
    passes: bool | None = None,
) -> Row:
    """Make one row; an infinite value is missing, the note says what that means."""
    return {
        "test": test,
        "subject": subject.name,
        "value": value if value is not None and math.isfinite(value) else None,
        "unit": unit,
        "limit": limit,
        "passes": passes,
        "source": source,
        "note": note,
    }
