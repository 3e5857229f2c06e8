"""The states as tiles that lead to their pages: one map a question."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from analysis import sources, wording
from analysis.reporting.index_groups import Group

PLACES = "geography/states.csv"
SHADES = 5
FEWEST = 10  # states from which on a map says more than a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a state stands on the grid: postal code, name, row and column from 1."""

    postal: str
    name: str
    row: int
    column: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A state on a map.

    Parameters
    ----------
    place : Place
        Where it stands.
    href : str
        Of its page; empty where there is none.
    text : str
        Its figure with unit and interval, as it is to be read.
    shade : int
        0 for the lowest fifth to 4 for the highest; -1 where there is no figure.
    """

    place: Place
    href: str
    text: str
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMap:
    """The states' reports of one notebook: its name, its question, what a tile shows, the tiles."""

    notebook: str
    title: str
    measure: str
    tiles: tuple[Tile, ...]


@cache
def places() -> tuple[Place, ...]:
    """Read where each state stands."""
    path = sources.verified_path(PLACES)
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Place(
                postal=row["postal"],
                name=row["name"],
                row=int(row["grid_row"]) + 1,
                column=int(row["grid_column"]) + 1,
            )
            for row in csv.DictReader(file)
        )


def shades(values: Sequence[float | None]) -> tuple[int, ...]:
    """Put each value into its fifth, by rank; ties share the lower one.

    Examples
    --------
    >>> shades([10.0, 20.0, None, 30.0, 40.0, 50.0])
    (0, 1, -1, 2, 3, 4)
    """
    known = sorted(value for value in values if value is not None)
    first = {value: rank for rank, value in reversed(list(enumerate(known)))}
    return tuple(-1 if v is None else SHADES * first[v] // len(known) for v in values)


def state_map(group: Group, grid: Sequence[Place]) -> StateMap | None:
    """Put a group's reports of states on a grid of tiles; None where there are only a few.

    A tile shows the first key figure that the group's states share.
    """
    rows = {entry.area: (entry, cells) for entry, cells in group.rows if not entry.detail}
    found = [(place, *rows[place.name]) for place in grid if place.name in rows]
    if len(found) < FEWEST or not group.columns:
        return None
    counts = [sum(bool(cells[i].sort) for _, _, cells in found) for i in range(len(group.columns))]
    best = counts.index(max(counts))
    values = [float(cells[best].sort) if cells[best].sort else None for _, _, cells in found]
    tiles = tuple(
        Tile(
            place=place,
            href=entry.path or "",
            text=cells[best].text or wording.MISSING,
            shade=shade,
        )
        for (place, entry, cells), shade in zip(found, shades(values), strict=True)
    )
    column = group.columns[best]
    measure = ", ".join(filter(None, [column.label, column.unit]))
    return StateMap(notebook=group.notebook, title=group.title, measure=measure, tiles=tiles)
