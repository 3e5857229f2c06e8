"""From one run of HTML to a page's title, lead and sections."""

import re
from dataclasses import dataclass

from analysis.reporting.outputs import ID, free_id, plain

HEADING = re.compile(r"<h([1-6])([^>]*)>(.*?)</h\1>", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of a page: what stands under a heading of level 2.

    Parameters
    ----------
    id : str
        For links to it; unique on the page.
    title : str
        Plain text.
    heading, body : str
        HTML within the heading, and below it.
    """

    id: str
    title: str
    heading: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A page taken apart.

    Parameters
    ----------
    heading : str
        HTML within the heading of level 1; empty where the notebook has none.
    lead : str
        HTML between it and the first section: the answer.
    sections : tuple of Section
        In reading order.
    """

    heading: str
    lead: str
    sections: tuple[Section, ...]


def outline(html: str, taken: frozenset[str] = frozenset()) -> Outline:
    """Take the body of a page apart at its headings.

    Parameters
    ----------
    html : str
        Headings of level 1 and 2 lie at the top level, not within another element.
    taken : frozenset of str
        Ids that the page around the body uses.

    Raises
    ------
    ValueError
        A heading of level 1 is not the first, or a level is skipped: screen readers
        and the table of contents follow the levels.

    Examples
    --------
    >>> page = outline("<h1>Pay?</h1><p>Yes.</p><h2>How much?</h2><p>Enough.</p>")
    >>> page.heading, page.lead, page.sections[0].id
    ('Pay?', '<p>Yes.</p>', 'how-much')
    """
    refuse_disorder([(int(level), plain(text)) for level, _, text in HEADING.findall(html)])
    html = with_heading_ids(html, taken)
    top, *rest = re.split(r"(?=<h2\b)", html)
    title = HEADING.search(top)
    is_titled = title is not None and title[1] == "1"
    return Outline(
        heading=title[3] if title and is_titled else "",
        lead=(top[: title.start()] + top[title.end() :] if title and is_titled else top).strip(),
        sections=tuple(section(part) for part in rest),
    )


def refuse_disorder(headings: list[tuple[int, str]]) -> None:
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


def with_heading_ids(html: str, taken: frozenset[str]) -> str:
    """Give each heading an id made from its words, where it has none."""
    used = set(taken) | set(ID.findall(html))

    def named(match: re.Match[str]) -> str:
        level, attributes, text = match.groups()
        if " id=" in attributes:
            return match[0]
        id_ = free_id(slug(plain(text)), frozenset(used))
        used.add(id_)
        return f'<h{level}{attributes} id="{id_}">{text}</h{level}>'

    return HEADING.sub(named, html)


def section(html: str) -> Section:
    """Read one section; `html` starts with its heading, which has an id."""
    heading = HEADING.match(html)
    if heading is None:
        raise ValueError(f"A heading of level 2 is not closed: {html[:80]!r}.")
    (id_,) = ID.findall(heading[0])[:1]
    return Section(
        id=id_,
        title=plain(heading[3]),
        heading=heading[3],
        body=html[heading.end() :].strip(),
    )


def slug(text: str) -> str:
    """Make a readable id from words.

    Examples
    --------
    >>> slug("What does it cost, all in?"), slug("29-2072")
    ('what-does-it-cost-all-in', 'section-29-2072')
    """
    words = "-".join(re.findall(r"[a-z0-9]+", text.lower()))
    return words if words[:1].isalpha() else f"section-{words}".rstrip("-")
