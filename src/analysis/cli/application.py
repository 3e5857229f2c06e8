"""The `workforce` application, and what its commands share."""

from typing import Annotated

import typer

from analysis import sources

app = typer.Typer(
    help="Workforce and salary analytics for US medical billing and coding.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)
AsJson = Annotated[bool, typer.Option("--json", help="Print for machines.")]


def shown(path: object) -> str:
    """Show a path as short as it can be."""
    text = str(path)
    root = f"{sources.ROOT}/"
    return text.removeprefix(root)
