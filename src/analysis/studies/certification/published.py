"""What has been published about credentials: pay side by side with its bias, exams, pass rates."""

from collections.abc import Hashable, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from analysis import wording
from analysis.estimate import Estimate, kind_of
from analysis.models.prices import in_may_dollars
from analysis.models.ranges import rate_limits
from analysis.studies.areas import CODERS, Area
from analysis.studies.credentials import certified_gaps
from analysis.studies.guide import GUIDE
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.part import BLANK, Column, Part

SELF_SELECTED = (
    "Members chose to answer, and each survey had others: their experience, settings and places "
    "differ from survey to survey and between the groups. Nothing is adjusted."
)
RENAMED = {"CPC-H": "CPC-H (now COC)"}
ORIGIN = "Source [verified]"


def member_gaps(member_salaries: pd.DataFrame) -> Part:
    """Compute the gap of each survey that published both means, and how it swings.

    The table has year, certified_usd, not_certified_usd, gap_usd, gap_pct and origin (source and
    mark).

    Examples
    --------
    >>> from analysis import processed
    >>> member_gaps(processed.read("member_salaries")).table["gap_pct"].round(1).tolist()
    [16.9, 33.1, 27.3, 20.2]
    """
    both = certified_gaps(member_salaries)
    if both.empty:
        reason = "No survey in hand published pay of the certified and of the others."
        return Part(reason=reason)
    return Part(
        table=pd.DataFrame(
            {
                "year": both["survey_year"],
                "certified_usd": both["certified_usd"],
                "not_certified_usd": both["not_certified_usd"],
                "gap_usd": both["certified_usd"] - both["not_certified_usd"],
                "gap_pct": both["gap_pct"],
                "origin": _origin(both),
            }
        ),
        columns={
            "year": "Survey of",
            "certified_usd": "Certified, mean",
            "not_certified_usd": "Not certified, mean",
            "gap_pct": "Unadjusted gap",
            "origin": ORIGIN,
        },
        source="AAPC member surveys, through the pages named in each row",
        note=f"Means, in dollars of their year. {SELF_SELECTED}",
    )


def latest_gap(gaps: Part) -> Estimate:
    """Return the latest gap in percent; no interval, as no survey publishes an error."""
    if gaps.is_missing:
        return Estimate(value=None, unit="percent", kind="member survey", note=gaps.reason)
    every, years = gaps.table["gap_pct"], gaps.table["year"]
    return Estimate(
        value=float(every.iloc[-1]),
        unit="percent",
        year=str(int(years.iloc[-1])),
        source="AAPC member surveys",
        kind="member survey",
        note=(
            f"Unadjusted, and from {every.min():.0f}% to {every.max():.0f}% over the surveys "
            f"since {int(years.min())}: not what a credential adds."
        ),
    )


def published_pay(tables: Tables, area: Area, *, credential: str = "all") -> Part:
    """List the guide's, the members' and the official figures, means and medians named.

    The table has group, is_credential (whether one credential defines the group), measure ("mean"
    or "median"), kind ("guide", "member survey", "official"), year, when (the year in words),
    wage_usd, may_usd (at the prices of the latest May; missing where the year is unknown) and
    origin (source and mark).

    Parameters
    ----------
    tables : mapping of DataFrame
        Processed tables guide_salary_by_credential, member_salaries, wages, consumer_prices.
    area : Area
        Whose official wages stand beside; the other figures are national.
    credential : str
        "all", or one: then only its rows and those of whole groups are listed.
    """
    rows = pd.concat(
        [_guide(tables), _members(tables["member_salaries"]), _official(tables, area)],
        ignore_index=True,
    )
    if credential != "all":
        others = rows["is_credential"] & rows["group"].ne(credential)
        rows = rows[~others].reset_index(drop=True)
    prices, to_year = tables["consumer_prices"].dropna(subset=["cpi_may"]), price_year(tables)
    year = rows["year"].fillna(to_year).astype("int64")
    may = in_may_dollars(rows["wage_usd"], years=year, to_year=to_year, consumer_prices=prices)
    rows = rows.assign(
        group=rows["group"].replace(RENAMED),
        may_usd=may.where(rows["year"].notna()),
        when=rows["year"].map("{:.0f}".format, na_action="ignore").fillna("undated"),
    )
    return Part(
        table=rows.sort_values(
            ["is_credential", "kind", "group"],
            ascending=[False, True, True],
            kind="stable",
            ignore_index=True,
        ),
        columns={
            "group": "Who",
            "measure": "Measure",
            "kind": "Kind",
            "when": "Of",
            "wage_usd": "As published",
            "may_usd": Column(f"At prices of May {to_year}", wording.tens_usd),
            "origin": ORIGIN,
        },
        source=f"{GUIDE}; AAPC member surveys; BLS, OEWS",
        note=(
            "Where a few are paid far more, the mean lies above the median: compare means with "
            f"means. The guide names no year. {SELF_SELECTED}"
        ),
    )


def pay_finding(pay: Part, area: Area) -> str:
    """Say how the guide's means compare with the official mean of all coders of the area."""
    table = pay.table
    guide = table[table["kind"].eq("guide")]
    official = table[table["kind"].eq("official") & table["measure"].eq("mean")]
    mean = official["wage_usd"]
    where = "" if area.is_nation else f" in {wording.place(area.name)}"
    if guide.empty or mean.empty:
        return "Published figures of pay by credential"
    above = int((guide["wage_usd"] > float(mean.iloc[0])).sum())
    if len(guide) == 1:
        side = "above" if above else "below"
        return f"The guide's mean lies {side} the official mean of all coders{where}"
    count = len(guide)
    return f"{above} of the guide's {count} means lie above the official mean of all coders{where}"


def pass_finding(passes: Part) -> str:
    """Say how the pass rates of the exam with the longest series moved."""
    table = passes.table
    longest = table["credential"].mode().iloc[0]
    rows = table[table["credential"].eq(longest)]
    if len(rows) < 2:
        row = rows.iloc[-1]
        return f"{row['pass_rate_pct']:.0f}% of first-time takers passed {row['credential']}"
    records = rows.to_dict("records")
    best, last = max(records, key=lambda row: row["pass_rate_pct"]), records[-1]
    after = [row["pass_rate_pct"] for row in records if row["year"] >= best["year"]]
    has_fallen = all(late <= early for early, late in pairwise(after))
    verb = "fell" if has_fallen and last["year"] > best["year"] else "went"
    return (
        f"{best['credential']} pass rates {verb} from {best['pass_rate_pct']:.0f}% in "
        f"{best['year']} to {last['pass_rate_pct']:.0f}% in {last['year']}"
    )


def price_year(tables: Tables) -> int:
    """Return the latest year whose May has both wages and a price index."""
    prices = tables["consumer_prices"].dropna(subset=["cpi_may"])
    return min(int(tables["wages"]["year"].max()), int(prices["year"].max()))


def pass_rates(rates: pd.DataFrame, credential: str = "all") -> Part:
    """Give each pass rate its 90 % Wilson interval, where the number of takers is published.

    The table has credential, year, pass_rate_pct, low_pct and high_pct (missing without the number
    of takers), first_time_testers and origin (source and mark).

    Parameters
    ----------
    rates : DataFrame
        The processed table `pass_rates`.
    credential : str
        "all", or one exam.

    References
    ----------
    Wilson (1927); Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion.

    Examples
    --------
    >>> from analysis import processed
    >>> found = latest_pass_rate(pass_rates(processed.read("pass_rates")), "CCS")
    >>> found.value, round(found.low, 1), round(found.high, 1)
    (84.0, 83.2, 84.7)
    """
    rows = rates if credential == "all" else rates[rates["credential"].eq(credential)]
    if rows.empty:
        return Part(reason=f"No pass rate is published for {credential}; the bodies publish few.")
    limits = [
        rate_limits(rate, takers)
        for rate, takers in zip(rows["pass_rate_pct"], rows["first_time_testers"], strict=True)
    ]
    low, high = zip(*limits, strict=True)
    return Part(
        table=rows.assign(low_pct=low, high_pct=high, origin=_origin(rows)).sort_values(
            ["credential", "year"], ignore_index=True
        ),
        columns={
            "credential": "Exam",
            "year": "Year",
            "pass_rate_pct": Column("Passed first time", "{:.0f}%"),
            ("pass_rate_pct", "low_pct", "high_pct"): Column(
                "90% interval",
                lambda rate, low, high: wording.limits(rate, low, high, "percent"),
            ),
            "first_time_testers": "First-time takers",
            "origin": ORIGIN,
        },
        source="AHIMA, through the pages named in each row",
        note=(
            "Intervals are Wilson's, of chance among like takers; without the number of takers "
            f"there is none ({BLANK}). Who sits an exam changes from year to year. AAPC publishes "
            "no pass rate for CPC."
        ),
    )


def latest_pass_rate(passes: Part, credential: str) -> Estimate:
    """Return the latest pass rate of an exam; "all" is the one with the most takers."""
    rows = passes.table
    if credential == "all":
        newest = rows[rows["year"].eq(rows["year"].max())]
        counted = newest.dropna(subset=["first_time_testers"])
        rows = counted.nlargest(1, "first_time_testers") if len(counted) else newest.head(1)
    elif not passes.is_missing:
        rows = rows[rows["credential"].eq(credential)].nlargest(1, "year")
    if rows.empty:
        return Estimate(
            kind="official",
            value=None,
            unit="percent",
            source="AAPC and AHIMA",
            note=f"No pass rate is published for {credential}.",
        )
    row = rows.iloc[0]
    low, high = (None if pd.isna(row[end]) else float(row[end]) for end in ("low_pct", "high_pct"))
    return Estimate(
        value=float(row["pass_rate_pct"]),
        low=low,
        high=high,
        unit="percent",
        year=str(row["year"]),
        source=str(row["source_title"]),
        kind=kind_of(str(row["verification"])),
        note=f"{row['credential']}, first-time takers.",
    )


def exams(credentials: pd.DataFrame, credential: str = "all") -> Part:
    """List the exams as published, in words: form, passing, fees, upkeep, holders, origin.

    Examples
    --------
    >>> from analysis import processed
    >>> exams(processed.read("credentials"), "CPC").table["fees"].tolist()
    ['$425']
    """
    rows = credentials
    if credential != "all":
        rows = rows[rows["credential"].eq(credential)]
    if rows.empty:
        return Part(reason=f"No published page about the {credential} exam is in hand.")
    each = rows.to_dict("records")
    holders = rows["active_holders"].map("{:,.0f}".format, na_action="ignore")
    return Part(
        table=pd.DataFrame(
            {
                "credential": rows["credential"],
                "form": [_form(row) for row in each],
                "passing": rows["passing"].fillna(BLANK),
                "fees": [_fees(row) for row in each],
                "upkeep": [_upkeep(row) for row in each],
                "holders": holders.astype("str").fillna(BLANK),
                "origin": rows["source_title"]
                + (", " + rows["vintage"].fillna("undated"))
                + (" [" + rows["verification"] + "]"),
            }
        ).reset_index(drop=True),
        columns={
            "credential": "Exam",
            "form": "Form",
            "passing": "Passes with",
            "fees": "Fee",
            "upkeep": "Upkeep",
            "holders": "Holders",
            "origin": ORIGIN,
        },
        source="as named in each row",
        note="Fees: member / other where both are published. CEU: continuing education units.",
    )


def _origin(rows: pd.DataFrame) -> "pd.Series[str]":
    return rows["source_title"] + " [" + rows["verification"] + "]"


def _guide(tables: Tables) -> pd.DataFrame:
    pay = tables["guide_salary_by_credential"]
    return pd.DataFrame(
        {
            "group": pay["credential"],
            "measure": "mean",
            "kind": "guide",
            "year": float("nan"),
            "wage_usd": pay["salary_mean_usd"],
            "origin": f"{GUIDE} [guide]",
            "is_credential": True,
        }
    )


def _members(member_salaries: pd.DataFrame) -> pd.DataFrame:
    """List the latest figure of each group of members that a credential defines."""
    pay = member_salaries[member_salaries["unit"].eq("USD a year")]
    is_one = pay["group"].str.fullmatch(r"[A-Z]{2,5}(-[A-Z])?")
    is_group = pay["group"].str.contains("certified|credential")
    latest = (
        pay[is_one | is_group]
        .sort_values("survey_year", kind="stable")
        .drop_duplicates("group", keep="last")
    )
    return pd.DataFrame(
        {
            "group": latest["group"].where(is_one, "members: " + latest["group"]),
            "measure": latest["measure"],
            "kind": "member survey",
            "year": latest["survey_year"].astype("float64"),
            "wage_usd": latest["value"],
            "origin": _origin(latest),
            "is_credential": is_one.loc[latest.index],
        }
    )


def _official(tables: Tables, area: Area) -> pd.DataFrame:
    """List the official mean and median of the area; what is not released is left out."""
    place = "United States" if area.is_nation else area.name
    found = {
        measure: published(
            tables["wages"], f"{measure}_wage_usd", occupation_code=CODERS, area_code=area.code
        )
        for measure in ("mean", "median")
    }
    return pd.DataFrame(
        [
            {
                "group": f"all coders, {place}",
                "measure": measure,
                "kind": "official",
                "year": float(str(each.year).removeprefix("May ")),
                "wage_usd": each.value,
                "origin": f"{each.source} [read in source]",
                "is_credential": False,
            }
            for measure, each in found.items()
            if each.value is not None
        ],
        columns=["group", "measure", "kind", "year", "wage_usd", "origin", "is_credential"],
    ).astype({"year": "float64", "wage_usd": "float64", "is_credential": "bool"})


def _form(row: Mapping[Hashable, Any]) -> str:
    questions, scored, minutes = (row[k] for k in ("questions", "questions_scored", "exam_minutes"))
    if pd.isna(questions):
        return BLANK
    asked = f"{questions:.0f} questions"
    if pd.notna(scored) and scored != questions:
        asked += f" ({scored:.0f} scored)"
    return asked if pd.isna(minutes) else f"{asked}, {minutes / 60:.3g} hours"


def _fees(row: Mapping[Hashable, Any]) -> str:
    fee, other = row["exam_fee_usd"], row["exam_fee_nonmember_usd"]
    if pd.isna(fee):
        return BLANK
    both = pd.notna(other) and other != fee
    return f"${fee:,.0f} / ${other:,.0f}" if both else f"${fee:,.0f}"


def _upkeep(row: Mapping[Hashable, Any]) -> str:
    dues, units = row["membership_usd_per_year"], row["continuing_education"]
    dues_words = f"dues ${dues:,.0f} a year" if pd.notna(dues) else ""
    return "; ".join(filter(None, [dues_words, units if pd.notna(units) else ""])) or BLANK
