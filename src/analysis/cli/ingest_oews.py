"""`workforce ingest oews`."""

import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from analysis.cli.application import AsJson, shown
from analysis.cli.ingest import ingest_app


@ingest_app.command(epilog="Example: workforce ingest oews oesm24all.zip")
def oews(
    path: Annotated[
        Path, typer.Argument(help="Flat files or yearly workbooks: a folder, a zip, or one file.")
    ],
    as_json: AsJson = False,
) -> None:
    """Read a wage release of the BLS: any of its occupations, and its year, can then be asked."""
    from analysis.cleaning.oews.ingest import ingest_oews
    from analysis.releases import FOLDER
    from analysis.sources import PROCESSED, verified_path

    start = time.monotonic()
    console = Console(stderr=True)
    with console.status(f"Ingesting {path.name}") as status:
        done = ingest_oews(
            path,
            folder=PROCESSED / FOLDER,
            states=verified_path("geography/states.csv"),
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            tell=lambda what: status.update(what.capitalize()) if sys.stderr.isatty() else None,
        )
    seconds = time.monotonic() - start
    if as_json:
        facts = [
            {"release": str(each.release), "set_aside": str(each.set_aside or "")}
            | asdict(each.record)
            for each in done
        ]
        typer.echo(json.dumps({"seconds": round(seconds, 2), "releases": facts}, indent=1))
        return
    for each in done:
        record = each.record
        typer.echo(
            f"OEWS May {record.year}: {record.rows_in:,} rows in: {record.rows_kept:,} kept, "
            f"{record.rows_set_aside:,} set aside; {record.rows:,} estimates of "
            f"{record.occupations:,} occupations in {record.areas:,} areas"
        )
        for place in filter(None, (each.release, each.set_aside)):
            typer.echo(f"  {shown(place)}")
    typer.echo(f"{seconds:.1f} s. Next: workforce report salary -p year={done[-1].record.year}")
