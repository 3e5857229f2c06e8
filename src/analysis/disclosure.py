"""Keep tables of record data from giving persons away: cells of few records are not shown.

A cell of fewer than `MINIMUM_RECORDS` records is suppressed, and then as many more as it takes
that no total gives it back (secondary suppression).
"""

from collections.abc import Sequence
from heapq import heappop, heappush

import numpy as np
import pandas as pd
from numpy.typing import NDArray

MINIMUM_RECORDS = 10
TOTAL = "All"
PUBLISHED, PRIMARY, SECONDARY = "", "fewer records than may be shown", "protects another cell"

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Cell = tuple[int, int]


def summarise(
    records: pd.DataFrame,
    *,
    by: Sequence[str],
    value: str,
    weight: str | None = None,
    minimum: int = MINIMUM_RECORDS,
) -> pd.DataFrame:
    """Tabulate quartiles of a value by one or two columns, with totals, safe to publish.

    Parameters
    ----------
    records : DataFrame
        One row a record. Rows where `value` or a column of `by` is missing are left out.
    by : sequence of str
        One or two columns.
    value : str
        Column of numbers.
    weight : str, optional
        Column of weights, 0 or more. Where they differ a quartile is the smallest value with that
        share of the weight at or below it; else records count alike, with linear interpolation.
    minimum : int
        Cells with fewer records are suppressed; at least 1.

    Returns
    -------
    DataFrame
        The columns `by` (`TOTAL` in the rows of totals), records, p25, p50, p75, and
        `suppressed`: empty where published, else why; then all numbers are missing.

    Raises
    ------
    ValueError
        `by` has not one or two columns, or `minimum` is below 1.

    Examples
    --------
    >>> pay = pd.DataFrame({"state": ["CA"] * 12 + ["NV"] * 4 + ["OR"] * 11, "pay": range(27)})
    >>> summarise(pay, by=["state"], value="pay")[["state", "records", "p50"]].values.tolist()
    [['CA', 12, 5.5], ['NV', <NA>, nan], ['OR', <NA>, nan], ['All', 27, 13.0]]
    """
    if len(by) not in (1, 2) or minimum < 1:
        raise ValueError(f"by must name 1 or 2 columns and minimum be at least 1: {by}, {minimum}.")
    known = records.dropna(subset=[*by, value])
    margins = [known]
    for place in range(len(by)):
        margins += [table.assign(**{by[place]: TOTAL}) for table in list(margins)]
    cells = pd.concat(margins).groupby(list(by), sort=True, observed=True)
    shares = {"p25": 0.25, "p50": 0.5, "p75": 0.75}
    if weight is None or known[weight].min() == known[weight].max() or known.empty:
        quartiles = {name: cells[value].quantile(share) for name, share in shares.items()}
    else:
        quartiles = {
            name: cells[[value, weight]].apply(_weighted_quantile, share=share)
            for name, share in shares.items()
        }
    table = pd.DataFrame({"records": cells.size().astype("Int64"), **quartiles}).reset_index()
    table = _totals_last(table, list(by))
    return suppressed(table, by=by, minimum=minimum)[
        [*by, "records", "p25", "p50", "p75", "suppressed"]
    ]


def _weighted_quantile(cell: pd.DataFrame, *, share: float) -> float:
    """Return the smallest value with a share of the weight at or below it; NaN without weight."""
    value, weight = cell.columns
    ordered = cell.sort_values(value)
    reached = ordered[weight].cumsum()
    is_enough = reached.ge(share * reached.iloc[-1] * (1 - 1e-12)) & reached.gt(0)
    return float(ordered.loc[is_enough, value].iloc[0]) if is_enough.any() else np.nan


def suppressed(
    cells: pd.DataFrame, *, by: Sequence[str], minimum: int = MINIMUM_RECORDS
) -> pd.DataFrame:
    """Blank every column but `by` in cells that may not be shown; say why in `suppressed`.

    Parameters
    ----------
    cells : DataFrame
        One row a cell of a table by one or two columns, with `records`; rows where a column
        of `by` is `TOTAL` are totals. Cells that are absent hold no records.
    """
    places = [pd.Categorical(cells[name], categories=_labels(cells[name])) for name in by]
    rows = np.asarray(places[0].codes)
    columns = np.asarray(places[1].codes) if len(by) == 2 else np.zeros(len(cells), dtype=np.int64)
    counts = np.zeros((rows.max(initial=-1) + 1, columns.max(initial=-1) + 1), dtype=np.int64)
    counts[rows, columns] = cells["records"].fillna(0).to_numpy(dtype=np.int64)
    is_total = [bool((cells[name] == TOTAL).any()) for name in by]
    primary = (counts > 0) & (counts < minimum)
    hidden = hidden_cells(
        counts, minimum=minimum, has_totals=(is_total[0], is_total[-1] and len(by) == 2)
    )
    why = np.where(primary, PRIMARY, np.where(hidden, SECONDARY, PUBLISHED))[rows, columns]
    is_hidden = why != PUBLISHED
    blanked = {name: cells[name].mask(is_hidden) for name in cells.columns if name not in by}
    return cells.assign(**blanked, suppressed=pd.Series(why, index=cells.index, dtype="str"))


def hidden_cells(
    counts: Counts, *, minimum: int = MINIMUM_RECORDS, has_totals: tuple[bool, bool] = (True, True)
) -> Mask:
    """Choose the cells of a table that must not be shown.

    Cells of 1 to `minimum` - 1 records are hidden. Then, as long as a hidden cell can be worked
    out from what is shown, the cells of fewest records that close the gap are hidden too, and
    so is the smallest cell of a line whose hidden cells sum to fewer than `minimum`: they are a
    small group that the total gives away.

    Parameters
    ----------
    counts : array of int, shape (rows, columns)
        Records of each cell. Where there are totals they are the last row or column.
    minimum : int
        Smallest count that may be shown.
    has_totals : tuple of bool
        Whether the last row, and the last column, holds totals.

    References
    ----------
    Federal Committee on Statistical Methodology, Statistical Policy Working Paper 22, chapter 4
    (threshold rule, complementary suppression).

    Examples
    --------
    >>> hidden_cells(np.array([[12], [4], [11], [27]]), has_totals=(True, False)).ravel().tolist()
    [False, True, True, False]
    """
    hidden = (counts > 0) & (counts < minimum)
    while more := _next_to_hide(counts, hidden, minimum, has_totals):
        hidden = hidden.copy()
        hidden[tuple(zip(*more, strict=True))] = True
    return hidden


def exposed_cells(hidden: Mask, *, has_totals: tuple[bool, bool]) -> list[Cell]:
    """Return the hidden cells that the totals determine exactly.

    Each line with a total is an equation in the hidden cells. A cell is determined if and only
    if its unit vector lies in the row space of these equations: its leverage is 1.

    Examples
    --------
    >>> mask = np.array([[True, True, False], [True, True, True]])
    >>> exposed_cells(mask, has_totals=(True, True))
    [(1, 2)]
    """
    cells = np.argwhere(hidden)
    equations = [
        cells[:, 1 - axis] == line
        for axis in (0, 1)
        if has_totals[axis]
        for line in range(hidden.shape[1 - axis])
    ]
    if not len(cells) or not equations:
        return []
    matrix = np.array(equations, dtype=np.float64)
    leverage = np.einsum("ij,ji->i", np.linalg.pinv(matrix), matrix)
    return [(int(row), int(column)) for row, column in cells[leverage > 1 - 1e-6]]


def _next_to_hide(
    counts: Counts, hidden: Mask, minimum: int, has_totals: tuple[bool, bool]
) -> list[Cell]:
    """Return cells to hide next; none where all are safe."""
    for line, axis in _in_small_groups(counts, hidden, minimum, has_totals):
        in_line = np.zeros_like(hidden)
        in_line[(slice(None), line) if axis == 0 else (line, slice(None))] = True
        free = np.argwhere(in_line & ~hidden & (counts > 0))
        if len(free):
            best = min(free, key=lambda at: int(counts[tuple(at)]))
            return [(int(best[0]), int(best[1]))]
    if all(has_totals):
        for cell in exposed_cells(hidden, has_totals=has_totals):
            if loop := _cheapest_loop(cell, counts, hidden):
                return loop
    return []


def _cheapest_loop(cell: Cell, counts: Counts, hidden: Mask) -> list[Cell]:
    """Return the cells of fewest records that put `cell` on a loop of hidden cells.

    The loop is the shortest way from the row of the cell to its column by other cells, where a
    cell costs its records and a hidden one nothing (Dijkstra).
    """
    start, goal = ("row", cell[0]), ("column", cell[1])
    todo: list[tuple[int, tuple[str, int], list[Cell]]] = [(0, start, [])]
    seen: set[tuple[str, int]] = set()
    while todo:
        cost, place, way = heappop(todo)
        if place == goal:
            return [at for at in way if not hidden[at]]
        if place in seen:
            continue
        seen.add(place)
        is_row = place[0] == "row"
        line = counts[place[1], :] if is_row else counts[:, place[1]]
        for other in np.flatnonzero(line).tolist():
            at = (place[1], other) if is_row else (other, place[1])
            if at != cell:
                step = 0 if hidden[at] else int(counts[at])
                heappush(todo, (cost + step, ("column" if is_row else "row", other), [*way, at]))
    return []


def _in_small_groups(
    counts: Counts, hidden: Mask, minimum: int, has_totals: tuple[bool, bool]
) -> list[tuple[int, int]]:
    """Return the number and direction of each line whose hidden cells are one, or too small."""
    found: list[tuple[int, int]] = []
    for axis in (0, 1):
        for line in range(hidden.shape[1 - axis]) if has_totals[axis] else ():
            in_line = hidden[:, line] if axis == 0 else hidden[line, :]
            sizes = counts[:, line] if axis == 0 else counts[line, :]
            is_total_shown = bool(in_line[:-1].any()) and not in_line[-1]
            is_alone = in_line.sum() == 1 and not all(has_totals)
            if is_alone or (is_total_shown and sizes[in_line].sum() < minimum):
                found.append((line, axis))
    return found


def _labels(column: pd.Series) -> list[object]:
    """Return the labels of a column in order, the total last."""
    labels = [label for label in pd.unique(column) if label != TOTAL]
    return [*labels, TOTAL] if (column == TOTAL).any() else labels


def _totals_last(table: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sort by label, totals after the cells they are totals of."""
    is_total = {f"is_total_{place}": table[name].eq(TOTAL) for place, name in enumerate(by)}
    order = [key for pair in zip(is_total, by, strict=True) for key in pair]
    return table.assign(**is_total).sort_values(order, ignore_index=True)[list(table.columns)]
