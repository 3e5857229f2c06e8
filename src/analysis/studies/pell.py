"""Workforce Pell: each federal screen and the state's own rules, applied to one program."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd

from analysis import wording
from analysis.errors import WrongInput
from analysis.estimate import Estimate
from analysis.models.prices import parity
from analysis.models.ranges import rate_limits
from analysis.models.roi.official_tests import poverty_guideline, value_added_earnings
from analysis.studies.areas import CODERS, NATION, find_area
from analysis.studies.completions import awards_at, awards_per_opening, openings_at
from analysis.studies.lookup import Tables, row_of
from analysis.studies.official import SOURCE, published
from analysis.studies.part import Part
from analysis.studies.programs import CERTIFICATE, program_outcomes
from analysis.studies.state_rules import Verdict, apply_rules, joined, meets_rules, together
from analysis.studies.study import Figure, Study

Answer = Literal["yes", "no", "unknown"]
PERCENT = 100.0
FIRST_YEAR = "2026-27"
LIMITS: Mapping[str, tuple[float, float, str]] = MappingProxyType(
    {
        "weeks": (0, 260, "weeks of instruction"),
        "hours": (0, 10_000, "clock hours"),
        "tuition": (0, 200_000, "USD, tuition and fees of the whole program"),
        "completion": (0, 100, "percent of students who complete"),
        "placement": (0, 100, "percent of completers in any job"),
        "placement_in_occupation": (0, 100, "percent of completers in the occupation"),
        "earnings": (0, 1_000_000, "USD a year, median of completers"),
        "students": (1, 100_000, "students of the cohort behind the rates"),
    }
)
GIVEN: Mapping[str, Verdict] = MappingProxyType({"yes": "pass", "no": "fail"})
NO_RULE = (
    "No rule of {place} for in-demand or high-wage occupations was found. Ask the state workforce "
    "board; the governor's certification stays unknown."
)


def check_program(**given: float | str | None) -> None:
    """Refuse a number outside its range; None is a number that is not known.

    Raises
    ------
    WrongInput
        One line for each number that is refused.
    """
    lines = [
        f"{name} must be {what} from {low:,g} to {high:,g}, or none; found {given[name]!r}."
        for name, (low, high, what) in LIMITS.items()
        if given.get(name) is not None and not low <= float(given[name] or 0) <= high
    ]
    if lines:
        raise WrongInput("\n".join(lines))


class Pell(Study):
    """One program under Workforce Pell; what is not given is unknown, and so is its screen.

    Parameters
    ----------
    tables : mapping of DataFrame
        The processed tables.
    area : str
        Where the program is: "US", a postal code or a metropolitan area.
    weeks, hours, tuition, completion, placement, placement_in_occupation, earnings, students
        As in `LIMITS`.
    title_iv : str
        "yes" where an institution approved for Title IV teaches at least 75 % of it; "no" or
        "unknown".
    approved : str
        "yes" where the governor has certified it; "no" or "unknown".

    Raises
    ------
    WrongInput
        Area unknown, or a number outside its range.

    Examples
    --------
    >>> from analysis import processed
    >>> program = Pell(processed.Tables(), area="NC", weeks=46)
    >>> program.verdict
    'fail'
    """

    def __init__(
        self,
        tables: Tables,
        *,
        area: str = NATION,
        weeks: float | None = None,
        hours: float | None = None,
        tuition: float | None = None,
        completion: float | None = None,
        placement: float | None = None,
        placement_in_occupation: float | None = None,
        earnings: float | None = None,
        students: float | None = None,
        title_iv: Answer = "unknown",
        approved: Answer = "unknown",
    ) -> None:
        self.tables = tables
        self.area = find_area(tables["wages"], area)
        self.state = find_area(tables["wages"], self.area.state)
        self.given: dict[str, float | None] = {
            "weeks": weeks,
            "hours": hours,
            "tuition": tuition,
            "completion": completion,
            "placement": placement,
            "placement_in_occupation": placement_in_occupation,
            "earnings": earnings,
            "students": students,
        }
        check_program(**self.given)
        self.answers: dict[str, Answer] = {"provider": title_iv, "approval": approved}

    @property
    def heading(self) -> str:
        """The law and the place."""
        return f"Workforce Pell, {self.area.name}"

    @cached_property
    def verdict(self) -> Verdict:
        """Fail where a screen that binds from the first year fails, else pass if all pass."""
        return together(self.screens.table.query("from_award_year == @FIRST_YEAR")["verdict"])

    @cached_property
    def tuition_cap(self) -> Estimate:
        """Highest tuition that value-added earnings allow, from the completers' own earnings."""
        return self._cap(self.given["earnings"])

    @cached_property
    def field_cap(self) -> Estimate:
        """The cap if completers earned what those of the median certificate program do."""
        for code in dict.fromkeys((self.state.code, NATION)):
            row = row_of(
                program_outcomes(self.tables["programmes"], state=code), "credential", CERTIFICATE
            )
            if pd.notna(row["median_earnings_usd"]):
                break
        earnings = float(row["median_earnings_usd"])
        where = find_area(self.tables["wages"], code).name
        cap = self._cap(earnings)
        note = (
            f"Median of {int(row['institutions_with_earnings'])} institutions' certificate "
            f"programs (CIP 51.07), {wording.place(where)}: {wording.usd(earnings)}."
        )
        return Estimate(
            value=None if cap.value is None else round(cap.value, -2),
            unit=cap.unit,
            source=cap.source,
            kind="model",
            year=cap.year,
            note=cap.note or note,
        )

    @cached_property
    def screens(self) -> Part:
        """Every federal screen with its verdict."""
        rules = self.tables["pell_rules"].to_dict("records")
        return Part(
            table=pd.DataFrame([self._screen(rule) for rule in rules]),
            columns={
                "screen": "Screen",
                "verdict": "Verdict",
                "figure": "This program",
                "requirement": "Asked for",
                "from_award_year": "Binds from",
                "clause": "Clause",
                "what_to_know": "What to know",
            },
            note=(
                "A screen whose figure was not given is unknown, not passed. The statute is Pub. "
                "L. 119-21, sec. 83002; the final rule 91 FR 29254, effective 2026-07-20."
            ),
            source="as quoted by JFF, Verif-y and Opportunity Data; [third party] where not read "
            "in the law itself",
        )

    @cached_property
    def state_rules(self) -> Part:
        """The state's rules on an occupation, applied; for the nation those of every state."""
        table = apply_rules(self.tables, state=self.state.code)
        return Part(
            table=table,
            columns={
                "state_name": "State",
                "purpose": "For",
                "rule": "Rule",
                "figure": "Coders there",
                "threshold": "Threshold",
                "verdict": "Verdict",
                "what_to_know": "What to know",
            },
            note=(
                "Wages and jobs are official; openings of a state are national rates applied to "
                "its jobs. A figure whose 90% interval spans the threshold is unknown. A state "
                "may decide by other rules, or by a list."
            ),
            reason="" if len(table) else NO_RULE.format(place=wording.place(self.state.name)),
            source=f"the state, or a page quoting it, as named; {SOURCE}",
        )

    @cached_property
    def state_verdict(self) -> Verdict:
        """Whether coders meet the state's rules; unknown for the nation."""
        return "unknown" if self.state.is_nation else meets_rules(self.state_rules.table)

    @cached_property
    def cover(self) -> Part:
        """The evidence a program director hands in: need, wages, openings, supply, outcomes."""
        rows = [
            {
                "part": part,
                "measure": measure,
                "figure": wording.amount_with_unit(found),
                "interval": wording.interval(found),
                "year": found.year,
                "kind": found.kind,
                "source": found.source,
                "what_to_know": found.note,
            }
            for part, measure, found in self._evidence()
        ]
        return Part(
            table=pd.DataFrame(rows),
            columns={
                "part": "Part",
                "measure": "Measure",
                "figure": "Figure",
                "interval": "90% interval",
                "year": "Year",
                "kind": "Kind",
                "source": "Source",
                "what_to_know": "What to know",
            },
            note=(
                "Of the occupation 29-2072, medical records specialists, and of programs of CIP "
                "51.07. What the program itself achieved is for its own records to show."
            ),
            source="as named in each row",
        )

    def _evidence(self) -> Iterator[tuple[str, str, Estimate]]:
        """Yield the rows of the cover."""
        for measure, label in {
            "employment": "Jobs",
            "location_quotient": "Location quotient (1 is the nation)",
        }.items():
            yield "Need", f"{label}, {self.area.name}", self._published(measure)
        yield "Need", f"Openings, {self.area.name}", openings_at(self.tables, self.area)
        for measure, label in {
            "p10_wage_usd": "Lowest paid tenth, at most",
            "median_wage_usd": "Median wage",
            "p90_wage_usd": "Best paid tenth, at least",
        }.items():
            yield "Wages", f"{label}, {self.area.name}", self._published(measure)
        label = f"Awards in coding and records technology, {self.state.name}"
        yield "Supply", label, awards_at(self.tables, self.state)
        label = f"Awards per opening, {self.state.name}"
        yield "Supply", label, awards_per_opening(self.tables, self.state)
        outcomes = row_of(
            program_outcomes(self.tables["programmes"], state=self.state.code),
            "credential",
            CERTIFICATE,
        )
        scorecard = "College Scorecard, field of study, CIP 51.07"
        release = str(self.tables["programmes"]["vintage"].max())
        for column, label, unit, count in (
            ("median_earnings_usd", "Median earnings of certificate completers", "USD a year",
             "institutions_with_earnings"),
            ("failing_pct", "Institutions that fail the earnings test", "percent",
             "institutions_with_verdict"),
        ):  # fmt: skip
            known = pd.notna(outcomes[column])
            yield "Outcomes", f"{label}, {self.state.name}", Estimate(
                value=float(outcomes[column]) if known else None,
                unit=unit,
                year=f"{release} release",
                source=scorecard,
                note=f"{int(outcomes[count])} institutions; mostly four years after completion."
                if known
                else "None is published: cohorts are small.",
            )  # fmt: skip
        yield "Outcomes", "Tuition cap at those earnings", self.field_cap

    def _published(self, measure: str) -> Estimate:
        return published(
            self.tables["wages"], measure, occupation_code=CODERS, area_code=self.area.code
        )

    def _cap(self, earnings: float | None) -> Estimate:
        """Return value-added earnings at the state's prices."""
        unit, source = "USD", "Workforce Pell; BEA price parity; HHS poverty guideline"
        level = parity(self.tables["price_parities"], self.state.code)
        if earnings is None or level is None:
            why = (
                "The earnings of completers were not given."
                if earnings is None
                else f"BEA publishes no price parity for {self.state.name}."
            )
            return Estimate(value=None, unit=unit, source=source, kind="model", note=why)
        guideline = poverty_guideline(self.tables["poverty_guidelines"], self.state.code)
        return Estimate(
            value=value_added_earnings(
                earnings=earnings,
                parity=level,
                poverty_guideline=float(guideline["poverty_guideline_usd"]),
            ),
            unit=unit,
            year=str(guideline["year"]),
            source=source,
            kind="model",
        )

    def _screen(self, rule: dict[Hashable, Any]) -> dict[str, Any]:
        """Apply one federal screen."""
        name = str(rule["id"])
        figure, low, high, note = "not given", None, None, rule["note"]
        verdict: Verdict = "unknown"
        if name in self.answers:
            figure, verdict = self.answers[name], GIVEN.get(self.answers[name], "unknown")
        elif name == "tuition":
            figure, verdict, note = self._value_added(note)
        elif (value := self.given[name]) is not None:
            figure = f"{value:g} {rule['unit']}".replace(" percent of", "% of")
            verdict = "pass" if _holds(value, rule) else "fail"
            low, high = self._rate_limits(name, value)
        if low is not None and high is not None:
            figure = f"{figure} (90% interval {wording.span(low, high, wording.percent)})"
            if low < float(rule["minimum"]) <= high:
                note = joined(note, "the interval spans the limit: the next cohort may differ")
        return {
            "id": name,
            "screen": rule["screen"],
            "verdict": verdict,
            "figure": figure,
            "low": low,
            "high": high,
            "requirement": rule["requirement"],
            "from_award_year": rule["from_award_year"],
            "clause": f"{rule['clause']}, {rule['authority']}",
            "what_to_know": joined(note, f"[{rule['source_title']}; {rule['verification']}]"),
        }

    def _value_added(self, note: str | None) -> tuple[str, Verdict, str]:
        """Compare the tuition with the cap; unknown unless both are."""
        tuition, cap = self.given["tuition"], self.tuition_cap.value
        figure = "not given" if tuition is None else wording.usd(tuition)
        if cap is None:
            field = self.field_cap
            why = (
                f"{self.tuition_cap.note} At the field's earnings the cap would be "
                f"{wording.usd(field.value)} ({field.note})"
                if field.value is not None
                else self.tuition_cap.note
            )
            return figure, "unknown", joined(note, why)
        words = f"cap {wording.usd(round(cap))}"
        if tuition is None:
            return figure, "unknown", joined(note, words)
        return f"{figure}, {words}", "pass" if tuition <= cap else "fail", joined(note, "")

    def _rate_limits(self, name: str, rate: float) -> tuple[float | None, float | None]:
        """Return Wilson's limits of a rate of the cohort; placement is of those who complete."""
        students, completion = self.given["students"], self.given["completion"]
        if students is None or name not in ("completion", "placement", "placement_in_occupation"):
            return None, None
        if name == "completion":
            return rate_limits(rate, students)
        if not completion:
            return None, None
        return rate_limits(rate, students * completion / PERCENT)

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        counts = self.screens.table["verdict"].value_counts()
        total = len(self.screens.table)
        for verdict, label, better in (
            ("pass", "Federal screens passed", "higher"),
            ("fail", "Federal screens failed", "lower"),
            ("unknown", "Federal screens unknown", "lower"),
        ):
            count = Estimate(
                value=float(counts.get(verdict, 0)),
                unit=f"of {total}",
                year=FIRST_YEAR,
                source="Pub. L. 119-21; 91 FR 29254",
                kind="model",
            )
            yield f"screens_{verdict}", label, count, better  # type: ignore[misc]
        yield "tuition_cap_usd", "Tuition cap, own completers", self.tuition_cap, "higher"
        label = "Tuition cap at the field's earnings"
        yield "field_tuition_cap_usd", label, self.field_cap, "higher"
        yield "median_wage_usd", "Median wage", self._published("median_wage_usd"), "higher"
        yield "annual_openings", "Openings a year", openings_at(self.tables, self.area), "higher"


study = Pell


def _holds(value: float, rule: dict[Hashable, Any]) -> bool:
    """Return whether a number lies at or above the minimum and below the end of a rule."""
    low, below = rule["minimum"], rule["below"]
    return bool((pd.isna(low) or value >= low) and (pd.isna(below) or value < below))
