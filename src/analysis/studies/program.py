"""The programs of one school beside those of its state, its kind and the nation."""

from collections.abc import Iterator
from difflib import get_close_matches
from functools import cached_property

import pandas as pd

from analysis.errors import WrongInput
from analysis.estimate import Estimate, Kind
from analysis.models.roi.official_tests import earnings_premium
from analysis.studies.areas import NATION, Area, find_area
from analysis.studies.completions import awards_per_opening
from analysis.studies.lookup import Tables
from analysis.studies.part import Part
from analysis.studies.programs import FAILS, LEVELS, PASSES, program_outcomes
from analysis.studies.study import Figure, Study

SOURCE = "College Scorecard, field of study, CIP 51.07"
VERDICTS = {PASSES: "passes", FAILS: "fails"}
NO_VERDICT = "none given"
WITHHELD = "The Scorecard publishes none: too few completers."


def find_school(programs: pd.DataFrame, unitid: str) -> str:
    """Return the name of the school with a UNITID.

    Raises
    ------
    WrongInput
        No school with a program of CIP 51.07 has it; a name that resembles it is suggested.

    Examples
    --------
    >>> from analysis import processed
    >>> find_school(processed.read("programmes"), "150987")
    'Ivy Tech Community College'
    """
    names = programs.drop_duplicates("unitid").set_index("unitid")["school"]
    if unitid in names.index:
        return str(names[unitid])
    by_name = {str(name).lower(): str(code) for code, name in names.items()}
    near = [
        *get_close_matches(unitid, names.index.astype("str"), n=2),
        *(by_name[name] for name in get_close_matches(unitid.lower(), by_name, n=2)),
    ]
    hint = ", ".join(f"{code} ({names[code]})" for code in near)
    raise WrongInput(
        f"unitid must be the six digits of a school with a program of CIP 51.07; found {unitid!r}. "
        + (f"Did you mean {hint}?" if hint else "reports/programs.html lists them.")
    )


class SchoolPrograms(Study):
    """What the programs of a school lead to; what is withheld stays unknown.

    Raises
    ------
    WrongInput
        No school has the UNITID.

    Examples
    --------
    >>> from analysis import processed
    >>> SchoolPrograms(processed.Tables(), unitid="150987").heading
    'Ivy Tech Community College, IN'
    """

    headlines = ("median_earnings_usd", "earnings_premium_usd", "median_debt_usd")

    def __init__(self, tables: Tables, *, unitid: str) -> None:
        self.tables, self.unitid = tables, unitid
        self.school = find_school(tables["programmes"], unitid)
        self.rows = tables["programmes"].query("unitid == @unitid").sort_values("credential_level")
        self.control = str(self.rows["control"].iloc[0])
        self.release = str(self.rows["vintage"].iloc[0])
        state = self.rows["state"].iloc[0]
        self.state = None if pd.isna(state) else str(state)

    @property
    def heading(self) -> str:
        """The school and its state."""
        return ", ".join(filter(None, [self.school, self.state]))

    @cached_property
    def area(self) -> Area:
        """The state of the school; the nation where the Scorecard names none."""
        return find_area(self.tables["wages"], self.state or NATION)

    @cached_property
    def led_by(self) -> "pd.Series[float]":
        """The program the report leads with: the certificate, the associate, else the lowest."""
        named = self.rows[self.rows["credential"].isin(LEVELS)]
        return (named if len(named) else self.rows).iloc[0]

    @property
    def verdict(self) -> str:
        """Of the leading program: passes, fails or none given."""
        return VERDICTS.get(str(self.led_by["value_flag"]), NO_VERDICT)

    @cached_property
    def programs(self) -> Part:
        """Every program of the field at this school, lowest credential first."""
        shared = self.tables["programmes"].groupby(["opeid6", "credential"])["unitid"].size()
        keys = zip(self.rows["opeid6"], self.rows["credential"], strict=True)
        table = self.rows.assign(
            verdict=self.rows["value_flag"].map(VERDICTS).fillna(NO_VERDICT),
            campuses=[int(shared[key]) for key in keys],
        )
        return Part(
            table=table.reset_index(drop=True),
            columns={
                "credential": "Award",
                "completers": "Completers",
                "median_earnings_usd": "Median earnings, USD a year",
                "earnings_threshold_state_usd": "High school in the state, USD a year",
                "earnings_premium_state_usd": "Difference",
                "verdict": "Earnings test",
                "median_debt_usd": "Median debt, USD",
                "campuses": "Campuses with these figures",
            },
            note=(
                "Earnings of completers who received federal aid, four years after completion "
                "(one year where that is all there is). A dash is a figure that is withheld, not "
                "0. Earnings and debt belong to the institution and repeat on each campus. The "
                "field is wider than coding, and earnings of completers are not the effect of the "
                "program."
            ),
            source=f"{SOURCE}, release {self.release}",
        )

    @cached_property
    def beside(self) -> Part:
        """The school's certificate and associate beside state, control and nation."""
        groups = {
            self.area.name: {"state": self.area.code},
            f"{self.control}, United States": {"control": self.control},
            "United States": {},
        }
        everybody = {
            name: program_outcomes(self.tables["programmes"], **choice).set_index("credential")
            for name, choice in groups.items()
        }
        columns = [
            "median_earnings_usd", "median_debt_usd", "institutions_with_earnings",
            "institutions_with_verdict", "failing_pct",
        ]  # fmt: skip
        frames = [
            frame.loc[[level]].assign(group=name).reindex(columns=["group", *columns])
            for level in LEVELS
            if self.rows["credential"].eq(level).any()
            for name, frame in {self.school: self.rows.set_index("credential"), **everybody}.items()
        ]
        empty = pd.DataFrame(columns=["credential", "group", *columns])
        table = pd.concat(frames).reset_index() if frames else empty
        return Part(
            table=table,
            columns={
                "credential": "Award",
                "group": "Where",
                "median_earnings_usd": "Median earnings, USD a year",
                "median_debt_usd": "Median debt, USD",
                "institutions_with_earnings": "Institutions with earnings",
                "failing_pct": "Fail the earnings test",
                "institutions_with_verdict": "of",
            },
            note="Medians of the institutions' medians, each institution counted once.",
            reason="" if frames else f"{self.school} has no certificate or associate program here.",
            source=f"{SOURCE}, release {self.release}",
        )

    @cached_property
    def earnings(self) -> Estimate:
        """Median of completers of the leading program."""
        return self._figure("median_earnings_usd", "USD a year")

    @cached_property
    def premium(self) -> Estimate:
        """Earnings less the high-school earnings of the state."""
        threshold = self._figure("earnings_threshold_state_usd", "USD a year").value
        earnings = self.earnings.value
        known = earnings is not None and threshold is not None
        return Estimate(
            value=earnings_premium(earnings, threshold)
            if earnings is not None and threshold is not None
            else None,
            unit="USD a year",
            year=self.earnings.year,
            source=SOURCE,
            kind="own tabulation",
            note="" if known else WITHHELD,
        )

    def _figure(self, column: str, unit: str, kind: Kind = "official copy") -> Estimate:
        value = self.led_by[column]
        return Estimate(
            value=None if pd.isna(value) else float(value),
            unit=unit,
            year=f"{self.release} release",
            source=SOURCE,
            kind=kind,
            note=WITHHELD if pd.isna(value) else "",
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        yield "median_earnings_usd", "Median earnings of completers", self.earnings, "higher"
        yield "earnings_premium_usd", "Above high-school earnings", self.premium, "higher"
        debt = self._figure("median_debt_usd", "USD")
        yield "median_debt_usd", "Median debt", debt, "lower"
        yield "completers", "Completers", self._figure("completers", "completers"), "neither"
        label = f"Awards per opening, {self.area.name}"
        crowding = awards_per_opening(self.tables, self.area)
        yield "awards_per_opening", label, crowding, "lower"


study = SchoolPrograms
