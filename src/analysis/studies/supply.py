"""How many train for how many openings: awards, openings, postings and what came of training."""

from collections.abc import Hashable, Iterator
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate
from analysis.studies.areas import CODERS, NATION, find_area
from analysis.studies.completions import (
    BILLING,
    CODER_PROGRAMS,
    COUNTED,
    OPENINGS_SOURCE,
    PERCENT,
    SOURCE,
    WITH_BILLING,
    awards,
    awards_and_openings,
    awards_at,
    awards_per_opening,
    none_reported,
    openings_at,
    placement_bound,
)
from analysis.studies.lookup import Tables
from analysis.studies.part import Column, Part
from analysis.studies.study import Figure, Study

QUARTERS_OF_YEAR = 4
OPENINGS_UNIT, RATIO_UNIT = "openings a year", "awards per opening"
POSTINGS_SOURCE = "Indeed Hiring Lab (CC BY 4.0)"
NEW_JERSEY = "State of New Jersey, wage records as published on 2020-06-29"
LEVELS = (  # as IPEDS names them, shortest first
    "certificate under 12 weeks",
    "certificate 12 weeks to under 1 year",
    "certificate 1 to under 2 years",
    "certificate 2 to under 4 years",
    "associate's degree",
    "bachelor's degree",
    "postbaccalaureate certificate",
    "master's degree",
    "post-master certificate",
)


class Supply(Study):
    """Awards in coding and records technology against openings, in a state or the nation.

    Awards are counted by state: a metropolitan area is given those of its state.

    Raises
    ------
    WrongInput
        Area unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> found = Supply(processed.Tables())
    >>> found.coder_awards.value, round(found.awards_per_opening.value, 2)
    (21997.0, 1.55)
    """

    headlines = ("coder_awards", "annual_openings", "awards_per_opening")

    def __init__(self, tables: Tables, *, area: str = NATION) -> None:
        self.tables = tables
        self.area = find_area(tables["wages"], area)
        self.state = find_area(tables["wages"], self.area.state)
        self.year = str(tables["completions"]["academic_year"].max())

    @property
    def heading(self) -> str:
        """The field and the place."""
        return f"Training for coding, {self.state.name}"

    @cached_property
    def compared(self) -> pd.DataFrame:
        """The nation and every state: see `awards_and_openings`."""
        return awards_and_openings(self.tables)

    @cached_property
    def coder_awards(self) -> Estimate:
        """Awards in programs that lead to the occupation, latest year."""
        return awards_at(self.tables, self.state)

    @cached_property
    def awards_with_billing(self) -> Estimate:
        """The same with medical billing, which the crosswalk leads to other occupations."""
        return awards_at(self.tables, self.state, with_billing=True)

    @cached_property
    def openings(self) -> Estimate:
        """Openings a year: published for the nation, at national rates for a state."""
        return openings_at(self.tables, self.state)

    @cached_property
    def awards_per_opening(self) -> Estimate:
        """Awards of the latest year for one opening a year."""
        return awards_per_opening(self.tables, self.state)

    @cached_property
    def awards_with_billing_per_opening(self) -> Estimate:
        """The same with awards in medical billing."""
        return awards_per_opening(self.tables, self.state, with_billing=True)

    @cached_property
    def placement_bound(self) -> Estimate:
        """Openings over awards, percent."""
        return placement_bound(self.tables, state=self.state.code)

    @cached_property
    def change_pct(self) -> Estimate:
        """Change of awards with billing since the first year."""
        table = self.awards.table
        first = float(table["awards_with_billing"].iloc[0]) if len(table) else 0.0
        known = first > 0 and str(table["academic_year"].iloc[-1]) == self.year
        return Estimate(
            kind="own tabulation",
            value=PERCENT * (float(table["awards_with_billing"].iloc[-1]) / first - 1)
            if known
            else None,
            unit="percent",
            year=f"{table['academic_year'].iloc[0]} to {self.year}" if known else self.year,
            source=SOURCE,
            note="" if known else "The first or the latest year has no award to compare.",
        )

    @cached_property
    def awards(self) -> Part:
        """Awards by year and program."""
        table = awards(self.tables, state=self.state.code)
        return Part(
            table=table,
            columns={
                "academic_year": "Year",
                "coding": "Coding (51.0713)",
                "records_technology": "Records technology (51.0707)",
                "coder_awards": "Both",
                "billing": "Billing (51.0714)",
                "awards_with_billing": "All three",
            },
            note=f"First majors. {COUNTED}",
            reason="" if len(table) else none_reported(self.state),
            source=SOURCE,
        )

    @cached_property
    def levels(self) -> Part:
        """Awards of the latest year by level, shortest first."""
        rows = self.tables["completions"]
        rows = rows[rows["academic_year"].eq(self.year) & rows["cip_code"].isin(WITH_BILLING)]
        if not self.state.is_nation:
            rows = rows[rows["state"].eq(self.state.code)]
        kinds = rows["cip_code"].eq(BILLING).map({True: "billing", False: "coder_awards"})
        counts = rows.assign(kind=kinds).pivot_table(
            index="award_level", columns="kind", values="awards", aggfunc="sum", fill_value=0
        )
        counts = counts.reindex(columns=["coder_awards", "billing"], fill_value=0)
        table = counts.reindex([level for level in LEVELS if level in counts.index]).reset_index()
        total = table["coder_awards"].sum()
        return Part(
            table=table.assign(
                share_pct=PERCENT * table["coder_awards"] / total if total else float("nan")
            ),
            columns={
                "award_level": "Award",
                "coder_awards": "Coding and records technology",
                "share_pct": "Share",
                "billing": "Billing",
            },
            note=f"{self.year}. {COUNTED}",
            reason="" if len(table) else none_reported(self.state),
            source=SOURCE,
        )

    @cached_property
    def states(self) -> Part:
        """The nation and the states, most awards per opening first."""
        rows = self.compared.sort_values("awards_per_opening", ascending=False, ignore_index=True)
        openings, ratios = (
            [self._of_row(row, name, unit) for row in rows.to_dict("records")]
            for name, unit in (("openings", OPENINGS_UNIT), ("awards_per_opening", RATIO_UNIT))
        )
        return Part(
            table=rows.assign(
                openings_words=[wording.amount(each) for each in openings],
                ratio_words=[wording.amount(each) for each in ratios],
                interval_words=[wording.interval(each) for each in ratios],
            ),
            columns={
                "area_name": "State",
                "coder_awards": "Awards, coding and records technology",
                "openings_words": "Openings a year",
                "ratio_words": "Awards per opening",
                "interval_words": "90% interval",
                "awards_with_billing_per_opening": Column("with billing", "{:.2f}"),
            },
            note=(
                f"Awards of {self.year}. {COUNTED} Openings of a state are national rates times "
                "its jobs; the interval carries the sampling error of the jobs alone. A dash: "
                "no award reported, or jobs withheld by BLS."
            ),
            source=f"{SOURCE}; {OPENINGS_SOURCE}",
        )

    @cached_property
    def states_short_of_openings(self) -> tuple[int, int]:
        """States with more awards than openings beyond the interval, of those with both."""
        known = self.compared.dropna(subset=["low_awards_per_opening"])
        return int(known["low_awards_per_opening"].gt(1).sum()), len(known)

    @cached_property
    def postings(self) -> Part:
        """Job postings on Indeed, month by month, national."""
        return Part(
            table=self.tables["postings"],
            columns={
                "month": "Month",
                "medical_information_index": Column("Medical Information", "{:.1f}"),
                "all_postings_index": Column("All sectors", "{:.1f}"),
            },
            note=(
                "United States; 1 February 2020 = 100. An index of postings on one site, not a "
                "count of jobs. Medical Information is wider than coders and ends in "
                f"{self.postings_last['month']}; the two series were seasonally adjusted by "
                "different methods."
            ),
            source=POSTINGS_SOURCE,
        )

    @cached_property
    def postings_peak(self) -> "pd.Series[float]":
        """The month in which postings of the sector were highest."""
        return self.tables["postings"].nlargest(1, "medical_information_index").iloc[0]

    @cached_property
    def postings_last(self) -> "pd.Series[float]":
        """The last month in which the sector was published."""
        return self.tables["postings"].dropna(subset=["medical_information_index"]).iloc[-1]

    @cached_property
    def wage_records(self) -> Part:
        """What New Jersey's wage records say after 2, 4 and 8 quarters."""
        titles = self.tables["program_occupations"].drop_duplicates("cip_code")
        table = (
            self.tables["training_outcomes"]
            .merge(titles[["cip_code", "cip_title"]], on="cip_code", how="left", validate="m:1")
            .sort_values(["cip_code", "quarters_after"], ignore_index=True)
        )
        return Part(
            table=table.assign(
                four_quarters_usd=QUARTERS_OF_YEAR * table["mean_quarterly_wage_usd"]
            ),
            columns={
                "cip_title": "Program",
                "quarters_after": "Quarters after",
                "completers": "Completers",
                "employed_in_state_pct": "With any job in the state",
                "mean_quarterly_wage_usd": "Mean wage, USD a quarter",
                "four_quarters_usd": "Four such quarters, USD",
            },
            note=(
                "New Jersey. Any job, not only coding; work in another state, for the federal "
                "government or on one's own account is not in the records. Wages are of those with "
                "a record, also part of a quarter. The years of the cohorts are not stated."
            ),
            source=NEW_JERSEY,
        )

    @cached_property
    def crosswalk(self) -> Part:
        """Which occupations the programs prepare for, by the official crosswalk."""
        rows = self.tables["program_occupations"]
        rows = rows[rows["cip_code"].isin(WITH_BILLING)].reset_index(drop=True)
        return Part(
            table=rows,
            columns={
                "cip_code": "CIP",
                "cip_title": "Program",
                "occupation_code": "SOC",
                "occupation_title": "Occupation",
            },
            note=(
                f"Only {' and '.join(CODER_PROGRAMS)} lead to {CODERS} by this table; billing is "
                "counted beside them because its graduates apply for the same jobs."
            ),
            source="NCES and BLS, CIP 2020 to SOC 2018 crosswalk",
        )

    @staticmethod
    def _of_row(row: dict[Hashable, Any], name: str, unit: str) -> Estimate:
        """Return a figure of the comparison, so that it is rounded as on its card."""
        place = "annual_openings" if name == "openings" else name
        value, low, high = (
            None if pd.isna(row[each]) else float(row[each])
            for each in (place, f"low_{name}", f"high_{name}")
        )
        return Estimate(value=value, low=low, high=high, unit=unit, kind="model")

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        label = "Awards in coding and records technology"
        yield "coder_awards", label, self.coder_awards, "neither"
        yield "annual_openings", "Openings a year", self.openings, "higher"
        yield "awards_per_opening", "Awards per opening", self.awards_per_opening, "lower"
        label = "Awards per opening, with billing"
        name = "awards_with_billing_per_opening"
        yield name, label, self.awards_with_billing_per_opening, "lower"
        label = "Change of awards, with billing"
        yield "awards_change_pct", label, self.change_pct, "neither"
        label = "Highest share that openings can place"
        yield "placement_bound_pct", label, self.placement_bound, "higher"


study = Supply
