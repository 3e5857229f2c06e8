"""The one look of all pages: a template engine that escapes, and a policy that fetches nothing."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import mistune
from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from analysis.figures.theme import theme_css
from analysis.reporting.outputs import with_table_boxes

if TYPE_CHECKING:
    from nbconvert.filters import Highlight2HTML

TEMPLATE = Path(__file__).parent / "template"
FRAME_IDS = frozenset(
    {"top", "content", "contents", "provenance", "reproduce", "code", "details", "guide", "place"}
)


def render(template: str, values: Mapping[str, Any]) -> str:
    """Render a template of the folder."""
    return str(environment().get_template(template).render(**values))


@cache
def environment() -> Environment:
    """Build the one template engine: it escapes whatever it is not told to trust."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    made.filters |= {"python": python, "is_address": is_address, "css_text": css_text}
    made.globals |= {"file": file, "policy": policy, "colors": theme_css}
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


def json_text(value: object) -> Markup:
    """Write JSON to lie within a script element, from which no text leads out."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.replace("<", "\\u003c"))


def css_text(text: str) -> Markup:
    r"""Write text within a string of a style sheet, from which no letter leads out.

    Examples
    --------
    >>> css_text('Pay </style> "x"')
    Markup('Pay \\3c \\2f style\\3e  \\22 x\\22 ')
    """
    return Markup(re.sub(r"[^\w\s.,:;%$()'–-]|\n", lambda m: f"\\{ord(m[0]):x} ", text))


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
