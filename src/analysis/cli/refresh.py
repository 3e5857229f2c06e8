"""`workforce refresh`."""

from typing import Annotated

import typer

from analysis.cli.application import AsJson, app
from analysis.cli.building import build_and_tell
from analysis.errors import WrongInput


@app.command(epilog="Example: workforce refresh --group states")
def refresh(
    group: Annotated[str | None, typer.Option(help="Only the reports of this group.")] = None,
    as_json: AsJson = False,
) -> None:
    """Build the reports of the catalogue and the index."""
    from analysis.reporting.catalogue import catalogue

    reports = catalogue()
    groups = sorted({listed.group for listed in reports})
    if group is not None and group not in groups:
        raise WrongInput(f"--group must be one of {', '.join(groups)}; found {group!r}.")
    build_and_tell([listed for listed in reports if group in (None, listed.group)], as_json=as_json)
