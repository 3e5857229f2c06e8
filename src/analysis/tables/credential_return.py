"""Tables of what a credential costs and returns."""

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.studies.part import BLANK
from analysis.studies.roi import CredentialReturn
from analysis.tables.part import words
from analysis.tables.table import Table, table

LARGE = 100  # from here on fractions are noise
MODEL = "model on the inputs listed below"


def costs(study: CredentialReturn) -> Table:
    """List what the credential costs: most likely, low and high, and who says so."""
    lines = study.costs.lines
    frame = pd.DataFrame(
        {
            "line": [line.label for line in lines],
            "when": [line.when for line in lines],
            "value": [line.estimate.value for line in lines],
            "low": [line.estimate.low for line in lines],
            "high": [line.estimate.high for line in lines],
            "kind": [line.estimate.kind for line in lines],
            "verification": [line.verification for line in lines],
            "source": [line.estimate.source for line in lines],
        }
    )
    shown = {
        "Cost": frame["line"],
        "When": frame["when"],
        "Most likely, USD": pd.Series([_rounded(line.estimate.value) for line in lines]),
        "From": pd.Series([_rounded(line.estimate.low) for line in lines]),
        "To": pd.Series([_rounded(line.estimate.high) for line in lines]),
        "Kind": frame["kind"],
        "Source": _origin(frame),
    }
    return table(
        frame,
        shown,
        caption=f"What {study.case.credential} costs by {study.case.pathway.label.lower()}",
        source="as named in each row",
        text={"When", "Kind", "Source"},
        note=f"Expected attempts at the exam: {study.costs.expected_attempts:.1f}.",
    )


def measures(study: CredentialReturn) -> Table:
    """List the measures of the return and the points at which it would break even."""
    found, even = study.measures, study.break_even
    named: dict[str, Estimate] = {
        "Net present value": found.npv_usd,
        "Rate of return a year": found.rate_of_return_pct,
        "Modified rate of return a year": found.modified_rate_pct,
        "Payback, years": found.payback_years,
        "Discounted payback, years": found.discounted_payback_years,
        "Benefits over costs": found.benefit_cost,
        "Breaks even at a premium of": even.premium_pct,
        "Breaks even at a pass rate of": even.pass_rate_pct,
        "Breaks even at a tuition of": even.tuition_usd,
    }
    frame = pd.DataFrame(
        {"measure": list(named), "value": [estimate.value for estimate in named.values()]}
    )
    shown = {
        "Measure": frame["measure"],
        "Value": pd.Series([_measure(estimate) for estimate in named.values()]),
        "What to know": pd.Series([estimate.note for estimate in named.values()]),
    }
    return table(
        frame,
        shown,
        caption="What it returns, by every usual measure",
        source=MODEL,
        text={"What to know"},
        note=" ".join(study.notes),
    )


def premium_sensitivity(study: CredentialReturn) -> Table:
    """Show the net present value when only part of the published gap is the credential's."""
    frame = study.premium_sensitivity
    shown = {
        "Share of the published gap": frame["premium_share"].map("{:.2f}".format),
        "Premium": words(frame["premium_pct"], "premium_pct"),
        "Net present value, USD": frame["npv_usd"].map(_rounded),
        "Breaks even here": words(frame["is_break_even"], "is_break_even"),
    }
    return table(
        frame,
        shown,
        caption="If only part of the gap between certified and not were the credential's doing",
        source=MODEL,
    )


def premium_history(study: CredentialReturn) -> Table:
    """Show the gap that member surveys print, and how it swings."""
    frame = study.premium_history
    shown = {
        "Members asked in": words(frame["survey_year"], "year"),
        "Certified, mean": words(frame["certified_usd"], "wage_usd"),
        "Not certified, mean": words(frame["not_certified_usd"], "wage_usd"),
        "Unadjusted gap": words(frame["gap_pct"], "gap_pct"),
        "Verified": frame["verification"],
    }
    return table(
        frame,
        shown,
        caption="Certified and not certified in AAPC's member surveys",
        source="AAPC salary surveys: self-selected members, who differ from year to year",
        text={"Verified"},
        note="A gap between groups, not an effect: experience, setting and place differ too.",
    )


def credentials(study: CredentialReturn) -> Table:
    """Set every credential of the guide by every pathway side by side."""
    frame = study.comparison
    shown = {
        "Credential": frame["credential"],
        "Pathway": frame["pathway"].str.replace("_", " "),
        "Guide: mean pay": words(frame["guide_mean_wage_usd"], "wage_usd"),
        "Percentile": frame["guide_percentile"].map(_whole),
        "Members say": words(frame["member_wage_usd"], "wage_usd"),
        "Official median": words(frame["official_median_wage_usd"], "wage_usd"),
        "Guide: fee": words(frame["guide_fee_high_usd"], "wage_usd"),
        "Published fee": words(frame["published_fee_usd"], "wage_usd"),
        "Net present value": frame["npv_usd"].map(_rounded),
        "Payback, years": frame["payback_years"].map(
            lambda years: BLANK if pd.isna(years) else f"{years:.1f}"
        ),
        "Open to beginners": words(frame["is_eligible"], "is_eligible"),
    }
    return table(
        frame,
        shown,
        caption="Every credential of the guide, its figures beside the published ones",
        source="career guide; AAPC and AHIMA through pages quoting them; BLS, OEWS; model",
        text={"Pathway"},
        note="Percentile: of all workers of the occupation here, by the official distribution.",
    )


def published_tests(study: CredentialReturn) -> Table:
    """Put the case through the tests that agencies and researchers have published."""
    frame = study.tests.tests
    shown = {
        "Test": frame["test"],
        "Of": frame["subject"],
        "Value": pd.Series(
            [_value(value, unit) for value, unit in zip(frame["value"], frame["unit"], strict=True)]
        ),
        "Limit": pd.Series(
            [_value(value, unit) for value, unit in zip(frame["limit"], frame["unit"], strict=True)]
        ),
        "Passes": frame["passes"].map(lambda is_pass: BLANK if pd.isna(is_pass) else _yes(is_pass)),
        "What to know": frame["note"] + " [" + frame["source"] + "]",
    }
    return table(
        frame,
        shown,
        caption="The official tests, side by side",
        source="as named in each row; College Scorecard; HHS poverty guideline; BEA",
        text={"Of", "Passes", "What to know"},
    )


def long_run(study: CredentialReturn) -> Table:
    """Show the net present value over 10, 20 and 40 years at two discount rates."""
    frame = study.tests.long_run
    shown = {
        "Years": words(frame["years"], "years"),
        "Discount rate": (100 * frame["discount_rate"]).map(wording.percent),
        "Net present value, USD": frame["npv_usd"].map(_rounded),
    }
    return table(frame, shown, caption="Over longer and shorter horizons", source=MODEL)


def programmes(study: CredentialReturn) -> Table:
    """Show what graduates of real programs earn, beside the guide's promise."""
    frame = study.outcomes
    shown = {
        "Award": frame["credential"],
        "Where": frame["state"],
        "Institutions": words(frame["institutions"], "n"),
        "with earnings": words(frame["institutions_with_earnings"], "n"),
        "Median earnings": words(frame["median_earnings_usd"], "wage_usd"),
        "Middle half from": words(frame["p25_earnings_usd"], "wage_usd"),
        "to": words(frame["p75_earnings_usd"], "wage_usd"),
        "Median debt": words(frame["median_debt_usd"], "wage_usd"),
        "Fail the earnings premium": words(frame["failing_pct"], "failing_pct"),
        "of": words(frame["institutions_with_verdict"], "n"),
        "Counted by campus": words(frame["campus_failing_pct"], "failing_pct"),
        "Guide's entry pay from": words(frame["guide_entry_low_usd"], "wage_usd"),
    }
    return table(
        frame,
        shown,
        caption="Real programs of health and medical administration (CIP 51.07)",
        source="US Department of Education, College Scorecard, release 2026-06-10 (CC-BY-4.0)",
        text={"Where"},
        note="An institution counts once: its earnings are printed again on every campus. Mostly "
        "four years after completion. The code is wider than coding programs.",
    )


def inputs(study: CredentialReturn) -> Table:
    """List every input with its distribution, limits and source."""
    frame = study.inputs
    shown = {
        "Input": frame["label"],
        "Low": frame["low"].map(_plain),
        "Most likely": frame["mode"].map(_plain),
        "High": frame["high"].map(_plain),
        "Unit": frame["unit"],
        "Kind": frame["kind"],
        "Source, and what to know": _origin(frame) + " " + frame["note"].fillna(""),
    }
    return table(
        frame,
        shown,
        caption="Every input of the model",
        source="as named in each row",
        text={"Unit", "Kind", "Source, and what to know"},
    )


def _origin(frame: pd.DataFrame) -> "pd.Series[str]":
    """Join a source with the mark of how far it was verified."""
    return frame["source"] + " [" + frame["verification"].fillna("model") + "]"


def _rounded(usd: float | None) -> str:
    """Write dollars to three digits: no cost here is known better."""
    if wording.is_absent(usd):
        return BLANK
    return wording.usd(float(f"{usd:.3g}"))


def _measure(estimate: Estimate) -> str:
    """Write a measure to the digits that mean something."""
    if estimate.value is None:
        return "none"
    return _value(estimate.value, estimate.unit)


def _value(value: float, unit: str) -> str:
    """Write a value in its unit."""
    if wording.is_absent(value):
        return BLANK
    if wording.is_money(unit):
        return _rounded(value)
    return wording.quantity(value, unit, places=1)


def _plain(value: float) -> str:
    """Write a number of whatever unit."""
    if pd.isna(value):
        return BLANK
    return f"{value:,.0f}" if abs(value) >= LARGE else f"{value:.4g}"


def _whole(value: float) -> str:
    """Write a percentile."""
    return BLANK if pd.isna(value) else f"{value:.0f}"


def _yes(is_true: object) -> str:
    """Say yes or no."""
    return "yes" if is_true else "no"
