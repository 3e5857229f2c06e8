"""The states side by side: each a tile, coloured by one measure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import matplotlib as mpl
import pandas as pd
from matplotlib.colors import Normalize, to_hex
from matplotlib.patches import Rectangle

from analysis import wording
from analysis.figures.chart import FAINT, ORANGE, Chart, canvas, finished, ink_on
from analysis.figures.reason import Reason
from analysis.studies.places import States

THOUSAND = 1_000
COLORS = mpl.colormaps["Blues"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How one column of the states is told: what is highest, its unit, on a tile, in a sentence."""

    highest: str
    unit: str
    on_tile: Callable[[float], str]
    in_words: Callable[[float], str]


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        "median_wage_usd": Measure(
            highest="Pay is highest in",
            unit="Median wage, thousand USD a year",
            on_tile=lambda usd: f"{usd / THOUSAND:,.1f}",
            in_words=wording.usd,
        ),
        "median_wage_national_prices_usd": Measure(
            highest="At national prices, pay is highest in",
            unit="Median wage at national prices, thousand USD a year",
            on_tile=lambda usd: f"{usd / THOUSAND:,.1f}",
            in_words=wording.usd,
        ),
        "location_quotient": Measure(
            highest="The jobs weigh most in",
            unit="Location quotient (share of the state's jobs over the nation's)",
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
    >>> from analysis.studies import outlook
    >>> tables = processed.Tables()
    >>> state_map(outlook.states(tables), tables["states"]).alt.partition(". ")[0]
    'Pay is highest in the District of Columbia, Rhode Island and Hawaii'
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
    norm = Normalize(paid[column].min(), paid[column].max())
    with canvas(height=4.6) as (figure, axes):
        for tile in table.to_dict("records"):
            value = tile[column]
            known = value == value  # a suppressed figure is missing, and drawn as such
            color = COLORS(norm(value)) if known else "white"
            axes.add_patch(
                Rectangle(
                    (tile["grid_column"], tile["grid_row"]),
                    0.94,
                    0.94,
                    facecolor=color,
                    edgecolor=ORANGE if tile["area_code"] == area else FAINT,
                    linewidth=2.5 if tile["area_code"] == area else 0.5,
                    hatch=None if known else "////",
                )
            )
            ink = ink_on(to_hex(color))
            text = f"{tile['area_code']}\n{told.on_tile(value) if known else '–'}"
            axes.annotate(
                text,
                (tile["grid_column"] + 0.47, tile["grid_row"] + 0.47),
                ha="center",
                va="center",
                color=ink,
                fontsize=8,
            )
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
            measure=f"{told.unit}, May 2025; hatched: not published",
            alt=(f"{title}. Highest: {_named(best, column)}. Lowest: {_named(least, column)}."),
            data=states.table,
            source=states.source,
        )


def _named(rows: pd.DataFrame, column: str) -> str:
    """Name states with their figure."""
    return ", ".join(
        f"{row['area_name']} {MEASURES[column].in_words(row[column])}"
        for row in rows.to_dict("records")
    )
