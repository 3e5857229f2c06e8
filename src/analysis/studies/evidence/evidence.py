"""Which of the guide's statements hold: each graded against official figures."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.studies.employers import cite_acs, employers
from analysis.studies.evidence.consistency import contradictions
from analysis.studies.evidence.grading import (
    COMPARISONS,
    OPEN,
    VERDICTS,
    Comparison,
    Statement,
    Verdict,
    grade,
)
from analysis.studies.evidence.questions import questions_answered
from analysis.studies.evidence.statement_tests import TESTS
from analysis.studies.guide import GUIDE, pay_bands_on_distribution, setting_shares, state_ranking
from analysis.studies.lookup import Tables
from analysis.studies.part import BLANK, Column, Part
from analysis.studies.study import Figure, Study

SOURCE = f"{GUIDE}, graded here against official figures"
NUMBERS = ["stated_low", "stated_high", "official_low", "official_high", "difference_pct"]


def span(low: float, high: float, unit: str) -> str:
    """Write a stated or an official range with its unit.

    Examples
    --------
    >>> span(60, 70, "percent"), span(85, float("nan"), "percent"), span(4, 4, "hours")
    ('60% to 70%', '85% or more', '4 hours')
    """
    return wording.span(low, high, lambda value: wording.measured(value, unit))


def off_by(low: float, high: float, difference_pct: float, unit: str) -> str:
    """Write how far a statement is off: percentages in points, others in percent.

    Parameters
    ----------
    low, high : float
        As stated.
    difference_pct : float
        Of the nearest bound from the official value, percent of the latter.
    unit : str
        Of the statement.

    Examples
    --------
    >>> off_by(8, 8, 100 * (8 / 7.1 - 1), "percent"), off_by(460, 460, 8.2, "USD")
    ('+0.9 points', '+8.2%')
    """
    if pd.isna(difference_pct):
        return BLANK
    if unit != "percent" or difference_pct == 0:
        return wording.signed(wording.percent(difference_pct))
    bound = low if difference_pct > 0 else high
    points = bound - bound / (1 + difference_pct / 100)
    return f"{wording.signed(wording.quantity(points, '', places=1))} points"


def why(reason: str, *origin: str) -> str:
    """Join a reason with the source, its period, how good the comparison is, and its mark."""
    words = "; ".join(filter(None, origin))
    return f"{reason} [{words}]" if words else reason


COLUMNS: Mapping[Any, str | Column] = {
    "statement": "Statement",
    ("stated_low", "stated_high", "unit"): Column("Guide", span, is_text=True),
    ("official_low", "official_high", "unit", "official_text"): Column(
        "The data", lambda low, high, unit, text: text or span(low, high, unit), is_text=True
    ),
    ("stated_low", "stated_high", "difference_pct", "unit"): Column("Off by", off_by),
    "grade": "Grade",
    ("reason", "source", "year", "comparison", "verification"): Column(
        "Why, and by whose figures", why, is_text=True
    ),
}


class Evidence(Study):
    """Every statement with its grade, and the guide compared with itself.

    Raises
    ------
    ValueError
        A statement has neither a test nor a row in guide_untested_claims, or a test is of a
        statement that does not exist.

    Examples
    --------
    >>> from analysis import processed
    >>> found = Evidence(processed.Tables())
    >>> found.statements.set_index("claim_id").loc["code-sets-icd11-in-use", "grade"]
    'contradicted'
    """

    headlines = ("statements_supported", "direct_comparisons")

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        claimed = set(tables["guide_claims"]["claim_id"])
        untested = set(tables["guide_untested_claims"]["claim_id"])
        if forgotten := claimed - TESTS.keys() - untested:
            raise ValueError(f"No test and no reason why not for {sorted(forgotten)}.")
        if unknown := TESTS.keys() - claimed:
            raise ValueError(f"Tests of statements that do not exist: {sorted(unknown)}.")

    @property
    def heading(self) -> str:
        """The guide."""
        return GUIDE

    @cached_property
    def statements(self) -> pd.DataFrame:
        """One row a statement.

        claim_id, topic, statement, stated_low, stated_high, unit, grade, official_low,
        official_high, official_text, year, difference_pct (nearest bound less official value,
        percent of the latter), comparison ("direct", "proxy", "stale"), source, verification (of
        that source), reason, data_needed (what would settle one that is not testable). Numbers are
        missing and words empty where there are none.
        """
        untested = self.tables["guide_untested_claims"].fillna("").set_index("claim_id")
        claims = self.tables["guide_claims"].to_dict("records")
        rows = [_row(_statement(claim), self.tables, untested) for claim in claims]
        return pd.DataFrame(rows).astype(dict.fromkeys(NUMBERS, "float64"))

    def of(self, *verdicts: Verdict) -> Part:
        """List the statements with one of these grades, all where none is named."""
        rows = self.statements
        if verdicts:
            rows = rows[rows["grade"].isin(verdicts)].sort_values(
                "difference_pct", key=abs, ascending=False, na_position="last", kind="stable"
            )
        none = f"No statement is {wording.listed(verdicts)}." if rows.empty else ""
        return Part(
            table=rows.reset_index(drop=True),
            columns=COLUMNS,
            reason=none,
            source=f"{GUIDE}; official figures as named in each row",
            note="Off by: from the official figure to the nearest end of the guide's range.",
        )

    @cached_property
    def by_verdict(self) -> Mapping[Verdict, int]:
        """How many statements got each grade; every grade is a key."""
        counts = self.statements["grade"].value_counts()
        return {verdict: int(counts.get(verdict, 0)) for verdict in VERDICTS}

    @cached_property
    def by_comparison(self) -> Mapping[Comparison, int]:
        """What the statements that hold rest on: how many on each sort of comparison."""
        held = self.statements[self.statements["grade"].eq("supported")]
        counts = held["comparison"].value_counts()
        return {comparison: int(counts.get(comparison, 0)) for comparison in COMPARISONS}

    @property
    def graded(self) -> int:
        """How many statements the data can settle."""
        return len(self.statements) - sum(self.by_verdict[verdict] for verdict in OPEN)

    @cached_property
    def summary(self) -> Part:
        """Counts by topic: a column a grade, `statements` the total."""
        counts = (
            pd.crosstab(self.statements["topic"], self.statements["grade"])
            .reindex(columns=list(VERDICTS), fill_value=0)
            .rename_axis(columns=None)
        )
        total = counts.assign(statements=counts.sum(axis=1)).reset_index()
        return Part(
            table=total.assign(topic=total["topic"].str.replace("-", " ")),
            columns={name: str(name).capitalize() for name in total.columns},
            source=SOURCE,
        )

    @cached_property
    def contradictions(self) -> Part:
        """Where the guide disagrees with itself, from its own tables."""
        return contradictions(self.tables)

    @property
    def subjects_in_conflict(self) -> int:
        """On how many subjects the guide disagrees with itself."""
        table = self.contradictions.table
        return int(table.loc[table["is_contradiction"], "subject"].nunique())

    @cached_property
    def questions(self) -> Part:
        """The guide's questions and steps, answered from the data."""
        return questions_answered(self.tables)

    @cached_property
    def settings(self) -> Part:
        """The guide's shares of employment beside those of the OEWS."""
        return Part(
            table=setting_shares(self.tables),
            columns={
                "setting": "Setting",
                "definition": "Definition",
                "guide_share_pct": "Guide",
                "guide_share_of_employers_pct": "Guide, employers only",
                "official_share_pct": "Of coders",
                "industry_codes": "Industries (NAICS)",
                "median_wage_usd": "Median wage",
            },
            source=f"{GUIDE}; BLS, OEWS {self._release}; {cite_acs(self.tables)}",
            note=(
                "Remote is a place of work, not an employer: it is never added to the others. How "
                "big billing companies are depends on the definition."
            ),
        )

    @cached_property
    def employers(self) -> Part:
        """The guide's shares of hospitals and physician offices beside every measure of them."""
        return employers(self.tables)

    @cached_property
    def states(self) -> Part:
        """The states ranked by mean pay, of which the guide speaks, its three marked."""
        return Part(
            table=state_ranking(self.tables, measure="mean_wage_usd"),
            note=self._release,
            source=f"BLS, OEWS {self._release}; {GUIDE}",
        )

    @cached_property
    def bands(self) -> Part:
        """The guide's pay bands on the official distribution."""
        return Part(
            table=pay_bands_on_distribution(self.tables),
            source=f"{GUIDE}; BLS, OEWS {self._release}",
        )

    @property
    def _release(self) -> str:
        return f"May {self.tables['wages']['year'].max()}"

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        counts, testable = self.by_verdict, f"of {self.graded} that can be tested"
        yield self._count(
            "statements_supported", "Statements that hold", counts["supported"], testable
        )
        direct = self.by_comparison["direct"]
        held = f"of {counts['supported']} that hold"
        yield self._count("direct_comparisons", "Hold by a direct comparison", direct, held)
        off = counts["overstated"] + counts["understated"]
        yield self._count("statements_off", "Overstated or understated", off, testable)
        yield self._count("statements_outdated", "Outdated", counts["outdated"], testable)
        yield self._count(
            "statements_contradicted", "Contradicted", counts["contradicted"], testable
        )
        total = f"of {len(self.statements)} statements"
        yield self._count(
            "statements_open", "Cannot be tested", len(self.statements) - self.graded, total
        )
        label = "Subjects on which the guide disagrees with itself"
        yield self._count("self_contradictions", label, self.subjects_in_conflict, "subjects")

    @staticmethod
    def _count(name: str, label: str, value: int, unit: str) -> Figure:
        found = Estimate(value=float(value), unit=unit, source=SOURCE, kind="own tabulation")
        return name, label, found, "neither"


def _statement(row: Mapping[Hashable, Any]) -> Statement:
    """Read one statement, its unit in this project's words."""
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low", "high"))
    return Statement(
        claim_id=row["claim_id"],
        topic=row["topic"],
        text=row["statement"],
        low=low,
        high=high,
        unit="" if pd.isna(row["unit"]) else row["unit"].replace("/", " a "),
    )


def _row(statement: Statement, tables: Tables, untested: pd.DataFrame) -> dict[str, object]:
    """Grade one statement and lay it out."""
    test = TESTS.get(statement.claim_id)
    official = None if test is None else test(tables, statement)
    verdict, difference = grade(statement, official)
    row: dict[str, object] = {
        "claim_id": statement.claim_id,
        "topic": statement.topic,
        "statement": statement.text,
        "stated_low": statement.low,
        "stated_high": statement.high,
        "unit": statement.unit,
        "grade": verdict,
    }
    if official is None:
        known = untested.loc[statement.claim_id]
        beside = f" {known['side_evidence']}" if known["side_evidence"] else ""
        words = ("official_text", "year", "comparison", "verification")
        return row | {
            **dict.fromkeys(["official_low", "official_high", "difference_pct"]),
            **dict.fromkeys(words, ""),
            "source": known["side_source"],
            "reason": f"{known['why']}{beside}",
            "data_needed": known["data_needed"],
        }
    return row | {
        "official_low": official.low,
        "official_high": official.high,
        "official_text": official.text,
        "year": official.year,
        "difference_pct": difference,
        "comparison": official.comparison,
        "source": official.cited.source,
        "verification": official.cited.verification,
        "reason": official.reason,
        "data_needed": "",
    }
