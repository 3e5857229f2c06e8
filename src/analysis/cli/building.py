"""Build reports and say how each went; what `report` and `refresh` share."""

import typer

from analysis import sources
from analysis.cli.application import shown


def build_and_tell(reports: list, *, as_json: bool) -> None:  # type: ignore[type-arg]
    """Build reports, say how each went, and end with exit code 1 when one failed."""
    from analysis.reporting import refresh as running
    from analysis.reporting.index import IndexEntry

    def done(entry: IndexEntry) -> None:
        if not as_json:
            took = "" if entry.error or entry.seconds is None else f"  {entry.seconds:.1f} s"
            typer.echo(f"{'failed' if entry.error else 'built '}  {entry.name}{took}")
            if entry.error:
                typer.echo(f"        {entry.error}", err=True)

    entries = running.refresh(reports, run=running.new_run(), folder=sources.REPORTS, done=done)
    if as_json:
        typer.echo(running.as_json(entries))
    else:
        for entry in entries if len(entries) < 10 else ():
            if entry.path:
                typer.echo(f"  {shown(sources.REPORTS / entry.path)}")
        typer.echo(f"Open {shown(sources.REPORTS / 'index.html')}")
    if any(entry.error for entry in entries):
        raise typer.Exit(1)
