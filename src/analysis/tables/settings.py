"""Tables of who employs an occupation."""

from analysis import wording
from analysis.figures.reason import Reason
from analysis.models.outlook.state_comparison import States
from analysis.models.part import BLANK
from analysis.models.settings import GuideShares
from analysis.models.settings.concentration import Concentration
from analysis.tables.part import words
from analysis.tables.table import Table, table

LEVEL_NAMES = {
    "sector": "sectors",
    "3-digit": "industries, 3 digits",
    "4-digit": "industries, 4 digits",
    "state": "states and territories",
}


def guide_shares(shares: GuideShares) -> Table | str:
    """Set the guide's shares beside the official ones, with the pay."""
    if shares.is_missing:
        return Reason(shares.reason)
    frame = shares.table
    shown = {
        "Setting": frame["setting"],
        "Definition": frame["definition"],
        "Industries (NAICS)": frame["industry_codes"].replace("", None).fillna(BLANK),
        "Guide": words(frame["guide_share_pct"], "share_pct"),
        "Guide, employers only": words(frame["guide_share_of_employers_pct"], "share_pct"),
        "Official": words(frame["official_share_pct"], "share_pct"),
        "Mean wage, USD a year": words(frame["mean_wage_usd"], "wage_usd"),
    }
    return table(
        frame,
        shown,
        caption="Who employs coders: the guide beside official figures",
        source=shares.source,
        text={"Definition", "Industries (NAICS)"},
        note=shares.note,
    )


def concentration(measured: Concentration) -> Table | str:
    """Show how concentrated the jobs are, by how fine they are cut."""
    if measured.is_missing:
        return Reason(measured.reason)
    frame = measured.table
    shown = {
        "Among": frame["level"].map(LEVEL_NAMES),
        "Published": words(frame["groups"], "groups"),
        "Largest one": words(frame["top_1_pct"], "share_pct"),
        "Largest four": words(frame["top_4_pct"], "share_pct"),
        "Largest ten": words(frame["top_10_pct"], "share_pct"),
        "Herfindahl index": frame["herfindahl"].map("{:.3f}".format),
        "As if equal": frame["equal_groups"].map("{:.1f}".format),
    }
    return table(
        frame,
        shown,
        caption="How concentrated the jobs are",
        source=measured.source,
        note=(
            f"{measured.note} As if equal: as many groups of one size would be as concentrated. "
            "The index of 4-digit industries has a 90% interval of "
            f"{wording.interval(measured.herfindahl)}."
        ),
    )


def location_quotients(states: States, *, most: int | None = None) -> Table | str:
    """List the states where the occupation weighs most."""
    if states.is_missing:
        return Reason(states.reason)
    frame = states.table.sort_values("location_quotient", ascending=False, na_position="last")
    frame = frame.head(most or len(frame)).reset_index(drop=True)
    shown = {
        "State": frame["area_name"],
        "Location quotient": frame["location_quotient"].map("{:.2f}".format).replace("nan", BLANK),
        "Per 1,000 jobs": frame["jobs_per_1000"].map("{:.2f}".format).replace("nan", BLANK),
        "Jobs": words(frame["employment"], "employment"),
        "Median wage, USD a year": words(frame["median_wage_usd"], "wage_usd"),
    }
    return table(
        frame,
        shown,
        caption="States by location quotient",
        source=states.source,
        note="1 is the nation's share of all jobs. A dash: BLS does not publish it.",
    )
