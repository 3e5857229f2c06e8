"""Which tables a notebook read: shown in its last cell, and kept for the page's provenance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.processed import Built, Tables, source_of
from analysis.tabular.table import Table, table

if TYPE_CHECKING:
    from nbformat import NotebookNode

MIME = "application/vnd.workforce.inputs+json"


@dataclass(frozen=True, slots=True)
class Inputs:
    """The processed tables a notebook has read, which displays itself.

    Parameters
    ----------
    tables : tuple of Built
        In order of name.
    """

    tables: tuple[Built, ...]

    def as_table(self) -> Table:
        """List the tables, their rows and whom they come from."""
        frame = pd.DataFrame(
            {
                "table": [built.name for built in self.tables],
                "rows": [built.rows for built in self.tables],
                "from": ["; ".join(_citations(built)) for built in self.tables],
            }
        )
        return table(
            frame,
            {
                "Table": frame["table"],
                "Rows": frame["rows"].map("{:,}".format),
                "From": frame["from"],
            },
            caption=f"{len(self.tables)} processed tables were read",
            source="data/raw/sources.csv, which gives address, licence and hash of each",
            text={"From"},
        )

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        return {
            "text/plain": repr(self.as_table()),
            "text/html": self.as_table()._repr_html_(),
            MIME: {built.name: list(built.raw) for built in self.tables},
        }


def show(tables: Tables) -> Inputs:
    """Show what was read so far; the last cell of a notebook."""
    return Inputs(tables.used)


def read_inputs(notebook: "NotebookNode") -> Mapping[str, tuple[str, ...]]:
    """Return the tables an executed notebook read, each with its raw files; empty if unsaid."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if MIME in output.get("data", {}):
                return {name: tuple(raw) for name, raw in output["data"][MIME].items()}
    return {}


def _citations(built: Built) -> list[str]:
    """Cite the sources of a table, the code lists of a release left out."""
    cited = [source for path in built.raw if (source := source_of(path))]
    return list(dict.fromkeys(source.citation for source in cited if "list of" not in source.title))
