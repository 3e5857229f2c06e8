"""`workforce refresh`."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.application import AsJson, app
from analysis.cli.building import carry_out, say_nothing_to_do

if TYPE_CHECKING:
    from analysis.reporting.builder import Builder
    from analysis.reporting.freshness.plan import Plan

KEEP_RUNS = 20


@app.command(epilog="Example: workforce refresh --group states")
def refresh(
    group: Annotated[str | None, typer.Option(help="Only the reports of this group.")] = None,
    only: Annotated[
        list[str] | None, typer.Option(help="Only this report; may be repeated.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="Reports at a time; as many as cores by default.")
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Build on a Dask cluster: tcp://host:8786.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Build also what is current.")] = False,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Time limit of a report, over the catalogue's.")
    ] = None,
    memory_mib: Annotated[
        float | None, typer.Option(min=1, help="Memory limit of a report, over the catalogue's.")
    ] = None,
    keep: Annotated[int, typer.Option(min=1, help="How many runs to keep records of.")] = KEEP_RUNS,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove reports that the catalogue no longer has.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Build the reports that are not current, and the index."""
    from analysis.reporting.freshness.key import here
    from analysis.reporting.freshness.plan import ask, take_stock
    from analysis.reporting.publishing.lock import only_run
    from analysis.reporting.publishing.retention import prune_orphans

    place = here()
    with only_run(place.reports):
        stock = take_stock(place)
        plan = ask(stock, group=group, only=only or (), force=force)
        if prune and prune_orphans(place.reports, stock.statuses):
            plan = ask(take_stock(place), group=group, only=only or (), force=force)
        if not (plan.due or plan.is_index_due or plan.is_repair_due):
            say_nothing_to_do(plan, as_json=as_json)
            return
        carry_out(
            _limited(plan, seconds=seconds, memory_mib=memory_mib),
            as_json=as_json,
            build=_builder(jobs=jobs, scheduler=scheduler),
            asked={
                "group": group,
                "only": only or [],
                "force": force,
                "jobs": jobs,
                "scheduler": scheduler,
            },
            keep=keep,
        )


def _builder(*, jobs: int | None, scheduler: str | None) -> "Builder":
    """Choose what makes the pages: this machine, or a cluster that is found to be there."""
    if scheduler is None:
        from analysis.reporting.build import build_pages

        return partial(build_pages, jobs=jobs)
    from analysis.reporting.cluster.driver import build_on_cluster, check_cluster

    check_cluster(scheduler)
    return partial(build_on_cluster, address=scheduler)


def _limited(plan: "Plan", **limits: float | None) -> "Plan":
    """Put the limits of the command line over those of the catalogue."""
    given = {name: value for name, value in limits.items() if value is not None}
    listed = [
        replace(status, listed=replace(status.listed, limits={**status.listed.limits, **given}))
        for status in plan.due
    ]
    return replace(plan, due=tuple(listed))
