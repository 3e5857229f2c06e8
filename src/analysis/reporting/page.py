"""An executed notebook and where its numbers come from, as one page that needs nothing else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from analysis.reporting import layout
from analysis.reporting.cards import NO_CHANGES
from analysis.reporting.changes import Change
from analysis.reporting.outputs import presented


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """A file that a report rests on; as in data/raw/sources.csv.

    Parameters
    ----------
    title, producer : str
        What it is and who made it.
    vintage : str
        The release or period: "May 2025".
    sha256 : str
        Of the raw file.
    licence : str
        Under what terms it may be used.
    address : str
        Where it was published; becomes a link where it is one.
    """

    title: str
    producer: str
    vintage: str
    sha256: str
    licence: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the numbers of a page come from, and how to make them again.

    Parameters
    ----------
    datasets : tuple of Dataset
        In the order they are listed.
    parameters : mapping of str to str
        As the notebook ran with.
    code_version, run_id : str
        What made the page.
    built_at : str
        When, as it is to be read.
    command : str
        What a reader types to build the page again.
    """

    datasets: tuple[Dataset, ...]
    parameters: Mapping[str, str]
    code_version: str
    run_id: str
    built_at: str
    command: str


def render_page(
    notebook: NotebookNode,
    *,
    title: str,
    subtitle: str,
    provenance: Provenance,
    index_href: str = "../index.html",
    changes: Mapping[str, Change] = NO_CHANGES,
) -> str:
    """Render an executed notebook as one self-contained HTML file.

    Nothing is fetched, from anywhere: styles, scripts and pictures lie in the file, and
    its content security policy forbids the rest. Code is there, folded away.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; left as it was. Its first heading, of level 1, becomes the page's; what
        stands between it and the first heading of level 2 is the lead.
    title : str
        For the browser's tab, and the heading of a notebook that has none.
    subtitle : str
        Under the heading: area, occupation, credential.
    provenance : Provenance
        For the foot of the page.
    index_href : str
        Where the list of all reports lies, seen from the page; "" for none.
    changes : mapping of str to Change
        By name of the key figure, how it differs from the page before.

    Raises
    ------
    ValueError
        A cell failed, a picture has no alt text, or headings are out of order.

    Examples
    --------
    >>> import nbformat
    >>> cells = [nbformat.v4.new_markdown_cell("# How many jobs?")]
    >>> origin = Provenance(datasets=(), parameters={"area": "US"}, code_version="c6afc8f",
    ...     run_id="r1", built_at="3 November 2026", command="workforce report outlook")
    >>> html = render_page(nbformat.v4.new_notebook(cells=cells), title="Outlook",
    ...     subtitle="United States", provenance=origin)
    >>> "<h1>How many jobs?</h1>" in html
    True
    """
    shown = presented(notebook, layout.FRAME_IDS, changes)
    resources = {
        "title": title,
        "subtitle": subtitle,
        "provenance": provenance,
        "index_href": index_href,
        "has_live": any("data-live=" in output for output in html_outputs(shown)),
    }
    return layout.render_notebook(shown, resources)


def html_outputs(notebook: NotebookNode) -> Iterator[str]:
    """Yield each output that is HTML."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield output["data"].get("text/html", "")
