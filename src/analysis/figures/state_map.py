"""The states side by side: each a tile, coloured by one measure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import pandas as pd
from matplotlib.patches import Patch, Rectangle

from analysis import wording
from analysis.figures.chart import WIDE_ONLY, Chart, canvas, finished
from analysis.figures.reason import Reason
from analysis.figures.theme import FAINT, LETTERS, PAPER, SELECTED, STEPS
from analysis.studies.official import SOURCE
from analysis.studies.places import States

THOUSAND = 1_000
SIDE = 0.94  # of a tile, leaving a gap


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How one column of the states is told: what is highest, its unit, on a tile, in a sentence."""

    highest: str
    unit: str
    on_tile: Callable[[float], str]
    in_words: Callable[[float], str]
    source: str = SOURCE


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "median_wage_usd": Measure(
            highest="Published pay is highest in",
            unit="Median wage, thousand USD a year",
            on_tile=lambda usd: f"{usd / THOUSAND:,.1f}",
            in_words=wording.usd,
        ),
        "median_wage_national_prices_usd": Measure(
            highest="At national prices, published pay is highest in",
            unit="Median wage at national prices, thousand USD a year",
            on_tile=lambda usd: f"{usd / THOUSAND:,.1f}",
            in_words=wording.usd,
            source=f"{SOURCE}; BEA, regional price parities",
        ),
        "location_quotient": Measure(
            highest="Jobs are most concentrated in",
            unit="Location quotient (share of the state's jobs over that of the United States)",
            on_tile="{:.2f}".format,
            in_words="{:.2f}".format,
        ),
    }
)


def state_map(
    states: States, places: pd.DataFrame, *, area: str = "US", measure: str = ""
) -> Chart | str:
    """Draw one measure of each state on a grid of tiles.

    Parameters
    ----------
    states : States
        Of the outlook.
    places : DataFrame
        The table `states`: postal, grid_row, grid_column.
    area : str
        A state to outline, by postal code.
    measure : str
        A column of `MEASURES`; the one the states are ranked by where empty.

    Examples
    --------
    >>> from analysis import processed
    >>> from analysis.studies.places import states
    >>> tables = processed.Tables()
    >>> state_map(states(tables), tables["states"]).alt.partition(". ")[0]
    'Published pay is highest in the District of Columbia, Rhode Island and Hawaii'
    """
    if states.is_missing:
        return Reason(states.reason)
    column = measure or states.measure
    told = MEASURES[column]
    table = states.table.merge(
        places, left_on="area_code", right_on="postal", validate="one_to_one"
    )
    paid = table.dropna(subset=[column])
    if paid.empty:
        return Reason(f"No state is published: {told.unit.lower()}.")
    # Fifths of the states by rank; ties may make fewer.
    step, edges = pd.qcut(paid[column], len(STEPS), labels=False, retbins=True, duplicates="drop")
    steps = step.reindex(table.index)
    with canvas(height=4.9) as (figure, axes):
        for tile, fifth in zip(table.to_dict("records"), steps, strict=True):
            known = fifth == fifth  # a suppressed figure is missing, and drawn as such
            is_chosen = tile["area_code"] == area
            corner = (tile["grid_column"], tile["grid_row"])
            axes.add_patch(
                Rectangle(
                    corner, SIDE, SIDE,
                    facecolor=STEPS[int(fifth)] if known else PAPER,
                    edgecolor=SELECTED if is_chosen else FAINT,
                    linewidth=2.5 if is_chosen else 0.5,
                    hatch=None if known else "////",
                    zorder=2 if is_chosen else 1,
                )
            )  # fmt: skip
            ink = LETTERS["step-high" if known and fifth > 2 else "step-low"].light
            middle = corner[0] + SIDE / 2
            value = told.on_tile(tile[column]) if known else "–"
            for height, text, gid in (
                (0.3, tile["area_code"], None),
                (0.66, value, WIDE_ONLY),
            ):
                axes.text(
                    middle, corner[1] + height, text, gid=gid,
                    ha="center", va="center", color=ink, fontsize=8,
                )  # fmt: skip
        limits = [told.on_tile(float(edge)) for edge in edges]
        axes.legend(
            [Patch(facecolor=color, edgecolor=FAINT) for color in STEPS],
            [f"{low} to {high}" for low, high in pairwise(limits)],
            loc="upper center", bbox_to_anchor=(0.5, 0.02), ncols=len(STEPS),
            fontsize=8, handlelength=1.1, columnspacing=1.2, handletextpad=0.4,
        )  # fmt: skip
        axes.set_xlim(0, 12)
        axes.set_ylim(9, 0)
        axes.set_aspect("equal")
        axes.axis("off")
        best, least = paid.nlargest(3, column), paid.nsmallest(3, column)
        names = [name.replace("District", "the District") for name in best["area_name"]]
        title = f"{told.highest} {wording.listed(names)}"
        return finished(
            figure,
            title=title,
            measure=f"{told.unit}, {states.period}; fifths of the states; hatched: not published",
            alt=(f"{title}. Highest: {_named(best, column)}. Lowest: {_named(least, column)}."),
            data=states.table,
            source=told.source,
        )


def _named(rows: pd.DataFrame, column: str) -> str:
    """Name states with their figure."""
    return ", ".join(
        f"{row['area_name']} {MEASURES[column].in_words(row[column])}"
        for row in rows.to_dict("records")
    )
