"""The `workforce` application, and what its commands share."""

from pathlib import Path
from typing import Annotated

import typer

from analysis import sources

app = typer.Typer(
    help="Workforce and salary analytics for US medical billing and coding.",
    no_args_is_help=True,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
Out = Annotated[Path | None, typer.Option(help="The reports folder; else the project's own.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print for machines.")]


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", help="Print the version, and end.")] = False,
) -> None:
    """Workforce and salary analytics for US medical billing and coding."""
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("medical-coding-workforce"))
        raise typer.Exit


def shown(path: object) -> str:
    """Show a path as short as it can be."""
    text = str(path)
    root = f"{sources.ROOT}/"
    return text.removeprefix(root)
