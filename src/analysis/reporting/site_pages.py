"""How to read the reports, what the words mean, and what the numbers are not: pages of the site."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

from analysis import sources
from analysis.files import replacing
from analysis.reporting import layout

DOCS = sources.ROOT / "docs"
# By address: what it is called, and the documents it is made from.
PAGES: Mapping[str, tuple[str, tuple[str, ...]]] = MappingProxyType(
    {
        "reading.html": ("How to read these reports", ("reading-a-report.md", "glossary.md")),
        "faq.html": ("Questions and answers", ("faq.md",)),
    }
)
LINK = re.compile(r"\]\(([\w-]+\.md)\)")


def render_page_of_docs(title: str, documents: tuple[str, ...]) -> str:
    """Render documents as one self-contained page; links among them lead to pages."""
    texts = [(DOCS / name).read_text(encoding="utf-8") for name in documents]
    first, *others = [LINK.sub(_linked, text) for text in texts]
    others = [re.sub(r"^# ", "## ", text) for text in others]
    body = layout.markdown("\n\n".join([first.partition("\n")[2], *others]))
    return layout.render("docs.html.j2", {"title": title, "body": body})


def write_site_pages(folder: Path) -> Iterator[Path]:
    """Write the pages that are not yet as they would be written now; yield each."""
    for name, (title, documents) in PAGES.items():
        html = render_page_of_docs(title, documents).encode()
        place = folder / name
        if not place.exists() or place.read_bytes() != html:
            with replacing(place) as file:
                file.write(html)
            yield place


def _linked(found: re.Match[str]) -> str:
    pages = {document: page for page, (_, held) in PAGES.items() for document in held}
    return f"]({pages.get(found[1], found[1])})"
