"""`workforce ingest acs`."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.application import AsJson, shown
from analysis.cli.ingest import ingest_app
from analysis.cli.occupation_codes import occupation_codes


@ingest_app.command(epilog="Example: workforce ingest acs csv_pus.zip --occupation 3515")
def acs(
    path: Annotated[Path, typer.Argument(help="psam_p*.csv, csv_p*.zip, Parquet, or a folder.")],
    occupation: Annotated[
        str, typer.Option(help="Census codes (OCCP), comma between: 3515,3550. All if not given.")
    ] = "",
    year: Annotated[
        int | None, typer.Option(help="Survey year, for releases of before 2017.")
    ] = None,
    income_adjustment: Annotated[
        float | None,
        typer.Option(help="ADJINC as a factor, for extracts without it: 1.015250 in 2024."),
    ] = None,
    set_aside: Annotated[
        bool, typer.Option("--set-aside", help="Set records aside that cannot be read.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder for the result; else data/processed/releases.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read person records of the American Community Survey into one tidy table a vintage."""
    from analysis.cleaning.acs.ingest import RELEASES, ingest_acs
    from analysis.sources import PROCESSED

    ingested = ingest_acs(
        path,
        occupations=occupation_codes(occupation),
        folder=out or PROCESSED / RELEASES,
        year=year,
        income_adjustment=income_adjustment,
        set_unreadable_aside=set_aside,
    )
    if as_json:
        typer.echo(json.dumps(asdict(ingested), indent=1, default=str))
        return
    typer.echo(
        f"ACS {ingested.vintage}: {ingested.rows_in:,} records in: {ingested.rows_kept:,} kept "
        f"({ingested.persons:,} persons), {ingested.rows_set_aside:,} set aside, "
        f"{ingested.rows_other_occupations:,} of other occupations"
    )
    typer.echo(f"  {shown(ingested.place)}")
    if ingested.rows_set_aside:
        typer.echo(f"  {shown(ingested.set_aside_place)}")
    if not ingested.has_adjusted_wages:
        typer.echo(
            "No ADJINC: wage_usd is missing, wage_reported_usd stands as reported. Give the factor "
            "of the year with --income-adjustment to have both."
        )
    if not ingested.has_replicate_weights:
        typer.echo(
            "No replicate weights (PWGTP1 to PWGTP80): no standard error can be had from it."
        )
