"""The `workforce` command: a module a command.

Exit codes: 0 all good, 1 some report failed or the machine gave out, 2 wrong input, 3 another run
is at work; a run that a signal ended has the shell's code for it, 130 after Ctrl-C.
"""

import sys
from pathlib import Path

import typer

from analysis.cli import (  # noqa: F401 - each adds its command
    build,
    clean,
    diff,
    fetch,
    gallery,
    ingest,
    productivity,
    programs,
    status,
    survey,
)
from analysis.cli.application import app
from analysis.cli.machine import machine_fault, memory_limit_fault
from analysis.errors import AnotherRun, WrongInput


def compile_once() -> None:
    """Keep the package's bytecode where the environment keeps none, as in containers.

    Each process would otherwise compile all of the package anew.
    """
    if sys.dont_write_bytecode:
        import compileall

        compileall.compile_dir(Path(__file__).parents[1], quiet=2)


def main() -> None:
    """Run the command; what a user can mend ends with its message and an exit code of its own."""
    compile_once()
    if too_low := memory_limit_fault():
        typer.secho(too_low, fg="red", err=True)
        sys.exit(1)
    try:
        app()
    except WrongInput as error:
        typer.secho(str(error), fg="red", err=True)
        sys.exit(2)
    except AnotherRun as error:
        typer.secho(str(error), fg="yellow", err=True)
        sys.exit(3)
    except Exception as error:
        told = machine_fault(error)
        if told is None:
            raise
        typer.secho(told, fg="red", err=True)
        sys.exit(1)
