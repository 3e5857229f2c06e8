"""What records of pay say about certification and what could explain it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property

import numpy as np
import pandas as pd
from statsmodels.regression.linear_model import RegressionResultsWrapper

from analysis import wording
from analysis.disclosure import MINIMUM_RECORDS
from analysis.errors import WrongInput
from analysis.estimate import NORMAL_90, Estimate
from analysis.models.premium.comparison import compare_groups
from analysis.models.premium.decomposition import Decomposition
from analysis.models.premium.oaxaca import Reference, decompose
from analysis.models.premium.percent_premium import percent_premium
from analysis.models.premium.sensitivity import Sensitivity, sensitivity
from analysis.models.premium.wage_equation import quantile_premium, wage_equation
from analysis.pay_records import MADE_UP, RecordFile, records_needed
from analysis.studies.areas import Area
from analysis.studies.certification.pay_records import NAMES, NONE, PayRecords, pay_records
from analysis.studies.part import Column, Part

QUANTILES = (0.25, 0.5, 0.75)
MULTIPLES = (1, 2, 3)
HOLM_LEVEL = 0.05
P_FLOOR = 0.001
FIRST = "Comparing people who are otherwise alike"
ASSOCIATION = "An association between otherwise like people, not what one person would gain."
NONE_USED = "No records that carry it."
REFERENCES: Mapping[Reference, str] = {
    "first": "certified coefficients",
    "second": "not certified coefficients",
    "average": "average of both (Reimers)",
    "cotton": "average by size (Cotton)",
    "neumark": "both fitted as one (Neumark)",
    "pooled": "both as one, with indicator (Jann)",
}
TERMS = {
    "Intercept": "constant",
    "experience_years": "experience, years",
    "experience_squared": "experience, squared",
    "log_price_parity": "state price level, log",
}
BENCHMARKS = {"experience_years": "experience", "log_price_parity": "the state's price level"}


class RecordAnalysis:
    """What records say; without records every part is missing and says what it needs.

    Parameters
    ----------
    file : RecordFile or None
        Cleaned records; None where there are none.
    price_parities : DataFrame
        The processed table of that name.
    area : Area
        Records of its state only, unless it is the nation.
    credential : str
        "all", or one whose holders are set against people without a credential.
    """

    def __init__(
        self,
        file: RecordFile | None,
        price_parities: pd.DataFrame,
        *,
        area: Area,
        credential: str,
    ) -> None:
        self._file, self._prices, self._area = file, price_parities, area
        self.credential = credential

    @property
    def is_synthetic(self) -> bool:
        """True where the records are made up: no finding rests on them."""
        return self._file is not None and self._file.is_synthetic

    @cached_property
    def premium(self) -> Estimate:
        """The adjusted premium, percent; missing without records, or with made-up ones."""
        if not self.is_synthetic and not self.premiums.is_missing:
            return self.adjusted
        note = f"{MADE_UP}." if self.is_synthetic else f"{NONE_USED} {self.premiums.reason}"
        return Estimate(value=None, unit="percent", kind="model", note=note, source="own records")

    @cached_property
    def adjusted(self) -> Estimate:
        """The premium of the wage equation, also of made-up records.

        Raises
        ------
        WrongInput
            The records do not carry the equation.
        """
        return _premium(self._fit, source=self._source, note=ASSOCIATION)

    @cached_property
    def used(self) -> Part:
        """Which records entered, and why others did not; counts below 10 are not shown."""
        if self._file is None:
            return Part()
        left_out = self._records.left_out.query("records > 0")
        rows = [
            ("were cleaned and kept in the file", len(self._file.table)),
            *zip(left_out["why"], left_out["records"], strict=True),
            ("enter the equations", len(self._records.table)),
        ]
        return Part(
            table=pd.DataFrame(
                [(step, _count(count)) for step, count in rows], columns=["step", "records"]
            ),
            columns={"step": "Records that", "records": "Number"},
            source=f"{self._source}, SHA-256 {self._file.sha256}...",
            note="Each record is counted at the first reason that leaves it out.",
        )

    @cached_property
    def by_credential(self) -> Part:
        """Quartiles of pay by credential; small groups are suppressed."""

        def tabulated() -> Part:
            return Part(
                table=self._records.quartiles("credential"),
                columns={
                    "credential": "Credential",
                    "records": Column("Records", "{:,}"),
                    "p25": Column("25th percentile", _hundreds),
                    "p50": Column("Median", _hundreds),
                    "p75": Column("75th percentile", _hundreds),
                    "suppressed": "Suppressed because",
                },
                source=self._source,
                note=(
                    f"Unadjusted. Groups of fewer than {MINIMUM_RECORDS} records, and what would "
                    "give them back, are suppressed."
                ),
            )

        return self._part("Comparing the holders of credentials", tabulated)

    @cached_property
    def premiums(self) -> Part:
        """The premium unadjusted, otherwise alike, and at three quantiles, percent."""

        def compared() -> Part:
            rows, records = self._rows, self._records
            raw = wage_equation(rows, "log_pay ~ certified", weights=records.weights)
            found = {"mean, unadjusted": _premium(raw), "mean, otherwise alike": self.adjusted}
            for quantile in QUANTILES:
                at = quantile_premium(rows, self._records.equation, quantile=quantile)
                found[f"{100 * quantile:.0f}th percentile, otherwise alike"] = _premium(at)
            weighed = "Means are weighted, percentiles are not. " if records.weights else ""
            return Part(
                table=pd.DataFrame(
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
                ),
                columns={
                    "premium": "Certified over not certified",
                    "premium_pct": "Premium",
                    "low_pct": "from",
                    "high_pct": "to",
                    "records": "Records",
                },
                source=self._source,
                note=(
                    f"Held fixed: {records.held_fixed}. Kennedy's percent with 90% intervals, of "
                    f"means from HC3 errors, of percentiles from Powell's. {weighed}{ASSOCIATION}"
                ),
            )

        return self._part(FIRST, compared)

    @cached_property
    def equation(self) -> Part:
        """The wage equation of log pay: term, coefficient, se, t."""

        def tabulated() -> Part:
            fit = self._fit
            return Part(
                table=pd.DataFrame(
                    {
                        "term": [term_words(str(name)) for name in fit.params.index],
                        "coefficient": fit.params.to_numpy(),
                        "se": fit.bse.to_numpy(),
                        "t": fit.tvalues.to_numpy(),
                    }
                ),
                columns={
                    "term": "Term",
                    "coefficient": Column("Coefficient", _thousandths),
                    "se": Column("Standard error", _thousandths),
                    "t": Column("t", lambda t: wording.quantity(t, "", places=1)),
                },
                source=self._source,
                note=(
                    f"Log of pay a year; {int(fit.nobs):,} records; R2 {fit.rsquared:.2f}; HC3 "
                    "errors. Experience is measured from its mean."
                ),
            )

        return self._part(FIRST, tabulated)

    @cached_property
    def gap(self) -> Part:
        """The gap in mean log pay split by what the groups' make-up accounts for, by reference.

        The table has reference, explained, explained_se, unexplained, unexplained_se (log points)
        and explained_pct (of the gap; missing where the gap may be zero).
        """

        def split() -> Part:
            found, (*_, left_out) = self._split, self._records.indicators(self.credential)
            pooled = found["pooled"]
            is_known = abs(pooled.gap) > NORMAL_90 * pooled.gap_se
            shares = "" if is_known else " Shares are not shown: the gap itself may be zero."
            one_sided = (
                f" Not {' nor '.join(NAMES[name] for name in left_out)}: some category has only "
                "certified or only uncertified records."
                if left_out
                else ""
            )
            return Part(
                table=pd.DataFrame(
                    [
                        {
                            "reference": REFERENCES[name],
                            "explained": each.explained,
                            "explained_se": each.explained_se,
                            "unexplained": each.unexplained,
                            "unexplained_se": each.unexplained_se,
                            "explained_pct": 100 * each.explained / each.gap if is_known else None,
                        }
                        for name, each in found.items()
                    ]
                ),
                columns={
                    "reference": "Priced at",
                    **_SPLIT,
                    "explained_pct": Column("Explained share", "{:.0f}%"),
                },
                source=self._source,
                note=(
                    f"Gap {pooled.gap:.3f} in log pay (standard error {pooled.gap_se:.3f}). "
                    f"Explained: what the groups' {self._records.named(left_out=left_out)} account "
                    f"for.{one_sided} Unexplained holds whatever was not measured; it is not the "
                    f"effect of a credential.{shares}"
                ),
            )

        return self._part("Splitting the gap", split)

    @property
    def gap_log(self) -> float:
        """The whole gap in mean log pay."""
        return self._split["pooled"].gap

    @cached_property
    def gap_detail(self) -> Part:
        """What each regressor accounts for, at pooled coefficients."""

        def detailed() -> Part:
            detail = self._split["pooled"].by_regressor.drop(index="constant").reset_index()
            return Part(
                table=detail.assign(regressor=detail["regressor"].map(term_words)),
                columns={"regressor": "Regressor", **_SPLIT},
                source=self._source,
                note="Categories are measured from their own mean, so none is left out.",
            )

        return self._part("Splitting the gap", detailed)

    @cached_property
    def pairs(self) -> Part:
        """Each credential over "none", held alone, p-values adjusted for the number of all pairs.

        The table has first, second, premium_pct, low_pct, high_pct and p_holm, the largest premium
        first; where nobody holds none, all pairs.
        """

        def compared() -> Part:
            rows = self._records.table
            sizes = rows["credential"].map(rows["credential"].value_counts())
            shown = rows[sizes >= MINIMUM_RECORDS]
            if shown["credential"].nunique() < 2:
                return Part(
                    reason=f"Fewer than two credentials have {MINIMUM_RECORDS} complete records."
                )
            found = compare_groups(
                shown,
                outcome="annual_pay_usd",
                group="credential",
                covariates=self._records.covariates,
                weights=self._records.weights,
            )
            hidden = rows.loc[sizes < MINIMUM_RECORDS, "credential"].nunique()
            few = f" {hidden} credentials of fewer than {MINIMUM_RECORDS} records are left out."
            differ = int((found.table["p_holm"] < HOLM_LEVEL).sum())
            return Part(
                table=_over_none(found.to_frame()),
                columns={
                    "first": "Holders of",
                    "second": Column("over", lambda name: name.replace(NONE, "no credential")),
                    "premium_pct": "Premium",
                    ("low_pct", "high_pct"): Column("90% interval", "{:.1f}%"),
                    "p_holm": Column("p, Holm", _p_value),
                },
                source=self._source,
                note=(
                    f"Held fixed: {self._records.held_fixed}. p is Holm's, for all "
                    f"{len(found.table)} pairs of credentials together, of which {differ} differ "
                    f"at 5%. Differences are associations.{few if hidden else ''}"
                ),
            )

        return self._part("Comparing the holders of credentials", compared)

    @cached_property
    def confounding(self) -> Part:
        """What is left of the premium had something like experience been left out, 95 % limits."""

        def bounded() -> Part:
            found = self._sensitivity
            bounds = found.bounds
            percent = 100 * np.expm1(bounds[["estimate", "low", "high"]].astype("float64"))
            return Part(
                table=pd.DataFrame(
                    {
                        "strength": [
                            f"{multiple:g} x {BENCHMARKS[str(name)]}"
                            for name, multiple in zip(
                                bounds["benchmark"], bounds["multiple"], strict=True
                            )
                        ],
                        "premium_pct": percent["estimate"],
                        "low_pct": percent["low"],
                        "high_pct": percent["high"],
                    }
                ),
                columns={
                    "strength": "Unmeasured and as strong as",
                    "premium_pct": "Premium left",
                    ("low_pct", "high_pct"): Column("95% interval", "{:.1f}%"),
                },
                source=f"{self._source}; Cinelli and Hazlett (2020)",
                note=(
                    "Something unmeasured would have to explain "
                    f"{self.robustness_pct:.1f}% of what remains of both certification and pay to "
                    "account for all of the premium, "
                    f"{100 * found.robustness_value_significance:.1f}% to leave it insignificant "
                    "at 5%. Limits are 95% intervals with plain errors, on which the theory rests."
                ),
            )

        return self._part("Saying how strong something unmeasured would have to be", bounded)

    @property
    def robustness_pct(self) -> float:
        """Share of what remains of certification and pay that must be explained for no premium."""
        return 100 * self._sensitivity.robustness_value

    @property
    def _source(self) -> str:
        return "" if self._file is None else self._file.source

    @cached_property
    def _records(self) -> PayRecords:
        if self._file is None:
            raise WrongInput(records_needed(FIRST))
        return pay_records(self._file.table, self._prices, self._area)

    @cached_property
    def _rows(self) -> pd.DataFrame:
        return self._records.holders_of(self.credential)

    @cached_property
    def _fit(self) -> RegressionResultsWrapper:
        """Fit log pay on certification and all that can be held fixed, HC3 errors."""
        return wage_equation(self._rows, self._records.equation, weights=self._records.weights)

    @cached_property
    def _sensitivity(self) -> Sensitivity:
        benchmark = [name for name in BENCHMARKS if name in self._fit.params][:1]
        return sensitivity(self._fit, "certified", benchmarks=benchmark, multiples=MULTIPLES)

    @cached_property
    def _split(self) -> dict[Reference, Decomposition]:
        """Split the gap by each of the six references."""
        rows, regressors, categories, _ = self._records.indicators(self.credential)
        return {
            reference: decompose(
                rows,
                outcome="log_pay",
                group="certified",
                first=1,
                regressors=regressors,
                reference=reference,
                weights=self._records.weights,
                categories=categories,
            )
            for reference in REFERENCES
        }

    def _part(self, subject: str, make: Callable[[], Part]) -> Part:
        """Make a part, or say why these records do not carry it."""
        if self._file is None:  # the first part says what all of them need
            return Part(reason=records_needed(subject) if subject == FIRST else "")
        certified = int(self._rows["certified"].sum())
        if min(certified, len(self._rows) - certified) < MINIMUM_RECORDS:
            return Part(
                reason=f"Premiums need at least {MINIMUM_RECORDS} complete records with the "
                f"credential and {MINIMUM_RECORDS} of people who say they hold none; these records "
                "have fewer."
            )
        try:
            return make()
        except WrongInput as error:
            return Part(reason=f"These records do not carry a wage equation: {error}")


def term_words(name: str) -> str:
    """Word a term of the equation.

    Examples
    --------
    >>> term_words("C(setting)[T.insurer]"), term_words("log_price_parity")
    ('setting: insurer', 'state price level, log')
    """
    if name.startswith("C("):
        column, _, level = name[2:].partition(")[T.")
        return f"{column}: {level.removesuffix(']')}"
    return TERMS.get(name, name)


def _premium(fit: RegressionResultsWrapper, *, source: str = "", note: str = "") -> Estimate:
    """Turn the coefficient of certification into percent."""
    found = percent_premium(float(fit.params["certified"]), float(fit.bse["certified"]) ** 2)
    return replace(found, source=source, kind="model", note=note)


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


def _count(records: int) -> str:
    """Write a number of records; a small one is not given away."""
    is_small = 0 < records < MINIMUM_RECORDS
    return f"fewer than {MINIMUM_RECORDS}" if is_small else f"{records:,}"


def _hundreds(usd: float) -> str:
    return wording.usd(round(usd, -2))


def _thousandths(value: float) -> str:
    return wording.quantity(value, "", places=3)


def _p_value(p: float) -> str:
    return f"below {P_FLOOR}" if p < P_FLOOR else f"{p:.3f}"


def _with_se(value: float, se: float) -> str:
    return f"{_thousandths(value)} ({se:.3f})"


_SPLIT = {
    ("explained", "explained_se"): Column("Explained", _with_se),
    ("unexplained", "unexplained_se"): Column("Unexplained", _with_se),
}
