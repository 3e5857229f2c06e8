"""The one look of all pages: a template engine that escapes, and a policy that fetches nothing."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mistune
from markupsafe import Markup

from analysis.figures.theme import theme_css
from analysis.lazy import spare
from analysis.reporting.outline import outline
from analysis.reporting.outputs import with_table_boxes

if TYPE_CHECKING:
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters import Highlight2HTML
    from nbformat import NotebookNode

TEMPLATE = Path(__file__).parent / "template"
FRAME_IDS = frozenset({"top", "content", "contents", "provenance", "reproduce", "code"})


def render_notebook(notebook: "NotebookNode", resources: Mapping[str, Any]) -> str:
    """Render a notebook on page.html.j2; `resources` is what the template calls so."""
    text, _ = exporter().from_notebook_node(notebook, dict(resources))
    return str(text)


def render(template: str, values: Mapping[str, Any]) -> str:
    """Render any other template of the folder."""
    return str(exporter().environment.get_template(template).render(**values))


@cache
def exporter() -> "TemplateExporter":
    """Build the one exporter; kept, since building costs more than rendering."""
    spare()
    from nbconvert.exporters import TemplateExporter

    made = TemplateExporter(  # type: ignore[no-untyped-call]
        template_file=str(TEMPLATE / "page.html.j2"),
        default_preprocessors=[],
        filters={
            "markdown": markdown,
            "python": python,
            "outline": lambda html: outline(str(html), FRAME_IDS),
            "is_address": is_address,
        },
    )
    made.environment.autoescape = True
    made.environment.trim_blocks = made.environment.lstrip_blocks = True
    made.environment.globals |= {
        "file": file,
        "policy": policy,
        "colors": theme_css,
    }
    return made


def markdown(source: str) -> Markup:
    r"""Render markdown of a notebook; "$" is money here, never a formula.

    Examples
    --------
    >>> markdown("From $51,140 to **$60,000**.")
    Markup('<p>From $51,140 to <strong>$60,000</strong>.</p>\n')
    """
    return Markup(with_table_boxes(str(markdown_parser()(source))))


@cache
def markdown_parser() -> mistune.Markdown:
    """Build the markdown parser."""
    return mistune.create_markdown(
        escape=False, plugins=["table", "strikethrough", "footnotes", "def_list"]
    )


def python(source: str) -> Markup:
    """Colour Python code by classes, which the page's style knows."""
    return Markup(highlighter()(source))


@cache
def highlighter() -> "Highlight2HTML":
    """Build what colours code."""
    from nbconvert.filters import Highlight2HTML

    return Highlight2HTML(pygments_lexer="python")  # type: ignore[no-untyped-call]


def is_address(text: str) -> bool:
    """Say whether `text` may become a link: only the web's own schemes may."""
    return text.startswith(("https://", "http://"))


@cache
def file(name: str) -> Markup:
    """Read a style sheet or a script of the template, to be set as it is."""
    return Markup((TEMPLATE / name).read_text(encoding="utf-8"))


def policy(scripts: list[str]) -> Markup:
    """Write the content security policy of a page that runs only `scripts`.

    Nothing may be fetched; styles are inline, since figures carry theirs; pictures are
    data within the page.
    """
    hashes = " ".join(f"'sha256-{digest(file(name))}'" for name in scripts)
    rules = (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src {hashes}; base-uri 'none'; form-action 'none'"
    )
    return Markup(f'<meta http-equiv="Content-Security-Policy" content="{escape(rules, False)}">')


def digest(text: str) -> str:
    """Hash a script as the policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
