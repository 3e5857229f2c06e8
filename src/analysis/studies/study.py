"""A study as a report opens with it: its key figures, as values, as a frame, in a notebook."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from html import escape
from typing import ClassVar

import pandas as pd

from analysis.estimate import Better, Estimate, KeyFigure
from analysis.studies.part import plain_number
from analysis.wording import BLANK, MISSING, untypeset

NUMBERS = ["value", "low", "high"]
Figure = tuple[str, str, Estimate, Better]


class Study(ABC):
    """All the answers of one report; each study says which of them lead.

    A figure that is not published is there all the same, without a value and with the reason as
    its note: runs are compared by the names of their key figures.
    """

    __slots__ = ()

    headlines: ClassVar[tuple[str, ...]] = ()  # names of the key figures it leads with, at most 3

    @property
    @abstractmethod
    def heading(self) -> str:
        """What the study is about: occupation and place, or credential and place."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}: {self.heading}"

    @abstractmethod
    def _figures(self) -> Iterable[Figure]:
        """Yield name, label, estimate and the direction a reader would welcome."""

    def key_figures(self) -> tuple[KeyFigure, ...]:
        """Return the figures a report leads with."""
        return tuple(
            KeyFigure(
                name=name,
                label=label,
                estimate=estimate,
                better=better,
                headline=name in self.headlines,
            )
            for name, label, estimate, better in self._figures()
        )

    def to_frame(self) -> pd.DataFrame:
        """Tabulate the key figures: name, label, value, low, high, unit, year, kind, note."""
        return tabulate(self.key_figures())

    @untypeset
    def _repr_html_(self) -> str:
        """Show the key figures as a small table; what is missing is said, not NaN."""
        frame = self.to_frame()
        numbers = {
            name: frame[name]
            .map(plain_number, na_action="ignore")
            .astype("str")
            .fillna(MISSING if name == "value" else BLANK)
            for name in NUMBERS
        }
        shown = frame.assign(**numbers).drop(columns=["name", "note"])
        return f"<p>{escape(self.heading)}</p>{shown.to_html(index=False, border=0)}"


def tabulate(figures: Sequence[KeyFigure]) -> pd.DataFrame:
    """Tabulate key figures: name, label, value, low, high, unit, year, kind, note.

    Examples
    --------
    >>> jobs = Estimate(value=70, unit="jobs", kind="official")
    >>> table = tabulate([KeyFigure(name="jobs", label="Jobs", estimate=jobs)])
    >>> table[["name", "value", "unit"]].values.tolist()
    [['jobs', 70.0, 'jobs']]
    """
    return pd.DataFrame(
        [
            {
                "name": figure.name,
                "label": figure.label,
                "value": figure.estimate.value,
                "low": figure.estimate.low,
                "high": figure.estimate.high,
                "unit": figure.estimate.unit,
                "year": figure.estimate.year,
                "kind": figure.estimate.kind,
                "note": figure.estimate.note,
            }
            for figure in figures
        ]
    ).astype(dict.fromkeys(NUMBERS, "float64"))
