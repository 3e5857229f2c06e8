"""Find the row with the names of the columns, and name every column."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import zip_longest

MOST_LINES_ABOVE = 20
FIGURE = re.compile(r"[$~<>=+-]*\s*\d[\d.,' ]*\s*(?:%|k|/?\s*[a-z]{1,6})?", re.IGNORECASE)


def header_place(rows: Sequence[Sequence[str]]) -> int:
    """Return the place of the header among the first rows of a table, cells as text.

    It is the fullest row before the first that holds an amount or a number beside other cells; a
    title, a sentence or the upper row of a header in two rows fills fewer cells.

    Examples
    --------
    >>> header_place([["Survey of 2026", "", ""], ["Role", "Pay", "State"], ["Coder", "5", "OH"]])
    1
    """
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:MOST_LINES_ABOVE]]
    is_record = [
        count > 1 and any(FIGURE.fullmatch(cell.strip()) for cell in row)
        for count, row in zip(filled, rows, strict=False)
    ]
    first = is_record.index(True) if True in is_record else len(filled)
    above = filled[:first] or filled[:1]
    return above.index(max(above)) if above else 0


def header_names(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Return the header, below what the row above it says of several columns ("Pay", "").

    Examples
    --------
    >>> header_names([["Role", "Pay", ""], ["", "Min", "Max"]], 1)
    ['Role', 'Pay Min', 'Pay Max']
    """
    above = list(rows[place - 1]) if place else []
    if sum(bool(cell.strip()) for cell in above) < 2:
        return list(rows[place])
    names, group = [], ""
    for upper, lower in zip_longest(above, rows[place], fillvalue=""):
        group = upper.strip() or group
        names.append(f"{group} {lower.strip()}".strip())
    return names[: len(rows[place])]


def column_names(header: Iterable[str]) -> list[str]:
    """Name every column: blank names by place, repeated ones by number.

    Examples
    --------
    >>> column_names(["Pay", "", "Pay"])
    ['Pay', 'column 2', 'Pay (2)']
    """
    names: dict[str, None] = {}
    repeats: Counter[str] = Counter()
    for place, given in enumerate(header, start=1):
        first = given.strip().lstrip("\ufeff") or f"column {place}"
        name = first
        while name in names:
            repeats[first] += 1
            name = f"{first} ({repeats[first] + 1})"
        names[name] = None
    return list(names)
