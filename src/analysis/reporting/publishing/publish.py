"""Put one report in place: page, executed notebook, record, each whole, the record last."""

import json
import os
from pathlib import Path
from typing import Any

from analysis.files import replacing
from analysis.reporting.builder import Page
from analysis.reporting.publishing.run_name import is_reproduced
from analysis.reporting.records import Record, write_record

NOTEBOOKS = "notebooks"
INJECTED = "injected-parameters"  # papermill's tag of the cell it puts in, with a random id


def publish(record: Record, page: Page, folder: Path) -> None:
    """Put a report in place.

    A run that is ended between the steps leaves a page that the record does not describe; the
    next run sees that by the page's hash, and builds it again.

    Parameters
    ----------
    record : Record
        What is to be known of the page.
    page : Page
        The page, and the notebook it was made from.
    folder : Path
        Where reports go.
    """
    with replacing(folder / str(record.path)) as file:
        file.write(page.html.encode())
    if page.notebook:
        with replacing(folder / NOTEBOOKS / f"{record.name}.ipynb") as file:
            file.write(kept_notebook(page.notebook).encode())
    write_record(record, folder)


def kept_notebook(notebook: str) -> str:
    """Return an executed notebook as it is kept: no random id; no times if it shall be repeated.

    Examples
    --------
    >>> cell = {"cell_type": "code", "id": "f3a9", "metadata": {"tags": ["injected-parameters"]}}
    >>> json.loads(kept_notebook(json.dumps({"cells": [cell], "metadata": {}})))["cells"][0]["id"]
    'injected-parameters'
    """
    content = json.loads(notebook)
    for cell in content["cells"]:
        if INJECTED in cell["metadata"].get("tags", []):
            cell["id"] = INJECTED
    if is_reproduced():
        content = {
            **content,
            "metadata": _untimed(content["metadata"]),
            "cells": [
                {**cell, "metadata": _untimed(cell["metadata"])} for cell in content["cells"]
            ],
        }
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def settle(folder: Path) -> None:
    """Have the system write down what the folders list: a run that says it is done is done.

    Before that a power cut may undo renames, each by itself; the next run sees by the hashes
    of the pages which of them to build again.
    """
    for place in (folder, *(path for path in folder.iterdir() if path.is_dir())):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def clear_leftovers(folder: Path) -> list[Path]:
    """Remove what runs that were killed have left behind aside; return what it was.

    Only whoever holds the lock may do that: to others it may be a file being written.
    """
    found = [place for place in folder.rglob(".*.part") if place.is_file()]
    for place in found:
        place.unlink(missing_ok=True)
    return found


def _untimed(metadata: dict[str, Any]) -> dict[str, Any]:
    """Leave out when and how long something ran."""
    return {
        name: value for name, value in metadata.items() if name not in ("papermill", "execution")
    }
