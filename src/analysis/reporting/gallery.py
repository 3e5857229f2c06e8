"""Every figure of every report on one page: to look at them together, and to find one again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.reporting.outline import slug
from analysis.reporting.page import Provenance, render_page

FIGURE = "image/svg+xml"
LEAD = (
    "The figures of all reports, nation and default parameters, as the notebooks in the project "
    "store them. Each heading leads to the place in the report."
)


def gallery(notebooks: Sequence[Path]) -> str:
    """Render the page of all figures from executed notebooks.

    Parameters
    ----------
    notebooks : sequence of Path
        Executed; their order is that of the page. One without figures is left out.

    Raises
    ------
    ValueError
        A figure has no alternative text.
    """
    cells = [new_markdown_cell(f"# Every figure\n\n{LEAD}")]  # type: ignore[no-untyped-call]
    for path in notebooks:
        cells.extend(figure_cells(nbformat.read(path, as_version=4), report=path.stem))  # type: ignore[no-untyped-call]
    return render_page(
        new_notebook(cells=cells),  # type: ignore[no-untyped-call]
        title="Every figure",
        subtitle="",
        provenance=Provenance(
            datasets=(),
            parameters={},
            code_version="that of the stored notebooks",
            run_id="none",
            built_at="from stored outputs",
            command="workforce gallery",
        ),
        index_href="index.html",
    )


def figure_cells(notebook: NotebookNode, *, report: str) -> Iterator[NotebookNode]:
    """Yield a heading for the notebook, then each figure under the heading it stands under.

    Parameters
    ----------
    notebook : NotebookNode
        Executed.
    report : str
        Name of its national report, to link to.
    """
    title = heading = report
    opening = True
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            heading = cell.source.split("\n")[0].lstrip("# ")
            title = heading if cell.source.startswith("# ") else title
        drawn = [output for output in cell.get("outputs", []) if FIGURE in output.get("data", {})]
        if drawn and opening:
            yield new_markdown_cell(f"## {title}")  # type: ignore[no-untyped-call]
            opening = False
        if drawn:
            link = f"national/{report}.html#{slug(heading)}"
            yield new_markdown_cell(f"### [{heading}]({link})")  # type: ignore[no-untyped-call]
            yield new_code_cell(cell.source, outputs=drawn)  # type: ignore[no-untyped-call]
