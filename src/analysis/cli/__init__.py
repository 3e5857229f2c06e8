"""The `workforce` command: a module a command.

Exit codes: 0 all good, 1 some report failed, 2 wrong input.
"""

import sys

import typer

from analysis.cli import (  # noqa: F401 - each adds its command
    clean,
    ingest,
    ingest_acs,
    refresh,
    report,
    survey,
)
from analysis.cli.application import app
from analysis.errors import WrongInput


def main() -> None:
    """Run the command; wrong input ends with its message and exit code 2."""
    try:
        app()
    except WrongInput as error:
        typer.secho(str(error), fg="red", err=True)
        sys.exit(2)
