"""Key figures as cards: value, unit, interval, vintage, kind, and how it moved."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType

from analysis import wording
from analysis.estimate import KeyFigure, Kind
from analysis.reporting.changes import Change

CARD_STYLE = Path(__file__).parent / "template" / "cards.css"
NO_CHANGES: Mapping[str, Change] = MappingProxyType({})
KIND_NAMES: Mapping[Kind, str] = {
    "official": "Official",
    "official copy": "Official, by a copy",
    "own tabulation": "Own tabulation",
    "member survey": "Survey of members",
    "third party": "Third party",
    "vendor figure": "Vendor's figure",
    "guide": "Guide",
    "assumption": "Assumption",
    "model": "Model",
    "simulation": "Simulation",
}


def cards(figures: Sequence[KeyFigure], changes: Mapping[str, Change] = NO_CHANGES) -> str:
    """Write figures as a list of cards, with their own style: notebooks have no other.

    Parameters
    ----------
    figures : sequence of KeyFigure
        In reading order.
    changes : mapping of str to Change
        By name of the figure, how it differs from the page before.
    """
    items = "".join(card(figure, changes.get(figure.name)) for figure in figures)
    return f'<style>{card_style()}</style><ul class="key-figures" role="list">{items}</ul>'


def card(figure: KeyFigure, change: Change | None = None) -> str:
    """Write one card; every text in it is escaped."""
    estimate = figure.estimate
    amount, words = wording.amount(estimate), wording.unit_words(estimate.unit)
    limits = wording.interval(estimate)
    is_unknown = amount == wording.MISSING
    unit = f" <span>{escape(words)}</span>" if words and not is_unknown else ""
    size = ' class="missing"' if is_unknown else ""
    when = " · ".join(filter(None, [estimate.year, estimate.source]))
    parts = [
        f'<p class="label">{escape(figure.label)}</p>',
        f'<p class="value"><strong{size}>{escape(amount)}</strong>{unit}</p>',
        f'<p class="limits">{escape(f"{estimate.limits} {limits}")}</p>' if limits else "",
        "" if change is None else change_line(change),
        f'<p class="note">{escape(first_sentence(estimate.note))}</p>' if estimate.note else "",
        f'<p class="origin"><b>{KIND_NAMES[estimate.kind]}</b> {escape(when)}</p>',
    ]
    return f'<li class="key-figure">{"".join(parts)}</li>'


def change_line(change: Change) -> str:
    """Say how a figure moved since the page before, in words that colour only underlines.

    Examples
    --------
    >>> from analysis.estimate import Estimate
    >>> old, new = (Estimate(value=value, unit="jobs", kind="official") for value in (100.0, 90.0))
    >>> change_line(Change(name="jobs", label="Jobs", better="higher", old=old, new=new,
    ...     since="2026-11-01 06:00 UTC"))
    '<p class="change bad"><b>−10 (−10.0%), worse</b> since 2026-11-01</p>'
    """
    since = f" since {escape(change.since.partition(' ')[0])}" if change.since else ""
    return f'<p class="change {change.tone}"><b>{escape(change.words)}</b>{since}</p>'


def first_sentence(text: str) -> str:
    """Cut a note to what a card has room for; the section it belongs to has it whole.

    Examples
    --------
    >>> first_sentence("A ten-year total, not a yearly rate. The yearly rate is 0.7%.")
    'A ten-year total, not a yearly rate.'
    """
    first, stop, _ = text.partition(". ")
    return f"{first}." if stop else text


@cache
def card_style() -> str:
    """Read the style of the cards."""
    return " ".join(CARD_STYLE.read_text(encoding="utf-8").split())
