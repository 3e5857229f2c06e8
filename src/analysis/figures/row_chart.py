"""A chart with a row a thing: lines, dots and bars with words beside them, from the bottom up."""

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis import wording
from analysis.figures.chart import BLUE, INK, Chart, canvas, finished, label_end
from analysis.studies.part import Part

Numbers = Sequence[float] | pd.Series


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChart:
    """What is being drawn: the rows by name, and what a unit of the axis is (1,000 dollars)."""

    figure: Figure
    axes: Axes
    names: tuple[str, ...]
    unit: float

    def lines(self, low: Numbers, high: Numbers, **look: Any) -> None:
        """Draw a line from low to high in each row."""
        look = {"color": BLUE, "linewidth": 2, **look}
        self.axes.hlines(range(len(self.names)), self._at(low), self._at(high), **look)

    def dots(self, values: Numbers, **look: Any) -> None:
        """Draw a mark in each row."""
        look = {"color": BLUE, "zorder": 3, **look}
        self.axes.scatter(self._at(values), range(len(self.names)), **look)

    def bars(self, high: Numbers, low: Numbers | float = 0.0, **look: Any) -> None:
        """Draw a bar from low to high in each row."""
        left = self._at(low) if not isinstance(low, float) else low
        look = {"color": BLUE, "height": 0.5, **look}
        self.axes.barh(range(len(self.names)), self._at(high) - left, left=left, **look)

    def words(self, at: Numbers, texts: Iterable[str], **look: Any) -> None:
        """Write beside each row."""
        for place, (x, text) in enumerate(zip(self._at(at), texts, strict=True)):
            label_end(self.axes, x, place, text, INK, **look)

    def percentiles(self, table: pd.DataFrame) -> None:
        """Draw p10 to p90 as a line, the middle half as a bar, the median as a mark in each row.

        Lines and bars rather than a smooth shape: five percentiles are all that is published, and
        a density drawn through them would show what nobody measured.
        """
        p10, p25, median, p75, p90 = (
            table[f"{name}_wage_usd"] for name in ("p10", "p25", "median", "p75", "p90")
        )
        self.lines(p10, p90, linewidth=1.5)
        self.bars(p75, p25, alpha=0.45)
        places = pd.Series(range(len(self.names)))
        self.axes.vlines(self._at(median), places - 0.25, places + 0.25, color=INK, linewidth=2.5)
        self.words(p90, "median " + median.map(wording.usd), fontsize=8)
        low, high = self._at(p10).min(), self._at(p90).max()
        self.axes.set_xlim(low - 0.05 * (high - low), high + 0.3 * (high - low))

    def done(self, part: Part, title: str, measure: str, said: Iterable[str]) -> Chart:
        """Name the rows and finish; what they say, row by row, is the alternative text."""
        self.axes.set_yticks(range(len(self.names)), self.names)
        self.axes.grid(axis="y", visible=False)
        if self.unit != 1:
            self.axes.xaxis.set_major_formatter(wording.thousands_usd)
        alt = f"{title}. {'; '.join(said)}."
        return finished(
            self.figure, title=title, measure=measure, alt=alt, data=part.table, source=part.source
        )

    def _at(self, values: Numbers) -> "pd.Series[float]":
        """Put values on the axis."""
        return pd.Series(values) / self.unit


@contextmanager
def row_chart(
    names: Iterable[str], *, row: float, room: float = 1.2, width: int = 36, unit: float = 1
) -> Iterator[RowChart]:
    """Open a chart with a row a name: inches of a row, of all around them, letters of a line."""
    wrapped = tuple(textwrap.fill(name, width) for name in names)
    with canvas(height=row * len(wrapped) + room) as (figure, axes):
        yield RowChart(figure=figure, axes=axes, names=wrapped, unit=unit)
