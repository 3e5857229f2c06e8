"""A credential under each published test, side by side."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from analysis.models.areas import NATION
from analysis.models.earnings_paths import pay_by_experience
from analysis.models.monte_carlo import expected_npv
from analysis.models.official_tests import (
    debt_to_earnings,
    earnings_premium,
    poverty_guideline,
    price_to_earnings_premium,
    value_added_earnings,
)
from analysis.models.prices import parity
from analysis.models.programme_outcomes import ASSOCIATE, CERTIFICATE, programme_outcomes
from analysis.models.return_case import ReturnCase
from analysis.models.table_rows import row_of

LOAN_RATE = 0.0653  # Direct Loans to undergraduates, 2024-25; from memory, unverified
LOAN_YEARS = 10
TEST_YEARS = 4.0  # the tests look at earnings four years after completion
NPV_HORIZONS = (10, 20, 40)
NPV_RATES = (0.02, 0.03)
MONTHS = 12.0
PROGRAMMES = "completers of real programmes"
PATH = "official pay after four years"

Row = dict[str, str | float | bool | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTests:
    """What each published test says.

    Parameters
    ----------
    tests : DataFrame
        test, subject (whose earnings), value, unit, limit, passes (missing where the test cannot
        be taken or has no limit), source, note.
    long_run : DataFrame
        years, discount_rate, npv_usd.
    """

    tests: pd.DataFrame
    long_run: pd.DataFrame

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the tests."""
        return self.tests.copy()

    def _repr_html_(self) -> str:
        """Show both tables in a notebook."""
        shown = self.tests[["test", "subject", "value", "unit", "limit", "passes", "note"]]
        return "".join(
            str(table.to_html(float_format="{:,.2f}".format, index=False, na_rep="none", border=0))
            for table in (shown, self.long_run)
        )


def published_tests(tables: Mapping[str, pd.DataFrame], case: ReturnCase) -> PublishedTests:
    """Put a case under the published tests.

    Twice: with the median earnings and debt of completers of real CIP 51.07 programmes of that
    level in the state (else in the nation), and with official pay four years into the occupation
    and the case's own tuition, borrowed in full. Where BEA has no price parity or the Scorecard no
    figure, the value is missing and the note says why.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Processed tables.
    case : ReturnCase
        What is earned, how and where.
    """
    state = case.area.state
    level = ASSOCIATE if case.pathway.name == "associate" else CERTIFICATE
    earnings, debt, place = _programme_medians(tables["programmes"], state, level)
    path = float(pay_by_experience(case.pay, [case.experience_years + TEST_YEARS])[0])
    tuition = case.most_likely["tuition_usd"]
    rows: list[Row] = []
    for subject, pay, owed, note in (
        (PROGRAMMES, earnings, debt, f"Medians of {level.lower()} programmes, {place}"),
        (PATH, path, tuition, "The tuition is taken to be borrowed in full"),
    ):
        rows.extend(_rows(tables, case, subject=subject, earnings=pay, debt=owed, note=note))
    return PublishedTests(
        tests=pd.DataFrame(rows).astype({"value": "float64", "limit": "float64"}),
        long_run=long_run_values(case),
    )


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


def _programme_medians(
    programmes: pd.DataFrame, state: str, level: str
) -> tuple[float | None, float | None, str]:
    """Return median earnings and debt of a level in the state, or in the nation."""
    for code in dict.fromkeys((state, NATION)):
        row = row_of(programme_outcomes(programmes, state=code), "credential", level)
        if pd.notna(row["median_earnings_usd"]) and pd.notna(row["median_debt_usd"]):
            place = "in the nation" if code == NATION else f"in {code}"
            return float(row["median_earnings_usd"]), float(row["median_debt_usd"]), place
    return None, None, "none published"


def _rows(
    tables: Mapping[str, pd.DataFrame],
    case: ReturnCase,
    *,
    subject: str,
    earnings: float | None,
    debt: float | None,
    note: str,
) -> list[Row]:
    """Take every test for one subject."""
    thresholds = tables["high_school_earnings"].set_index("state")["high_school_earnings_usd"]
    has_threshold = case.area.state in thresholds.index
    threshold = float(thresholds[case.area.state if has_threshold else NATION])
    guideline = poverty_guideline(tables["poverty_guidelines"], case.area.state)
    poverty = float(guideline["poverty_guideline_usd"])
    level = parity(tables["price_parities"], case.area.state)
    names = ("annual debt-to-earnings", "discretionary debt-to-earnings", "earnings premium")
    if earnings is None or debt is None:
        missing = "The College Scorecard publishes no earnings or debt here."
        return [_row(name, subject, None, "USD", None, None, "", missing) for name in names]
    owed = debt_to_earnings(
        debt=debt, earnings=earnings, rate=LOAN_RATE, years=LOAN_YEARS, poverty_guideline=poverty
    )
    terms = f"{note}; {100 * LOAN_RATE:.2f} % over {LOAN_YEARS} years (unverified)"
    premium = earnings_premium(earnings, threshold)
    state_note = "" if has_threshold else "; no state threshold, the national one is used"
    tuition = case.most_likely["tuition_usd"]
    years = case.most_likely["training_months"] / MONTHS
    recoup = price_to_earnings_premium(
        net_price_per_year=tuition / years if years else tuition,
        years=years or 1.0,
        earnings=earnings,
        baseline=threshold,
    )
    return [
        _row(
            names[0],
            subject,
            100 * owed.annual,
            "percent",
            8.0,
            owed.annual <= 0.08,
            "34 CFR 668.402",
            terms,
        ),
        _row(
            names[1],
            subject,
            100 * owed.discretionary,
            "percent",
            20.0,
            owed.discretionary <= 0.20,
            "34 CFR 668.402",
            f"{terms}; poverty guideline {int(guideline['year'])}",
        ),
        _row(
            names[2],
            subject,
            premium,
            "USD a year",
            0.0,
            premium > 0,
            "34 CFR 668.402",
            note + state_note,
        ),
        _value_added(subject, earnings, level, poverty, tuition, case.area.name),
        _row(
            "price-to-earnings premium",
            subject,
            recoup,
            "years",
            None,
            None,
            "Third Way",
            "Earnings do not exceed those of high-school graduates: never recouped."
            if math.isinf(recoup)
            else f"Years to recoup the tuition; {note}{state_note}",
        ),
    ]


def _value_added(
    subject: str,
    earnings: float,
    level: float | None,
    poverty: float,
    tuition: float,
    area_name: str,
) -> Row:
    """Take the Workforce Pell test: tuition may not exceed value-added earnings."""
    if level is None:
        return _row(
            "value-added earnings",
            subject,
            None,
            "USD a year",
            tuition,
            None,
            "Workforce Pell",
            f"BEA publishes no price parity for {area_name}.",
        )
    added = value_added_earnings(earnings=earnings, parity=level, poverty_guideline=poverty)
    return _row(
        "value-added earnings",
        subject,
        added,
        "USD a year",
        tuition,
        tuition <= added,
        "Workforce Pell",
        "Passes where the tuition (the limit shown) does not exceed it; completion and placement "
        "of 70 % are asked for besides.",
    )


def _row(
    test: str,
    subject: str,
    value: float | None,
    unit: str,
    limit: float | None,
    passes: bool | None,
    source: str,
    note: str,
) -> Row:
    """Make one row; an infinite value is missing, the note says what that means."""
    return {
        "test": test,
        "subject": subject,
        "value": value if value is not None and math.isfinite(value) else None,
        "unit": unit,
        "limit": limit,
        "passes": passes,
        "source": source,
        "note": note,
    }
