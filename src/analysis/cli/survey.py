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
    where: Annotated[
        list[str] | None,
        typer.Option(help="Rows to clean, as job_title=coder|biller; may be given several times."),
    ] = None,
    minimum: Annotated[
        int, typer.Option(help="Fewest records that a cell of the page may tell of.", min=1)
    ] = 10,
    as_json: AsJson = False,
) -> None:
    """Clean a file of pay records: every row is kept, or set aside with its reason."""
    if guess:
        from analysis.cleaning.pay.column_guess import propose_map  # what draws pages may wait

        proposal, has_pay = propose_map(file)
        typer.echo(proposal, nl=False)
        if not has_pay:
            typer.secho(f"No column of {file.name} was taken for pay.", fg="red", err=True)
            raise typer.Exit(1)
        return
    if columns is None:
        raise WrongInput(
            "--columns must name a TOML file that says which column holds what. Propose one with "
            f"`workforce survey {file} --guess > map.toml`, look it over, and pass it."
        )
    from analysis.reporting.runs import new_run
    from analysis.reporting.survey import write_cleaned

    cleaned = write_cleaned(
        file, columns=columns, out=out, run=new_run(), minimum=minimum, where=_choices(where or [])
    )
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


def _choices(where: list[str]) -> dict[str, str]:
    """Split each choice of rows into field and words."""
    parts = [each.partition("=") for each in where]
    if wrong := [field + sign + words for field, sign, words in parts if not (field and words)]:
        raise WrongInput(
            f"--where must be a field and what its cells are like, as job_title=coder|biller; "
            f"found {wrong[0]!r}."
        )
    return {field.strip(): words.strip() for field, _, words in parts}
