"""How much of a simulated answer is chance of the simulation."""

from collections.abc import Sequence

import pandas as pd

from analysis import wording
from analysis.estimate import KeyFigure
from analysis.studies.simulation_error import SimulationError
from analysis.tabular.table import Table, table

CENTS_BELOW = 10  # dollars


def simulation(part: SimulationError, figures: Sequence[KeyFigure]) -> Table:
    """Show how far another seed may move each simulated headline.

    Parameters
    ----------
    part : SimulationError
        Of the study.
    figures : sequence of KeyFigure
        Of the study; those that were simulated are found by name.
    """
    frame = part.table
    by_name = {figure.name: figure for figure in figures}
    named = [by_name[name] for name in frame["headline"]]
    shown = {
        "Figure": pd.Series([figure.label for figure in named]),
        "Value": pd.Series([wording.amount(figure.estimate) for figure in named]),
        "Another seed moves it by at most": pd.Series(
            [
                _error(error, figure.estimate.unit)
                for error, figure in zip(frame["error"], named, strict=True)
            ]
        ),
    }
    return table(
        frame,
        shown,
        caption="How much of the answer is chance of the simulation",
        source=part.source,
        note=part.note,
    )


def _error(error: float, unit: str) -> str:
    """Write a simulation error to two digits, in its unit."""
    rounded = float(f"{error:.2g}")
    if wording.is_money(unit):
        return wording.usd(rounded, cents=rounded < CENTS_BELOW)
    return f"{rounded:g}"
