"""`workforce diff`."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from analysis.cli.application import AsJson, app
from analysis.errors import WrongInput

if TYPE_CHECKING:
    from pathlib import Path

    from analysis.reporting.run_changes import RunComparison
    from analysis.reporting.runs import RunRecord


@app.command(epilog="Example: workforce diff")
def diff(
    old: Annotated[str | None, typer.Argument(help="A run; the last but one if left out.")] = None,
    new: Annotated[str | None, typer.Argument(help="A later run; the last if left out.")] = None,
    as_json: AsJson = False,
) -> None:
    """Compare two runs: key figures old and new; reports new, gone and failed."""
    from analysis import sources
    from analysis.reporting.run_changes import as_plain, compare_runs
    from analysis.reporting.runs import run_ids

    known = run_ids(sources.REPORTS)
    if old is None and len(known) < 2:
        raise WrongInput(
            f"Two runs are needed; there are {len(known)}. `workforce refresh` makes one."
        )
    compared = compare_runs(
        _run(old or known[-2], known, sources.REPORTS),
        _run(new or known[-1], known, sources.REPORTS),
    )
    if as_json:
        typer.echo(json.dumps(as_plain(compared), indent=1, ensure_ascii=False))
    else:
        _tell(compared)


def _run(run_id: str, known: list[str], folder: "Path") -> "RunRecord":
    """Read a run that was named."""
    from analysis.reporting.runs import read_run

    run = read_run(run_id, folder) if run_id in known else None
    if run is None:
        listed = ", ".join(known[-5:]) or "none"
        raise WrongInput(f"There is no readable run {run_id!r}. The last ones are: {listed}.")
    return run


def _tell(compared: "RunComparison") -> None:
    """Print what differs, a line a figure; words carry it where there is no color."""
    from analysis.reporting.run_changes import amount

    colors = {"good": "green", "bad": "red", "neutral": None}
    same = f"{compared.same} report{'' if compared.same == 1 else 's'} the same"
    typer.echo(f"{compared.old.run_id} to {compared.new.run_id}: {same}")
    for report in compared.reports:
        typer.echo(
            f"{report.kind:12} {report.name}" + (f": {report.error}" if report.error else "")
        )
        for change in report.changes:
            values = f"{amount(change.old) or '-'} to {amount(change.new) or '-'}"
            typer.secho(f"    {change.label}: {values}, {change.words}", fg=colors[change.tone])
