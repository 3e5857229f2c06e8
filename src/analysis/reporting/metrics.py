"""Key figures in a notebook: shown to readers as cards, kept for machines in the outputs.

The cards travel in the executed notebook itself, under a MIME type of their own, so the
index and the run-to-run comparison read exactly what the page shows.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.estimate import Better, Estimate, KeyFigure, Kind
from analysis.reporting.changes import Change

if TYPE_CHECKING:  # notebooks import this module: nbformat would only slow them
    from nbformat import NotebookNode

MIME = "application/vnd.workforce.metrics+json"
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
MOST_HEADLINES = 3


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """Key figures that display themselves in a notebook.

    Parameters
    ----------
    figures : tuple of KeyFigure
        In reading order; no name twice.

    Raises
    ------
    ValueError
        Two figures have the same name.
    """

    figures: tuple[KeyFigure, ...]

    def __post_init__(self) -> None:
        refuse_duplicates(self.figures)

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:  # noqa: ARG002
        return {
            "text/plain": "\n".join(line(figure) for figure in self.figures),
            "text/html": wording.as_text(cards(self.figures)),
            MIME: [as_json(figure) for figure in self.figures],
        }


def show(figures: Sequence[KeyFigure]) -> KeyFigures:
    """Show figures as cards and store them in the notebook's outputs.

    The result must be the last expression of its cell, as with a table.

    Raises
    ------
    ValueError
        Two figures have the same name.

    Examples
    --------
    >>> wage = Estimate(value=51140, unit="USD a year", year="May 2025", source="BLS, OEWS",
    ...     kind="official")
    >>> shown = show([KeyFigure(name="median_wage_usd", label="Median wage", estimate=wage)])
    >>> print(shown._repr_mimebundle_()["text/plain"])
    Median wage: $51,140 a year, May 2025 (BLS, OEWS; official)
    """
    return KeyFigures(tuple(figures))


def record(
    name: str,
    value: float | None,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    better: Better = "neither",
    label: str = "",
    year: str = "",
    source: str = "",
    kind: Kind = "model",
    note: str = "",
) -> KeyFigures:
    """Show and store a single figure; `show` takes several.

    Parameters
    ----------
    name : str
        Identifier, stable from run to run; the label is made from it where none is given.
    value, low, high : float or None
        The figure and its 90 % interval, in `unit`; None where there is none.
    unit, year, source, kind, note
        As in `Estimate`.
    better : Better
        As in `KeyFigure`.

    Examples
    --------
    >>> record("payback_years", 2.4, unit="years", low=1.8, high=3.3).figures[0].label
    'Payback years'
    """
    estimate = Estimate(
        value=value, unit=unit, low=low, high=high, year=year, source=source, kind=kind, note=note
    )
    words = name.replace("_", " ")
    title = label or words[:1].upper() + words[1:]
    return show([KeyFigure(name=name, label=title, estimate=estimate, better=better)])


def read_metrics(notebook: "NotebookNode") -> tuple[KeyFigure, ...]:
    """Collect the key figures that an executed notebook holds, in reading order.

    Raises
    ------
    ValueError
        A name occurs twice, or an output is not as `show` wrote it.
    """
    figures = tuple(from_json(row) for row in rows(notebook))
    refuse_duplicates(figures)
    return figures


def rows(notebook: "NotebookNode") -> Iterator[Mapping[str, Any]]:
    """Yield each stored figure of a notebook, as `as_json` wrote it."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            yield from rows_of(output)


def rows_of(output: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield each stored figure of one output."""
    stored = output.get("data", {}).get(MIME, [])
    yield from json.loads(stored) if isinstance(stored, str) else stored


def figures_of(output: Mapping[str, Any]) -> tuple[KeyFigure, ...]:
    """Read the key figures that one output holds, in reading order."""
    return tuple(from_json(row) for row in rows_of(output))


def refuse_duplicates(figures: Sequence[KeyFigure]) -> None:
    """Raise ValueError where two figures have one name."""
    counts = Counter(figure.name for figure in figures)
    if twice := [name for name, times in counts.items() if times > 1]:
        raise ValueError(
            f"Key figures must have different names, but {wording.listed(twice)} "
            "occurs more than once in this notebook. Rename one, or show it once."
        )


def as_json(figure: KeyFigure) -> dict[str, Any]:
    """Turn a figure into the flat record that notebooks and run records keep.

    Examples
    --------
    >>> jobs = Estimate(value=None, unit="jobs", note="Not released for Vermont.", kind="official")
    >>> as_json(KeyFigure(name="employment", label="Jobs", estimate=jobs))["note"]
    'Not released for Vermont.'
    """
    estimate = figure.estimate
    return {
        "name": figure.name,
        "label": figure.label,
        "value": number(estimate.value),
        "low": number(estimate.low),
        "high": number(estimate.high),
        "se": number(estimate.se),
        "unit": estimate.unit,
        "year": estimate.year,
        "source": estimate.source,
        "kind": estimate.kind,
        "better": figure.better,
        "note": estimate.note,
        "limits": estimate.limits,
        "headline": figure.headline,
    }


def from_json(row: Mapping[str, Any]) -> KeyFigure:
    """Turn a flat record back into the figure it came from.

    Raises
    ------
    ValueError
        A field is absent.
    """
    fields = ("value", "low", "high", "se", "unit", "year", "source", "kind", "note", "limits")
    if absent := {"name", "label", "better", *fields} - row.keys():
        raise ValueError(
            f"A stored key figure lacks {wording.listed(sorted(absent))}: {dict(row)}. "
            "Run the notebook again."
        )
    estimate = Estimate(**{field: row[field] for field in fields})
    return KeyFigure(
        name=row["name"],
        label=row["label"],
        estimate=estimate,
        better=row["better"],
        headline=bool(row.get("headline")),
    )


def number(value: float | None) -> float | None:
    """Turn pandas' and numpy's numbers into JSON's, and their NaN into None."""
    return None if value is None or wording.is_absent(value) else float(value)


def line(figure: KeyFigure) -> str:
    """Write a figure in one line of plain text."""
    estimate = figure.estimate
    limits = wording.interval(estimate)
    told = [
        f"{figure.label}: {wording.amount_with_unit(estimate)}",
        f" ({estimate.limits} {limits})" if limits else "",
        f", {estimate.year}" if estimate.year else "",
        f" ({'; '.join(filter(None, [estimate.source, estimate.kind]))})",
        f". {estimate.note}" if estimate.note else "",
    ]
    return "".join(told)


def lead(figures: Sequence[KeyFigure], changes: Mapping[str, Change] = NO_CHANGES) -> str:
    """Write the figures that lead as cards, and all others as a folded table.

    Those marked as headlines lead; the first three where none is.
    """
    chosen = [figure for figure in figures if figure.headline] or list(figures)
    chosen = chosen[:MOST_HEADLINES]
    others = [figure for figure in figures if figure not in chosen]
    return cards(chosen, changes) + (glance(others, changes) if others else "")


def glance(figures: Sequence[KeyFigure], changes: Mapping[str, Change] = NO_CHANGES) -> str:
    """Write figures as rows of a table that a reader opens."""
    rows = "".join(glance_row(figure, changes.get(figure.name)) for figure in figures)
    return (
        f'<details class="more"><summary>At a glance: {len(figures)} more figures</summary>'
        "<table data-sortable><caption>More key figures</caption><thead><tr>"
        '<th scope="col">Figure</th><th scope="col" class="number">Value</th>'
        '<th scope="col">Range</th><th scope="col">Kind, date and source</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></details>"
    )


def glance_row(figure: KeyFigure, change: Change | None) -> str:
    """Write one figure as a row; every text in it is escaped."""
    estimate = figure.estimate
    limits = wording.interval(estimate)
    where = ", ".join(filter(None, [KIND_NAMES[estimate.kind], estimate.year, estimate.source]))
    moved = "" if change is None else change_line(change)
    note = f"<small>{escape(first_sentence(estimate.note))}</small>" if estimate.note else ""
    cells = [
        f'<th scope="row">{escape(figure.label)}{note}</th>',
        f'<td class="number">{escape(wording.amount_with_unit(estimate))}{moved}</td>',
        f"<td>{escape(f'{estimate.limits}: {limits}') if limits else ''}</td>",
        f"<td>{escape(where)}</td>",
    ]
    return f"<tr>{''.join(cells)}</tr>"


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
