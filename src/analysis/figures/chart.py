"""One look for every figure, and a figure that carries its own words and numbers."""

import io
import json
import re
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_hex, to_rgb
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox

# Okabe and Ito's palette, distinct for every common kind of colour blindness.
BLUE, ORANGE, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#AA4499"
INK, QUIET, FAINT = "#1f2933", "#616e7c", "#d9dee3"
INK_ON_COLOR = "#0b0f13"  # darker than INK, so that letters on green and orange can be read
READABLE = 4.5  # least contrast of small letters, WCAG 2.2 AA
WIDTH_INCHES = 7.4
PADDING_INCHES = 0.06
BELOW_LETTERS_INCHES = 0.03  # a comma reaches below what its font gives as its box
POINTS_PER_INCH = 72  # what SVG counts in
TITLE_WIDTH, MEASURE_WIDTH = 74, 100  # characters on one line
# A hundredth of a point cannot be seen. Numbers below 1 are scales, which must stay exact.
LONG_DECIMALS = re.compile(r"(\b[1-9]\d*\.\d\d)\d+")
STYLE: Any = {  # matplotlib types its keys one by one
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.labelsize": 9,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "figure.facecolor": "white",
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "svg.hashsalt": "workforce",  # the same data give the same bytes
    "text.color": INK,
    "text.parse_math": False,  # a dollar is a dollar
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawn figure with the words that replace it and the numbers behind it.

    Parameters
    ----------
    svg : str
        The drawing.
    alt : str
        What it shows, its extremes and its finding, in words made from the data.
    data : DataFrame
        The numbers drawn, with columns named for readers.
    source : str
        Who published the data.
    title, measure : str
        What is written on top of the drawing.
    words_of_width : float
        Height of these words as a share of the drawing's width: a narrow screen, on which they
        would be cut off, crops them and sets them above as text.
    """

    svg: str
    alt: str
    data: pd.DataFrame
    source: str
    title: str
    measure: str
    words_of_width: float

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        # Reports set the numbers under the drawing; NaN is null there.
        numbers = json.loads(self.data.to_json(orient="split", index=False, double_precision=6))
        words = {"title": self.title, "measure": self.measure, "of_width": self.words_of_width}
        return (
            {"image/svg+xml": self.svg, "text/plain": self.alt},
            {
                "image/svg+xml": {
                    "alt": self.alt,
                    "numbers": numbers | {"source": self.source},
                    "words": words,
                }
            },
        )


@contextmanager
def canvas(
    *, height: float, columns: int = 1, rows: int = 1, **options: Any
) -> Iterator[tuple[Figure, Any]]:
    """Open a figure in the house style; it is never pyplot's, so nothing needs closing.

    Parameters
    ----------
    height : float
        Inches; the width is that of a page.
    columns, rows : int
        Panels.
    **options
        Of `Figure.subplots`.
    """
    with mpl.rc_context(sns.axes_style("ticks") | STYLE):
        figure = Figure((WIDTH_INCHES, height), dpi=POINTS_PER_INCH, layout="constrained")
        FigureCanvasSVG(figure)  # measures text as the drawing will have it
        yield figure, figure.subplots(rows, columns, **options)


def finished(
    figure: Figure, *, title: str, measure: str, alt: str, data: pd.DataFrame, source: str
) -> Chart:
    """Put the finding on top, the measure under it, the source below; return the chart.

    Parameters
    ----------
    figure : Figure
        Drawn, without title.
    title : str
        The finding, as a sentence without full stop.
    measure : str
        What is measured, with its unit and date.
    alt, data, source
        As in `Chart`.
    """
    for axes in figure.axes:
        axes.tick_params(length=0)
    wrapped = balanced(measure, MEASURE_WIDTH)
    room = "\n" * (1 + wrapped.count("\n"))
    titled = figure.suptitle(
        f"{balanced(title, TITLE_WIDTH)}{room}",
        x=0.008,
        ha="left",
        fontsize=12,
        fontweight="bold",
        color=INK,
    )
    titled.set_linespacing(1.25)
    figure.text(0.008, 0, f"Source: {source}", fontsize=7.5, color=QUIET, va="top", ha="left")
    laid_out(figure)  # so that the measure can stand under the title
    bottom = titled.get_window_extent().y0 / figure.bbox.height
    figure.text(0.008, bottom, wrapped, fontsize=9.5, color=QUIET, va="bottom", ha="left")
    whole = _extent(figure)
    words_inches = whole.y1 - bottom * figure.get_figheight() + BELOW_LETTERS_INCHES
    return Chart(
        svg=_svg(figure, alt, whole),
        alt=alt,
        data=data,
        source=source,
        title=title,
        measure=measure,
        words_of_width=round(words_inches / whole.width, 4),
    )


def laid_out(figure: Figure) -> Figure:
    """Place the axes for good: drawing and saving would do it again, at the price of a drawing."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.execute(figure)
    figure.set_layout_engine("none")
    return figure


def label_end(axes: Axes, x: float, y: float, text: str, color: str, **options: Any) -> None:
    """Write a direct label beside the end of a line, in its colour or a darker shade of it."""
    axes.annotate(
        text,
        (x, y),
        xytext=options.pop("offset", (6, 0)),
        textcoords="offset points",
        color=letters(color),
        va=options.pop("va", "center"),
        fontsize=options.pop("fontsize", 9),
        **options,
    )


def balanced(text: str, width: int) -> str:
    """Break a text into as few lines as `width` characters allow, all about equally long.

    Examples
    --------
    >>> print(balanced("a word alone on a line looks lost", 30))
    a word alone on a
    line looks lost
    """
    lines = len(textwrap.wrap(text, width))
    fitting = (n for n in range(1, width) if len(textwrap.wrap(text, n)) <= lines)
    return textwrap.fill(text, next(fitting, width))


def ink_on(color: str) -> str:
    """Choose white or near black, whichever is read better on `color`.

    Examples
    --------
    >>> ink_on(BLUE), ink_on(ORANGE)
    ('white', '#0b0f13')
    """
    return max(("white", INK_ON_COLOR), key=lambda ink: contrast(ink, color))


def letters(color: str) -> str:
    """Darken a colour as far as it takes to read letters of it on white.

    Examples
    --------
    >>> letters(BLUE), letters(ORANGE)
    ('#0072b2', '#c05500')
    """
    red, green, blue = to_rgb(color)
    parts = (1 - step / 20 for step in range(20))
    shades = (to_hex((red * part, green * part, blue * part)) for part in parts)
    return next(shade for shade in shades if contrast(shade, "white") >= READABLE)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it.

    Examples
    --------
    >>> contrast("white", "black"), round(contrast("white", ORANGE), 1)
    (21.0, 3.9)
    """
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    """Return the relative luminance of a colour, 0 to 1."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def spread(heights: Sequence[float], gap: float) -> list[float]:
    """Move labels apart, upwards, until each stands at least `gap` above the one below.

    Examples
    --------
    >>> spread([10.0, 2.0, 2.5], 1.0)
    [10.0, 2.0, 3.0]
    """
    moved = list(heights)
    order = sorted(range(len(moved)), key=moved.__getitem__)
    for below, above in pairwise(order):
        moved[above] = max(moved[above], moved[below] + gap)
    return moved


def _extent(figure: Figure) -> Bbox:
    """Return what is drawn and a little more, inches, as wide as every other figure."""
    drawn = figure.get_tightbbox().padded(PADDING_INCHES)
    return Bbox.union([drawn, Bbox.from_extents(0, drawn.y0, WIDTH_INCHES, drawn.y1)])


def _svg(figure: Figure, alt: str, whole: Bbox) -> str:
    """Render to SVG, without date or machine in it."""
    file = io.StringIO()
    figure.savefig(
        file,
        format="svg",
        bbox_inches=whole,
        metadata={"Date": None, "Creator": None, "Title": alt},
    )
    drawing = file.getvalue()
    drawing = re.sub(r"\s*\n\s*", "\n", drawing[drawing.index("<svg") :]).strip()
    return LONG_DECIMALS.sub(r"\1", drawing)
