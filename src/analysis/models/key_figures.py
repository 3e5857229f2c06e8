"""The figures a study leads with, as a frame and as a notebook shows them."""

from collections.abc import Sequence
from html import escape

import pandas as pd

from analysis.models.estimate import KeyFigure
from analysis.models.part import BLANK, plain_number

MISSING = "not published"
NUMBERS = ["value", "low", "high"]


def tabulate(figures: Sequence[KeyFigure]) -> pd.DataFrame:
    """Tabulate key figures: name, label, value, low, high, unit, year, kind, note.

    Examples
    --------
    >>> from analysis.models.estimate import Estimate
    >>> jobs = KeyFigure(name="jobs", label="Jobs", estimate=Estimate(value=70, unit="jobs"))
    >>> tabulate([jobs])[["name", "value", "unit"]].values.tolist()
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


def as_html(title: str, figures: Sequence[KeyFigure]) -> str:
    """Write key figures as a small table under `title`; what is missing is said, not NaN."""
    frame = tabulate(figures)
    numbers = {
        name: frame[name]
        .map(plain_number, na_action="ignore")
        .astype("str")
        .fillna(MISSING if name == "value" else BLANK)
        for name in NUMBERS
    }
    shown = frame.assign(**numbers).drop(columns=["name", "note"])
    return f"<p>{escape(title)}</p>{shown.to_html(index=False, border=0)}"
