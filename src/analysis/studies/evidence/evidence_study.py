"""Which of the guide's claims hold: every claim graded against official figures."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from analysis.estimate import Estimate, KeyFigure
from analysis.studies.evidence.claim_tests import TESTS
from analysis.studies.evidence.consistency import contradictions
from analysis.studies.evidence.grading import (
    VERDICTS,
    Claim,
    Verdict,
    grade,
)
from analysis.studies.lookup import Tables
from analysis.wording import untypeset

SOURCE = "Claims of the career guide graded here against official figures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The pieces of the answer in one sentence; all are counts.

    Parameters
    ----------
    claims : int
        All claims of the guide.
    graded : int
        Claims the data could settle: all but not comparable and not testable.
    by_verdict : mapping of Verdict to int
        How many got each grade; every grade is a key.
    contradictions : int
        Subjects on which the guide disagrees with itself.
    """

    claims: int
    graded: int
    by_verdict: Mapping[Verdict, int]
    contradictions: int

    @property
    def supported(self) -> int:
        """Claims that hold."""
        return self.by_verdict["supported"]

    @property
    def not_supported(self) -> int:
        """Graded claims that do not hold."""
        return self.graded - self.supported


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Evidence:
    """Every claim with its grade, and the guide held against itself.

    Parameters
    ----------
    claims : DataFrame
        One row a claim: claim_id, topic, statement, claimed_low, claimed_high, claimed_unit,
        grade, official_low, official_high, official_text, official_unit, year, difference_pct
        (nearest bound less official value, percent of the latter), comparison ("direct",
        "proxy", "stale"), source, verification (of that source), reason, data_needed (what
        would settle a claim that is not testable). Numbers are missing and words empty where
        there are none.
    contradictions : DataFrame
        As `consistency.contradictions`.
    """

    claims: pd.DataFrame
    contradictions: pd.DataFrame

    @property
    def summary(self) -> pd.DataFrame:
        """Counts of claims: one row a topic, one column a grade, `claims` the total."""
        counts = (
            pd.crosstab(self.claims["topic"], self.claims["grade"])
            .reindex(columns=list(VERDICTS), fill_value=0)
            .rename_axis(columns=None)
        )
        return counts.assign(claims=counts.sum(axis=1)).reset_index()

    @property
    def answer(self) -> Answer:
        """What the page opens with."""
        counts = self.claims["grade"].value_counts()
        by_verdict: dict[Verdict, int] = {word: int(counts.get(word, 0)) for word in VERDICTS}
        open_ones = by_verdict["not comparable"] + by_verdict["not testable"]
        return Answer(
            claims=len(self.claims),
            graded=len(self.claims) - open_ones,
            by_verdict=by_verdict,
            contradictions=self.contradictions.loc[
                self.contradictions["is_contradiction"], "subject"
            ].nunique(),
        )

    def of(self, *verdicts: Verdict) -> pd.DataFrame:
        """Return the claims with one of these grades, the largest difference first."""
        kept = self.claims[self.claims["grade"].isin(verdicts)]
        return kept.sort_values(
            "difference_pct", key=abs, ascending=False, na_position="last", kind="stable"
        )

    def key_figures(self) -> tuple[KeyFigure, ...]:
        """Return what the report leads with."""
        answer = self.answer
        counts = {
            "claims_graded": ("Claims the data can settle", answer.graded),
            "claims_supported": ("Claims supported", answer.supported),
            "claims_off": (
                "Claims overstated or understated",
                answer.by_verdict["overstated"] + answer.by_verdict["understated"],
            ),
            "claims_outdated": ("Claims outdated", answer.by_verdict["outdated"]),
            "claims_contradicted": ("Claims contradicted", answer.by_verdict["contradicted"]),
            "self_contradictions": (
                "Subjects on which the guide disagrees with itself",
                answer.contradictions,
            ),
        }
        return tuple(
            KeyFigure(
                name=name,
                label=label,
                estimate=Estimate(
                    value=float(count),
                    unit=f"of {answer.claims} claims" if name.startswith("claims") else "subjects",
                    source=SOURCE,
                    kind="model",
                ),
            )
            for name, (label, count) in counts.items()
        )

    def to_frame(self) -> pd.DataFrame:
        """Return the claims, one row each."""
        return self.claims

    @untypeset
    def _repr_html_(self) -> str:
        """Show the counts by topic and grade in a notebook."""
        answer = self.answer
        line = (
            f"{answer.claims} claims, {answer.graded} graded, {answer.supported} supported, "
            f"{answer.contradictions} subjects on which the guide disagrees with itself."
        )
        return f"<p>{escape(line)}</p>{self.summary.to_html(index=False, border=0)}"


def study(tables: Tables) -> Evidence:
    """Grade every claim of the guide.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        The processed tables.

    Raises
    ------
    ValueError
        A claim has neither a test nor a row in guide_untested_claims, or a test is of a claim
        that does not exist.

    Examples
    --------
    >>> from analysis import processed
    >>> found = study(processed.Tables())
    >>> found.claims.set_index("claim_id").loc["code-sets-icd11-in-use", "grade"]
    'contradicted'
    """
    claims = [_claim(row) for row in tables["guide_claims"].to_dict("records")]
    untested = _reasons(tables["guide_untested_claims"])
    _refuse_forgotten({claim.claim_id for claim in claims}, set(untested))
    return Evidence(
        claims=pd.DataFrame([_row(claim, tables, untested) for claim in claims]).astype(
            dict.fromkeys(
                ["claimed_low", "claimed_high", "official_low", "official_high", "difference_pct"],
                "float64",
            )
        ),
        contradictions=contradictions(tables),
    )


def _claim(row: Mapping[Hashable, Any]) -> Claim:
    """Read one claim, its unit in this project's words."""
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    return Claim(
        claim_id=row["claim_id"],
        topic=row["topic"],
        statement=row["statement"],
        low=low,
        high=high,
        unit="" if pd.isna(row["unit"]) else row["unit"].replace("/", " a "),
    )


def _row(
    claim: Claim, tables: Tables, untested: Mapping[str, Mapping[str, str]]
) -> dict[str, object]:
    """Grade one claim and lay it out."""
    official = TESTS[claim.claim_id](tables, claim) if claim.claim_id in TESTS else None
    graded = grade(claim, official)
    row: dict[str, object] = {
        "claim_id": claim.claim_id,
        "topic": claim.topic,
        "statement": claim.statement,
        "claimed_low": claim.low,
        "claimed_high": claim.high,
        "claimed_unit": claim.unit,
        "grade": graded.verdict,
    }
    if official is None:
        return row | _untested(untested[claim.claim_id])
    return row | {
        "official_low": official.low,
        "official_high": official.high,
        "official_text": official.text,
        "official_unit": official.unit,
        "year": official.year,
        "difference_pct": graded.difference_pct,
        "comparison": official.comparison,
        "source": official.cited.source,
        "verification": official.cited.verification,
        "reason": official.reason,
        "data_needed": "",
    }


def _reasons(untested: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Give, by claim, why it cannot be tested; empty words where nothing is known."""
    words = untested[["why", "data_needed", "side_evidence", "side_source"]].fillna("")
    return {
        str(claim_id): {str(name): str(word) for name, word in row.items()}
        for claim_id, row in zip(untested["claim_id"], words.to_dict("records"), strict=True)
    }


def _untested(row: Mapping[str, str]) -> dict[str, object]:
    """Say why a claim cannot be tested, and what is known beside."""
    words = ("official_text", "official_unit", "year", "comparison", "verification")
    beside = f" {row['side_evidence']}" if row["side_evidence"] else ""
    return {
        **dict.fromkeys(["official_low", "official_high", "difference_pct"]),
        **dict.fromkeys(words, ""),
        "source": row["side_source"],
        "reason": f"{row['why']}{beside}",
        "data_needed": row["data_needed"],
    }


def _refuse_forgotten(claim_ids: set[str], untested: set[str]) -> None:
    """Raise unless every claim has a test or a reason, and every test a claim."""
    if forgotten := claim_ids - TESTS.keys() - untested:
        raise ValueError(f"No test and no reason why not for {sorted(forgotten)}.")
    if unknown := TESTS.keys() - claim_ids:
        raise ValueError(f"Tests of claims that do not exist: {sorted(unknown)}.")
