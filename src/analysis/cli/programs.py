"""`workforce programs`."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import sources
from analysis.cli.application import app, shown
from analysis.files import replacing


@app.command(epilog="Example: workforce programs --out programs.html")
def programs(
    out: Annotated[Path, typer.Option(help="Where the page goes.")] = sources.ROOT
    / "reports"
    / "programs.html",
) -> None:
    """Write the finder: every certificate and associate program of the field by school."""
    from analysis import processed
    from analysis.reporting.programs_page import render_programs
    from analysis.studies.programs import finder_rows

    table = processed.read("programmes")
    html = render_programs(finder_rows(table), table, release=str(table["vintage"].max()))
    with replacing(out) as file:
        file.write(html.encode())
    typer.echo(shown(out))
