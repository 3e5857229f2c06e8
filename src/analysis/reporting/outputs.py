"""What a cell displayed, as HTML that is safe to set beside other outputs on one page."""

import re
import textwrap
from collections.abc import Mapping
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from analysis.reporting import inputs, metrics
from analysis.reporting.changes import Change
from analysis.reporting.metrics import NO_CHANGES
from analysis.tabular.numbers_behind import numbers_behind

if TYPE_CHECKING:
    from nbformat import NotebookNode

PREFERENCE = ("text/html", "image/svg+xml", "image/png", "image/jpeg", "text/markdown")
WIDGET = "application/vnd.jupyter.widget-view+json"
ID = re.compile(r'(?<=\s)id="([^"]+)"')
LONGEST_NAME = 160  # characters of a figure's text alternative that a listener has patience for
REFERENCES = r"aria-labelledby|aria-describedby|aria-controls|for|headers|list"


def presented(
    notebook: "NotebookNode",
    taken: frozenset[str] = frozenset(),
    changes: Mapping[str, Change] = NO_CHANGES,
) -> "NotebookNode":
    """Return the notebook with each output reduced to the one form the page shows.

    Every output becomes either text/html, ready to be set as it is, or text/markdown.
    Key figures are told with their changes, pictures with the numbers behind them. What went
    to stderr, and widgets, which need a kernel, are left out. An id that an earlier output has
    used (matplotlib repeats those of glyphs and clips) is renamed.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; left as it was.
    taken : frozenset of str
        Ids that the page around the outputs uses.
    changes : mapping of str to Change
        By name of the key figure, how it differs from the page before.

    Raises
    ------
    ValueError
        A cell failed, an image has no alt text, or an output holds a heading of level 1
        or 2; the message names the cell.
    """
    cells = []
    for number, cell in enumerate(notebook.cells, start=1):
        outputs = []
        for output in cell.get("outputs", []):
            try:
                mime, text = displayed(output, changes)
            except ValueError as error:
                raise ValueError(f"Cell {number}: {error}") from error
            if mime == "text/html":
                text, taken = with_unique_ids(text, taken)
            if text:
                outputs.append({"output_type": "display_data", "data": {mime: text}})
        cells.append({**cell, "outputs": outputs})
    import nbformat  # who lists reports need not wait for it

    shown: NotebookNode = nbformat.from_dict(  # type: ignore[no-untyped-call]
        {**notebook, "cells": cells}
    )
    return shown


def displayed(
    output: Mapping[str, Any], changes: Mapping[str, Change] = NO_CHANGES
) -> tuple[str, str]:
    """Choose the form in which the page shows an output: its MIME type and its text.

    Raises
    ------
    ValueError
        As `presented`.

    Examples
    --------
    >>> displayed({"output_type": "stream", "name": "stdout", "text": "3 < 4"})
    ('text/html', '<pre>3 &lt; 4</pre>')
    >>> displayed({"output_type": "stream", "name": "stderr", "text": "FutureWarning"})
    ('text/html', '')
    """
    kind = output["output_type"]
    if kind == "error":
        raise ValueError(f"the notebook failed with {output['ename']}: {output['evalue']}")
    if kind == "stream":
        return "text/html", preformatted(output["text"]) if output["name"] == "stdout" else ""
    data = output["data"]
    if WIDGET in data:
        return "text/html", ""
    if metrics.MIME in data:
        return "text/html", with_table_boxes(metrics.lead(metrics.figures_of(output), changes))
    mime = next((mime for mime in PREFERENCE if mime in data), "text/plain")
    if mime == "text/markdown":
        return mime, data[mime]
    if mime == "text/html":
        html = with_table_boxes(checked(data[mime]))
        return mime, f'<div class="workforce-inputs">{html}</div>' if inputs.MIME in data else html
    if mime == "text/plain":
        return "text/html", preformatted(data.get(mime, ""))
    return "text/html", image(mime, data[mime], output.get("metadata", {}))


def preformatted(text: str) -> str:
    """Set plain text as it stands."""
    return f"<pre>{escape(text.rstrip())}</pre>" if text.strip() else ""


def image(mime: str, data: str, metadata: Mapping[str, Any]) -> str:
    """Set a picture with the alt text of its metadata, and under it the numbers it was drawn from.

    Raises
    ------
    ValueError
        Neither `metadata["alt"]` nor `metadata[mime]["alt"]` says what the picture shows.
    """
    own = metadata.get(mime, {})
    alt = own.get("alt") or metadata.get("alt") or ""
    if not alt.strip():
        raise ValueError(
            f"a picture ({mime}) has no alt text. Display it with metadata "
            '{"alt": "what it shows, the extremes, the finding"}.'
        )
    words = own.get("words")
    if mime == "image/svg+xml" and words:
        title, measure, source = (escape(words[name]) for name in ("title", "measure", "source"))
        return (
            f'<figure class="chart" data-title="{title}">'
            f"<figcaption><b>{title}</b> <span>{measure}</span></figcaption>"
            f'<div class="figure wide">{labelled_svg(cropped(data, *own["plot"]), alt)}</div>'
            f'<div class="figure narrow">{labelled_svg(own["narrow"], alt)}</div>'
            f'<div class="chart-bar"><p class="source">Source: {source}.</p>'
            f"{numbers(own['numbers'], alt)}</div></figure>"
        )
    if mime == "image/svg+xml":
        return f'<div class="figure">{labelled_svg(data, alt)}</div>'
    width = f' width="{int(own["width"])}"' if "width" in own else ""
    source = f"data:{mime};base64,{''.join(data.split())}"
    return f'<div class="figure"><img src="{source}" alt="{escape(alt)}"{width}></div>'


def cropped(svg: str, top: float, bottom: float) -> str:
    """Cut a drawing to what lies between two heights: the page has its words as text.

    Examples
    --------
    >>> svg = '<svg width="9pt" height="8pt" viewBox="0 0 9 8"><g id="words-1"><text/></g></svg>'
    >>> cropped(svg, 2, 7)
    '<svg width="9pt" height="5pt" viewBox="0 2 9 5"></svg>'
    """
    svg = re.sub(r'<g id="words-\d">.*?</g>', "", svg, flags=re.DOTALL)
    height = f"{bottom - top:g}"
    svg = re.sub(r'(<svg[^>]* height=")[^"]*', rf"\g<1>{height}pt", svg, count=1)
    return re.sub(
        r'viewBox="(\S+) \S+ (\S+) [^"]+"', rf'viewBox="\1 {top:g} \2 {height}"', svg, count=1
    )


def numbers(stored: Mapping[str, Any], alt: str) -> str:
    """Write the numbers behind a picture as a table, folded away under it."""
    table = numbers_behind(
        stored["columns"], stored["data"], finding=alt, source=stored["source"]
    )._repr_html_()
    return (
        '<details class="numbers"><summary>Numbers behind this figure</summary>'
        f"{with_table_boxes(table)}</details>"
    )


def short_alternative(alt: str) -> str:
    """Cut a text alternative to the sentences that a listener has patience for.

    Examples
    --------
    >>> short_alternative("Pay rose by 3%. " + "Iowa $41,000; " * 40)
    'Pay rose by 3%.'
    """
    sentences = re.split(r"(?<=[.?!])\s+(?=[A-Z])", alt)
    kept = sentences[0]
    for sentence in sentences[1:]:
        if len(kept) + 1 + len(sentence) > LONGEST_NAME:
            break
        kept = f"{kept} {sentence}"
    return textwrap.shorten(kept, LONGEST_NAME, placeholder=" …")


def labelled_svg(svg: str, alt: str) -> str:
    """Make a stand-alone SVG file part of a page, as one image that has a name.

    The prologue and the metadata go; so does matplotlib's style sheet, which would reach
    beyond its figure (the page's own style does the same within figures).

    Examples
    --------
    >>> labelled_svg('<?xml version="1.0"?><svg width="9pt"><g/></svg>', "Wages < rents")
    '<svg role="img" aria-label="Wages &lt; rents" width="9pt"><g/></svg>'
    """
    start = svg.index("<svg")
    body = re.sub(r"<metadata>.*?</metadata>|<!--.*?-->", "", svg[start:], flags=re.DOTALL)
    body = re.sub(r"<style[^>]*>\*\{[^}]*\}</style>", "", body)
    head, _, rest = body.partition(">")
    head = re.sub(r'\s(role|aria-label)="[^"]*"', "", head)
    name = escape(short_alternative(alt))
    return f'<svg role="img" aria-label="{name}"{head.removeprefix("<svg")}>{rest}'


def checked(html: str) -> str:
    """Return `html` as it is, once it keeps what the page promises.

    Raises
    ------
    ValueError
        A picture has no alternative text, or a heading would break the page's outline.
    """
    for tag, body in re.findall(r"(<svg\b[^>]*>)(.*?)</svg>", html, flags=re.DOTALL):
        if not re.search(r"aria-label|aria-hidden", tag) and "<title" not in body:
            raise ValueError("an <svg> in an HTML output has neither aria-label nor <title>.")
    if re.search(r"<img\b(?![^>]*\salt=)", html):
        raise ValueError("an <img> in an HTML output has no alt text.")
    if re.search(r"<h[12]\b", html):
        raise ValueError("headings of level 1 and 2 belong in markdown cells, not in outputs.")
    return html


def with_table_boxes(html: str) -> str:
    """Let each table scroll inside a box of its own, and give its headers their scope.

    Examples
    --------
    >>> print(with_table_boxes("<table><tbody><tr><th>Iowa</th></tr></tbody></table>"))
    <div class="table" tabindex="0" role="group" aria-label="Table"><table>...
    """
    return re.sub(r"<table\b.*?</table>", boxed, html, flags=re.DOTALL)


def boxed(table: re.Match[str]) -> str:
    """Set one table in its box, named after its caption."""
    html = re.sub(r"<th>\s*</th>", "<td></td>", table[0])  # a corner is no header
    head, end, body = html.rpartition("</thead>")
    html = f"{with_scope(head, 'col')}{end}{with_breaks(with_scope(body, 'row'))}"
    caption = re.search(r"<caption\b[^>]*>(.*?)</caption>", html, flags=re.DOTALL)
    name = escape(plain(caption[1])) if caption else "Table"
    return f'<div class="table" tabindex="0" role="group" aria-label="{name}">{html}</div>'


def with_scope(html: str, scope: str) -> str:
    """Say of each header cell that does not, what it heads: "col" or "row"."""
    return re.sub(r"<th\b(?![^>]*\bscope=)", f'<th scope="{scope}"', html)


def with_breaks(html: str) -> str:
    """Let the names of tables and columns that head rows break after an underscore.

    Examples
    --------
    >>> with_breaks('<th scope="row">guide_remote</th><td>guide_remote</td>')
    '<th scope="row">guide_<wbr>remote</th><td>guide_remote</td>'
    """
    return re.sub(r"(?<=>)[^<]*(?=</th>)", lambda m: re.sub(r"_(?=\w)", "_<wbr>", m[0]), html)


def plain(html: str) -> str:
    """Take the text out of a piece of HTML.

    Examples
    --------
    >>> plain("Costs <em>&amp; fees</em>")
    'Costs & fees'
    """
    return unescape(" ".join(re.sub(r"<[^>]+>", "", html).split()))


def with_unique_ids(html: str, taken: frozenset[str]) -> tuple[str, frozenset[str]]:
    """Rename the ids of `html` that are `taken`, with all that points at them.

    Returns
    -------
    tuple of str and frozenset of str
        The HTML, and the ids taken now. Each <svg> is a scope of its own.

    Examples
    --------
    >>> html, taken = with_unique_ids('<i id="a"></i><b style="c:url(#a)">', frozenset("a"))
    >>> html, sorted(taken)
    ('<i id="a-2"></i><b style="c:url(#a-2)">', ['a', 'a-2'])
    """
    parts = []
    for part in re.split(r"(<svg\b.*?</svg>)", html, flags=re.DOTALL):
        names = {id_: free_id(id_, taken) for id_ in ID.findall(part)}
        parts.append(renamed(part, {old: new for old, new in names.items() if old != new}))
        taken = taken | frozenset(names.values())
    return "".join(parts), taken


def free_id(wanted: str, taken: frozenset[str]) -> str:
    """Return `wanted`, or the first of `wanted-2`, `wanted-3`, ... that is free."""
    free, number = wanted, 1
    while free in taken:
        number += 1
        free = f"{wanted}-{number}"
    return free


def renamed(html: str, names: Mapping[str, str]) -> str:
    """Give ids new names, where they are set and where they are pointed at."""
    if not names:
        return html
    old = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    html = re.sub(rf'(\sid=")({old})(?=")', lambda m: m[1] + names[m[2]], html)
    html = re.sub(rf'(url\(#|href="#)({old})(?=[")])', lambda m: m[1] + names[m[2]], html)
    return re.sub(
        rf'(\s(?:{REFERENCES})=")([^"]*)(?=")',
        lambda m: m[1] + " ".join(names.get(word, word) for word in m[2].split(" ")),
        html,
    )
