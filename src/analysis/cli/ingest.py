"""`workforce ingest`: each kind of release is a command of its own."""

import json
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from analysis.cli.application import AsJson, app, shown
from analysis.errors import WrongInput


def occupation_codes(text: str) -> tuple[int, ...]:
    """Split a list of Census occupation codes.

    Raises
    ------
    WrongInput
        One of them is no code of at most four digits.

    Examples
    --------
    >>> occupation_codes("3515, 0350")
    (3515, 350)
    """
    codes = [code.strip() for code in text.split(",") if code.strip()]
    if wrong := [code for code in codes if not (code.isdecimal() and len(code) <= 4)]:
        raise WrongInput(
            f"--occupation must be Census codes (OCCP) of at most four digits, as 3515,3550; found "
            f"{wrong[0]!r}. SOC 29-2072, medical records specialists, is 3515."
        )
    return tuple(dict.fromkeys(int(code) for code in codes))


CODERS = "29-2072"
ingest_app = typer.Typer(
    help="Bring a release you have downloaded: reports can then use it.",
    no_args_is_help=True,
)
app.add_typer(ingest_app, name="ingest")


@ingest_app.callback()
def ingest() -> None:
    """Bring a release you have downloaded: reports can then use it."""


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


@ingest_app.command(epilog="Example: workforce ingest oews oesm24all.zip")
def oews(
    path: Annotated[
        Path, typer.Argument(help="Flat files or yearly workbooks: a folder, a zip, or one file.")
    ],
    year: Annotated[
        int | None, typer.Option(help="Of workbooks whose names do not say it.", min=1988, max=2100)
    ] = None,
    top_code: Annotated[
        float | None,
        typer.Option(
            help="USD a year at which wages were top-coded, where no sheet says it: 208000.", min=1
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Read a wage release of the BLS: any of its occupations, and its year, can then be asked."""
    from rich.console import Console

    from analysis.cleaning.oews.ingest import ingest_oews
    from analysis.processed import bundled_year
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
            year=year,
            top_code_usd=top_code,
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
    newest = done[-1].record.year
    if newest > bundled_year():  # it is the default of every report now
        typer.echo(f"{seconds:.1f} s. Next: workforce status, then workforce refresh")
        return
    code = coders_in(newest)
    also = "" if code == CODERS else f" -p occupation={code}"
    typer.echo(f"{seconds:.1f} s. Next: workforce report salary -p year={newest}{also}")


def coders_in(year: int) -> str:
    """Return the SOC code that medical records specialists were published under in a year.

    Examples
    --------
    >>> coders_in(2014), coders_in(2025)
    ('29-2071', '29-2072')
    """
    from analysis.sources import read_raw

    lineage = read_raw("oews/occupation_lineage.csv").astype({"first_year": int, "last_year": int})
    then = lineage[lineage["occupation_code"].eq(CODERS) & lineage["first_year"].le(year)]
    found = then.loc[then["last_year"].ge(year), "published_as"]
    return str(found.iloc[0]) if len(found) else CODERS
