"""What the parameters cells of notebooks declare, read without what checks it: for help at once."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from analysis import sources

DECLARATION = re.compile(r"(?P<name>\w+): [^=]+ = (?P<default>.+?)  # (?P<meaning>.+)")


@dataclass(frozen=True, slots=True)
class Declared:
    """A parameter of a notebook: name, default as code, meaning with unit."""

    name: str
    default: str
    meaning: str


def declared_parameters(notebooks: Path = sources.NOTEBOOKS) -> dict[str, tuple[Declared, ...]]:
    """Return the parameters of each notebook with a cell of them, by name of the notebook.

    Examples
    --------
    >>> declared_parameters()["supply"][0].name
    'area'
    """
    found = {}
    for file in sorted(notebooks.glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        tagged = [cell for cell in cells if "parameters" in cell["metadata"].get("tags", [])]
        lines = "".join("".join(cell["source"]) + "\n" for cell in tagged).splitlines()
        matches = [match for line in lines if (match := DECLARATION.fullmatch(line))]
        found[file.stem] = tuple(
            Declared(match["name"], match["default"].strip('"'), match["meaning"])
            for match in matches
        )
    return {name: declared for name, declared in found.items() if name != "explore"}
