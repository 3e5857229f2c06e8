"""The numbers a figure was drawn from, as a table under it."""

import math
import re
from collections.abc import Sequence
from typing import Any

import pandas as pd

from analysis import wording
from analysis.studies.part import BLANK
from analysis.tabular.table import Table, table

LEFT_OUT = re.compile(r".*(_id|_url|simulation_error)|why")
SHORTHAND = {"rse": "relative standard error", "se": "standard error", "fte": "FTE", "p": "chance"}
UNITS = {"usd": "USD", "pct": "%", "percent": "%"}
YES_NO = {True: "yes", False: "no"}


def numbers_behind(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, finding: str, source: str
) -> Table:
    """Make a table of what a figure shows.

    Identifiers, codes that stand beside their names, and columns that say nothing (all blank,
    or yes and no without a difference) are left out. A column of numbers has as many decimals
    as its largest number needs for three digits; dollars are whole, percent have one decimal.

    Parameters
    ----------
    columns : sequence of str
        Names of the figure's data, with their units: "median_wage_usd".
    rows : sequence of sequence
        Texts, numbers, booleans; None where there is none.
    finding : str
        What the figure shows, in a sentence or more; the first one names the table.
    source : str
        Who published the numbers.

    Examples
    --------
    >>> behind = numbers_behind(["claim_id", "area_name", "median_wage_usd", "p_top"],
    ...     [["a", "Guam", 38510.2, 0.00329], ["b", "Utah", None, 0.31]], finding="F. G.",
    ...     source="BLS")
    >>> print(behind)
    The numbers behind the figure: F
    Area name Median wage, USD Chance top
         Guam          $38,510      0.003
         Utah                –      0.310
    """
    frame = pd.DataFrame(list(rows), columns=list(columns))
    kept = [str(name) for name in frame if _is_told(str(name), frame)]
    told = frame[kept]
    text = {heading(name) for name in kept if not _is_numeric(told[name])}
    return table(
        told,
        {heading(name): _worded(told[name], name) for name in kept},
        caption=f"The numbers behind the figure: {finding.partition('. ')[0].removesuffix('.')}",
        source=source,
        text=text,
    )


def heading(name: str) -> str:
    """Put the name of a column into words, its unit at the end.

    Examples
    --------
    >>> heading("employment_rse_pct"), heading("p05"), heading("fte_low")
    ('Employment relative standard error, %', 'Percentile 5', 'FTE low')
    """
    words = name.split("_")
    unit = UNITS.get(words[-1], "") if len(words) > 1 else ""
    if "usd" in words[:-1]:
        unit = "USD"
    spelled = [_spelled(word) for word in words if word not in UNITS]
    text = " ".join(spelled)
    return ", ".join(filter(None, [text[:1].upper() + text[1:], unit]))


def _spelled(word: str) -> str:
    """Write out a shorthand."""
    percentile = re.fullmatch(r"p0?(\d+)", word)
    return f"percentile {percentile[1]}" if percentile else SHORTHAND.get(word, word)


def _is_told(name: str, frame: pd.DataFrame) -> bool:
    """Say whether a reader gains from the column."""
    stem = re.sub(r"_codes?$", "", name)
    if stem != name and {f"{stem}_name", f"{stem}_title"} & set(frame):
        return False
    if LEFT_OUT.fullmatch(name) or (name == "name" and "label" in frame):
        return False
    values = [value for value in frame[name].tolist() if not _is_blank(value)]
    return bool(values) and not (isinstance(values[0], bool) and len(set(values)) == 1)


def _is_blank(value: Any) -> bool:
    """Say whether there is neither text nor number."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _is_numeric(column: "pd.Series[Any]") -> bool:
    """Say whether all that is there is a number."""
    values = [value for value in column.tolist() if not _is_blank(value)]
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)


def _worded(column: "pd.Series[Any]", name: str) -> "pd.Series[str]":
    """Write the values of a column alike."""
    if not _is_numeric(column):
        return column.map(lambda value: BLANK if _is_blank(value) else _text(value)).astype("str")
    unit = "USD" if "usd" in name.split("_") else ""
    unit = "percent" if name.endswith(("_pct", "_percent")) else unit
    numbers = [float(value) for value in column if not _is_blank(value)]
    places = _places(numbers, unit)
    if "year" in name and not unit and places == 0:
        return column.map(lambda value: BLANK if _is_blank(value) else f"{value:.0f}").astype("str")
    return column.map(
        lambda value: BLANK if _is_blank(value) else wording.quantity(value, unit, places=places)
    ).astype("str")


def _places(numbers: Sequence[float], unit: str) -> int:
    """Count the decimals that suit a whole column."""
    if all(number.is_integer() for number in numbers):
        return 1 if unit == "percent" else 0
    largest = max(abs(number) for number in numbers)
    if unit == "percent":
        return 1
    if unit == "USD":
        return 0 if largest >= 100 else 2
    return max(0, 2 - math.floor(math.log10(largest)))


def _text(value: Any) -> str:
    """Write one value that is no number."""
    return YES_NO[value] if isinstance(value, bool) else str(value)
