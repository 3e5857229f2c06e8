"""What records of pay say about the certified, and what could explain it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis.disclosure import MINIMUM_RECORDS
from analysis.estimate import Estimate
from analysis.models.premium.percent_premium import percent_premium
from analysis.models.premium.sensitivity import sensitivity
from analysis.models.premium.wage_equation import quantile_premium, wage_equation
from analysis.studies.certification.pay_records import PLACED, PayRecords
from analysis.studies.part import Part

QUANTILES = (0.25, 0.5, 0.75)
MULTIPLES = (1, 2, 3)
ASSOCIATION = "An association between otherwise like people, not what one person would gain."


@dataclass(frozen=True, slots=True, kw_only=True)
class Premiums(Part):
    """How much more the certified are paid, in percent.

    Parameters
    ----------
    table : DataFrame
        premium (what is compared), premium_pct with its 90 % limits low_pct and high_pct, se_pct,
        records.
    adjusted : Estimate
        Of the wage equation: the premium a report leads with.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "premium": "Certified over not certified",
            "premium_pct": "Premium",
            "low_pct": "from",
            "high_pct": "to",
            "records": "Records",
        }
    )

    adjusted: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation(Part):
    """The wage equation of log pay.

    Parameters
    ----------
    table : DataFrame
        term, coefficient, se, t.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {"term": "Term", "coefficient": "Coefficient", "se": "Standard error", "t": "t"}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Confounding(Part):
    """What is left of the premium had something unmeasured been in the equation.

    Parameters
    ----------
    table : DataFrame
        strength ("1 x experience"), premium_pct, low_pct, high_pct (95 %).
    robustness_pct : float
        Share of the remaining variance of certification and of pay that something unmeasured
        must explain to bring the premium to zero.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "strength": "Unmeasured and as strong as",
            "premium_pct": "Premium left",
            "low_pct": "from",
            "high_pct": "to",
        }
    )

    robustness_pct: float


def enough(records: PayRecords, credential: str) -> str:
    """Return why premiums cannot be worked out; empty where they can."""
    rows = records.holders_of(credential)
    certified = int(rows["certified"].sum())
    if min(certified, len(rows) - certified) >= MINIMUM_RECORDS:
        return ""
    return (
        f"Premiums need at least {MINIMUM_RECORDS} complete records with the credential and "
        f"{MINIMUM_RECORDS} of people who say they hold none; these records have fewer."
    )


def fitted(records: PayRecords, credential: str) -> RegressionResultsWrapper:
    """Fit log pay on certification and all that can be held fixed, HC3 errors."""
    return wage_equation(
        records.holders_of(credential),
        _formula(records),
        weights="weight" if records.is_weighted else None,
    )


def premiums(
    records: PayRecords, credential: str, fit: RegressionResultsWrapper, source: str
) -> Premiums:
    """Set the unadjusted premium beside the adjusted one and those at three quantiles."""
    rows = records.holders_of(credential)
    raw = wage_equation(
        rows, "log_pay ~ certified", weights="weight" if records.is_weighted else None
    )
    found = {"mean, unadjusted": _premium(raw), "mean, like with like": _premium(fit)}
    for quantile in QUANTILES:
        at = quantile_premium(rows, _formula(records), quantile=quantile)
        found[f"{100 * quantile:.0f}th percentile, like with like"] = _premium(at)
    table = pd.DataFrame(
        [
            {
                "premium": name,
                "premium_pct": each.value,
                "low_pct": each.low,
                "high_pct": each.high,
                "se_pct": each.se,
                "records": len(rows),
            }
            for name, each in found.items()
        ]
    )
    adjusted = found["mean, like with like"]
    weighed = "Means are weighted, percentiles are not. " if records.is_weighted else ""
    return Premiums(
        table=table,
        adjusted=Estimate(
            value=adjusted.value, low=adjusted.low, high=adjusted.high, se=adjusted.se,
            unit="percent", source=source, kind="model", note=ASSOCIATION,
        ),
        source=source,
        note=(
            f"Held fixed: {records.held_fixed}. Kennedy's percent with 90% intervals, of means "
            f"from HC3 errors, of percentiles from Powell's. {weighed}{ASSOCIATION}"
        ),
    )  # fmt: skip


def equation(fit: RegressionResultsWrapper, source: str) -> Equation:
    """Tabulate the coefficients of the wage equation."""
    return Equation(
        table=pd.DataFrame(
            {
                "term": [term_words(str(name)) for name in fit.params.index],
                "coefficient": fit.params.to_numpy(),
                "se": fit.bse.to_numpy(),
                "t": fit.tvalues.to_numpy(),
            }
        ),
        source=source,
        note=(
            f"Log of pay a year; {int(fit.nobs):,} records; R2 {fit.rsquared:.2f}; HC3 errors. "
            "Experience is measured from its mean."
        ),
    )


def confounding(fit: RegressionResultsWrapper, source: str) -> Confounding:
    """Work out what is left of the premium had something like experience been left out."""
    benchmark = next(
        (name for name in ("experience_years", "log_price_parity") if name in fit.params), None
    )
    found = sensitivity(
        fit, "certified", benchmarks=[benchmark] if benchmark else [], multiples=MULTIPLES
    )
    named = {"experience_years": "experience", "log_price_parity": "the state's price level"}
    bounds = found.bounds
    return Confounding(
        table=pd.DataFrame(
            {
                "strength": [
                    f"{multiple:g} x {named[str(name)]}"
                    for name, multiple in zip(bounds["benchmark"], bounds["multiple"], strict=True)
                ],
                "premium_pct": 100 * np.expm1(bounds["estimate"].astype("float64")),
                "low_pct": 100 * np.expm1(bounds["low"].astype("float64")),
                "high_pct": 100 * np.expm1(bounds["high"].astype("float64")),
            }
        ),
        robustness_pct=100 * found.robustness_value,
        source=f"{source}; Cinelli and Hazlett (2020)",
        note=(
            "Something unmeasured would have to explain "
            f"{100 * found.robustness_value:.1f}% of what remains of both certification and pay to "
            "account for all of the premium, "
            f"{100 * found.robustness_value_significance:.1f}% to leave it insignificant at 5%. "
            "Limits are 95% intervals with plain errors, on which the theory rests."
        ),
    )


def _premium(fit: RegressionResultsWrapper) -> Estimate:
    """Turn the coefficient of certification into percent."""
    return percent_premium(float(fit.params["certified"]), float(fit.bse["certified"]) ** 2)


def _formula(records: PayRecords) -> str:
    """Write the wage equation."""
    terms = [f"C({name})" if name in PLACED else name for name in records.covariates]
    return " + ".join(["log_pay ~ certified", *terms])


def term_words(name: str) -> str:
    """Word a term of the equation.

    Examples
    --------
    >>> term_words("C(setting)[T.insurer]"), term_words("log_price_parity")
    ('setting: insurer', 'state price level, log')
    """
    named = {
        "Intercept": "constant",
        "experience_years": "experience, years",
        "experience_squared": "experience, squared",
        "log_price_parity": "state price level, log",
    }
    if name.startswith("C("):
        column, _, level = name[2:].partition(")[T.")
        return f"{column}: {level.removesuffix(']')}"
    return named.get(name, name)
