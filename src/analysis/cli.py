"""The `workforce` command.

Exit codes: 0 all good, 1 some report failed, 2 wrong input.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from analysis import processed, sources
from analysis.errors import WrongInput

app = typer.Typer(
    help="Workforce and salary analytics for US medical billing and coding.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print for machines.")]


@app.command(epilog="Example: workforce clean")
def clean(as_json: AsJson = False) -> None:
    """Clean data/raw into data/processed and print rows in, kept and set aside per table."""
    built = processed.build()
    if as_json:
        typer.echo(json.dumps([asdict(table) for table in built], indent=1))
        return
    shown = Table(title=None, box=None, header_style="bold", pad_edge=False)
    shown.add_column("table")
    for heading in ("rows in", "kept", "set aside", "rows out"):
        shown.add_column(heading, justify="right")
    for table in built:
        counts = (table.rows_in, table.rows_kept, table.rows_set_aside, table.rows)
        shown.add_row(table.name, *(f"{number:,}" for number in counts))
    Console().print(shown)
    typer.echo(f"{len(built)} tables in {_shown(sources.PROCESSED)}")


@app.command(epilog="Example: workforce report roi -p credential=CIC -p area=TX")
def report(
    name: Annotated[str, typer.Argument(help="outlook, roi, evidence, ...")],
    parameter: Annotated[
        list[str] | None, typer.Option("-p", "--parameter", help="name=value; may be repeated.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Build one report."""
    from analysis.reporting.catalogue import in_catalogue, report_of
    from analysis.reporting.parameters import model_of

    wanted = report_of(model_of(name).check(**_parsed(parameter or [])))
    _build([in_catalogue(wanted)], as_json=as_json)


@app.command(epilog="Example: workforce refresh --group states")
def refresh(
    group: Annotated[str | None, typer.Option(help="Only the reports of this group.")] = None,
    as_json: AsJson = False,
) -> None:
    """Build the reports of the catalogue and the index."""
    from analysis.reporting.catalogue import catalogue

    reports = catalogue()
    groups = sorted({listed.group for listed in reports})
    if group is not None and group not in groups:
        raise WrongInput(f"--group must be one of {', '.join(groups)}; found {group!r}.")
    _build([listed for listed in reports if group in (None, listed.group)], as_json=as_json)


@app.command(epilog="Example: workforce survey pay.csv --columns map.toml --out cleaned")
def survey(
    file: Annotated[Path, typer.Argument(help="CSV, Excel or Parquet.")],
    columns: Annotated[
        Path | None, typer.Option(help="TOML that says which column holds what.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("cleaned"),
    guess: Annotated[
        bool, typer.Option("--guess", help="Print a proposal for --columns, and end.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Clean a file of pay records: every row is kept, or set aside with its reason."""
    from analysis.reporting import survey as surveys
    from analysis.reporting.refresh import new_run

    if guess:
        typer.echo(surveys.propose_map(file), nl=False)
        return
    if columns is None:
        raise WrongInput(
            "--columns must name a TOML file that says which column holds what. Propose one with "
            f"`workforce survey {file} --guess > map.toml`, look it over, and pass it."
        )
    cleaned = surveys.clean_file(file, columns=columns, out=out, run=new_run())
    if as_json:
        typer.echo(json.dumps(asdict(cleaned), indent=1, default=str))
        return
    typer.echo(
        f"{cleaned.rows_in:,} rows in: {cleaned.rows_kept:,} kept, "
        f"{cleaned.rows_set_aside:,} set aside"
    )
    for place in (cleaned.salaries, cleaned.set_aside, cleaned.page):
        typer.echo(f"  {place}")
    typer.echo(f"Next: workforce report certification -p data={cleaned.salaries}")


def main() -> None:
    """Run the command; wrong input ends with its message and exit code 2."""
    try:
        app()
    except WrongInput as error:
        typer.secho(str(error), fg="red", err=True)
        sys.exit(2)


def _build(reports: list, *, as_json: bool) -> None:  # type: ignore[type-arg]
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
                typer.echo(f"  {_shown(sources.REPORTS / entry.path)}")
        typer.echo(f"Open {_shown(sources.REPORTS / 'index.html')}")
    if any(entry.error for entry in entries):
        raise typer.Exit(1)


def _parsed(parameters: list[str]) -> dict[str, str]:
    """Split name=value pairs."""
    pairs = [parameter.partition("=") for parameter in parameters]
    if bad := [name for name, sign, _ in pairs if not sign or not name]:
        raise WrongInput(f"-p must be name=value, as in -p area=CA; found {bad[0]!r}.")
    names = [name for name, _, _ in pairs]
    if repeated := sorted({name for name in names if names.count(name) > 1}):
        raise WrongInput(f"-p {repeated[0]} was given more than once; give it once.")
    return {name: value for name, _, value in pairs}


def _shown(path: object) -> str:
    """Show a path as short as it can be."""
    text = str(path)
    root = f"{sources.ROOT}/"
    return text.removeprefix(root)
