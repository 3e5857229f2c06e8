"""The stored figures, and the page that gathers them."""

import re

import nbformat
import pytest

from analysis import sources
from analysis.figures import chart
from analysis.reporting.gallery import gallery
from analysis.reporting.outline import slug

NOTEBOOKS = sorted(sources.NOTEBOOKS.glob("*.ipynb"))
MOST_BYTES = 120_000


def stored_figures() -> dict[str, str]:
    """Map the place of each figure in the stored notebooks to its SVG."""
    return {
        f"{path.stem}, cell {number}": output["data"]["image/svg+xml"]
        for path in NOTEBOOKS
        for number, cell in enumerate(nbformat.read(path, as_version=4).cells)
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    }


FIGURES = stored_figures()


@pytest.fixture(scope="module")
def page() -> str:
    return gallery(NOTEBOOKS)


def test_there_are_figures_to_look_at():
    assert len(FIGURES) > 30


@pytest.mark.parametrize("place", FIGURES)
def test_each_figure_is_light(place):
    assert len(FIGURES[place].encode()) < MOST_BYTES


def test_figures_are_as_wide_as_each_other_so_that_their_letters_are_as_large():
    widths = {re.search(r' width="([\d.]+)pt"', svg)[1] for svg in FIGURES.values()}
    assert max(map(float, widths)) - min(map(float, widths)) < 0.02 * chart.WIDTH_INCHES * 72


def test_the_gallery_shows_every_figure(page):
    assert len(re.findall(r'<svg role="img"', page)) == len(FIGURES)


def test_each_heading_leads_to_the_place_in_the_report(page):
    for report, anchor in re.findall(r'href="national/(\w+)\.html#([^"]+)"', page):
        cells = nbformat.read(sources.NOTEBOOKS / f"{report}.ipynb", as_version=4).cells
        first_lines = [c.source.split("\n")[0] for c in cells if c.cell_type == "markdown"]
        assert anchor in {slug(line.lstrip("# ")) for line in first_lines}


@pytest.mark.parametrize("color", [chart.BLUE, chart.ORANGE, chart.GREEN, chart.PURPLE])
def test_letters_on_a_colour_can_be_read(color):
    assert chart.contrast(chart.ink_on(color), color) >= chart.READABLE


@pytest.mark.parametrize("color", [chart.INK, chart.QUIET, chart.ORANGE, chart.GREEN])
def test_letters_on_white_can_be_read(color):
    assert chart.contrast(chart.letters(color), "white") >= chart.READABLE
