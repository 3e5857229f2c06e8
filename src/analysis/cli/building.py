"""Carry out what is planned and say how it went; what `report` and `refresh` share."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import typer

from analysis import sources
from analysis.cli.application import shown

if TYPE_CHECKING:
    from analysis.reporting.builder import Builder
    from analysis.reporting.freshness.plan import Plan
    from analysis.reporting.publishing.run_record import RunRecord

MOST_PATHS = 10


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
    from analysis.reporting.refresh import KEEP_RUNS, refresh

    finished = refresh(
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
        _tell(run)
    if run.message:
        typer.secho(f"The run did not end by itself: {run.message}", fg="red", err=True)
    if finished.exit_code:
        raise typer.Exit(finished.exit_code)


def say_nothing_to_do(plan: "Plan", *, as_json: bool) -> None:
    """Say that all that was asked for is current."""
    if as_json:
        nothing = {"run": None, "outcome": "nothing to do", "unchanged": len(plan.asked)}
        typer.echo(json.dumps({**nothing, "reports": []}, indent=1))
    else:
        count = len(plan.asked)
        typer.echo(f"Nothing to do: {count} report{' is' if count == 1 else 's are'} current.")


def _tell(run: "RunRecord") -> None:
    """Say how the run went, and where to look."""
    built = [report for report in run.reports.values() if report.outcome == "built"]
    for report in built if len(built) < MOST_PATHS else ():
        typer.echo(f"  {shown(sources.REPORTS / str(report.path))}")
    took = "" if run.seconds is None else f" in {run.seconds:.1f} s"
    counts = [f"{run.count('built')} built", f"{run.count('unchanged')} were current"]
    counts += [f"{number} failed" for number in [run.count("failed")] if number]
    counts += [f"{number} not reached" for number in [run.count("not reached")] if number]
    typer.echo(f"{', '.join(counts)}{took}. Open {shown(sources.REPORTS / 'index.html')}")


def _plain(run: "RunRecord") -> dict[str, Any]:
    """Say for machines what the run did."""
    return {
        "run": run.run_id,
        "outcome": run.outcome,
        "message": run.message,
        "seconds": run.seconds,
        "unchanged": run.count("unchanged"),
        "reports": [
            {
                "name": name,
                "outcome": report.outcome,
                "why": list(report.why),
                "path": report.path,
                "seconds": report.seconds,
                "peak_memory_mib": report.peak_memory_mib,
                "error": report.error,
            }
            for name, report in run.reports.items()
            if report.outcome in ("built", "failed", "not reached")
        ],
    }
