"""From the cells of an executed notebook to a page's question, its lead and its sections."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from nbformat import NotebookNode

from analysis.reporting.outputs import ID, free_id, plain

Kind = Literal["prose", "code", "answer", "cards", "figure", "form", "letter", "table", "other"]
HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)
TAGS = ("details", "guide", "sources")  # of a cell: where it folds; of a heading: its section
# What an output is, by the first of these that it holds.
SIGNS: tuple[tuple[str, Kind], ...] = (
    ("data-live=", "form"),
    ('class="letter"', "letter"),
    ('<figure class="chart"', "figure"),
    ('class="key-figures"', "cards"),
    ('class="answer"', "answer"),
    ("<table", "table"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One piece of a page: what it is, its HTML, and where a tag of its cell folds it."""

    kind: Kind
    html: str
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a page: what stands under a heading of level 2.

    Parameters
    ----------
    id : str
        For links to it; unique on the page.
    title : str
        Plain text.
    heading : str
        HTML within the heading.
    blocks : tuple of Block
        In reading order.
    tag : str
        Of `TAGS`, or empty: where all of it folds.
    """

    id: str
    title: str
    heading: str
    blocks: tuple[Block, ...] = ()
    tag: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page taken apart.

    Parameters
    ----------
    heading : str
        HTML within the heading of level 1; empty where the notebook has none.
    lead : tuple of Block
        What stands between it and the first section: the answer.
    sections : tuple of Section
        In reading order.
    """

    heading: str
    lead: tuple[Block, ...]
    sections: tuple[Section, ...]


def outline(
    cells: Iterable[NotebookNode],
    markdown: Callable[[str], str],
    taken: frozenset[str] = frozenset(),
) -> Outline:
    """Take the cells of a page apart at their headings.

    Parameters
    ----------
    cells : iterable of NotebookNode
        With outputs as `presented` leaves them.
    markdown : callable
        Renders prose as HTML.
    taken : frozenset of str
        Ids that the page around the cells uses.

    Raises
    ------
    ValueError
        A heading of level 1 is not the first, or a level is skipped: screen readers
        and the table of contents follow the levels.

    Examples
    --------
    >>> from nbformat.v4 import new_markdown_cell
    >>> cells = [new_markdown_cell("<h1>Pay?</h1>Yes.<h2>How much?</h2>Enough.")]
    >>> page = outline(cells, str)
    >>> page.heading, page.lead[0].html, page.sections[0].id
    ('Pay?', 'Yes.', 'how-much')
    """
    blocks = list(_blocks(cells, markdown))
    prose = [block.html for block in blocks if block.kind == "prose"]
    _refuse_disorder(
        [(int(level), plain(text)) for html in prose for level, _, text in HEADING.findall(html)]
    )
    used = set(taken) | {id_ for block in blocks for id_ in ID.findall(block.html)}
    heading = ""
    lead: list[Block] = []
    sections: list[Section] = []
    for block in blocks:
        html = _with_ids(block.html, used) if block.kind == "prose" else block.html
        start = HEADING.match(html) if block.kind == "prose" else None
        level = start[1] if start else ""
        if start and level == "1":
            heading = start[3]
        if start and level == "2":
            (id_,) = ID.findall(start[0])[:1]
            title, text = plain(start[3]), start[3]
            sections.append(Section(id=id_, title=title, heading=text, tag=block.tag))
        if start and level in ("1", "2"):
            html = html[start.end() :].strip()
        if html and not sections:
            lead.append(replace(block, html=html))
        elif html:
            held = (*sections[-1].blocks, replace(block, html=html))
            sections[-1] = replace(sections[-1], blocks=held)
    return Outline(heading=heading, lead=tuple(lead), sections=tuple(sections))


def _blocks(cells: Iterable[NotebookNode], markdown: Callable[[str], str]) -> Iterator[Block]:
    """Yield what cells say and show; prose is parted at headings of level 1 and 2."""
    for cell in cells:
        tag = next((tag for tag in TAGS if tag in cell.metadata.get("tags", [])), "")
        if cell.cell_type == "markdown":
            yield from _prose(markdown(cell.source), tag)
        elif cell.cell_type == "code":
            if cell.source.strip():
                yield Block(kind="code", html=cell.source, tag=tag)
            for output in cell.outputs:
                if "text/markdown" in output.data:
                    yield from _prose(markdown(output.data["text/markdown"]), tag)
                else:
                    html = output.data["text/html"]
                    yield Block(kind=_kind(html), html=html, tag=tag)


def _kind(html: str) -> Kind:
    return next((kind for sign, kind in SIGNS if sign in html), "other")


def _prose(html: str, tag: str) -> Iterator[Block]:
    for part in re.split(r"(?=<h[12]\b)", html):
        if part.strip():
            yield Block(kind="prose", html=part.strip(), tag=tag)


def _refuse_disorder(headings: list[tuple[int, str]]) -> None:
    """Raise ValueError where the levels of headings, with their texts, do not nest."""
    above = 0
    for level, text in headings:
        if level == 1 and above:
            raise ValueError(
                f'A page has one heading of level 1, its first; "{text}" must be level 2 or below.'
            )
        if level > max(above, 1) + 1:
            raise ValueError(
                f'Heading levels must not be skipped: "{text}" is of level {level} '
                f"under a heading of level {max(above, 1)}."
            )
        above = level


def _with_ids(html: str, used: set[str]) -> str:
    """Give each heading an id made from its words, where it has none; `used` grows."""

    def named(match: re.Match[str]) -> str:
        level, attributes, text = match.groups()
        if " id=" in attributes:
            return match[0]
        id_ = free_id(slug(plain(text)), frozenset(used))
        used.add(id_)
        return f'<h{level}{attributes} id="{id_}">{text}</h{level}>'

    return HEADING.sub(named, html)


def slug(text: str) -> str:
    """Make a readable id from words.

    Examples
    --------
    >>> slug("What does it cost, all in?"), slug("29-2072")
    ('what-does-it-cost-all-in', 'section-29-2072')
    """
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    return words if words[:1].isalpha() else f"section-{words}".rstrip("-")
