"""The table of where an occupation weighs most."""

from analysis.figures.reason import Reason
from analysis.studies.part import Column, Part
from analysis.studies.places import States
from analysis.tabular.part import of
from analysis.tabular.table import Table


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
