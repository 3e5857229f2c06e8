"""The page that gathers the figures of the reports."""

import re

import nbformat
import pytest

from analysis.reporting.catalogue import read_catalogue
from analysis.reporting.gallery import gallery
from analysis.reporting.outline import slug

REPORTS = ("salary", "settings")


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory, build_reports):
    """Two executed notebooks, as a run leaves them."""
    folder = tmp_path_factory.mktemp("reports")
    chosen = [report for report in read_catalogue() if report.name in REPORTS]
    assert build_reports(chosen, folder).exit_code == 0
    return [folder / "notebooks" / f"{name}.ipynb" for name in REPORTS]


def test_the_gallery_shows_every_figure_under_a_link_to_its_place(notebooks):
    page = gallery(notebooks)
    cells = [cell for path in notebooks for cell in nbformat.read(path, as_version=4).cells]
    drawn = [
        output
        for cell in cells
        for output in cell.get("outputs", [])
        if "image/svg+xml" in output.get("data", {})
    ]
    assert len(drawn) > 6
    assert page.count('<figure class="chart" data-title=') == len(drawn)
    headings = {slug(c.source.split("\n")[0].lstrip("# ")) for c in cells if c.source}
    links = re.findall(r'href="national/(\w+)\.html#([^"]+)"', page)
    assert {report for report, _ in links} == set(REPORTS)
    assert {anchor for _, anchor in links} <= headings
