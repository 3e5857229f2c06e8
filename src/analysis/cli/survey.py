"""`workforce survey`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.application import AsJson, app
from analysis.errors import WrongInput


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
    minimum: Annotated[
        int, typer.Option(help="Fewest records that a cell of the page may tell of.", min=1)
    ] = 10,
    as_json: AsJson = False,
) -> None:
    """Clean a file of pay records: every row is kept, or set aside with its reason."""
    from analysis.reporting import survey as surveys
    from analysis.reporting.runs import new_run

    if guess:
        typer.echo(surveys.propose_map(file), nl=False)
        return
    if columns is None:
        raise WrongInput(
            "--columns must name a TOML file that says which column holds what. Propose one with "
            f"`workforce survey {file} --guess > map.toml`, look it over, and pass it."
        )
    cleaned = surveys.clean_file(file, columns=columns, out=out, run=new_run(), minimum=minimum)
    if as_json:
        typer.echo(json.dumps(asdict(cleaned), indent=1, default=str))
        return
    typer.echo(
        f"{cleaned.rows_in:,} rows in: {cleaned.rows_kept:,} kept, "
        f"{cleaned.rows_set_aside:,} set aside"
    )
    for place in (cleaned.salaries, cleaned.set_aside, cleaned.set_aside_csv, cleaned.page):
        typer.echo(f"  {place}")
    for report in ("certification", "salary"):
        typer.echo(f"Next: workforce report {report} -p data={cleaned.salaries}")
