"""`workforce fetch`."""

import json
import os
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.application import AsJson, app, shown
from analysis.cli.ingest import occupation_codes

SETTINGS_VARIABLE = "WORKFORCE_FETCH_SETTINGS"


@app.command(epilog="Example: workforce fetch acs --year 2024 --occupation 3515")
def fetch(
    source: Annotated[str, typer.Argument(help="oews, acs, cpi, projections or scorecard.")],
    year: Annotated[int | None, typer.Option(help="Of the release; else the newest.")] = None,
    occupation: Annotated[
        str, typer.Option(help="Census codes (OCCP), comma between; acs only.")
    ] = "",
    settings: Annotated[
        Path | None,
        typer.Option(
            envvar=SETTINGS_VARIABLE,
            help="TOML with contact, mirrors, retries (docs/adding-a-data-source.md).",
        ),
    ] = None,
    to: Annotated[Path | None, typer.Option(help="Folder; else data/downloads.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch a release from the agency that publishes it, whole or not at all.

    What is there already is asked for only if it has changed; a download that broke off goes on
    where it ended. The key for the Census API, if you have one, is read from CENSUS_API_KEY.
    """
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TransferSpeedColumn,
    )

    from analysis.fetching.fetch import DOWNLOADS
    from analysis.fetching.fetch import fetch as fetch_release
    from analysis.fetching.settings import read_settings

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(
        *columns,
        TransferSpeedColumn(),
        console=console,
        disable=as_json or not console.is_terminal,
        transient=True,
    ) as bars:
        tasks: dict[str, int] = {}

        def progress(name: str, done: int, whole: int | None) -> None:
            if name not in tasks:
                tasks[name] = bars.add_task(name, total=whole)
            bars.update(tasks[name], completed=done, total=whole)  # type: ignore[arg-type]

        fetched = fetch_release(
            source,
            today=datetime.now(UTC).date(),
            year=year,
            occupations=occupation_codes(occupation),
            settings=read_settings(settings) if settings else None,
            folder=to or DOWNLOADS,
            environment=os.environ,
            progress=progress,
        )
    if as_json:
        typer.echo(json.dumps([asdict(each) for each in fetched], indent=1, default=str))
        return
    for each in fetched:
        state = "fetched" if each.is_new else "unchanged"
        typer.echo(f"{state:9}  {shown(each.place)}  {each.bytes:,} bytes")
    for then in dict.fromkeys(each.then for each in fetched):
        typer.echo(f"Next: {then}")
