"""Awards of the field, the openings they compete for, and what the two bound."""

import pandas as pd

from analysis.estimate import NORMAL_90, Estimate
from analysis.models.outlook import annual_openings
from analysis.studies.areas import CODERS, NATION, Area
from analysis.studies.lookup import Tables, row_of
from analysis.studies.official import ALL_INDUSTRIES, published
from analysis.studies.projections import projected, separation_rates

PERCENT, YEARS = 100.0, 10.0
RECORDS_TECHNOLOGY, CODING, BILLING = "51.0707", "51.0713", "51.0714"
CODER_PROGRAMS = (RECORDS_TECHNOLOGY, CODING)  # the crosswalk leads both to 29-2072
WITH_BILLING = (*CODER_PROGRAMS, BILLING)
SOURCE = "NCES, IPEDS completions"
OPENINGS_SOURCE = "BLS, Employment Projections and OEWS"
COUNTED = "Awards are not persons, and an online college counts in its home state."
BOUND = (
    "Openings over awards: if every new award holder looked for such a job, and every opening "
    "went to one of them, this share would find one. Openings also go to people with experience "
    "and to other fields of study; not every award holder looks for one."
)


def awards(tables: Tables, *, state: str = NATION) -> pd.DataFrame:
    """Count the awards of coding, records technology and billing by year.

    Returns
    -------
    DataFrame
        academic_year, records_technology, coding, billing, coder_awards (the first two),
        awards_with_billing; empty where the state's institutions report none.

    Examples
    --------
    >>> from analysis import processed
    >>> awards(processed.Tables())[["coder_awards", "awards_with_billing"]].iloc[-1].tolist()
    [21997, 33960]
    """
    rows = tables["completions"]
    rows = rows[rows["cip_code"].isin(WITH_BILLING)]
    if state != NATION:
        rows = rows[rows["state"].eq(state)]
    counts = rows.pivot_table(
        index="academic_year", columns="cip_code", values="awards", aggfunc="sum", fill_value=0
    ).reindex(columns=list(WITH_BILLING), fill_value=0)
    counts.columns = pd.Index(["records_technology", "coding", "billing"])
    coders = counts["records_technology"] + counts["coding"]
    return counts.assign(
        coder_awards=coders, awards_with_billing=coders + counts["billing"]
    ).reset_index()


def awards_and_openings(tables: Tables) -> pd.DataFrame:
    """Compare the awards of the latest year with openings a year, by state and for the nation.

    Openings of the nation are published. Those of a state are the national rates of growth, exit
    and transfer times its jobs; their 90 % limits carry the sampling error of the jobs alone.

    Returns
    -------
    DataFrame
        area_code, area_name, coder_awards, awards_with_billing (missing where none is reported),
        annual_openings, low_openings, high_openings (missing where BLS withholds the jobs),
        awards_per_opening and awards_with_billing_per_opening with their low_ and high_; the nation
        first, then the states by name.

    Examples
    --------
    >>> from analysis import processed
    >>> nation = awards_and_openings(processed.Tables()).iloc[0]
    >>> nation[["annual_openings", "awards_per_opening"]].astype("float").round(2).tolist()
    [14200.0, 1.55]
    """
    wages = tables["wages"]
    rows = wages[
        wages["occupation_code"].eq(CODERS)
        & wages["area_type"].isin(["nation", "state"])
        & wages["industry_code"].eq(ALL_INDUSTRIES)
    ]
    is_nation = rows["area_code"].eq(NATION)
    per_job = _openings_per_job(tables)
    nation = projected(tables["projections"], CODERS)
    openings = (rows["employment"] * per_job).mask(
        is_nation, None if nation is None else nation.annual_openings
    )
    margin = (NORMAL_90 * openings * rows["employment_rse_pct"] / PERCENT).mask(is_nation)
    latest = tables["completions"]
    latest = latest[latest["academic_year"].eq(latest["academic_year"].max())]
    table = pd.DataFrame(
        {
            "area_code": rows["area_code"],
            "area_name": rows["area_name"].mask(is_nation, "United States"),
            "coder_awards": _awards_of(latest, rows["area_code"], CODER_PROGRAMS),
            "awards_with_billing": _awards_of(latest, rows["area_code"], WITH_BILLING),
            "annual_openings": openings,
            "low_openings": openings - margin,
            "high_openings": openings + margin,
        }
    )
    openings_by_end = {
        "": table["annual_openings"], "low_": table["high_openings"], "high_": table["low_openings"]
    }  # fmt: skip
    ratios = {
        f"{end}{name}": table[total] / openings
        for name, total in {
            "awards_per_opening": "coder_awards",
            "awards_with_billing_per_opening": "awards_with_billing",
        }.items()
        for end, openings in openings_by_end.items()
    }
    return (
        table.assign(is_state=~is_nation, **ratios)
        .sort_values(["is_state", "area_name"], ignore_index=True)
        .drop(columns="is_state")
    )


def awards_at(tables: Tables, area: Area, *, with_billing: bool = False) -> Estimate:
    """Return the awards of a state, or of the nation, in the latest year."""
    column = "awards_with_billing" if with_billing else "coder_awards"
    row = row_of(awards_and_openings(tables), "area_code", area.code)
    known = pd.notna(row[column])
    return Estimate(
        value=float(row[column]) if known else None,
        unit="awards",
        year=str(tables["completions"]["academic_year"].max()),
        source=SOURCE,
        kind="own tabulation",
        note=f"First majors. {COUNTED}" if known else none_reported(area),
    )


def awards_per_opening(tables: Tables, area: Area, *, with_billing: bool = False) -> Estimate:
    """Return the awards of the latest year for one opening a year, in a state or the nation.

    The 90 % limits of a state carry the sampling error of its jobs alone.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> tables = processed.Tables()
    >>> nation = find_area(tables["wages"], "US")
    >>> round(awards_per_opening(tables, nation, with_billing=True).value, 2)
    2.39
    """
    name = "awards_with_billing_per_opening" if with_billing else "awards_per_opening"
    row = row_of(awards_and_openings(tables), "area_code", area.code)
    value, low, high = (
        float(row[each]) if pd.notna(row[each]) else None
        for each in (name, f"low_{name}", f"high_{name}")
    )
    missing = openings_at(tables, area).note if pd.isna(row["annual_openings"]) else ""
    return Estimate(
        value=value,
        low=low,
        high=high,
        unit="awards per opening",
        year=str(tables["completions"]["academic_year"].max()),
        source=f"{SOURCE}; {OPENINGS_SOURCE}",
        kind="model",
        note=COUNTED if value is not None else missing or none_reported(area),
    )


def none_reported(area: Area) -> str:
    """State that nobody there reports an award."""
    return f"No institution of {area.name} reports an award in these programs."


def openings_at(tables: Tables, area: Area) -> Estimate:
    """Return openings a year: published for the nation, at national rates for any other area.

    The 90 % limits of an area carry the sampling error of its jobs alone.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.areas import find_area
    >>> tables = processed.Tables()
    >>> openings_at(tables, find_area(tables["wages"], "US")).value
    14200.0
    """
    latest = projected(tables["projections"], CODERS)
    unit, year = "openings a year", "" if latest is None else latest.period
    if area.is_nation:
        openings = None if latest is None else latest.annual_openings
        return Estimate(
            value=openings, unit=unit, year=year, source=OPENINGS_SOURCE, kind="official"
        )
    jobs = published(tables["wages"], "employment", occupation_code=CODERS, area_code=area.code)
    if jobs.value is None:
        withheld = f"BLS withholds the number of jobs in {area.name}."
        return Estimate(
            value=None, unit=unit, year=year, source=OPENINGS_SOURCE, kind="model", note=withheld
        )
    per_job = _openings_per_job(tables)
    return Estimate.with_se(
        per_job * jobs.value,
        se=None if jobs.se is None else per_job * jobs.se,
        unit=unit,
        year=year,
        source=OPENINGS_SOURCE,
        kind="model",
        note=f"National rates applied to the jobs of {area.name}.",
    )


def placement_bound(tables: Tables, *, state: str = NATION, with_billing: bool = False) -> Estimate:
    """Return openings over awards, percent, at most 100: what placement can be if all apply.

    Parameters
    ----------
    tables : mapping of DataFrame
        Needs completions, projections, separations and wages.
    state : str
        Postal code, or "US". A state in which either number is missing has the value None.
    with_billing : bool
        Count awards in medical billing (51.0714) as competing for the same openings.

    Examples
    --------
    14,200 openings over 21,997 awards; with billing over 33,960.

    >>> from analysis import processed
    >>> tables = processed.Tables()
    >>> round(placement_bound(tables).value, 1)
    64.6
    >>> round(placement_bound(tables, with_billing=True).value, 1)
    41.8
    """
    rows = awards_and_openings(tables)
    rows = rows[rows["area_code"].eq(state)]
    unit, source = "percent", f"{SOURCE}; {OPENINGS_SOURCE}"
    total = "awards_with_billing" if with_billing else "coder_awards"
    if rows.empty or rows[[total, "annual_openings"]].isna().any(axis=None):
        note = f"No awards are reported or no jobs are published for {state}."
        return Estimate(value=None, unit=unit, source=source, kind="model", note=note)
    row = rows.iloc[0]
    value, low, high = (
        min(PERCENT, PERCENT * float(row[name]) / float(row[total]))
        for name in ("annual_openings", "low_openings", "high_openings")
    )
    has_limits = bool(pd.notna(row["low_openings"]))
    return Estimate(
        value=value,
        low=low if has_limits else None,
        high=high if has_limits else None,
        unit=unit,
        year=str(tables["completions"]["academic_year"].max()),
        source=source,
        kind="model",
        note=f"{BOUND} {COUNTED}",
    )


def _awards_of(
    completions: pd.DataFrame, areas: "pd.Series[str]", programs: tuple[str, ...]
) -> "pd.Series[float]":
    """Sum awards by area; missing where no institution reports one."""
    rows = completions[completions["cip_code"].isin(programs)]
    by_state = rows.groupby("state")["awards"].sum()
    by_state[NATION] = rows["awards"].sum()
    return areas.map(by_state).astype("float64")


def _openings_per_job(tables: Tables) -> float:
    """Return openings a year for one job, at the national rates of the latest projection."""
    rates = separation_rates(tables["separations"], CODERS)
    latest = projected(tables["projections"], CODERS)
    if rates is None or latest is None or latest.ten_year_growth_pct is None:
        return float("nan")
    return annual_openings(
        base=1.0,
        projected=1 + latest.ten_year_growth_pct / PERCENT,
        years=YEARS,
        exit_rate=rates.exit_rate,
        transfer_rate=rates.transfer_rate,
    )
