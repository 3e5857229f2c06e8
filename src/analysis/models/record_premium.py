"""What records of pay say about the certified: premium, its parts, and what could explain it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis.cleaning.disclosure import MINIMUM_RECORDS, summarise
from analysis.models.comparison import compare_groups
from analysis.models.estimate import NORMAL_90, Estimate
from analysis.models.oaxaca import REFERENCES, decompose
from analysis.models.part import Part
from analysis.models.pay_records import NONE, PLACED, PayRecords
from analysis.models.percent_premium import percent_premium
from analysis.models.sensitivity import sensitivity
from analysis.models.wage_equation import quantile_premium, wage_equation

QUANTILES = (0.25, 0.5, 0.75)
MULTIPLES = (1, 2, 3)
HOLM_LEVEL = 0.05
ASSOCIATION = "An association between otherwise like people, not what one person would gain."
WORDED = {
    "first": "certified coefficients",
    "second": "not certified coefficients",
    "average": "average of both (Reimers)",
    "cotton": "average by size (Cotton)",
    "neumark": "both fitted as one (Neumark)",
    "pooled": "both as one, with indicator (Jann)",
}


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
class GapParts(Part):
    """The gap in log pay split by what the groups' make-up accounts for, by reference.

    Parameters
    ----------
    table : DataFrame
        reference, explained, explained_se, unexplained, unexplained_se (log points),
        explained_pct (of the gap).
    detail : DataFrame
        regressor, explained, explained_se, unexplained, unexplained_se; pooled coefficients.
    gap : float
        In log pay.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "reference": "Priced at",
            "explained": "Explained",
            "explained_se": "standard error",
            "unexplained": "Unexplained",
            "unexplained_se": "standard error ",
            "explained_pct": "Explained share",
        }
    )

    detail: pd.DataFrame
    gap: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs(Part):
    """Differences in pay between credentials, tests adjusted for the number of all pairs.

    Parameters
    ----------
    table : DataFrame
        first, second, premium_pct, low_pct, high_pct, p_holm: each credential over "none", the
        largest premium first; where nobody holds none, all pairs.
    all_pairs : DataFrame
        As `compare_groups` gives them.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "first": "Holders of",
            "second": "over",
            "premium_pct": "Premium",
            "low_pct": "from",
            "high_pct": "to",
            "p_holm": "p, Holm",
        }
    )

    all_pairs: pd.DataFrame


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
            f"Held fixed: {records.held_fixed}. Kennedy's percent with 90% intervals from HC3 "
            f"errors. {weighed}{ASSOCIATION}"
        ),
    )  # fmt: skip


def equation(fit: RegressionResultsWrapper, source: str) -> Equation:
    """Tabulate the coefficients of the wage equation."""
    return Equation(
        table=pd.DataFrame(
            {
                "term": [_term(str(name)) for name in fit.params.index],
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


def gap_parts(records: PayRecords, credential: str, source: str) -> GapParts:
    """Split the gap in mean log pay by each of the six references."""
    rows, regressors, categories = _indicators(records, credential)
    found = {
        reference: decompose(
            rows,
            outcome="log_pay",
            group="certified",
            first=1,
            regressors=regressors,
            reference=reference,
            weights="weight" if records.is_weighted else None,
            categories=categories,
        )
        for reference in REFERENCES
    }
    pooled = found["pooled"]
    is_known = abs(pooled.gap) > NORMAL_90 * pooled.gap_se
    shares = "" if is_known else " Shares are not shown: the gap itself may be zero."
    detail = pooled.by_regressor.drop(index="constant").reset_index()
    return GapParts(
        table=pd.DataFrame(
            [
                {
                    "reference": WORDED[name],
                    "explained": each.explained,
                    "explained_se": each.explained_se,
                    "unexplained": each.unexplained,
                    "unexplained_se": each.unexplained_se,
                    "explained_pct": 100 * each.explained / each.gap if is_known else None,
                }
                for name, each in found.items()
            ]
        ),
        detail=detail.assign(regressor=detail["regressor"].map(_term))[
            ["regressor", "explained", "explained_se", "unexplained", "unexplained_se"]
        ],
        gap=pooled.gap,
        source=source,
        note=(
            f"Gap {pooled.gap:.3f} in log pay (standard error {pooled.gap_se:.3f}). Explained: "
            f"what the groups' {records.held_fixed} account for. Unexplained holds whatever was "
            f"not measured; it is not the effect of a credential.{shares}"
        ),
    )


def pairs(records: PayRecords, source: str) -> Pairs:
    """Compare every two credentials, holders of one credential alone, like with like."""
    rows = records.table
    sizes = rows["credential"].map(rows["credential"].value_counts())
    shown = rows[sizes >= MINIMUM_RECORDS]
    if shown["credential"].nunique() < 2:
        return Pairs(
            table=pd.DataFrame(),
            all_pairs=pd.DataFrame(),
            reason=f"Fewer than two credentials have {MINIMUM_RECORDS} complete records.",
        )
    found = compare_groups(
        shown,
        outcome="annual_pay_usd",
        group="credential",
        covariates=records.covariates,
        weights="weight" if records.is_weighted else None,
    )
    hidden = rows.loc[sizes < MINIMUM_RECORDS, "credential"].nunique()
    suppressed = (
        f" {hidden} credentials of fewer than {MINIMUM_RECORDS} records are left out."
        if hidden
        else ""
    )
    differ = int((found.table["p_holm"] < HOLM_LEVEL).sum())
    return Pairs(
        table=_over_none(found.to_frame()),
        all_pairs=found.to_frame(),
        source=source,
        note=(
            f"Held fixed: {records.held_fixed}. p is Holm's, for all {len(found.table)} pairs of "
            f"credentials together, of which {differ} differ at 5%. Differences are associations."
            f"{suppressed}"
        ),
    )


def pay_by_credential(records: PayRecords, source: str) -> Part:
    """Tabulate quartiles of pay by credential; small groups are suppressed."""
    cells = summarise(records.table, by=["credential"], value="annual_pay_usd")
    return Part(
        table=cells.rename(columns={"p25": "p25_usd", "p50": "median_usd", "p75": "p75_usd"}),
        source=source,
        note=(
            f"Unweighted and unadjusted. Groups of fewer than {MINIMUM_RECORDS} records, and what "
            "would give them back, are suppressed."
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


def _over_none(table: pd.DataFrame) -> pd.DataFrame:
    """Keep the pairs with "none", each as the credential over none; all where there is none."""
    has_none = table["first"].eq(NONE) | table["second"].eq(NONE)
    if not has_none.any():
        return table
    rows = []
    for row in table[has_none].to_dict("records"):
        sign = -1 if row["first"] == NONE else 1
        turned = percent_premium(sign * row["log_difference"], row["se"] ** 2)
        rows.append(
            {
                "first": row["second"] if sign < 0 else row["first"],
                "second": NONE,
                "premium_pct": turned.value,
                "low_pct": turned.low,
                "high_pct": turned.high,
                "p_holm": row["p_holm"],
            }
        )
    return pd.DataFrame(rows).sort_values("premium_pct", ascending=False, ignore_index=True)


def _premium(fit: RegressionResultsWrapper) -> Estimate:
    """Turn the coefficient of certification into percent."""
    return percent_premium(float(fit.params["certified"]), float(fit.bse["certified"]) ** 2)


def _formula(records: PayRecords) -> str:
    """Write the wage equation."""
    terms = [f"C({name})" if name in PLACED else name for name in records.covariates]
    return " + ".join(["log_pay ~ certified", *terms])


def _term(name: str) -> str:
    """Word a term of the equation.

    Examples
    --------
    >>> _term("C(setting)[T.insurer]"), _term("log_price_parity")
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


def _indicators(
    records: PayRecords, credential: str
) -> tuple[pd.DataFrame, list[str], dict[str, list[str]]]:
    """Turn categories into indicators; the most frequent of each is left out and given a row."""
    rows = records.holders_of(credential)
    frame = rows[["log_pay", "certified", "weight"]]
    regressors: list[str] = []
    categories: dict[str, list[str]] = {}
    for name in records.covariates:
        if name not in PLACED:
            frame = frame.assign(**{name: rows[name]})
            regressors.append(name)
            continue
        levels = [str(level) for level in rows[name].value_counts().index]
        names = {level: f"{name}: {level}" for level in levels}
        both = rows.groupby("certified")[name].nunique().min()
        if both < len(levels):
            continue
        for level in levels[1:]:
            frame = frame.assign(**{names[level]: rows[name].eq(level).astype("float64")})
        regressors += [names[level] for level in levels[1:]]
        categories[names[levels[0]]] = [names[level] for level in levels[1:]]
    return frame, regressors, categories
