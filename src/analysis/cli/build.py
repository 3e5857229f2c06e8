"""`workforce refresh` and `workforce report`: build what is due and say how it went."""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analysis.cli.application import AsJson, Out, app, shown
from analysis.errors import WrongInput
from analysis.reporting.declared import declared_parameters

if TYPE_CHECKING:
    from analysis.reporting.build import Builder
    from analysis.reporting.plan import Plan
    from analysis.reporting.runs import RunRecord

KEEP_RUNS = 20
MOST_PATHS = 10


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
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Build the reports that are not current, and the index."""
    from analysis.reporting.keys import here
    from analysis.reporting.plan import ask, take_stock
    from analysis.reporting.publish import only_run, prune_orphans

    place = here(out)
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
    """Let the limits of the command line override the catalogue's."""
    given = {name: value for name, value in limits.items() if value is not None}
    due = (
        replace(status.report, limits=replace(status.report.limits, **given)) for status in plan.due
    )
    statuses = zip(plan.due, due, strict=True)
    return replace(plan, due=tuple(replace(status, report=report) for status, report in statuses))


def _reports(begun: str) -> list[str]:
    """List the reports whose names begin as what was typed: for shells that complete it."""
    return [name for name in declared_parameters() if name.startswith(begun)]


def _parameters(context: typer.Context, begun: str) -> list[str]:
    """List the parameters of the report that was typed."""
    declared = declared_parameters().get(context.params.get("name") or "", ())
    return [f"{each.name}=" for each in declared if each.name.startswith(begun)]


@app.command(
    epilog="Example: workforce report roi -p credential=CIC -p area=TX",
    context_settings={"help_option_names": []},
)
def report(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="outlook, roi, evidence, ...", autocompletion=_reports)
    ] = "",
    parameter: Annotated[
        list[str] | None,
        typer.Option(
            "-p", "--parameter", help="name=value; may be repeated.", autocompletion=_parameters
        ),
    ] = None,
    out: Out = None,
    as_json: AsJson = False,
    help_: Annotated[
        bool,
        typer.Option("--help", help="Show this, and the parameters of a report that is named."),
    ] = False,
) -> None:
    """Build one report."""
    if help_:
        typer.echo(context.get_help())
        _tell_parameters(name)
        return
    if not name:
        raise WrongInput(f"Name a report: {', '.join(declared_parameters())}.")
    from analysis.reporting.catalogue import report_of
    from analysis.reporting.engine.pool import Pool
    from analysis.reporting.engine.warm import ONE_REPORT_STEPS
    from analysis.reporting.keys import here
    from analysis.reporting.plan import ask, take_stock
    from analysis.reporting.publish import only_run

    given = _parsed(parameter or [])
    place = here(out)
    with Pool(jobs=1, steps=ONE_REPORT_STEPS) as pool:
        # it warms up while this process imports pandas to check the parameters
        from analysis.reporting.build import build_pages
        from analysis.reporting.parameters import model_of

        wanted = report_of(model_of(name).check(**given))
        with only_run(place.reports):
            carry_out(
                ask(take_stock(place, [wanted]), only=[wanted.name], force=True),
                as_json=as_json,
                build=partial(build_pages, pool=pool),
                asked={"report": name, "parameters": wanted.changed},
            )


def _tell_parameters(name: str) -> None:
    """Print the default and the meaning of each parameter of a report."""
    for each in declared_parameters().get(name, ()):
        default = "" if each.default == "None" else each.default
        typer.echo(f"  -p {f'{each.name}={default}':32} {each.meaning}")


def _parsed(parameters: list[str]) -> dict[str, str]:
    """Split name=value pairs."""
    pairs = [parameter.partition("=") for parameter in parameters]
    if bad := [name for name, sign, _ in pairs if not sign or not name]:
        raise WrongInput(f"-p must be name=value, as in -p area=CA; found {bad[0]!r}.")
    names = [name for name, _, _ in pairs]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise WrongInput(f"-p {repeated[0]} was given more than once; give it once.")
    return {name: value for name, _, value in pairs}


def carry_out(
    plan: "Plan",
    *,
    as_json: bool,
    build: "Builder | None" = None,
    asked: Mapping[str, Any],
    keep: int | None = None,
) -> None:
    """Build what is due, say how each report went, and end with the exit code of the run."""
    from rich.console import Console

    from analysis.reporting.build import build_pages
    from analysis.reporting.progress import progress_on
    from analysis.reporting.refresh import refresh as build_due
    from analysis.reporting.runs import KEEP_RUNS

    finished = build_due(
        plan,
        build=build or build_pages,
        progress=progress_on(Console(stderr=as_json)),
        asked=asked,
        keep=keep or KEEP_RUNS,
    )
    run = finished.run
    if as_json:
        typer.echo(json.dumps(_plain(run), indent=1, ensure_ascii=False))
    else:
        _tell(run, plan.place.reports)
    if run.message:
        typer.secho(f"The run did not end by itself: {run.message}", fg="red", err=True)
    if finished.exit_code:
        raise typer.Exit(finished.exit_code)


def say_nothing_to_do(plan: "Plan", *, as_json: bool) -> None:
    """Print that all that was asked for is current."""
    if as_json:
        nothing = {"run": None, "outcome": "nothing to do", "unchanged": len(plan.asked)}
        typer.echo(json.dumps({**nothing, "reports": []}, indent=1))
    else:
        count = len(plan.asked)
        typer.echo(f"Nothing to do: {count} report{' is' if count == 1 else 's are'} current.")


def _tell(run: "RunRecord", folder: Path) -> None:
    """Print how the run went, and where to look."""
    built = [report for report in run.reports.values() if report.outcome == "built"]
    for report in built if len(built) < MOST_PATHS else ():
        typer.echo(f"  {shown(folder / str(report.path))}")
    took = "" if run.seconds is None else f" in {run.seconds:.1f} s"
    counts = [f"{run.count('built')} built", f"{run.count('unchanged')} were current"]
    counts += [f"{number} failed" for number in [run.count("failed")] if number]
    counts += [f"{number} not reached" for number in [run.count("not reached")] if number]
    typer.echo(f"{', '.join(counts)}{took}. Open {shown(folder / 'index.html')}")


def _plain(run: "RunRecord") -> dict[str, Any]:
    """Return for machines what the run did."""
    return {
        "run": run.run_id,
        "outcome": run.outcome,
        "message": run.message,
        "seconds": run.seconds,
        "unchanged": run.count("unchanged"),
        "reports": [
            {
                "name": name,
                "outcome": done.outcome,
                "why": list(done.why),
                "path": done.path,
                "seconds": known.seconds if known else None,
                "peak_memory_mib": known.peak_memory_mib if known else None,
                "error": asdict(known.failed) if known and known.failed else None,
            }
            for name, done in run.reports.items()
            if done.outcome in ("built", "failed", "not reached")
            for known in [done.record]
        ],
    }
