"""`workforce ingest`: each kind of release is a command of its own, in a module of its own."""

import typer

from analysis.cli.application import app

ingest_app = typer.Typer(
    help="Bring a release you have downloaded: reports can then use it.",
    no_args_is_help=True,
)
app.add_typer(ingest_app, name="ingest")


@ingest_app.callback()
def ingest() -> None:
    """Bring a release you have downloaded: reports can then use it."""
