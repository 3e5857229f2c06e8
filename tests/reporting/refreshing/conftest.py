"""A project of its own for each test: copies of tables and notebooks, and stand-ins for pages."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from nbformat import v4

from analysis import processed, sources
from analysis.estimate import Estimate, KeyFigure
from analysis.reporting.build import Page, ReportFailed
from analysis.reporting.keys import Place, here
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.refresh import refresh

TABLES = {  # what the stand-ins read
    "outlook": ("wages", "price_parities"),
    "evidence": ("wages", "price_parities", "programmes"),
    "staffing": ("wages", "denials"),
}
CATALOGUE = """
[[reports]]
group = "national"
notebook = "outlook"

[[reports]]
group = "national"
notebook = "evidence"

[[reports]]
group = "states"
notebook = "staffing"
for_each = { area = ["CA", "VT"] }
"""


def make_project(folder: Path) -> Place:
    """Make a project with four reports, none of them built."""
    processed.ensure()
    root = folder / "project"
    for folder in ("notebooks", "src/analysis", "data/raw", "reports"):
        (root / folder).mkdir(parents=True)
    shutil.copy(sources.RAW / "sources.csv", root / "data" / "raw")
    shutil.copytree(sources.PROCESSED, root / "data" / "processed")
    (root / "requirements.lock").write_text("pandas==3.1.1\n")
    (root / "src" / "analysis" / "models.py").write_text("WAGE = 51140\n")
    for name in ("outlook", "evidence", "staffing"):
        shutil.copy(sources.NOTEBOOKS / f"{name}.ipynb", root / "notebooks")
    (root / "notebooks" / "catalogue.toml").write_text(CATALOGUE)
    return replace(
        here(),
        root=root,
        notebooks=root / "notebooks",
        processed=root / "data" / "processed",
        reports=root / "reports",
    )


@pytest.fixture(scope="session")
def project() -> Callable[[Path], Place]:
    """What makes a project in a folder."""
    return make_project


@pytest.fixture(scope="session")
def stand_in_notebook() -> Callable[[Path, str, str], object]:
    """What writes a notebook of a question and one cell of code."""

    def write(path: Path, question: str, code: str) -> None:
        cells = [v4.new_markdown_cell(f"# {question}"), v4.new_code_cell(code)]
        notebook = v4.new_notebook(cells=cells)
        notebook.metadata["kernelspec"] = {
            "name": "python3",
            "language": "python",
            "display_name": "Python 3",
        }
        path.write_text(v4.writes(notebook), encoding="utf-8")

    return write


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A project with four reports, none of them built."""
    return make_project(tmp_path)


def wage(usd: float) -> KeyFigure:
    """A key figure."""
    estimate = Estimate.with_se(
        usd, se=153, unit="USD a year", year="May 2025", source="OEWS", kind="official"
    )
    return KeyFigure(name="median_wage", label="Median wage", estimate=estimate, better="higher")


@dataclass
class StandIn:
    """Makes pages without running notebooks.

    Parameters
    ----------
    place : Place or None
        Where the tables lie.
    failing : set of str
        Reports that fail.
    meanwhile : callable
        Done after each report is started, with its name.
    usd : float
        The key figure of every page.
    tables : dict
        By notebook, the tables it reads; None where nobody can say.
    built : list of str
        What was built, in order.
    """

    place: Place | None = None
    failing: set[str] = field(default_factory=set)
    meanwhile: Callable[[str], object] = id
    usd: float = 51140.0
    tables: dict[str, tuple[str, ...] | None] = field(default_factory=lambda: dict(TABLES))
    built: list[str] = field(default_factory=list)

    def __call__(self, reports, *, run, before, started):  # noqa: ARG002
        for report in reports:
            started(report)
            tables = self._read(report.notebook)
            self.meanwhile(report.name)
            self.built.append(report.name)
            if report.name in self.failing:
                message = f"{report.notebook}.ipynb, cell 4: ValueError: no data"
                yield report, ReportFailed(message, cell=4, log="reading ...\nno data")
            else:
                html = f"<p>{report.name} {self.usd} {run.run_id}"
                figures = (wage(self.usd),)
                yield report, Page(html=html, key_figures=figures, seconds=1.0, tables=tables)

    def _read(self, notebook):
        """Hash the tables a notebook reads, as they lie there now."""
        names = self.tables.get(notebook)
        if names is None or self.place is None:
            return None
        return {name: sources.sha256_of(self.place.processed / f"{name}.parquet") for name in names}


@pytest.fixture
def pages(place: Place) -> StandIn:
    return StandIn(place)


@pytest.fixture
def run(place: Place, pages: StandIn):
    """Refresh the project once; what was built is in `pages.built`."""

    def refreshed(*, force: bool = False, only=(), keep: int = 20):
        pages.built.clear()
        plan = ask(take_stock(place), only=only, force=force)
        return refresh(plan, build=pages, keep=keep)

    return refreshed


@pytest.fixture
def states(place: Place):
    """How it stands with each report, by name."""
    return lambda: {
        status.name: (status.state, status.why) for status in take_stock(place).statuses
    }
