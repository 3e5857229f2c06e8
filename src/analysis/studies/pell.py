"""Workforce Pell: each federal screen and the state's own rules, applied to one program."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Annotated, Any, Literal

import pandas as pd
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from analysis import wording
from analysis.estimate import Better, Estimate
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
Number = Annotated[float, AfterValidator(lambda value: int(value) if value.is_integer() else value)]
Percent = Annotated[Number, Field(ge=0, le=100)]
PERCENT = 100.0
LOCAL_SHARE = "location_quotient"
FIRST_YEAR = "2026-27"
RATES = ("completion", "placement", "placement_in_occupation")
GIVEN: Mapping[str, Verdict] = MappingProxyType({"yes": "pass", "no": "fail"})
ANSWERED = {"provider": "title_iv", "approval": "approved"}  # screens that a yes or no decides
NO_RULE = (
    "No rule of {place} for in-demand or high-wage occupations was found. Ask the state workforce "
    "board; the governor's certification stays unknown."
)


class Program(BaseModel):
    """A program as its director knows it; what is None is not known.

    A value out of range is a `ValueError` when it is made.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    area: str = NATION  # where it is taught
    weeks: Number | None = Field(
        default=12, ge=0, le=260, description="weeks of instruction from 0 to 260, or none"
    )
    hours: Number | None = Field(
        default=320, ge=0, le=10_000, description="clock hours from 0 to 10,000, or none"
    )
    tuition: Number | None = Field(
        default=1_800,
        ge=0,
        le=200_000,
        description="USD from 0 to 200,000, tuition and fees of the whole program, or none",
    )
    completion: Percent | None = Field(
        default=None, description="percent of students who complete, 0 to 100, or none"
    )
    placement: Percent | None = Field(
        default=None, description="percent of completers in any job, 0 to 100, or none"
    )
    placement_in_occupation: Percent | None = Field(
        default=None, description="percent of completers in the occupation, 0 to 100, or none"
    )
    earnings: Number | None = Field(
        default=None,
        ge=0,
        le=1_000_000,
        description="median earnings of completers, USD a year from 0 to 1,000,000, or none",
    )
    students: int | None = Field(
        default=None,
        ge=1,
        le=100_000,
        description="a whole number of students in the cohort from 1 to 100,000, or none",
    )
    title_iv: Answer = Field(default="unknown", description="yes, no or unknown")
    approved: Answer = Field(default="unknown", description="yes, no or unknown")


class Pell(Study):
    """One program under Workforce Pell; what is not given is unknown, and so is its screen.

    Raises
    ------
    WrongInput
        The area of the program is unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> Pell(processed.Tables(), Program(area="NC", weeks=46)).verdict
    'fail'
    """

    headlines = ("screens_pass", "screens_fail", "screens_unknown")

    def __init__(self, tables: Tables, program: Program | None = None) -> None:
        self.tables, self.program = tables, program or Program()
        self.area = find_area(tables["wages"], self.program.area)
        self.state = find_area(tables["wages"], self.area.state)

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
        return self._cap(self.program.earnings)

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
        table = pd.DataFrame([self._screen(rule) for rule in rules])
        return Part(
            table=table.astype({"low": "float64", "high": "float64"}),
            columns={
                "screen": "Screen",
                "verdict": "Verdict",
                "figure": "This program",
                "requirement": "Asked for",
                "from_award_year": "Binds from",
                "what_to_know": "Clause, and what to know",
            },
            note=(
                "A screen whose figure was not given is unknown, not passed. The statute is Pub. "
                "L. 119-21, sec. 83002; the final rule 91 FR 29254, effective 2026-07-20."
            ),
            source="as quoted by JFF, Verif-y and Opportunity Data; [third party] where not read "
            "in the law itself",
        )

    @cached_property
    def rates(self) -> pd.DataFrame:
        """The rates that were given: screen, rate, minimum, low, high (90 %), verdict."""
        rows = self.screens.table.query("id in @RATES")
        given = rows["id"].map(lambda name: getattr(self.program, name)).astype("float64")
        return rows.assign(rate=given).dropna(subset=["rate"]).reset_index(drop=True)

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
                "place": place,
                "figure": wording.amount_with_unit(found),
                "interval": wording.interval(found),
                "year": found.year,
                "kind": found.kind,
                "source": found.source,
                "what_to_know": found.note,
            }
            for part, measure, place, found in self._evidence()
        ]
        return Part(
            table=pd.DataFrame(rows),
            columns={
                "part": "Part",
                "measure": "Measure",
                "place": "Where",
                "figure": "Figure",
                "interval": "90% interval",
                "year": "Year",
                "kind": "Kind",
                "source": "Source",
            },
            note=(
                "Of the occupation 29-2072, medical records specialists, and of programs of CIP "
                "51.07. What the program itself achieved is for its own records to show."
            ),
            source="as named in each row",
        )

    def _evidence(self) -> Iterator[tuple[str, str, str, Estimate]]:
        """Yield part, measure, place and figure of each row of the cover."""
        here, state = self.area.name, self.state.name
        yield "Need", "jobs", here, self._published("employment")
        if not self.area.is_nation:
            yield "Need", "location quotient (1 is the nation)", here, self._published(LOCAL_SHARE)
        yield "Need", "openings", here, openings_at(self.tables, self.area)
        yield "Wages", "lowest paid tenth, at most", here, self._published("p10_wage_usd")
        yield "Wages", "median wage", here, self._published("median_wage_usd")
        yield "Wages", "best paid tenth, at least", here, self._published("p90_wage_usd")
        awarded = awards_at(self.tables, self.state)
        yield "Supply", "awards in coding and records technology", state, awarded
        yield "Supply", "awards per opening", state, awards_per_opening(self.tables, self.state)
        outcomes = row_of(
            program_outcomes(self.tables["programmes"], state=self.state.code),
            "credential",
            CERTIFICATE,
        )
        scorecard = "College Scorecard, field of study, CIP 51.07"
        release = str(self.tables["programmes"]["vintage"].max())
        for column, label, unit, count in (
            ("median_earnings_usd", "median earnings of certificate completers", "USD a year",
             "institutions_with_earnings"),
            ("failing_pct", "institutions that fail the earnings test", "percent",
             "institutions_with_verdict"),
        ):  # fmt: skip
            known = pd.notna(outcomes[column])
            yield "Outcomes", label, state, Estimate(
                value=float(outcomes[column]) if known else None,
                unit=unit,
                year=f"{release} release",
                source=scorecard,
                kind="own tabulation",
                note=f"{int(outcomes[count])} institutions; mostly four years after completion."
                if known
                else "None is published: cohorts are small.",
            )  # fmt: skip
        yield "Outcomes", "tuition cap at those earnings", state, self.field_cap

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
        if name in ANSWERED:
            answer = getattr(self.program, ANSWERED[name])
            verdict = GIVEN.get(answer, "unknown")
            figure = answer if answer in GIVEN else "not given"
        elif name == "tuition":
            figure, verdict, note = self._value_added(note)
        elif (value := getattr(self.program, name)) is not None:
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
            "minimum": rule["minimum"],
            "low": low,
            "high": high,
            "requirement": rule["requirement"],
            "from_award_year": rule["from_award_year"],
            "what_to_know": joined(
                f"{rule['clause']}, {rule['authority']}",
                note,
                f"[{str(rule['source_title']).split(',')[0]}; {rule['verification']}]",
            ),
        }

    def _value_added(self, note: str | None) -> tuple[str, Verdict, str]:
        """Compare the tuition with the cap; unknown unless both are."""
        tuition, cap = self.program.tuition, self.tuition_cap.value
        figure = "not given" if tuition is None else wording.usd(tuition)
        if cap is None:
            field = self.field_cap
            why = (
                f"{self.tuition_cap.note} At the field's earnings the cap would be "
                f"{wording.usd(field.value)} ({field.note})"
                if field.value is not None
                else self.tuition_cap.note
            )
            unsaid = f"{figure}; cap unknown" if tuition is not None else figure
            return unsaid, "unknown", joined(note, why)
        words = (
            f"cap {wording.usd(cap)}"
            if cap >= 0
            else "no tuition is low enough: earnings stay below 150% of the poverty guideline"
        )
        if tuition is None:
            return figure, "unknown", joined(note, words)
        return f"{figure}, {words}", "pass" if tuition <= cap else "fail", joined(note, "")

    def _rate_limits(self, name: str, rate: float) -> tuple[float | None, float | None]:
        """Return Wilson's limits of a rate of the cohort; placement is of those who complete."""
        students, completion = self.program.students, self.program.completion
        if students is None or name not in RATES:
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
        verdicts: dict[str, tuple[str, Better]] = {
            "pass": ("Federal screens passed", "higher"),
            "fail": ("Federal screens failed", "lower"),
            "unknown": ("Federal screens unknown", "lower"),
        }
        for verdict, (label, better) in verdicts.items():
            count = Estimate(
                value=float(counts.get(verdict, 0)),
                unit=f"of {total}",
                year=FIRST_YEAR,
                source="Pub. L. 119-21; 91 FR 29254",
                kind="model",
            )
            yield f"screens_{verdict}", label, count, better
        if self.program.earnings is not None:
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
