"""`workforce clean`."""

import json
from dataclasses import asdict

import typer

from analysis import processed, sources
from analysis.cli.application import AsJson, app, shown


@app.command(epilog="Example: workforce clean")
def clean(as_json: AsJson = False) -> None:
    """Clean data/raw into data/processed and print rows in, kept and set aside per table."""
    from rich.console import Console  # what has nothing to print need not wait for it
    from rich.table import Table

    built = processed.build()
    if as_json:
        typer.echo(json.dumps([asdict(table) for table in built], indent=1))
        return
    listed = Table(title=None, box=None, header_style="bold", pad_edge=False)
    listed.add_column("table")
    for heading in ("rows in", "kept", "set aside", "rows out"):
        listed.add_column(heading, justify="right")
    for table in built:
        counts = (table.rows_in, table.rows_kept, table.rows_set_aside, table.rows)
        listed.add_row(table.name, *(f"{number:,}" for number in counts))
    Console().print(listed)
    typer.echo(f"{len(built)} tables in {shown(sources.PROCESSED)}")
