"""What has been published about pay and credentials, averages side by side with their bias."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

import pandas as pd

from analysis.estimate import Estimate
from analysis.models.prices import in_may_dollars
from analysis.studies.areas import CODERS, Area
from analysis.studies.certification.published_gap import published_gap
from analysis.studies.lookup import Tables
from analysis.studies.official import published
from analysis.studies.part import Part
from analysis.studies.roi.credential_premium import certified_gaps
from analysis.studies.staffing.staffing_inputs import GUIDE

SELF_SELECTED = (
    "Members chose to answer, and each survey had others: their experience, settings and places "
    "differ from survey to survey and between the groups. Nothing is adjusted."
)
RENAMED = {"CPC-H": "CPC-H (now COC)"}
SURVEY = "AAPC member surveys, through the pages named in each row"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberGaps(Part):
    """The gap between certified and not certified members, survey by survey.

    Parameters
    ----------
    table : DataFrame
        year, certified_usd, not_certified_usd, gap_usd, gap_pct, origin (source and mark).
    latest : Estimate
        The latest gap in percent; no interval, as no survey publishes an error.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "year": "Survey of",
            "certified_usd": "Certified, mean",
            "not_certified_usd": "Not certified, mean",
            "gap_pct": "Unadjusted gap",
            "origin": "Source [verified]",
        }
    )

    latest: Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPay(Part):
    """Every published figure of pay by credential, latest survey each, beside the official ones.

    Parameters
    ----------
    table : DataFrame
        group, is_credential (whether one credential defines the group), measure ("mean" or
        "median"), kind ("guide", "member survey", "official"), year, when (the year in words),
        wage_usd, may_usd (at the prices of the latest May; missing where the year is unknown),
        origin (source and mark).
    prices_of : str
        The May whose prices `may_usd` has.
    """

    labels: ClassVar[Mapping[str, str]] = MappingProxyType(
        {
            "group": "Who",
            "measure": "Measure",
            "kind": "Kind",
            "when": "Of",
            "wage_usd": "As published",
            "may_usd": "At the latest May's prices",
            "origin": "Source [verified]",
        }
    )

    prices_of: str


def member_gaps(member_salaries: pd.DataFrame) -> MemberGaps:
    """Compute the gap of each survey that published both means, and how it swings.

    Examples
    --------
    >>> from analysis import processed
    >>> found = member_gaps(processed.read("member_salaries"))
    >>> found.table["gap_pct"].round(1).tolist(), round(found.latest.value, 1)
    ([16.9, 33.1, 27.3, 20.2], 20.2)
    """
    both = certified_gaps(member_salaries)
    if both.empty:
        reason = "No survey in hand published pay of the certified and of the others."
        return MemberGaps(
            table=pd.DataFrame(),
            reason=reason,
            latest=Estimate(value=None, unit="percent", kind="member survey", note=reason),
        )
    gaps = published_gap(both, year="survey_year").to_frame()
    last, every = gaps.iloc[-1], gaps["gap_pct"]
    return MemberGaps(
        table=gaps.assign(origin=both["source_title"] + " [" + both["verification"] + "]"),
        latest=Estimate(
            value=float(last["gap_pct"]),
            unit="percent",
            year=str(int(last["year"])),
            source="AAPC member surveys",
            kind="member survey",
            note=(
                f"Unadjusted, and from {every.min():.0f}% to {every.max():.0f}% over the surveys "
                f"since {int(gaps['year'].min())}: not what a credential adds."
            ),
        ),
        source=SURVEY,
        note=f"Means, in dollars of their year. {SELF_SELECTED}",
    )


def published_pay(tables: Tables, area: Area, *, credential: str = "all") -> PublishedPay:
    """Put the guide's, the members' and the official figures in one list, means and medians named.

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
    prices = tables["consumer_prices"].dropna(subset=["cpi_may"])
    to_year = min(int(tables["wages"]["year"].max()), int(prices["year"].max()))
    year = rows["year"].fillna(to_year).astype("int64")
    may = in_may_dollars(rows["wage_usd"], years=year, to_year=to_year, consumer_prices=prices)
    rows = rows.assign(group=rows["group"].replace(RENAMED))
    return PublishedPay(
        table=rows.assign(
            may_usd=may.where(rows["year"].notna()),
            when=rows["year"].map("{:.0f}".format, na_action="ignore").fillna("undated"),
        ),
        prices_of=f"May {to_year}",
        source="career guide; AAPC member surveys; BLS, OEWS",
        note=(
            "A mean lies above the median of the same people: compare means with means. The guide "
            f"names no year. {SELF_SELECTED}"
        ),
    )


def _guide(tables: Tables) -> pd.DataFrame:
    """List what the guide says."""
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
            "origin": latest["source_title"] + " [" + latest["verification"] + "]",
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
