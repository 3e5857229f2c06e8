"""How records of pay split the gap, and how they rank credentials, like with like."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.disclosure import MINIMUM_RECORDS, summarise
from analysis.estimate import NORMAL_90
from analysis.models.premium.comparison import compare_groups
from analysis.models.premium.oaxaca import Reference, decompose
from analysis.models.premium.percent_premium import percent_premium
from analysis.studies.certification.pay_records import NAMES, NONE, PLACED, PayRecords
from analysis.studies.certification.record_premium import term_words
from analysis.studies.part import Part

HOLM_LEVEL = 0.05
WORDED: Mapping[Reference, str] = {
    "first": "certified coefficients",
    "second": "not certified coefficients",
    "average": "average of both (Reimers)",
    "cotton": "average by size (Cotton)",
    "neumark": "both fitted as one (Neumark)",
    "pooled": "both as one, with indicator (Jann)",
}


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


def gap_parts(records: PayRecords, credential: str, source: str) -> GapParts:
    """Split the gap in mean log pay by each of the six references."""
    rows, regressors, categories, left_out = _indicators(records, credential)
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
        for reference in WORDED
    }
    pooled = found["pooled"]
    is_known = abs(pooled.gap) > NORMAL_90 * pooled.gap_se
    shares = "" if is_known else " Shares are not shown: the gap itself may be zero."
    one_sided = (
        f" Not {' nor '.join(NAMES[name] for name in left_out)}: some category has only certified "
        "or only uncertified records."
        if left_out
        else ""
    )
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
        detail=detail.assign(regressor=detail["regressor"].map(term_words))[
            ["regressor", "explained", "explained_se", "unexplained", "unexplained_se"]
        ],
        gap=pooled.gap,
        source=source,
        note=(
            f"Gap {pooled.gap:.3f} in log pay (standard error {pooled.gap_se:.3f}). Explained: "
            f"what the groups' {records.named(left_out=left_out)} account for.{one_sided} "
            "Unexplained holds whatever was not measured; it is not the effect of a "
            f"credential.{shares}"
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


def _indicators(
    records: PayRecords, credential: str
) -> tuple[pd.DataFrame, list[str], dict[str, list[str]], tuple[str, ...]]:
    """Turn categories into indicators; the most frequent of each is left out and given a row.

    A column with a category that only one of the groups has cannot be priced in the other: it is
    left out whole, and named last.
    """
    rows = records.holders_of(credential)
    frame = rows[["log_pay", "certified", "weight"]]
    regressors: list[str] = []
    categories: dict[str, list[str]] = {}
    left_out: list[str] = []
    for name in records.covariates:
        if name not in PLACED:
            frame = frame.assign(**{name: rows[name]})
            regressors.append(name)
            continue
        levels = [str(level) for level in rows[name].value_counts().index]
        names = {level: f"{name}: {level}" for level in levels}
        both = rows.groupby("certified")[name].nunique().min()
        if both < len(levels):
            left_out.append(name)
            continue
        for level in levels[1:]:
            frame = frame.assign(**{names[level]: rows[name].eq(level).astype("float64")})
        regressors += [names[level] for level in levels[1:]]
        categories[names[levels[0]]] = [names[level] for level in levels[1:]]
    return frame, regressors, categories, tuple(left_out)
