"""The reports of one question as a table: one row a report, its key figures beside each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analysis import wording
from analysis.estimate import KeyFigure
from analysis.reporting.index_entry import IndexEntry

MOST_COLUMNS = 4  # key figures of a question that fit beside each other
MOST_HEADLINES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A key figure that the reports of a group share: its name, label and the unit's words."""

    name: str
    label: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A key figure in the index: its label, text, interval, and what it is sorted by."""

    label: str = ""
    text: str = ""
    interval: str = ""
    sort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The reports of one notebook, as one table.

    Parameters
    ----------
    notebook, title : str
        As in `IndexEntry`.
    headlines : tuple of Cell
        The first key figures of its first report, with their units.
    columns : tuple of Column
        At most `MOST_COLUMNS`.
    rows : tuple of (IndexEntry, tuple of Cell)
        Each report with one cell a column.
    """

    notebook: str
    title: str
    headlines: tuple[Cell, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[IndexEntry, tuple[Cell, ...]], ...]


def groups(entries: Sequence[IndexEntry]) -> tuple[Group, ...]:
    """Put the reports of each notebook together, in order of first appearance."""
    order = {entry.notebook: rank for rank, entry in reversed(list(enumerate(entries)))}
    together = sorted(entries, key=lambda entry: order[entry.notebook])
    return tuple(
        group(notebook, list(members))
        for notebook, members in groupby(together, key=lambda entry: entry.notebook)
    )


def group(notebook: str, entries: Sequence[IndexEntry]) -> Group:
    """Set the reports of one notebook as a table; its columns are the key figures they share."""
    shared = columns([figure for entry in entries for figure in entry.key_figures])
    return Group(
        notebook=notebook,
        title=entries[0].title,
        headlines=tuple(cell(figure) for figure in entries[0].key_figures[:MOST_HEADLINES]),
        columns=shared,
        rows=tuple((entry, cells(entry, shared)) for entry in entries),
    )


def columns(figures: Sequence[KeyFigure]) -> tuple[Column, ...]:
    """Name the first key figures of a group; label and unit are those of the first such figure."""
    first = {figure.name: figure for figure in reversed(figures)}
    order = list(dict.fromkeys(figure.name for figure in figures))[:MOST_COLUMNS]
    return tuple(
        Column(
            name=name,
            label=first[name].label,
            unit=wording.unit_words(first[name].estimate.unit),
        )
        for name in order
    )


def cells(entry: IndexEntry, shared: Sequence[Column]) -> tuple[Cell, ...]:
    """Write the key figures of a report by column; an empty cell where it has no such figure."""
    known = {figure.name: figure for figure in entry.key_figures}
    return tuple(
        cell(known[column.name], unit=column.unit) if column.name in known else Cell()
        for column in shared
    )


def cell(figure: KeyFigure, *, unit: str = "") -> Cell:
    """Write one key figure; a missing one has no sort value, so that it comes last.

    Parameters
    ----------
    figure : KeyFigure
        Its limit stands in for a value that is a bound.
    unit : str
        Unit words that the column shows already; any other unit stands with the value.

    Examples
    --------
    >>> from analysis.estimate import Estimate
    >>> wage = Estimate.with_se(51140, se=153, unit="USD a year", kind="official")
    >>> cell(KeyFigure(name="median_wage_usd", label="Median wage", estimate=wage)).sort
    '51140'
    """
    estimate = figure.estimate
    limit = estimate.low if estimate.high is None else estimate.high
    known = limit if wording.is_absent(estimate.value) else estimate.value
    is_said = wording.unit_words(estimate.unit) == unit
    return Cell(
        label=figure.label,
        text=wording.amount(estimate) if is_said else wording.amount_with_unit(estimate),
        interval=wording.interval(estimate),
        sort="" if known is None or wording.is_absent(known) else f"{known:.12g}",
    )
