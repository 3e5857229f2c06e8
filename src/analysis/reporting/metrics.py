"""Key figures in a notebook: shown to readers as cards, kept for machines in the outputs.

The cards travel in the executed notebook itself, under a MIME type of their own, so the
index and the run-to-run comparison read exactly what the page shows.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from analysis import wording
from analysis.estimate import Better, Estimate, KeyFigure, Kind
from analysis.reporting.cards import cards

if TYPE_CHECKING:  # notebooks import this module: nbformat would only slow them
    from nbformat import NotebookNode

MIME = "application/vnd.workforce.metrics+json"


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
