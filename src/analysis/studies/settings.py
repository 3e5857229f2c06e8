"""Who employs an occupation, and what they pay: shares, wages, concentration, remote work."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

import pandas as pd

from analysis.estimate import NORMAL_90, Estimate
from analysis.models.premium.percent_premium import percent_premium
from analysis.models.wages import PERCENTILE_COLUMNS, median_se
from analysis.studies.areas import CODERS, NATION, find_area, find_occupation
from analysis.studies.employers import (
    HOSPITALS,
    PHYSICIANS,
    acs_share,
    cite_acs,
    employers,
    industry_share,
)
from analysis.studies.guide import GUIDE, INDUSTRIES, REMOTE, setting_shares
from analysis.studies.industries import Level, industries, with_columns
from analysis.studies.lookup import Tables, rows_where
from analysis.studies.official import ALL_INDUSTRIES, SOURCE, published
from analysis.studies.part import BLANK, Column, Part
from analysis.studies.places import States, states
from analysis.studies.study import Figure, Study

GUIDE_YEAR = "2026"  # of the career guide
EVERY = 1_000  # more than there are industries
TOPS = (1, 4, 10)
LEVEL_NAMES = {
    "sector": "sectors",
    "3-digit": "industries, 3 digits",
    "4-digit": "industries, 4 digits",
    "state": "states and territories",
}
GUIDE_ONLY = "The guide speaks of coders and billers; its shares fit no other occupation."


class Settings(Study):
    """The employers of an occupation; industries are the nation's whatever the area.

    Raises
    ------
    WrongInput
        Area or occupation unknown.

    Examples
    --------
    >>> from analysis import processed
    >>> found = Settings(processed.Tables())
    >>> round(found.hospital_share.value, 1), round(found.physician_share.value, 1)
    (28.5, 17.9)
    """

    def __init__(self, tables: Tables, *, area: str = NATION, occupation: str = CODERS) -> None:
        self.tables, self.occupation_code = tables, occupation
        self.area = find_area(tables["wages"], area)
        self.occupation_title = find_occupation(tables["wages"], occupation)

    @property
    def heading(self) -> str:
        """The occupation."""
        return f"Employers of {self.occupation_title}"

    @cached_property
    def hospital_share(self) -> Estimate:
        """Percent of all jobs, national."""
        return industry_share(self.tables["wages"], HOSPITALS, occupation=self.occupation_code)

    @cached_property
    def physician_share(self) -> Estimate:
        """Percent of all jobs, national."""
        return industry_share(self.tables["wages"], PHYSICIANS, occupation=self.occupation_code)

    @cached_property
    def hospital_wage(self) -> Estimate:
        """Median wage, national."""
        return self._published("median_wage_usd", industry_code=HOSPITALS)

    @cached_property
    def physician_wage(self) -> Estimate:
        """Median wage, national."""
        return self._published("median_wage_usd", industry_code=PHYSICIANS)

    @cached_property
    def location_quotient(self) -> Estimate:
        """Of the area; not published for the nation."""
        return self._published("location_quotient", area_code=self.area.code)

    @cached_property
    def guide(self) -> Part:
        """The guide's shares beside the official ones."""
        if self.occupation_code != CODERS:
            return Part(table=pd.DataFrame(), reason=GUIDE_ONLY)
        narrow = ", ".join(INDUSTRIES["settings-billing-companies-share"]["narrow"])
        told = (
            "Work from home is a place of work, not an employer, and is never added to the "
            f"others. Billing companies are no industry of their own: narrowly {narrow}, "
            "broadly with consultants and office services."
        )
        return Part(
            table=setting_shares(self.tables),
            note=f"{told} {self._whose}".strip(),
            source=f"{GUIDE}; {SOURCE}; {cite_acs(self.tables)}",
            columns={
                "setting": "Setting",
                "definition": "Definition",
                "industry_codes": "Industries (NAICS)",
                "guide_share_pct": "Guide",
                "guide_share_of_employers_pct": "Guide, employers only",
                "official_share_pct": "Official",
                "mean_wage_usd": "Mean wage, USD a year",
            },
        )

    @cached_property
    def employers(self) -> Part:
        """The guide's shares of hospitals and physician offices beside every measure of them."""
        if self.occupation_code != CODERS:
            return Part(reason=GUIDE_ONLY)
        return employers(self.tables, note=self._whose)

    @cached_property
    def wages(self) -> Part:
        """The largest industries and what they pay."""
        return setting_wages(self.tables, occupation=self.occupation_code, note=self._whose)

    @cached_property
    def spread(self) -> Part:
        """How pay spreads within the largest industries."""
        return setting_spread(self.tables, occupation=self.occupation_code, note=self._whose)

    @property
    def varies_more_within(self) -> bool:
        """True where pay differs more within the typical setting than between settings."""
        table = self.spread.table
        within = (table["p90_wage_usd"] - table["p10_wage_usd"]).median()
        return bool(within > table["median_wage_usd"].max() - table["median_wage_usd"].min())

    @cached_property
    def unpublished(self) -> Part:
        """The industries whose jobs are withheld."""
        return unpublished(self.tables, occupation=self.occupation_code)

    @cached_property
    def concentration(self) -> Part:
        """In industries and in states."""
        return concentration(self.tables, occupation=self.occupation_code)

    @property
    def top_four_share(self) -> Estimate:
        """Percent of all jobs in the four largest 4-digit industries."""
        table = self.concentration.table
        rows = table[table["level"].eq("4-digit")] if len(table) else table
        return Estimate(
            value=None if rows.empty else float(rows["top_4_pct"].iloc[0]),
            kind="own tabulation",
            unit="percent of jobs",
            year=self.hospital_share.year,
            source=SOURCE,
            note=self.concentration.reason,
        )

    @cached_property
    def states(self) -> States:
        """With location quotients."""
        return replace(states(self.tables, occupation=self.occupation_code), source=SOURCE)

    @cached_property
    def remote(self) -> Part:
        """Three definitions."""
        return remote_work(self.tables, occupation=self.occupation_code)

    @property
    def home_work_share(self) -> Estimate:
        """Percent of coders at work who worked from home in the week before."""
        return acs_share(self.tables, "home_work")

    @cached_property
    def home_work_gap(self) -> Estimate:
        """Percent by which full-time coders who work from home are paid above those who do not."""
        row = rows_where(self.tables["acs_gaps"], id="home_work").iloc[0]
        found = percent_premium(float(row["log_points"]), float(row["standard_error"]) ** 2)
        return replace(
            found,
            year=str(row["vintage"]),
            source=str(row["source_title"]),
            note=f"{row['log_points']:+.3f} log points (standard error "
            f"{row['standard_error']:.3f}) among {row['universe']}, adjusted for "
            f"{row['held_fixed']}: an association, not an effect. California and Texas missing.",
        )

    def _figures(self) -> Iterator[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""
        us = "" if self.area.is_nation else ", United States"
        yield "hospital_share_pct", f"Work in hospitals{us}", self.hospital_share, "neither"
        physicians = f"Work in physician offices{us}"
        yield "physician_share_pct", physicians, self.physician_share, "neither"
        wage = f"Median wage, hospitals{us}"
        yield "hospital_median_wage_usd", wage, self.hospital_wage, "higher"
        wage = f"Median wage, physician offices{us}"
        yield "physician_median_wage_usd", wage, self.physician_wage, "higher"
        four = f"Jobs in the four largest industries{us}"
        yield "top_four_share_pct", four, self.top_four_share, "neither"
        if self.occupation_code == CODERS:
            home = f"Work from home{us}"
            yield "home_work_share_pct", home, self.home_work_share, "neither"
            gap = f"Pay of home workers above others{us}"
            yield "home_work_gap_pct", gap, self.home_work_gap, "neither"
        if not self.area.is_nation:
            label = f"Location quotient, {self.area.name}"
            yield "location_quotient", label, self.location_quotient, "higher"

    @property
    def _whose(self) -> str:
        """Say outside the nation that industries are the nation's."""
        return "" if self.area.is_nation else nation_alone(self.area.name)

    def _published(self, measure: str, **cell: str) -> Estimate:
        return published(
            self.tables["wages"], measure, occupation_code=self.occupation_code, **cell
        )


study = Settings


def setting_wages(
    tables: Tables, *, occupation: str = CODERS, level: Level = "4-digit", top: int = 15,
    note: str = "",
) -> Part:  # fmt: skip
    """List the largest industries of an occupation with what they pay, by employment.

    Beside the columns shown the table has industry_code and is_collapsed; the 90 % limits are
    missing without a published error.

    Examples
    --------
    >>> from analysis import processed
    >>> paid = setting_wages(processed.Tables(), top=2).table
    >>> paid[["low_usd", "median_wage_usd"]].round(-1).values.tolist()
    [[59210.0, 59460.0], [45950.0, 47120.0]]
    """
    columns = {
        "industry_title": "Industry",
        "employment": "Jobs",
        "share_of_jobs_pct": "Of all jobs",
        "median_wage_usd": "Median wage, USD a year",
        "low_usd": "from",
        "high_usd": "to",
    }
    mix = industries(tables, occupation=occupation, level=level, top=top)
    if mix.is_missing:
        return Part(table=mix.table, reason=mix.reason)
    extra = ["mean_wage_rse_pct", "is_collapsed"]
    table = with_columns(mix.table, tables["wages"], occupation=occupation, columns=extra)
    median = table["median_wage_usd"]
    margin = NORMAL_90 * median_se(median, mean_rse_pct=table["mean_wage_rse_pct"])
    margin = margin.where(margin > 0)
    no_error = "A dash for the limits: a full count (federal agencies), or no published error."
    return Part(
        table=table.assign(low_usd=median - margin, high_usd=median + margin)[
            ["industry_code", *columns, "is_collapsed"]
        ],
        columns=columns,
        note=f"{no_error} {note}".strip(),
        source=SOURCE,
    )


def setting_spread(
    tables: Tables, *, occupation: str = CODERS, level: Level = "3-digit", top: int = 10,
    note: str = "",
) -> Part:  # fmt: skip
    """List the percentiles of pay in the largest industries; those without all five are left out.

    Examples
    --------
    >>> from analysis import processed
    >>> spread = setting_spread(processed.Tables(), top=2).table
    >>> spread[["p10_wage_usd", "p90_wage_usd"]].values.tolist()
    [[35900.0, 75060.0], [39530.0, 90120.0]]
    """
    mix = industries(tables, occupation=occupation, level=level, top=top)
    if mix.is_missing:
        return Part(table=mix.table, reason=mix.reason)
    percentiles = list(PERCENTILE_COLUMNS)
    named = mix.table[["industry_code", "industry_title", "employment"]]
    table = with_columns(named, tables["wages"], occupation=occupation, columns=percentiles)
    table = table.dropna(subset=percentiles).reset_index(drop=True)
    return Part(
        table=table,
        columns={
            "industry_title": "Industry",
            "employment": "Jobs",
            "p10_wage_usd": "10th percentile, USD a year",
            "p25_wage_usd": "25th",
            "median_wage_usd": "Median",
            "p75_wage_usd": "75th",
            "p90_wage_usd": "90th",
        },
        note=note,
        reason="" if len(table) else "No industry has all five percentiles published.",
        source=SOURCE,
    )


def unpublished(tables: Tables, *, occupation: str = CODERS, level: Level = "4-digit") -> Part:
    """List the industries whose jobs are withheld; they are unknown, not small."""
    title = find_occupation(tables["wages"], occupation).lower()
    mix = industries(tables, occupation=occupation, level=level, top=EVERY)
    none = "" if len(mix.unpublished) else f"Every industry of {title} is published."
    return Part(
        table=mix.unpublished,
        columns={
            "industry_title": "Industry",
            "industry_code": "NAICS",
            "median_wage_usd": "Median wage, USD a year",
        },
        note="Not published is not zero: BLS withholds a cell that rests on too few reports.",
        reason=mix.reason or none,
        source=SOURCE,
    )


def concentration(tables: Tables, *, occupation: str = CODERS) -> Part:
    """Measure how concentrated an occupation is in industries and in states, national.

    Shares are of all jobs. The index is the sum of squared shares (Herfindahl and Hirschman) of
    the groups that are published; those that are not would add at least nothing and at most the
    square of their sum (herfindahl_high). As many groups of one size as equal_groups says would be
    as concentrated.

    Examples
    --------
    >>> from analysis import processed
    >>> measured = concentration(processed.Tables()).table.set_index("level")
    >>> measured.loc["3-digit", ["top_1_pct", "top_4_pct"]].astype("float").round().tolist()
    [29.0, 75.0]
    """
    wages = tables["wages"]
    title = find_occupation(wages, occupation).lower()
    total = published(wages, "employment", occupation_code=occupation).value
    if total is None:
        return Part(
            table=pd.DataFrame(), reason=f"BLS does not publish how many {title} there are."
        )
    return Part(
        table=pd.DataFrame(
            [
                {"level": level, **_measures(_jobs(tables, occupation, level)["employment"], total)}
                for level in LEVEL_NAMES
            ]
        ),
        columns={
            "level": Column("Among", LEVEL_NAMES.__getitem__),
            "groups": "Published",
            "top_1_pct": "Largest one",
            "top_4_pct": "Largest four",
            "top_10_pct": "Largest ten",
            "herfindahl": Column("Herfindahl index", "{:.3f}"),
            "equal_groups": Column("As if equal", "{:.1f}"),
        },
        note=(
            "Shares are of all jobs of the occupation, also those in groups that are not "
            "published. An index of 1 is a single employer group. As if equal: as many groups of "
            "one size would be as concentrated."
        ),
        source=SOURCE,
    )


def herfindahl(shares: "pd.Series[float]") -> float:
    """Add up the squares of shares.

    Examples
    --------
    >>> herfindahl(pd.Series([0.5, 0.25, 0.25]))
    0.375
    """
    return float((shares**2).sum())


def remote_work(tables: Tables, *, occupation: str = CODERS) -> Part:
    """Compare the census, the members' survey and the guide, each with what it counts.

    Examples
    --------
    >>> from analysis import processed
    >>> remote_work(processed.Tables()).table["share_pct"].round(1).tolist()
    [47.7, 55.0, 22.0]
    """
    title = find_occupation(tables["wages"], occupation).lower()
    if occupation != CODERS:
        return Part(reason=f"No figure of work from home is available for {title}.")
    census = acs_share(tables, "home_work")
    asked = rows_where(tables["member_salaries"], statistic="share working remotely").iloc[0]
    guide = rows_where(tables["guide_settings"], claim_id=REMOTE).iloc[0]
    rows = [
        ("worked from home in the week before", census.value, census.low, census.high,
         "employed coders at work, 48 states and DC", census.year, "own tabulation"),
        ("works remotely, by own account", float(asked["value"]), None, None,
         "members who answered the AAPC survey", str(asked["survey_year"]), "member survey"),
        ("fully remote or home-based staff", float(guide["share_pct"]), None, None,
         "billers and coders", GUIDE_YEAR, "guide"),
    ]  # fmt: skip
    names = ["definition", "share_pct", "low_pct", "high_pct", "counted", "year", "kind"]
    return Part(
        table=pd.DataFrame(rows, columns=names).astype({"low_pct": float, "high_pct": float}),
        columns={
            "definition": "Remote means",
            "share_pct": "Share",
            ("low_pct", "high_pct"): Column("90% interval", _limits),
            "counted": "Of whom",
            "year": "When",
            "kind": "Kind of figure",
        },
        note=(
            "Three questions put to three groups. Only the census sample, which lacks California "
            "and Texas, has an error."
        ),
        source=f"{cite_acs(tables)}; AAPC; {GUIDE}",
    )


def _limits(low: float, high: float) -> str:
    return BLANK if pd.isna(low) else f"{low:.1f}% to {high:.1f}%"


def share_pct(remote: Part, kind: str) -> float | None:
    """Return the share of remote work of one kind; None where there is none."""
    rows = remote.table[remote.table["kind"].eq(kind)] if len(remote.table) else remote.table
    return None if rows.empty else float(rows["share_pct"].iloc[0])


def nation_alone(place_name: str) -> str:
    """Return the sentence that the industries shown are the nation's."""
    return (
        f"BLS publishes industries for the nation alone, not for {place_name}: these are the "
        "nation's."
    )


def _jobs(tables: Tables, occupation: str, level: str) -> pd.DataFrame:
    """Return employment and its relative error by industry of a level, or by state."""
    columns = ["employment", "employment_rse_pct"]
    if level == "state":
        wages = tables["wages"]
        rows = wages[
            wages["occupation_code"].eq(occupation)
            & wages["area_type"].eq("state")
            & wages["industry_code"].eq(ALL_INDUSTRIES)
        ]
        return rows[columns].dropna(subset=["employment"])
    mix = industries(tables, occupation=occupation, level=level, top=EVERY).table  # type: ignore[arg-type]
    return with_columns(mix, tables["wages"], occupation=occupation, columns=columns[1:])[columns]


def _measures(jobs: "pd.Series[float]", total: float) -> dict[str, float | int | None]:
    """Work out every measure of one level."""
    shares = (jobs / total).sort_values(ascending=False)
    index = herfindahl(shares)
    rest = max(0.0, 1 - float(shares.sum()))
    return {
        "groups": len(shares),
        "covered_pct": 100 * min(1.0, float(shares.sum())),
        **{f"top_{top}_pct": 100 * float(shares.head(top).sum()) for top in TOPS},
        "herfindahl": index,
        "herfindahl_high": index + rest**2,
        "equal_groups": 1 / index if index > 0 else None,
    }
