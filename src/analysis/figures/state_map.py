"""The states side by side: each a tile, coloured by what it pays."""

import matplotlib as mpl
import pandas as pd
from matplotlib.colors import Normalize
from matplotlib.patches import Rectangle

from analysis import wording
from analysis.figures.chart import FAINT, INK, ORANGE, Chart, canvas, finished
from analysis.models.state_comparison import States

THOUSAND = 1_000
COLORS = mpl.colormaps["Blues"]
DARK_TILE = 0.55  # above it, white letters have the better contrast


def state_map(states: States, places: pd.DataFrame, *, area: str = "US") -> Chart | str:
    """Draw the median wage of each state on a grid of tiles.

    Parameters
    ----------
    states : States
        Of the outlook.
    places : DataFrame
        The table `states`: postal, grid_row, grid_column.
    area : str
        A state to outline, by postal code.
    """
    if states.is_missing:
        return states.reason
    table = states.table.merge(
        places, left_on="area_code", right_on="postal", validate="one_to_one"
    )
    paid = table.dropna(subset=["median_wage_usd"])
    norm = Normalize(paid["median_wage_usd"].min(), paid["median_wage_usd"].max())
    with canvas(height=4.6) as (figure, axes):
        for tile in table.to_dict("records"):
            wage = tile["median_wage_usd"]
            known = wage == wage  # a suppressed wage is missing, and drawn as such
            color = COLORS(norm(wage)) if known else "white"
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
            ink = "white" if known and norm(wage) > DARK_TILE else INK
            text = (
                f"{tile['area_code']}\n{wage / THOUSAND:,.1f}"
                if known
                else f"{tile['area_code']}\n–"
            )
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
        best, least = paid.nlargest(3, "median_wage_usd"), paid.nsmallest(3, "median_wage_usd")
        names = [name.replace("District", "the District") for name in best["area_name"]]
        title = f"Pay is highest in {wording.listed(names)}"
        return finished(
            figure,
            title=title,
            measure="Median wage, thousand USD a year, May 2025; hatched: not published",
            alt=f"{title}. Highest: {_named(best)}. Lowest: {_named(least)}.",
            data=states.table,
            source=states.source,
        )


def _named(rows: pd.DataFrame) -> str:
    """Name states with their median wage."""
    return ", ".join(
        f"{row['area_name']} {wording.usd(row['median_wage_usd'])}"
        for row in rows.to_dict("records")
    )
