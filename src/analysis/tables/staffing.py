"""Tables of a department's staffing."""

import pandas as pd

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.part import BLANK
from analysis.studies.staffing import Department
from analysis.studies.staffing.department_hiring import UNDERSTATED
from analysis.tables.part import words
from analysis.tables.table import TO, Table, table


def by_type(study: Department) -> Table:
    """Show the need by encounter type."""
    part, frame = study.by_type, study.by_type.table
    shown = {
        "Encounter": frame["encounter_type"],
        "Records a working day": words(frame["records_per_day"], "records"),
        "Minutes a record": frame["minutes_per_record"]
        .map("{:.1f}".format)
        .where(frame["minutes_per_record"].notna(), BLANK),
        "Full-time coders": frame["fte"].map("{:.1f}".format),
        "from": frame["fte_low"].map("{:.1f}".format),
        "to": frame["fte_high"].map("{:.1f}".format),
    }
    return table(
        frame,
        shown,
        caption="Full-time coders by type of encounter",
        source=part.source,
        note=part.note,
    )


def standards(study: Department) -> Table:
    """Show every standard of coding speed and the coders it would mean here."""
    part, frame = study.standards, study.standards.table
    shown = {
        "Encounter": frame["encounter_type"].map(
            {"inpatient": "Inpatient", "outpatient": "Outpatient", "ed": "Emergency"}
        ),
        "Standard": frame["standard"],
        "Records in 8 hours": _spans(frame["records_low"], frame["records_high"], places=0),
        "Coders for it here": _spans(frame["fte_low"], frame["fte_high"], places=1),
        "Sets the range": words(frame["is_used"], "is_used"),
        "Source [verified]": frame["origin"],
    }
    return table(
        frame,
        shown,
        caption="How fast coders work, by everyone who says",
        source=part.source,
        text={"Standard", "Sets the range", "Source [verified]"},
        note=part.note,
    )


def adoption(study: Department) -> Table:
    """Show the need as more records go through the tool."""
    part, frame = study.by_adoption, study.by_adoption.table
    shown = {
        "Records through the tool": frame["adoption_pct"].map("{:.0f}%".format),
        "Full-time coders": frame["fte"].map("{:.1f}".format),
        "from - to": _spans(frame["fte_low"], frame["fte_high"], places=1),
        "Coders saved": frame["fte_saved"].map("{:.1f}".format),
        "saved, from - to": _spans(frame["saved_low"], frame["saved_high"], places=1),
    }
    return table(
        frame,
        shown,
        caption="Coders needed as more records go through the tool",
        source=part.source,
        note=part.note,
    )


def accounts(study: Department) -> Table:
    """Show what the tool would save by each account."""
    part, frame = study.accounts, study.accounts.table
    shown = {
        "By this account": frame["account"],
        "Proposals right": frame["accuracy"].str.replace(" to ", TO),
        "Time saved on those": frame["saving"].str.replace(" to ", TO),
        "Coders saved": frame["fte_saved"].map(_signed),
        "from - to": frame["saved_low"].map(_signed) + TO + frame["saved_high"].map(_signed),
        "Source [verified]": frame["origin"],
    }
    return table(
        frame,
        shown,
        caption="What the tool saves here, by who is believed",
        source=part.source,
        text={"Source [verified]"},
        note=f"Below 0 it costs time. {part.note}",
    )


def queue(study: Department) -> Table:
    """Show what spare coders do to the wait of a record."""
    part, frame = study.queue, study.queue.table
    shown = {
        "Coders at work": frame["coders_at_work"].astype("str"),
        "Employed for that": frame["coders_employed"].map("{:.1f}".format),
        "Busy": frame["busy_pct"].map("{:.0f}%".format),
        "Records that wait": frame["waits_pct"].map("{:.0f}%".format),
        "Mean wait, minutes": frame["mean_wait_minutes"].map("{:.1f}".format),
        "Begun within an hour": frame["begun_within_hour_pct"].map("{:.1f}%".format),
    }
    return table(
        frame,
        shown,
        caption="Spare coders and the wait of a record",
        source=part.source,
        note=part.note,
    )


def costs(study: Department) -> Table | str:
    """Show the labour in a coded record."""
    part, frame = study.costs, study.costs.table
    if part.is_missing:
        return Reason(part.reason)
    shown = {
        "Encounter": frame["encounter_type"],
        "A coded record": frame["cost_usd"].map(_cents),
        "from": frame["low_usd"].map(_cents),
        "to": frame["high_usd"].map(_cents),
        "A year of them": frame["year_usd"].round(-3).map(wording.usd),
    }
    return table(
        frame,
        shown,
        caption="Labour in a coded record, USD",
        source=part.source,
        note=part.note,
    )


def denial_cost(study: Department) -> Table:
    """Show a year's denials, those that coding could prevent, and what these cost."""
    cost = study.denials.cost
    named = {
        "Claims denied at first": cost.denials,
        "of which coding could prevent": cost.preventable_denials,
        "Cost to rework those": cost.cost,
    }
    frame = pd.DataFrame(
        {"measure": list(named), "value": [estimate.value for estimate in named.values()]}
    )
    shown = {
        "A year": frame["measure"],
        "Median": pd.Series([wording.amount(estimate) for estimate in named.values()]),
        "Middle 90% of draws": pd.Series([wording.interval(each) for each in named.values()]),
    }
    return table(
        frame,
        shown,
        caption="Denials that right coding would have prevented",
        source="simulation over the figures below",
        note=study.denials.note,
    )


def turnover(study: Department) -> Table:
    """Show what the plan comes to by how many people leave."""
    part, frame = study.hiring, study.hiring.by_turnover
    shown = {
        "Turnover a year": frame["turnover_pct"].map(wording.percent),
        "By": frame["basis"],
        "Hires": frame["hires"].map("{:.0f}".format),
        "Leavers expected": frame["leavers"].map("{:.1f}".format),
        "Coders short, on average": frame["mean_gap_fte"].map("{:.1f}".format),
    }
    return table(
        frame,
        shown,
        caption=f"Hires in {study.plan.plan_months} months, by how many leave",
        source=part.source,
        text={"By"},
        note=UNDERSTATED,
    )


def _spans(low: "pd.Series[float]", high: "pd.Series[float]", *, places: int) -> "pd.Series[str]":
    """Write ranges; one number where both ends are the same."""
    ends = [(f"{a:,.{places}f}", f"{b:,.{places}f}") for a, b in zip(low, high, strict=True)]
    return pd.Series([a if a == b else f"{a}{TO}{b}" for a, b in ends])


def _cents(usd: float) -> str:
    """Write dollars with cents."""
    return wording.usd(usd, cents=True)


def _signed(value: float) -> str:
    """Write a number with a true minus and one decimal."""
    return wording.quantity(value, "", places=1)
