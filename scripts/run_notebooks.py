"""Run notebooks at their default parameters and store the outputs, for nbval to guard.

Nothing that differs from machine to machine or run to run is stored: no clock, no version of
Python, no execution times; cell ids stay as they are. Figures are left out, too, with the numbers
behind them: they are ten times as large as all that is read in a review, and running the notebook
draws them again. Their words and every printed number stay.

For example:

    python scripts/run_notebooks.py notebooks/*.ipynb
"""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

QUIET_KERNEL = ["--log-level=ERROR"]  # else each start warns that it listens on loopback
WIDGET = "application/vnd.jupyter.widget-view+json"  # an identity that changes with every run
FIGURE = "image/svg+xml"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def main(paths: list[str]) -> None:
    """Execute each notebook in its own folder and write it back."""
    for path in map(Path, paths):
        notebook = nbformat.read(path, as_version=4)
        client = NotebookClient(
            notebook,
            timeout=120,
            resources={"metadata": {"path": str(path.parent)}},
            extra_arguments=QUIET_KERNEL,
        )
        client.execute()
        nbformat.write(stored(notebook), path)
        print(f"ran {path}")


def stored(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without what a run leaves behind besides its outputs."""
    cells = [
        {**cell, "metadata": {k: v for k, v in cell.metadata.items() if k == "tags"}}
        for cell in notebook.cells
    ]
    for cell in cells:
        for output in cell.get("outputs", []):
            for left_out in (WIDGET, FIGURE):
                output.get("data", {}).pop(left_out, None)
            if "metadata" in output:
                output["metadata"] = {}
    return nbformat.from_dict({**notebook, "metadata": METADATA, "cells": cells})


if __name__ == "__main__":
    main(sys.argv[1:])
