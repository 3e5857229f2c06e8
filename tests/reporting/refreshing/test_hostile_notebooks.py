"""Notebooks that hang, eat memory, end their process, print a megabyte, raise, or read in secret.

They stand in for the project's own, under the same names; a good one runs among them.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from analysis import sources
from analysis.reporting.build import build_pages
from analysis.reporting.plan import ask, take_stock
from analysis.reporting.records import Record, read_records
from analysis.reporting.refresh import Finished, refresh

STEPS = (
    "analysis.lazy:spare",
    "analysis.reporting.engine.notebook",
    "analysis.reporting.engine.shell",
    "analysis.reporting.build",
)
CELLS = {
    "salary": "42",
    "staffing": "print('x' * 1_000_000)",
    "outlook": "print('about to hang')\nwhile True: pass",
    "roi": "import numpy\nnumpy.ones((20_000, 20_000))",
    "certification": "print('last words')\nimport os; os._exit(0)",
    "evidence": "print('so far so good')\n1 / 0",
    "settings": "from analysis import processed\nprocessed.read('rumours')",
    "careers": "print('about to fall')\nimport ctypes; ctypes.string_at(0)",
}
TOLD = {
    "outlook": "outlook.ipynb: cell 2 was running when the report passed its 4 seconds",
    "roi": "roi.ipynb, cell 2: MemoryError",
    "certification": "certification.ipynb: cell 2 ended the process with exit code 0",
    "evidence": "evidence.ipynb, cell 2: ZeroDivisionError: division by zero",
    "settings": "settings.ipynb, cell 2: WrongInput: There is no processed table 'rumours'",
    "careers": "careers.ipynb: cell 2 crashed the process: SIGSEGV",
}
LAST_LINES = {
    "outlook": "about to hang",
    "certification": "last words",
    "evidence": "so far so good",
    "careers": "about to fall",
}


def catalogue() -> str:
    """A catalogue of them; the one that hangs has 4 seconds."""
    entries = ["[limits]\nmemory_mib = 300\n"]
    for name in CELLS:
        limits = "limits = { seconds = 4 }\n" if name == "outlook" else ""
        entries.append(f'[[reports]]\ngroup = "national"\nnotebook = "{name}"\n{limits}')
    return "\n".join(entries)


@pytest.fixture(scope="module")
def refreshed(
    project, stand_in_notebook, tmp_path_factory
) -> Iterator[tuple[Finished, dict[str, Record], Path]]:
    """One run of them all: how it ended, what is known of each, and where the reports are."""
    place = project(tmp_path_factory.mktemp("hostile"))
    for name, code in CELLS.items():
        stand_in_notebook(place.notebooks / f"{name}.ipynb", f"Is {name} well?", code)
    (place.notebooks / "catalogue.toml").write_text(catalogue())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "NOTEBOOKS", place.notebooks)
        build = partial(build_pages, jobs=2, steps=STEPS)
        finished = refresh(ask(take_stock(place)), build=build)
    yield finished, {record.name: record for record in read_records(place.reports)}, place.reports


def test_the_run_goes_on_to_its_end_and_exits_with_1(refreshed):
    finished, records, _ = refreshed
    assert (finished.exit_code, finished.run.outcome) == (1, "some failed")
    assert records.keys() == CELLS.keys()
    assert {name for name, record in records.items() if record.failed is None} == {
        "salary",
        "staffing",
    }


@pytest.mark.parametrize("name", TOLD)
def test_each_failure_is_told_in_record_and_index(refreshed, name):
    finished, records, reports = refreshed
    assert records[name].failed.message.startswith(TOLD[name])
    assert finished.run.reports[name].outcome == "failed"
    assert finished.run.reports[name].record.failed.message.startswith(TOLD[name])
    assert TOLD[name] in (reports / "index.html").read_text().replace("&#39;", "'")
    assert not (reports / "national" / f"{name}.html").exists()


@pytest.mark.parametrize("name", LAST_LINES)
def test_the_last_lines_are_kept(refreshed, name):
    assert LAST_LINES[name] in refreshed[1][name].failed.log


def test_the_good_ones_are_published_whole_the_megabyte_too(refreshed):
    _, records, reports = refreshed
    for name in ("salary", "staffing"):
        page = reports / records[name].path
        assert page.read_text().rstrip().endswith("</html>")
        assert (reports / "notebooks" / f"{name}.ipynb").exists()
    assert "x" * 1_000_000 in (reports / "national" / "staffing.html").read_text()


def test_time_and_memory_of_each_are_recorded(refreshed):
    for name in ("salary", "staffing"):
        report = refreshed[0].run.reports[name]
        assert report.record.seconds > 0
        assert report.record.peak_memory_mib > 10
