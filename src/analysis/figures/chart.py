"""One look for every figure, and a figure that carries its own words and numbers."""

import io
import json
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Any

import matplotlib as mpl
import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.category import StrCategoryLocator
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator, MaxNLocator
from matplotlib.transforms import Bbox

from analysis.figures.theme import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    LETTERS,
    MUTED,
    ORANGE,
    PAPER,
    PURPLE,
    QUIET,
    THEME,
    contrast,
    ink_on,
    letters,
)

__all__ = [
    "BLUE",
    "FAINT",
    "GREEN",
    "INK",
    "MUTED",
    "ORANGE",
    "PURPLE",
    "QUIET",
    "Chart",
    "balanced",
    "canvas",
    "contrast",
    "finished",
    "ink_on",
    "label_end",
    "letters",
    "spread",
]

WIDTH_INCHES, NARROW_INCHES = 7.4, 3.6  # a page, and a phone of 360 px
NARROW_NAMES, NARROW_LABEL, NARROW_WORDS, NARROW_TICKS, NARROW_COLUMNS = 19, 40, 24, 4, 2
PADDING_INCHES = 0.06
POINTS_PER_INCH = 72  # what SVG counts in
NAME_POINTS = 11  # from line to line of the name of a row
NUMERAL = re.compile(r"[\d.,$%k\u2212-]*")
TITLE_WIDTH, MEASURE_WIDTH = 74, 100  # characters on one line
TITLE_POINTS, MEASURE_POINTS, SOURCE_POINTS, LINE = 12, 9.5, 7.5, 1.25
WIDE_ONLY = "wide-only"  # gid of what a narrow drawing has no room for
# A hundredth of a point cannot be seen. Numbers below 1 are scales, which must stay exact.
LONG_DECIMALS = re.compile(r"(\b[1-9]\d*\.\d\d)\d+")
# The family is the page's; most names are never referred to; most text is not turned.
NEEDLESS = re.compile(
    r" font-family: [^;\"]*;|(?<=<g) id=\"(?!words)[^\"]*\"| transform=\"rotate\(-0 [^\"]*\""
)
STYLE: Any = {  # matplotlib types its keys one by one
    "axes.edgecolor": QUIET,
    "axes.labelcolor": QUIET,
    "axes.labelsize": 9,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "figure.facecolor": PAPER,
    "font.family": ["DejaVu Sans"],  # measured; readers see the font of the page
    "font.size": 9,
    "grid.color": FAINT,
    "grid.linewidth": 0.7,
    "lines.linewidth": 2.0,
    "legend.frameon": False,
    "svg.fonttype": "none",
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
    figure : Figure
        As matplotlib has it: `chart.figure.savefig("pay.png", dpi=300)`.
    svg : str
        The drawing with its title, measure and source.
    narrow : str
        The same for a screen of 360 px, without these words.
    plot : tuple of float
        Where the drawing lies below title and measure: first and last point from the top.
    alt : str
        What it shows, its extremes and its finding, in words made from the data.
    data : DataFrame
        The numbers drawn, with columns named for readers.
    source : str
        Who published the data.
    title, measure : str
        What is written on top of the drawing.
    """

    figure: Figure
    svg: str
    narrow: str
    plot: tuple[float, float]
    alt: str
    data: pd.DataFrame
    source: str
    title: str
    measure: str

    def _repr_mimebundle_(
        self,
        include: object = None,  # noqa: ARG002
        exclude: object = None,  # noqa: ARG002
    ) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        # Reports set the numbers under the drawing; NaN is null there.
        numbers = json.loads(self.data.to_json(orient="split", index=False, double_precision=6))
        told = {
            "alt": self.alt,
            "numbers": numbers | {"source": self.source},
            "words": {"title": self.title, "measure": self.measure, "source": self.source},
            "narrow": self.narrow,
            "plot": self.plot,
        }
        return {"image/svg+xml": self.svg, "text/plain": self.alt}, {"image/svg+xml": told}


@contextmanager
def canvas(
    *, height: float, columns: int = 1, rows: int = 1, **options: Any
) -> Iterator[tuple[Figure, Any]]:
    """Open a figure in the house style; it is never pyplot's, so nothing needs closing.

    Parameters
    ----------
    height : float
        Inches, with title and measure; the width is that of a page.
    columns, rows : int
        Panels; a narrow screen has all of them below each other.
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
    narrow = _narrow(figure)
    words: dict[str, Any] = {
        balanced(title, TITLE_WIDTH): {
            "fontsize": TITLE_POINTS, "fontweight": "bold", "color": INK,
        },
        balanced(measure, MEASURE_WIDTH): {"fontsize": MEASURE_POINTS, "color": QUIET},
    }  # fmt: skip
    below = 2 * SOURCE_POINTS / POINTS_PER_INCH
    height = figure.get_figheight() + below
    figure.set_figheight(height)
    top = height - PADDING_INCHES
    for number, (text, look) in enumerate(words.items()):
        written = figure.text(0.008, top / height, text, va="top", linespacing=LINE, **look)
        written.set(gid=f"words-{number}", in_layout=False)
        lines = 1 + text.count("\n")
        top -= (lines * look["fontsize"] * LINE * 1.1 + 2) / POINTS_PER_INCH
    _lay_out(figure, bottom=below / height, top=top / height)
    plot = _drawn(figure)
    written = figure.text(0.008, 0.01, f"Source: {source}", fontsize=SOURCE_POINTS, color=QUIET)
    written.set(gid="words-2", in_layout=False)
    size = Bbox.from_extents(0, 0, *figure.get_size_inches())
    whole = Bbox.union([plot, size])
    return Chart(
        figure=figure,
        svg=_svg(figure, whole),
        narrow=narrow,
        plot=(
            round((whole.y1 - plot.y1) * POINTS_PER_INCH, 1),
            round((whole.y1 - plot.y0) * POINTS_PER_INCH, 1),
        ),
        alt=alt,
        data=data,
        source=source,
        title=title,
        measure=measure,
    )


def label_end(axes: Axes, x: float, y: float, text: str, color: str, **options: Any) -> None:
    """Write a direct label beside the end of a line, in its color or a darker shade of it."""
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


def _lay_out(figure: Figure, *, bottom: float = 0.0, top: float = 1.0) -> None:
    """Place the axes between two heights, for good: saving would do it again, at its price."""
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(rect=(0, bottom, 1, top - bottom))  # type: ignore[call-arg]
        engine.execute(figure)
    figure.set_layout_engine("none")


def _narrow(figure: Figure) -> str:
    """Draw the figure for a phone, and leave it as it was."""
    width, height = figure.get_size_inches()
    engine = figure.get_layout_engine()
    panels = {axes: spec for axes in figure.axes if (spec := axes.get_subplotspec())}
    columns = max(spec.get_gridspec().ncols for spec in panels.values())
    undo = [back for axes in figure.axes for back in _narrow_axes(axes)]
    undo += [back for text in figure.findobj(Text) for back in _narrow_text(text)]
    if columns > 1:  # panels go below each other
        below = figure.add_gridspec(len(panels), 1)
        for row, (axes, spec) in enumerate(panels.items()):
            undo.append(partial(axes.set_subplotspec, spec))
            axes.set_subplotspec(below[row, 0])
    taller = max(map(_stretch, figure.axes))
    figure.set_size_inches(NARROW_INCHES, height * columns * taller)
    _lay_out(figure)
    drawn = _svg(figure, _drawn(figure))
    for back in reversed(undo):
        back()
    figure.set_size_inches(width, height)
    figure.set_layout_engine(engine)
    return drawn


def _narrow_text(text: Text) -> Iterator[Callable[[], object]]:
    """Break long words beside a mark, hide what there is no room for; yield what undoes it."""
    words = text.get_text()
    if text.get_gid() == WIDE_ONLY:
        yield partial(text.set_visible, text.get_visible())
        text.set_visible(False)
    elif len(words) > NARROW_WORDS and "\n" not in words:
        yield partial(text.set_text, words)
        text.set_text(balanced(words, NARROW_WORDS))


def _narrow_axes(axes: Axes) -> Iterator[Callable[[], object]]:
    """Break the names of rows, thin out ticks, fold the key; yield what undoes each."""
    key: Any = axes.get_legend()
    if key is not None and key._ncols > NARROW_COLUMNS:
        at = key.get_bbox_to_anchor().transformed(axes.transAxes.inverted())
        words = [text.get_text() for text in key.get_texts()]
        axes.legend(
            key.legend_handles, words, loc=key._loc, bbox_to_anchor=(at.x0, at.y0),
            ncols=NARROW_COLUMNS, fontsize=8,
        )  # fmt: skip
        yield partial(setattr, axes, "legend_", key)
    for axis, width in ((axes.xaxis, NARROW_NAMES // 2), (axes.yaxis, NARROW_NAMES)):
        locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
        if isinstance(locator, FixedLocator | StrCategoryLocator):
            places = axis.get_majorticklocs()
            names = [" ".join(name.split()) for name in formatter.format_ticks(list(places))]
            if all(map(NUMERAL.fullmatch, names)):
                every = 1 + len(names) // (NARROW_TICKS + 2)
                places, names = places[::every], names[::every]
            axis.set_ticks(places, [textwrap.fill(name, width) for name in names])
        elif axis is axes.xaxis and axes.axison and axis.get_scale() == "linear":
            axis.set_major_locator(MaxNLocator(NARROW_TICKS, integer=_is_whole(axis)))
        name = axis.label.get_text()
        axis.label.set_text(balanced(name, NARROW_LABEL) if name else "")
        yield partial(axis.label.set_text, name)
        yield partial(axis.set_major_locator, locator)
        yield partial(axis.set_major_formatter, formatter)


def _stretch(axes: Axes) -> float:
    """Return how much taller the axes must be for the broken names of rows to have room."""
    axis = axes.yaxis
    lines = [1 + label.get_text().count("\n") for label in axis.get_ticklabels()]
    if not isinstance(axis.get_major_locator(), FixedLocator) or max(lines, default=1) == 1:
        return 0.95
    row = axes.get_window_extent().height / POINTS_PER_INCH / len(lines)
    needed = max(map(sum, pairwise(lines)), default=2) / 2 * NAME_POINTS / POINTS_PER_INCH
    return max(0.95, needed / row)


def _is_whole(axis: Any) -> bool:
    """Return whether the ticks are whole numbers, as years are."""
    return all(float(place).is_integer() for place in axis.get_majorticklocs())


def _drawn(figure: Figure) -> Bbox:
    """Return what is drawn and a little more, inches; at least as wide as the figure."""
    drawn = figure.get_tightbbox().padded(PADDING_INCHES / 2)
    width = figure.get_figwidth()
    return Bbox.union([drawn, Bbox.from_extents(0, drawn.y0, width, drawn.y1)])


def _svg(figure: Figure, whole: Bbox) -> str:
    """Render to SVG with words as text, in colors that a page can set, without date or machine."""
    lines = dict(_lines(figure, whole.x0 * POINTS_PER_INCH))
    for name, (text, _, _) in lines.items():
        text.set_gid(name)
    file = io.StringIO()
    figure.savefig(
        file,
        format="svg",
        bbox_inches=whole,
        metadata={"Date": None, "Creator": None},
    )
    drawing = file.getvalue()
    for name, (text, anchor, x) in lines.items():
        text.set_gid(None)
        drawing = _anchored(drawing, name, anchor, x)
    drawing = re.sub(r"\s*\n\s*", "\n", drawing[drawing.index("<svg") :]).strip()
    return _themed(NEEDLESS.sub("", LONG_DECIMALS.sub(r"\1", drawing)))


def _lines(figure: Figure, left: float) -> Iterator[tuple[str, tuple[Text, str, float]]]:
    """Yield texts of several lines that do not begin at the left: their anchor, and where it is.

    Matplotlib places each such line by the width it has in its own font; a reader's is another.
    """
    for number, text in enumerate(figure.findobj(Text)):
        align = text._multialignment or text.get_ha()  # type: ignore[attr-defined]
        if "\n" in text.get_text() and align != "left" and not text.get_rotation():
            box = text.get_window_extent()
            x = box.x1 if align == "right" else (box.x0 + box.x1) / 2
            anchor = "end" if align == "right" else "middle"
            yield f"lines-{number}", (text, anchor, x - left)


def _anchored(drawing: str, name: str, anchor: str, x: float) -> str:
    """Hold the lines of one text by their right end or their middle, at `x`."""
    start = drawing.find(f'<g id="{name}">')
    if start < 0:
        return drawing  # not drawn
    end = drawing.index("</g>", start)
    group = drawing[start:end].replace('style="', f'style="text-anchor: {anchor}; ')
    group = re.sub(r"translate\(-?[\d.]+ ", f"translate({x:.2f} ", group)
    return drawing[:start] + group + drawing[end:]


def _themed(drawing: str) -> str:
    """Let a page set the colors; where none does, they are those of the light theme."""
    tones = {tone.light: tone for tone in (*THEME.values(), *LETTERS.values())}
    drawing = drawing.replace("<svg ", '<svg font-family="Arial, Helvetica, sans-serif" ', 1)
    return re.sub(
        r"(?<=: )#[0-9a-f]{6}\b",
        lambda hex_: f"var(--{tones[hex_[0]].name}, {hex_[0]})" if hex_[0] in tones else hex_[0],
        drawing,
    )
