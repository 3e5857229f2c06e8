"""Tables of who employs an occupation, beyond what `tables.of` shows of any part."""

from dataclasses import replace

from analysis import wording
from analysis.figures.reason import Reason
from analysis.studies.part import Column, Part
from analysis.studies.places import States
from analysis.studies.settings import Settings
from analysis.tables.part import of
from analysis.tables.table import Table


def concentration(study: Settings) -> Table | str:
    """Show how concentrated the jobs are, with the interval of the index."""
    measured, limits = study.concentration, wording.interval(study.herfindahl)
    told = f"{measured.note} The index of 4-digit industries has a 90% interval of {limits}."
    return of(replace(measured, note=told), "How concentrated the jobs are")


def location_quotients(states: States) -> Table | str:
    """List the states where the occupation weighs most."""
    if states.is_missing:
        return Reason(states.reason)
    ordered = states.table.sort_values("location_quotient", ascending=False, na_position="last")
    part = Part(
        table=ordered.reset_index(drop=True),
        columns={
            "area_name": "State",
            "location_quotient": Column("Location quotient", "{:.2f}"),
            "jobs_per_1000": Column("Per 1,000 jobs", "{:.2f}"),
            "employment": "Jobs",
            "median_wage_usd": "Median wage, USD a year",
        },
        source=states.source,
        note="1 is the nation's share of all jobs. A dash: BLS does not publish it.",
    )
    return of(part, "States by location quotient")
