"""An executed notebook and where its numbers come from, as one page that needs nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from types import MappingProxyType

from nbformat import NotebookNode

from analysis.answers.answer import MIME
from analysis.reporting import layout
from analysis.reporting.changes import Change
from analysis.reporting.metrics import NO_CHANGES
from analysis.reporting.navigation import Origin, states
from analysis.reporting.outline import Block, Section, outline
from analysis.reporting.outputs import plain, presented

MOST_SECTIONS = 5
FACT_CHECK = "evidence"
MOST_WORDS = 45
FOLDS: Mapping[str, str] = MappingProxyType(
    {"details": "Details for analysts", "guide": "What the career guide says"}
)
TITLE = re.compile(r"(?<=<figcaption>)<b>(.*?)</b>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z<])")


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
    origin: Origin | None = None,
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
    origin : Origin or None
        Of which report the page is. It is then laid out for readers: the finding, three key
        figures, what answers, at most `MOST_SECTIONS` sections; all else is there, folded.
        Without it everything is shown in the notebook's order.

    Raises
    ------
    ValueError
        A cell failed, a picture has no alt text, or headings are out of order.

    Examples
    --------
    >>> import nbformat
    >>> cells = [nbformat.v4.new_markdown_cell("# How many jobs?")]
    >>> source = Provenance(datasets=(), parameters={"area": "US"}, code_version="c6afc8f",
    ...     run_id="r1", built_at="3 November 2026", command="workforce report outlook")
    >>> html = render_page(nbformat.v4.new_notebook(cells=cells), title="Outlook",
    ...     subtitle="United States", provenance=source)
    >>> "<h1>How many jobs?</h1>" in html
    True
    """
    shown = presented(notebook, layout.FRAME_IDS, changes)
    found = outline(shown.cells, layout.markdown, layout.FRAME_IDS)
    finding, deck, rest = answer_of(notebook)
    is_report = origin is not None
    parts = (
        sorted_out(found.sections, notebook=origin.notebook) if origin else {"main": found.sections}
    )
    views = [view(section, is_report=is_report) for section in parts["main"]]
    question = found.heading or escape(title)
    return layout.render(
        "page.html.j2",
        {
            "title": tab_title(finding or title, subtitle),
            "heading": escape(finding) or question,
            "question": question if finding else "",
            "subtitle": subtitle,
            "deck": deck if is_report else "",
            "rest": rest if is_report else "",
            "lead": [b for b in found.lead if not (deck and is_report and b.kind == "answer")],
            "views": views,
            "folds": [
                (id_, name, [view(section, is_report=False) for section in parts[id_]])
                for id_, name in FOLDS.items()
                if parts.get(id_)
            ],
            "inputs": [view(section, is_report=False) for section in parts.get("sources", ())],
            "provenance": provenance,
            "index_href": index_href,
            "base": index_href.removesuffix("index.html"),
            "origin": origin,
            "states": states() if is_report else (),
            "has_live": any(b.kind == "form" for s in found.sections for b in s.blocks),
        },
    )  # fmt: skip


def tab_title(heading: str, subtitle: str) -> str:
    """Name the tab: the heading, and what it does not say of place and credential.

    Examples
    --------
    >>> tab_title("Half earn more than $48,860", "Texas"), tab_title("Texas: pay", "Texas")
    ('Half earn more than $48,860 – Texas', 'Texas: pay')
    """
    place, _, asked = subtitle.partition(", ")
    rest = subtitle if place not in heading else asked
    return " – ".join(filter(None, [heading, rest]))


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A section as the page shows it.

    Parameters
    ----------
    section : Section
        What is shown.
    heading, eyebrow : str
        HTML: the finding, and the question it answers (empty where the question is the heading).
    shown, folded : tuple of Block
        What is in sight, and what a reader opens.
    """

    section: Section
    heading: str
    eyebrow: str
    shown: tuple[Block, ...]
    folded: tuple[Block, ...]


def sorted_out(sections: Sequence[Section], *, notebook: str = "") -> dict[str, list[Section]]:
    """Say which sections a reader sees, and which fold under what.

    A tag of the heading's cell decides; else a question about the guide folds with its likes,
    but on the fact check; what has neither figure nor form is for analysts, and so is all beyond
    `MOST_SECTIONS`.
    """
    parts: dict[str, list[Section]] = {"main": [], "details": [], "guide": [], "sources": []}
    for section in sections:
        seen = any(b.kind in ("figure", "form", "letter") and not b.tag for b in section.blocks)
        is_full = len(parts["main"]) == MOST_SECTIONS
        is_inputs = any("workforce-inputs" in block.html for block in section.blocks)
        on_guide = notebook != FACT_CHECK and "guide" in section.title.lower()
        tag = section.tag or (
            "sources" if is_inputs
            else "guide" if on_guide
            else "details" if is_full or not seen else ""
        )  # fmt: skip
        parts[tag or "main"].append(section)
    return parts


def view(section: Section, *, is_report: bool) -> View:
    """Choose what of a section is in sight: a few words, one figure, its forms."""
    if not is_report:
        return View(
            section=section, heading=section.heading, eyebrow="", shown=section.blocks, folded=()
        )
    shown: list[Block] = []
    folded: list[Block] = []
    heading = ""
    words = 0
    for block in section.blocks:
        if block.tag or block.kind in ("cards", "table", "other"):
            folded.append(block)
        elif block.kind == "prose":
            seen, left = cut(block.html, MOST_WORDS - words)
            words += len(plain(seen).split())
            shown += [replace(block, html=seen)] if seen else []
            folded += [replace(block, html=left)] if left else []
        elif block.kind == "figure" and heading:
            folded.append(block)
        elif block.kind == "figure":
            title = TITLE.search(block.html)
            heading = title[1] if title else section.heading
            shown.append(replace(block, html=TITLE.sub("", block.html, count=1)))
        else:
            shown.append(block)
    return View(
        section=section,
        heading=heading or section.heading,
        eyebrow=section.heading if heading else "",
        shown=tuple(shown),
        folded=tuple(folded),
    )


def cut(html: str, words: int) -> tuple[str, str]:
    """Part prose after the last whole sentence that `words` words hold.

    Examples
    --------
    >>> cut("<p>One two. Three four.</p><p>Five.</p>", 2)
    ('<p>One two.</p>', '<p>Three four.</p><p>Five.</p>')
    """
    shown: list[str] = []
    left: list[str] = []
    for part in re.split(r"(?<=</p>)\s*", html):
        inner = re.fullmatch(r"<p>(.*)</p>", part, re.DOTALL)
        if left or not inner:
            fits = not left and len(plain(part).split()) <= words
            (shown if fits else left).append(part)
            words -= len(plain(part).split()) if fits else 0
            continue
        sentences = SENTENCE.split(inner[1])
        kept = 0
        while kept < len(sentences) and len(plain(sentences[kept]).split()) <= words:
            words -= len(plain(sentences[kept]).split())
            kept += 1
        first, last = " ".join(sentences[:kept]), " ".join(sentences[kept:])
        if first.count("<") - first.count("</") != first.count("</"):
            first, last = "", inner[1]  # a sentence ends within an element
        shown += [f"<p>{first}</p>"] if first else []
        left += [f"<p>{last}</p>"] if last else []
    return "".join(shown), "".join(left)


def answer_of(notebook: NotebookNode) -> tuple[str, str, str]:
    """Return a report's finding, its first sentence and the rest; empty where it has none."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if told := output.get("data", {}).get(MIME):
                text = f"<p>{escape(told['text'])}</p>"
                first = len(SENTENCE.split(told["text"])[0].split())
                return told["finding"], *cut(text, first)
    return "", "", ""
